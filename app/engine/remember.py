"""`remember`: a note is kept like a document and learned like the user's own words."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from app.engine.protocol import BadRequest
from app.engine.requests import Request
from app.engine.turn import MAX_TEXT, title_of

if TYPE_CHECKING:
    from app.engine.engine import Engine


def remember(engine: Engine, request: Request) -> dict[str, Any]:
    """Run the `remember` request; the `item` event says that the note is safe in the ledger."""
    from storage.passages import split

    text = engine.clean(request.get("text", str)).strip()
    if not text:
        raise BadRequest("there is nothing to remember: the text is empty")
    if len(text) > MAX_TEXT:
        raise BadRequest(f"the note is longer than {MAX_TEXT} characters; save it to a file and ingest that")
    ledger = engine.profile.ledger
    digest = hashlib.sha256(text.encode()).hexdigest()
    note = ledger.add_document("note", title_of(text), text, digest, kind="note")
    ledger.add_passages(note, split(text))
    request.emit("item", item=f"d{note}")
    memory = engine.memory()
    for told in memory.clear_window():
        request.emit("receipt", **told)
    fresh = [i for i in ledger.unlearned() if (i.kind, i.id) == ("document", note)]
    for _ in memory.relearn(fresh):
        pass
    told = memory.total(("document", note))
    request.emit("receipt", **told, items=[{"id": f"d{note}", "tokens": told["tokens"]}], what=title_of(text))
    engine.touch()
    return {"item": f"d{note}", "tokens": told["tokens"], "seconds": told["seconds"], "new": bool(fresh)}
