"""Documents as plain text: txt, Markdown, HTML, PDF and Word files. Everything read is untrusted text."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.readers.errors import ReadError
from app.text import clean, one_line

__all__ = ["SUFFIXES", "Document", "ReadError", "find_files", "read_document"]

LARGEST = 200 << 20
"""Bytes of a file at most."""
PLAIN = {".txt", ".text", ".rst", ".org", ".csv", ".log"}
MARKDOWN = {".md", ".markdown"}
HTML = {".html", ".htm", ".xhtml"}
SUFFIXES = frozenset(PLAIN | MARKDOWN | HTML | {".pdf", ".docx"})


@dataclass(frozen=True, kw_only=True)
class Document:
    """A document's text, cleaned."""

    title: str
    text: str
    source: str
    """path of the file"""
    sha256: str
    """digest of the file"""
    pages: int | None = None


def find_files(paths: Sequence[Path]) -> Iterator[Path]:
    """Files as named and those of folders, sorted; hidden ones and links out of a folder are skipped.

    Raises:
        ReadError: a path does not exist, or a named file is of a kind that cannot be read.
    """
    for path in paths:
        if path.is_dir():
            yield from _walk(path)
        elif not path.exists():
            raise ReadError(f"{path} does not exist")
        elif path.suffix.lower() not in SUFFIXES:
            raise ReadError(f"{path.name} cannot be read: known kinds are {', '.join(sorted(SUFFIXES))}")
        else:
            yield path


def _walk(folder: Path) -> Iterator[Path]:
    top = folder.resolve()
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(names):
            file = Path(root, name)
            inside = file.resolve().is_relative_to(top)
            if not name.startswith(".") and file.suffix.lower() in SUFFIXES and inside and file.is_file():
                yield file


def read_document(path: Path) -> Document:
    """Read one file.

    Raises:
        ReadError: with a sentence that says what to do.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise ReadError(f"{path.name} has {size >> 20} MB; split it into parts below {LARGEST >> 20} MB")
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(f"cannot read {path}: {error.strerror}") from None
    if not data:
        raise ReadError(f"{path.name} is empty")
    suffix = path.suffix.lower()
    read: Callable[[bytes, str], tuple[str, str, int | None]] = _plain
    if suffix in HTML:
        from app.readers.html import read
    elif suffix == ".pdf":
        from app.readers.pdf import read
    elif suffix == ".docx":
        from app.readers.word import read
    elif suffix in MARKDOWN:
        read = _markdown
    elif suffix not in PLAIN:
        raise ReadError(f"{path.name} cannot be read: known kinds are {', '.join(sorted(SUFFIXES))}")
    title, text, pages = read(data, path.name)
    text = tidy(text)
    if not text:
        raise ReadError(f"{path.name} holds no text")
    digest = hashlib.sha256(data).hexdigest()
    return Document(
        title=one_line(title or path.stem, 200), text=text, source=str(path), sha256=digest, pages=pages
    )


def decode(data: bytes, name: str) -> str:
    """Bytes as text: UTF-8, UTF-16 with its mark, else Windows-1252.

    Raises:
        ReadError: it is no text.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\0" in data[:4096]:
        raise ReadError(f"{name} is not text but a binary file")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def tidy(text: str) -> str:
    """Cleaned text with at most one empty line in a row and no trailing or repeated spaces."""
    text = clean(text.replace("\f", "\n\n").replace("\u00ad", "").replace("\u00a0", " "))
    text = re.sub(r"[ \t]+\n", "\n", re.sub(r"(?<=\S)[ \t]{2,}", " ", text))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _plain(data: bytes, name: str) -> tuple[str, str, int | None]:
    return "", decode(data, name), None


def _markdown(data: bytes, name: str) -> tuple[str, str, int | None]:
    text = re.sub(r"\A---\n.*?\n---\n", "", decode(data, name).replace("\r\n", "\n"), flags=re.S)
    heading = re.search(r"^#\s+(.+)$", text, re.M)
    return heading[1] if heading else "", text, None
