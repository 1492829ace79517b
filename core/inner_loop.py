"""The inner loop: one clipped SGD step on the fast weights for each mini-batch.

One implementation for training and for use. The gradient is taken with `torch.func.grad`, which
stays differentiable for an enclosing autograd (the outer loop) and costs nothing extra under
`torch.no_grad`. Source: arXiv 2512.23675, section 2; step sizes per matrix are ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional as F

from core.layers import attention, wide
from core.model import Decoder, FastWeights, KeyValue


class InnerStep(NamedTuple):
    """What one inner step gives back."""

    fast: FastWeights
    """Weights after the step."""
    nll: Tensor
    """[B, M] loss of each target with the weights before the step, nats."""
    kv: list[KeyValue]
    """Keys and values of the mini-batch in each suffix block, [B, M, H, D]."""
    grad_norm: Tensor
    """[B] global norm of the gradient before clipping."""


def token_nll(decoder: Decoder, h: Tensor, targets: Tensor) -> Tensor:
    """Next-token loss [B, T] in nats from the last block's output."""
    logits = wide(decoder.logits(h))
    return F.cross_entropy(logits.flatten(0, -2), targets.flatten(), reduction="none").view_as(targets)


def masked_mean(nll: Tensor, weights: Tensor) -> Tensor:
    """Weighted mean over the last axis; 0 where all weights are 0."""
    return (nll * weights).sum(-1) / weights.sum(-1).clamp(min=1e-6)


def suffix_nll(
    decoder: Decoder,
    fast: FastWeights,
    h: Tensor,
    past: Sequence[KeyValue] | None,
    targets: Tensor,
    angles: Tensor,
    mask: Tensor,
) -> tuple[Tensor, list[KeyValue]]:
    """Loss of each target [B, M] under given fast weights, and the new keys and values."""
    out, kv = decoder.run(decoder.suffix, h, angles, lambda q, k, v: attention(q, k, v, mask), past, fast)
    return token_nll(decoder, out, targets), kv


def clip_and_step(
    fast: FastWeights, grads: FastWeights, rates: FastWeights, clip: float, pace: Tensor
) -> tuple[FastWeights, Tensor]:
    """fast - rate * pace * g * min(1, clip / |g|), with |g| over all tensors of a sequence.

    Args:
        fast, grads: tensors [B, out, in] (or [out, in]) by name.
        rates: scalar step size by name.
        clip: cap of the global norm.
        pace: [B] factor of the step.

    Returns:
        The new tensors and the norm before clipping, [B] (or a scalar).
    """
    square = sum(wide(g).square().sum((-2, -1)) for g in grads.values())
    norm = (square + 1e-24).sqrt()  # type: ignore[operator]  # the epsilon keeps d sqrt(0) finite
    scale = (pace * torch.where(norm >= clip, clip / norm, torch.ones_like(norm)))[..., None, None]
    return {n: w - rates[n] * scale * grads[n].to(w.dtype) for n, w in fast.items()}, norm


def inner_step(
    decoder: Decoder,
    fast: FastWeights,
    h: Tensor,
    past: Sequence[KeyValue] | None,
    targets: Tensor,
    weights: Tensor,
    angles: Tensor,
    mask: Tensor,
) -> InnerStep:
    """Predict one mini-batch, then learn it.

    Each target counts by its importance (`Decoder.importance`), and the step is as long as they are
    important on average, since a clipped gradient no longer tells.

    Args:
        fast: fast weights, one set a sequence [B, out, in].
        h: [B, M, E] output of the prefix blocks.
        past: keys and values of earlier tokens for each suffix block.
        targets: [B, M] next tokens; weights: [B, M] their share in the inner loss.
        angles, mask: rotary factors of the M tokens, and the mask over past + own keys.
    """

    importance = decoder.importance(h, targets)
    share = weights * importance

    def loss(current: FastWeights) -> tuple[Tensor, tuple[Tensor, list[KeyValue]]]:
        nll, kv = suffix_nll(decoder, current, h, past, targets, angles, mask)
        return masked_mean(nll, share).sum(), (nll, kv)

    grads, (nll, kv) = torch.func.grad(loss, has_aux=True)(fast)
    pace = masked_mean(importance, weights)
    new, norm = clip_and_step(fast, grads, decoder.inner_lr(), decoder.config.inner_clip, pace)
    return InnerStep(new, nll, kv, norm)
