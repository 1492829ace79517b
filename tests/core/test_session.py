"""The session computes what training computes, whatever the sizes of its pieces."""

import math
from pathlib import Path

import pytest
import torch

from core import Model, Session
from core.inner_loop import masked_mean
from core.outer_loop import sequence_nll
from core.retelling import retell
from core.session import REPLY_TOKENS
from core.testing import tiny_model

WORDS = "my dog is called Biscuit and the quick brown fox jumps over my lazy dog in Oslo " * 6
TOLD = "My dog is called Biscuit and I live in Oslo."


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Model:
    return tiny_model(tmp_path_factory.mktemp("model"))


def reference(model: Model, ids: list[int], weights: list[float]) -> tuple[torch.Tensor, dict]:
    size = model.config.mini_batch
    length = -(-len(ids) // size) * size
    tokens = torch.zeros(1, length + 1, dtype=torch.long)
    tokens[0, : len(ids)] = torch.tensor(ids)
    share = torch.zeros(1, length)
    share[0, : len(ids) - 1] = torch.tensor(weights[1:])
    segments = torch.zeros(1, length, dtype=torch.long)
    segments[0, : len(ids)] = 1
    with torch.no_grad():
        nll, fast = sequence_nll(model.decoder, tokens, share, segments=segments)
    by_batch = masked_mean(nll.unflatten(1, (-1, size)), share.unflatten(1, (-1, size)))
    return by_batch[0], {n: w[0] for n, w in fast.items()}


@pytest.mark.parametrize("pieces", [1, 3, 7])
def test_session_equals_the_training_loop(model: Model, pieces: int) -> None:
    session = Session(model)
    texts = [WORDS[i::pieces] for i in range(pieces)]
    ids: list[int] = []
    weights: list[float] = []
    for i, text in enumerate(texts):
        role = "assistant" if i % 3 == 1 else "user"
        session.feed(text, role, source=("turn", i))
        turn = model.tokenizer.turn(role, text)
        ids += turn
        weights += [0.0] + [float(role == "user")] * (len(turn) - 1)
    session.flush()
    losses, fast = reference(model, ids, weights)
    updates = session.take_updates()
    got = [u.loss_before for u in updates]
    expected = [x for x in losses.tolist() if x > 0]
    assert got == pytest.approx(expected, abs=1e-4)
    for name, value in session.fast_weights.items():
        torch.testing.assert_close(value, fast[name], atol=1e-5, rtol=1e-4)
    learned = sum(n for u in updates for _, _, n in u.items)
    assert learned == sum(w > 0 for w in weights) == sum(u.tokens for u in updates)


def test_decoding_token_by_token_equals_prefill(model: Model) -> None:
    one, many = Session(model), Session(model)
    ids = model.tokenizer.turn("user", WORDS)
    weights = [0.0] + [1.0] * (len(ids) - 1)
    many._feed(ids, weights, None)
    for token, weight in zip(ids, weights, strict=True):
        one._feed([token], [weight], None)
    torch.testing.assert_close(one._out, many._out, atol=1e-4, rtol=1e-3)


def test_assistant_and_memory_turns_are_not_learned(model: Model) -> None:
    session = Session(model)
    session.feed(WORDS, "assistant")
    session.feed(WORDS, "memory")
    session.flush()
    assert session.take_updates() == []
    base = Session(model).fast_weights
    assert all(torch.equal(base[n], w) for n, w in session.fast_weights.items())


def test_new_conversation_clears_the_window_and_keeps_what_was_learned(model: Model) -> None:
    session = Session(model)
    session.feed(WORDS, "user")
    session.new_conversation()
    assert session.context_tokens == 0
    kept = session.fast_weights
    assert any(not torch.equal(w, Session(model).fast_weights[n]) for n, w in kept.items())
    again = Session(model, fast_weights=kept)
    session.feed("hello", "user")
    again.feed("hello", "user")
    torch.testing.assert_close(session._out, again._out)


def learned_tokens(session: Session) -> dict[tuple[str, int], int]:
    """Tokens learned since the last call, by source."""
    out: dict[tuple[str, int], int] = {}
    for kind, item, count in [found for update in session.take_updates() for found in update.items]:
        out[kind, item] = out.get((kind, item), 0) + count
    return out


def test_what_the_user_said_is_read_again_in_a_window_of_its_own(model: Model) -> None:
    session, by_hand = Session(model), Session(model)
    texts = [TOLD, "The quick brown fox is my friend.", WORDS]
    replies = ["I see. Your dog is Biscuit.", "Noted.", "How nice!"]
    notes = ["Your dog is Biscuit.", "", ""]
    for i, (text, reply) in enumerate(zip(texts, replies)):
        session.feed(text, "user", source=("turn", i))
        session.feed(reply, "assistant")
        by_hand.feed(text, "user", source=("turn", i), again=False)
        by_hand.feed(reply, "assistant")
    session.new_conversation()
    by_hand.new_conversation()
    by_hand.feed(notes[0], "user", source=("turn", 0), again=False)
    for i, text in enumerate(texts):
        by_hand.feed(retell(text), "user", source=("turn", i), again=False)
    by_hand.new_conversation()
    assert session.context_tokens == 0
    assert all(torch.equal(by_hand.fast_weights[n], w) for n, w in session.fast_weights.items())
    both = {
        ("turn", i): session.count_tokens(t) - 1 + session.count_again(t, n)
        for i, (t, n) in enumerate(zip(texts, notes))
    }
    assert learned_tokens(session) == learned_tokens(by_hand) == both
    session.new_conversation()
    assert session.take_updates() == []


@pytest.mark.parametrize(
    ("text", "role", "args"),
    [
        ("Is my dog called Biscuit and do I live in Oslo?", "user", {}),
        (TOLD, "document", {}),
        (TOLD, "user", {"again": False}),
    ],
)
def test_questions_and_documents_are_read_once(model: Model, text: str, role: str, args: dict) -> None:
    session = Session(model)
    session.feed(text, role, source=("turn", 1), **args)
    *_, last = session.feed_document(WORDS, ("document", 1))
    session.new_conversation()
    once = {("turn", 1): session.count_tokens(text) - 1, ("document", 1): last.tokens_total - 1}
    assert learned_tokens(session) == once


def test_what_is_not_learned_is_not_read_again(model: Model) -> None:
    session = Session(model)
    session.feed(TOLD, "user", learn=False)
    session.feed(TOLD, "assistant")
    session.new_conversation()
    still = Session(model, learn=False)
    still.feed(TOLD, "user")
    still.read_again(TOLD)
    still.new_conversation()
    still.learn = True
    still.new_conversation()
    assert session.take_updates() == still.take_updates() == []


def test_dropping_what_is_pending_drops_the_second_reading(model: Model) -> None:
    session = Session(model)
    session.feed(TOLD, "user")
    session.flush()
    session.take_updates()
    session.drop_pending()
    session.new_conversation()
    assert session.take_updates() == []


def test_second_reading_can_come_alone(model: Model) -> None:
    session = Session(model)
    session.read_again(TOLD, ("document", 3))
    session.read_again("Who?", ("document", 4))
    assert session.take_updates() == []
    session.new_conversation()
    assert learned_tokens(session) == {("document", 3): session.count_again(TOLD)}
    assert session.count_again("Who?") == 0


def test_document_resumes_where_it_was_left(model: Model) -> None:
    whole, left = Session(model), Session(model)
    *_, last = whole.feed_document(WORDS, ("document", 1))
    whole.flush()
    steps = left.feed_document(WORDS, ("document", 1))
    for _ in range(4):
        done = next(steps)
    left.flush()
    before = sum(u.tokens for u in left.take_updates())
    fresh = Session(model, fast_weights=left.fast_weights)
    for _ in fresh.feed_document(WORDS, ("document", 1), skip_tokens=done.tokens_done):
        pass
    fresh.flush()
    after = sum(u.tokens for u in fresh.take_updates())
    assert before + after == last.tokens_total - 1 == sum(u.tokens for u in whole.take_updates())


def test_generation_streams_stops_and_reports(model: Model) -> None:
    session = Session(model)
    session.feed("hello", "user")
    chunks = list(session.generate(max_tokens=12, seed=1, temperature=1.0))
    done = session.last_generation
    assert done is not None
    assert "".join(c.text for c in chunks).strip() == done.text
    assert done.tokens <= 12
    list(session.generate(max_tokens=50, should_stop=lambda: True))
    assert session.last_generation.finish_reason == "cancelled"


def test_weights_off_answers_like_a_new_profile(model: Model) -> None:
    learned = Session(model)
    learned.feed(WORDS, "user")
    learned.new_conversation()
    off = Session(model, fast_weights=learned.fast_weights, use_weights=False, learn=False)
    off.feed("hello", "user")
    new = Session(model, learn=False)
    new.feed("hello", "user")
    assert torch.equal(off._out, new._out)


def test_update_that_is_not_finite_is_refused(model: Model, tmp_path: Path) -> None:
    broken = {n: w.clone() for n, w in Session(model).fast_weights.items()}
    broken["0.down"][0, 0] = float("nan")
    session = Session(model, fast_weights=broken)
    session.feed(WORDS, "user")
    session.flush()
    assert all(not u.accepted and "not finite" in u.reason for u in session.take_updates())


def test_a_draft_leaves_the_session_as_it_is(model: Model) -> None:
    session, other = Session(model), Session(model)
    for s in (session, other):
        s.feed("My dog is called Rex. " * 20, "user", source=("turn", 1))
    first = session.draft("What is my dog called?")
    assert first == session.draft("What is my dog called?")
    assert (session.context_tokens, session.pending_tokens) == (other.context_tokens, other.pending_tokens)
    assert session.last_generation is None and session.understood == ""
    for s in (session, other):
        s.feed("And my cat is called Tom.", "user", source=("turn", 2))
        s.new_conversation()
    assert [u.token_hash for u in session.take_updates()] == [u.token_hash for u in other.take_updates()]
    assert all(torch.equal(w, other.fast_weights[n]) for n, w in session.fast_weights.items())


def test_a_draft_stops_when_asked(model: Model) -> None:
    assert Session(model).draft("What is my dog called?", lambda: True) == ""


def test_likelihood_is_that_of_the_answers_tokens_alone_in_a_window(model: Model) -> None:
    session, other = Session(model), Session(model)
    for s in (session, other):
        s.feed("My dog is called Rex. " * 20, "user", source=("turn", 1))
    replies = ["Your dog is called Rex.", "No.", ""]
    found = session.likelihood("What is my dog called?", replies)
    tokenizer = model.tokenizer
    for reply, likely in zip(replies, found, strict=True):
        ids = tokenizer.encode(reply) or [tokenizer.end]
        alone = Session(model, fast_weights=session.fast_weights, learn=False)
        alone.feed("What is my dog called?", "user", learn=False)
        total = 0.0
        for before, token in zip([tokenizer.roles["assistant"], *ids], ids):
            alone._feed([before], [0.0], None)
            total += float(model.decoder.logits(alone._out)[0].float().log_softmax(-1)[token])
        assert abs(math.exp(total / len(ids)) - likely) < 1e-6
    assert session.likelihood("What is my dog called?", []) == []
    assert (session.context_tokens, session.pending_tokens) == (other.context_tokens, other.pending_tokens)


def test_only_the_beginning_of_a_long_reply_counts(model: Model) -> None:
    session = Session(model)
    start = model.tokenizer.decode(model.tokenizer.encode("word " * 99)[:REPLY_TOKENS])
    one, other = session.likelihood("Well?", [start + " and so on", start + " or not"])
    assert one == other
