"""`train average`: the weighted mean of models of one shape, mostly of one before a training run and those in it.

A run learns what its wordings say and loses some of what the model knew of others; part of the way has most of
the first and little of the second. Source: Wortsman et al., 2022, "Robust fine-tuning of zero-shot models".
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from core.checkpoint import load_weights, save_model
from core.config import DecoderConfig
from core.model import Decoder


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("parts", type=_part, nargs="+", metavar="FOLDER=SHARE", help="a model and its share")
    parser.add_argument("--out", type=Path, required=True, help="folder for the model")


def _part(text: str) -> tuple[Path, float]:
    folder, _, share = text.rpartition("=")
    return Path(folder), float(share)


def run(args: argparse.Namespace) -> int:
    total = sum(share for _, share in args.parts)
    if abs(total - 1) > 1e-6:
        raise ValueError(f"expected shares that add up to 1, got {total:g}")
    shapes = [json.loads((folder / "config.json").read_text())["decoder"] for folder, _ in args.parts]
    if any(shape != shapes[0] for shape in shapes):
        raise ValueError("expected models of one shape")
    decoder = Decoder(DecoderConfig.from_dict(shapes[0]))
    mean = {name: 0 * value for name, value in decoder.state_dict().items()}
    for folder, share in args.parts:
        for name, value in load_weights(folder).items():
            mean[name] += share * value
    decoder.load_state_dict(mean)
    base = save_model(decoder, args.parts[0][0] / "tokenizer.json", args.out)
    print(f"{args.out}: {base[:12]}, the mean of {len(args.parts)} models")
    return 0
