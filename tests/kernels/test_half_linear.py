"""The half-precision product: near the reference, for inference only."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional as F

from core.layers import linear
from kernels.half_linear import half_linear, pack, supported

needs_kernel = pytest.mark.skipif(not supported(), reason="this torch has no FBGEMM")


def matrices(rows: int, shape: tuple[int, ...]) -> tuple[torch.Tensor, torch.Tensor]:
    made = torch.Generator().manual_seed(0)
    return torch.randn(*shape, generator=made), torch.randn(rows, shape[-1], generator=made)


@needs_kernel
@pytest.mark.parametrize(
    "rows, shape", [(7, (1, 1, 5)), (64, (1, 1, 32)), (33, (2, 3, 17)), (129, (1, 128, 64))]
)
def test_it_is_the_product_to_half_precision(rows: int, shape: tuple[int, ...]) -> None:
    x, weight = matrices(rows, shape)
    assert pack(weight) and pack(weight)
    with torch.no_grad():
        got = half_linear(x, weight)
        torch.testing.assert_close(linear(x, weight), got)
    expected = F.linear(x, weight)
    assert got is not None and got.shape == expected.shape
    bound = F.linear(x.abs(), weight.abs()) * 2**-11  # half a unit in the last place of each weight
    assert bool(((got - expected).abs() <= bound + 1e-5).all())


@needs_kernel
def test_gradients_never_go_through_it() -> None:
    x, weight = matrices(8, (1, 4, 16))
    pack(weight)
    assert half_linear(x, weight) is None
    x.requires_grad_()
    linear(x, weight).sum().backward()
    torch.testing.assert_close(x.grad, weight.sum(0).expand_as(x))
    with torch.no_grad():  # as in the inner step: a gradient inside `no_grad`
        grad = torch.func.grad(lambda y: linear(y, weight).sum())(x.detach())
    torch.testing.assert_close(grad, weight.sum(0).expand_as(x))


def test_what_does_not_fit_is_left_to_the_reference() -> None:
    x, weight = matrices(4, (1, 1, 4))
    with torch.no_grad():
        assert half_linear(x, weight) is None
        torch.testing.assert_close(linear(x, weight), F.linear(x, weight))
    assert not pack(weight.double()) and not pack(weight * 1e9)
