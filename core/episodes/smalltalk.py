"""Small talk between user and assistant, recombined from patterns; training and tests share none.

Lines of a topic fit each other: any reply suits any opening. In each list the entries after `##` are
for tests only.
"""

from __future__ import annotations

import functools
import random

from core.episodes.values import Split
from core.episodes.wording import capital

SLOTS: dict[str, str] = {
    "day": "today;this morning;this afternoon;this evening;this week",
    "feel": "tired;cheerful;a bit bored;restless;quite happy;lazy;full of energy;a little lost;calm;nervous",
    "long": "an hour;ages;the whole day;half the night;twenty minutes;far too long;three hours",
    "dish": "a big salad;an omelette;a pot of soup;a tray of vegetables;some pasta;a stew;fresh bread;a cake;rice and beans",
    "chore": "ironing;the dishes;vacuuming;taking out the rubbish;sorting the mail;cleaning the windows;tidying my desk;the laundry",
    "show": "a documentary;an old comedy;a crime series;a quiz show;a film about space;a cooking show;a cartoon",
    "tune": "a slow song;an old record;a piece for strings;something loud;a song from the radio;a lullaby",
    "work": "a report;a long meeting;my inbox;a spreadsheet;a presentation;the new software;a pile of forms;a phone conference",
    "trip": "a walk in the woods;a day at the lake;a visit to the zoo;a long bike ride;an evening at home;a trip to the hills",
    "buy": "new socks;a lamp;a pair of boots;a rug;some plants;a raincoat;a frying pan;a better chair",
    "sky": "grey;bright;cloudy;stormy;clear;misty;full of birds",
}

TOPICS = """
It has been raining {day}. ; The sky is so {sky} {day}. ; What a wind out there! ; I got soaked on my way home. ; The sun finally came out. ; It is far too hot to think. ; There was ice on the windows. ; I wonder if it will snow. ; The weather can't make up its mind. ## Fog everywhere {day}. ; I heard thunder in the distance. ; My umbrella broke in the storm.
That sounds like good weather for staying in with tea. ; I hope it gets better soon. ; Do you like weather like that? ; At least it makes a good reason to talk. ; Weather does have a way of shaping the mood. ; A warm coat might be a good idea. ; Enjoy it while it lasts! ; I can't look out of a window, so thanks for describing it. ## I imagine it looks dramatic. ; Stay warm and dry out there. ; The sky has its own plans.

I'm planning {trip}. ; We might do {trip} on the weekend. ; I have nothing planned for tomorrow. ; I can't decide between {trip} and {trip}. ; Friends asked me to join them for {trip}. ; What should I do with a free afternoon? ; I would love {trip} soon. ; My plans fell through {day}. ## I dream of {trip}. ; Tomorrow is wide open. ; Any idea for a lazy Sunday?
That sounds lovely. ; A little rest never hurts. ; Why not go with what feels easiest? ; I would pack a snack and see where the day leads. ; Have you asked anyone to come along? ; Plans are nice, but so are surprises. ; Make a short list and pick one. ; I hope it turns out well. ## Start small and enjoy it. ; Let the day decide. ; It could be just the break you need.

I cooked {dish} {day}. ; I burned {dish} again. ; The kitchen smells of {dish}. ; I want to try {dish} tonight. ; How long does {dish} keep in the fridge? ; I made far too much of {dish}. ; Is it all right to freeze {dish}? ; I am out of salt and it is late. ; I bought a cookbook {day}. ## My oven is acting up. ; There is {dish} on the stove. ; I finally got {dish} right.
That sounds delicious. ; A squeeze of lemon helps with almost anything. ; Let it cool before you store it. ; Cooking gets easier with practice. ; I would add fresh herbs at the end. ; Leftovers often taste better the next day. ; A low heat and some patience go a long way. ; Enjoy your meal! ## Season it a little at a time. ; A lid keeps the steam in. ; Taste as you go.

I spent {long} on {work}. ; Work was all about {work} {day}. ; I can't face {work} any more. ; All they talk about is {work}. ; Why does {work} always take {long}? ; My desk is a mess because of {work}. ; I finished {work} before lunch. ; Nobody read what I wrote about {work}. ## {work} nearly broke me {day}. ; I am behind with {work}. ; The office was empty, just me and {work}.
That sounds tiring. Take a short break if you can. ; Well done for getting through it. ; Breaking it into small steps may help. ; I'm sorry it has been so busy. ; Would a list of next steps help? ; Work can wait until tomorrow. ; You have earned some rest. ; Start with the part that takes five minutes. ## One thing after the other. ; Remember to stand up and stretch. ; I'm glad you told me how it went.

I listened to {tune} {day}. ; {tune} is stuck in my head. ; I can't stop humming {tune}. ; The people upstairs played {tune} for {long}. ; I would like to hear {tune} live. ; Someone in the street was playing {tune}. ; I fell asleep to {tune}. ; What do you think of {tune} in the morning? ## {tune} made me cry {day}. ; I danced to {tune} in the kitchen. ; I found {tune} on an old tape.
Music can change a whole day. ; That is a nice way to spend some time. ; I can't hear, but I like reading about it. ; Some tunes just won't leave us alone. ; Singing along is allowed. ; Do you often listen while you work? ; A good melody stays with you. ; That must have been a nice moment. ## Rhythm helps with chores, too. ; I would love to know how it sounds. ; Turn it up a little!

I watched {show} {day}. ; {show} kept me up for {long}. ; I fell asleep during {show}. ; Everyone talks about {show} but I found it dull. ; I need something light after {show}. ; We argued about what to watch and ended with {show}. ; The ending of {show} made no sense. ; Is {show} worth the time? ## I turned off {show} after a while. ; {show} was the best part of my day. ; I only watch {show} when I iron.
A good story is worth a late night. ; I won't spoil the ending. ; Not every film has to be deep. ; It is fine to stop halfway. ; Popcorn makes most things better. ; What did you like about it? ; Sometimes the dull ones help us sleep. ; Tastes differ, luckily. ## Maybe the next one will be better. ; Perhaps a book instead? ; The pictures alone can be worth it.

I still have {chore} ahead of me. ; I put off {chore} for {long}. ; {chore} took me {long}. ; Why is {chore} never finished? ; I got through {chore} and felt great after it. ; I hate {chore}. ; Is there a trick for {chore}? ; My weekend went into {chore}. ## {chore} can wait. ; I started with {chore} and gave up. ; Nothing clears my head like {chore}.
Put on some music and it will be over soon. ; Ten minutes a day keeps it small. ; It always feels good afterwards. ; Nobody ever regrets a tidy room. ; Perhaps do half now and half later. ; A timer can help. ; I would help if I had hands. ; Well, it counts as exercise. ## Small steps will do. ; Reward yourself when it is done. ; It will still be there tomorrow.

I'm thinking of buying {buy}. ; I bought {buy} {day}. ; I returned {buy} in the end. ; Do I really need {buy}? ; The shop was out of what I wanted, {buy}. ; I compared prices for {buy} for {long}. ; Someone recommended {buy} to me. ; I regret spending money on {buy}. ## I saw {buy} in a window. ; {buy} would make me happy. ; I keep looking at {buy} online.
Sleep on it for a night and see. ; If you will use it often, it is worth it. ; Reviews can help, but trust your taste. ; Second-hand could be an option. ; Keep the receipt, just in case. ; A small treat is fine now and then. ; Do you have space for it? ; Quality lasts longer than a bargain. ## Check the size first. ; Perhaps wait for a sale. ; You could borrow one first.

I feel {feel} {day}. ; I woke up {feel}. ; I have felt {feel} for {long}. ; Do you ever feel {feel}? ; I could not sleep and now I'm {feel}. ; A long bath left me {feel}. ; I'm {feel} and I don't know why. ; People say I look {feel}. ## Somehow I am {feel}. ; That walk made me {feel}. ; I was {feel} all day.
Thanks for telling me how you are. ; That happens to all of us. ; Be kind to yourself. ; Would you like to talk about it? ; A glass of water and some air may do good. ; I hope the day treats you well. ; Feelings come and go like weather. ; It is good to notice that. ## I'm here if you want to chat. ; Take it slowly. ; There is no need to explain it.

Tell me something interesting. ; Give me a fun fact. ; I'm bored, say something. ; Do you know a short story? ; What can you talk about? ; Surprise me with a fact. ; Say something nice. ; Can you cheer me up? ## Teach me something small. ; Share a curious fact. ; Make me smile.
Honey can keep for a very long time without going bad. ; Octopuses have three hearts. ; A day on Venus is longer than its year. ; Bananas count as berries, but strawberries do not. ; Some bamboo grows almost a metre in a day. ; The first computer mouse was made of wood. ; Sea otters hold hands while they sleep. ; Sound travels faster in water than in air. ; A small step counts, and you took one by asking. ## Sharks are older than trees. ; A cloud can weigh as much as many elephants. ; Snails can sleep for a very long time.

The traffic was terrible {day}. ; My train was late again. ; I stood in a queue for {long}. ; I missed the bus by a second. ; Someone took my seat on the way home. ; I walked because nothing was running. ; The lift was broken and I took the stairs. ; I got lost in a part of town I know well. ## I waited at a red light for {long}. ; The tram was packed {day}. ; My feet hurt from walking.
That sounds annoying. ; At least you made it. ; A good podcast helps with waiting. ; Maybe leave a little earlier next time. ; Walking clears the head. ; Delays are the worst when one is hungry. ; I hope the way back is smoother. ; Patience is a muscle, they say. ## Next time will be better. ; Some fresh air is not bad. ; It could have been worse.

My plants are growing well {day}. ; Something is eating my lettuce. ; I watered the balcony. ; The garden needs a lot of work. ; I planted seeds and nothing came up. ; There are bees all over the place {day}. ; I pulled weeds for {long}. ; My windowsill is full of pots. ## Snails got into the beds. ; The grass is too long. ; I repotted everything {day}.
Plants like a steady hand. ; Water them early in the day. ; Give it another week. ; Bees are a good sign. ; Compost helps almost everything. ; Gardens reward patience. ; Check under the leaves. ; That must look lovely. ## A bit of shade may help. ; Mulch keeps the soil moist. ; Roots need time.

I'm reading a thick novel. ; I can't find time to read. ; I read for {long}. ; I forgot how the book began. ; My stack of books keeps growing. ; I left my book on a bench. ; The library was quiet {day}. ; I like the smell of old paper. ## I skipped to the last page. ; The chapters are too long. ; I read the same line five times.
A few pages a day add up. ; Books are patient. ; What is it about? ; Reading before bed is a fine habit. ; Short stories fit into busy days. ; I like how you describe it. ; It is fine to leave a book unfinished. ; A bookmark may help. ## Some books need a second try. ; There is no hurry. ; Good stories find us.
"""

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


def _halves(line: str) -> dict[Split, tuple[str, ...]]:
    train, _, test = line.partition(" ## ")
    return {
        "train": tuple(p.strip() for p in train.split(" ; ")),
        "test": tuple(p.strip() for p in test.split(" ; ")),
    }


@functools.cache
def topics() -> tuple[tuple[dict[Split, tuple[str, ...]], dict[Split, tuple[str, ...]]], ...]:
    """(openings of the user, replies) of each topic."""
    blocks = [block.splitlines() for block in TOPICS.strip().split("\n\n")]
    return tuple((_halves(user), _halves(reply)) for user, reply in blocks)


@functools.cache
def _slot(name: str) -> tuple[str, ...]:
    return tuple(SLOTS[name].split(";"))


def _fill(rng: random.Random, line: str) -> str:
    while (start := line.find("{")) >= 0:
        end = line.index("}", start)
        word = rng.choice(_slot(line[start + 1 : end]))
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
