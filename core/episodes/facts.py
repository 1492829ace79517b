"""A person's facts: what is told, what is asked, and the answer that is expected."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from core.episodes.kinds import KINDS, Kind
from core.episodes.smalltalk import ASKERS, CARRIERS, carry
from core.episodes.values import draw

HELD_WORDINGS = 2
"""Tells and asks of a kind, at the end of its lists, that only the test split uses."""


@dataclass(frozen=True)
class Fact:
    """One fact in words."""

    kind: Kind
    tell: str
    ask: str
    answer: str
    value: str


def kinds(split: str) -> list[Kind]:
    """Kinds of "train" (met in meta-training) or "unseen" (never met)."""
    return KINDS[split]


def word_fact(rng: random.Random, kind: Kind, value: str, split: str) -> Fact:
    """A fact in wordings of the split."""

    def pick(options: Sequence[str]) -> str:
        if len(options) <= HELD_WORDINGS:
            return rng.choice(options)
        cut = len(options) - HELD_WORDINGS
        return rng.choice(options[:cut] if split == "train" else options[cut:])

    def put(text: str) -> str:
        text = text.replace("{v}", value)
        if value[0] in "aeiouAEIOU":
            text = text.replace(f" a {value}", f" an {value}")
        return text[0].upper() + text[1:]

    return Fact(
        kind=kind,
        tell=carry(rng, CARRIERS, split, put(pick(kind.tells))),
        ask=carry(rng, ASKERS, split, pick(kind.asks)),
        answer=put(rng.choice(kind.answers) if split == "train" else kind.answers[0]),
        value=value,
    )


def sample_person(rng: random.Random, split: str, count: int, among: Sequence[Kind] | None = None) -> list[Fact]:
    """Facts of different kinds with different values; a third of the people have confusable ones."""
    pool = list(KINDS["train"] if among is None else among)
    if rng.random() < 0.33:  # one family, many subjects: easily confused
        family = rng.choice(pool).family
        same = [k for k in pool if k.family == family]
        chosen = rng.sample(same, min(count, len(same)))
        rest = [k for k in pool if k.family != family]
        chosen += rng.sample(rest, count - len(chosen))
    else:
        chosen = rng.sample(pool, count)
    out: list[Fact] = []
    taken: set[str] = set()
    for kind in chosen:
        while (value := draw(rng, kind.value, split)).lower() in taken:
            pass
        taken.add(value.lower())
        out.append(word_fact(rng, kind, value, split))
    return out
