"""`train tokenizer`: BPE on a weighted sample of the training text."""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from core.tokenizer import Tokenizer, train_tokenizer
from core.train.data import WEIGHTS, document_of, is_held_out, read_lines, training_files


def sample(files: list[Path], characters: int, seed: int) -> Iterator[str]:
    """Documents until each source has given its weighted share of `characters`."""
    left = {source: int(weight * characters) for source, weight in WEIGHTS.items()}
    rng = random.Random(seed)
    rng.shuffle(files)
    for line in read_lines(files):
        if left.get(line["source"], 0) <= 0:
            continue
        turns = document_of(line)
        if not turns or is_held_out("\n".join(text for _, text in turns)):
            continue
        for _, text in turns:
            text = text[: left[line["source"]]]
            left[line["source"]] -= len(text)
            yield text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, required=True, help="folder of *.jsonl[.xz] text files")
    parser.add_argument("--out", type=Path, required=True, help="tokenizer.json to write")
    parser.add_argument("--size", type=int, default=16_384, help="entries (default 16384)")
    parser.add_argument("--characters", type=int, default=60_000_000, help="characters of text to train on")
    parser.add_argument("--seed", type=int, default=0)


def run(args: argparse.Namespace) -> int:
    files = training_files(args.data)
    print(f"training a tokenizer of {args.size} entries on {len(files)} files", file=sys.stderr)
    train_tokenizer(sample(files, args.characters, args.seed), args.size, args.out)
    tokenizer = Tokenizer(args.out)
    texts = list(sample(files, 1_000_000, args.seed + 1))
    tokens = sum(map(len, tokenizer.encode_batch(texts)))
    print(f"{tokenizer.size} entries, {sum(map(len, texts)) / tokens:.3f} characters a token")
    return 0
