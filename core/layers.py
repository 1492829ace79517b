"""Parts of a block as pure functions: RMSNorm, rotary positions, SwiGLU, masked attention.

All are written from primitive operations, so that they can be differentiated twice. Half
precision accumulates norms, softmax and angles in fp32; float64 stays float64.
Shape letters: B batch, T queries, S keys, H heads, D head dim, E model dim, F hidden dim.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from kernels.half_linear import half_linear


def wide(x: Tensor) -> Tensor:
    """`x` in at least fp32."""
    return x.float() if x.dtype in (torch.bfloat16, torch.float16) else x


def rms_norm(x: Tensor, weight: Tensor, eps: float) -> Tensor:
    """x / rms(x) * weight over the last axis, in the dtype of `x`."""
    if not torch.is_grad_enabled() and x.dtype == weight.dtype:
        return F.rms_norm(x, x.shape[-1:], weight, eps)
    y = wide(x)
    y = y * torch.rsqrt(y.square().mean(-1, keepdim=True) + eps)
    return (y * weight.to(y.dtype)).to(x.dtype)


def rope_angles(positions: Tensor, head_dim: int, theta: float, dtype: torch.dtype) -> Tensor:
    """Rotary factors as (cos, sin) stacked: [2, T, 1, D/2], computed in float64."""
    exponent = torch.arange(0, head_dim, 2, device=positions.device, dtype=torch.float64) / head_dim
    angles = positions.to(torch.float64)[:, None] * theta**-exponent
    return torch.stack((angles.cos(), angles.sin()))[:, :, None, :].to(dtype)


def apply_rope(x: Tensor, angles: Tensor) -> Tensor:
    """Rotate the neighbouring pairs (0,1), (2,3), ... of x [B, T, H, D]."""
    if not torch.is_grad_enabled() and x.dtype == angles.dtype:  # one product instead of six, for decoding
        turns = torch.complex(angles[0], angles[1])
        return torch.view_as_real(torch.view_as_complex(x.unflatten(-1, (-1, 2))) * turns).flatten(-2)
    pairs = wide(x).unflatten(-1, (-1, 2))
    even, odd = pairs[..., 0], pairs[..., 1]
    cos, sin = angles[0], angles[1]
    return torch.stack((even * cos - odd * sin, even * sin + odd * cos), -1).flatten(-2).to(x.dtype)


def linear(x: Tensor, weight: Tensor) -> Tensor:
    """x @ weight^T with the weight [out, in], or one weight a sequence [B, out, in]."""
    if (quick := half_linear(x, weight)) is not None:
        return quick
    weight = weight.to(x.dtype)
    return F.linear(x, weight) if weight.dim() == 2 else x @ weight.mT


def swiglu(x: Tensor, gate: Tensor, up: Tensor, down: Tensor) -> Tensor:
    """(silu(x gate) * (x up)) down, weights [out, in] or one set a sequence [B, out, in]."""
    return linear(F.silu(linear(x, gate)) * linear(x, up), down)


def window_mask(
    q_positions: Tensor, k_positions: Tensor, window: int, q_segment: Tensor, k_segment: Tensor
) -> Tensor:
    """Which keys a query may see: [B, 1, T, S] bool.

    Args:
        q_positions, k_positions: [T] and [S], places in the stream.
        window: tokens, the query itself counted.
        q_segment, k_segment: [B, T] and [B, S]; keys of another segment are hidden, and every
            query sees itself, so that padding (segment 0) never gives an empty row.
    """
    back = q_positions[:, None] - k_positions[None, :]
    near = (back >= 0) & (back < window)
    same = (q_segment[:, :, None] == k_segment[:, None, :]) & (k_segment != 0)[:, None, :]
    return ((near & same) | (back == 0))[:, None]


def attention(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None) -> Tensor:
    """Softmax attention from primitives, differentiable to any order.

    Args:
        q: [B, T, H, D]; k, v: [B, S, H, D]; mask: [B, 1, T, S] bool, or None to see all keys.

    Returns:
        [B, T, H, D].
    """
    q, k, v = (x.transpose(1, 2) for x in (q, k, v))
    scores = wide(q @ k.mT) * q.shape[-1] ** -0.5
    if mask is not None:
        scores = scores.masked_fill(~mask, float("-inf"))
    return (scores.softmax(-1).to(v.dtype) @ v).transpose(1, 2)


def attention_once(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None) -> Tensor:
    """The same through the library's fused kernel, for where one derivative is enough."""
    q, k, v = (x.transpose(1, 2) for x in (q, k, v))
    return F.scaled_dot_product_attention(q, k, v, attn_mask=mask).transpose(1, 2)
