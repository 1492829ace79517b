"""The engine's language: one JSON object a line, requests in, events out.

A request is `{"id": int, "op": str, ...}`. It is answered by any number of events that carry its id and
then by exactly one `done` (with `result`) or `error` (with `kind`, `message`, `exit`). Events of the
engine's own accord have id 0. This module imports nothing heavy: both ends use it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

Event = dict[str, Any]
Emit = Callable[..., None]
"""`emit(name, **fields)` sends one event of the request at hand."""

OK, FAILED, USAGE, BUSY = 0, 1, 2, 3
"""Exit codes of the command line, carried by every error event."""

MAX_LINE = 16 * 1024 * 1024
"""A request longer than this many bytes is refused."""

ARMS = {"both": (True, True), "weights": (True, False), "store": (False, True), "none": (False, False)}
"""Memory arms by name: (fast weights, store)."""


class EngineError(Exception):
    """A request that failed, with a sentence for the user.

    Args:
        kind: the error's class name, for programs.
        message: the sentence.
        exit: exit code for the command line.
    """

    def __init__(self, kind: str, message: str, exit: int = FAILED) -> None:
        super().__init__(message)
        self.kind, self.message, self.exit = kind, message, exit


class BadRequest(EngineError):
    """The request itself is wrong."""

    def __init__(self, message: str) -> None:
        super().__init__("BadRequest", message, USAGE)


def encode(message: Event) -> bytes:
    """One line; characters that JSON cannot carry are replaced."""
    text = json.dumps(message, ensure_ascii=False, separators=(",", ":"), default=str)
    return text.encode("utf-8", "replace") + b"\n"


def decode(line: bytes) -> Event:
    """Parse one line.

    Raises:
        BadRequest: it is not a JSON object.
    """
    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        raise BadRequest("expected one JSON object a line") from None
    if not isinstance(message, dict):
        raise BadRequest("expected one JSON object a line")
    return message


def to_error(error: BaseException) -> EngineError:
    """Any exception as an error with a sentence; only known families show their own words."""
    if isinstance(error, EngineError):
        return error
    kind = type(error).__name__
    family = {base.__name__ for base in type(error).__mro__}
    if kind == "ProfileBusy":
        return EngineError(kind, str(error), BUSY)
    if family & {"StorageError", "CoreError", "ReadError"}:
        usage = kind in {"BadName", "ProfileMissing", "ModelMissing"}
        return EngineError(kind, str(error), USAGE if usage else FAILED)
    if isinstance(error, MemoryError) or kind == "OutOfMemoryError":
        return EngineError(kind, "out of memory: close other programs or use a smaller model")
    if isinstance(error, OSError):
        return EngineError(kind, f"{error.strerror or error}: {error.filename or ''}".rstrip(": "))
    return EngineError(kind, f"something went wrong inside the engine ({kind}); the log has the details")
