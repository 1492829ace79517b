"""A user's folder, opened and locked.

The lock is `flock` on a file inside the folder: the kernel frees it when the process ends, however
it ends, so there is never a stale lock.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
from pathlib import Path
from types import TracebackType

from storage.errors import BadName, ProfileBusy, ProfileMissing
from storage.ledger import Ledger, now
from storage.paths import data_root, private_folder, sync_folder
from storage.search import Search
from storage.weights import WeightStore

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")


def check_name(name: str) -> str:
    """The name as used for the folder.

    Raises:
        BadName: it has other characters than a-z, 0-9, - and _, or more than 32 of them.
    """
    small = name.strip().lower()
    if not NAME.fullmatch(small):
        raise BadName(
            f"'{name[:40]}' cannot be a user name: use 1 to 32 of a-z, 0-9, - and _, a letter or digit first"
        )
    return small


def _users(root: Path | None) -> Path:
    return private_folder((root or data_root()) / "users")


def list_profiles(root: Path | None = None) -> list[str]:
    """Users by name."""
    return sorted(p.name for p in _users(root).iterdir() if p.is_dir() and NAME.fullmatch(p.name))


def create_profile(name: str, root: Path | None = None) -> None:
    """Make an empty user; nothing happens where there is one."""
    Profile.open(name, create=True, root=root).close()


def delete_profile(name: str, root: Path | None = None) -> None:
    """Delete a user's folder and everything in it.

    Raises:
        ProfileMissing, ProfileBusy: nothing was deleted.
    """
    profile = Profile.open(name, root=root)
    profile.reset()
    profile.ledger.close()
    users = profile.path.parent
    gone = users / f".deleted-{profile.name}-{os.getpid()}"
    profile.path.rename(gone)
    sync_folder(users)
    profile.close()
    shutil.rmtree(gone)


class Profile:
    """One user's ledger, weights and search; only one process has it at a time."""

    def __init__(self, name: str, path: Path, lock: int, embedder: object | None = None) -> None:
        self.name, self.path, self._lock = name, path, lock
        self.ledger = Ledger(path / "ledger.db")
        self.weights = WeightStore(path / "weights", self.ledger)
        self.search = Search(self.ledger, embedder)  # type: ignore[arg-type]

    @classmethod
    def open(
        cls, name: str, *, create: bool = False, root: Path | None = None, embedder: object | None = None
    ) -> Profile:
        """Lock and open a user.

        Raises:
            BadName, ProfileMissing, ProfileBusy, LedgerDamaged: with a sentence for the user.
        """
        name = check_name(name)
        path = _users(root) / name
        if not path.is_dir() and not create:
            raise ProfileMissing(f"there is no user '{name}'; `mneme users create {name}` makes one")
        private_folder(path)
        lock = os.open(path / "lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        try:
            os.fchmod(lock, 0o600)
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = _holder(lock)
            os.close(lock)
            raise ProfileBusy(
                f"user '{name}' is in use by {holder}; close it there, or use another --user"
            ) from None
        try:
            os.ftruncate(lock, 0)
            os.pwrite(lock, json.dumps({"pid": os.getpid(), "since": now()}).encode(), 0)
            return cls(name, path, lock, embedder)
        except BaseException:
            os.close(lock)
            raise

    def reset(self) -> None:
        """Remove everything remembered from disk; an empty user stays. Finishes at the next open if cut off."""
        self.ledger.close()
        # the ledger first: once it is gone nothing names the weights
        for path in sorted(self.path.iterdir()):
            if path.name.startswith("ledger.db"):
                path.unlink()
        sync_folder(self.path)
        shutil.rmtree(self.path / "weights", ignore_errors=True)
        self.ledger = Ledger(self.path / "ledger.db")
        self.weights = WeightStore(self.path / "weights", self.ledger)
        self.search = Search(self.ledger, self.search.embedder)

    def close(self) -> None:
        """Empty the WAL, close and unlock."""
        self.ledger.close()
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    def __enter__(self) -> Profile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _holder(lock: int) -> str:
    try:
        values = json.loads(os.pread(lock, 200, 0))
        return f"process {int(values['pid'])} since {values['since']}"
    except (ValueError, KeyError, TypeError):
        return "another process"
