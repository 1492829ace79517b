"""`mneme bench latency`: what a person feels. Decoding, first token, a learned mini-batch, first paint, keys.

The screen is run in a pseudo-terminal with the real engine. First paint is the time from the start of
the process to the first frame with the input line; a key's time is from the write of a character to
its appearance in the output.
"""

from __future__ import annotations

import contextlib
import os
import pty
import select
import signal
import statistics
import struct
import sys
import termios
import time
from typing import Any

from app.bench.common import device_line, note, own_home, started

QUESTIONS = (
    "What is the capital of Norway?",
    "How are you today?",
    "What is a violin?",
    "Tell me a short story.",
)
TALK = (
    "Yesterday I walked along the river with Tom and we talked about the new bridge, the fair in May and his"
    " plan to build a boat. He wants to call it Gannet. We had soup at the mill, it rained a little, and on the"
    " way home we met Mrs. Abbot, who has moved to Field Street and keeps bees there now. She gave us honey. "
)


class Screen:
    """The chat in a pseudo-terminal of 100 x 30."""

    def __init__(self, env: dict[str, str]) -> None:
        self.began = time.monotonic()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update(env | {"TERM": "xterm-256color", "COLORTERM": "truecolor"})
            os.execv(sys.executable, [sys.executable, "-m", "app.cli", "chat", "--user", "screen"])
        import fcntl

        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))

    def wait_for(self, wanted: bytes, seconds: float) -> float | None:
        """Time until the bytes appear in the output, seconds, or None."""
        began, seen = time.monotonic(), b""
        while (left := began + seconds - time.monotonic()) > 0:
            if select.select([self.fd], [], [], left)[0]:
                try:
                    seen += os.read(self.fd, 1 << 16)
                except OSError:
                    return None
                if wanted in seen:
                    return time.monotonic() - began
        return None

    def drain(self, seconds: float) -> None:
        self.wait_for(b"\0never\0", seconds)

    def keys(self, count: int, pause: float = 0.15) -> list[float]:
        """Times of single characters, one after another; characters that are not on the screen otherwise."""
        times = []
        for i in range(count):
            key = chr(0x0251 + i).encode()
            os.write(self.fd, key)
            took = self.wait_for(key, 5)
            times.append(5.0 if took is None else took)
            self.drain(pause)
        return times

    def paste(self, text: str) -> None:
        """Paste and send, as a terminal does it."""
        os.write(self.fd, b"\x15\x1b[200~" + text.encode() + b"\x1b[201~")
        self.drain(0.1)
        os.write(self.fd, b"\r")

    def close(self) -> None:
        with contextlib.suppress(ProcessLookupError, OSError):
            os.write(self.fd, b"\x11")
            for _ in range(100):
                self.drain(0.05)
                if os.waitpid(self.pid, os.WNOHANG)[0]:
                    return
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)


def screen(env: dict[str, str]) -> dict[str, Any]:
    """First paint and key times while the model loads, answers and learns, seconds."""
    shown = Screen(env)
    try:
        painted = shown.wait_for(b"Mneme", 20)
        loading = shown.keys(8)
        os.write(shown.fd, b"\x15")
        shown.wait_for(b"ready", 60)
        shown.paste(TALK * 3)
        shown.drain(0.3)
        answering = shown.keys(8)
        shown.paste(TALK * 12)
        shown.drain(0.2)
        learning = shown.keys(8)
    finally:
        shown.close()
    return {"paint": painted, "loading": loading, "answering": answering, "learning": learning}


def run(turns: int) -> None:
    """Measure and print the table."""
    with own_home() as env:
        engine, opened = started(env, "bench", wait=True)
        engine.request("turn", text="Hello!", max_tokens=8, off_record=True)
        first, rates, learned = [], [], []

        def listen(event: dict[str, Any]) -> None:
            if event["event"] == "receipt":
                learned.append(event["seconds"])

        for i in range(turns):
            began = time.monotonic()
            seen: list[float] = []

            def watch(event: dict[str, Any], seen: list[float] = seen) -> None:
                listen(event)
                if event["event"] == "token":
                    seen.append(time.monotonic())

            result = engine.request(
                "turn", watch, text=QUESTIONS[i % len(QUESTIONS)], max_tokens=64, temperature=0.7, seed=i
            )
            if seen:
                first.append(seen[0] - began)
            rates.append(result["tokens_per_second"])
        engine.request("turn", listen, text=TALK * 6, max_tokens=8)
        engine.close()
        rows = [
            ("decoding, tokens/s", statistics.median(rates), min(rates)),
            ("first token, s", statistics.median(first), max(first)),
            ("learned mini-batch, s", statistics.median(learned), max(learned)),
        ]
        note("the screen, in a pseudo-terminal")
        shown = screen(env)
        rows.append(("first paint, s", shown["paint"] or float("nan"), shown["paint"] or float("nan")))
        for name in ("loading", "answering", "learning"):
            rows.append((f"key while {name}, s", statistics.median(shown[name]), max(shown[name])))
    print(f"{'':24} {'median':>8} {'worst':>8}")
    for name, median, worst in rows:
        print(f"{name:24} {median:8.3f} {worst:8.3f}")
    print(f"latency of {device_line(opened)}")
