"""How people type: words left out, letters swapped, short forms. Training lines only.

A model that has seen each wording in many spellings leans less on the exact words of it.
"""

from __future__ import annotations

import random
import re

SHARE = 0.35
"""How often a line of training is touched."""

_SHORT = (
    ("I am", "I'm"),
    ("I have", "I've"),
    ("I would", "I'd"),
    ("it is", "it's"),
    ("that is", "that's"),
    ("there is", "there's"),
    ("what is", "what's"),
    ("who is", "who's"),
    ("where is", "where's"),
    ("do not", "don't"),
    ("does not", "doesn't"),
    ("did not", "didn't"),
    ("cannot", "can't"),
    ("is not", "isn't"),
    ("was not", "wasn't"),
    ("would not", "wouldn't"),
    ("we have", "we've"),
    ("we are", "we're"),
    ("they are", "they're"),
)
_WEAK = frozenset(
    [
        "a",
        "an",
        "the",
        "is",
        "was",
        "are",
        "of",
        "to",
        "that",
        "just",
        "really",
        "very",
        "so",
        "and",
        "then",
        "always",
        "also",
        "now",
        "still",
        "for",
        "in",
        "on",
        "at",
        "by",
        "with",
        "it's",
    ]
)
_WORD = re.compile(r"[A-Za-z']+")


def typed(rng: random.Random, text: str) -> str:
    """The wording as somebody might type it; slots like `{v}` stay as they are."""
    edits = []
    for long, short in _SHORT:
        for old, new in ((long, short), (short, long)):
            found = re.search(rf"\b{re.escape(old)}\b", text)
            if found:
                edits.append((found.start(), found.end(), new))
    for found in _WORD.finditer(text):
        start, end, word = found.start(), found.end(), found[0]
        if word.lower() in _WEAK and start and text[end : end + 1] == " ":
            edits.append((start, end + 1, ""))
        elif len(word) > 4 and rng.random() < 0.2:
            i = rng.randrange(1, len(word) - 2)
            slip = rng.choice((word[:i] + word[i + 1 :], word[:i] + word[i + 1] + word[i] + word[i + 2 :]))
            edits.append((start, end, slip))
    rng.shuffle(edits)
    left = len(text) + 1
    for a, b, new in sorted(edits[: rng.choice((1, 1, 2))], reverse=True):
        if b <= left:  # no two in one place
            text, left = text[:a] + new + text[b:], a
    return text
