"""`mneme bench kill`: SIGKILL during turns, learning and reading. What was acknowledged must be there.

A turn is acknowledged by the `turn` event, a note by `item`, a document by `document`. After every kill
the engine is started again, must open the user, and must list everything acknowledged so far. A model
of a few thousand random weights is used, so that two hundred starts take minutes; code paths are the same.
"""

from __future__ import annotations

import queue
import random
import tempfile
import time
from pathlib import Path

from app.bench.common import note, started
from app.engine.client import ProcessEngine
from app.engine.protocol import EngineError

PHASES = ("turn", "learning", "reading")
ACKS = {"turn": "turn", "item": "item", "document": "document"}


def words(rng: random.Random, count: int) -> str:
    return (
        " ".join(
            "".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randint(2, 8))) for _ in range(count)
        )
        + "."
    )


def attack(engine: ProcessEngine, phase: str, rng: random.Random, folder: Path, number: int) -> list[str]:
    """Send work, kill after a random time; returns the marks of what was acknowledged."""
    mark = f"mark{number:05}x"
    if phase == "turn":
        engine.send(
            "turn", text=f"{mark} {words(rng, 12)}", conversation=None, max_tokens=64, memory="weights"
        )
        wait = rng.uniform(0, 0.25)
    elif phase == "learning":
        engine.send("remember", text=f"{mark} {words(rng, 300)}")
        wait = rng.uniform(0, 0.6)
    else:
        (folder / f"{number}.txt").write_text(f"{mark} {words(rng, 3000)}")
        engine.send("ingest", paths=[str(folder / f"{number}.txt")])
        wait = rng.uniform(0, 1.5)
    acknowledged: list[str] = []
    while (
        phase == "reading" and number % 2 and not acknowledged
    ):  # every other one is killed while it is learned
        if engine.next_event(timeout=30)["event"] in ACKS:
            acknowledged = [mark]
    until = time.monotonic() + wait
    while (left := until - time.monotonic()) > 0:
        try:
            event = engine.next_event(timeout=left)
        except queue.Empty:
            break
        if event["event"] == "error":
            raise EngineError(event["kind"], event["message"], event["exit"])
        if event["event"] in ACKS:
            acknowledged = [mark]
    engine.kill()
    while True:  # what it had written to the pipe before it died counts as acknowledged
        try:
            if engine.next_event(timeout=5)["event"] in ACKS:
                acknowledged = [mark]
        except (EngineError, queue.Empty):
            return acknowledged


def run(times: int, seed: int) -> int:
    """Kill, look, repeat; 0 when nothing was lost."""
    from core.testing import tiny_model_folder

    rng = random.Random(seed)
    kept: dict[str, str] = {}
    lost: list[str] = []
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="mneme-kill-") as home:
        folder = Path(home)
        env = {"MNEME_HOME": str(folder / "data"), "MNEME_MODEL": str(tiny_model_folder(folder / "tiny"))}
        acknowledged, number = dict.fromkeys(PHASES, 0), 0
        for number in range(times):
            engine, _ = started(env, "victim", search=False)
            lost = _missing(engine, kept)
            if lost:
                break
            phase = PHASES[number % len(PHASES)]
            marks = attack(engine, phase, rng, folder, number)
            kept |= dict.fromkeys(marks, phase)
            acknowledged[phase] += len(marks)
            if (number + 1) % 20 == 0:
                note(
                    f"{number + 1}/{times} killed, {len(kept)} acknowledged, none lost, {time.monotonic() - began:.0f} s"
                )
        engine, _ = started(env, "victim", search=False)
        lost = lost or _missing(engine, kept)
        waited = time.monotonic()
        while (
            any(not i["learned"] for i in engine.request("memory_list")["items"])
            and time.monotonic() - waited < 300
        ):
            time.sleep(0.5)
        late = [i["id"] for i in engine.request("memory_list")["items"] if not i["learned"]]
        engine.close()
    print(
        f"killed {number + 1} times: acknowledged {acknowledged}, lost {len(lost)}, left unlearned {len(late)}"
    )
    for mark in lost:
        print(f"lost: {mark} ({kept[mark]})")
    return 1 if lost or late else 0


def _missing(engine: ProcessEngine, kept: dict[str, str]) -> list[str]:
    there = {i["text"].split(maxsplit=1)[0] for i in engine.request("memory_list")["items"]}
    return [mark for mark in kept if mark not in there]
