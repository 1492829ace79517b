"""Two facts in one clause: "My sister Edith moved to Bergen last year." """

from __future__ import annotations

import functools

from core.episodes import rules
from core.episodes.kinds import is_held_out
from core.episodes.values import SPLITS, Split
from core.episodes.words import read

_PEOPLE, _NAME = "people", "name"


@functools.cache
def _blocks() -> dict[tuple[bool, str, str], tuple[str, ...]]:
    """Wordings of `wordings/pairs.txt`, with `{v}` and `{w}`, by (of other people, first kind, second kind)."""
    found = {}
    for block in read("pairs").split("\n\n"):
        head, *lines = block.splitlines()
        file, first, second = head.split(" | ")
        found[file == _PEOPLE, first, second] = tuple(line.removeprefix("+ ") for line in lines)
    return found


@functools.cache
def pairs(names: frozenset[str]) -> tuple[tuple[tuple[str, str], ...], ...]:
    """The pairs among these kinds, those that share wordings together."""
    owners = [owner.strip().removeprefix("my ") for owner in rules.PEOPLE.split(",")]
    found = []
    for of_people, first, second in _blocks():
        group = [(_of(o, first, names), f"{o}: {second}") for o in owners] if of_people else [(first, second)]
        kept = tuple(pair for pair in group if names.issuperset(pair))
        if kept:
            found.append(kept)
    return tuple(found)


def _of(owner: str, row: str, names: frozenset[str]) -> str:
    """The kind of a row of another person; my sister's name is a kind of its own, "sister"."""
    return owner if row == _NAME and f"{owner}: {row}" not in names else f"{owner}: {row}"


@functools.lru_cache(maxsize=4096)
def together(first: str, second: str, split: Split) -> tuple[str, ...]:
    """Wordings that tell two kinds of facts at once: `{v}` and `{w}` for their values; () where there are none.

    Args:
        first, second: names of kinds, in the order of `pairs`.
    """
    owner, _, row_of_second = second.rpartition(": ")
    own, _, row = first.rpartition(": ")
    if owner and first == owner:
        own, row = owner, _NAME
    if own != owner:
        return ()
    lines = _blocks().get((bool(owner), row, row_of_second), ())
    held = split == SPLITS[1]
    return tuple(line.replace("{o}", f"my {owner}") for line in lines if is_held_out(line) == held)
