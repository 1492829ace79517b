"""Sentences: first person to second person, general wordings, carriers around a fact or a question.

Every list of wordings has a part for training and a part for tests; the two share no entry.
"""

from __future__ import annotations

import functools
import random
import re

from core.episodes.values import Split
from core.episodes.words import words

Wordings = dict[Split, tuple[str, ...]]

GENERAL_TELLS: Wordings = {
    "train": (
        "{t} is {v}.",
        "{v} is {t}.",
        "{v}, that's {t}.",
        "{t} happens to be {v}.",
        "if you ask about {t}, it's {v}.",
        "{t} would be {v}.",
    ),
    "test": ("as for {t}, it is {v}.", "it's {v}, {t}."),
}
GENERAL_ASKS: Wordings = {
    "train": (
        "what is {t}?",
        "do you remember {t}?",
        "can you tell me {t}?",
        "what did I say about {t}?",
        "tell me {t}, please.",
        "remind me of {t}.",
        "what's {t} again?",
        "do you know {t}?",
        "what was {t}?",
        "I'd like to know {t}.",
        "give me {t}.",
    ),
    "test": ("I forgot {t}, what is it?", "could you remind me what {t} is?", "do you still know {t}?"),
}
BEFORE_TELL: Wordings = {
    "train": (
        "By the way, {s}",
        "Just so you know, {s}",
        "I should mention that {s}",
        "For your information: {s}",
        "Did I tell you that {s?}",
        "Something about me: {s}",
        "Please remember this: {s}",
        "Oh, and {s}",
        "One more thing: {s}",
        "Let me tell you something: {s}",
        "You should know that {s}",
        "Keep in mind that {s}",
        "A small fact for later: {s}",
        "Before I forget, {s}",
        "Speaking of that, {s}",
        "Well, {s}",
        "So, {s}",
        "Hey, {s}",
        "I think I never said it: {s}",
        "Note for later: {s}",
        "It may help to know that {s}",
        "Not sure if I mentioned it, but {s}",
        "Hi! {S}",
        "Good morning. {S}",
    ),
    "test": (
        "Here is something to keep: {s}",
        "While I think of it, {s}",
        "You may want to store this: {s}",
        "Fun fact: {s}",
        "To fill you in, {s}",
        "I meant to say that {s}",
        "Hello there. {S}",
    ),
}
AFTER_TELL: Wordings = {
    "train": (
        "{s}, in case it matters.",
        "{s}, by the way.",
        "{s}, just so you know.",
        "{s}. Please remember that.",
        "{s}. That's all for now.",
        "{s}. I may ask you about it later.",
        "{s}. I keep forgetting it myself.",
        "{s}, if that helps.",
        "{s}. Can you keep that in mind?",
        "{s}. I hope you can remember it.",
        "{s}, as I may have said.",
        "{s}. Don't ask me why.",
    ),
    "test": (
        "{s}, for what it's worth.",
        "{s}. Hold on to that for me.",
        "{s}. It might come up again.",
        "{s}, should you ever need it.",
    ),
}
CORRECTIONS: Wordings = {
    "train": (
        "Actually, {s}",
        "Correction: {s}",
        "I was wrong before: {s}",
        "I have to correct myself, {s}",
        "Something has changed: {s}",
        "Forget what I said before, {s}",
        "Sorry, I made a mistake. {S}",
        "No longer true, what I told you. Now {s}",
        "An update: {s}",
    ),
    "test": ("I need to fix something: {s}", "That has changed since: {s}", "My mistake earlier, {s}"),
}
BEFORE_ASK: Wordings = {
    "train": (
        "Quick question: {s}",
        "By the way, {s}",
        "I can't remember: {s}",
        "Let's see what you remember. {S}",
        "Hey, {s}",
        "One thing: {s}",
        "Sorry to ask again, but {s}",
        "I'm filling in a form. {S}",
        "Help me out: {s}",
        "Before I go, {s}",
        "Now tell me, {s}",
        "Okay, {s}",
    ),
    "test": (
        "Here is a test: {s}",
        "My mind is blank. {S}",
        "Out of interest, {s}",
        "A friend wants to know: {s}",
    ),
}
AFTER_ASK: Wordings = {
    "train": (
        "{S} I need it for a form.",
        "{S} It slipped my mind.",
        "{S} I told you some time ago.",
        "{S} Just checking.",
        "{S} Thanks in advance.",
        "{S} A short answer is fine.",
    ),
    "test": ("{S} I wrote it down nowhere.", "{S} I'm drawing a blank.", "{S} Keep it brief."),
}
UNKNOWN: Wordings = {
    "train": (
        "You haven't told me {t} yet.",
        "I don't know {t} yet, you haven't told me.",
        "I don't think you have told me {t}.",
        "You haven't mentioned {t} so far.",
    ),
    "test": ("You haven't told me {t} yet.",),
}
NOTED: Wordings = {
    "train": (
        "Got it, thanks for telling me.",
        "Thanks, I'll remember that.",
        "Good to know!",
        "Noted.",
        "Thank you, I'll keep that in mind.",
        "All right, I've made a note of it.",
        "Okay, that's good to know.",
        "Understood, I'll remember.",
        "Nice, thanks for sharing that.",
        "Sure, I'll keep it in mind.",
        "I'll remember that for you.",
        "Alright. Anything else I should know?",
        "Thanks for letting me know.",
        "Okay, got that.",
        "That's helpful, thank you.",
    ),
    "test": ("Thanks, I have stored that.", "Fine, I'll hold on to it.", "Right, I'll know it when you ask."),
}
REPEATED: Wordings = {
    "train": ("Got it. {r}", "Okay: {r}", "Noted! {r}", "Thanks. {r}", "I see. {r}"),
    "test": ("Understood. {r}", "Very well. {r}"),
}
UPDATED: Wordings = {
    "train": (
        "Thanks for the correction.",
        "Okay, I've updated that.",
        "No problem, I'll remember the new version.",
        "Got it, I'll use that from now on.",
        "Understood, the old one is gone.",
    ),
    "test": ("Fine, that replaces what I knew.", "Thanks, I have changed it."),
}
ANSWERS: Wordings = {
    "train": ("{r}", "{r}", "{r}", "{r}", "{r}", "I remember. {r}", "Of course. {r}", "Yes. {r}"),
    "test": ("{r}",),
}

_SECOND = {
    "my": "your",
    "our": "your",
    "i'm": "you're",
    "i've": "you've",
    "i'd": "you'd",
    "i'll": "you'll",
    "i": "you",
    "we": "you",
    "me": "you",
    "us": "you",
    "mine": "yours",
    "ours": "yours",
    "myself": "yourself",
}
_PAIRS = re.compile(r"\b(I|i) (am|was)\b")
_BACK = re.compile(r"\b(am) (I|i)\b")
_WORD = re.compile(r"(?<!\{)\b(I'm|I've|I'd|I'll|[Mm]y|[Oo]ur|I|[Ww]e|me|us|mine|ours|myself)\b(?!\})")
_REQUESTS = frozenset(words("Remind Tell Dial Type Cook Pour Keep Knock Look Turn Whisper Quote Be"))
_LOWER = frozenset(
    words("my our the a an people you your between at as when if in on it we they nobody every before look")
    + words(
        "what who which where how do does can could tell remind all you this that remember please for letters"
    )
    + words("""something friends among by during across dial type cook pour keep quote knock shoes becoming wrapped
turn whisper be behind beside next some there guests after with most no someone since left""")
)


@functools.lru_cache(maxsize=65_536)
def second_person(text: str) -> str:
    """What the user says of themselves, as the assistant says it to them."""
    text = _PAIRS.sub(lambda m: "you " + {"am": "are", "was": "were"}[m[2]], text)
    text = _BACK.sub("are you", text)
    return _WORD.sub(lambda m: _SECOND[m[1].lower()], text)


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def lower_start(text: str) -> str:
    """The text with a small first letter where its first word is not a name."""
    first = text.split(" ", 1)[0].rstrip(",:").removesuffix("'s").lower()
    return text[:1].lower() + text[1:] if first in _LOWER else text


def fill(pattern: str, sentence: str) -> str:
    """A carrier with its sentence: {s} small start, {S} capital start, {s?} made a question."""
    if "{s?}" in pattern:
        return pattern.replace("{s?}", lower_start(sentence).rstrip(".") + "?")
    if "{S}" in pattern:
        return pattern.replace("{S}", capital(sentence))
    if pattern.startswith("{s}"):
        return pattern.replace(
            "{s}", capital(sentence).rstrip(".") if pattern[3:4] in ",." else capital(sentence)
        )
    return pattern.replace("{s}", lower_start(sentence))


def article(value: str) -> str:
    """a or an."""
    return "an" if value[:1].lower() in "aeiou" and not value.lower().startswith(("uni", "uk", "eu")) else "a"


def carried(
    rng: random.Random, sentence: str, split: Split, before: Wordings, after: Wordings, share: float
) -> str:
    """The sentence, sometimes inside a carrier."""
    if rng.random() >= share:
        return capital(sentence)
    both = before if rng.random() < 0.6 else after
    pattern = rng.choice(both[split])
    if sentence.split(" ", 1)[0] in _REQUESTS and "{S}" not in pattern:
        return capital(sentence)
    return fill(pattern, sentence)
