"""The outer loop: a whole sequence, learned mini-batch by mini-batch, differentiable throughout.

Prefix blocks run once over the sequence; only the suffix walks mini-batch by mini-batch. The
returned losses can be differentiated through every inner step (gradients of gradients).
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from core.inner_loop import InnerStep, inner_step
from core.layers import attention_once, window_mask
from core.model import Decoder, FastWeights

Step = Callable[..., InnerStep]


def sequence_nll(
    decoder: Decoder,
    tokens: Tensor,
    weights: Tensor,
    *,
    segments: Tensor | None = None,
    dtype: torch.dtype | None = None,
    learn: bool = True,
    step: Step = inner_step,
) -> tuple[Tensor, FastWeights]:
    """Loss of every target, each predicted with the fast weights of its time.

    Args:
        tokens: [B, T+1] ids; inputs are [:, :-1], targets [:, 1:]. T in whole mini-batches.
        weights: [B, T] share of each target in the inner loss.
        segments: [B, T] session numbers; a token sees its own segment only, 0 is padding.
        dtype: compute dtype, the parameters' own when None.
        learn: False predicts everything with the initial fast weights.
        step: `inner_step` or a compiled one.

    Returns:
        [B, T] losses in nats, and the last fast weights [B, out, in].

    Raises:
        ValueError: T is not a whole number of mini-batches.
    """
    config = decoder.config
    (batch, length), size = weights.shape, config.mini_batch
    if length % size:
        raise ValueError(f"expected a length in whole mini-batches of {size} tokens, got {length}")
    inputs, targets = tokens[:, :-1], tokens[:, 1:]
    if segments is None:
        segments = torch.ones_like(inputs)
    positions = torch.arange(length, device=tokens.device)
    angles = decoder.angles(positions)
    full = window_mask(positions, positions, config.window, segments, segments)
    h, _ = decoder.run(
        decoder.prefix, decoder.embed(inputs, dtype), angles, lambda q, k, v: attention_once(q, k, v, full)
    )
    fast = {n: w.expand(batch, *w.shape) for n, w in decoder.initial_fast_weights().items()}
    empty = h.new_zeros(batch, config.past, config.heads, config.head_dim)
    past = [(empty, empty) for _ in range(config.suffix_layers)]
    k_positions = torch.arange(-config.past, size, device=tokens.device)
    k_segments = torch.cat((segments.new_zeros(batch, config.past), segments), 1)
    losses = []
    for start in range(0, length, size):
        here = slice(start, start + size)
        mask = window_mask(
            positions[:size],
            k_positions,
            config.window,
            segments[:, here],
            k_segments[:, start : start + config.past + size],
        )
        share = weights[:, here]
        new, nll, kv, _ = step(
            decoder, fast, h[:, here], past, targets[:, here], share, angles[:, here], mask
        )
        losses.append(nll)
        fast = new if learn else fast
        past = [tuple(torch.cat((o, n), 1)[:, size:] for o, n in zip(old, own)) for old, own in zip(past, kv)]  # type: ignore[misc]
    return torch.cat(losses, 1), fast
