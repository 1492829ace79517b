"""The gate of the inner loop: neutral before training, learned through the steps, and what it does to a step."""

from __future__ import annotations

import pytest
import torch

from core.config import DecoderConfig
from core.inner_loop import clip_and_step
from core.model import Decoder
from core.outer_loop import sequence_nll

SHAPE = {
    "vocab_size": 64, "dim": 16, "hidden_dim": 24, "prime_hidden_dim": 24, "layers": 3, "suffix_layers": 1, "heads": 2,
    "window": 8, "mini_batch": 8,
}  # fmt: skip


def decoder(gate_dim: int) -> Decoder:
    torch.manual_seed(0)
    made = Decoder(DecoderConfig(**SHAPE, gate_dim=gate_dim)).double()
    torch.nn.init.normal_(made.head, std=0.5)
    return made


def losses(made: Decoder, weights: torch.Tensor | None = None) -> torch.Tensor:
    tokens = torch.randint(0, 64, (2, 25), generator=torch.Generator().manual_seed(1))
    nll, _ = sequence_nll(made, tokens, torch.ones(2, 24).double() if weights is None else weights)
    return nll


def test_an_untrained_gate_changes_nothing():
    plain, gated = decoder(0), decoder(6)
    gated.load_state_dict(plain.state_dict(), strict=False)
    torch.testing.assert_close(losses(gated), losses(plain))


def test_the_gate_learns_through_the_inner_steps():
    made = decoder(6)
    torch.nn.init.normal_(made.gate_out)
    losses(made)[:, -8:].mean().backward()  # only steps before these can have changed them
    for name in ("gate_in", "gate_out"):
        grad = getattr(made, name).grad
        assert grad is not None and grad.abs().max() > 0, name


def test_a_closed_gate_learns_nothing():
    made = decoder(6)
    closed = lambda h, targets: torch.zeros(h.shape[:2], dtype=h.dtype)  # noqa: E731
    made.importance = closed  # type: ignore[method-assign]
    still, _ = sequence_nll(made, torch.arange(25)[None] % 64, torch.ones(1, 24).double(), learn=False)
    nll, fast = sequence_nll(made, torch.arange(25)[None] % 64, torch.ones(1, 24).double())
    torch.testing.assert_close(nll, still)
    for name, tensor in made.initial_fast_weights().items():
        torch.testing.assert_close(fast[name][0], tensor)


@pytest.mark.parametrize("size", [0.1, 10.0])
def test_pace_scales_the_step_clipped_or_not(size: float):
    fast = {"a": torch.zeros(2, 3, 3)}
    grads = {"a": size * torch.ones(2, 3, 3)}
    new, norm = clip_and_step(fast, grads, {"a": torch.tensor(2.0)}, 1.0, torch.tensor([1.0, 0.25]))
    torch.testing.assert_close(norm, torch.full((2,), 3 * size))
    length = 2.0 * min(1.0, 3 * size)
    torch.testing.assert_close(new["a"].flatten(1).norm(dim=1), length * torch.tensor([1.0, 0.25]))
