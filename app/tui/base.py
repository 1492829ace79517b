"""What every part of the app shares: the widgets, the state, asking the engine, telling what goes on.

The app is built in layers, each a class on top of the one before: `Base` here, then `Talking`,
`Conversations`, `Life`, `Actions`, and `MnemeApp`, which adds the keys.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from app.engine.protocol import EngineError
from app.text import clean, one_line
from app.tui.chat import ChatLog
from app.tui.prompt import Prompt
from app.tui.sentences import OVER, outcome, receipt_line
from app.tui.sidebar import Sidebar
from app.tui.status import StatusLine


class Base(App[int]):
    """The chat screen without its behaviour."""

    def __init__(self, client: Any, user: str | None, model: str | None, theme: str | None) -> None:
        super().__init__()
        self.client, self.user, self.model, self.theme_wanted = client, user, model, theme
        self.client.listener = self.on_engine_event
        self.conversation: int | None = None
        self.titles: dict[int, str] = {}
        self.settings = {"weights": True, "store": True, "learn": True}
        self.jobs: dict[str, dict[str, Any]] = {}
        self.learned = 0
        self.ready = asyncio.Event()
        self.quiet = asyncio.Event()
        self.quiet.set()
        self._working = 0
        self._died_told = False

    def compose(self) -> ComposeResult:
        with Horizontal(id="body"):
            yield Sidebar()
            with Vertical():
                yield ChatLog()
                yield Prompt()
        yield StatusLine()

    # parts -----------------------------------------------------------------------------------

    @property
    def log_view(self) -> ChatLog:
        return self.screen_stack[0].query_one(ChatLog)

    @property
    def prompt(self) -> Prompt:
        return self.screen_stack[0].query_one(Prompt)

    def status(self, **values: Any) -> None:
        """Change values of the status line."""
        if self.is_running and self.screen_stack:
            self.screen_stack[0].query_one(StatusLine).update_from(**values)

    def show_state(self, state: str | None = None) -> None:
        """Say what goes on; None finds out."""
        if state is None:
            if not self.ready.is_set():
                return
            live = next((j for j in self.jobs.values() if j["stage"] == "learning"), None)
            if self.is_answering or self._working:
                state = "working"
            elif live is not None:
                state = f"reading {one_line(live['name'], 24)} {live['done'] / max(live['total'], 1):.0%}"
            else:
                state = "ready"
        self.status(state=state)

    @property
    def sidebar(self) -> Sidebar:
        return self.screen_stack[0].query_one(Sidebar)

    @property
    def is_answering(self) -> bool:
        """Whether a turn runs; `ready` and `quiet` are events so that workers can wait for them."""
        return not self.quiet.is_set()

    # events ----------------------------------------------------------------------------------

    def on_engine_event(self, event: dict[str, Any]) -> None:
        """Events that no running turn takes: progress, background learning, jobs, the end of the engine."""
        if not self.is_running:
            return
        match event["event"]:
            case "receipt" if event.get("tokens"):
                self.count_learned(event)
                self.run_worker(self.log_view.note(receipt_line(event), "receipt"))
            case "progress":
                share = f" {event['done']}/{event['total']}" if event.get("total") else ""
                self.show_state(f"{event['text']}{share}")
            case "job":
                self.jobs[event["job"]] = event
                if not self.is_answering and not self._working:
                    self.show_state()
            case "died":
                self.run_worker(self.tell_died(event["message"]))

    def count_learned(self, told: dict[str, Any]) -> None:
        """Add a lesson to the status line."""
        if told.get("accepted", True):
            self.learned += told["tokens"]
            self.status(learned=self.learned)

    async def tell_died(self, message: str) -> None:
        """Say once that the engine is gone."""
        self.ready.clear()
        self.show_state("engine stopped: /restart")
        for job in self.jobs.values():
            if job["stage"] not in OVER:
                job |= {"stage": "failed", "message": "the engine stopped; it goes on after a restart"}
        if not self._died_told:
            self._died_told = True
            await self.log_view.note(f"{message} (or press Ctrl+R)", "error")

    # requests --------------------------------------------------------------------------------

    async def ask(self, op: str, **args: Any) -> dict[str, Any] | None:
        """A reading request; None, and a line of error, when it fails."""
        try:
            return await self.client.call(op, **args)
        except EngineError as error:
            await self.log_view.note(error.message, "error")
            return None

    async def perform(self, op: str, **args: Any) -> dict[str, Any] | None:
        """An operation with its progress in the status line; None, and a line of error, when it fails."""
        if not self.ready.is_set():
            await self.log_view.note("the engine is not ready yet; try again in a moment", "error")
            return None
        self._working += 1
        self.show_state()
        try:
            result = await self.client.call(op, self.on_engine_event, **args)
        except EngineError as error:
            await self.log_view.note(error.message, "error")
            return None
        finally:
            self._working -= 1
            self.show_state()
        if told := outcome(op, result):
            await self.log_view.note(told)
        return result

    def change_setting(self, name: str, value: bool) -> None:
        """Turn weights, store or learning on or off."""
        if self.settings[name] == value:
            return
        self.settings[name] = value
        self.status(**{name: value})
        if name != "learn" and self.ready.is_set():
            self.run_worker(self.perform("set", **{name: value}))

    async def refresh_conversations(self, query: str | None = None) -> None:
        """Fill the list, with the words in the search box unless others are given."""
        words = clean(self.sidebar.query_one(Input).value if query is None else query)
        with contextlib.suppress(EngineError):
            found = await self.client.call("conversations", query=words)
            self.titles = {c["id"]: c["title"] for c in found["items"]} | ({} if not words else self.titles)
            self.sidebar.show(found["items"], self.conversation)
