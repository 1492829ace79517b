"""`train pretrain`: ordinary next-token training, prime MLPs included as plain sub-layers.

Runs for a number of steps or of seconds, whichever is given; learning rates follow that budget. Ctrl-C or
SIGTERM saves and ends; the same command, given again, goes on from the last checkpoint. `torchrun` starts
it on several GPUs, each with its own rows.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from core.checkpoint import load_weights, save_model
from core.config import DecoderConfig
from core.layers import attention_once, wide, window_mask
from core.model import Decoder
from core.tokenizer import Tokenizer
from core.train.data import Mixture
from core.train.optim import Optimiser, load_training, save_training, schedule
from core.train.ranks import Ranks, Stop, end

SIZES: dict[str, dict[str, Any]] = {
    "60m": {
        "dim": 512,
        "hidden_dim": 1408,
        "prime_hidden_dim": 1408,
        "layers": 12,
        "suffix_layers": 3,
        "heads": 8,
        "window": 512,
        "mini_batch": 128,
        "gate_dim": 128,
    },
    "tiny": {
        "dim": 64,
        "hidden_dim": 128,
        "prime_hidden_dim": 128,
        "layers": 4,
        "suffix_layers": 1,
        "heads": 2,
        "window": 64,
        "mini_batch": 32,
        "gate_dim": 16,
    },
}
"""Named shapes."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--cache", type=Path, nargs="+", required=True, help="folders made by `train tokens`")
    parser.add_argument("--tokenizer", type=Path, required=True, help="tokenizer.json")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints and the model")
    parser.add_argument(
        "--start", type=Path, help="folder of a model to go on from, instead of random weights"
    )
    parser.add_argument("--size", choices=SIZES, default="60m")
    parser.add_argument("--steps", type=int, help="steps to train")
    parser.add_argument("--seconds", type=float, help="seconds to train, compilation not counted")
    parser.add_argument("--batch", type=int, default=64, help="rows a step on each GPU")
    parser.add_argument("--length", type=int, default=2048, help="tokens a row")
    parser.add_argument("--save-every", type=float, default=120, help="seconds between checkpoints")
    parser.add_argument("--learning-rate", type=float, default=1.0, help="factor on all learning rates")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--no-compile", action="store_true")


def make_attend(config: DecoderConfig, length: int, device: str):
    """Sliding-window causal attention over whole rows, one derivative deep."""
    if device.startswith("cuda"):
        from torch.nn.attention.flex_attention import create_block_mask, flex_attention

        def near(b: Tensor, h: Tensor, q: Tensor, k: Tensor) -> Tensor:
            return (q >= k) & (q - k < config.window)

        blocks = create_block_mask(near, None, None, length, length, device=device)

        def attend(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
            out = flex_attention(q.transpose(1, 2), k.transpose(1, 2), v.transpose(1, 2), block_mask=blocks)
            return out.transpose(1, 2)  # type: ignore[union-attr]

        return attend
    positions = torch.arange(length, device=device)
    ones = torch.ones(1, length, dtype=torch.long, device=device)
    mask = window_mask(positions, positions, config.window, ones, ones)
    return lambda q, k, v: attention_once(q, k, v, mask)


def row_loss(
    decoder: Decoder, tokens: Tensor, attend, dtype: torch.dtype, shares: Tensor | None = None
) -> Tensor:
    """Mean next-token loss of tokens [B, T+1], nats; `shares` [B, T] weigh the targets."""
    angles = decoder.angles(torch.arange(tokens.shape[1] - 1, device=tokens.device))
    h, _ = decoder.run(decoder.blocks, decoder.embed(tokens[:, :-1], dtype), angles, attend)  # type: ignore[arg-type]
    logits, targets = wide(decoder.logits(h)).flatten(0, 1), tokens[:, 1:].flatten()
    if shares is None:
        return F.cross_entropy(logits, targets)
    nll = F.cross_entropy(logits, targets, reduction="none")
    return (nll * shares.flatten()).sum() / shares.sum()


@torch.no_grad()
def evaluate(
    decoder, loss_of, caches: list[Path], tokenizer: Tokenizer, args, rows: int = 16
) -> dict[str, float]:
    """Held-out loss by source: nats a token and bits a byte."""
    out = {}
    try:
        names = sorted({p.name.split(".")[0] for f in caches for p in f.glob("*.held.npy")})
    except OSError:
        return out
    for name in names:
        rng = np.random.default_rng(1)
        tokens = Mixture(caches, "held", {name: 1.0}).windows(rng, max(args.batch, rows), args.length + 1)
        nats, bytes_, count = 0.0, 0, 0
        for i in range(0, len(tokens) - args.batch + 1, args.batch):
            part = tokens[i : i + args.batch]
            nats += loss_of(torch.from_numpy(part).to(args.device)).item() * part[:, 1:].size
            bytes_ += sum(len(tokenizer.decode(row[1:].tolist()).encode()) for row in part)
            count += part[:, 1:].size
        out[name] = nats / count
        print(f"held out {name:28} {nats / count:.3f} nats/token {nats / math.log(2) / bytes_:.3f} bits/byte")
    return out


def run(args: argparse.Namespace) -> int:
    if (args.steps is None) == (args.seconds is None):
        raise ValueError("expected one of --steps and --seconds")
    torch.manual_seed(args.seed)
    torch.set_float32_matmul_precision("high")
    cuda = args.device.startswith("cuda")
    ranks, stop = Ranks(args.device), Stop()
    args.device = ranks.device
    dtype = torch.bfloat16 if cuda else torch.float32
    tokenizer = Tokenizer(args.tokenizer)
    decoder = Decoder(DecoderConfig(vocab_size=tokenizer.size, **SIZES[args.size])).to(args.device)
    factor = args.learning_rate
    optimiser = Optimiser(
        decoder, matrix=0.02 * factor, embedding=0.1 * factor, head=0.003 * factor, other=0.01 * factor
    )
    progress = {"step": 0, "seconds": 0.0}
    if (args.out / "progress.json").is_file():
        progress = load_training(args.out, decoder, optimiser)
        ranks.say(f"going on from step {progress['step']}")
    elif args.start:
        decoder.load_state_dict(load_weights(args.start))
    mixture = Mixture(args.cache)
    attend = make_attend(decoder.config, args.length, args.device)

    def loss_of(tokens: Tensor) -> Tensor:
        return row_loss(decoder, tokens, attend, dtype)

    compiled = loss_of if args.no_compile or not cuda else torch.compile(loss_of, dynamic=False)
    parameters = sum(p.numel() for p in decoder.parameters())
    ranks.say(
        f"{parameters / 1e6:.1f} M parameters on {ranks.count} x {args.device}, {mixture.tokens / 1e6:.1f} M tokens of text"
    )
    step, spent = progress["step"], progress["seconds"]
    a_step = ranks.count * args.batch * args.length

    def save() -> None:
        if ranks.first:
            save_training(args.out, decoder, optimiser, {"step": step, "seconds": spent})

    began, saved, shown, warm = time.monotonic(), time.monotonic(), 0.0, False
    running: Tensor | None = None
    stopped = False
    while not stopped:
        done = step / args.steps if args.steps else spent / args.seconds
        if done >= 1:
            break
        row = np.random.default_rng([args.seed, step, ranks.index])
        tokens = torch.from_numpy(mixture.windows(row, args.batch, args.length + 1))
        if cuda:
            tokens = tokens.pin_memory().to(args.device, non_blocking=True)
        loss = compiled(tokens)
        loss.backward()
        ranks.average_(decoder.parameters())
        optimiser.step(schedule(done))
        running = loss.detach() if running is None else running.lerp(loss.detach(), 0.05)
        step += 1
        if not warm:  # the first step compiles: start the clock after it
            if cuda:
                torch.cuda.synchronize()
            ranks.say(f"first step after {time.monotonic() - began:.1f} s")
            began, warm = time.monotonic(), True
            continue
        if cuda and step % 8:
            continue
        if cuda:
            torch.cuda.synchronize()
        now = time.monotonic()
        spent += now - began
        began = now
        spent, asked_to_stop = ranks.agree(spent, float(stop.asked))
        stopped = bool(asked_to_stop)
        if now - shown > 10:
            shown = now
            rate = (step - progress["step"]) * a_step / max(spent - progress["seconds"], 1e-9)
            ranks.say(f"step {step} {done:4.0%} loss {running.item():.3f} {rate / 1e6:.2f} M tokens/s")
        if now - saved > args.save_every:
            save()
            saved = began = time.monotonic()
    save()
    end(ranks, stop, stopped)
    if ranks.first:
        save_model(decoder, args.tokenizer, args.out / "model")
        held = evaluate(decoder, compiled, args.cache, tokenizer, args)
        (args.out / "pretrain.json").write_text(
            json.dumps({"step": step, "seconds": spent, "tokens": step * a_step, "held_out": held})
        )
        print(f"pre-trained {step} steps, {step * a_step / 1e6:.0f} M tokens in {spent:.0f} s")
    return 0
