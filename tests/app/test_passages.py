"""Which passages go before an answer: near enough, few enough, and what answers rather than asks."""

from collections.abc import Sequence
from dataclasses import replace

from app.engine.passages import LIMIT, LONG_CHARS, NEAR, SURE, THRESHOLD, find, queries
from storage import Hit


class Found:
    """A search that gives the same hits for every query."""

    def __init__(self, *hits: tuple[str, str, float]) -> None:
        self.asked: list[str] = []
        self.hits = [
            Hit(kind=kind, id=i, item_id=f"{kind[0]}{i}", source="", text=text, score=score, when="")
            for i, (kind, text, score) in enumerate(hits)
        ]

    def search(self, query: str, limit: int) -> list[Hit]:
        self.asked.append(query)
        return self.hits[:limit]


def texts(found: Found, query: str = "Where does my sister live?", seen: tuple[int, ...] = ()) -> list[str]:
    return [p["text"] for p in find(found, query, seen=seen, count_tokens=lambda t: len(t.split()))]  # type: ignore[arg-type]


def test_a_question_is_searched_for_without_what_surrounds_it():
    assert queries("Here is a test: where do I live? Keep it brief.")[1:] == [
        "Here is a test:",
        "where do I live?",
        "Keep it brief.",
    ]
    found = Found(("turn", "I live in Bergen.", 0.6))
    assert texts(found, "Good morning to you. Where do I live?") == ["I live in Bergen."]
    assert found.asked[-1] == "Where do I live?"


def test_a_short_turn_needs_less_than_a_long_passage():
    low = (THRESHOLD["turn"] + THRESHOLD["passage"]) / 2
    assert texts(Found(("turn", "a turn", low))) == ["a turn"]
    assert texts(Found(("passage", "a passage", low))) == []


def test_what_is_far_behind_the_best_is_left_out():
    assert texts(Found(("turn", "far", 0.9 * NEAR - 0.01), ("turn", "best", 0.9))) == ["best"]


def test_a_long_passage_does_not_stand_beside_a_short_answer():
    long = "word " * LONG_CHARS
    assert texts(Found(("turn", "short", 0.9), ("passage", long, 0.8))) == ["short"]
    assert len(texts(Found(("turn", "short", 0.8), ("passage", long, 0.9)))) == 1


def test_best_first_and_few():
    found = Found(*[("turn", f"fact {i}", 0.8 + i / 100) for i in range(LIMIT + 2)])
    assert texts(found) == [f"fact {i}" for i in range(LIMIT + 1, 1, -1)]


def test_questions_and_what_the_window_holds_are_left_out():
    found = Found(("turn", "Where does my sister live?", 1.0), ("turn", "seen", 0.9), ("turn", "new", 0.8))
    assert texts(found, seen=(1,)) == ["new"]


def test_what_the_model_would_answer_is_searched_for_where_nothing_is_sure():
    for score, more in ((SURE - 0.1, ["Your neighbour is called Ida."]), (SURE + 0.1, [])):
        found = Found(("turn", "Serena Ito is my neighbour.", score))
        find(
            found,  # type: ignore[arg-type]
            "Whose door is the other one on our landing?",
            lambda: "Your neighbour is called Ida.",
            seen=(),
            count_tokens=len,
        )
        assert found.asked == ["Whose door is the other one on our landing?", *more]


def test_an_empty_store_is_not_searched_for_a_draft():
    def draft() -> str:
        raise AssertionError("expected no draft")

    for hits in ((), (("turn", "Where do I live?", 0.4),)):
        assert find(Found(*hits), "Where do I live?", draft, seen=(), count_tokens=len) == []  # type: ignore[arg-type]


def test_a_turn_counts_by_its_score_and_its_likelihood_as_an_answer():
    found = Found(("turn", "My vet is Dr Ito.", 0.6), ("turn", "My rabbit is Cricket.", 0.4))
    asked: list[str] = []

    def likelihood(replies: Sequence[str]) -> list[float]:
        asked.extend(replies)
        return [0.7 if "rabbit" in reply else 0.1 for reply in replies]

    shown = find(
        found,  # type: ignore[arg-type]
        "Who gets the cabbage leaves?",
        None,
        likelihood,
        seen=(),
        count_tokens=len,
    )
    assert [p["text"] for p in shown] == ["My rabbit is Cricket."]
    assert asked == ["My vet is Dr Ito.", "My rabbit is Cricket."]


def test_likelihood_is_asked_of_what_was_understood_and_of_turns_only():
    found = Found(("turn", "She is Ida.", 0.5), ("turn", "He is Tom.", 0.5), ("passage", "A page.", 0.6))
    found.hits[0] = replace(found.hits[0], understood="Your sister is called Ida.")
    asked: list[str] = []

    def likelihood(replies: Sequence[str]) -> list[float]:
        asked.extend(replies)
        return [0.9, 0.1]

    shown = find(found, "My sister?", None, likelihood, seen=(), count_tokens=len)  # type: ignore[arg-type]
    assert asked == ["Your sister is called Ida.", "He is Tom."]
    # the page stands against the likeliest turn by its score alone
    assert [p["text"] for p in shown] == ["A page.", "She is Ida."]


def test_where_there_is_no_choice_nothing_is_asked():
    def likelihood(replies: Sequence[str]) -> list[float]:
        raise AssertionError("expected no question")

    found = Found(("turn", "I live in Bergen.", 0.5), ("passage", "A page.", 0.6))
    assert len(find(found, "Where?", None, likelihood, seen=(), count_tokens=len)) == 2  # type: ignore[arg-type]
