"""The SQLite file: one library (SQLCipher's), one connection a thread, durable settings on each.

The live file is never opened by anything but SQLite: closing another handle on it would drop
SQLite's locks. Source: sqlite.org/howtocorrupt.html, section 2.2.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any

from storage.errors import LedgerDamaged

OLDEST = (3, 51, 3)
"""SQLite before this can lose commits in WAL mode with two connections."""


def _library() -> Any:
    """SQLCipher's SQLite; it comes without types."""
    import sqlcipher3.dbapi2 as sqlite

    return sqlite


class Connections:
    """A `sqlite_utils.Database` for each thread that asks."""

    def __init__(self, path: Path) -> None:
        """Open the file, check it and bring its tables up to date.

        Raises:
            LedgerDamaged: it is not a readable ledger.
        """
        self._path = path
        self._local = threading.local()
        self._all: list[Any] = []
        self._lock = threading.Lock()
        sqlite = _library()
        if sqlite.sqlite_version_info < OLDEST:
            raise LedgerDamaged(
                f"SQLite {sqlite.sqlite_version} is too old; install sqlcipher3 0.6.4 or newer"
            )
        self.error: type[Exception] = sqlite.Error
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            path.chmod(0o600)
        try:
            from storage.schema import migrations

            first = next(iter(self.get().query("pragma quick_check")))
            if "ok" not in first.values():
                raise LedgerDamaged(f"{path} is damaged ({first}); restore it from an export")
            migrations.apply(self.get())
        except sqlite.Error as error:
            self.close()
            raise LedgerDamaged(f"{path} cannot be read ({error}); restore it from an export") from None

    def get(self) -> Any:
        """This thread's database."""
        found = getattr(self._local, "db", None)
        if found is None:
            from sqlite_utils import Database

            sqlite = _library()

            old = os.umask(0o077)  # -wal and -shm are made by SQLite with the file's mode, under the umask
            try:
                connection = sqlite.connect(str(self._path), timeout=30, check_same_thread=False)
                for pragma in (
                    "journal_mode = wal",
                    "synchronous = full",
                    "foreign_keys = on",
                    "secure_delete = on",
                    "busy_timeout = 30000",
                    "journal_size_limit = 4194304",
                ):
                    connection.execute(f"pragma {pragma}").fetchall()
            finally:
                os.umask(old)
            found = self._local.db = Database(connection)
            with self._lock:
                self._all.append(connection)
        return found

    def close(self) -> None:
        """Close every thread's connection; the last one empties the WAL."""
        with self._lock:
            for connection in self._all:
                connection.close()
            self._all.clear()
        self._local = threading.local()
