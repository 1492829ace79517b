"""Small talk between user and assistant, recombined from patterns; training and tests share none.

Lines of a topic fit each other: any reply suits any opening. `wordings/small_talk.txt` has a block a
topic: `>` openings of the user, `<` replies, `>>` and `<<` those for tests only; `slots.txt` has what
fills their slots.
"""

from __future__ import annotations

import functools
import random

from core.episodes.values import Split
from core.episodes.wording import Wordings, capital
from core.episodes.words import read

GREETINGS: dict[Split, tuple[str, ...]] = {
    "train": ("Hi! ", "Hello. ", "Hey. ", "Good evening. ", "Morning! ", "Good afternoon. ", "Hi there. "),
    "test": ("Hello again. ", "Me again. "),
}
OPENINGS: dict[Split, tuple[str, ...]] = {
    "train": ("", "", "", "", "", "", "Well, ", "You know, ", "Guess what, ", "Phew, "),
    "test": ("", "", "", "", "Listen, ", "Imagine, "),
}
CLOSINGS: dict[Split, tuple[str, ...]] = {
    "train": (
        "", "", "", "", " Anyway.", " That's life.", " What do you think?", " Just saying.", " Oh well.", " How are you?",
        " I had to tell someone.",
    ),
    "test": ("", "", "", " So it goes.", " What would you say?"),
}  # fmt: skip
THANKS: dict[Split, tuple[tuple[str, str], ...]] = {
    "train": (
        ("Thanks.", "You're welcome!"),
        ("Thank you, that helps.", "Glad to hear it."),
        ("You're right.", "I'm happy to help."),
        ("Maybe.", "Take your time."),
        ("Good idea.", "Let me know how it goes."),
        ("Okay, see you later.", "See you later!"),
        ("I'll try that.", "Good luck!"),
        ("Ha, true.", "Anything else on your mind?"),
        ("I'm not so sure.", "That's fair."),
        ("That makes sense.", "Good."),
    ),
    "test": (("Fair enough.", "I'm glad."), ("I'll think about it.", "Do that."), ("Bye for now.", "Bye!")),
}


def _small(line: str) -> str:
    return line if line.startswith(("I ", "I'")) else line[:1].lower() + line[1:]


_REQUESTS = ("Tell", "Give", "Surprise", "Say", "Teach", "Share", "Make", "I'm bored")


@functools.cache
def topics() -> tuple[tuple[Wordings, Wordings], ...]:
    """(openings of the user, replies) of each topic."""
    found = []
    for block in read("small_talk").split("\n\n"):
        lines = [line.split(" ", 1) for line in block.splitlines()]
        of = {mark: tuple(text for m, text in lines if m == mark) for mark in (">", ">>", "<", "<<")}
        found.append(({"train": of[">"], "test": of[">>"]}, {"train": of["<"], "test": of["<<"]}))
    return tuple(found)


@functools.cache
def _slots() -> dict[str, tuple[str, ...]]:
    lines = (line.split(" = ") for line in read("slots").splitlines())
    return {name: tuple(entries.split(";")) for name, entries in lines}


def _fill(rng: random.Random, line: str) -> str:
    while (start := line.find("{")) >= 0:
        end = line.index("}", start)
        word = rng.choice(_slots()[line[start + 1 : end]])
        if word not in line:  # a slot that occurs twice gets two words
            line = line[:start] + word + line[end + 1 :]
    return line[:1].upper() + line[1:]


def small_talk(rng: random.Random, split: Split, *, greet: bool = False) -> list[tuple[str, str]]:
    """One short exchange of two or four turns, as (role, text), now and then with a greeting."""
    users, replies = rng.choice(topics())
    said = _fill(rng, rng.choice(users[split]))
    if said.endswith(".") and not said.startswith(_REQUESTS):
        opening = rng.choice(OPENINGS[split])
        said = opening + (_small(said) if opening.endswith(", ") else said) + rng.choice(CLOSINGS[split])
    if greet and rng.random() < 0.5:
        said = rng.choice(GREETINGS[split]) + capital(said)
    turns = [("user", said), ("assistant", _fill(rng, rng.choice(replies[split])))]
    if rng.random() < 0.25:
        turns += zip(("user", "assistant"), rng.choice(THANKS[split]))
    return turns


def small_line(rng: random.Random, split: Split) -> str:
    """One sentence of the user about nothing that matters."""
    return _fill(rng, rng.choice(rng.choice(topics())[0][split]))
