"""Forgetting: back to the last kept weights before the item, then everything later is learned again.

`forget` also deletes the rows; `undo` keeps them in the store and only takes the lesson back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from app.engine.memory import Source
from app.engine.protocol import BadRequest, EngineError
from app.engine.requests import Request

if TYPE_CHECKING:
    from app.engine.engine import Engine

KINDS = {"t": "turn", "d": "document"}


def parse_item(item: str) -> Source:
    """'t12' or 'd3' as a kind and an id.

    Raises:
        BadRequest: it is neither.
    """
    found = re.fullmatch(r"([td])(\d{1,15})", item.strip().lower())
    if not found:
        raise BadRequest(f"'{item}' is not an item: they look like t12 or d3; see `mneme memory list`")
    return KINDS[found[1]], int(found[2])


def find_item(engine: Engine, source: Source) -> Any:
    """The turn or document itself.

    Raises:
        EngineError: there is none.
    """
    kind, item = source
    ledger = engine.profile.ledger
    found = ledger.turn(item) if kind == "turn" else ledger.document(item)
    if found is None:
        raise EngineError("NoSuchItem", f"there is no item {kind[0]}{item}; see `mneme memory list`")
    return found


def unlearn(engine: Engine, request: Request, items: list[Source], take: Callable[[], None]) -> None:
    """Take items out of the weights, `take` them from the ledger, then learn again what came later.

    What is learned again is background work: chat goes on between its mini-batches, and the request
    is done when it ends.
    """
    ledger = engine.profile.ledger
    known = [i for i in items if ledger.updates_of(*i)]
    if known or engine.has_model:
        memory = engine.memory()
        request.emit("progress", stage="rewind", text="going back to the weights before it")
        before = [ledger.weights_before(*i) for i in known]
        if None in before:
            memory.rewind(None)
        elif known:
            memory.rewind(min((b for b in before if b is not None), key=lambda saved: saved.version))
        else:
            memory.rewind(ledger.current_weights())
        engine.forget_window()
        take()
        engine.profile.weights.prune(set())
    else:
        take()


def relearning(engine: Engine, request: Request, result: dict[str, Any]) -> Iterator[bool]:
    """The task that learns again what is unlearned and then answers the request."""
    items = engine.profile.ledger.unlearned()
    done = 0
    if items:
        memory = engine.memory()
        total = sum(map(memory.tokens_left, items))
        for step in memory.relearn(items):
            done += step
            request.emit(
                "progress", stage="relearn", text="learning again what came later", done=done, total=total
            )
            yield True
    request.done(result | {"relearned": done})


def forget(engine: Engine, request: Request) -> dict[str, Any] | None:
    """Delete an item and the answer that was given to it."""
    source = parse_item(request.get("item", str))
    found = find_item(engine, source)
    engine.stop_jobs(source)
    engine.need_quiet()
    ledger = engine.profile.ledger
    items = [source] if source[0] == "document" else with_answer(engine, found)

    def take() -> None:
        for item in items:
            ledger.forget(*item)
        if source[0] == "turn" and not ledger.turns(found.conversation_id):
            ledger.delete_conversation(found.conversation_id)

    if source[0] == "turn" and ledger.turns(found.conversation_id)[0].id == found.id:
        ledger.rename_conversation(found.conversation_id, "")
    unlearn(engine, request, items, take)
    engine.tasks.append(relearning(engine, request, {"forgotten": f"{source[0][0]}{source[1]}"}))
    return None


def with_answer(engine: Engine, turn: Any) -> list[Source]:
    """A turn and the assistant's answer to it, which may repeat it."""
    turns = engine.profile.ledger.turns(turn.conversation_id)
    place = next(i for i, t in enumerate(turns) if t.id == turn.id)
    answers = [t for t in turns[place + 1 : place + 2] if t.role == "assistant" and turn.role == "user"]
    return [("turn", t.id) for t in [turn, *answers]]


def undo(engine: Engine, request: Request) -> dict[str, Any] | None:
    """Take the latest lesson back: its items stay in the store and are not learned again."""
    engine.need_quiet()
    memory = engine.memory()
    memory.clear_window()
    ledger = engine.profile.ledger
    last = next((u for u in ledger.journal(1_000) if not u.undone and u.accepted and u.items), None)
    if last is None:
        return {"undone": None, "items": [], "relearned": 0}
    items: list[Source] = [(kind, item) for kind, item, _ in last.items]

    def take() -> None:
        for item in items:
            ledger.set_learn(*item, False)

    unlearn(engine, request, items, take)
    names = [f"{kind[0]}{item}" for kind, item in items]
    engine.tasks.append(relearning(engine, request, {"undone": asdict(last), "items": names}))
    return None


def delete_conversation(engine: Engine, request: Request) -> dict[str, Any] | None:
    """Delete a conversation and what was learned from it."""
    conversation = request.get("conversation", int)
    engine.need_quiet()
    ledger = engine.profile.ledger
    turns = ledger.turns(conversation)

    def take() -> None:
        ledger.delete_conversation(conversation)
        ledger.purge()

    unlearn(engine, request, [("turn", t.id) for t in turns if t.role == "user"], take)
    engine.tasks.append(relearning(engine, request, {"deleted": conversation}))
    return None
