"""The model room: decoder, inner loop, memory session, checkpoints, tokenizer, training.

Importing it is cheap; torch is imported when a model is loaded or a session made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.checkpoint import Model, ModelInfo, find_model, list_models, load_model
from core.errors import CoreError, ModelDamaged, ModelMissing

if TYPE_CHECKING:
    from core.generate import Chunk, Generation
    from core.session import Progress, Session, Update

__all__ = [
    "Chunk",
    "CoreError",
    "Generation",
    "Model",
    "ModelDamaged",
    "ModelInfo",
    "ModelMissing",
    "Progress",
    "Session",
    "Update",
    "find_model",
    "list_models",
    "load_model",
]

_LATE = {
    "Chunk": "core.generate",
    "Generation": "core.generate",
    "Progress": "core.session",
    "Session": "core.session",
    "Update": "core.session",
}


def __getattr__(name: str) -> Any:
    if name in _LATE:
        import importlib

        return getattr(importlib.import_module(_LATE[name]), name)
    raise AttributeError(f"module 'core' has no attribute {name!r}")
