"""The engine as seen from another process: `EngineClient` for asyncio, `ProcessEngine` for plain code.

Neither imports torch. When the engine dies, every open request ends with an `EngineDied` error.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import queue
import subprocess
import sys
import threading
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from app.engine.protocol import MAX_LINE, EngineError, Event, decode, encode

Listener = Callable[[Event], None]

COMMAND = [sys.executable, "-m", "app.engine"]
CLOSE_SECONDS = 20.0
"""Closing learns what is left of a conversation; a process that takes longer is ended."""
DIED = EngineError(
    "EngineDied", "the engine stopped; nothing said before is lost. Type /restart to start it again"
)


def environment() -> dict[str, str]:
    """The engine's environment: ours, quiet, offline, and able to import this package."""
    here = str(Path(__file__).resolve().parents[2])
    paths = os.pathsep.join(p for p in (here, os.environ.get("PYTHONPATH", "")) if p)
    quiet = {"PYTHONPATH": paths, "HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false", "PYTHONUTF8": "1"}
    return os.environ | quiet


class Client(ABC):
    """An engine as the screen sees it."""

    @abstractmethod
    def stream(self, op: str, **args: Any) -> AsyncIterator[Event]:
        """Ask; events come as they are sent, the last one is `done`.

        Raises:
            EngineError: the request failed or the engine died.
        """

    async def call(self, op: str, on_event: Listener | None = None, **args: Any) -> dict[str, Any]:
        """Ask and wait for the result."""
        result: dict[str, Any] = {}
        async for event in self.stream(op, **args):
            if event["event"] == "done":
                result = event["result"]
            elif on_event is not None:
                on_event(event)
        return result


class EngineClient(Client):
    """The engine in its own process.

    Args:
        command: what to start.
        listener: told of events that answer no request, such as learning in the background.
    """

    def __init__(self, command: list[str] | None = None, listener: Listener | None = None) -> None:
        self._command = command or COMMAND
        self.listener: Listener = listener or (lambda event: None)
        self._process: asyncio.subprocess.Process | None = None
        self._open: dict[int, asyncio.Queue[Event]] = {}
        self._reader: asyncio.Task[None] | None = None
        self.last_id = 0

    @property
    def is_alive(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def start(self) -> None:
        """Start the process, unless it runs."""
        if self.is_alive:
            return
        self._process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            limit=MAX_LINE * 2,
            env=environment(),
        )
        self._reader = asyncio.create_task(self._read(self._process))

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        try:
            while line := await process.stdout.readline():
                event = decode(line)
                inbox = self._open.get(event.get("id", 0))
                if inbox is not None:
                    inbox.put_nowait(event)
                elif event.get("id") == 0:
                    self.listener(event)
        finally:
            await process.wait()
            died = {"event": "error", "kind": DIED.kind, "message": DIED.message, "exit": DIED.exit}
            for inbox in self._open.values():
                inbox.put_nowait(died)
            self.listener({"id": 0, "event": "died", "message": DIED.message})

    def _send(self, message: Event) -> None:
        if not self.is_alive or self._process is None or self._process.stdin is None:
            raise EngineError(DIED.kind, DIED.message, DIED.exit)
        self._process.stdin.write(encode(message))

    async def stream(self, op: str, **args: Any) -> AsyncIterator[Event]:
        self.last_id += 1
        mine = self.last_id
        inbox = self._open[mine] = asyncio.Queue()
        try:
            self._send({"id": mine, "op": op, **args})
            while True:
                event = await inbox.get()
                if event["event"] == "error":
                    raise EngineError(event["kind"], event["message"], event["exit"])
                yield event
                if event["event"] == "done":
                    return
        finally:
            self._open.pop(mine, None)

    def cancel(self, target: int | str) -> None:
        """Stop a request by its id or a job by its name; what came so far is kept."""
        self.last_id += 1
        with contextlib.suppress(EngineError):
            self._send({"id": self.last_id, "op": "cancel", "target": target})

    async def close(self) -> None:
        """Learn the rest, save, end the process."""
        if not self.is_alive or self._process is None:
            return
        self.listener = lambda event: None
        for request in list(self._open):
            self.cancel(request)
        try:
            await asyncio.wait_for(self.call("close"), CLOSE_SECONDS)
            await asyncio.wait_for(self._process.wait(), 5)
        except (EngineError, TimeoutError):
            with contextlib.suppress(ProcessLookupError):
                self._process.terminate()
                await self._process.wait()


class ProcessEngine:
    """The engine in its own process, asked one thing at a time; for benchmarks and tests."""

    def __init__(self, *, env: dict[str, str] | None = None) -> None:
        self._process = subprocess.Popen(
            COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment() | (env or {}),
        )
        self._events: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
        threading.Thread(target=self._read, daemon=True).start()
        self.last_id = 0

    @property
    def pid(self) -> int:
        return self._process.pid

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            with contextlib.suppress(EngineError):
                self._events.put(decode(line))
        self._events.put(None)

    def send(self, op: str, **args: Any) -> int:
        """Ask without waiting; returns the request's id."""
        self.last_id += 1
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(encode({"id": self.last_id, "op": op, **args}))
            self._process.stdin.flush()
        except OSError:
            raise EngineError(DIED.kind, DIED.message, DIED.exit) from None
        return self.last_id

    def next_event(self, timeout: float | None = None) -> Event:
        """The next event of any request.

        Raises:
            EngineError: the engine died.
            queue.Empty: nothing came in time.
        """
        event = self._events.get(timeout=timeout)
        if event is None:
            self._events.put(None)
            raise EngineError(DIED.kind, DIED.message, DIED.exit)
        return event

    def request(self, op: str, on_event: Listener | None = None, **args: Any) -> dict[str, Any]:
        """Ask and wait.

        Raises:
            EngineError: the request failed or the engine died.
        """
        mine = self.send(op, **args)
        while True:
            event = self.next_event()
            if event["id"] == mine and event["event"] == "done":
                return event["result"]
            if event["id"] == mine and event["event"] == "error":
                raise EngineError(event["kind"], event["message"], event["exit"])
            if on_event is not None:
                on_event(event)

    def kill(self) -> None:
        """End it as a power cut would."""
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """Learn the rest, save, end the process."""
        with contextlib.suppress(EngineError):
            self.request("close")
        try:
            self._process.wait(CLOSE_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()

    def __enter__(self) -> ProcessEngine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
