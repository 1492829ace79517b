"""What the measurements share: a home of their own, the device's name, a table."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.engine.client import ProcessEngine
from app.engine.models import chosen


@contextmanager
def own_home() -> Iterator[dict[str, str]]:
    """Environment of an engine whose data folder is new and goes away; the user's memory is not touched."""
    model = chosen()
    with tempfile.TemporaryDirectory(prefix="mneme-bench-") as folder:
        yield {"MNEME_HOME": folder, "MNEME_MODEL": model}


def started(env: dict[str, str], user: str, **args: Any) -> tuple[ProcessEngine, dict[str, Any]]:
    """An engine in its own process with a user open, and what it said on opening."""
    engine = ProcessEngine(env=env)
    return engine, engine.request("open", user=user, **args)


def device_line(opened: dict[str, Any]) -> str:
    """Model and device, for the end of a table."""
    device = opened["device"]
    if device == "cpu":
        device = f"CPU {_cpu()}, {len(os.sched_getaffinity(0))} cores"
    else:
        import torch

        device = torch.cuda.get_device_name()
    return f"{opened['model']} ({opened['base_hash'][:12]}) on {device}"


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.machine()


def note(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
