"""The engine: model, memory and ledger behind one queue, in this process or in one of its own.

`EngineClient` (asyncio) and `BlockingEngine` speak to it; neither imports torch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.engine.protocol import EngineError

if TYPE_CHECKING:
    from app.engine.blocking import BlockingEngine
    from app.engine.client import EngineClient

__all__ = ["BlockingEngine", "EngineClient", "EngineError"]

_LATE = {"BlockingEngine": "app.engine.blocking", "EngineClient": "app.engine.client"}


def __getattr__(name: str) -> Any:
    if name in _LATE:
        import importlib

        return getattr(importlib.import_module(_LATE[name]), name)
    raise AttributeError(f"module 'app.engine' has no attribute {name!r}")
