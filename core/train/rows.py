"""What meta-training reads: episodes of a user's life and ordinary text, as rows of tokens and weights.

Made by worker processes, from the seed and a batch's number alone.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterator

import numpy as np
import torch
from torch import Tensor

from core.episodes.values import Split
from core.tokenizer import Tokenizer
from core.train.data import Mixture
from core.train.pretrain import SIZES
from core.train.ranks import Ranks

Batch = dict[str, Tensor]
Arrays = dict[str, np.ndarray]
KEYS = ("tokens", "learn_weight", "outer_weight", "ask_weight", "segment")

READERS = 0.12
"""Share of episodes in which nothing is told: all answers stand in passages."""
CONVERSATIONS = 0.42
"""Share of the rows without learning that are generated conversations."""
QUESTIONS = {
    "dolly15k": 3,
    "opentriviaqa": 1,
    "derived_factbook_qa": 2,
    "derived_wordset_definitions": 2,
    "oasst1_en_threads": 2,
    "personality_chat_ms": 2,
    "synthetic_persona_chat": 1,
    "self_instruct_seed": 1,
}
"""Sources of questions that have nothing to do with the user, and their shares."""
STORY_QUESTIONS = "fairytaleqa_qa"
"""The source of questions about a passage."""
STORY_SHARE = 0.15
"""How often other text is such a question, the passage given as a memory turn."""
STORY_AMONG = 0.25
"""The same among the questions that have nothing to do with the user."""
LONG_STORY = 400
"""Tokens of a passage and its question, at most."""
SHORT = 64
"""Tokens of a question without a passage, and of its answer, at most."""


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
    """Endless batches of one length for one of the processes that train together; `make` is `make_batch` or `plain_batch`."""

    def __init__(
        self, make: Callable[..., Arrays], args: argparse.Namespace, length: int, first: int, ranks: Ranks
    ) -> None:
        self.make, self.args, self.length, self.first = make, args, length, first
        self.index, self.count = ranks.index, ranks.count

    def __iter__(self) -> Iterator[Arrays]:
        worker = torch.utils.data.get_worker_info()
        which, workers = (worker.id, worker.num_workers) if worker else (0, 1)
        tokenizer, mixture = Tokenizer(self.args.tokenizer), Mixture(self.args.cache)
        step = self.first + which
        while True:
            batch = step * self.count + self.index
            yield self.make(self.args, self.length, batch, tokenizer, mixture)
            step += workers


def text_turns(
    mixture: Mixture, tokenizer: Tokenizer, seed: int
) -> Callable[[random.Random], list[tuple[str, str]]]:
    """A source of (role, text) turns cut from the training text, for distractors."""
    arrays = np.random.default_rng(seed)
    names = {i: name for name, i in tokenizer.roles.items()}
    stories = _stories(mixture)

    def draw(rng: random.Random) -> list[tuple[str, str]]:
        if stories and rng.random() < STORY_SHARE:
            turns = passage_question(rng.choice(stories), tokenizer, rng)
            if turns:
                return turns
        row = mixture.windows(arrays, 1, rng.choice((64, 96, 128, 192, 256, 512)))[0].tolist()
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


def _stories(mixture: Mixture) -> list[np.ndarray]:
    return [a for a, name in zip(mixture.arrays, mixture.sources) if name == STORY_QUESTIONS]


def general_questions(
    mixture: Mixture, tokenizer: Tokenizer
) -> Callable[[random.Random], list[tuple[str, str]]]:
    """A source of short questions and answers that have nothing to do with the user."""
    chosen = [(a, QUESTIONS[name]) for a, name in zip(mixture.arrays, mixture.sources) if name in QUESTIONS]
    arrays, shares = [a for a, _ in chosen], [share for _, share in chosen]
    stories = _stories(mixture)

    def draw(rng: random.Random) -> list[tuple[str, str]]:
        if stories and rng.random() < STORY_AMONG:
            return passage_question(rng.choice(stories), tokenizer, rng)
        for array in rng.choices(arrays, shares, k=4) if arrays else ():
            start = rng.randrange(len(array))
            found = exchange(array[start : start + 4 * SHORT].tolist(), tokenizer)
            if found:
                return found
        return []

    return draw


def exchange(ids: list[int], tokenizer: Tokenizer) -> list[tuple[str, str]]:
    """The first question and answer in these tokens, none where one of them is long."""
    asked, answered = _first_exchange(ids, tokenizer)
    if max(len(asked), len(answered)) > SHORT:
        return []
    question, answer = tokenizer.decode(asked).strip(), tokenizer.decode(answered).strip()
    return [("user", question), ("assistant", answer)] if question and answer else []


def _first_exchange(ids: list[int], tokenizer: Tokenizer) -> tuple[list[int], list[int]]:
    """Tokens of the first question and of its answer, empty where one is not whole."""
    user, assistant, end = tokenizer.roles["user"], tokenizer.roles["assistant"], tokenizer.end
    ids = ids[ids.index(user) + 1 :] if user in ids else []
    if ids.count(end) < 2:
        return [], []
    asked = ids.index(end)
    ended = ids.index(end, asked + 1)
    return (ids[:asked], ids[asked + 2 : ended]) if ids[asked + 1] == assistant else ([], [])


def passage_question(array: np.ndarray, tokenizer: Tokenizer, rng: random.Random) -> list[tuple[str, str]]:
    """A question about a story as the chat asks it: question, passage in a memory turn, answer.

    Args:
        array: tokens of "story ... Question: ..." and answer pairs; one is taken at random.

    Returns:
        The three turns, none where the exchange found is too long or of another form.
    """
    start = rng.randrange(len(array))
    asked, answered = _first_exchange(array[start : start + 1024].tolist(), tokenizer)
    text, answer = tokenizer.decode(asked), tokenizer.decode(answered).strip()
    _, _, rest = text.partition("\n\n")
    story, _, question = rest.rpartition("\n\nQuestion:")
    if len(asked) > LONG_STORY or not story or not question.strip() or not answer:
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
    passages: bool = True,
) -> Arrays:
    """Episodes as arrays [rows, ...], see `core.episodes.encode_episode`."""
    from core.episodes import encode_episode, sample_episode, sample_reader

    source = text_turns(mixture, tokenizer, rng.randrange(2**31))
    shared = {"general": general_questions(mixture, tokenizer), "split": split, "mini_batch": size}

    def count(text: str) -> int:
        return len(text) * 10 // 37 + 1

    made = []
    for _ in range(rows):
        if passages and rng.random() < READERS:
            episode = sample_reader(rng, length, source, count, **shared)
        else:
            episode = sample_episode(rng, length, source, count, passages=passages, **shared)
        row = encode_episode(
            episode,
            tokenizer.encode_with_offsets,
            tokenizer.special_ids,
            length=length,
            mini_batch=size,
        )
        made.append(row)
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
    text = round(rows * args.text)
    size = SIZES[args.size]["mini_batch"]
    parts = [episode_rows(rng, rows - text, length, tokenizer, mixture, size, "train")] if text < rows else []
    if text:
        parts.append(text_rows(rng, text, length, tokenizer, mixture))
    return {k: np.concatenate([part[k] for part in parts]) for k in KEYS}


def conversation_rows(
    rng: random.Random, rows: int, length: int, tokenizer: Tokenizer, mixture: Mixture
) -> tuple[np.ndarray, np.ndarray]:
    """Conversations one after the other: tokens [rows, length + 1], and the share [rows, length] of each target."""
    from core.episodes import encode_turn, sample_conversation

    source = text_turns(mixture, tokenizer, rng.randrange(2**31))
    general = general_questions(mixture, tokenizer)
    tokens, shares = [], []
    while len(tokens) < rows * (length + 1):
        for turn in sample_conversation(rng, source, general=general):
            ids, _, _, share = encode_turn(turn, tokenizer.encode_with_offsets, tokenizer.special_ids)
            tokens += ids
            shares += share
    shape = (rows, length + 1)
    return (
        np.asarray(tokens[: rows * (length + 1)], np.int64).reshape(shape),
        np.asarray(shares[: rows * (length + 1)], np.float32).reshape(shape)[:, 1:],
    )


def plain_batch(args, length: int, batch: int, tokenizer: Tokenizer, mixture: Mixture) -> Arrays:
    """Batch number `batch` of ordinary text and conversations, of which nothing is learned on the way."""
    rng = random.Random(f"{args.seed}/plain/{batch}")
    talk = round(args.plain_batch * CONVERSATIONS)
    text = mixture.windows(np.random.default_rng(rng.randrange(2**31)), args.plain_batch - talk, length + 1)
    tokens, shares = conversation_rows(rng, talk, length, tokenizer, mixture)
    ones = np.ones((len(text), length), np.float32)
    return {"tokens": np.concatenate((text, tokens)), "outer_weight": np.concatenate((ones, shares))}


def held_out(args, tokenizer: Tokenizer, rows: int = 16) -> Batch:
    """Episodes of the test split without passages: values, wordings, small talk and text that training never sees."""
    mixture, size = Mixture(args.cache, "held"), SIZES[args.size]["mini_batch"]
    rng = random.Random(f"held out {args.seed}")
    made = episode_rows(rng, rows, args.length, tokenizer, mixture, size, "test", passages=False)
    return {k: torch.from_numpy(v) for k, v in made.items()}


def loader(rows: Rows, workers: int) -> Iterator[Batch]:
    """Batches from worker processes, in the order of their step numbers."""
    return iter(
        torch.utils.data.DataLoader(
            rows,
            batch_size=None,
            num_workers=workers,
            prefetch_factor=4 if workers else None,
            pin_memory=rows.args.device.startswith("cuda"),
        )
    )
