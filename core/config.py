"""The decoder's shape, frozen and saved as JSON beside every checkpoint."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import Any


@dataclass(frozen=True, kw_only=True)
class DecoderConfig:
    """Sizes and switches of one TTT-E2E decoder."""

    vocab_size: int
    """Entries of the token embedding."""
    dim: int
    """Model dim E."""
    hidden_dim: int
    """Hidden dim F of the ordinary SwiGLU MLPs."""
    prime_hidden_dim: int
    """Hidden dim of the prime SwiGLU MLPs; 0 builds a decoder without fast weights."""
    layers: int
    """Blocks L."""
    suffix_layers: int
    """Blocks at the end that carry a prime MLP."""
    heads: int
    """Attention heads H; the head dim is dim / heads."""
    window: int
    """Sliding window W in tokens, the query itself counted."""
    mini_batch: int
    """Tokens M of one inner gradient step."""
    rope_theta: float = 10_000.0
    """Base of the rotary angles."""
    norm_eps: float = 1e-6
    """Added to the mean square inside RMSNorm."""
    tied: bool = False
    """Whether the head shares the token embedding."""
    inner_clip: float = 1.0
    """Cap of the inner gradient's global norm."""
    gate_dim: int = 0
    """Hidden dim of the gate that weighs each target in the inner loss; 0 weighs all alike."""

    def __post_init__(self) -> None:
        if self.dim % self.heads or (self.dim // self.heads) % 2:
            raise ValueError(f"expected dim divisible into even heads, got {self.dim}/{self.heads}")
        if not 0 <= self.suffix_layers <= self.layers:
            raise ValueError(f"expected 0 <= suffix_layers <= {self.layers}")
        if self.window < 1 or self.mini_batch < 1:
            raise ValueError("expected window and mini_batch of at least one token")

    @property
    def head_dim(self) -> int:
        return self.dim // self.heads

    @property
    def past(self) -> int:
        """Cached tokens a mini-batch may look back on, rounded up to whole mini-batches."""
        return -(-(self.window - 1) // self.mini_batch) * self.mini_batch

    def to_json(self) -> str:
        return json.dumps(asdict(self), indent=2) + "\n"

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> DecoderConfig:
        """Build from parsed JSON.

        Raises:
            ValueError: a key is unknown or a needed one is missing.
        """
        known = {f.name for f in fields(cls)}
        if unknown := sorted(set(values) - known):
            raise ValueError(f"expected known configuration keys, got {unknown}")
        try:
            return cls(**values)
        except TypeError as error:
            raise ValueError(str(error)) from None
