"""Small talk by recombination, with separate patterns for the test split."""

from __future__ import annotations

import random

OPEN = {
    "train": ["It is {w} today.", "The weather was {w} all week.", "I {did} this morning.", "I might {do} later.", "I feel {m} today.", "Work was {m} again.", "I had {f} for lunch.", "Do you like {f}?", "The train was late again.", "I could not sleep last night.", "I read a story about {x}.", "What do you think about {x}?", "Tell me something about {x}.", "I am thinking of {x}.", "My weekend was {m}.", "How are you today?", "Is it a good idea to {do}?", "I need a break.", "Let's talk about {x}.", "I saw {x} on the news."],
    "test": ["It turned {w} around noon.", "I ended up {m} after lunch.", "We had {f} yesterday.", "Somebody at the market sold {f}.", "I wonder about {x} sometimes.", "There was a programme on {x}.", "I would rather {do} than work.", "The bus never came.", "What a {m} day it has been.", "I spilled my coffee.", "People keep asking me about {x}.", "Shall I {do} tomorrow?"],
}
REPLY = {
    "train": ["That sounds {m}.", "I see.", "Interesting, tell me more.", "I hope it gets better.", "That is good to hear.", "Why not?", "It depends on the day.", "I think so.", "Maybe later.", "I am doing well, thank you.", "There is much to say about that.", "Take your time.", "Sounds like a plan.", "I would not worry about it."],
    "test": ["Fair enough.", "Let us see how it goes.", "That can happen.", "I understand.", "Good luck with it.", "Sure, go ahead."],
}
SLOTS = {
    "w": "cold warm rainy windy foggy sunny cloudy grey bright stormy mild damp".split(),
    "m": "tired happy busy calm long strange quiet nice dull lovely hectic fine".split(),
    "f": "soup bread salad rice stew cake sandwiches pancakes leftovers porridge".split(),
    "x": ["old clocks", "space travel", "gardening", "the sea", "good sleep", "trains", "the election", "learning languages", "bees", "mountains", "cheap flights", "cooking", "robots", "history", "chess", "the cinema"],
    "do": ["go for a walk", "clean the kitchen", "call a friend", "read a book", "watch a film", "bake something", "go shopping", "fix the shelf", "take a nap", "write a letter"],
    "did": ["went for a run", "cleaned the windows", "missed the bus", "watered the plants", "answered many letters", "burned the toast", "paid some bills"],
}
CARRIERS = {
    "train": ["{t}", "{t}", "{t}", "By the way, {l}", "Just so you know, {l}", "Let me tell you something: {l}", "{t} I thought I would mention it.", "Please remember this: {t}", "I wanted to say that {l}", "{t} Don't forget it.", "Note that {l}", "Hi! {t}"],
    "test": ["{t}", "One more thing: {l}", "For the record, {l}", "{t} Keep that in mind, please.", "Oh, and {l}"],
}
ASKERS = {
    "train": ["{t}", "{t}", "{t}", "I have a question. {t}", "Quick question: {l}", "Do you remember? {t}", "Hello again. {t}", "I forgot something. {t}"],
    "test": ["{t}", "{t}", "Let me test you. {t}", "It slipped my mind. {t}", "Before I go: {l}"],
}
ACKS = {
    "train": ["Got it.", "Thanks for telling me.", "Noted.", "I will remember that.", "Good to know.", "Okay, I will keep that in mind.", "Understood."],
    "test": ["Alright, noted.", "Okay, thank you.", "I have it."],
}


def _fill(rng: random.Random, text: str) -> str:
    for name, options in SLOTS.items():
        if "{" + name + "}" in text:
            text = text.replace("{" + name + "}", rng.choice(options))
    return text


def small_talk(rng: random.Random, split: str) -> list[tuple[str, str]]:
    """One short exchange as (role, text) turns."""
    say = " ".join(_fill(rng, t) for t in rng.sample(OPEN[split], rng.choice((1, 1, 2))))
    return [("user", say), ("assistant", _fill(rng, rng.choice(REPLY[split])))]


def carry(rng: random.Random, forms: dict[str, list[str]], split: str, text: str) -> str:
    """A sentence inside one of the carriers of a split."""
    first = text.split(" ", 1)[0]
    keep = first in ("I", "I'm") or (first.lower() not in STARTS)
    return rng.choice(forms[split]).format(t=text, l=text if keep else text[0].lower() + text[1:])


STARTS = {"my", "the", "these", "everyone", "for", "of", "on", "to", "when", "please", "you", "people", "we", "what", "which", "where", "do", "does", "tell", "remind", "who", "in", "how", "did"}
