"""Episodes of meta-training: a user's sessions, told, distracted and asked, as token rows.

Sessions clear the window. The user's and documents' words are the lessons; answers and passages
are context. Asked values are marked, so that the outer loss can weigh them.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.episodes.facts import Fact, sample_person, word_fact
from core.episodes.kinds import KINDS
from core.episodes.smalltalk import ACKS, small_talk
from core.episodes.values import draw

Encode = Callable[[str], tuple[list[int], list[tuple[int, int]]]]
TextSource = Callable[[random.Random], list[tuple[str, str]]]
LESSONS = ("user", "document")


@dataclass(frozen=True)
class Turn:
    """One turn; `value` is set on an answer whose value is scored."""

    role: str
    text: str
    value: str = ""


def tell_session(rng: random.Random, facts: Sequence[Fact], split: str) -> list[Turn]:
    """A session in which facts are told, with small talk between, or a note that lists them."""
    if rng.random() < 0.12:
        return [Turn("document", " ".join(f.tell for f in facts))]
    turns: list[Turn] = []
    groups = [list(facts[:2]), *([f] for f in facts[2:])] if rng.random() < 0.2 else [[f] for f in facts]
    for group in groups:
        if rng.random() < 0.3:
            turns += [Turn(*t) for t in small_talk(rng, split)]
        turns.append(Turn("user", " ".join(f.tell for f in group)))
        turns.append(Turn("assistant", rng.choice(ACKS[split])))
    return turns


def passages(rng: random.Random, facts: Sequence[Fact]) -> Turn:
    """A memory turn with the given facts as they were told."""
    rows = [f"[t{rng.randrange(1, 400)}] {f.tell}" for f in facts]
    rng.shuffle(rows)
    return Turn("memory", "\n".join(rows))


def ask_turns(rng: random.Random, fact: Fact, others: Sequence[Fact], split: str) -> list[Turn]:
    """A question and its answer; sometimes with passages that help or do not."""
    turns = [Turn("user", fact.ask)]
    chance = rng.random()
    if chance < 0.2:
        turns.append(passages(rng, [fact, *rng.sample(list(others), min(len(others), rng.randrange(3)))]))
    elif chance < 0.3 and others:
        turns.append(passages(rng, rng.sample(list(others), min(len(others), rng.randrange(1, 3)))))
    return [*turns, Turn("assistant", fact.answer, fact.value)]


def absent_turns(rng: random.Random, told: Sequence[Fact], split: str) -> list[Turn]:
    """A question about something never told, answered honestly."""
    names = {f.kind.name for f in told}
    kind = rng.choice([k for k in KINDS["train"] if k.name not in names])
    fact = word_fact(rng, kind, draw(rng, kind.value, split), split)
    turns = [Turn("user", fact.ask)]
    if told and rng.random() < 0.2:
        turns.append(passages(rng, rng.sample(list(told), 1)))
    return [*turns, Turn("assistant", f"You haven't told me {kind.topic} yet.")]


def sample_episode(rng: random.Random, source: TextSource, *, most: int = 14, split: str = "train") -> tuple[list[list[Turn]], list[list[Turn]], Callable[[], list[Turn]]]:
    """Sessions that tell, sessions that ask, and a maker of distracting sessions."""
    facts = sample_person(rng, split, rng.randint(1, most))
    tells: list[list[Turn]] = []
    rest = list(facts)
    while rest:
        count = rng.randint(1, 5)
        tells.append(tell_session(rng, rest[:count], split))
        rest = rest[count:]
    if rng.random() < 0.15:  # a correction: the newer value holds
        i = rng.randrange(len(facts))
        kind = facts[i].kind
        new = word_fact(rng, kind, draw(rng, kind.value, split), split)
        lead = rng.choice(("Actually, that has changed. ", "A correction: ", "That is out of date now. "))
        tells.append([Turn("user", lead + new.tell), Turn("assistant", rng.choice(ACKS[split]))])
        facts[i] = new
    asked = rng.sample(facts, min(len(facts), 10))
    asks: list[list[Turn]] = []
    while asked:
        turns: list[Turn] = []
        for fact in asked[: (count := rng.randint(1, 5))]:
            if rng.random() < 0.1:
                turns += absent_turns(rng, facts, split)
            turns += ask_turns(rng, fact, [f for f in facts if f is not fact], split)
        asks.append(turns)
        asked = asked[count:]

    def distract() -> list[Turn]:
        if rng.random() < 0.35:
            return [Turn(*t) for _ in range(rng.randint(1, 5)) for t in small_talk(rng, split)]
        return [Turn(*t) for t in source(rng)]

    return tells, asks, distract


def encode_session(turns: Sequence[Turn], encode: Encode, special: dict[str, int]) -> tuple[list[int], list[int], list[int]]:
    """Tokens of a session, which of them are lessons, and which are asked values."""
    ids: list[int] = []
    lesson: list[int] = []
    asked: list[int] = []
    for turn in turns:
        text, offsets = encode(turn.text)
        value = [0] * len(text)
        if turn.value:
            start = turn.text.rindex(turn.value)
            stop = start + len(turn.value)
            value = [int(b > start and a < stop) for a, b in offsets]
        learn = int(turn.role in LESSONS)
        ids += [special[turn.role], *text, special["end"]]
        lesson += [0, *[learn] * len(text), learn]
        asked += [0, *value, 0]
    return ids, lesson, asked


def encode_episode(
    rng: random.Random, source: TextSource, encode: Encode, special: dict[str, int], *, length: int, mini_batch: int
) -> dict[str, list]:
    """One row: tokens [length + 1] and, by target, learn_weight, outer_weight, ask_weight; segment.

    Every session begins at a mini-batch edge; what is left before it is padding (segment 0).
    """
    tells, asks, distract = sample_episode(rng, source, most=14 if length >= 2048 else 4)
    encoded = {name: [encode_session(t, encode, special) for t in part] for name, part in (("tell", tells), ("ask", asks))}

    def size(session: tuple[list[int], list[int], list[int]]) -> int:
        return -(-len(session[0]) // mini_batch) * mini_batch

    while sum(map(size, encoded["tell"] + encoded["ask"])) > length:
        encoded["ask" if len(encoded["ask"]) > 1 else "tell"].pop()
    room = length - sum(map(size, encoded["tell"] + encoded["ask"]))
    fillers = []
    share = rng.random() ** 0.5  # long distances are common, short ones occur
    while room >= mini_batch:
        session = encode_session(distract(), encode, special)
        session = tuple(part[:room] for part in session)  # type: ignore[assignment]
        fillers.append(session)
        room -= size(session)
    between = [f for f in fillers if rng.random() < share]
    before = [f for f in fillers if not any(f is b for b in between)]
    first = encoded["tell"] + before
    rng.shuffle(first)
    # a correction was told last: keep the tellings in their order
    order = iter(encoded["tell"])
    first = [next(order) if any(s is t for t in encoded["tell"]) else s for s in first]
    rows: dict[str, list] = {"tokens": [], "learn": [], "ask": [], "outer": [], "segment": []}
    for number, session in enumerate([*first, *between, *encoded["ask"]], 1):
        ids, lesson, asked = session
        pad = size(session) - len(ids)
        rows["tokens"] += [*ids, *[special["end"]] * pad]
        rows["learn"] += [*lesson, *[0] * pad]
        rows["ask"] += [*asked, *[0] * pad]
        # the first token of a session has no predecessor in it
        rows["outer"] += [0, *[1] * (len(ids) - 1), *[0] * pad]
        rows["segment"] += [*[number] * len(ids), *[0] * pad]
    short = length - len(rows["tokens"])
    shift = {k: [*rows[k], *[0] * short, 0][1:] for k in ("learn", "ask", "outer")}
    return {
        "tokens": [*rows["tokens"], *[special["end"]] * (short + 1)],
        "learn_weight": shift["learn"],
        "ask_weight": shift["ask"],
        "outer_weight": shift["outer"],
        "segment": [*rows["segment"], *[0] * short],
    }
