"""Episodes: a user's life in sessions. Facts are told, other things happen, facts are asked.

A session boundary clears the window, so an answer in a later session can only come from the fast
weights or from a memory turn.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from core.episodes.facts import (
    Fact,
    acknowledge_words,
    ask_words,
    fresh_value,
    make_fact,
    sample_person,
    tell_together,
    tell_words,
    unknown_words,
)
from core.episodes.kinds import families, kind, kinds
from core.episodes.pairs import together
from core.episodes.smalltalk import small_line, small_talk
from core.episodes.values import Split
from core.episodes.wording import CORRECTIONS, capital, fill
from core.retelling import restated, retell

Role = Literal["user", "assistant", "memory", "document"]
ROUNDS = 4
"""How often each fact is asked, where there is room: in other words, and in a window of its own."""
FROM_STORE = 0.12
"""How often a question is followed by one whose answer only the passages know."""
GENERAL = 0.12
"""How often a question is followed by one that has nothing to do with the user."""
STORE_FIRST = 0.12
"""How often an episode begins with such questions, before anything was learned."""
HELPED, HINDERED = 0.35, 0.08
"""How often a question comes with passages that hold the answer, and with others only."""
BESIDE_IT = (60, 20, 10, 10)
"""How often the passage with the answer comes alone, with one other, two, three: as search has it."""
MISRANKED = 0.1
"""How often that passage is not the first."""
PAIRED = 0.1
"""How often two facts are drawn that can be told in one clause."""
MADE_UP = 0.12
"""Share of facts in training of kinds that nobody has heard of."""
LONG_PASSAGE = 0.08
"""How often a piece of a document stands among the passages."""
LONG_WORDS = 60
"""Words of such a piece, at most."""
AGAIN = 0.15
"""How often a session without told facts has its second reading; those with facts always do."""
MISREAD = 0.08
"""How often a second reading has a fact wrong, as a reply that misunderstood would."""
UNKNOWN_SHARE = 0.01
"""How often a question is followed by one for something never told; more, and it is said where in doubt."""
IN_SIGHT = 0.4
"""Share of the facts of a conversation that are told in it before they are asked."""
BESIDE = 0.2
"""How often a fact or a question stands beside a line about something else."""
SPOKEN = 6.0
"""Weight of the assistant's words in the mean over all targets: they are few, and say what a telling or a question
is about. An answer that something was never told must not have it: where in doubt the model would say so."""
GENERAL_BESIDE = 0.3
"""How often a fact of a conversation that needs no memory is followed by a question of another matter."""
TextSource = Callable[[random.Random], Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn; the user's words and documents are learned."""

    role: str
    text: str
    ask: bool = False
    """an answer whose value is scored"""
    value: str = ""
    """what is scored, or what the reply says again of a told fact"""
    weight: float = 1.0
    """share in the mean over all targets"""
    understood: str = ""
    """what the reply said again of it, for the second reading"""
    known: bool = True
    """False where nobody can know the value: its tokens count nothing"""

    @property
    def learn(self) -> bool:
        return self.role in ("user", "document")


@dataclass(slots=True)
class Session:
    """Turns of one window; `part` says what may be cut when room is short: filler first, then
    second readings, then asks."""

    part: Literal["tell", "again", "filler", "ask"]
    turns: list[Turn] = field(default_factory=list)


@dataclass(slots=True)
class Episode:
    """Sessions in order."""

    sessions: list[Session]
    facts: list[Fact]
    """the facts that hold at the end"""


@dataclass(slots=True)
class _Passage:
    item: str
    text: str
    kinds: tuple[str, ...]


class _Writer:
    """What has been said so far, for memory turns."""

    def __init__(
        self, rng: random.Random, split: Split, source: TextSource, general: TextSource, passages: bool
    ) -> None:
        self.rng = rng
        self.source, self.general = source, general
        self.shown = passages
        self.split: Split = split
        self.item = rng.randint(1, 40)
        self.passages: list[_Passage] = []
        self.told: list[Fact] = []

    def note(self, role: str, text: str, names: Sequence[str] = ()) -> None:
        self.item += self.rng.randint(1, 3)
        self.passages.append(_Passage(f"{'d' if role == 'document' else 't'}{self.item}", text, tuple(names)))

    def chat(self, *, greet: bool = False) -> list[Turn]:
        turns = [Turn(role, text) for role, text in small_talk(self.rng, self.split, greet=greet)]
        self.note("user", turns[0].text)
        return turns

    def memory(self, name: str, helpful: bool, question: str) -> Turn | None:
        """Passages as search would give them, best first, with or without those that hold the answer."""
        rng = self.rng
        if not self.shown:
            return None
        good = [p for p in self.passages if name in p.kinds and len(p.text) < 400] if helpful else []
        if helpful and not good:
            return None
        good = rng.sample(good[-3:], len(good[-3:]))
        others = [p for p in self.passages if name not in p.kinds and len(p.text) < 200]
        # what resembles the question: other facts before small talk, shared words before none
        near = [p for p in others if p.kinds] or others
        rng.shuffle(near)
        if rng.random() < 0.6:
            asked = set(question.lower().split())
            near.sort(key=lambda p: -len(asked & set(p.text.lower().split())))
        count = rng.choices(range(4), BESIDE_IT)[0]
        shown = good + near[: count if helpful else max(1, count)]
        if rng.random() < LONG_PASSAGE:
            texts = [text for role, text in self.source(rng) if role == "document"]
            shown += [
                _Passage(f"d{rng.randint(1, 40)}", " ".join(text.split()[:LONG_WORDS]), ())
                for text in texts[:1]
            ]
        if not shown:
            return None
        if rng.random() < MISRANKED:
            rng.shuffle(shown)
        return Turn("memory", "\n".join(f"[{p.item}] {p.text}" for p in shown))

    def tell(self, facts: Sequence[Fact], correction: bool = False) -> list[Turn]:
        """A message with one fact or two and the assistant's acknowledgement."""
        rng, split = self.rng, self.split
        if correction:
            text = fill(rng.choice(CORRECTIONS[split]), facts[0].tell)
        elif len(facts) == 2:
            text = tell_together(rng, facts[0], facts[1], split) or _one_by_one(rng, *facts)
        else:
            text = tell_words(rng, facts[0], split)
            if rng.random() < BESIDE:
                line = small_line(rng, split)
                text = f"{line} {capital(text)}" if rng.random() < 0.5 else f"{capital(text)} {line}"
        reply = acknowledge_words(rng, facts, split, correction=correction)
        understood = restated(text, reply)
        if rng.random() < MISREAD:
            understood = _misread(rng, understood, text, facts, self.told)
        self.told += facts
        self.note("user", text, [f.kind for f in facts])
        value = facts[-1].value if facts[-1].answer in reply else ""
        return [
            Turn("user", text, understood=understood),
            Turn("assistant", reply, value=value, weight=SPOKEN),
        ]

    def document(self, facts: Sequence[Fact]) -> Turn:
        """A note or a page of a diary that holds the facts."""
        rng, split = self.rng, self.split
        lines = [capital(f.tell) for f in facts] + [small_line(rng, split) for _ in range(rng.randint(0, 2))]
        rng.shuffle(lines)
        form = rng.randrange(4)
        if form == 0:
            text = "Notes\n" + "\n".join(f"- {line}" for line in lines)
        elif form == 1:
            text = f"{rng.choice(('Diary', 'Journal', 'Note to myself', 'To remember'))}: " + " ".join(lines)
        else:
            text = " ".join(lines) if form == 2 else "\n".join(lines)
        self.note("document", text, [f.kind for f in facts])
        return Turn("document", text)

    def ask(self, fact: Fact) -> list[Turn]:
        """Question, sometimes passages, answer."""
        rng, split = self.rng, self.split
        question = ask_words(rng, fact, split)
        if rng.random() < BESIDE:
            question = f"{small_line(rng, split)} {capital(question)}"
        turns = [Turn("user", question)]
        pick = rng.random()
        memory = self.memory(fact.kind, pick < HELPED, question) if pick < HELPED + HINDERED else None
        if memory:
            turns.append(memory)
        return [*turns, Turn("assistant", fact.answer, True, fact.value, weight=SPOKEN)]

    def ask_from_store(self, fact: Fact, keep: bool = False) -> list[Turn]:
        """A question whose answer only the passages know: it was told before the weights began.

        Args:
            keep: whether what was told stays, for later questions.
        """
        if keep:
            self.passages = [p for p in self.passages if fact.kind not in p.kinds]
        self.note("user", tell_words(self.rng, fact, self.split), [fact.kind])
        question = ask_words(self.rng, fact, self.split)
        memory = self.memory(fact.kind, True, question)
        if not keep:
            self.passages.pop()
        if memory is None:
            return []
        answer = Turn("assistant", fact.answer, True, fact.value, weight=SPOKEN)
        return [Turn("user", question), memory, answer]

    def ask_unknown(self, name: str) -> list[Turn]:
        question, answer = unknown_words(self.rng, name, self.split)
        memory = self.memory(name, False, question) if self.rng.random() < 0.4 else None
        return [Turn("user", question), *([memory] if memory else []), Turn("assistant", answer)]

    def ask_general(self) -> list[Turn]:
        """A question that has nothing to do with the user, and its answer."""
        return [
            Turn(role, text, weight=SPOKEN if role == "assistant" else 1.0)
            for role, text in self.general(self.rng)
        ]


def _again(session: Session) -> list[Session]:
    """The second reading that follows a session: what the assistant said again, then the statements turned."""
    told, understood = [], []
    for turn, reply in zip(session.turns, [*session.turns[1:], Turn("user", "")]):
        if turn.learn:
            told.append(retell(turn.text))
            answered = (turn.role, reply.role) == ("user", "assistant")
            understood.append(turn.understood or (restated(turn.text, reply.text) if answered else ""))
    turns = [Turn("user", text) for text in (*understood, *told) if text]
    return [Session("again", turns)] if turns else []


def _misread(rng: random.Random, said: str, text: str, facts: Sequence[Fact], others: Sequence[Fact]) -> str:
    """One fact said again as by somebody who mistook its value, or what it is about."""
    for fact in facts:
        if said == fact.answer:
            if others and rng.random() < 0.5:
                other = rng.choice(others)
                return other.answer.replace(other.value, fact.value)
            return said.replace(fact.value, rng.choice(text.split()).strip(".,;:!"))
    return said


def _one_by_one(rng: random.Random, first: Fact, second: Fact) -> str:
    """Two facts in one message, in a clause each."""
    return rng.choice(
        (
            f"{capital(first.tell)} {capital(second.tell)}",
            f"{capital(first.tell).rstrip('.!')}, and {second.tell}",
            f"{capital(first.tell)} Also, {second.tell}",
        )
    )


def _never_told(rng: random.Random, facts: Sequence[Fact], names: tuple[str, ...]) -> str | None:
    told = {f.kind for f in facts}
    for _ in range(8):
        near = rng.random() < 0.5
        name = rng.choice((near and families(names).get(rng.choice(facts).family)) or names)
        if name not in told:
            return name
    return None


def _cut(rng: random.Random, items: list, groups: int) -> list[list]:
    """Items in order in `groups` runs, none empty."""
    groups = max(1, min(groups, len(items)))
    edges = sorted(rng.sample(range(1, len(items)), groups - 1))
    return [items[a:b] for a, b in zip([0, *edges], [*edges, len(items)])]


def _tell_session(writer: _Writer, facts: list[Fact]) -> Session:
    rng = writer.rng
    session = Session("tell")
    if rng.random() < 0.4:
        session.turns += writer.chat(greet=True)
    if rng.random() < 0.15:
        session.turns.append(writer.document(facts))
        return session
    rest = list(facts)
    while rest:
        paired = len(rest) > 1 and bool(together(rest[0].kind, rest[1].kind, writer.split))
        take = 2 if len(rest) > 1 and rng.random() < (0.8 if paired else 0.2) else 1
        session.turns += writer.tell(rest[:take])
        if rng.random() < 0.12:  # asked at once, while it stands in the window
            session.turns += writer.ask(rest[0])
        rest = rest[take:]
        if rng.random() < 0.3:
            session.turns += writer.chat()
    return session


def _round_up(writer: _Writer, session: Session, count: Callable[[str], int], mini_batch: int) -> None:
    """Small talk in between, until little of the last mini-batch is padding; now and then none."""
    if writer.rng.random() < 0.2:
        return
    room = -sum(count(t.text) + 2 for t in session.turns) % mini_batch
    at, chat = 0, []
    while room > 36:
        chat = writer.chat()
        edges = [i for i, t in enumerate(session.turns) if t.role in ("user", "document")]
        at = writer.rng.choice([*edges, len(session.turns)])
        session.turns[at:at] = chat
        room -= sum(count(t.text) + 2 for t in chat)
    if room < 0:
        del session.turns[at : at + len(chat)]


def _page(writer: _Writer) -> str:
    """Chat written down as one text, as somebody would paste it."""
    lines: list[str] = []
    for _ in range(writer.rng.randint(2, 12)):
        lines += [text for _, text in small_talk(writer.rng, writer.split)]
    return writer.rng.choice((" ", "\n")).join(lines)


def _filler(
    writer: _Writer, source: TextSource, count: Callable[[str], int], size: int
) -> tuple[Session, int]:
    """A session of other things of about `size` tokens."""
    session, used = Session("filler"), 0
    mixed = writer.rng.random()
    while used < size:
        if writer.rng.random() < 0.1:
            turns = [Turn("document", _page(writer))]
        elif writer.rng.random() < mixed:
            turns = writer.chat(greet=not session.turns)
        else:
            turns = [Turn(role, text) for role, text in source(writer.rng)] or writer.chat()
        session.turns += turns
        used += sum(count(t.text) + 2 for t in turns)
    return session, used


def _asks(
    writer: _Writer,
    facts: list[Fact],
    told: Sequence[Fact],
    pool: tuple[str, ...],
    room: int,
    count: Callable[[str], int],
    mini_batch: int,
) -> list[Session]:
    """Questions and answers, short sessions of them, at least one, until `room` tokens are full.

    Every fact is asked once before any is asked again, and the second time in another session.
    """
    rng, split = writer.rng, writer.split
    sessions: list[Session] = []
    size, here = 0, set[str]()
    for fact in (f for _ in range(ROUNDS) for f in rng.sample(facts, len(facts))):
        new = writer.ask(fact)
        if rng.random() < FROM_STORE and (name := _never_told(rng, told, pool)):
            value = fresh_value(rng, kind(name), split, {f.value.lower() for f in told})
            new = _either(rng, new, writer.ask_from_store(make_fact(rng, name, value, split)))
        new = _among_others(writer, new, lambda: _never_told(rng, told, pool))
        tokens = sum(count(t.text) + 2 for t in new)
        if size < tokens or fact.kind in here:
            if room < mini_batch and sessions:
                break
            size, here = rng.choice((1, 2, 2, 3, 3)) * mini_batch, set()
            room -= size
            sessions.append(Session("ask"))
        size -= tokens
        here.add(fact.kind)
        sessions[-1].turns += new
    return sessions


def _among_others(writer: _Writer, asked: list[Turn], never_told: Callable[[], str | None]) -> list[Turn]:
    """What is asked, now and then beside a question for something never told or one of another matter."""
    rng = writer.rng
    if rng.random() < UNKNOWN_SHARE and (name := never_told()):
        asked = _either(rng, asked, writer.ask_unknown(name))
    if rng.random() < GENERAL:
        asked = _either(rng, asked, writer.ask_general())
    return asked


def _other(rng: random.Random, pool: Sequence[str], asked: Collection[str]) -> str | None:
    """A kind of the pool, none where it was asked before."""
    name = rng.choice(pool)
    return None if name in asked else name


def _either(rng: random.Random, one: list[Turn], other: list[Turn]) -> list[Turn]:
    """Both, in any order."""
    return one + other if rng.random() < 0.5 else other + one


def _store_first(writer: _Writer, pool: tuple[str, ...], told: Collection[str], used: set[str]) -> Session:
    """Questions of kinds not in `told` that only passages answer."""
    rng, split = writer.rng, writer.split
    names = rng.sample(pool, min(len(pool), len(told) + 3))
    others = [name for name in names if name not in told][: rng.randint(1, 3)]
    facts = [make_fact(rng, n, fresh_value(rng, kind(n), split, used), split) for n in others]
    return Session("ask", [turn for fact in facts for turn in writer.ask_from_store(fact)])


def sample_episode(
    rng: random.Random,
    tokens_budget: int,
    text_source: TextSource,
    count_tokens: Callable[[str], int],
    *,
    general: TextSource = lambda rng: (),
    split: Split = "train",
    names: Sequence[str] | None = None,
    facts: int | None = None,
    mini_batch: int = 128,
    passages: bool = True,
) -> Episode:
    """One episode of about `tokens_budget` tokens.

    Args:
        rng: source of chance; the episode depends on nothing else.
        tokens_budget: tokens to fill.
        text_source: other text as (role, text) turns.
        count_tokens: length of a text, an estimate will do.
        general: questions that have nothing to do with the user and their answers, as (role, text) turns.
        split: whose values, wordings and small talk.
        names: kinds to tell of; default all of training.
        facts: how many; default 1 to 16, rather many than few, fewer when the budget is small.
        mini_batch: tokens that sessions are padded to.
        passages: whether memory turns occur.
    """
    pool = tuple(names or kinds("train"))
    most = max(1, min(16, (tokens_budget - 2 * mini_batch) // 170))
    number = facts or max(rng.randint(1, most), rng.randint(1, most))
    writer = _Writer(rng, split, text_source, general, passages)
    made_up = MADE_UP if split == "train" and names is None else 0.0
    person = sample_person(rng, split, number, pool, paired=PAIRED, made_up=made_up)
    current = {f.kind: f for f in person}
    used = {f.value.lower() for f in person}

    first = [_store_first(writer, pool, current, used)] if rng.random() < STORE_FIRST else []
    told = _cut(rng, person, -(-len(person) // rng.choice((1, 2, 4, 6, 12, 12))))
    if tokens_budget < 4 * mini_batch * (len(told) + 1):
        told = _cut(rng, person, max(1, tokens_budget // (4 * mini_batch)))
    sessions = [_tell_session(writer, group) for group in told]
    early: list[Fact] = []
    if len(sessions) > 1 and rng.random() < 0.5:  # some are asked soon after
        at = rng.randrange(1, len(sessions))
        known = [f for group in told[:at] for f in group]
        early = rng.sample(known, min(len(known), rng.randint(1, 2)))
        sessions.insert(at, Session("ask", [t for f in early for t in writer.ask(f)]))

    corrected = [f for f in person if rng.random() < 0.1]
    if corrected:
        session = Session("tell")
        for old in corrected:
            new = make_fact(rng, old.kind, fresh_value(rng, kind(old.kind), split, used), split)
            current[old.kind] = new
            session.turns += writer.tell([new], correction=True)
        sessions.append(session)

    def padded(sessions: Iterable[Session]) -> int:
        sizes = [sum(count_tokens(t.text) + 2 for t in s.turns) for s in sessions]
        return sum(-(-size // mini_batch) * mini_batch for size in sizes)

    def read(session: Session) -> list[Session]:
        """The session, little of it padding, and its second reading."""
        if session.part == "tell" or rng.random() < 0.2:
            _round_up(writer, session, count_tokens, mini_batch)
        again = session.part == "tell" or rng.random() < AGAIN
        return [session, *(_again(session) if again else [])]

    units = [read(session) for session in first + sessions]
    left = tokens_budget - sum(map(padded, units))
    # what is left goes to other text
    room = left - int(left * rng.uniform(0.0, 0.25))
    asks = _asks(writer, list(current.values()), person, pool, room, count_tokens, mini_batch)
    last = [read(session) for session in asks]
    left += mini_batch // 2 - sum(map(padded, last))

    places: list[list[Session]] = [[] for _ in range(len(units) + 1)]
    while left > mini_batch // 3:
        wanted = min(left, rng.choice((1, 2, 2, 3, 4)) * mini_batch - mini_batch // 4)
        filler, size = _filler(writer, text_source, count_tokens, wanted)
        # most of it between the last telling and the asking
        where = len(units) if rng.random() < 0.5 else rng.randrange(len(places))
        places[where].append(filler)
        left -= size - mini_batch // 4
    ordered = list(places[0])
    for unit, fillers in zip(units, places[1:]):
        ordered += [*unit, *fillers]
    return Episode([*ordered, *(s for unit in last for s in unit)], list(current.values()))


def sample_reader(
    rng: random.Random,
    tokens_budget: int,
    text_source: TextSource,
    count_tokens: Callable[[str], int],
    *,
    general: TextSource = lambda rng: (),
    split: Split = "train",
    mini_batch: int = 128,
) -> Episode:
    """An episode in which nothing is told: questions that passages answer, and few that nothing answers.

    The arguments are those of `sample_episode`.
    """
    pool = tuple(kinds("train"))
    writer = _Writer(rng, split, text_source, general, True)
    made_up = MADE_UP if split == "train" else 0.0
    sessions: list[Session] = []
    size, asked = 0, set[str]()
    room = tokens_budget
    while room > 0:
        fact = sample_person(rng, split, 1, pool, made_up=made_up)[0]
        asked.add(fact.kind)
        new = writer.ask_from_store(fact, keep=True)
        new = _among_others(writer, new, lambda: _other(rng, pool, asked))
        tokens = sum(count_tokens(t.text) + 2 for t in new)
        if size < tokens:
            size = rng.choice((1, 1, 2, 2, 3)) * mini_batch
            room -= size
            sessions.append(Session("ask"))
        size -= tokens
        sessions[-1].turns += new
    return Episode(sessions, [])


def sample_conversation(
    rng: random.Random,
    text_source: TextSource,
    *,
    general: TextSource = lambda rng: (),
    split: Split = "train",
) -> list[Turn]:
    """A short conversation that needs no memory: what is asked was told a moment before or stands in a passage,
    or its value counts nothing.

    It teaches what questions are about and what tellings say, for a fraction of what an episode costs.
    The arguments are those of `sample_episode`.
    """
    writer = _Writer(rng, split, text_source, general, True)
    made_up = MADE_UP if split == "train" else 0.0
    facts = sample_person(rng, split, rng.randint(2, 8), kinds("train"), paired=PAIRED, made_up=made_up)
    told: list[Fact] = []
    turns = writer.chat(greet=True) if rng.random() < 0.2 else []
    for fact in facts:
        if rng.random() < IN_SIGHT:
            turns += writer.tell([fact])
            told.append(fact)
        elif rng.random() < 0.5:
            turns += writer.ask_from_store(fact)
        else:
            turns += [replace(t, known=not t.ask) for t in writer.ask(fact)]
        if told and rng.random() < 0.4:
            turns += writer.ask(told.pop(rng.randrange(len(told))))
        if rng.random() < GENERAL_BESIDE:
            turns += writer.ask_general()
    for fact in rng.sample(told, len(told)):
        turns += writer.ask(fact)
    return turns
