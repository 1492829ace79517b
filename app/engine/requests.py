"""A request being answered: its arguments, its events, its one end, and whether it was cancelled."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from app.engine.protocol import BadRequest, Event, to_error


class Request:
    """Answer with `emit` any number of times and then `done` or `fail` once; later ends are dropped."""

    def __init__(self, message: Event, send: Callable[[Event], None]) -> None:
        self.id: int = message.get("id", 0)
        self.op: str = message.get("op", "")
        self.args = {k: v for k, v in message.items() if k not in ("id", "op")}
        self._send = send
        self._stop = threading.Event()
        self._over = threading.Event()

    def emit(self, event: str, **fields: Any) -> None:
        """Send one event of this request."""
        if not self._over.is_set():
            self._send({"id": self.id, "event": event, **fields})

    def done(self, result: dict[str, Any]) -> None:
        if not self._over.is_set():
            self.emit("done", result=result)
            self._over.set()

    def fail(self, error: BaseException) -> None:
        if not self._over.is_set():
            told = to_error(error)
            self.emit("error", kind=told.kind, message=told.message, exit=told.exit)
            self._over.set()

    @property
    def is_over(self) -> bool:
        return self._over.is_set()

    def cancel(self) -> None:
        self._stop.set()

    def cancelled(self) -> bool:
        return self._stop.is_set()

    def get(self, name: str, kind: type | tuple[type, ...], default: Any = ...) -> Any:
        """An argument of the expected type.

        Raises:
            BadRequest: it is missing without a default, or of another type.
        """
        value = self.args.get(name)
        if value is None:
            if default is ...:
                raise BadRequest(f"'{self.op}' needs '{name}'")
            return default
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is int):
            raise BadRequest(f"'{name}' of '{self.op}' is of the wrong type")
        return value
