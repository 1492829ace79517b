"""The second reading: what a user says, once more, in other words or in another order.

Where the assistant said again what it had heard ("Got it. Your sister is called Edith."), those words are
learned too: reading a sentence that stands in sight is what attention does best, and what was put into
plain words is found by any question. Next-token loss ties what comes later to what came before, and not the
other way: "Edith is my sister" teaches who Edith is, hardly who the sister is. Read a second time as "my
sister. Edith is", in a window that does not show the first reading, it teaches both. Questions teach nothing
and are left out.
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
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_STARTS = frozenset(["a", "among", "an", "as", "at", "because", "before", "beside", "between", "by", "for", "from", "he", "her", "his", "if", "in", "it", "it's", "like", "most", "my", "next", "of", "on", "our", "over", "she", "since", "that", "that's", "the", "their", "there", "they", "this", "to", "under", "what", "when", "where", "with", "you", "you're", "you've", "your", "yours"])  # fmt: skip
"""Words that begin a sentence with a capital and are no names."""


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


def restated(message: str, reply: str) -> str:
    """The sentences of a reply that say again what the message said, '' where none does.

    Such a sentence ends with a word of the message, and has no name and no number that is not in it: what
    a reply brings of its own, or remembers, is not taken for something that was said.
    """
    if not retell(message):
        return ""
    said = set(_words(message))
    kept = []
    for sentence in _SENTENCE.split(reply.strip()):
        for part in re.split(r"(?<=:)\s+", sentence):
            found = _words(part)
            if len(found) > 1 and found[-1] in said - _STARTS and _own(part) <= said:
                kept.append(part.strip())
    return " ".join(kept)


def _words(text: str) -> list[str]:
    return [w.lower().removesuffix("'s") for w in _WORD.findall(text)]


def _own(sentence: str) -> set[str]:
    """Its names and numbers: words with a capital, or with a digit."""
    found = [w for w in _WORD.findall(sentence) if any(c.isupper() or c.isdigit() for c in w)]
    return {w for w in _words(" ".join(found)) if w not in _STARTS}
