"""The kinds of facts: hand-written ones and those by rule, those of training and those never met in it."""

from __future__ import annotations

import functools
import hashlib
import re
from dataclasses import dataclass, replace
from typing import Literal

from core.episodes import hand, rules
from core.episodes.values import SPLITS
from core.episodes.wording import GENERAL_ASKS, GENERAL_TELLS, Wordings, second_person

Meeting = Literal["train", "unseen"]


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
    answers: tuple[str, ...]
    """second person, the value last"""


def _hold_out(wordings: list[str], needed: str = "") -> tuple[list[str], list[str]]:
    """Wordings for training and a quarter of them, at least two, chosen by their digests, for tests.

    Args:
        needed: an end that one wording of training must keep.
    """
    order = sorted(wordings, key=lambda w: hashlib.sha256(w.encode()).digest())
    held = order[: max(2, len(order) // 4)]
    kept = [w for w in wordings if w not in held]
    if not any(w.endswith(needed) for w in kept):
        spared = next(w for w in held if w.endswith(needed))
        held = [*(w for w in held if w != spared), next(w for w in order if w not in held and w != spared)]
        kept = [w for w in wordings if w not in held]
    return kept, held


def _parts(text: str, met: Meeting, needed: str = "") -> tuple[list[str], list[str]]:
    """Wordings of a row, ` ; ` between them, for training and for tests; kinds never met need no such split."""
    wordings = list(dict.fromkeys(p.strip() for p in f" {text} ".split(" ; ") if p.strip()))
    kept, held = _hold_out(wordings, needed) if met == "train" else (wordings, wordings)
    # each twice: a kind's own wordings come more often than the general ones
    return kept * 2, held * 2


def _kind(row: str, met: Meeting, owner: str = "", values: str = "") -> Kind:
    name, family, value_class, topic, tells, asks = (p.strip() for p in row.split(" | "))
    general = not topic.startswith("=")
    topic = topic.removeprefix("=").replace("{o}", owner)
    told, asked = _parts(tells, met, "{v}."), _parts(asks, met)
    told = tuple([w.replace("{o}", owner) for w in part] for part in told)
    asked = tuple([w.replace("{o}", owner) for w in part] for part in asked)
    tell_of: Wordings = {}
    ask_of: Wordings = {}
    for split, own_tells, own_asks in zip(SPLITS, told, asked):
        extra = GENERAL_TELLS[split] if general else ()
        tell_of[split] = (*own_tells, *(p.replace("{t}", topic) for p in extra))
        ask_of[split] = (*own_asks, *(p.replace("{t}", topic) for p in GENERAL_ASKS[split]))
    plain = [
        t for t in dict.fromkeys(told[0]) if t.endswith("{v}.") and not re.search(r"\b(me|you|us|type)\b", t)
    ]
    answers = [second_person(t) for t in plain[:2]]
    if general:
        answers.append(f"{second_person(topic)} is {{v}}.")
    if len(answers) < 2:
        answers.append(f"as you told me, {answers[0]}")
    return Kind(
        name=f"{owner.removeprefix('my ')}: {name}" if owner else name,
        family=family,
        pattern=f"rule {family} {name}" if owner else f"hand {name}",
        values=values or _gendered(name, owner, value_class),
        topic=topic,
        tells=tell_of,
        asks=ask_of,
        answers=tuple(dict.fromkeys(answers)),
    )


def _gendered(name: str, owner: str, value_class: str) -> str:
    last = owner.replace("-in-law", "").removeprefix("my ")
    if name == "name" and last in rules.WOMEN:
        return "woman"
    return "man" if name == "name" and last in rules.MEN else value_class


def _by_rule(tables: tuple[tuple[str, str], ...], met: Meeting) -> list[Kind]:
    found = []
    for owners, rows in tables:
        for entry in owners.split(","):
            owner, _, values = entry.strip().partition(":")
            found += [_kind(row, met, owner, values) for row in rows.strip().splitlines()]
    return found


@functools.cache
def all_kinds(met: Meeting) -> dict[str, Kind]:
    """Kinds by name: those of training, or those that never occur in it."""
    rows, tables = {"train": (hand.TRAIN, rules.TRAIN_TABLES), "unseen": (hand.UNSEEN, rules.UNSEEN_TABLES)}[
        met
    ]
    found = [_kind(row, met) for row in rows.strip().splitlines()] + _by_rule(tables, met)
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


def kinds(met: Meeting) -> list[str]:
    """Names of the kinds met in training ("train") or never met ("unseen")."""
    return list(all_kinds(met))


@functools.cache
def kind(name: str) -> Kind:
    """The kind of that name."""
    return all_kinds("train").get(name) or all_kinds("unseen")[name]


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
