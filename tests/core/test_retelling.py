"""The second reading: what came last comes first, nothing is lost, questions are left out."""

import pytest

from core.retelling import WORDS, retell


def test_what_a_name_stands_for_comes_before_the_name():
    told = retell("Edith is my sister.")
    assert told == "my sister. Edith is"
    told = retell("It's Theo Huang, the name of our caretaker.")
    assert told.index("caretaker") < told.index("Theo Huang")


@pytest.mark.parametrize(
    "text",
    [
        "I live in Bergen.",
        "By the way, my dog, a beagle, is called Rex; he is nine and snores!",
        "One line of words\nand one more line of words",
    ],
)
def test_every_word_is_there_once(text: str):
    assert sorted(retell(text).split()) == sorted(text.split())


def test_a_few_words_stay_together():
    text = "a b c d e f g h"
    pieces = [" ".join(text.split()[i:j]) for i in range(8) for j in range(i + 1, i + 1 + WORDS) if j <= 8]
    told = retell(text)
    assert told.startswith("f g h") or told.startswith("g h")
    assert any(told.endswith(piece) for piece in pieces if piece.startswith("a b"))


def test_questions_and_what_is_too_short_to_turn_have_none():
    assert retell("Where do I live?") == ""
    assert retell("Thanks a lot!") == ""
    assert retell("") == ""
    assert retell("My name is Ada. Do you like it?") == "is Ada. My name"
