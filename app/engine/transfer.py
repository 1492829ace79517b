"""Reset, export and import of everything that is remembered of a user."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.engine.life import recover
from app.engine.protocol import BadRequest
from app.engine.requests import Request

if TYPE_CHECKING:
    from app.engine.engine import Engine


def reset(engine: Engine, request: Request) -> dict[str, Any]:
    """Remove everything remembered, from disk too; the user stays, empty."""
    engine.stop_jobs()
    engine.tasks.clear()
    stats = engine.profile.ledger.stats()
    engine.profile.reset()
    engine.fresh()
    return {"removed": {name: stats[name] for name in ("turns", "documents", "updates", "tokens_learned")}}


def export(engine: Engine, request: Request) -> dict[str, Any]:
    """Write everything to one file; what is pending is learned first."""
    from storage import export_bundle

    path = _path(request)
    if path.exists() and not request.get("overwrite", bool, False):
        raise BadRequest(f"{path} exists already; choose another name or delete it first")
    if not path.parent.is_dir():
        raise BadRequest(f"there is no folder {path.parent}")
    if engine.has_model:
        for told in engine.memory().clear_window():
            request.emit("receipt", **told)
    counts = export_bundle(engine.profile, path)
    return {"file": str(path), "bytes": path.stat().st_size, "counts": counts}


def import_(engine: Engine, request: Request) -> dict[str, Any]:
    """Bring an export into an empty user; weights of another model are learned again from the text."""
    from storage import import_bundle
    from storage.passages import split

    engine.need_quiet()
    memory = engine.memory()
    counts = import_bundle(engine.profile, _path(request), base_hash=memory.model.base_hash)
    ledger = engine.profile.ledger
    for document in ledger.documents():
        ledger.add_passages(document.id, split(document.text))
    engine.fresh()
    return {"counts": counts, "to_learn": recover(engine, request)}


def _path(request: Request) -> Path:
    return Path(request.get("file", str)).expanduser().resolve()
