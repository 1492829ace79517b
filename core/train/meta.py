"""`train meta`: learn to learn. Episodes of a user's life, differentiated through the inner steps.

Ordinary steps may come in between: they cost a tenth a token, and what questions are about is learned there too.

Outer loss: mean over all targets, plus a share for the values that are asked for in sessions whose
window no longer holds them. A quarter of the rows is ordinary text, so that language does not
suffer. Episodes come from `core.episodes`, made by worker processes from the seed alone. At every
checkpoint, episodes of the test split are examined: values, wordings and text that training never sees.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from core.checkpoint import load_weights, save_model
from core.config import DecoderConfig
from core.inner_loop import inner_step
from core.model import Decoder
from core.outer_loop import sequence_nll
from core.tokenizer import Tokenizer
from core.train.optim import Optimiser, load_training, save_training, schedule
from core.train.pretrain import SIZES, make_attend, row_loss
from core.train.ranks import Ranks, Stop, end
from core.train.rows import Batch, Rows, held_out, loader, make_batch, plain_batch


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
    parser.add_argument(
        "--plain",
        type=float,
        default=0.0,
        help="ordinary steps (text and conversations, nothing learned on the way) before each step of episodes, "
        "at the start; fewer as the run goes on, none at its end",
    )
    parser.add_argument("--plain-batch", type=int, default=32, help="rows of an ordinary step")
    parser.add_argument("--plain-length", type=int, default=2048, help="tokens of such a row")
    parser.add_argument("--workers", type=int, default=12, help="processes that make episodes")
    parser.add_argument("--save-every", type=float, default=120, help="seconds between checkpoints")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--no-compile", action="store_true")


def batch_nll(decoder: Decoder, batch: Batch, dtype: torch.dtype, **options: Any) -> Tensor:
    """Losses [B, T] of a batch; `options` go to `sequence_nll`."""
    nll, _ = sequence_nll(
        decoder, batch["tokens"], batch["learn_weight"], segments=batch["segment"], dtype=dtype, **options
    )
    return nll


@torch.no_grad()
def examine(decoder: Decoder, batch: Batch, dtype: torch.dtype) -> str:
    """Asked values of held-out episodes with updates and without: loss, and share of values named right.

    A value counts as right where each of its tokens, given those before, is likelier than all others together.
    Values that the assistant says again when it is told them are not among those asked.
    """
    found = []
    for learn in (True, False):
        nll = batch_nll(decoder, batch, dtype, learn=learn)
        asked = (batch["ask_weight"] == 1).float()
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
    progress = {"step": 0, "plain": 0, "seconds": 0.0}
    if (args.out / "progress.json").is_file():
        progress = load_training(args.out, decoder, optimiser)
        ranks.say(f"going on from step {progress['step']}")
    else:
        decoder.load_state_dict(load_weights(args.start))
    attend = make_attend(decoder.config, args.plain_length, str(ranks.device))

    def plain_loss(batch: Batch) -> Tensor:
        return row_loss(decoder, batch["tokens"], attend, dtype, batch["outer_weight"])

    eager = args.no_compile or not cuda
    step_of = inner_step if eager else torch.compile(inner_step, dynamic=False)
    plain_of = plain_loss if eager else torch.compile(plain_loss, dynamic=False)
    step, plain, spent = progress["step"], progress["plain"], progress["seconds"]
    feeds: dict[int, Iterator[Batch]] = {}

    def feed(length: int) -> Batch:
        """The next batch of episodes."""
        if length not in feeds:
            feeds[length] = loader(Rows(make_batch, args, length, step, ranks), args.workers)
        return to_device(next(feeds[length]), ranks.device)

    ordinary: Iterator[Batch] = iter(())
    if args.plain:
        rows = Rows(plain_batch, args, args.plain_length, plain, ranks)
        ordinary = loader(rows, args.workers and max(1, args.workers // 2))
    test = to_device(held_out(args, tokenizer), ranks.device) if ranks.first else {}

    def save() -> None:
        if ranks.first:
            save_training(args.out, decoder, optimiser, {"step": step, "plain": plain, "seconds": spent})
            save_model(decoder, args.tokenizer, args.out / "model")
            ranks.say(f"step {step} saved, {examine(decoder, test, dtype)}")

    warmed: set[int] = set()
    began = saved = time.monotonic()
    shown = 0.0
    running: Tensor | None = None
    text = torch.zeros((), device=ranks.device)
    stopped = False
    while not stopped:
        done = step / args.steps if args.steps else spent / args.seconds
        if done >= 1:
            break
        length = args.length * (2 if done >= 1 - args.long else 1)
        factor = schedule(done, warm=0.05, cool=0.7)
        for _ in range(round(args.plain * (1 - done))):
            text = plain_of(to_device(next(ordinary), ranks.device))
            text.backward()
            ranks.average_(decoder.parameters())
            optimiser.step(factor)
            plain += 1
        batch = feed(length)
        nll = batch_nll(decoder, batch, dtype, step=step_of)
        loss, mean, value = outer_loss(nll, batch, args.asked)
        loss.backward()
        ranks.average_(decoder.parameters())
        norm = torch.nn.utils.clip_grad_norm_(decoder.parameters(), 1.0)
        if torch.isfinite(norm):
            optimiser.step(factor)
        else:
            ranks.say(f"step {step}: gradient not finite, left out")
            decoder.zero_grad(set_to_none=True)
        now_values = torch.stack((mean.detach(), value.detach(), norm.detach(), text.detach()))
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
            m, v, n, t = running.tolist()
            memory = torch.cuda.max_memory_allocated() / 2**30 if cuda else 0
            per = (spent - progress["seconds"]) / max(1, step - progress["step"] - len(warmed))
            ranks.say(
                f"step {step} {done:4.0%} loss {m:.3f} asked {v:.3f} norm {n:.2f} ordinary {t:.3f} ({plain}) "
                f"{per:.3f} s/step {memory:.0f} GB"
            )
        if now - saved > args.save_every:
            save()
            saved = began = time.monotonic()
    save()
    end(ranks, stop, stopped)
    if ranks.first:
        values = running.tolist() if running is not None else []
        (args.out / "meta.json").write_text(
            json.dumps({"step": step, "seconds": spent, "loss_asked_norm_ordinary": values})
        )
        print(f"meta-trained {step} steps of {ranks.count} x {args.batch} rows in {spent:.0f} s")
    return 0
