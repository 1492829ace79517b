"""`python -m core.bench speed | recall | ingest`: what the model does on this machine, without the app.

The app's own benchmarks (`mneme bench`) go through the engine process and the store; these run on
core alone, so they also run where only torch is installed. Each prints its device last.
"""

from __future__ import annotations

import argparse
import math
import platform
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import torch

from core.checkpoint import Model, load_model
from core.episodes import kinds, sample_person, small_talk, tell_words
from core.episodes.facts import Fact, acknowledge_words, ask_words
from core.session import Session


def device_name(model: Model) -> str:
    if model.device.startswith("cuda"):
        return torch.cuda.get_device_name()
    return f"{platform.processor() or platform.machine()} CPU, {torch.get_num_threads()} threads"


def wilson(hits: int, count: int, z: float = 1.96) -> tuple[float, float]:
    """95 % interval of a share."""
    if not count:
        return 0.0, 1.0
    share, n = hits / count, count
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def has_value(answer: str, value: str) -> bool:
    """Whether the value stands in the answer as whole words, case and punctuation aside."""

    def words(text: str) -> str:
        return " " + " ".join("".join(c if c.isalnum() else " " for c in text.lower()).split()) + " "

    return words(value) in words(answer)


def told_session(model: Model, facts: list[Fact], rng: random.Random, distance: int) -> Session:
    """A session in which facts were told, then `distance` tokens of small talk in other windows."""
    session = Session(model)
    for i in range(0, len(facts), 3):
        for fact in facts[i : i + 3]:
            session.feed(tell_words(rng, fact, "test"), "user")
            session.feed(acknowledge_words(rng, [fact], "test"), "assistant")
        session.new_conversation()
    done = 0
    while done < distance:
        part = 0
        while part < 480:
            part += sum(session.feed(text, role) for role, text in small_talk(rng, "test"))
        session.new_conversation()
        done += part
    return session


def recall(model: Model, args: argparse.Namespace) -> None:
    """Whole answers right, weights alone and none, for kinds met and never met."""
    print(f"{'kinds':8} {'facts':>5} {'arm':8} {'right':>9} {'share':>6}   95 % interval")
    for split in ("train", "unseen"):
        for count in args.facts:
            hits = {"weights": 0, "none": 0}
            for person in range(args.people):
                rng = random.Random(f"{args.seed}/{split}/{count}/{person}")
                facts = sample_person(rng, "test", count, kinds(split))
                session = told_session(model, facts, rng, args.distance)
                session.learn = False
                for fact in facts:
                    question = ask_words(rng, fact, "test")
                    for arm in hits:
                        session.use_weights = arm == "weights"
                        session.drop_pending()
                        session.feed(question, "user")
                        list(session.generate(max_tokens=40, temperature=0))
                        answer = session.last_generation
                        assert answer is not None
                        hit = has_value(answer.text, fact.value)
                        hits[arm] += hit
                        if args.show and arm == "weights":
                            print(
                                f"  {'+' if hit else '-'} {fact.tell} | {question} | {answer.text}",
                                file=sys.stderr,
                            )
            for arm, right in hits.items():
                n = count * args.people
                low, high = wilson(right, n)
                print(
                    f"{'met' if split == 'train' else 'unseen':8} {count:5} {arm:8} {right:4}/{n:4} {right / n:6.1%}   {low:.1%} to {high:.1%}"
                )


def ingest(model: Model, args: argparse.Namespace) -> None:
    """Read nine tenths of a text, then compare the loss of the last tenth with and without."""
    text = args.file.read_text(encoding="utf-8", errors="replace")
    cut = len(text) * 9 // 10
    session, began, shown, total = Session(model), time.perf_counter(), 0.0, 0
    for progress in session.feed_document(text[:cut]):
        total = progress.tokens_total
        if time.perf_counter() - shown > 5:
            shown = time.perf_counter()
            rate = progress.tokens_done / (shown - began)
            left = (progress.tokens_total - progress.tokens_done) / rate
            print(
                f"{progress.tokens_done}/{progress.tokens_total} tokens, {rate:.0f}/s, {left:.0f} s left",
                file=sys.stderr,
            )
    session.new_conversation()
    seconds = time.perf_counter() - began
    print(f"read {total} tokens in {seconds:.1f} s: {total / seconds:.0f} tokens/s")
    learned = session.fast_weights
    for name, fast in (("with what was learned", learned), ("without", None)):
        reader = Session(model, fast_weights=fast)
        print(f"last tenth {name}: {frozen_loss(reader, text[cut:]):.4f} nats/token")


def frozen_loss(session: Session, text: str) -> float:
    """Mean loss of a text with the session's fast weights held still, nats/token."""
    kept = session.fast_weights
    total, count = 0.0, 0
    for _ in session.feed_document(text):
        for update in session.take_updates():
            total, count = total + update.loss_before * update.tokens, count + update.tokens
        session.set_fast_weights(kept)
    return total / max(count, 1)


def speed(model: Model, args: argparse.Namespace) -> None:
    """Decoding, learning and the first token."""
    rng = random.Random(0)
    session = Session(model)
    question = "What is the capital of Norway, and what do people do there in winter?"

    def timed(work: Callable[[], object]) -> float:
        began = time.perf_counter()
        work()
        return time.perf_counter() - began

    session.feed(question, "user")
    list(session.generate(max_tokens=8, temperature=0))
    rates = []
    for _ in range(5):
        session.feed(question, "user")
        seen = [0]

        def run(seen: list[int] = seen) -> None:
            for chunk in session.generate(max_tokens=64, temperature=1.0, seed=1):
                seen[0] = chunk.token_count

        run()
        done = session.last_generation
        assert done is not None
        rates.append(done.tokens_per_second)
    ids = [rng.randrange(8, model.config.vocab_size) for _ in range(model.config.mini_batch * 8 + 1)]
    session = Session(model)
    learn = timed(lambda: session._feed(ids, [1.0] * len(ids), None))
    seconds = [u.seconds for u in session.take_updates()]
    print(f"decoding {statistics.median(rates):.1f} tokens/s")
    print(
        f"learning {len(ids) / learn:.0f} tokens/s, {statistics.median(seconds):.3f} s a mini-batch of {model.config.mini_batch}"
    )


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m core.bench", description=__doc__)
    parser.add_argument("--model", default="default")
    parser.add_argument("--device", default="auto")
    what = parser.add_subparsers(dest="what", required=True)
    what.add_parser("speed", help=speed.__doc__)
    part = what.add_parser("recall", help=recall.__doc__)
    part.add_argument("--facts", type=int, nargs="+", default=[4, 12])
    part.add_argument("--people", type=int, default=8)
    part.add_argument("--distance", type=int, default=8192, help="tokens of other text in between")
    part.add_argument("--seed", type=int, default=0)
    part.add_argument("--show", action="store_true", help="print every question and answer to stderr")
    part = what.add_parser("ingest", help=ingest.__doc__)
    part.add_argument("file", type=Path)
    args = parser.parse_args(argv)
    model = load_model(args.model, device=args.device)
    {"speed": speed, "recall": recall, "ingest": ingest}[args.what](model, args)
    print(f"{args.what} of {model.name} ({model.base_hash[:12]}) on {device_name(model)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
