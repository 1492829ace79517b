"""Facts of generated users: what is told, how it is asked, what the assistant answers."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from core.episodes.kinds import (
    Kind,
    families,
    held_out_wordings,
    kind,
    kinds,
    made_up_kind,
    patterns,
)
from core.episodes.pairs import pairs, together
from core.episodes.typed import SHARE, typed
from core.episodes.values import Split, sample_value
from core.episodes.wording import (
    AFTER_ASK,
    AFTER_TELL,
    BEFORE_ASK,
    BEFORE_TELL,
    NOTED,
    REPEATED,
    UNKNOWN,
    UPDATED,
    Wordings,
    article,
    capital,
    carried,
    second_person,
)

HURRIED = 0.08
"""How often a line is typed without a capital at its start and a full stop."""
REPEAT = 0.8
"""How often the assistant says a told fact again."""


@dataclass(frozen=True)
class Fact:
    """One fact in words."""

    kind: str
    family: str
    tell: str
    """what the user says, a whole sentence; only names start it with a capital"""
    ask: str
    """a question of the user, likewise"""
    answer: str
    """how the assistant says it, at once and whenever it is asked; the value stands last"""
    value: str


def _words(pattern: str, value: str) -> str:
    return pattern.replace("{a}", article(value)).replace("{v}", value)


def make_fact(rng: random.Random, name: str, value: str, split: Split) -> Fact:
    """A fact of kind `name` in wordings of `split`, bare sentences."""
    k = kind(name)
    return Fact(
        kind=name,
        family=k.family,
        tell=_words(worded(rng, k.tells, split), value),
        ask=rng.choice(k.asks[split]),
        answer=capital(_words(k.answer, value)),
        value=value,
    )


def worded(rng: random.Random, wordings: Wordings, split: Split) -> str:
    """One of the wordings, in training now and then as it is typed in haste, but never as one that is held out."""
    line = rng.choice(wordings[split])
    if split == "train" and rng.random() < SHARE:
        hasty = typed(rng, line)
        return line if hasty in held_out_wordings() else hasty
    return line


def _choose(
    rng: random.Random, names: tuple[str, ...], count: int, paired: float, made_up: float
) -> list[str]:
    groups, family, couples = patterns(names), families(names), pairs(frozenset(names)) if paired else ()
    chosen: dict[str, None] = {}
    while len(chosen) < min(count, len(names)):
        if rng.random() < made_up:
            chosen[made_up_kind(rng)] = None
            continue
        if couples and count - len(chosen) > 1 and rng.random() < paired:
            couple = rng.choice(rng.choice(couples))
            if not chosen.keys() & set(couple):
                chosen |= dict.fromkeys(couple)
            continue
        near = family.get(kind(rng.choice(list(chosen))).family) if chosen and rng.random() < 0.3 else None
        chosen[rng.choice(near or rng.choice(groups))] = None
    return list(chosen)


def sample_person(
    rng: random.Random,
    split: Split,
    count: int,
    names: Sequence[str] | None = None,
    *,
    paired: float = 0.0,
    made_up: float = 0.0,
) -> list[Fact]:
    """Facts of one user: no kind twice, no value twice, now and then kinds that resemble each other.

    Args:
        rng: source of chance.
        split: whose values and wordings, those of training or those of tests.
        count: facts.
        names: kinds to choose from; default all of training.
        paired: how often two facts are drawn that can be told in one clause.
        made_up: share of facts of kinds that nobody has heard of.
    """
    used: set[str] = set()
    facts = []
    for name in _choose(rng, tuple(names or kinds("train")), count, paired, made_up):
        facts.append(make_fact(rng, name, fresh_value(rng, kind(name), split, used), split))
    return facts


def fresh_value(rng: random.Random, k: Kind, split: Split, used: set[str]) -> str:
    """A value of the kind's class that is not in `used`, which it joins."""
    value = sample_value(rng, k.values, split)
    for _ in range(50):
        if value.lower() not in used:
            break
        value = sample_value(rng, k.values, split)
    used.add(value.lower())
    return value


def tell_words(rng: random.Random, fact: Fact, split: Split, share: float = 0.6) -> str:
    """The fact as told in a message, sometimes inside a carrier ("By the way, ...")."""
    if rng.random() < HURRIED:
        return fact.tell.rstrip(".")
    return carried(rng, fact.tell, split, BEFORE_TELL, AFTER_TELL, share)


def tell_together(rng: random.Random, first: Fact, second: Fact, split: Split) -> str:
    """Two facts in one clause, '' where there are no words for that."""
    lines = together(first.kind, second.kind, split)
    if not lines:
        return ""
    line = rng.choice(lines)
    for value, word, letter in ((first.value, "{v}", "{a}"), (second.value, "{w}", "{b}")):
        line = line.replace(letter, article(value)).replace(word, value)
    return carried(rng, line, split, BEFORE_TELL, AFTER_TELL, 0.3)


def ask_words(rng: random.Random, fact: Fact, split: Split, share: float = 0.35) -> str:
    """The question, now and then inside a longer message."""
    ask = worded(rng, kind(fact.kind).asks, split)
    if rng.random() < HURRIED:
        return ask.rstrip(".?")
    return carried(rng, ask, split, BEFORE_ASK, AFTER_ASK, share)


def acknowledge_words(
    rng: random.Random, facts: Sequence[Fact], split: Split, *, correction: bool = False
) -> str:
    """The assistant's reply to told facts: mostly it says them again in plain words."""
    said = " ".join(fact.answer for fact in facts)
    if rng.random() < REPEAT:
        if correction and rng.random() < 0.5:
            return f"{rng.choice(UPDATED[split])} {said}"
        return rng.choice(REPEATED[split]).replace("{r}", said)
    return rng.choice((UPDATED if correction else NOTED)[split])


def unknown_words(rng: random.Random, name: str, split: Split) -> tuple[str, str]:
    """A question for something never told, and the honest answer."""
    k = kind(name)
    ask = carried(rng, worded(rng, k.asks, split), split, BEFORE_ASK, AFTER_ASK, 0.35)
    return ask, rng.choice(UNKNOWN[split]).replace("{t}", second_person(k.topic))
