"""Operations that only read the ledger: they work while the model loads or answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from app.engine.forgetting import find_item, parse_item
from app.engine.requests import Request

if TYPE_CHECKING:
    from app.engine.engine import Engine

SNIPPET = 120
CURVE = 400
"""Points of the surprise curve at most."""


def conversations(engine: Engine, request: Request) -> dict[str, Any]:
    """All conversations, newest first, or those in which the words of `query` occur."""
    ledger = engine.profile.ledger
    query = engine.clean(request.get("query", str, "")).strip()
    items = [
        {"id": c.id, "title": c.title, "when": c.updated, "turns": c.turns} for c in ledger.conversations()
    ]
    if not query:
        return {"items": items}
    snippets: dict[int, str] = {}
    for hit in engine.profile.search.search_conversations(query):
        at = max(0, hit.text.lower().find(query.lower().split()[0]) - 30)
        snippets.setdefault(int(hit.item_id[1:]), " ".join(hit.text[at : at + SNIPPET].split()))
    low = query.lower()
    found = [
        c | {"snippet": snippets.get(c["id"], "")}
        for c in items
        if c["id"] in snippets or low in c["title"].lower()
    ]
    return {"items": found}


def open_conversation(engine: Engine, request: Request) -> dict[str, Any]:
    turns = engine.profile.ledger.turns(request.get("conversation", int))
    return {"turns": [{"id": t.id, "role": t.role, "text": t.text, "when": t.when} for t in turns]}


def rename_conversation(engine: Engine, request: Request) -> dict[str, Any]:
    title = " ".join(engine.clean(request.get("title", str)).split())[:200]
    engine.profile.ledger.rename_conversation(request.get("conversation", int), title)
    return {"title": title}


def jobs(engine: Engine, request: Request) -> dict[str, Any]:
    return {"items": [job.state() for job in list(engine.jobs.values())]}


def memory_list(engine: Engine, request: Request) -> dict[str, Any]:
    return {"items": engine.profile.ledger.memory_items(request.get("query", str, None))}


def memory_show(engine: Engine, request: Request) -> dict[str, Any]:
    """One item and the updates that learned it."""
    source = parse_item(request.get("item", str))
    found = find_item(engine, source)
    updates = [as_json(u) for u in engine.profile.ledger.updates_of(*source)]
    kind = "turn" if source[0] == "turn" else found.kind
    return {
        "id": f"{source[0][0]}{source[1]}",
        "kind": kind,
        "title": getattr(found, "title", ""),
        "source": getattr(found, "source", ""),
        "text": found.text,
        "understood": getattr(found, "understood", ""),
        "when": found.when,
        "tokens": found.tokens,
        "learned_tokens": found.learned_tokens,
        "updates": updates,
    }


def memory_log(engine: Engine, request: Request) -> dict[str, Any]:
    """The journal of updates, newest first."""
    return {"items": [as_json(u) for u in engine.profile.ledger.journal(request.get("limit", int, 50))]}


def memory_stats(engine: Engine, request: Request) -> dict[str, Any]:
    """Counts, sizes and the curve of surprise, oldest first."""
    ledger = engine.profile.ledger
    current = ledger.current_weights()
    journal = [u for u in reversed(ledger.journal(CURVE)) if u.accepted and not u.undone]
    return ledger.stats() | {
        "weights_sha256": current.sha256 if current else None,
        "weights_version": current.version if current else None,
        "weights_bytes": engine.profile.weights.bytes(),
        "base_hash": current.base_hash if current else None,
        "surprise": [[u.id, u.loss_before, u.loss_after] for u in journal],
    }


def as_json(update: Any) -> dict[str, Any]:
    """A journal row with its items by name."""
    row = asdict(update)
    row["items"] = [{"id": f"{kind[0]}{item}", "tokens": tokens} for kind, item, tokens in update.items]
    return row


OPERATIONS: dict[str, Callable[..., dict[str, Any] | None]] = {
    "conversations": conversations,
    "open_conversation": open_conversation,
    "rename_conversation": rename_conversation,
    "jobs": jobs,
    "memory_list": memory_list,
    "memory_show": memory_show,
    "memory_log": memory_log,
    "memory_stats": memory_stats,
}
