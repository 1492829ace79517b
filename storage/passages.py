"""Cut a text into passages of about sixty words, at paragraph and sentence borders."""

from __future__ import annotations

import re

WORDS = 60
BORDER = re.compile(r"(?<=[.!?])[\"')\]]*\s+|\n\s*\n")


def split(text: str, words: int = WORDS) -> list[str]:
    """Passages in order; a sentence longer than twice the size is cut at a word."""
    out: list[str] = []
    waiting: list[str] = []
    for sentence in BORDER.split(text):
        parts = (sentence or "").split()
        while len(parts) > 2 * words:
            out += [" ".join(waiting)] if waiting else []
            out.append(" ".join(parts[:words]))
            waiting, parts = [], parts[words:]
        if waiting and len(waiting) + len(parts) > words:
            out.append(" ".join(waiting))
            waiting = []
        waiting += parts
    return out + ([" ".join(waiting)] if waiting else [])
