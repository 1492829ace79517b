"""Every operation of the protocol by name.

Those in `WORK` belong to the worker thread, which alone touches the model; those in `READ` only read
the ledger and may run while the model loads or answers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.engine import forgetting, ingest, life, queries, remember, transfer
from app.engine.engine import Engine
from app.engine.requests import Request
from app.engine.turn import turn

Operation = Callable[[Engine, Request], dict[str, Any] | None]
"""Returns the result, or None when it will call `request.done` itself, later."""

WORK: dict[str, Operation] = {
    "open": life.open_,
    "close": life.close,
    "turn": turn,
    "new_conversation": life.new_conversation,
    "set": life.set_,
    "remember": remember.remember,
    "ingest": ingest.ingest,
    "forget": forgetting.forget,
    "undo": forgetting.undo,
    "delete_conversation": forgetting.delete_conversation,
    "reset": transfer.reset,
    "export": transfer.export,
    "import": transfer.import_,
}
READ: dict[str, Operation] = queries.OPERATIONS
