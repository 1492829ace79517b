"""Which model folders there are and which one is used; no torch here."""

from __future__ import annotations

import os
from pathlib import Path


def roots() -> tuple[Path, ...]:
    """Where models are looked for: those packaged, then the user's own."""
    from core.checkpoint import PACKAGED
    from storage import data_root

    return PACKAGED, data_root() / "models"


def chosen() -> str:
    """The model to use when none is named: $MNEME_MODEL, then `mneme models use`, then the default."""
    from storage import load_config

    return os.environ.get("MNEME_MODEL") or load_config().get("model") or "default"
