"""The engine for the command line: in this process, on a thread of its own, asked one thing at a time.

Ctrl-C during a request cancels it and keeps what came; a second one leaves at once.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Any

from app.engine.protocol import EngineError, Event

Listener = Callable[[Event], None]


class BlockingEngine:
    """A context manager: closing it learns what is left of the conversation.

    Args:
        engine: arguments of `Engine`, such as `root` or `device`.
    """

    def __init__(self, *, on_event: Listener | None = None, **engine: Any) -> None:
        from app.engine.server import Server

        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._server = Server(self._events.put, **engine)
        self._thread = threading.Thread(target=self._server.run, name="engine", daemon=True)
        self._thread.start()
        self._last_id = 0
        self.on_event = on_event or (lambda event: None)

    def request(self, op: str, on_event: Listener | None = None, **args: Any) -> dict[str, Any]:
        """Ask and wait; events go to `on_event`, those without a request to `self.on_event`.

        Raises:
            EngineError: the request failed.
        """
        self._last_id += 1
        mine = self._last_id
        self._server.submit({"id": mine, "op": op, **args})
        patience = 1
        while True:
            try:
                event = self._next()
            except KeyboardInterrupt:
                if not patience:
                    raise
                patience -= 1
                self._server.cancel(mine)
                continue
            if event["id"] != mine:
                if event["id"] == 0:
                    self.on_event(event)
                continue
            if event["event"] == "done":
                return event["result"]
            if event["event"] == "error":
                raise EngineError(event["kind"], event["message"], event["exit"])
            (on_event or self.on_event)(event)

    def _next(self) -> Event:
        while True:
            try:
                return self._events.get(timeout=0.5)
            except queue.Empty:
                if not self._thread.is_alive():
                    raise EngineError("EngineDied", "the engine stopped unexpectedly") from None

    def close(self, on_event: Listener | None = None) -> None:
        """Learn the rest, save, let the profile go."""
        if self._thread.is_alive():
            self.request("close", on_event)
            self._thread.join(30)

    def __enter__(self) -> BlockingEngine:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: object) -> None:
        if kind is None or issubclass(kind, EngineError):
            self.close()
        else:
            self._server.stop()
            self._thread.join(10)
