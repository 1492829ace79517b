"""`train meta`: learn to learn. Episodes of a user's life, differentiated through the inner steps.

Outer loss: mean over all targets, plus a share for the values that are asked for in sessions whose
window no longer holds them. A quarter of the rows is ordinary text, so that language does not
suffer. Episodes come from `core.episodes`, made by worker processes from the seed alone.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from core.checkpoint import load_weights, save_model
from core.config import DecoderConfig
from core.inner_loop import inner_step
from core.model import Decoder
from core.outer_loop import sequence_nll
from core.tokenizer import Tokenizer
from core.train.data import Mixture
from core.train.optim import Optimiser, load_training, save_training, schedule
from core.train.pretrain import SIZES

Batch = dict[str, Tensor]

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
    """Endless batches of one length: episodes and, for a share of the rows, ordinary text."""

    def __init__(self, args: argparse.Namespace, length: int, first: int) -> None:
        self.args, self.length, self.first = args, length, first

    def __iter__(self) -> Iterator[dict[str, np.ndarray]]:
        worker = torch.utils.data.get_worker_info()
        which, count = (worker.id, worker.num_workers) if worker else (0, 1)
        tokenizer, mixture = Tokenizer(self.args.tokenizer), Mixture(self.args.cache)
        step = self.first + which
        while True:
            yield make_batch(self.args, self.length, step, tokenizer, mixture)
            step += count


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


def make_batch(args, length: int, step: int, tokenizer: Tokenizer, mixture: Mixture) -> dict[str, np.ndarray]:
    """One batch from the seed and the step's number alone."""
    from core.episodes import encode_episode, sample_episode

    rng = random.Random(f"{args.seed}/{step}/{length}")
    plain = round(args.batch * args.text)
    source = text_turns(mixture, tokenizer, rng.randrange(2**31))
    size = SIZES[args.size]["mini_batch"]
    keys = ("tokens", "learn_weight", "outer_weight", "ask_weight", "segment")
    rows: dict[str, list] = {k: [] for k in keys}

    def count(text: str) -> int:
        return len(text) // 4 + 1

    for _ in range(args.batch - plain):
        row = encode_episode(
            sample_episode(rng, length, source, count, mini_batch=size),
            tokenizer.encode_with_offsets,
            tokenizer.special_ids,
            length=length,
            mini_batch=size,
        )
        for k in keys:
            rows[k].append(row[k])
    out = {k: np.asarray(v, np.int64 if k in ("tokens", "segment") else np.float32) for k, v in rows.items()}
    if plain:
        tokens = mixture.windows(np.random.default_rng(rng.randrange(2**31)), plain, length + 1)
        ones = np.ones((plain, length), np.float32)
        extra = {
            "tokens": tokens,
            "learn_weight": role_weights(tokens, tokenizer),
            "outer_weight": ones,
            "ask_weight": 0 * ones,
            "segment": ones.astype(np.int64),
        }
        out = {k: np.concatenate((out[k].reshape(-1, *extra[k].shape[1:]), extra[k])) for k in keys}
    return out


def outer_loss(nll: Tensor, batch: Batch, asked: float) -> tuple[Tensor, Tensor, Tensor]:
    """Total loss, mean loss over targets and mean loss of asked values, nats a token."""
    mean = (nll * batch["outer_weight"]).sum() / batch["outer_weight"].sum()
    value = (nll * batch["ask_weight"]).sum() / batch["ask_weight"].sum().clamp(min=1)
    return mean + asked * value, mean, value


def to_device(batch: dict[str, Tensor], device: str) -> Batch:
    return {k: v.to(device, non_blocking=True) for k, v in batch.items()}


def loader(args: argparse.Namespace, length: int, first: int) -> Iterator[dict[str, Tensor]]:
    """Batches from worker processes, in the order of their step numbers."""
    return iter(
        torch.utils.data.DataLoader(
            Rows(args, length, first),
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
    dtype = torch.bfloat16 if cuda else torch.float32
    tokenizer = Tokenizer(args.tokenizer)
    decoder = Decoder(DecoderConfig(vocab_size=tokenizer.size, **SIZES[args.size])).to(args.device)
    f = args.learning_rate
    optimiser = Optimiser(decoder, matrix=0.02 * f, embedding=0.03 * f, head=0.003 * f, other=0.01 * f)
    progress = {"step": 0, "seconds": 0.0}
    if (args.out / "progress.json").is_file():
        progress = load_training(args.out, decoder, optimiser)
        print(f"going on from step {progress['step']}", file=sys.stderr)
    else:
        decoder.load_state_dict(load_weights(args.start))
    step_of = inner_step if args.no_compile or not cuda else torch.compile(inner_step, dynamic=False)
    step, spent = progress["step"], progress["seconds"]
    feeds: dict[int, Iterator] = {args.length: loader(args, args.length, step)}
    warmed: set[int] = set()
    began = saved = time.monotonic()
    shown = 0.0
    running: Tensor | None = None
    while True:
        done = step / args.steps if args.steps else spent / args.seconds
        if done >= 1:
            break
        length = args.length * (2 if done >= 1 - args.long else 1)
        if length not in feeds:
            feeds[length] = loader(args, length, step)
        batch = to_device(next(feeds[length]), args.device)
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
        norm = torch.nn.utils.clip_grad_norm_(decoder.parameters(), 1.0)
        if torch.isfinite(norm):
            optimiser.step(schedule(done, warm=0.05, cool=0.7))
        else:
            print(f"step {step}: gradient not finite, left out", file=sys.stderr)
            decoder.zero_grad(set_to_none=True)
        now_values = torch.stack((mean.detach(), value.detach(), norm.detach()))
        running = now_values if running is None else running.lerp(now_values, 0.05)
        step += 1
        if cuda:
            torch.cuda.synchronize()
        now = time.monotonic()
        if length not in warmed:  # the first step of a length compiles: not counted
            warmed.add(length)
            print(f"first step of {length} tokens after {now - began:.1f} s", file=sys.stderr, flush=True)
            began = now
            continue
        spent, began = spent + now - began, now
        if now - shown > 10:
            shown = now
            m, v, n = running.tolist()
            memory = torch.cuda.max_memory_allocated() / 2**30 if cuda else 0
            per = (spent - progress["seconds"]) / max(1, step - progress["step"] - len(warmed))
            print(
                f"step {step} {done:4.0%} loss {m:.3f} asked {v:.3f} norm {n:.2f} {per:.3f} s/step {memory:.0f} GB",
                file=sys.stderr,
                flush=True,
            )
        if now - saved > args.save_every:
            saved = now
            save_training(args.out, decoder, optimiser, {"step": step, "seconds": spent})
            save_model(decoder, args.tokenizer, args.out / "model")
    save_training(args.out, decoder, optimiser, {"step": step, "seconds": spent})
    save_model(decoder, args.tokenizer, args.out / "model")
    values = running.tolist() if running is not None else []
    (args.out / "meta.json").write_text(
        json.dumps({"step": step, "seconds": spent, "loss_asked_norm": values})
    )
    print(f"meta-trained {step} steps in {spent:.0f} s")
    return 0
