"""Fast-weight files: versioned safetensors, never overwritten, verified on load.

safetensors has no checksum, so a load checks SHA-256, names, shapes, dtypes, finiteness and the base
model. The ledger names the version in force; files it does not name are strays of a crash.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storage.errors import WeightsDamaged
from storage.ledger import Ledger
from storage.paths import durable_write, private_folder, sync_folder
from storage.records import SavedWeights

if TYPE_CHECKING:
    from torch import Tensor

NAME = re.compile(r"(\d+)-([0-9a-f]{64})\.safetensors")
NEWEST = 8
"""Versions always kept; older ones are thinned to one per power of two of their age."""


class WeightStore:
    """The `weights` folder of one user."""

    def __init__(self, folder: Path, ledger: Ledger) -> None:
        self.folder = private_folder(folder)
        self._ledger = ledger

    def save(
        self, tensors: dict[str, Tensor], *, base_hash: str, metadata: dict[str, str] | None = None
    ) -> SavedWeights:
        """Write a new version; it is in force only once the ledger names it.

        Raises:
            DiskFull: it did not fit; the version in force is untouched.
        """
        from safetensors.torch import save

        data = save(
            {n: t.contiguous() for n, t in tensors.items()}, {**(metadata or {}), "base_hash": base_hash}
        )
        digest = hashlib.sha256(data).hexdigest()
        versions = [int(m[1]) for p in self.folder.iterdir() if (m := NAME.fullmatch(p.name))]
        known = [w.version for w in self._ledger.kept_weights()]
        version = max([0, self._ledger.last_version(), *versions, *known]) + 1
        name = f"{version}-{digest}.safetensors"
        durable_write(self.folder / name, data)
        return SavedWeights(version=version, file=name, sha256=digest, base_hash=base_hash)

    def load(
        self, saved: SavedWeights, *, expect: dict[str, tuple[tuple[int, ...], Any]], base_hash: str
    ) -> dict[str, Tensor]:
        """Read a version and verify it.

        Raises:
            WeightsDamaged: with what is wrong, all of it.
        """
        from safetensors.torch import load

        if saved.base_hash != base_hash:
            raise WeightsDamaged(f"version {saved.version} of the memory belongs to another model")
        path = self.folder / saved.file
        try:
            data = path.read_bytes()
        except OSError as error:
            raise WeightsDamaged(
                f"version {saved.version} of the memory cannot be read: {error.strerror}"
            ) from None
        if hashlib.sha256(data).hexdigest() != saved.sha256:
            raise WeightsDamaged(
                f"version {saved.version} of the memory was altered: its SHA-256 is not the ledger's"
            )
        try:
            tensors = load(data)
        except Exception as error:  # safetensors raises its own type for a bad header
            raise WeightsDamaged(
                f"version {saved.version} of the memory is not safetensors: {error}"
            ) from None
        wrong = [f"{n} is missing" for n in expect.keys() - tensors.keys()]
        wrong += [f"{n} is unknown" for n in tensors.keys() - expect.keys()]
        for name in expect.keys() & tensors.keys():
            shape, dtype = expect[name]
            tensor = tensors[name]
            if tuple(tensor.shape) != tuple(shape) or tensor.dtype != dtype:
                wrong.append(f"{name} has shape {tuple(tensor.shape)} and {tensor.dtype}")
            elif not bool(tensor.isfinite().all()):
                wrong.append(f"{name} is not finite")
        if wrong:
            raise WeightsDamaged(
                f"version {saved.version} of the memory does not fit: {'; '.join(sorted(wrong))}"
            )
        return tensors

    def newest_good(
        self, *, expect: dict[str, tuple[tuple[int, ...], Any]], base_hash: str
    ) -> tuple[SavedWeights, dict[str, Tensor]] | None:
        """The newest version that loads, or None."""
        for saved in reversed(self._ledger.kept_weights()):
            try:
                return saved, self.load(saved, expect=expect, base_hash=base_hash)
            except WeightsDamaged:
                continue
        return None

    def prune(self, keep: set[int]) -> None:
        """Delete versions beyond the newest ones and one per power of two of age, but none in `keep`."""
        kept = self._ledger.kept_weights()
        current = self._ledger.current_weights()
        wanted = {w.version for w in kept[-NEWEST:]} | keep | ({current.version} if current else set())
        newest = kept[-1].version if kept else 0
        ages: set[int] = set()
        for saved in reversed(kept[:-NEWEST]):
            band = (newest - saved.version).bit_length()
            if band not in ages:
                ages.add(band)
                wanted.add(saved.version)
        drop = [w for w in kept if w.version not in wanted]
        self._ledger.drop_weights([w.version for w in drop])
        named = {w.file for w in kept if w.version in wanted}
        gone = [p for p in self.folder.iterdir() if p.name not in named and not self._is_newer(p, newest)]
        for path in gone:
            path.unlink(missing_ok=True)
        if gone:
            sync_folder(self.folder)

    def _is_newer(self, path: Path, newest: int) -> bool:
        """A file that may be about to be named by the ledger."""
        match = NAME.fullmatch(path.name)
        return bool(match) and int(match[1]) > newest

    def clear(self) -> None:
        """Delete every version."""
        for path in self.folder.iterdir():
            path.unlink(missing_ok=True)
        sync_folder(self.folder)

    def bytes(self) -> int:
        """Size of all kept versions on disk."""
        return sum(p.stat().st_size for p in self.folder.iterdir())
