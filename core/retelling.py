"""The second reading: what a user says, once more, a few words at a time from the end to the beginning.

Next-token loss ties what comes later to what came before, and not the other way: "Edith is my sister"
teaches who Edith is, hardly who the sister is. Read a second time as "my sister. Edith is", in a window
that does not show the first reading, it teaches both. Questions teach nothing and are left out.
The effect is known as the reversal curse (Berglund et al., 2023), the remedy as reverse training
(Golovneva et al., 2024); docs/adr/0003 has what it is worth here.
"""

from __future__ import annotations

import itertools
import re

WORDS = 3
"""Words that stay together, at most."""

_SENTENCE = re.compile(r"(?<=[.!?…。！？])\s+|\n+")
_CLAUSE = re.compile(r"(?<=[,;:])\s+")


def retell(text: str) -> str:
    """The statements of a text, each from its last few words to its first; '' where there is none."""
    told = []
    for sentence in _SENTENCE.split(text.strip()):
        if sentence.rstrip("\"')]").endswith(("?", "？")):
            continue
        pieces = [piece for clause in _CLAUSE.split(sentence) for piece in _pieces(clause.split())]
        if len(pieces) > 1:
            told.append(" ".join(reversed(pieces)))
    return " ".join(told)


def _pieces(words: list[str]) -> list[str]:
    """Runs of at most `WORDS` words, about equally long."""
    count = -(-len(words) // WORDS)
    edges = [i * len(words) // count for i in range(count + 1)] if count else []
    return [" ".join(words[a:b]) for a, b in itertools.pairwise(edges)]
