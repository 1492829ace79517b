"""`train meta`: learn to learn. Episodes of a user's life, differentiated through the inner steps.

Outer loss: mean over all targets, plus a share for the values that are asked for in sessions whose
window no longer holds them. A quarter of the rows is ordinary text, so that language does not
suffer. Episodes come from `core.episodes`, made by worker processes from the seed alone.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from core.checkpoint import load_weights, save_model
from core.config import DecoderConfig
from core.episodes.values import Split
from core.inner_loop import inner_step
from core.model import Decoder
from core.outer_loop import sequence_nll
from core.tokenizer import Tokenizer
from core.train.data import Mixture
from core.train.optim import Optimiser, load_training, save_training, schedule
from core.train.pretrain import SIZES
from core.train.ranks import Ranks, Stop

Batch = dict[str, Tensor]
Arrays = dict[str, np.ndarray]
KEYS = ("tokens", "learn_weight", "outer_weight", "ask_weight", "segment")

STORY_QUESTIONS = "fairytaleqa_qa"
"""The source of questions about a passage."""
STORY_SHARE = 0.15
"""How often other text is such a question, the passage given as a memory turn."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--cache", type=Path, nargs="+", required=True, help="folders made by `train tokens`")
    parser.add_argument("--tokenizer", type=Path, required=True, help="tokenizer.json")
    parser.add_argument("--start", type=Path, required=True, help="folder of the model to start from")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints and the model")
    parser.add_argument("--size", choices=SIZES, default="60m")
    parser.add_argument("--steps", type=int, help="steps to train")
    parser.add_argument("--seconds", type=float, help="seconds to train, compilation not counted")
    parser.add_argument("--batch", type=int, default=16, help="sequences a step")
    parser.add_argument("--length", type=int, default=2048, help="tokens a sequence")
    parser.add_argument(
        "--long", type=float, default=0.0, help="share of the run, at its end, with doubled length"
    )
    parser.add_argument("--text", type=float, default=0.25, help="share of rows that are ordinary text")
    parser.add_argument("--asked", type=float, default=0.5, help="weight of the asked values' loss")
    parser.add_argument(
        "--learning-rate", type=float, default=0.3, help="factor on pre-training's learning rates"
    )
    parser.add_argument("--workers", type=int, default=12, help="processes that make episodes")
    parser.add_argument("--save-every", type=float, default=120, help="seconds between checkpoints")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--no-compile", action="store_true")


def role_weights(tokens: np.ndarray, tokenizer: Tokenizer) -> np.ndarray:
    """Inner-loss share of each target in plain rows [B, T+1]: 1 in user and document turns."""
    role = np.full(tokens.shape[0], tokenizer.roles["document"])
    out = np.zeros((tokens.shape[0], tokens.shape[1] - 1), np.float32)
    special = np.isin(tokens, list(tokenizer.roles.values()))
    lessons = (tokenizer.roles["user"], tokenizer.roles["document"])
    for i in range(1, tokens.shape[1]):
        role = np.where(special[:, i - 1], tokens[:, i - 1], role)
        out[:, i - 1] = np.isin(role, lessons) & ~special[:, i]
    return out


class Rows(torch.utils.data.IterableDataset):
    """Endless batches of one length for one of the processes that train together."""

    def __init__(self, args: argparse.Namespace, length: int, first: int, ranks: Ranks) -> None:
        self.args, self.length, self.first = args, length, first
        self.index, self.count = ranks.index, ranks.count

    def __iter__(self) -> Iterator[Arrays]:
        worker = torch.utils.data.get_worker_info()
        which, workers = (worker.id, worker.num_workers) if worker else (0, 1)
        tokenizer, mixture = Tokenizer(self.args.tokenizer), Mixture(self.args.cache)
        step = self.first + which
        while True:
            batch = step * self.count + self.index
            yield make_batch(self.args, self.length, batch, tokenizer, mixture)
            step += workers


def text_turns(
    mixture: Mixture, tokenizer: Tokenizer, seed: int
) -> Callable[[random.Random], list[tuple[str, str]]]:
    """A source of (role, text) turns cut from the training text, for distractors."""
    arrays = np.random.default_rng(seed)
    names = {i: name for name, i in tokenizer.roles.items()}
    stories = [a for a, name in zip(mixture.arrays, mixture.sources) if name == STORY_QUESTIONS]

    def draw(rng: random.Random) -> list[tuple[str, str]]:
        if stories and rng.random() < STORY_SHARE:
            turns = passage_question(rng.choice(stories), tokenizer, rng)
            if turns:
                return turns
        row = mixture.windows(arrays, 1, rng.choice((64, 96, 128, 192, 256)))[0].tolist()
        turns: list[tuple[str, str]] = []
        role, ids = "document", []
        for token in [*row, tokenizer.end]:
            if token in names or token == tokenizer.end:
                text = tokenizer.decode(ids).strip()
                if text:
                    turns.append((role, text))
                ids = []
                role = names.get(token, role)
            else:
                ids.append(token)
        return turns

    return draw


def passage_question(array: np.ndarray, tokenizer: Tokenizer, rng: random.Random) -> list[tuple[str, str]]:
    """A question about a story as the chat asks it: question, passage in a memory turn, answer.

    Args:
        array: tokens of "story ... Question: ..." and answer pairs; one is taken at random.

    Returns:
        The three turns, none where the exchange found is too long or of another form.
    """
    start = rng.randrange(len(array))
    row = array[start : start + 1024].tolist()
    begin = row.index(tokenizer.roles["user"]) if tokenizer.roles["user"] in row else len(row)
    ids = row[begin + 1 :]
    if ids.count(tokenizer.end) < 2:
        return []
    asked = ids.index(tokenizer.end)
    ended = ids.index(tokenizer.end, asked + 1)
    text, answer = tokenizer.decode(ids[:asked]), tokenizer.decode(ids[asked + 2 : ended]).strip()
    _, _, rest = text.partition("\n\n")
    story, _, question = rest.rpartition("\n\nQuestion:")
    if asked > 400 or not story or not question.strip() or not answer:
        return []
    passage = f"[d{rng.randint(1, 99)}] {' '.join(story.split())}"
    return [("user", question.strip()), ("memory", passage), ("assistant", answer)]


def episode_rows(
    rng: random.Random,
    rows: int,
    length: int,
    tokenizer: Tokenizer,
    mixture: Mixture,
    size: int,
    split: Split,
) -> Arrays:
    """Episodes as arrays [rows, ...], see `core.episodes.encode_episode`."""
    from core.episodes import encode_episode, sample_episode

    source = text_turns(mixture, tokenizer, rng.randrange(2**31))
    made = [
        encode_episode(
            sample_episode(
                rng, length, source, lambda text: len(text) * 10 // 37 + 1, split=split, mini_batch=size
            ),
            tokenizer.encode_with_offsets,
            tokenizer.special_ids,
            length=length,
            mini_batch=size,
        )
        for _ in range(rows)
    ]
    return {
        k: np.asarray([row[k] for row in made], np.int64 if k in ("tokens", "segment") else np.float32)
        for k in KEYS
    }


def text_rows(rng: random.Random, rows: int, length: int, tokenizer: Tokenizer, mixture: Mixture) -> Arrays:
    """Ordinary text as rows of the same form; nothing is asked."""
    tokens = mixture.windows(np.random.default_rng(rng.randrange(2**31)), rows, length + 1)
    ones = np.ones((rows, length), np.float32)
    return {
        "tokens": tokens,
        "learn_weight": role_weights(tokens, tokenizer),
        "outer_weight": ones,
        "ask_weight": 0 * ones,
        "segment": ones.astype(np.int64),
    }


def make_batch(args, length: int, batch: int, tokenizer: Tokenizer, mixture: Mixture) -> Arrays:
    """Batch number `batch` of a length, from the seed and that number alone; long rows are fewer."""
    rng = random.Random(f"{args.seed}/{batch}/{length}")
    rows = max(1, args.batch * args.length // length)
    plain = round(rows * args.text)
    size = SIZES[args.size]["mini_batch"]
    parts = (
        [episode_rows(rng, rows - plain, length, tokenizer, mixture, size, "train")] if plain < rows else []
    )
    if plain:
        parts.append(text_rows(rng, plain, length, tokenizer, mixture))
    return {k: np.concatenate([part[k] for part in parts]) for k in KEYS}


def held_out(args, tokenizer: Tokenizer, rows: int = 16) -> Batch:
    """Episodes of the test split: values, wordings, small talk and text that training never sees."""
    mixture, size = Mixture(args.cache, "held"), SIZES[args.size]["mini_batch"]
    rng = random.Random(f"held out {args.seed}")
    made = episode_rows(rng, rows, args.length, tokenizer, mixture, size, "test")
    return {k: torch.from_numpy(v) for k, v in made.items()}


@torch.no_grad()
def examine(decoder: Decoder, batch: Batch, dtype: torch.dtype) -> str:
    """Asked values of held-out episodes with updates and without: loss, and share of values named right.

    A value counts as right where each of its tokens, given those before, is likelier than all others together.
    """
    found = []
    for learn in (True, False):
        nll, _ = sequence_nll(
            decoder,
            batch["tokens"],
            batch["learn_weight"],
            segments=batch["segment"],
            dtype=dtype,
            learn=learn,
        )
        asked = batch["ask_weight"]
        starts = asked.diff(dim=1, prepend=torch.zeros_like(asked[:, :1])) > 0
        values = int(starts.sum())
        number = (starts.flatten().cumsum(0) - 1)[asked.flatten() > 0]
        wrong = (nll > math.log(2)).flatten()[asked.flatten() > 0].long()
        missed = int((torch.zeros_like(number[:values]).scatter_add_(0, number, wrong) > 0).sum())
        loss = float((nll * asked).sum() / asked.sum())
        found.append(f"{loss:.3f} ({1 - missed / max(values, 1):.0%} of {values})")
    return f"held-out values: {found[0]} with updates, {found[1]} without"


def outer_loss(nll: Tensor, batch: Batch, asked: float) -> tuple[Tensor, Tensor, Tensor]:
    """Total loss, mean loss over targets and mean loss of asked values, nats a token."""
    mean = (nll * batch["outer_weight"]).sum() / batch["outer_weight"].sum()
    value = (nll * batch["ask_weight"]).sum() / batch["ask_weight"].sum().clamp(min=1)
    return mean + asked * value, mean, value


def to_device(batch: dict[str, Tensor], device: str) -> Batch:
    return {k: v.to(device, non_blocking=True) for k, v in batch.items()}


def loader(args: argparse.Namespace, length: int, first: int, ranks: Ranks) -> Iterator[Batch]:
    """Batches from worker processes, in the order of their step numbers."""
    return iter(
        torch.utils.data.DataLoader(
            Rows(args, length, first, ranks),
            batch_size=None,
            num_workers=args.workers,
            prefetch_factor=4 if args.workers else None,
            pin_memory=args.device.startswith("cuda"),
        )
    )


def run(args: argparse.Namespace) -> int:
    if (args.steps is None) == (args.seconds is None):
        raise ValueError("expected one of --steps and --seconds")
    torch.manual_seed(args.seed)
    torch.set_float32_matmul_precision("high")
    cuda = args.device.startswith("cuda")
    ranks, stop = Ranks(args.device), Stop()
    dtype = torch.bfloat16 if cuda else torch.float32
    tokenizer = Tokenizer(args.tokenizer)
    decoder = Decoder(DecoderConfig(vocab_size=tokenizer.size, **SIZES[args.size])).to(ranks.device)
    f = args.learning_rate
    optimiser = Optimiser(decoder, matrix=0.02 * f, embedding=0.03 * f, head=0.003 * f, other=0.01 * f)
    progress = {"step": 0, "seconds": 0.0}
    if (args.out / "progress.json").is_file():
        progress = load_training(args.out, decoder, optimiser)
        ranks.say(f"going on from step {progress['step']}")
    else:
        decoder.load_state_dict(load_weights(args.start))
    step_of = inner_step if args.no_compile or not cuda else torch.compile(inner_step, dynamic=False)
    step, spent = progress["step"], progress["seconds"]
    feeds: dict[int, Iterator[Batch]] = {args.length: loader(args, args.length, step, ranks)}
    test = to_device(held_out(args, tokenizer), ranks.device) if ranks.first else {}

    def save() -> None:
        if ranks.first:
            save_training(args.out, decoder, optimiser, {"step": step, "seconds": spent})
            save_model(decoder, args.tokenizer, args.out / "model")
            ranks.say(f"step {step} saved, {examine(decoder, test, dtype)}")

    warmed: set[int] = set()
    began = saved = time.monotonic()
    shown = 0.0
    running: Tensor | None = None
    stopped = False
    while not stopped:
        done = step / args.steps if args.steps else spent / args.seconds
        if done >= 1:
            break
        length = args.length * (2 if done >= 1 - args.long else 1)
        if length not in feeds:
            feeds[length] = loader(args, length, step, ranks)
        batch = to_device(next(feeds[length]), ranks.device)
        nll, _ = sequence_nll(
            decoder,
            batch["tokens"],
            batch["learn_weight"],
            segments=batch["segment"],
            dtype=dtype,
            step=step_of,
        )
        loss, mean, value = outer_loss(nll, batch, args.asked)
        loss.backward()
        ranks.average_(decoder.parameters())
        norm = torch.nn.utils.clip_grad_norm_(decoder.parameters(), 1.0)
        if torch.isfinite(norm):
            optimiser.step(schedule(done, warm=0.05, cool=0.7))
        else:
            ranks.say(f"step {step}: gradient not finite, left out")
            decoder.zero_grad(set_to_none=True)
        now_values = torch.stack((mean.detach(), value.detach(), norm.detach()))
        running = now_values if running is None else running.lerp(now_values, 0.05)
        step += 1
        if cuda:
            torch.cuda.synchronize()
        now = time.monotonic()
        if length in warmed:
            spent += now - began
        else:  # the first step of a length compiles: not counted
            warmed.add(length)
            ranks.say(f"first step of {length} tokens after {now - began:.1f} s")
        began = now
        spent, asked_to_stop = ranks.agree(spent, float(stop.asked))
        stopped = bool(asked_to_stop)
        if now - shown > 10:
            shown = now
            m, v, n = running.tolist()
            memory = torch.cuda.max_memory_allocated() / 2**30 if cuda else 0
            per = (spent - progress["seconds"]) / max(1, step - progress["step"] - len(warmed))
            ranks.say(
                f"step {step} {done:4.0%} loss {m:.3f} asked {v:.3f} norm {n:.2f} {per:.3f} s/step {memory:.0f} GB"
            )
        if now - saved > args.save_every:
            save()
            saved = began = time.monotonic()
    save()
    stop.restore()
    ranks.leave()
    if stopped:
        raise KeyboardInterrupt
    if ranks.first:
        values = running.tolist() if running is not None else []
        (args.out / "meta.json").write_text(
            json.dumps({"step": step, "seconds": spent, "loss_asked_norm": values})
        )
        print(f"meta-trained {step} steps of {ranks.count} x {args.batch} rows in {spent:.0f} s")
    return 0
