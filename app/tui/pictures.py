"""`python -m app.tui.pictures FOLDER`: the README's pictures, drawn by Textual from a scripted engine."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from app.engine.protocol import EngineError

Event = dict[str, Any]
RECEIPT = {"tokens": 212, "seconds": 0.4, "loss_before": 3.9, "loss_after": 2.7, "accepted": True, "reason": "", "items": []}
WHEN = "2026-03-01T09:30:00+00:00"
ITEMS = [
    {"id": "t5", "kind": "turn", "title": "", "text": "My sister Edith has moved to Bergen.", "when": WHEN, "tokens": 9, "learned": True},
    {"id": "d1", "kind": "document", "title": "A Walk in the Hills", "text": "…", "when": WHEN, "tokens": 92665, "learned": True},
    {"id": "t1", "kind": "turn", "title": "", "text": "I keep bees, and my dog is called Biscuit.", "when": WHEN, "tokens": 11, "learned": True},
]
STATS = {
    "conversations": 2, "turns": 8, "documents": 1, "passages": 1203, "updates": 24, "tokens_learned": 92685,
    "ledger_bytes": 2_400_000, "weights_bytes": 52_000_000, "weights_sha256": "0" * 64,
    "surprise": [[i, 4.2 - 0.05 * i + 0.3 * (i % 5 == 0), 3.0] for i in range(24)],
}  # fmt: skip


class ScriptedEngine:
    """The methods of `EngineClient`, answering from a script.

    Args:
        answers: pieces of each answer; the last one is used again.
        hold: an event that every answer waits for after its first piece.
        new_user, opening: what `open` tells and how long it takes, seconds.
    """

    def __init__(
        self,
        answers: list[list[str]] | None = None,
        *,
        hold: asyncio.Event | None = None,
        new_user: bool = False,
        opening: float = 0.0,
        passages: list[Event] | None = None,
    ) -> None:
        self.answers = answers or [["Your sister ", "Edith lives in ", "**Bergen**."]]
        self.hold, self.new_user, self.opening, self.passages = hold, new_user, opening, passages or []
        self.listener: Any = lambda event: None
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.cancelled: list[Any] = []
        self.fail: dict[str, str] = {}
        self.is_alive = False
        self.last_id = 0
        self.said = 0

    async def start(self) -> None:
        self.is_alive = True

    async def close(self) -> None:
        self.is_alive = False

    def cancel(self, target: Any) -> None:
        self.cancelled.append(target)
        if self.hold is not None:
            self.hold.set()

    async def call(self, op: str, on_event: Any = None, **args: Any) -> dict[str, Any]:
        result: dict[str, Any] = {}
        async for event in self.stream(op, **args):
            if event["event"] == "done":
                result = event["result"]
            elif on_event is not None:
                on_event(event)
        return result

    async def stream(self, op: str, **args: Any) -> AsyncIterator[Event]:
        self.last_id += 1
        mine = self.last_id
        self.calls.append((op, args))
        if op in self.fail:
            raise EngineError("Scripted", self.fail[op])
        async for event in getattr(self, f"on_{op}", self.on_other)(mine, op, args):
            yield {"id": mine} | event

    async def on_other(self, mine: int, op: str, args: Event) -> AsyncIterator[Event]:
        results: dict[str, dict[str, Any]] = {
            "conversations": {"items": [{"id": 2, "title": "Where does Edith live?", "when": "", "turns": 4}, {"id": 1, "title": "I keep bees", "when": "", "turns": 4}]},
            "open_conversation": {"turns": [{"id": 1, "role": "user", "text": "I keep bees [bold]", "when": ""}, {"id": 2, "role": "assistant", "text": "How many hives?", "when": ""}]},
            "memory_stats": STATS,
            "memory_list": {"items": ITEMS},
            "memory_show": ITEMS[0] | {"learned_tokens": 9, "updates": [], "source": ""},
            "memory_log": {"items": []},
            "undo": {"undone": {"tokens": 212}, "items": ["t5"], "relearned": 0},
            "forget": {"forgotten": args.get("item"), "relearned": 0},
            "remember": {"item": "d2", "tokens": 7, "seconds": 0.1, "new": True},
            "reset": {"removed": {}},
            "export": {"file": str(args.get("file")), "bytes": 10, "counts": {}},
            "import": {"counts": {"turns": 2}, "to_learn": 0},
        }  # fmt: skip
        yield {"event": "done", "result": results.get(op, {})}

    async def on_open(self, mine: int, op: str, args: Event) -> AsyncIterator[Event]:
        yield {"event": "progress", "stage": "load", "text": "loading the model"}
        await asyncio.sleep(self.opening)
        base = {"model": "mneme-60m", "device": "cpu", "window": 512, "weights": True, "store": True, "recovered": 0}
        yield {"event": "done", "result": base | {"user": args["user"], "new_user": self.new_user}}

    async def on_turn(self, mine: int, op: str, args: Event) -> AsyncIterator[Event]:
        pieces = self.answers[min(self.said, len(self.answers) - 1)]
        self.said += 1
        yield {"event": "turn", "turn": 2 * self.said - 1, "conversation": args["conversation"] or 2}
        yield {"event": "passages", "items": self.passages}
        got = []
        for i, piece in enumerate(pieces):
            if mine in self.cancelled:
                break
            got.append(piece)
            yield {"event": "token", "text": piece}
            if i == 0 and self.hold is not None:
                await self.hold.wait()
        reason = "cancelled" if mine in self.cancelled else "stop"
        yield {"event": "status", "tokens_per_second": 38.8, "context": 64, "window": 512}
        yield {"event": "receipt"} | RECEIPT
        yield {"event": "done", "result": {"answer": "".join(got), "finish_reason": reason}}

    async def on_ingest(self, mine: int, op: str, args: Event) -> AsyncIterator[Event]:
        job = {"job": "j1", "name": "A Walk in the Hills.txt", "total": 92665, "message": "", "item": "d1"}
        steps = [("queued", 0), ("learning", 30000), ("learning", 61000)]
        for stage, done in steps:
            yield {"event": "job", **job, "stage": stage, "done": done, "tokens_per_second": 438.0, "eta_seconds": 72.0}
        if self.hold is not None:
            await self.hold.wait()
        yield {"event": "job", **job, "stage": "done", "done": 92665, "tokens_per_second": 438.0, "eta_seconds": None}
        yield {"event": "receipt"} | RECEIPT | {"tokens": 92665, "seconds": 211.0, "what": "A Walk in the Hills"}
        yield {"event": "done", "result": {"documents": [{"id": "d1", "title": "A Walk in the Hills"}], "failed": []}}


PASSAGES = [{"id": "t1", "source": "My sister Edith has moved", "text": "My sister Edith has moved to Bergen.", "score": 0.8}]


async def draw(folder: Path) -> None:
    """Save chat.svg, memory.svg, documents.svg, help.svg and welcome.svg."""
    from app.tui.app import MnemeApp

    folder.mkdir(parents=True, exist_ok=True)

    async def wait(pilot: Any) -> None:
        for _ in range(10):
            await pilot.pause(0.05)

    engine = ScriptedEngine([["How lovely. Bergen is by the sea."], ["Your sister Edith lives in **Bergen**."]], passages=PASSAGES)
    app = MnemeApp(engine, user="ada")
    async with app.run_test(size=(100, 28)) as pilot:
        await wait(pilot)
        for line in ("My sister Edith has moved to Bergen.", "Where does my sister live?"):
            app.prompt.put(line)
            await pilot.press("enter")
            await wait(pilot)
        app.action_sidebar()
        await wait(pilot)
        app.save_screenshot("chat.svg", str(folder))
        app.action_sidebar()
        await pilot.press("ctrl+t")
        await wait(pilot)
        app.save_screenshot("memory.svg", str(folder))
        await pilot.press("escape")
        await pilot.press("f1")
        await wait(pilot)
        app.save_screenshot("help.svg", str(folder))
        await pilot.press("escape")
        engine.hold = asyncio.Event()
        app.prompt.put("/ingest hills.txt")
        await pilot.press("enter")
        await pilot.press("ctrl+g")
        await wait(pilot)
        app.save_screenshot("documents.svg", str(folder))
        engine.hold.set()
        await wait(pilot)
    app = MnemeApp(ScriptedEngine(new_user=True), user="ada")
    async with app.run_test(size=(100, 28)) as pilot:
        await wait(pilot)
        app.save_screenshot("welcome.svg", str(folder))


if __name__ == "__main__":
    asyncio.run(draw(Path(sys.argv[1])))
