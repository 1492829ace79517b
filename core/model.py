"""The TTT-E2E decoder: sliding-window blocks, the last of which carry a prime MLP.

Holds the architecture only: no inner loop, no cache policy, no sampling, no quantisation.
Weights are [out, in]. Source: arXiv 2512.23675; names follow its official code.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn

from core.config import DecoderConfig
from core.layers import apply_rope, linear, rms_norm, rope_angles, swiglu, wide

Attend = Callable[[Tensor, Tensor, Tensor], Tensor]
KeyValue = tuple[Tensor, Tensor]
FastWeights = dict[str, Tensor]


def weight(*shape: int, std: float = 0.02) -> nn.Parameter:
    return nn.Parameter(torch.randn(*shape) * std)


class Mlp(nn.Module):
    """Weights of a SwiGLU."""

    def __init__(self, dim: int, hidden: int) -> None:
        super().__init__()
        self.gate = weight(hidden, dim, std=dim**-0.5)
        self.up = weight(hidden, dim, std=dim**-0.5)
        self.down = weight(dim, hidden, std=hidden**-0.5)

    def forward(self, x: Tensor) -> Tensor:
        return swiglu(x, self.gate, self.up, self.down)


class Attention(nn.Module):
    """Projections and QK-norm of one attention layer."""

    q: nn.Parameter
    k: nn.Parameter
    v: nn.Parameter
    o: nn.Parameter

    def __init__(self, config: DecoderConfig) -> None:
        super().__init__()
        self.config = config
        for name in ("q", "k", "v", "o"):
            setattr(self, name, weight(config.dim, config.dim, std=config.dim**-0.5))
        self.q_norm = nn.Parameter(torch.ones(config.head_dim))
        self.k_norm = nn.Parameter(torch.ones(config.head_dim))

    def project(self, x: Tensor, angles: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Queries, keys and values [B, T, H, D], normed and rotated."""
        heads, eps = (self.config.heads, self.config.head_dim), self.config.norm_eps
        q, k, v = (linear(x, w).unflatten(-1, heads) for w in (self.q, self.k, self.v))
        q = apply_rope(rms_norm(q, self.q_norm, eps), angles)
        k = apply_rope(rms_norm(k, self.k_norm, eps), angles)
        return q, k, v


class Block(nn.Module):
    """Attention, in suffix blocks the prime MLP, and the ordinary MLP, each pre- and post-normed."""

    attention_norm: nn.Parameter
    attention_post: nn.Parameter
    prime_norm: nn.Parameter
    prime_post: nn.Parameter
    mlp_norm: nn.Parameter
    mlp_post: nn.Parameter

    def __init__(self, config: DecoderConfig, *, prime: bool) -> None:
        super().__init__()
        self.eps = config.norm_eps
        post = (2 * config.layers) ** -0.5
        self.attention = Attention(config)
        self.mlp = Mlp(config.dim, config.hidden_dim)
        self.prime = Mlp(config.dim, config.prime_hidden_dim) if prime else None
        for name in ("attention", "mlp", *(("prime",) if prime else ())):
            setattr(self, f"{name}_norm", nn.Parameter(torch.ones(config.dim)))
            setattr(self, f"{name}_post", nn.Parameter(torch.full((config.dim,), post)))

    def forward(
        self,
        h: Tensor,
        angles: Tensor,
        attend: Attend,
        past: KeyValue | None = None,
        prime: Sequence[Tensor] | None = None,
    ) -> tuple[Tensor, KeyValue]:
        """One block over T tokens.

        Args:
            h: [B, T, E].
            angles: rotary factors of the T tokens.
            attend: attention over (past + own) keys, mask included.
            past: keys and values [B, S, H, D] of earlier tokens.
            prime: gate, up, down to use instead of the block's own prime MLP.

        Returns:
            The new h and the T tokens' own keys and values.
        """
        q, k, v = self.attention.project(rms_norm(h, self.attention_norm, self.eps), angles)
        keys, values = (k, v) if past is None else (torch.cat((past[0], k), 1), torch.cat((past[1], v), 1))
        mixed = linear(attend(q, keys, values).flatten(-2), self.attention.o)
        h = h + rms_norm(mixed, self.attention_post, self.eps)
        if self.prime is not None:
            gate, up, down = prime or (self.prime.gate, self.prime.up, self.prime.down)
            inner = swiglu(rms_norm(h, self.prime_norm, self.eps), gate, up, down)
            h = h + rms_norm(inner, self.prime_post, self.eps)
        return h + rms_norm(self.mlp(rms_norm(h, self.mlp_norm, self.eps)), self.mlp_post, self.eps), (k, v)


class Decoder(nn.Module):
    """Embedding, prefix blocks, suffix blocks, final norm and head."""

    def __init__(self, config: DecoderConfig) -> None:
        super().__init__()
        self.config = config
        self.split = config.layers - config.suffix_layers
        self.embedding = weight(config.vocab_size, config.dim, std=1.0 if not config.tied else 0.02)
        self.blocks = nn.ModuleList(
            Block(config, prime=i >= self.split and config.prime_hidden_dim > 0) for i in range(config.layers)
        )
        self.norm = nn.Parameter(torch.ones(config.dim))
        if not config.tied:
            self.head = weight(config.vocab_size, config.dim, std=0.001)
        # one learned step size a prime matrix: exp of this, [suffix layer, (gate, up, down)]
        self.log_inner_lr = nn.Parameter(torch.zeros(config.suffix_layers, 3))
        if config.gate_dim:
            self.gate_in = weight(config.gate_dim, 2 * config.dim, std=(2 * config.dim) ** -0.5)
            self.gate_out = nn.Parameter(torch.zeros(config.gate_dim))

    def angles(self, positions: Tensor) -> Tensor:
        """Rotary factors of positions [T]."""
        kind = torch.float64 if self.norm.dtype == torch.float64 else torch.float32
        return rope_angles(positions, self.config.head_dim, self.config.rope_theta, kind)

    def embed(self, tokens: Tensor, dtype: torch.dtype | None = None) -> Tensor:
        """[B, T] token ids to [B, T, E] in the compute dtype."""
        return nn.functional.embedding(tokens, self.embedding).to(dtype or self.embedding.dtype)

    def run(
        self,
        blocks: Sequence[nn.Module],
        h: Tensor,
        angles: Tensor,
        attend: Attend,
        past: Sequence[KeyValue] | None = None,
        fast: FastWeights | None = None,
    ) -> tuple[Tensor, list[KeyValue]]:
        """`h` through some blocks; returns it with each block's new keys and values."""
        out: list[KeyValue] = []
        for i, block in enumerate(blocks):
            prime = None if fast is None else [fast[f"{i}.{part}"] for part in ("gate", "up", "down")]
            h, kv = block(h, angles, attend, None if past is None else past[i], prime)
            out.append(kv)
        return h, out

    @property
    def prefix(self) -> Sequence[nn.Module]:
        return self.blocks[: self.split]  # type: ignore[return-value]

    @property
    def suffix(self) -> Sequence[nn.Module]:
        return self.blocks[self.split :]  # type: ignore[return-value]

    def logits(self, h: Tensor) -> Tensor:
        """[..., E] hidden states to [..., V]."""
        head = self.embedding if self.config.tied else self.head
        return linear(rms_norm(h, self.norm, self.config.norm_eps), head)

    def importance(self, h: Tensor, targets: Tensor) -> Tensor:
        """How much each target counts in the inner loss: 1 before meta-training, from 0 to 2 after.

        Learned through the inner steps, after Hu et al., 2023 (CaMeLS); docs/adr/0004.

        Args:
            h: [B, M, E] output of the prefix blocks.
            targets: [B, M] the tokens that follow.

        Returns:
            [B, M], at least fp32.
        """
        if not self.config.gate_dim:
            return torch.ones_like(wide(h[..., 0]))
        even = torch.ones(self.config.dim, device=h.device, dtype=wide(h).dtype)
        both = (wide(h), nn.functional.embedding(targets, self.embedding).to(even.dtype))
        x = torch.cat([rms_norm(y, even, self.config.norm_eps) for y in both], -1)
        return 2 * (nn.functional.silu(linear(x, self.gate_in)) @ self.gate_out.to(x.dtype)).sigmoid()

    def initial_fast_weights(self) -> FastWeights:
        """The prime MLPs as trained (W0), by name `<suffix layer>.<gate|up|down>`, each [out, in]."""
        return {
            f"{i}.{part}": getattr(block.prime, part)
            for i, block in enumerate(self.suffix)
            for part in ("gate", "up", "down")
        }

    def inner_lr(self) -> FastWeights:
        """Step size of each fast tensor, scalars by the same names."""
        rates = self.log_inner_lr.exp()
        return {
            f"{i}.{part}": rates[i, j]
            for i in range(self.config.suffix_layers)
            for j, part in enumerate(("gate", "up", "down"))
        }
