"""What a long piece of work tells of itself: stage, how far, how fast, how long still."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

TELL_SECONDS = 0.25
"""Progress is told at most this often."""


@dataclass(kw_only=True)
class Job:
    """One document on its way into memory."""

    id: str
    name: str
    emit: Callable[..., None]
    stage: str = "queued"
    done: int = 0
    total: int = 0
    """Tokens."""
    message: str = ""
    item: str = ""
    _stop: threading.Event = field(default_factory=threading.Event)
    _began: float = 0.0
    _base: int = 0
    _told: float = 0.0

    def cancel(self) -> None:
        """Ask it to stop; what was learned so far stays."""
        self._stop.set()

    def cancelled(self) -> bool:
        return self._stop.is_set()

    @property
    def is_over(self) -> bool:
        return self.stage in ("done", "failed", "cancelled")

    def move(self, stage: str, message: str = "") -> None:
        """Enter a stage and tell."""
        self.stage, self.message = stage, message
        self.tell()

    def start(self, done: int, total: int) -> None:
        """Begin counting tokens, of which `done` were learned in an earlier run."""
        self.done, self.total, self._base, self._began = done, total, done, time.monotonic()
        self.move("learning")

    def advance(self, done: int) -> None:
        self.done = done
        if time.monotonic() - self._told > TELL_SECONDS:
            self.tell()

    @property
    def tokens_per_second(self) -> float:
        passed = time.monotonic() - self._began
        return (self.done - self._base) / passed if self._began and passed > 0 else 0.0

    def state(self) -> dict[str, Any]:
        """Its figures, as the protocol carries them; `eta_seconds` is None while unknown."""
        rate = self.tokens_per_second
        left = self.total - self.done
        return {
            "job": self.id,
            "name": self.name,
            "stage": self.stage,
            "done": self.done,
            "total": self.total,
            "tokens_per_second": round(rate, 1),
            "eta_seconds": round(left / rate, 1) if rate and self.stage == "learning" else None,
            "message": self.message,
            "item": self.item,
        }

    def tell(self) -> None:
        self._told = time.monotonic()
        self.emit("job", **self.state())
