"""Export and import: a zip of readable parts with fixed names, all or nothing.

`manifest.json` (format, base hash, counts, SHA-256 of each part), `ledger.jsonl` (one row a line) and
`weights.safetensors` (the version in force, if any). An archive is text from a stranger: names, sizes
and ratios are checked while reading, nothing is unpacked to a path of its choosing, and no database
file is ever taken from it.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from pathlib import Path
from typing import Any

from storage.errors import BundleError
from storage.paths import durable_write
from storage.profile import Profile
from storage.records import with_understood

FORMAT = 1
PARTS = ("manifest.json", "ledger.jsonl", "weights.safetensors")
LARGEST = 2 << 30
RATIO = 200
COLUMNS = {
    "conversations": ("id", "title", "created", "updated"),
    "turns": (
        "id",
        "conversation_id",
        "role",
        "text",
        "when",
        "learn",
        "finished",
        "tokens",
        "learned_tokens",
        "understood",
        "seq",
    ),
    "documents": (
        "id",
        "kind",
        "source",
        "title",
        "text",
        "sha256",
        "when",
        "learn",
        "tokens",
        "learned_tokens",
        "seq",
    ),
    "passages": ("id", "document_id", "text"),
}


def export_bundle(profile: Profile, file: str | Path) -> dict[str, int]:
    """Write everything remembered to one file, mode 0600; returns row counts."""
    ledger = profile.ledger
    lines, counts = [], {}
    for table, columns in COLUMNS.items():
        rows = ledger._rows(
            f"select {', '.join(f'{chr(34)}{c}{chr(34)}' for c in columns)} from {table} order by id"
        )
        counts[table] = len(rows)
        lines += [json.dumps({"table": table, **row}, ensure_ascii=False) for row in rows]
    parts = {"ledger.jsonl": ("\n".join(lines) + "\n").encode()}
    current = ledger.current_weights()
    if current is not None:
        parts["weights.safetensors"] = (profile.weights.folder / current.file).read_bytes()
    manifest = {
        "format": FORMAT,
        "base_hash": current.base_hash if current else "",
        "tokens_learned": current.tokens_learned if current else 0,
        "counts": counts,
        "sha256": {name: hashlib.sha256(data).hexdigest() for name, data in parts.items()},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("manifest.json", json.dumps(manifest, indent=2), zipfile.ZIP_DEFLATED)
        for name, data in parts.items():
            kind = zipfile.ZIP_STORED if name.endswith(".safetensors") else zipfile.ZIP_DEFLATED
            archive.writestr(name, data, kind)
    durable_write(Path(file), out.getvalue())
    return counts


def _read(file: Path) -> tuple[dict[str, Any], dict[str, bytes]]:
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            if len(names) != len(set(names)) or not set(names) <= set(PARTS) or "manifest.json" not in names:
                raise BundleError(f"{file} is not an export of Mneme: it holds other files")
            parts = {}
            for info in archive.infolist():
                if info.file_size > LARGEST or info.file_size > RATIO * max(info.compress_size, 1024):
                    raise BundleError(
                        f"{file} is refused: {info.filename} would unpack to {info.file_size} bytes"
                    )
                with archive.open(info) as part:
                    parts[info.filename] = part.read(info.file_size + 1)
                if len(parts[info.filename]) > info.file_size:
                    raise BundleError(f"{file} is refused: {info.filename} is larger than it says")
        manifest = json.loads(parts.pop("manifest.json"))
        digests = manifest["sha256"]
        if manifest["format"] != FORMAT:
            raise BundleError(f"{file} has format {manifest['format']}; this version reads {FORMAT}")
        if set(digests) != set(parts) or any(
            hashlib.sha256(d).hexdigest() != digests[n] for n, d in parts.items()
        ):
            raise BundleError(f"{file} is damaged: a part does not match its digest")
        return manifest, parts
    except (
        OSError,
        zipfile.BadZipFile,
        zlib.error,
        ValueError,
        KeyError,
        TypeError,
        EOFError,
        RuntimeError,
        NotImplementedError,
    ) as error:
        raise BundleError(f"{file} cannot be read as an export: {error}") from None


def import_bundle(profile: Profile, file: str | Path, *, base_hash: str | None = None) -> dict[str, int]:
    """Bring an export into an empty user, rows in one transaction.

    The weights come along when they belong to `base_hash`; otherwise everything is marked unlearned and
    is learned again from the text.

    Raises:
        BundleError: the file is not whole, or the user has memories already; nothing was changed.
    """
    manifest, parts = _read(Path(file))
    ledger = profile.ledger
    stats = ledger.stats()
    if stats["conversations"] or stats["documents"]:
        raise BundleError("import needs a user with no memories; make one with `mneme users create NAME`")
    rows = []
    try:
        for line in parts["ledger.jsonl"].decode().splitlines():
            row = json.loads(line)
            table = row.pop("table")
            if table == "turns":
                row.setdefault("understood", "")  # exports of before had none
            if set(row) != set(COLUMNS[table]) or any(isinstance(v, (dict, list)) for v in row.values()):
                raise ValueError(f"unexpected columns in {table}")
            rows.append((table, row))
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise BundleError(f"{file} is damaged: {error}") from None
    weights = parts.get("weights.safetensors")
    same = weights is not None and bool(base_hash) and manifest["base_hash"] == base_hash
    saved = None
    if same:
        from safetensors.torch import load

        try:
            saved = profile.weights.save(load(weights), base_hash=str(base_hash))  # type: ignore[arg-type]
        except Exception as error:  # safetensors raises its own type for a bad header
            raise BundleError(f"{file} is damaged: its weights cannot be read: {error}") from None
    error_type = ledger._connections.error
    try:
        with ledger._writing, ledger.db.atomic():
            for table, row in rows:
                if "learned_tokens" in row and not same:
                    row["learned_tokens"] = 0
                ledger.db[table].insert(row)
                if table == "turns" and row["role"] == "user":
                    ledger._index("turn", [(row["id"], with_understood(row["text"], row["understood"]))])
                if table == "passages":
                    ledger._index("passage", [(row["id"], row["text"])])
            last = max([r.get("seq", 0) for _, r in rows] or [0])
            ledger.db.execute("update sequence set next = max(next, ?)", [last + 1])
            if saved is not None:
                ledger.commit_update(weights=saved, updates=[], progress=[])
                ledger.db.execute(
                    "update weights set tokens_learned = ? where version = ?",
                    [int(manifest["tokens_learned"]), saved.version],
                )
    except (error_type, ValueError, KeyError, TypeError) as error:
        raise BundleError(f"{file} is damaged: {error}") from None
    return {str(k): int(v) for k, v in manifest["counts"].items()}
