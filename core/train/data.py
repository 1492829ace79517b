"""Training text: JSON lines in, weighted streams of tokens out.

`pretrain-*.jsonl[.xz]` lines hold {"source", "text"}, `chat-*.jsonl[.xz]` lines {"source",
"messages"}. Each source becomes one uint16 array in a cache folder (`<source>.train.npy`,
`<source>.held.npy`); one document in 200, chosen by the hash of its text, is held out.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from core.tokenizer import Tokenizer

HELD_OUT = 200
"""One document in so many is held out."""

WEIGHTS = {
    "enwiki_core_wikivisual": 0.6,
    "openstax_us_history": 0.004,
    "world_factbook": 0.001,
    "wordset_glosses": 0.005,
    "fairytaleqa_stories": 0.006,
    "pratham_storyweaver_en": 0.002,
    "african_storybook_en": 0.001,
    "gutenberg_text_authors": 0.1,
    "classic_books_markdown": 0.09,
    "self_dialogue_corpus": 0.04,
    "topical_chat": 0.01,
    "synthetic_persona_chat": 0.006,
    "personality_chat_ms": 0.004,
    "chatterbot_english": 0.001,
    "sgd_task_dialogue": 0.03,
    "dolly15k": 0.022,
    "oasst1_en_threads": 0.004,
    "opentriviaqa": 0.015,
    "derived_wiki_intro_qa": 0.015,
    "derived_factbook_qa": 0.001,
    "derived_wordset_definitions": 0.004,
    "fairytaleqa_qa": 0.02,
    "self_instruct_seed": 0.001,
    "gpteacher_roleplay": 0.003,
}
"""Share of each source in ordinary text; books are old and many, so they weigh less than their bytes, and small
sources little, or a long run would learn them by heart."""

CONFIDENT = 0.9
"""Chat threads with a lower confidence in their structure are left out."""


def read_lines(files: Sequence[Path]) -> Iterator[dict]:
    """Parsed lines of the given files, `.xz` or plain."""
    for path in files:
        opener = lzma.open if path.suffix == ".xz" else open
        with opener(path, "rt", encoding="utf-8") as file:
            for line in file:
                yield json.loads(line)


def training_files(folder: Path) -> list[Path]:
    """The text files of a data folder, in order.

    Raises:
        FileNotFoundError: there is none.
    """
    files = sorted(p for p in folder.iterdir() if p.name.endswith((".jsonl", ".jsonl.xz")))
    if not files:
        raise FileNotFoundError(f"expected *.jsonl or *.jsonl.xz in {folder}, found none")
    return files


def is_held_out(text: str) -> bool:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") % HELD_OUT == 0


def document_of(line: dict) -> list[tuple[str, str]]:
    """The (role, text) turns of a line; none where it is to be left out."""
    if "text" in line:
        return [("document", line["text"].strip())]
    if line.get("conf", 1.0) < CONFIDENT:
        return []
    turns = [(m["role"], m["content"].strip()) for m in line["messages"]]
    return turns if all(text for _, text in turns) else []


def build_cache(files: Sequence[Path], tokenizer: Tokenizer, cache: Path, batch: int = 512) -> dict[str, int]:
    """Tokenise the files into `cache`; returns training tokens by source. Progress goes to stderr."""
    cache.mkdir(parents=True, exist_ok=True)
    parts: dict[tuple[str, str], list[np.ndarray]] = {}
    total = shown = 0

    def add(lines: list[dict]) -> int:
        turns = [(line["source"], document_of(line)) for line in lines]
        flat = [text for _, document in turns for _, text in document]
        encoded = iter(tokenizer.encode_batch(flat))
        count = 0
        for source, document in turns:
            if not document:
                continue
            ids: list[int] = []
            for role, _ in document:
                ids += [tokenizer.roles[role], *next(encoded), tokenizer.end]
            split = "held" if is_held_out("\n".join(text for _, text in document)) else "train"
            parts.setdefault((source, split), []).append(np.asarray(ids, np.uint16))
            count += len(ids)
        return count

    waiting: list[dict] = []
    for line in read_lines(files):
        waiting.append(line)
        if len(waiting) == batch:
            total += add(waiting)
            waiting = []
            if total - shown > 5e6:
                shown = total
                print(f"tokenised {total / 1e6:.0f} M tokens", file=sys.stderr, flush=True)
    total += add(waiting)
    for (source, split), arrays in parts.items():
        np.save(cache / f"{source}.{split}.npy", np.concatenate(arrays))
    return {s: sum(len(a) for a in arrays) for (s, split), arrays in parts.items() if split == "train"}


class Mixture:
    """Random windows of tokens, sources drawn by weight. Sources may be spread over several folders."""

    def __init__(
        self, folders: Sequence[Path], split: str = "train", weights: dict[str, float] | None = None
    ) -> None:
        """Map the cached arrays.

        Raises:
            FileNotFoundError: no array of that split in any of the folders.
        """
        weights = WEIGHTS if weights is None else weights
        self.arrays: list[np.ndarray] = []
        self.sources: list[str] = []
        found: dict[str, list[np.ndarray]] = {}
        for folder in folders:
            for path in sorted(folder.glob(f"*.{split}.npy")):
                array = np.load(path, mmap_mode="r")
                if len(array) > 1 and weights.get(path.name.split(".")[0], 0) > 0:
                    found.setdefault(path.name.split(".")[0], []).append(array)
        if not found:
            raise FileNotFoundError(f"expected *.{split}.npy in {[str(f) for f in folders]}")
        shares = []
        for source, arrays in found.items():
            size = sum(len(a) for a in arrays)
            for array in arrays:
                self.arrays.append(array)
                self.sources.append(source)
                shares.append(weights[source] * len(array) / size)
        self.shares = np.asarray(shares) / sum(shares)

    def windows(self, rng: np.random.Generator, count: int, length: int) -> np.ndarray:
        """[count, length] int64 tokens; a window that runs past a source's end goes on at its start."""
        out = np.empty((count, length), np.int64)
        for row, which in enumerate(rng.choice(len(self.arrays), count, p=self.shares)):
            array = self.arrays[which]
            start = int(rng.integers(len(array)))
            piece = array[start : start + length]
            while len(piece) < length:
                piece = np.concatenate((piece, array[: length - len(piece)]))
            out[row] = piece
        return out

    @property
    def tokens(self) -> int:
        return sum(len(a) for a in self.arrays)
