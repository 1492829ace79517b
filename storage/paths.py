"""Where memory lives, and how files come into being: private and whole.

Folders are 0700 and files 0600 under any umask. A file is written under a temporary name, flushed,
fsynced and renamed, then its folder is fsynced: after a crash it is there whole or not at all.
"""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import Any

from storage.errors import DiskFull, StorageError


def data_root() -> Path:
    """`MNEME_HOME`, else the platform's data folder; made on first use."""
    from platformdirs import user_data_dir

    given = os.environ.get("MNEME_HOME")
    return private_folder(Path(given).expanduser() if given else Path(user_data_dir("mneme")))


def private_folder(path: Path) -> Path:
    """Make a folder (and its parents) and keep it to its owner."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.stat().st_mode & 0o077:
        path.chmod(0o700)
    return path


def durable_write(path: Path, data: bytes) -> None:
    """Write a file atomically and durably, mode 0600.

    Raises:
        DiskFull: it did not fit; nothing was changed.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
    try:
        with os.fdopen(os.open(temporary, flags, 0o600), "wb") as file:
            os.fchmod(file.fileno(), 0o600)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise DiskFull(
                f"the disk is full: {len(data)} bytes for {path.name} did not fit in {path.parent}; free some space"
            ) from None
        raise


def sync_folder(path: Path) -> None:
    """Make renames in a folder durable."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def load_config(root: Path | None = None) -> dict[str, Any]:
    """Settings that outlive a run (last user, model, theme); {} at first.

    Raises:
        StorageError: the file is not valid JSON.
    """
    path = (root or data_root()) / "config.json"
    try:
        values = json.loads(path.read_text())
    except FileNotFoundError:
        return {}
    except ValueError:
        raise StorageError(f"{path} is not valid JSON; mend it or delete it") from None
    return values if isinstance(values, dict) else {}


def save_config(root: Path | None = None, **changes: Any) -> None:
    """Change settings; None removes one."""
    root = root or data_root()
    values = {k: v for k, v in {**load_config(root), **changes}.items() if v is not None}
    durable_write(root / "config.json", (json.dumps(values, indent=2) + "\n").encode())
