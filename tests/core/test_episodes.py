"""Generated users: training and tests share nothing, the words are right, the masks are right."""

from __future__ import annotations

import random
import re
import subprocess
import sys

import pytest

from core.episodes import (
    Episode,
    Session,
    Turn,
    ask_words,
    encode_episode,
    encode_turn,
    kinds,
    sample_conversation,
    sample_episode,
    sample_person,
    sample_reader,
    small_talk,
    smalltalk,
    tell_words,
    wording,
)
from core.episodes.facts import make_fact, tell_together, worded
from core.episodes.kinds import MADE_UP, all_kinds, held_out_wordings, kind, made_up_kind
from core.episodes.pairs import pairs, together
from core.episodes.typed import typed
from core.episodes.values import CLASSES, CLOSED, closed, is_test, sample_value

SPECIAL = {"user": 1, "assistant": 2, "memory": 3, "document": 4, "end": 5}
LENGTH, MINI_BATCH = 2048, 128


def encode(text: str) -> tuple[list[int], list[tuple[int, int]]]:
    """Words with the space before them, as byte-level tokenizers cut them."""
    spans = [m.span() for m in re.finditer(r" ?\w+|\W", text)]
    return [10 + sum(map(ord, text[a:b])) for a, b in spans], spans


def count(text: str) -> int:
    return len(encode(text)[0])


def source(rng: random.Random) -> list[tuple[str, str]]:
    if rng.random() < 0.5:
        return [
            (
                "document",
                "The mill stood by the river, and nobody had lived there for a long time. "
                * rng.randint(1, 6),
            )
        ]
    return [("user", "How do I mend a tap?"), ("assistant", "Turn off the water first.")]


def episode(seed: int, **options) -> Episode:
    return sample_episode(random.Random(seed), LENGTH, source, count, **options)


def row(e: Episode, length: int = LENGTH) -> dict[str, list]:
    return encode_episode(e, encode, SPECIAL, length=length, mini_batch=MINI_BATCH)


def test_importing_episodes_does_not_import_torch():
    code = "import core.episodes, sys; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_kinds_met_and_unseen_are_disjoint_in_name_and_topic():
    met, unseen = all_kinds("train"), all_kinds("unseen")
    assert len(met) > 500 and len(unseen) >= 40
    assert not set(met) & set(unseen)
    assert not {k.topic for k in met.values()} & {k.topic for k in unseen.values()}


def test_kinds_of_one_list_have_different_topics():
    for met in ("train", "unseen"):
        topics = [k.topic for k in all_kinds(met).values()]
        assert len(topics) == len(set(topics))


def test_kinds_have_enough_wordings_and_share_none_between_splits():
    for k in (*all_kinds("train").values(), *all_kinds("unseen").values()):
        assert len(set(k.tells["train"])) >= 4 and len(set(k.asks["train"])) >= 4, k.name
        assert len(set(k.tells["test"])) >= 2 and len(set(k.asks["test"])) >= 2, k.name
    for k in all_kinds("train").values():
        assert not set(k.tells["train"]) & set(k.tells["test"]), k.name
        assert not set(k.asks["train"]) & set(k.asks["test"]), k.name


def test_no_wording_of_tests_occurs_with_any_kind_in_training():
    train = {w for k in all_kinds("train").values() for w in (*k.tells["train"], *k.asks["train"])}
    test = {w for k in all_kinds("train").values() for w in (*k.tells["test"], *k.asks["test"])}
    assert not train & test


def test_carriers_share_nothing_between_splits():
    for name in [
        "BEFORE_TELL",
        "AFTER_TELL",
        "CORRECTIONS",
        "BEFORE_ASK",
        "AFTER_ASK",
        "GENERAL_TELLS",
        "GENERAL_ASKS",
        "NOTED",
        "REPEATED",
        "UPDATED",
    ]:
        lists = getattr(wording, name)
        assert lists["train"] and lists["test"] and not set(lists["train"]) & set(lists["test"]), name


def test_small_talk_patterns_share_nothing_between_splits():
    train: set[str] = set()
    test: set[str] = set()
    for user, reply in smalltalk.topics():
        for lines in (user, reply):
            train.update(lines["train"])
            test.update(lines["test"])
    assert len(train) > 150 and len(test) > 50
    assert not train & test
    assert not set(smalltalk.THANKS["train"]) & set(smalltalk.THANKS["test"])
    for lists in (smalltalk.GREETINGS, smalltalk.OPENINGS, smalltalk.CLOSINGS):
        assert not set(filter(None, lists["train"])) & set(filter(None, lists["test"]))


def test_values_share_nothing_between_splits():
    rng = random.Random(0)
    for name in CLASSES:
        drawn = {
            split: {sample_value(rng, name, split).lower() for _ in range(60)} for split in ("train", "test")
        }
        assert drawn["train"] and drawn["test"], name
        assert not drawn["train"] & drawn["test"], name
    train = {v.lower() for name in CLOSED for v in closed(name, "train")}
    test = {v.lower() for name in CLOSED for v in closed(name, "test")}
    assert not train & test


def test_about_one_value_in_seven_is_for_tests():
    rng = random.Random(1)
    share = (
        sum(is_test(smalltalk_word) for smalltalk_word in (f"word{rng.random()}" for _ in range(4000))) / 4000
    )
    assert 0.12 < share < 0.18


@pytest.mark.parametrize("met", ["train", "unseen"])
def test_every_wording_reads_as_a_sentence(met):
    rng = random.Random(2)
    for name in kinds(met):
        k = kind(name)
        for split in ("train", "test"):
            assert all(t.count("{v}") == 1 and t.endswith((".", "!")) for t in k.tells[split]), name
            assert all("{" not in a and a.endswith(("?", ".")) for a in k.asks[split]), name
        assert k.answer.endswith("{v}."), (name, k.answer)
        assert not re.search(r"\b(my|our|me|I|am|we)\b", k.answer), (name, k.answer)
        (fact,) = sample_person(rng, "train", 1, [name])
        assert fact.value.lower() in fact.tell.lower() and fact.value in fact.answer
        assert "{" not in fact.tell + fact.ask + fact.answer


def test_a_person_has_no_kind_and_no_value_twice():
    for seed in range(60):
        split = ("train", "test")[seed % 2]
        person = sample_person(random.Random(seed), split, 12)
        assert len(person) == 12
        assert len({f.kind for f in person}) == 12
        assert len({f.value.lower() for f in person}) == 12
        assert all(is_test(f.value) == (split == "test") for f in person)


def test_people_have_confusable_facts_now_and_then():
    people = [sample_person(random.Random(seed), "train", 10) for seed in range(40)]
    alike = sum(len({f.family for f in p}) < 10 for p in people)
    assert alike > 20


def test_carried_wordings_hold_value_and_answer_ends_with_it():
    rng = random.Random(3)
    for split in ("train", "test"):
        for fact in sample_person(rng, split, 40):
            told = [tell_words(rng, fact, split) for _ in range(12)]
            assert all(fact.value.lower() in t.lower() for t in told)
            assert all("{" not in t for t in (*told, *(ask_words(rng, fact, split) for _ in range(12))))
            assert fact.answer.rstrip(".").endswith(fact.value)


def test_second_person():
    assert wording.second_person("my dog and I am here") == "your dog and you are here"
    assert wording.second_person("I was born in {v}.") == "you were born in {v}."
    assert wording.second_person("I'm my sister's boss") == "you're your sister's boss"


def test_episodes_depend_on_the_seed_alone():
    assert episode(7) == episode(7)
    assert row(episode(7)) == row(episode(7))
    assert episode(7) != episode(8)


def test_asked_values_were_told_before_or_stand_in_passages():
    stored = at_once = 0
    for seed in range(80):
        e = episode(seed)
        assert 1 <= len(e.facts) <= 16
        before = ""
        for session in e.sessions:
            here, last = "", None
            for turn in session.turns:
                if turn.ask:
                    value = turn.value.lower()
                    assert turn.role == "assistant" and turn.value in turn.text
                    at_once += value not in before and value in here
                    if value not in before + here:
                        assert last is not None and last.role == "memory" and value in last.text.lower()
                        stored += 1
                if turn.learn:
                    here += turn.text.lower() + "\n"
                last = turn
            before += here
    assert stored > 5 and at_once > 5


def test_newest_value_holds():
    for seed in range(80):
        e = episode(seed)
        asked = {t.value for t in e.sessions[-1].turns if t.ask}
        told = "\n".join(t.text for s in e.sessions for t in s.turns if t.learn)
        assert {v for v in asked if v in told} <= {f.value for f in e.facts} | _values_elsewhere(e, asked)


def _values_elsewhere(e, asked):
    """Values of answers from passages alone that also occur in other text by chance."""
    return {
        turn.value
        for session in e.sessions
        for last, turn in zip(session.turns, session.turns[1:])
        if turn.ask and turn.value in asked and last.role == "memory"
    }


def test_episodes_hold_all_that_happens_in_use():
    turns = [(s.part, t) for seed in range(200) for s in episode(seed).sessions for t in s.turns]
    asked = sum(t.ask for _, t in turns)
    memory = sum(t.role == "memory" for _, t in turns)
    unknown = sum(
        t.role == "assistant" and bool(re.search(r"haven't|don't think you have", t.text)) for _, t in turns
    )
    assert 0.3 * asked < memory < 0.6 * asked
    assert 0.002 * asked < unknown < 0.03 * asked
    assert any(part == "tell" and t.role == "document" for part, t in turns)
    assert all(re.match(r"\[[td]\d+\] ", t.text) for _, t in turns if t.role == "memory")


def test_memory_stands_between_question_and_answer():
    for seed in range(60):
        for session in episode(seed).sessions:
            for before, turn, after in zip(session.turns, session.turns[1:], session.turns[2:]):
                if turn.role == "memory":
                    assert before.role == "user" and after.role == "assistant"


def test_episodes_of_tests_hold_only_values_of_tests():
    for seed in range(20):
        assert all(is_test(f.value) for f in episode(seed, split="test", facts=4).facts)
        assert not any(is_test(f.value) for f in episode(seed, facts=4).facts)


def test_masks_of_a_small_episode():
    e = Episode(
        [
            Session("tell", [Turn("user", "My dog is Rex."), Turn("assistant", "Noted.")]),
            Session(
                "ask",
                [
                    Turn("user", "Dog?"),
                    Turn("memory", "[t1] Rex"),
                    Turn("assistant", "It is Big Rex.", True, "Big Rex"),
                ],
            ),
        ],
        [],
    )
    found = encode_episode(e, encode, SPECIAL, length=64, mini_batch=32)
    tokens = found["tokens"]
    assert len(tokens) == 65 and all(len(v) == 64 for k, v in found.items() if k != "tokens")
    # user My dog is Rex . end assistant Noted . end
    assert tokens[0] == SPECIAL["user"] and tokens[6:8] == [SPECIAL["end"], SPECIAL["assistant"]]
    assert found["learn_weight"][:12] == [1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0]
    assert found["outer_weight"][:12] == [1] * 10 + [0] * 2
    assert found["segment"][:32] == [1] * 11 + [0] * 21
    assert found["position"][32:35] == [0, 1, 2] and found["segment"][32] == 2
    assert tokens[32] == SPECIAL["user"]
    asked = [tokens[i + 1] for i in range(64) if found["ask_weight"][i]]
    assert asked == encode(" Big Rex")[0]


def test_masks_without_offsets_agree_with_those_with():
    e = episode(3)
    plain = encode_episode(e, lambda text: encode(text)[0], SPECIAL, length=LENGTH, mini_batch=MINI_BATCH)
    assert plain == row(e)


def test_rows_are_consistent():
    for seed in range(40):
        e = episode(seed)
        found = row(e)
        segment, tokens = found["segment"], found["tokens"]
        starts = [i for i in range(LENGTH) if segment[i] and (i == 0 or segment[i - 1] != segment[i])]
        assert all(s % MINI_BATCH == 0 and found["position"][s] == 0 for s in starts)
        assert [segment[s] for s in starts] == list(range(1, len(starts) + 1))
        for i in range(LENGTH):
            inside = i + 1 < LENGTH and segment[i] and segment[i + 1] == segment[i]
            assert bool(found["outer_weight"][i]) == bool(inside) or i == LENGTH - 1
            assert found["learn_weight"][i] <= found["outer_weight"][i]
            assert found["ask_weight"][i] <= found["outer_weight"][i]
            assert not found["ask_weight"][i] * found["learn_weight"][i]
            if tokens[i + 1] in (1, 2, 3, 4):
                assert not found["learn_weight"][i]


def test_asks_survive_when_room_is_short():
    for seed in range(20):
        found = row(episode(seed, facts=3), 1024)
        assert sum(found["ask_weight"]) > 0
        assert len(found["tokens"]) == 1025


def test_rows_are_mostly_full():
    full = [sum(row(episode(seed))["outer_weight"]) / LENGTH for seed in range(40)]
    assert sum(full) / len(full) > 0.75


def test_small_talk_is_pairs():
    rng = random.Random(5)
    for split in ("train", "test"):
        for _ in range(300):
            turns = small_talk(rng, split, greet=True)
            assert [r for r, _ in turns] == ["user", "assistant"] * (len(turns) // 2)
            assert all(text and "{" not in text and text[0] == text[0].upper() for _, text in turns)


def test_hasty_wordings_keep_their_slots_and_are_never_those_of_tests():
    rng = random.Random(0)
    held = held_out_wordings()
    changed = 0
    for name in kinds("train")[::40]:
        for line in (*kind(name).tells["train"], *kind(name).asks["train"]):
            hasty = typed(rng, line)
            changed += hasty != line
            assert hasty.count("{v}") == line.count("{v}") and hasty.count("{a}") == line.count("{a}")
        lines = {worded(rng, kind(name).tells, "train") for _ in range(200)}
        assert not lines & held
        assert {worded(rng, kind(name).tells, "test") for _ in range(50)} <= set(kind(name).tells["test"])
    assert changed > 100


def test_passages_can_be_left_out():
    turns = [t for seed in range(40) for s in episode(seed, passages=False).sessions for t in s.turns]
    assert sum(t.ask for t in turns) > 100
    assert not [t for t in turns if t.role == "memory"]


def test_a_reader_tells_nothing_and_passages_hold_every_answer():
    first = asked = 0
    for seed in range(30):
        e = sample_reader(random.Random(seed), LENGTH, source, count)
        assert not e.facts and {s.part for s in e.sessions} == {"ask"}
        for session in e.sessions:
            for before, turn in zip(session.turns, session.turns[1:]):
                if turn.ask:
                    assert before.role == "memory" and turn.value.lower() in before.text.lower()
                    asked += 1
                    first += turn.value.lower() in before.text.splitlines()[0].lower()
    assert asked > 300 and 0.8 * asked < first < asked


def test_two_facts_in_one_clause():
    rng = random.Random(1)
    couples = pairs(frozenset(kinds("train")))
    assert len(couples) > 60 and not pairs(frozenset(kinds("unseen")))
    for group in couples:
        first, second = rng.choice(group)
        lines = {split: together(first, second, split) for split in ("train", "test")}
        assert lines["train"] and not set(lines["train"]) & set(lines["test"])
        for line in (*lines["train"], *lines["test"]):
            assert line.count("{v}") == line.count("{w}") == 1 and "{o}" not in line
            assert line.endswith((".", "!"))
    for first, second in (("sister", "brother: town"), ("aunt: name", "uncle: town"), ("name", "aunt: town")):
        assert not together(first, second, "train")
    for first, second in (("sister", "sister: town"), ("aunt: name", "aunt: town"), ("name", "surname")):
        facts = [make_fact(rng, first, "Edith", "train"), make_fact(rng, second, "Bergen", "train")]
        told = tell_together(rng, facts[0], facts[1], "train")
        assert "Edith" in told and "Bergen" in told and "{" not in told


def test_kinds_made_up_on_the_spot():
    rng = random.Random(2)
    for _ in range(200):
        name = made_up_kind(rng)
        k = kind(name)
        assert k.family == MADE_UP and name not in kinds("train") and name not in kinds("unseen")
        assert all(t.count("{v}") == 1 for t in k.tells["train"]) and k.asks["train"]
        assert k.answer.endswith("{v}.")
    made = [f.kind.startswith(MADE_UP) for seed in range(60) for f in episode(seed).facts]
    assert 0.04 * len(made) < sum(made) < 0.25 * len(made)
    assert not any(f.kind.startswith(MADE_UP) for f in sample_person(rng, "train", 12))


def test_what_the_assistant_says_again_counts_half():
    e = Episode(
        [Session("tell", [Turn("user", "My dog is Rex."), Turn("assistant", "It is Rex.", value="Rex")])], []
    )
    found = encode_episode(e, encode, SPECIAL, length=32, mini_batch=32)
    assert [x for x in found["ask_weight"] if x] == [0.5]


def test_values_of_training_are_rarely_those_of_a_short_list():
    rng = random.Random(3)
    for name in ("season", "weekday", "month", "sign"):
        drawn = [sample_value(rng, name, "train") for _ in range(1000)]
        assert sum(value in CLOSED[name] for value in drawn) < 20


def test_in_a_conversation_only_what_was_told_in_it_counts():
    rng = random.Random(3)
    told = unknown = 0
    for _ in range(100):
        said: list[str] = []
        for turn in sample_conversation(rng, lambda rng: ()):
            said += [turn.text] if turn.role != "assistant" else []
            if not turn.ask:
                assert turn.known
                continue
            heard = any(turn.value.lower() in text.lower() for text in said)
            assert turn.known == heard, (turn, said)
            told, unknown = told + turn.known, unknown + (not turn.known)
            tokens, _, asked, outer = encode_turn(turn, encode, SPECIAL)
            words = outer[1:-1]
            assert len(tokens) == len(outer) and min(words[:1]) > 0
            assert (min(words) > 0) == turn.known == (max(asked) > 0)
    assert min(told, unknown) > 40
