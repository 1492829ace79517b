"""An engine that follows a script, without a model, for tests and pictures."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

from app.engine.client import Client
from app.engine.protocol import EngineError, Event

RECEIPT = {
    "tokens": 212,
    "seconds": 0.4,
    "loss_before": 3.9,
    "loss_after": 2.7,
    "accepted": True,
    "reason": "",
    "items": [],
}
WHEN = "2026-03-01T09:30:00+00:00"
ITEMS = [
    {
        "id": "t5",
        "kind": "turn",
        "title": "",
        "text": "My sister Edith has moved to Bergen.",
        "when": WHEN,
        "tokens": 9,
        "learned": True,
    },
    {
        "id": "d1",
        "kind": "document",
        "title": "A Walk in the Hills",
        "text": "…",
        "when": WHEN,
        "tokens": 92665,
        "learned": True,
    },
    {
        "id": "t1",
        "kind": "turn",
        "title": "",
        "text": "I keep bees, and my dog is called Biscuit.",
        "when": WHEN,
        "tokens": 11,
        "learned": True,
    },
]
STATS = {
    "conversations": 2, "turns": 8, "documents": 1, "passages": 1203, "updates": 24, "tokens_learned": 92685,
    "ledger_bytes": 2_400_000, "weights_bytes": 52_000_000, "weights_sha256": "0" * 64,
    "surprise": [[i, 4.2 - 0.05 * i + 0.3 * (i % 5 == 0), 3.0] for i in range(24)],
}  # fmt: skip

UPDATE = RECEIPT | {"id": 24, "when": WHEN, "undone": False, "items": [{"id": "t5", "tokens": 9}]}


class ScriptedEngine(Client):
    """Takes the place of `EngineClient`, answering from a script.

    Args:
        answers: pieces of each answer; the last one is used again.
        hold: an event that every answer and document waits for after its first piece.
        opening: an event that `open` waits for.
        new_user: what `open` tells of the user.
        passages: what every turn finds in the store.
        receipts: how many mini-batches every turn learns.
        conversations: titles, newest first.
    """

    def __init__(
        self,
        answers: list[list[str]] | None = None,
        *,
        hold: asyncio.Event | None = None,
        opening: asyncio.Event | None = None,
        new_user: bool = False,
        passages: list[Event] | None = None,
        receipts: int = 1,
        conversations: list[str] | None = None,
    ) -> None:
        self.answers = answers or [["Your sister ", "Edith lives in ", "**Bergen**."]]
        self.hold, self.opening, self.new_user = hold, opening, new_user
        self.passages, self.receipts = passages or [], receipts
        self.titles = conversations or ["Where does Edith live?", "I keep bees"]
        self.items = list(ITEMS)
        self.listener: Callable[[Event], None] = lambda event: None
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.cancelled: list[Any] = []
        self.fail: dict[str, str] = {}
        self.is_alive = False
        self.last_id = self.turn_id = self.said = 0

    @property
    def ops(self) -> list[str]:
        """What was asked, in order."""
        return [op for op, _ in self.calls]

    def last(self, op: str) -> dict[str, Any]:
        """Arguments of the newest request of that name."""
        return next(args for name, args in reversed(self.calls) if name == op)

    async def start(self) -> None:
        self.is_alive = True

    async def close(self) -> None:
        self.is_alive = False

    def cancel(self, target: Any) -> None:
        self.cancelled.append(target)
        if self.hold is not None:
            self.hold.set()

    async def stream(self, op: str, **args: Any) -> AsyncIterator[Event]:
        self.last_id += 1
        mine = self.last_id
        self.calls.append((op, args))
        if op in self.fail:
            raise EngineError("Scripted", self.fail[op])
        async for event in getattr(self, f"on_{op}", self.on_other)(mine, op, args):
            yield {"id": mine} | event

    async def on_other(self, mine: int, op: str, args: Event) -> AsyncIterator[Event]:
        """Requests that only have a result."""
        yield {"event": "done", "result": self.result(op, args)}

    def result(self, op: str, args: Event) -> dict[str, Any]:
        match op:
            case "conversations":
                low = args["query"].lower()
                rows = [
                    {"id": len(self.titles) - i, "title": title, "when": WHEN, "turns": 4}
                    for i, title in enumerate(self.titles)
                ]
                return {"items": [r for r in rows if low in r["title"].lower()]}
            case "open_conversation":
                return {
                    "turns": [
                        {"id": 1, "role": "user", "text": "I keep bees [bold]", "when": WHEN},
                        {"id": 2, "role": "assistant", "text": "How many *hives*?", "when": WHEN},
                    ]
                }
            case "memory_stats":
                return STATS
            case "memory_list":
                low = (args.get("query") or "").lower()
                return {"items": [i for i in self.items if low in f"{i['title']} {i['text']}".lower()]}
            case "memory_show":
                found = next(i for i in self.items if i["id"] == args["item"])
                return found | {"learned_tokens": found["tokens"], "updates": [UPDATE], "source": ""}
            case "memory_log":
                return {"items": [UPDATE]}
            case "forget":
                self.items = [i for i in self.items if i["id"] != args["item"]]
                return {"forgotten": args["item"], "relearned": 0}
            case "undo":
                return {"undone": {"tokens": 212}, "items": ["t5"], "relearned": 0}
            case "remember":
                return {"item": "d2", "tokens": 7, "seconds": 0.1, "new": True}
            case "export":
                return {"file": args["file"], "bytes": 10, "counts": {}}
            case "import":
                return {"counts": {"turns": 2}, "to_learn": 0}
            case _:
                return {}

    async def on_open(self, mine: int, op: str, args: Event) -> AsyncIterator[Event]:
        yield {"event": "progress", "stage": "load", "text": "loading the model"}
        if self.opening is not None:
            await self.opening.wait()
        model = args["model"] or "mneme-60m"
        base = {
            "model": model,
            "device": "cpu",
            "window": 512,
            "weights": True,
            "store": True,
            "recovered": 0,
        }
        yield {"event": "done", "result": base | {"user": args["user"], "new_user": self.new_user}}

    async def on_turn(self, mine: int, op: str, args: Event) -> AsyncIterator[Event]:
        pieces = self.answers[min(self.said, len(self.answers) - 1)]
        self.said, self.turn_id = self.said + 1, mine
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
        for _ in range(self.receipts):
            yield {"event": "receipt"} | RECEIPT
        yield {"event": "done", "result": {"answer": "".join(got), "finish_reason": reason}}

    async def on_ingest(self, mine: int, op: str, args: Event) -> AsyncIterator[Event]:
        job = {"job": "j1", "name": "A Walk in the Hills.txt", "total": 92665, "message": "", "item": "d1"}
        rate = {"tokens_per_second": 438.0, "eta_seconds": 72.0}
        for stage, done in [("queued", 0), ("reading", 0), ("learning", 30000), ("learning", 61000)]:
            yield {"event": "job", **job, "stage": stage, "done": done, **rate}
        if self.hold is not None:
            await self.hold.wait()
        if "j1" in self.cancelled:
            yield {"event": "job", **job, "stage": "cancelled", "done": 61000, **rate}
            yield {"event": "done", "result": {"documents": [], "failed": []}}
            return
        yield {"event": "job", **job, "stage": "done", "done": 92665, **rate}
        yield (
            {"event": "receipt"}
            | RECEIPT
            | {"tokens": 92665, "seconds": 211.0, "what": "A Walk in the Hills"}
        )
        yield {
            "event": "done",
            "result": {"documents": [{"id": "d1", "title": "A Walk in the Hills"}], "failed": []},
        }


PASSAGES = [
    {
        "id": "t1",
        "source": "My sister Edith has moved",
        "text": "My sister Edith has moved to Bergen.",
        "score": 0.8,
    }
]
