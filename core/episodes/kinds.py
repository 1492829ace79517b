"""Kinds of facts, by rule: a subject crossed with a pattern of tellings, questions and answers.

`{s}` is the subject as the user says it ("my sister"), `{y}` as the assistant does ("your
sister"), `{v}` the value. Each pattern keeps its last two tellings and questions for the test.
"""

from __future__ import annotations

from dataclasses import dataclass

PEOPLE = "sister brother mother father aunt uncle cousin wife husband partner son daughter boss neighbour teacher doctor roommate friend grandmother grandfather niece nephew colleague landlord dentist coach".split()
UNSEEN_PEOPLE = "stepfather godmother tutor lodger cleaner".split()
NAMED = "dog cat horse parrot rabbit hamster goldfish pony boat band team project company school street village car cottage cafe gym bank farm tortoise plant robot laptop shop newsletter choir island goat".split()
UNSEEN_NAMED = "ferret bakery donkey canoe podcast".split()
CODED = "garage,locker,safe,gate,alarm,bike lock,office,mailbox,suitcase,cellar,phone,front door,storage room,car park,library card,gym card,wifi,shed,boat house,attic".split(",")
UNSEEN_CODED = "greenhouse,vault,staff room,caravan".split(",")
LIKED = {"colour": "colour", "food": "food", "season word": "word", "city": "place", "hobby": "hobby", "instrument": "instrument", "subject": "subject", "author": "full", "song": "two", "book": "two", "film": "two", "band": "madename", "animal": "word", "singer": "full", "number": "number", "snack": "food", "car": "car", "poet": "full"}
UNSEEN_LIKED = {"painter": "full", "board game": "two", "fruit": "food", "tree": "word"}


@dataclass(frozen=True)
class Kind:
    """One kind of fact: wordings with {v}, the last two tells and asks for the test split."""

    name: str
    family: str
    value: str
    tells: tuple[str, ...]
    asks: tuple[str, ...]
    answers: tuple[str, ...]
    topic: str
    """What it is about, as the assistant says it ("your sister's name")."""


def _verb(family: str, value: str, person: str, tell: str, ask: str, answer: str, topic: str) -> Kind:
    """A kind from '|'-separated wordings with {s} and {y} filled in."""

    def fill(text: str) -> tuple[str, ...]:
        return tuple(t.replace("{s}", f"my {person}").replace("{y}", f"your {person}").replace("{S}", f"My {person}").replace("{Y}", f"Your {person}") for t in text.split("|"))

    return Kind(f"{family}:{person}", family, value, fill(tell), fill(ask), fill(answer), fill(topic)[0])


PERSON_PATTERNS = {
    "name": ("name", "{S} is called {v}.|{S}'s name is {v}.|The name of {s} is {v}.|{v} is the name of {s}.|{S} goes by {v}.|Everyone calls {s} {v}.", "What is {s} called?|What is {s}'s name?|Do you know the name of {s}?|Tell me {s}'s name.|Remind me what {s} is called.|How is {s} called again?", "{Y} is called {v}.|{Y}'s name is {v}.", "{y}'s name"),
    "lives": ("place", "{S} lives in {v}.|{S} has a flat in {v}.|{S}'s home is in {v}.|{S} moved to {v}.|{S} settled in {v}.|These days {s} lives in {v}.", "Where does {s} live?|In which town does {s} live?|Do you know where {s} lives?|Tell me where {s} lives.|Where is {s}'s home?|Remind me where {s} lives.", "{Y} lives in {v}.", "where {y} lives"),
    "works": ("job", "{S} works as a {v}.|{S}'s job is {v}.|{S} is a {v} by trade.|{S} earns a living as a {v}.|{S} became a {v}.|{S} is employed as a {v}.", "What does {s} do for a living?|What is {s}'s job?|What does {s} work as?|Tell me {s}'s job.|Remind me of {s}'s job.|What is {s}'s profession?", "{Y} works as a {v}.", "{y}'s job"),
    "birthday": ("date", "{S}'s birthday is on {v}.|{S} was born on {v}.|{S} has a birthday on {v}.|On {v} we celebrate {s}'s birthday.|{v} is {s}'s birthday.|{S} turns a year older on {v}.", "When is {s}'s birthday?|When was {s} born?|On which day is {s}'s birthday?|Tell me {s}'s birthday.|What is the date of {s}'s birthday?|Remind me when {s}'s birthday is.", "{Y}'s birthday is on {v}.", "{y}'s birthday"),
    "drives": ("car", "{S} drives a {v}.|{S}'s car is a {v}.|{S} bought a {v}.|{S} owns a {v}.|{S} gets around in a {v}.|The car of {s} is a {v}.", "What car does {s} drive?|What is {s}'s car?|Which car does {s} have?|Tell me which car {s} drives.|What does {s} drive?|Remind me what car {s} has.", "{Y} drives a {v}.", "{y}'s car"),
    "plays": ("instrument", "{S} plays the {v}.|{S} is learning the {v}.|{S}'s instrument is the {v}.|{S} took up the {v}.|{S} practises the {v}.|{S} has played the {v} for years.", "What instrument does {s} play?|What does {s} play?|Which instrument is {s}'s?|Tell me which instrument {s} plays.|What is {s}'s instrument?|Remind me what {s} plays.", "{Y} plays the {v}.", "the instrument {y} plays"),
    "allergic": ("food", "{S} is allergic to {v}.|{S} has an allergy to {v}.|{S} can't eat {v}.|{S} must avoid {v}.|{S} gets ill from {v}.|{S} reacts badly to {v}.", "What is {s} allergic to?|What can't {s} eat?|Which food must {s} avoid?|Tell me what {s} is allergic to.|Does {s} have an allergy?|Remind me of {s}'s allergy.", "{Y} is allergic to {v}.", "{y}'s allergy"),
    "studies": ("subject", "{S} studies {v}.|{S} teaches {v}.|{S} has a degree in {v}.|{S} reads a lot about {v}.|{S} took a course in {v}.|{S}'s subject is {v}.", "What does {s} study?|What is {s}'s subject?|Which subject is {s}'s?|Tell me {s}'s subject.|What subject does {s} know best?|Remind me what {s} studies.", "{Y}'s subject is {v}.", "{y}'s subject"),
    "hobby": ("hobby", "{S} loves {v}.|{S}'s hobby is {v}.|{S} spends every weekend {v}.|{S} is crazy about {v}.|{S} is really into {v}.|{S} does a lot of {v}.", "What is {s}'s hobby?|What does {s} love doing?|What does {s} do at weekends?|Tell me {s}'s hobby.|What hobby does {s} have?|Remind me of {s}'s hobby.", "{Y}'s hobby is {v}.", "{y}'s hobby"),
    "middle": ("first", "{S}'s middle name is {v}.|{v} is {s}'s middle name.|The middle name of {s} is {v}.|{S} has the middle name {v}.|{S}'s second name is {v}.|For a middle name {s} has {v}.", "What is {s}'s middle name?|Do you know {s}'s middle name?|Which middle name does {s} have?|Tell me {s}'s middle name.|Remind me of {s}'s middle name.|What middle name does {s} have?", "{Y}'s middle name is {v}.", "{y}'s middle name"),
}
UNSEEN_PATTERNS = {
    "shoes": ("number", "{S} is number {v} in the race.|{S} runs with number {v}.|{S}'s race number is {v}.|{S} got the race number {v}.", "What is {s}'s race number?|Which race number does {s} have?|Tell me {s}'s race number.|Remind me of {s}'s race number.", "{Y}'s race number is {v}.", "{y}'s race number"),
    "collects": ("word", "{S} has a tattoo of a {v}.|{S} got a {v} tattooed.|{S}'s tattoo is a {v}.|The tattoo of {s} shows a {v}.", "What is {s}'s tattoo?|What tattoo does {s} have?|Tell me what {s}'s tattoo is.|Remind me what {s}'s tattoo shows.", "{Y}'s tattoo is a {v}.", "{y}'s tattoo"),
}
ME = {
    "name": ("name", "My name is {v}.|I am called {v}.|I'm {v}.|Please call me {v}.|You can call me {v}.|People call me {v}.", "What is my name?|Do you know my name?|What am I called?|Tell me my name.|Who am I?|What is my name again?", "Your name is {v}.", "your name"),
    "home": ("place", "I live in {v}.|My home is in {v}.|I moved to {v}.|I have a flat in {v}.|I settled in {v}.|These days I live in {v}.", "Where do I live?|In which town do I live?|Do you know where I live?|Tell me where I live.|Where is my home?|Remind me where I live.", "You live in {v}.", "where you live"),
    "job": ("job", "I work as a {v}.|My job is {v}.|I am a {v} by trade.|I earn my living as a {v}.|I became a {v}.|I am employed as a {v}.", "What do I do for a living?|What is my job?|What do I work as?|Tell me my job.|Remind me of my job.|What is my profession?", "You work as a {v}.", "your job"),
    "birthday": ("date", "My birthday is on {v}.|I was born on {v}.|I have my birthday on {v}.|{v} is my birthday.|I turn a year older on {v}.|We celebrate my birthday on {v}.", "When is my birthday?|When was I born?|On which day is my birthday?|Tell me my birthday.|What is the date of my birthday?|Remind me when my birthday is.", "Your birthday is on {v}.", "your birthday"),
    "allergy": ("food", "I am allergic to {v}.|I have an allergy to {v}.|I can't eat {v}.|I must avoid {v}.|I get ill from {v}.|I react badly to {v}.", "What am I allergic to?|What can't I eat?|Which food must I avoid?|Tell me what I am allergic to.|Do I have an allergy?|Remind me of my allergy.", "You are allergic to {v}.", "your allergy"),
    "car": ("car", "I drive a {v}.|My car is a {v}.|I bought a {v}.|I own a {v}.|I get around in a {v}.|The car I have is a {v}.", "What car do I drive?|What is my car?|Which car do I have?|Tell me which car I drive.|What do I drive?|Remind me what car I have.", "You drive a {v}.", "your car"),
    "street": ("street", "I live on {v}.|My address is on {v}.|My house is on {v}.|You find me on {v}.|My flat is on {v}.|I have a house on {v}.", "Which street do I live on?|What street is my house on?|Do you know my street?|Tell me my street.|Remind me of my street.|What is my street?", "You live on {v}.", "your street"),
    "surname": ("last", "My surname is {v}.|My last name is {v}.|My family name is {v}.|I sign with the surname {v}.|{v} is my surname.|I have the surname {v}.", "What is my surname?|What is my last name?|What is my family name?|Tell me my surname.|Remind me of my surname.|Do you know my last name?", "Your surname is {v}.", "your surname"),
}
NAMED_PATTERN = ("name", "{S} is called {v}.|{S}'s name is {v}.|The name of {s} is {v}.|{v} is the name of {s}.|I named {s} {v}.|We call {s} {v}.", "What is {s} called?|What is {s}'s name?|Do you know the name of {s}?|Tell me what {s} is called.|Remind me what {s} is called.|What was the name of {s}?", "{Y} is called {v}.|{Y}'s name is {v}.", "{y}'s name")
CODE_PATTERN = ("The code of the {t} is {v}.|The {t} code is {v}.|{v} opens the {t}.|For the {t} the code is {v}.|To open the {t}, use {v}.|The {t} opens with {v}.", "What is the code of the {t}?|What is the {t} code?|Which code opens the {t}?|Tell me the {t} code.|Remind me of the {t} code.|How do I open the {t}?", "The code of the {t} is {v}.", "the code of the {t}")
LIKE_PATTERN = ("My favourite {t} is {v}.|The {t} I like best is {v}.|{v} is my favourite {t}.|Of all, my favourite {t} is {v}.|When it comes to a favourite {t}, mine is {v}.|I have a favourite {t}: {v}.", "What is my favourite {t}?|Which {t} do I like best?|Do you know my favourite {t}?|Tell me my favourite {t}.|Remind me of my favourite {t}.|What {t} is my favourite?", "Your favourite {t} is {v}.", "your favourite {t}")


def _thing(family: str, thing: str, value: str, pattern: tuple[str, ...]) -> Kind:
    tell, ask, answer, topic = (p.replace("{t}", thing) for p in pattern)
    return Kind(f"{family}:{thing}", family, value, tuple(tell.split("|")), tuple(ask.split("|")), tuple(answer.split("|")), topic)


def _kinds(people: list[str], named: list[str], coded: list[str], liked: dict[str, str], patterns: dict) -> list[Kind]:
    out = [_verb(f, p[0], person, *p[1:]) for f, p in patterns.items() for person in people]
    out += [_verb("named", NAMED_PATTERN[0], thing, *NAMED_PATTERN[1:]) for thing in named]
    out += [_thing("code", t, ("number", "code")[i % 2], CODE_PATTERN) for i, t in enumerate(coded)]
    out += [_thing("favourite", t, v, LIKE_PATTERN) for t, v in liked.items()]
    return out


def _mine() -> list[Kind]:
    return [Kind(f"me:{n}", "me", p[0], tuple(p[1].split("|")), tuple(p[2].split("|")), tuple(p[3].split("|")), p[4]) for n, p in ME.items()]


KINDS = {
    "train": [*_mine(), *_kinds(PEOPLE, NAMED, CODED, LIKED, PERSON_PATTERNS)],
    "unseen": [
        *_kinds(UNSEEN_PEOPLE, UNSEEN_NAMED, UNSEEN_CODED, UNSEEN_LIKED, PERSON_PATTERNS),
        *[_verb(f, p[0], person, *p[1:]) for f, p in UNSEEN_PATTERNS.items() for person in UNSEEN_PEOPLE],
    ],
}
"""Kinds met in meta-training, and kinds kept for the test."""
