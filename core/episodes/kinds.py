"""The kinds of facts: hand-written ones and those by rule, those of training and those never met in it."""

from __future__ import annotations

import functools
import hashlib
import random
import re
from dataclasses import dataclass, replace
from typing import Literal

from core.episodes import rules
from core.episodes.values import SPLITS
from core.episodes.wording import GENERAL_ASKS, GENERAL_TELLS, Wordings, second_person
from core.episodes.words import many, read

Meeting = Literal["train", "unseen"]
MADE_UP = "made up"
"""Family of the kinds that are made up on the spot, and how their names begin."""

FEW = 8
"""Fewer wordings than this belong to kinds that training never meets: all are for tests."""
_MADE_UP_VALUES = [
    "first",
    "surname",
    "full name",
    "pet",
    "town",
    "company",
    "codename",
    "thing name",
    "title",
    "made-up",
    "word",
    "phrase",
    "place",
    "code",
    "two digits",
    "four digits",
    "number",
    "date",
    "time",
    "colour",
    "food",
]
"""Classes that the value of such a kind may have."""
_NOT_AN_ANSWER = re.compile(r"\b(me|you|us|type)\b")


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One thing that a user may tell about."""

    name: str
    family: str
    """kinds that are easily confused share it"""
    pattern: str
    """the wordings it shares with other kinds; hand-written kinds have their own"""
    values: str
    """class of its values"""
    topic: str
    """noun phrase in the user's words: my dog's name"""
    tells: Wordings
    asks: Wordings
    answer: str
    """second person, the value last; there is one, so that a fact is said again, recalled and searched for in the same words"""


@dataclass(frozen=True, slots=True)
class _Row:
    """One block of a file of wordings."""

    name: str
    family: str
    values: str
    topic: str
    tells: tuple[str, ...]
    asks: tuple[str, ...]


@functools.cache
def _rows(file: str) -> tuple[_Row, ...]:
    """The blocks of `wordings/<file>.txt`: `name | family | values | topic`, `+ tell` and `? ask` lines."""
    found = []
    for block in read(file).split("\n\n"):
        head, *lines = block.splitlines()
        name, family, values, topic = head.split(" | ")
        tells, asks = (tuple(w[2:] for w in lines if w.startswith(mark)) for mark in ("+ ", "? "))
        if len(tells) + len(asks) != len(lines):
            raise ValueError(f"expected lines that start with '+ ' or '? ' in {file}.txt, block {name!r}")
        found.append(_Row(name, family, values, topic, tells, asks))
    return tuple(found)


def is_held_out(wording: str) -> bool:
    """Whether a wording is for tests only: one in four, by its digest."""
    return hashlib.sha256(wording.encode()).digest()[0] < 64


def _splits(wordings: tuple[str, ...], owner: str) -> tuple[list[str], list[str]]:
    """Wordings for training and for tests, the owner filled in; few wordings are not divided."""
    few = len(wordings) < FEW
    kept = [w for w in wordings if few or not is_held_out(w)]
    held = [w for w in wordings if few or is_held_out(w)]
    return [w.replace("{o}", owner) for w in kept], [w.replace("{o}", owner) for w in held]


def _kind(row: _Row, owner: str = "", values: str = "") -> Kind:
    general = not row.topic.startswith("=")
    topic = row.topic.removeprefix("=").replace("{o}", owner)
    told, asked = _splits(row.tells, owner), _splits(row.asks, owner)
    tell_of: Wordings = {}
    ask_of: Wordings = {}
    for split, own_tells, own_asks in zip(SPLITS, told, asked):
        extra = GENERAL_TELLS[split] if general else ()
        tell_of[split] = (*own_tells, *(p.replace("{t}", topic) for p in extra))
        ask_of[split] = (*own_asks, *(p.replace("{t}", topic) for p in GENERAL_ASKS[split]))
    if general:
        answer = f"{second_person(topic)} is {{v}}."
    else:
        plain = (t for t in told[0] if t.endswith("{v}.") and not _NOT_AN_ANSWER.search(t))
        answer = second_person(next(plain))
    return Kind(
        name=f"{owner.removeprefix('my ')}: {row.name}" if owner else row.name,
        family=row.family,
        pattern=f"rule {row.family} {row.name}" if owner else f"hand {row.name}",
        values=values or _gendered(row.name, owner, row.values),
        topic=topic,
        tells=tell_of,
        asks=ask_of,
        answer=answer,
    )


def _gendered(name: str, owner: str, value_class: str) -> str:
    last = owner.replace("-in-law", "").removeprefix("my ")
    if name == "name" and last in rules.WOMEN:
        return "woman"
    return "man" if name == "name" and last in rules.MEN else value_class


def _by_rule(tables: tuple[tuple[str, str], ...]) -> list[Kind]:
    found = []
    for owners, file in tables:
        for entry in owners.split(","):
            owner, _, values = entry.strip().partition(":")
            found += [_kind(row, owner, values) for row in _rows(file)]
    return found


@functools.cache
def all_kinds(met: Meeting) -> dict[str, Kind]:
    """Kinds by name: those of training, or those that never occur in it."""
    files, tables = {
        "train": (rules.HAND, rules.TRAIN_TABLES),
        "unseen": (rules.UNSEEN_HAND, rules.UNSEEN_TABLES),
    }[met]
    found = [_kind(row) for file in files for row in _rows(file)] + _by_rule(tables)
    known = {kind.topic for kind in found if kind.pattern.startswith("hand ")}
    kept = [
        kind
        for kind in found
        if kind.pattern.startswith("hand ") or (kind.topic not in known and kind.name not in rules.NONSENSE)
    ]
    return {kind.name: kind for kind in (_without_held_out(kept) if met == "train" else kept)}


def _without_held_out(found: list[Kind]) -> list[Kind]:
    """The kinds without training wordings that are held out with another kind."""
    held = {w for kind in found for w in (*kind.tells["test"], *kind.asks["test"])}

    def rest(wordings: Wordings) -> Wordings:
        return {"train": tuple(w for w in wordings["train"] if w not in held), "test": wordings["test"]}

    return [replace(kind, tells=rest(kind.tells), asks=rest(kind.asks)) for kind in found]


@functools.cache
def held_out_wordings() -> frozenset[str]:
    """Every wording that is for tests only."""
    found = [kind for met in ("train", "unseen") for kind in all_kinds(met).values()]
    return frozenset(w for kind in found for w in (*kind.tells["test"], *kind.asks["test"]))


def kinds(met: Meeting) -> list[str]:
    """Names of the kinds met in training ("train") or never met ("unseen")."""
    return list(all_kinds(met))


def kind(name: str) -> Kind:
    """The kind of that name."""
    if name.startswith(f"{MADE_UP}|"):
        return _made_up(name)
    return all_kinds("train").get(name) or all_kinds("unseen")[name]


def made_up_kind(rng: random.Random) -> str:
    """The name of a kind that nobody has heard of ("my brass lantern"), told and asked in general wordings only."""
    noun, adjective = rng.choice(many("nouns")), rng.choice(many("adjectives"))
    other = rng.choice(many("nouns"))
    topic = rng.choice(
        (
            f"my {noun}",
            f"my {adjective} {noun}",
            f"my favourite {noun}",
            f"my {other}'s {noun}",
            f"the {noun} of my {other}",
            f"{rng.choice(rules.PEOPLE.split(','))}'s {noun}",
            f"the name of my {noun}",
            f"the number of my {noun}",
        )
    )
    return "|".join((MADE_UP, topic, rng.choice(_MADE_UP_VALUES)))


@functools.lru_cache(maxsize=1024)
def _made_up(name: str) -> Kind:
    _, topic, values = name.split("|")
    return replace(_kind(_Row(name, MADE_UP, values, topic, (), ())), pattern=MADE_UP)


@functools.cache
def patterns(names: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The kinds grouped by the wordings they share."""
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(kind(name).pattern, []).append(name)
    # patterns of rule kinds twice: about as many of them as of hand-written ones
    return tuple(tuple(g) for g in groups.values() for _ in range(min(len(g), 2)))


@functools.cache
def families(names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The kinds grouped by what they are easily confused with."""
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(kind(name).family, []).append(name)
    return {k: tuple(v) for k, v in groups.items()}
