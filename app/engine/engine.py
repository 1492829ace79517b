"""The engine: one open profile, its model, memory, search, jobs and background work.

What each operation of the protocol does with it stands in the modules beside; `operations` lists them.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.engine.jobs import Job
from app.engine.memory import Memory
from app.engine.protocol import EngineError, Event
from app.text import clean

if TYPE_CHECKING:
    from core import Model
    from storage import Profile, Search

log = logging.getLogger(__name__)

IDLE_SECONDS = 15.0
"""After this silence the rest of a conversation is learned as a partial mini-batch."""
KEPT_JOBS = 100
"""Jobs in the list; of those that are over, the oldest go first."""

Task = Iterator[bool]
"""Background work, one mini-batch a step; yields whether it did something."""


def load_model(name: str | None, device: str) -> Model:
    """The model of that name, or the one chosen in the settings."""
    import core
    from app.engine.models import chosen, roots

    return core.load_model(name or chosen(), device=device, roots=roots())


class Engine:
    """One user's profile, model and memory."""

    def __init__(
        self,
        send: Callable[[Event], None],
        *,
        root: Path | None = None,
        device: str = "auto",
        load: Callable[[str | None, str], Model] = load_model,
        embedder: Any = "default",
    ) -> None:
        """Args:
        send: where events go; called from several threads, one at a time by `Server`.
        root: data folder, or None for the user's.
        load: makes the model from its name (None: the chosen one) and the device.
        embedder: of `storage`, None for none, "default" for the packaged one.
        """
        self.send, self.root, self.device = send, root, device
        self._load, self._embedder = load, embedder
        self.model_name: str | None = None
        self._profile: Profile | None = None
        self._memory: Memory | None = None
        self._search: Search | None = None
        self._search_ready = threading.Event()
        self.opened = threading.Event()
        self.settings = {"weights": True, "store": True}
        self.tasks: deque[Task] = deque()
        self.jobs: dict[str, Job] = {}
        self._seen: deque[tuple[int, int]] = deque(maxlen=256)
        self._last_use = time.monotonic()
        self._job_number = 0
        self.wants_search = True
        self.closed = False

    # what operations share -------------------------------------------------------------------

    clean = staticmethod(clean)

    @property
    def profile(self) -> Profile:
        if self._profile is None:
            raise EngineError("NotOpen", "no user is open")
        return self._profile

    def memory(self) -> Memory:
        """The user's memory; the first call loads the model."""
        if self._memory is None:
            self.say("load", "loading the model")
            model = self._load(self.model_name, self.device)
            self._memory = Memory(self.profile, model)
            if self._memory.notice:
                self.say("recover", self._memory.notice)
        return self._memory

    @property
    def has_model(self) -> bool:
        return self._memory is not None

    def search(self) -> Search:
        """Search with embeddings once they are loaded, by words alone until then."""
        from storage import Search

        if self._search is None:
            if not self._search_ready.is_set() or self._embedder is None:
                return Search(self.profile.ledger, None)
            self._search = Search(self.profile.ledger, self._embedder)
        return self._search

    def count_tokens(self, text: str) -> int:
        return len(self.memory().model.tokenizer.encode(text))

    def say(self, stage: str, text: str) -> None:
        """Tell what is going on, to whoever listens."""
        self.send({"id": 0, "event": "progress", "stage": stage, "text": text})

    def touch(self) -> None:
        self._last_use = time.monotonic()

    def note_turn(self, turn_id: int | None) -> None:
        """Remember where in the window a turn begins."""
        if turn_id is not None:
            self._seen.append((turn_id, self.memory().position))

    def turns_in_window(self) -> set[int]:
        memory = self.memory()
        return {i for i, start in self._seen if memory.position - start < memory.session.window}

    def enter(self, conversation: int | None, *, before: int | None) -> list[dict[str, Any]]:
        """Fill the window with the end of a conversation, unless it holds it already."""
        memory = self.memory()
        owner = ("conversation", conversation)
        if memory.owner == owner:
            return []
        receipts = memory.take_window(owner)
        self._seen.clear()
        if conversation is None:
            return receipts
        room, kept = memory.session.window, []
        for past in reversed(self.profile.ledger.turns(conversation)):
            if (before is not None and past.id >= before) or not past.text:
                continue
            room -= memory.session.count_tokens(past.text)
            if room < 0:
                break
            kept.append(past)
        for past in reversed(kept):
            if past.role == "user":
                self.note_turn(past.id)
            memory.feed(past.text, past.role)
        return receipts

    # life ------------------------------------------------------------------------------------

    def open_profile(self, name: str, *, create: bool, model: str | None) -> bool:
        """Let go of the profile at hand, then lock and open one; whether the user is new."""
        from storage import Profile, list_profiles, save_config

        if self._profile is not None:
            self.shut()
        new = name not in list_profiles(self.root)
        self.model_name = model
        self._profile = Profile.open(name, create=create, root=self.root)
        self.closed = False
        self.opened.set()
        save_config(self.root, last_user=self._profile.name)
        return new

    def start_embedder(self) -> None:
        """Load the embedder beside the model; until it is there, search goes by words."""
        if self._search_ready.is_set() or not self.wants_search:
            return

        def load() -> None:
            try:
                if self._embedder == "default":
                    from storage import Embedder

                    self._embedder = Embedder()
                if self._embedder is not None:
                    self._embedder.encode(["hello"])
            except Exception:  # search by words is worse, not broken
                log.exception("the embedder does not load")
                self._embedder = None
                self.say(
                    "search", "meaning search is off: the embedding model does not load; see `mneme doctor`"
                )
            self._search_ready.set()

        threading.Thread(target=load, name="embedder", daemon=True).start()

    def wait_for_search(self, seconds: float) -> None:
        """Wait until search by meaning is loaded, or known not to load."""
        if self.wants_search:
            self._search_ready.wait(seconds)

    def shut(self) -> None:
        """Learn the rest and let go of the profile; unfinished documents go on at the next open."""
        if self._profile is None:
            return
        profile, self._profile = self._profile, None
        self.tasks.clear()
        self.opened.clear()
        try:
            if self._memory is not None:
                self._memory.clear_window()
        finally:
            self._memory = self._search = None
            profile.close()

    def repair(self) -> None:
        """After an unexpected error: the session may be half fed, so start from what is saved."""
        if self._memory is None or self._profile is None:
            return
        self._memory = Memory(self._profile, self._memory.model)
        self._seen.clear()
        for _ in self._memory.relearn([i for i in self._profile.ledger.unlearned() if i.kind == "turn"]):
            pass

    def background(self) -> bool | None:
        """One step of background work; None when there is none, False when it waits for something."""
        while self.tasks:
            try:
                return next(self.tasks[0])
            except StopIteration:
                self.tasks.popleft()
        return None

    def idle(self) -> None:
        """Learn the rest of a conversation that has gone quiet."""
        memory = self._memory
        if memory is None or time.monotonic() - self._last_use < IDLE_SECONDS:
            return
        if memory.session.pending_tokens:
            for told in memory.flush():
                self.send({"id": 0, "event": "receipt", **told})
        self.touch()

    # jobs and tasks --------------------------------------------------------------------------

    def new_job(self, name: str, emit: Callable[..., None]) -> Job:
        """A job in the list; those over are dropped when the list grows long."""
        over = [key for key, job in self.jobs.items() if job.is_over]
        for key in over[: max(0, len(self.jobs) - KEPT_JOBS)]:
            del self.jobs[key]
        self._job_number += 1
        job = Job(id=f"j{self._job_number}", name=name, emit=emit)
        self.jobs[job.id] = job
        return job

    def need_quiet(self) -> None:
        """Refuse while documents are read or something is learned again.

        Raises:
            EngineError: with a sentence that says what to wait for.
        """
        live = [job.name for job in self.jobs.values() if not job.is_over]
        if live:
            raise EngineError(
                "Busy", f"'{live[0]}' is being read; wait for it or cancel it in the job list first", 3
            )
        if self.tasks:
            raise EngineError("Busy", "something is still being learned again; try again in a moment", 3)

    def stop_jobs(self, source: tuple[str, int] | None = None) -> None:
        """Cancel jobs, or the one that reads an item, and wait until they have let go of the model."""
        name = None if source is None else f"{source[0][0]}{source[1]}"
        live = [job for job in self.jobs.values() if not job.is_over and name in (None, job.item)]
        for job in live:
            job.cancel()
        while not all(job.is_over for job in live):
            did = self.background()
            if did is None:
                break
            if not did:
                time.sleep(0.02)

    def forget_window(self) -> None:
        """Nothing of what was said is in the window any more."""
        self._seen.clear()

    def fresh(self) -> None:
        """Start again from what is saved, after the profile's files were replaced."""
        self._search = None
        self._seen.clear()
        if self._memory is not None:
            self._memory = Memory(self.profile, self._memory.model)
