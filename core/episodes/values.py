"""Open classes of values, split by a hash of the value: a value of one split never occurs in the other.

About 15 % of every class is for tests only. Closed classes (seasons, colours) keep at least one.
"""

from __future__ import annotations

import functools
import random
import zlib
from collections.abc import Callable
from typing import Literal

from core.episodes import words as w
from core.episodes.words import many, words

Split = Literal["train", "test"]
SPLITS: tuple[Split, ...] = ("train", "test")
TEST_SHARE = 15  # per cent

ONSETS = words("b br c ch cl d dr f fl g gr h j k kr l m n p pl qu r s sh sk st t th tr v w y z")
VOWELS = words("a e i o u a e i o ai ea ee io ou")
CODAS = words("l m n r s t k x ck nd rk st lt sh th")
TOWN_ENDS = words("""ford ton ham wick burg stad mouth bury dale field haven by worth sund vik feld bridge pool more
stead""")
STREET_ENDS = words("Street Road Lane Avenue Close Square Way Crescent Drive Terrace Hill Row")
COMPANY_ENDS = words(
    "Labs Systems Logistics Foods Partners Energy Studios Instruments Textiles Press Optics Works"
)

CLOSED: dict[str, tuple[str, ...]] = {
    "animal": w.ANIMALS,
    "bird": w.BIRDS,
    "flower": w.PLANTS,
    "tree": w.TREES,
    "fruit": w.FRUITS,
    "vegetable": w.VEGETABLES,
    "allergen": w.ALLERGENS,
    "sport": w.SPORTS,
    "hobby": w.HOBBIES,
    "instrument": w.INSTRUMENTS,
    "language": w.LANGUAGES,
    "subject": w.SUBJECTS,
    "car": w.CARS,
    "genre": w.GENRES,
    "dessert": w.DISH_SWEETS,
    "ice cream": w.ICES,
    "cheese": w.CHEESES,
    "spice": w.SPICES,
    "game": w.GAMES,
    "season": w.SEASONS,
    "month": w.MONTHS,
    "weekday": w.WEEKDAYS,
    "sign": w.SIGNS,
    "job": w.JOBS,
    "food": w.FOODS,
    "drink": w.DRINKS,
    "colour": w.COLOURS,
    "country": w.COUNTRIES,
    "known town": w.TOWNS,
    "known first": w.FIRST,
    "known woman": w.WOMEN,
    "known man": w.MEN,
    "known surname": w.SURNAMES,
    "known pet": w.PETS,
    "word": w.NOUNS,
}


def _hash(value: str) -> int:
    return zlib.crc32(f"mneme {value.lower()}".encode())


@functools.cache
def _held_out() -> frozenset[str]:
    """Values of closed classes that are for tests beside those the hash picks: at least one a class."""
    extra: set[str] = set()
    for values in CLOSED.values():
        need = 1 if len(values) < 10 else 2
        ranked = sorted(values, key=lambda v: _hash(v) % 100)
        extra.update(v.lower() for v in ranked[:need])
    return frozenset(extra)


def is_test(value: str) -> bool:
    """Whether a value is for tests only."""
    return _hash(value) % 100 < TEST_SHARE or value.lower() in _held_out()


@functools.cache
def closed(name: str, split: Split) -> tuple[str, ...]:
    """Values of a list class in one split."""
    return tuple(v for v in CLOSED[name] if is_test(v) == (split == "test"))


def syllables(rng: random.Random, low: int = 2, high: int = 3) -> str:
    """A made-up word."""
    parts = [rng.choice(ONSETS) + rng.choice(VOWELS) for _ in range(rng.randint(low, high))]
    return "".join(parts) + (rng.choice(CODAS) if rng.random() < 0.5 else "")


def plural(noun: str) -> str:
    """More than one of it."""
    if noun.endswith(("s", "x", "ch", "sh", "z")):
        return noun + "es"
    return noun[:-1] + "ies" if noun.endswith("y") and noun[-2] not in "aeiou" else noun + "s"


def _pick(name: str) -> Callable[[random.Random], str]:
    return lambda rng: rng.choice(CLOSED[name])


def _made(rng: random.Random) -> str:
    return syllables(rng).capitalize()


def _mixed(name: str, made: float) -> Callable[[random.Random], str]:
    return lambda rng: _made(rng) if rng.random() < made else rng.choice(CLOSED[name])


def _town(rng: random.Random) -> str:
    if rng.random() < 0.55:
        return rng.choice(w.TOWNS)
    return syllables(rng, 1, 2).capitalize() + rng.choice(TOWN_ENDS)


def _street(rng: random.Random) -> str:
    stem = rng.choice((w.SURNAMES, w.TREES, w.NOUNS, w.FIRST))
    return f"{rng.choice(stem).capitalize()} {rng.choice(STREET_ENDS)}"


def _company(rng: random.Random) -> str:
    pick = rng.random()
    if pick < 0.3:
        return f"{rng.choice(w.SURNAMES)} and {rng.choice(w.SURNAMES)}"
    if pick < 0.6:
        return f"{rng.choice(w.SURNAMES)} {rng.choice(COMPANY_ENDS)}"
    return f"{_made(rng)} {rng.choice(COMPANY_ENDS)}" if pick < 0.85 else _made(rng)


def _phrase(rng: random.Random) -> str:
    return f"{rng.choice(w.ADJECTIVES)} {rng.choice(w.NOUNS)}"


def _title(rng: random.Random) -> str:
    pick, noun = rng.random(), rng.choice(w.NOUNS).capitalize()
    if pick < 0.4:
        return f"The {rng.choice(w.ADJECTIVES).capitalize()} {noun}"
    if pick < 0.6:
        return f"{noun} and {rng.choice(w.NOUNS).capitalize()}"
    return f"The {noun} of {_town(rng)}" if pick < 0.8 else f"{rng.choice(w.ADJECTIVES).capitalize()} {noun}"


def _band(rng: random.Random) -> str:
    pick = rng.random()
    if pick < 0.5:
        return f"The {rng.choice(w.ADJECTIVES).capitalize()} {plural(rng.choice(w.NOUNS)).capitalize()}"
    return _made(rng) if pick < 0.75 else f"{rng.choice(w.ADJECTIVES).capitalize()} {_made(rng)}"


def _codename(rng: random.Random) -> str:
    return rng.choice((lambda r: r.choice(w.NOUNS).capitalize(), _made, lambda r: _phrase(r).title()))(rng)


def _code(rng: random.Random) -> str:
    letters = "ABCDEFGHJKLMNPRSTUVWXYZ"
    pick = rng.randrange(4)
    if pick == 0:
        return f"{rng.choice(letters)}{rng.randint(1, 9)}-{rng.randint(10, 99)}"
    if pick == 1:
        return f"{rng.choice(letters)}{rng.choice(letters)}-{rng.randint(100, 999)}"
    if pick == 2:
        return f"{rng.choice(letters)}{rng.randint(100, 9999)}"
    return f"{rng.randint(10, 99)}{rng.choice(letters)}{rng.choice(letters)}"


def _flight(rng: random.Random) -> str:
    letters = "ABCDEFGHJKLMNPRSTUVWXYZ"
    return f"{rng.choice(letters)}{rng.choice(letters)}{rng.randint(100, 9999)}"


def _number(low: int, high: int) -> Callable[[random.Random], str]:
    return lambda rng: str(rng.randint(low, high))


def _digits(low: int, high: int) -> Callable[[random.Random], str]:
    def draw(rng: random.Random) -> str:
        return "".join(rng.choice("0123456789") for _ in range(rng.randint(low, high)))

    return draw


def _date(rng: random.Random) -> str:
    return f"{rng.randint(1, 28)} {rng.choice(w.MONTHS)}"


def _time(rng: random.Random) -> str:
    return f"{rng.randint(6, 22)}:{rng.choice(('00', '05', '10', '15', '20', '25', '30', '35', '40', '45', '50', '55'))}"


def _early(rng: random.Random) -> str:
    return f"{rng.randint(4, 10)}:{rng.randint(0, 11) * 5:02d}"


def _place(rng: random.Random) -> str:
    return f"{rng.choice(w.CONTAINER_LOOKS)} {rng.choice(w.CONTAINERS)}"


def _shop(rng: random.Random) -> str:
    stem = rng.choice((w.SURNAMES, w.NOUNS, w.TREES))
    name = _made(rng) if rng.random() < 0.3 else rng.choice(stem).capitalize()
    return f"{name} {rng.choice(w.SHOPS)}"


def _thing_name(rng: random.Random) -> str:
    return rng.choice((_codename, _made, _pick("known first"), _pick("known pet")))(rng)


OPEN: dict[str, Callable[[random.Random], str]] = {
    "first": _mixed("known first", 0.12),
    "woman": _mixed("known woman", 0.12),
    "man": _mixed("known man", 0.12),
    "surname": _mixed("known surname", 0.1),
    "full name": lambda rng: f"{rng.choice(w.FIRST)} {rng.choice(w.SURNAMES)}",
    "doctor": lambda rng: f"Dr {_mixed('known surname', 0.15)(rng)}",
    "pet": _mixed("known pet", 0.2),
    "town": _town,
    "street": _street,
    "address": lambda rng: f"{rng.randint(1, 199)} {_street(rng)}",
    "company": _company,
    "made-up": _made,
    "made-up word": lambda rng: syllables(rng),
    "phrase": _phrase,
    "title": _title,
    "band": _band,
    "codename": _codename,
    "thing name": _thing_name,
    "code": _code,
    "flight": _flight,
    "two digits": _number(10, 99),
    "three digits": _number(100, 999),
    "four digits": _digits(4, 4),
    "pin": _digits(4, 5),
    "number": _digits(2, 5),
    "age": _number(18, 89),
    "small number": _number(2, 60),
    "year": _number(1950, 2024),
    "shoe size": lambda rng: rng.choice([str(n) for n in range(34, 48)] + [f"{n}.5" for n in range(34, 48)]),
    "date": _date,
    "time": _time,
    "early time": _early,
    "place": _place,
    "shop": _shop,
    "team": lambda rng: f"{_town(rng)} {plural(rng.choice(w.NOUNS + w.ANIMALS)).capitalize()}",
}
CLASSES = (*CLOSED, *OPEN)


ANY_SHARE = 0.75
"""How often a value of training is any name or word at all, so that answers are not guessed from lists."""
MANY = 40
"""Of a list shorter than this, training takes its values less often: three seasons that are drawn again and
again teach that it is never the fourth."""
FEW = 13
"""And of one shorter than this never: seasons, weekdays, months."""


def _cut(rng: random.Random, word: str) -> str:
    """The word without its last letters: nobody's word, to be said again as it was told."""
    return word[: max(3, len(word) - rng.randint(1, 3))]


def _any_name(rng: random.Random) -> str:
    pick, name = rng.random(), rng.choice(many("names"))
    if pick < 0.15:
        return _made(rng)
    if pick < 0.3:
        return _cut(rng, name)
    return name if pick < 0.8 else rng.choice(many("words")).capitalize()


def _one_word(rng: random.Random) -> str:
    pick = rng.random()
    if pick < 0.4:
        return rng.choice(many("nouns"))
    word = rng.choice(many("words"))
    return _cut(rng, word) if pick < 0.55 else word


def _any_word(rng: random.Random) -> str:
    return _any_phrase(rng) if rng.random() < 0.3 else _one_word(rng)


def _any_phrase(rng: random.Random) -> str:
    first = rng.choice(many("adjectives")) if rng.random() < 0.6 else _one_word(rng)
    return f"{first} {_one_word(rng)}"


def _any_title(rng: random.Random) -> str:
    return rng.choice(("The {}", "{}")).format(_any_phrase(rng).title())


def _any_company(rng: random.Random) -> str:
    return f"{_any_name(rng)} {rng.choice(COMPANY_ENDS)}" if rng.random() < 0.7 else _any_name(rng)


ANY: dict[str, Callable[[random.Random], str]] = {
    **dict.fromkeys(("first", "woman", "man", "surname", "pet", "town", "made-up", "country"), _any_name),
    **dict.fromkeys(("thing name", "codename", "language", "car", "month", "weekday", "sign"), _any_name),
    **dict.fromkeys(
        words("animal bird flower tree fruit vegetable allergen sport hobby instrument subject genre dessert")
        + words("cheese spice job food drink colour word season game"),
        _any_word,
    ),
    "ice cream": _any_word,
    "phrase": _any_phrase,
    "place": _any_phrase,
    "title": _any_title,
    "band": _any_title,
    "company": _any_company,
    "full name": lambda rng: f"{_any_name(rng)} {_any_name(rng)}",
    "doctor": lambda rng: f"Dr {_any_name(rng)}",
    "street": lambda rng: f"{_any_name(rng)} {rng.choice(STREET_ENDS)}",
    "address": lambda rng: f"{rng.randint(1, 199)} {_any_name(rng)} {rng.choice(STREET_ENDS)}",
    "shop": lambda rng: f"{_any_name(rng)} {rng.choice(w.SHOPS)}",
    "team": lambda rng: f"{_any_name(rng)} {plural(rng.choice(many('nouns'))).capitalize()}",
}


@functools.cache
def _any_share(name: str) -> float:
    """How often a value of class `name` is any name or word."""
    if name in CLOSED and len(CLOSED[name]) < FEW:
        return 1.0
    size = len(closed(name, "train")) if name in CLOSED else MANY
    return 1 - (1 - ANY_SHARE) * min(1.0, size / MANY)


def sample_value(rng: random.Random, name: str, split: Split) -> str:
    """A value of class `name` that belongs to `split`; in training now and then any name or word."""
    if split == "train" and name in ANY and rng.random() < _any_share(name):
        while is_test(value := ANY[name](rng)):
            pass
        return value
    if name in CLOSED:
        return rng.choice(closed(name, split))
    draw, wanted = OPEN[name], split == "test"
    while True:
        value = draw(rng)
        if is_test(value) == wanted:
            return value
