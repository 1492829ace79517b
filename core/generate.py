"""Sampling from logits, and what a generation reports."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

CANDIDATES = 1024
"""A sampled token is one of so many; sorting all of a vocabulary takes longer than a layer."""


@dataclass(frozen=True, kw_only=True)
class Chunk:
    """A piece of an answer as it streams."""

    text: str
    token_count: int
    """Tokens of the answer so far."""


@dataclass(frozen=True, kw_only=True)
class Generation:
    """An answer and its figures."""

    text: str
    tokens: int
    seconds: float
    first_token_seconds: float
    finish_reason: str
    """stop, length or cancelled."""

    @property
    def tokens_per_second(self) -> float:
        """Decoding rate, the first token's wait left out."""
        rest = self.seconds - self.first_token_seconds
        return (self.tokens - 1) / rest if self.tokens > 1 and rest > 0 else 0.0


def sample(logits: Tensor, *, temperature: float, top_p: float, generator: torch.Generator | None) -> int:
    """One token from logits [V].

    Args:
        temperature: 0 takes the likeliest token.
        top_p: keep the fewest tokens whose probabilities reach this, of the `CANDIDATES` likeliest.
    """
    if temperature <= 0:
        return int(logits.argmax())
    likely = (logits.float() / temperature).softmax(-1)
    probability, order = likely.topk(min(CANDIDATES, len(likely)))
    keep = probability.cumsum(-1) - probability < top_p
    probability = probability * keep
    return int(order[torch.multinomial(probability, 1, generator=generator)])
