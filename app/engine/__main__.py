"""`python -m app.engine`: the engine in a process of its own, JSON lines on stdin and stdout.

Standard output belongs to the protocol: whatever else prints goes to standard error. The log, without
any of the user's words, is a file in the data folder. The end of stdin ends the engine.
"""

from __future__ import annotations

import contextlib
import logging
import logging.handlers
import os
import signal
import sys
import threading

from app.engine.protocol import MAX_LINE, EngineError, Event, decode, encode


def _log_to_file() -> None:
    from storage.paths import data_root, private_folder

    path = private_folder(data_root() / "logs") / "engine.log"
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
    path.chmod(0o600)
    handler = logging.handlers.RotatingFileHandler(path, maxBytes=1 << 20, backupCount=1)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])


def main() -> int:
    """Serve until `close` or the end of stdin."""
    protocol = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    os.umask(0o077)
    with contextlib.suppress(OSError):
        os.nice(5)
    with contextlib.suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C belongs to the screen
    _log_to_file()
    from app.engine.server import Server

    def send(event: Event) -> None:
        with contextlib.suppress(BrokenPipeError, ValueError):
            protocol.write(encode(event))
            protocol.flush()

    server = Server(send)
    signal.signal(signal.SIGTERM, lambda *_: server.stop())

    def read() -> None:
        while line := sys.stdin.buffer.readline(MAX_LINE):
            try:
                message = decode(line)
                if not isinstance(message.get("id"), int) or not isinstance(message.get("op"), str):
                    raise EngineError("BadRequest", "a request needs an integer 'id' and a string 'op'")
                server.submit(message)
            except EngineError as error:
                send(
                    {
                        "id": 0,
                        "event": "error",
                        "kind": error.kind,
                        "message": error.message,
                        "exit": error.exit,
                    }
                )
        server.stop()

    threading.Thread(target=read, name="stdin", daemon=True).start()
    server.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
