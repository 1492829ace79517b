"""`python -m core.train tokenizer | tokens | pretrain | meta | average`."""

from __future__ import annotations

import argparse
import importlib
import sys

STAGES = {
    "tokenizer": "train the BPE tokenizer on the text files",
    "tokens": "tokenise the text files into a cache folder",
    "pretrain": "train the decoder on next-token loss",
    "meta": "train it through its own inner steps on episodes",
    "average": "take the weighted mean of models",
}


def main(argv: list[str] | None = None) -> int:
    """Run one stage; imports only what that stage needs."""
    parser = argparse.ArgumentParser(prog="mneme train", description="Train a model of your own.")
    stages = parser.add_subparsers(dest="stage", required=True)
    chosen = next((a for a in (sys.argv[1:] if argv is None else argv) if a in STAGES), None)
    for name, text in STAGES.items():
        stage = stages.add_parser(name, help=text, description=text)
        if name == chosen:
            importlib.import_module(f"core.train.{name}").add_arguments(stage)
    args = parser.parse_args(argv)
    try:
        return importlib.import_module(f"core.train.{args.stage}").run(args)
    except (OSError, ValueError) as error:
        print(f"mneme train: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped; run the same command again to go on from the last checkpoint", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
