"""Sentences: first person to second person, general wordings, carriers around a fact or a question.

Every list of wordings has a part for training and a part for tests; the two share no entry.
"""

from __future__ import annotations

import functools
import random
import re

from core.episodes.values import Split
from core.episodes.words import read, words

Wordings = dict[Split, tuple[str, ...]]


def _more() -> dict[str, tuple[str, ...]]:
    """Further entries of training from `wordings/carriers.txt`: `# LIST`, then one entry a line."""
    blocks = [block.splitlines() for block in read("carriers").split("\n\n")]
    return {head.removeprefix("# "): tuple(lines) for head, *lines in blocks}


_MORE = _more()

GENERAL_TELLS: Wordings = {
    "train": (
        "{t} is {v}.",
        "{v} is {t}.",
        "{v}, that's {t}.",
        "{t} happens to be {v}.",
        "if you ask about {t}, it's {v}.",
        "{t} would be {v}.",
        "I can tell you {t}: {v}.",
        "what you should know is {t}, which is {v}.",
        "{t} is {v} and has been for a while.",
        "when it comes to {t}, {v} is the answer.",
        "the answer to that one is easy: {t} is {v}.",
        "remember {v} as {t}.",
        "{v}, in case anyone asks about {t}.",
        "I'd say {t} is {v}.",
        "you can write down {v} for {t}.",
        "talking about {t}, that would be {v}.",
    ),
    "test": (
        "as for {t}, it is {v}.",
        "it's {v}, {t}.",
        "{v} is what you can note as {t}.",
        "let me give you {t}: {v}.",
        "if someone wants to know {t}, say {v}.",
    ),
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
        "have you kept {t}?",
        "what do you have down as {t}?",
        "I need {t} now.",
        "please look up {t} in your memory.",
        "which one was {t}?",
        "could you give me {t}, please?",
        "I can't think of {t} right now.",
        "any idea what {t} is?",
        "so what is {t}?",
        "I told you {t}, what was it?",
        "what is {t} once more?",
        "let me hear {t}.",
    ),
    "test": (
        "I forgot {t}, what is it?",
        "could you remind me what {t} is?",
        "do you still know {t}?",
        "what did you note as {t}?",
        "what would you say is {t}?",
        "{t}, what was that again?",
        "can you recall {t}?",
    ),
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
        "You can write this down: {s}",
        "Let me add something: {s}",
        "Another thing about me: {s}",
        "I don't know if it matters, but {s}",
        "In case you wonder, {s}",
        "Between you and me, {s}",
        "I was just thinking that {s}",
        "It's not a secret that {s}",
        "To be honest, {s}",
        "As it happens, {s}",
        "Since we are talking, {s}",
        "I'd like you to know that {s}",
        "Here's a detail about my life: {s}",
        "Random thing, but {s}",
        "Also, {s}",
        "Okay, next one: {s}",
        "Oh right, {s}",
        "I forgot to say that {s}",
        "Something I haven't told you yet: {s}",
        "For the record, {s}",
        "Do remember that {s}",
        "Make a note of this, please: {s}",
        "I want you to remember that {s}",
        "This may sound odd, but {s}",
        "Well, what can I say, {s}",
        "People often ask me, so here it is: {s}",
        "Just a note: {s}",
        "I hope you can use this: {s}",
        "My life in short: {s}",
        "You asked about me once. {S}",
        "Good evening. {S}",
        "Thanks for listening. {S}",
        "I have a bit of news. {S}",
        "Let's talk about me for a moment. {S}",
        "Nothing special today. {S}",
        "Here I am again. {S}",
        "I had a long day. {S}",
        "Remember this one. {S}",
        "That reminds me, {s}",
        "And before I go, {s}",
        *_MORE["BEFORE_TELL"],
    ),
    "test": (
        "Here is something to keep: {s}",
        "While I think of it, {s}",
        "You may want to store this: {s}",
        "Fun fact: {s}",
        "To fill you in, {s}",
        "I meant to say that {s}",
        "Hello there. {S}",
        "Could you keep this in mind: {s}",
        "One detail for you: {s}",
        "I may as well say it, {s}",
        "Now that I think about it, {s}",
        "Add this to what you know: {s}",
        "Don't lose this: {s}",
        "Let me share something. {S}",
        "I'm back with a detail. {S}",
        "So you know me better: {s}",
        "Good to see you. {S}",
        "Not that it matters, but {s}",
        "I'd better tell you now: {s}",
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
        "{s}. I thought you should know.",
        "{s}, believe it or not.",
        "{s}, to be precise.",
        "{s}. Write that down, please.",
        "{s}, but that's another story.",
        "{s}. You never know when that is useful.",
        "{s}. Nothing more to say about it.",
        "{s}, which may be good to know.",
        "{s}, as everyone around me knows.",
        "{s}. Funny how things go.",
        "{s}. Please don't forget.",
        "{s}. Make a note of it, will you?",
        "{s}, so keep that in mind.",
        "{s}. I'm quite happy about it.",
        "{s}. It took me a while to get used to it.",
        "{s}, at least for now.",
        "{s}. That's the way it is.",
        "{s}. What do you make of that?",
        "{s}. Tell me if you need more details.",
        "{s}, and I wanted to tell somebody.",
        "{s}. There, now you know.",
        "{s}, if you want to know.",
        "{s}. Just saying.",
        "{s}. Anyway, how are you?",
        *_MORE["AFTER_TELL"],
    ),
    "test": (
        "{s}, for what it's worth.",
        "{s}. Hold on to that for me.",
        "{s}. It might come up again.",
        "{s}, should you ever need it.",
        "{s}. Could come in handy one day.",
        "{s}, and that won't change soon.",
        "{s}. Now it's in your memory, I hope.",
        "{s}, as far as I'm concerned.",
        "{s}. Don't let it slip.",
        "{s}, as I like to point out.",
        "{s}. That's one thing less to explain later.",
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
        "Wait, that has changed: {s}",
        "I told you something else before, but {s}",
        "Please replace what you had: {s}",
        "It's different now: {s}",
        "Scratch that. {S}",
        "I mixed it up earlier. {S}",
        "There has been a change. {S}",
        "Not any more. {S}",
        "I must take back what I said: {s}",
        "The right version is this: {s}",
        "Update your notes: {s}",
        "What I said is out of date. {S}",
        *_MORE["CORRECTIONS"],
    ),
    "test": (
        "I need to fix something: {s}",
        "That has changed since: {s}",
        "My mistake earlier, {s}",
        "Let me put that right: {s}",
        "Change of plan: {s}",
        "I gave you the wrong thing before. {S}",
    ),
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
        "Tell me something: {s}",
        "I wonder: {s}",
        "Just to be sure, {s}",
        "Could you help me? {S}",
        "I'm trying to remember something. {S}",
        "Hi again. {S}",
        "Good morning. {S}",
        "Somebody just asked me: {s}",
        "I need your memory now: {s}",
        "What was it again, {s}",
        "Let me ask you something: {s}",
        "For a form I need this: {s}",
        "I have a question about myself: {s}",
        "You may remember this: {s}",
        "Small quiz: {s}",
        "And while we are at it, {s}",
        "I should know this, but {s}",
        "Next question: {s}",
        "One more question: {s}",
        "My head is empty today. {S}",
        "Be so kind and tell me: {s}",
        "I'm on the phone with someone. {S}",
        *_MORE["BEFORE_ASK"],
    ),
    "test": (
        "Here is a test: {s}",
        "My mind is blank. {S}",
        "Out of interest, {s}",
        "A friend wants to know: {s}",
        "Let me check something: {s}",
        "I have to ask: {s}",
        "Time for a question: {s}",
        "Could you remind me? {S}",
        "It's been a while. {S}",
        "I'm writing something down, {s}",
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
        "{S} I'm not sure any more.",
        "{S} I know I told you.",
        "{S} Someone wants to know.",
        "{S} I have to write it down.",
        "{S} Please answer in one sentence.",
        "{S} I think we talked about it.",
        "{S} You should know that.",
        "{S} I'm curious whether you remember.",
        "{S} It was in an earlier chat.",
        "{S} No hurry.",
        "{S} I mentioned it once.",
        "{S} I keep forgetting.",
        *_MORE["AFTER_ASK"],
    ),
    "test": (
        "{S} I wrote it down nowhere.",
        "{S} I'm drawing a blank.",
        "{S} Keep it brief.",
        "{S} We spoke about it before.",
        "{S} I trust your memory.",
        "{S} I can't recall it myself.",
    ),
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
_REQUESTS = frozenset(
    words("be call cook dial don't give just keep knock let look make note please pour quote remember remind")
    + words("send tell turn type use whisper write")
)
"""First words of sentences that cannot follow a "that"."""


@functools.lru_cache(maxsize=65_536)
def second_person(text: str) -> str:
    """What the user says of themselves, as the assistant says it to them."""
    text = _PAIRS.sub(lambda m: "you " + {"am": "are", "was": "were"}[m[2]], text)
    text = _BACK.sub("are you", text)
    return _WORD.sub(lambda m: _SECOND[m[1].lower()], text)


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def fill(pattern: str, sentence: str) -> str:
    """A carrier with its sentence: {s} as it is, {S} with a capital, {s?} made a question."""
    if pattern.startswith("{s}"):
        start = capital(sentence)
        return pattern.replace("{s}", start.rstrip(".!") if pattern[3:4] in ",." else start)
    pattern = pattern.replace("{s?}", sentence.rstrip(".!") + "?")
    return pattern.replace("{S}", capital(sentence)).replace("{s}", sentence)


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
    if re.search(r"that \{s", pattern) and sentence.split(" ", 1)[0] in _REQUESTS:
        return capital(sentence)
    return fill(pattern, sentence)
