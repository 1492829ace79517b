"""Threads round an engine: one works, one reads the ledger, and cancelling never waits for either."""

from __future__ import annotations

import logging
import queue
import threading
import traceback
from collections.abc import Callable
from typing import Any

from app.engine.engine import Engine
from app.engine.operations import READ, WORK, Operation
from app.engine.protocol import BadRequest, EngineError, Event
from app.engine.requests import Request

log = logging.getLogger(__name__)

OPEN_SECONDS = 30.0
"""A reading request that comes before the profile is open waits this long for it."""
POLL_SECONDS = 0.05
TICK_SECONDS = 1.0


class Server:
    """Takes messages from any thread with `submit`; `run` works through them until closed."""

    def __init__(self, send: Callable[[Event], None], **engine: Any) -> None:
        """Args:
        send: where events go; called by one thread at a time.
        engine: arguments of `Engine`.
        """
        self._out, self._lock = send, threading.Lock()
        self.engine = Engine(self._send, **engine)
        self._work: queue.SimpleQueue[Request | None] = queue.SimpleQueue()
        self._read: queue.SimpleQueue[Request | None] = queue.SimpleQueue()
        self._live: dict[int, Request] = {}
        self._reader = threading.Thread(target=self._run_reads, name="reads", daemon=True)

    def _send(self, event: Event) -> None:
        with self._lock:
            self._out(event)

    def submit(self, message: Event) -> None:
        """Take one request; `ping`, `cancel` and mistakes are answered at once."""
        request = Request(message, self._send)
        if request.op == "ping":
            request.done({})
        elif request.op == "cancel":
            request.done({"cancelled": self.cancel(request.args.get("target"))})
        elif request.op in WORK:
            self._live = {i: r for i, r in self._live.items() if not r.is_over} | {request.id: request}
            self._work.put(request)
        elif request.op in READ:
            self._read.put(request)
        else:
            request.fail(BadRequest(f"there is no operation '{request.op}'"))

    def cancel(self, target: Any) -> bool:
        """Stop a request by its id, or a job by its name; what came so far is kept."""
        job = self.engine.jobs.get(str(target))
        request = self._live.get(target) if isinstance(target, int) else None
        if job is not None:
            job.cancel()
        if request is not None:
            request.cancel()
        return job is not None or (request is not None and not request.is_over)

    def stop(self) -> None:
        """Cancel what runs, then close; for a lost client or the end of the program."""
        for request in self._live.values():
            request.cancel()
        self._work.put(None)

    def run(self) -> None:
        """Work until a `close` request or `stop`."""
        self._reader.start()
        try:
            while not self.engine.closed:
                try:
                    request = self._work.get(timeout=self._background())
                except queue.Empty:
                    self._guard(self.engine.idle)
                    continue
                if request is None:
                    self._guard(self.engine.shut)
                    break
                self._answer(request, WORK[request.op])
                if request.op == "open" and not self.engine.opened.is_set():
                    continue
        finally:
            self._read.put(None)

    def _background(self) -> float:
        """Do background work until a request waits; returns how long to wait for one."""
        while self._work.empty():
            try:
                did = self.engine.background()
            except Exception as error:
                self._log("background work", error)
                if self.engine.tasks:
                    self.engine.tasks.popleft()
                self._guard(self.engine.repair)
                continue
            if did is None:
                return TICK_SECONDS
            if not did:
                return POLL_SECONDS
        return POLL_SECONDS

    def _answer(self, request: Request, operation: Operation) -> None:
        try:
            result = operation(self.engine, request)
        except Exception as error:
            request.fail(error)
            if not isinstance(error, EngineError):
                self._log(request.op, error)
                if request.op == "turn":
                    self._guard(self.engine.repair)
            return
        if result is not None:
            request.done(result)

    def _guard(self, action: Callable[[], Any]) -> None:
        try:
            action()
        except Exception as error:
            self._log("the engine", error)

    def _log(self, what: str, error: Exception) -> None:
        """Where it went wrong, without the words it went wrong on."""
        where = "".join(traceback.format_tb(error.__traceback__))
        log.error("%s failed with %s at\n%s", what, type(error).__name__, where)

    def _run_reads(self) -> None:
        while (request := self._read.get()) is not None:
            if self.engine.opened.wait(OPEN_SECONDS):
                self._answer(request, READ[request.op])
            else:
                request.fail(EngineError("NotOpen", "no user is open yet"))
