"""Opening and closing a user, the end of a conversation, and the switches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.engine import ingest
from app.engine.requests import Request

if TYPE_CHECKING:
    from app.engine.engine import Engine

RECOVER_TOKENS = 1_500
"""Up to this many unlearned tokens of turns are learned before `open` answers; the rest in the background."""
SEARCH_SECONDS = 120.0


def open_(engine: Engine, request: Request) -> dict[str, Any]:
    """Lock and open a user's profile, then load the model and learn what a crash left unlearned."""
    new_user = engine.open_profile(
        request.get("user", str),
        create=request.get("create", bool, True),
        model=request.get("model", str, None),
    )
    result: dict[str, Any] = {"user": engine.profile.name, "new_user": new_user, **engine.settings}
    if not request.get("load", bool, True):
        return result
    request.emit("progress", stage="load", text="loading the model")
    engine.wants_search = request.get("search", bool, True)
    engine.start_embedder()
    memory = engine.memory()
    recovered = recover(engine, request)
    if request.get("wait", bool, False):
        engine.wait_for_search(SEARCH_SECONDS)
    return result | {
        "model": memory.model.name,
        "device": memory.model.device,
        "parameters": sum(p.numel() for p in memory.model.decoder.parameters()),
        "base_hash": memory.model.base_hash,
        "window": memory.session.window,
        "recovered": recovered,
    }


def recover(engine: Engine, request: Request) -> int:
    """Learn what was acknowledged and not learned: turns now, documents in the background."""
    memory = engine.memory()
    items = engine.profile.ledger.unlearned()
    left, now = RECOVER_TOKENS, []
    for item in [i for i in items if i.own]:
        left -= memory.tokens_left(item)
        if left < 0:
            break
        now.append(item)
    for _ in memory.relearn(now):
        request.emit("progress", stage="recover", text=f"learning {len(now)} things said before")
    later = [i for i in items if i not in now]
    if later:
        engine.tasks.append(ingest.resume(engine, later))
    return len(items)


def close(engine: Engine, request: Request) -> dict[str, Any]:
    """Learn what is left, let go of the profile, end the engine."""
    if engine.has_model:
        for told in engine.memory().clear_window():
            request.emit("receipt", **told)
    engine.shut()
    engine.closed = True
    return {}


def new_conversation(engine: Engine, request: Request) -> dict[str, Any]:
    """Learn what is left of this one and clear the window."""
    for told in engine.memory().clear_window():
        request.emit("receipt", **told)
    engine.forget_window()
    return {"conversation": None}


def set_(engine: Engine, request: Request) -> dict[str, Any]:
    """Turn the arms of memory on or off for later turns."""
    for name in engine.settings:
        engine.settings[name] = request.get(name, bool, engine.settings[name])
    return dict(engine.settings)
