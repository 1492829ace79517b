"""`train tokens`: tokenise the text files once into a cache of uint16 arrays."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.tokenizer import Tokenizer
from core.train.data import build_cache, training_files


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, required=True, help="folder of *.jsonl[.xz] text files")
    parser.add_argument("--tokenizer", type=Path, required=True, help="tokenizer.json")
    parser.add_argument("--cache", type=Path, required=True, help="folder for the arrays")


def run(args: argparse.Namespace) -> int:
    counts = build_cache(training_files(args.data), Tokenizer(args.tokenizer), args.cache)
    for source, count in sorted(counts.items()):
        print(f"{source:32} {count / 1e6:8.2f} M tokens")
    print(f"{'all':32} {sum(counts.values()) / 1e6:8.2f} M tokens")
    return 0
