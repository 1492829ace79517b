"""Text from outside made harmless for a terminal: no control characters, no hidden direction, no escapes.

Whatever a user, a document or a model says goes through `clean` before it is kept or shown. What is
left is plain characters, line feeds and tabs.
"""

from __future__ import annotations

import re

_BAD = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and line feed, DEL, C1
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction marks, overrides and isolates
    "\u2028\u2029\ufeff\ufff9-\ufffb"  # separators, byte order mark, annotations
    "\U000e0000-\U000e007f"  # tags
    "\ud800-\udfff]"  # lone surrogates
)
_ESCAPE = re.compile(
    r"\x1b\][^\x07\x1b\n]*(?:\x07|\x1b\\)?"  # operating system commands, such as titles and links
    r"|\x1b[PX^_][^\x1b\n]*(?:\x1b\\)?"  # device control strings
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # control sequences
    r"|\x1b[ -/]*[0-OQ-WYZ\\`-~]?"
)
_UNFINISHED = re.compile(r"(?:\x1b(?:\[[0-?]*[ -/]*|[\]PX^_][^\x07\x1b\r\n]*|[ -/]*)|\x9b[0-?]*[ -/]*)\Z")
_HOLD = 4096
"""Characters of an unfinished escape sequence that are waited for at most."""


def clean(text: str) -> str:
    """The text without escape sequences, control characters, direction overrides and lone surrogates.

    Carriage returns become line feeds; tabs and line feeds stay.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _BAD.sub("", _ESCAPE.sub("", text))


class StreamCleaner:
    """`clean` for text that comes in pieces: a sequence cut in two is still removed whole."""

    def __init__(self) -> None:
        self._held = ""

    def push(self, piece: str) -> str:
        """The next piece, without what may be the beginning of a sequence or of a line end."""
        text, self._held = self._held + piece, ""
        start = max(text.rfind("\x1b"), text.rfind("\x9b"))
        if start >= 0 and len(text) - start < _HOLD and _UNFINISHED.match(text, start):
            text, self._held = text[:start], text[start:]
        if not self._held and text.endswith("\r"):
            text, self._held = text[:-1], "\r"
        return clean(text)

    def finish(self) -> str:
        """What was held back."""
        text, self._held = self._held, ""
        return clean(text)


def one_line(text: str, width: int = 80) -> str:
    """Cleaned text on one line, cut with an ellipsis."""
    line = " ".join(clean(text).split())
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"
