"""x @ weight^T on a CPU with the weight kept in half precision.

Decoding one token reads every weight once, so its speed is that of memory: half the bytes, twice the tokens. FBGEMM
(part of torch on x86) multiplies fp16 weights with fp32 inputs, accumulated in fp32. Inference only; the reference
is `torch.nn.functional.linear`. int8 rows times an fp32 scale lose 1/2048 of their value at most in fp16.
"""

from __future__ import annotations

import torch
from torch import Tensor

_NAME = "half_packed"


def supported() -> bool:
    """Whether this torch has the kernel: FBGEMM, x86 only."""
    return "fbgemm" in torch.backends.quantized.supported_engines


def pack(weight: Tensor) -> bool:
    """Keep a half-precision copy with the weight, for `half_linear`, if it has none; the weight itself stays as it is.

    Args:
        weight: [out, in], fp32 on the CPU, not to be changed afterwards.

    Returns:
        Whether it has one: False where the kernel is missing or a value is too large for fp16.
    """
    if hasattr(weight, _NAME):
        return True
    fits = weight.dtype == torch.float32 and weight.device.type == "cpu" and weight.dim() == 2
    if not (fits and supported()) or float(weight.abs().max()) > torch.finfo(torch.float16).max:
        return False
    setattr(weight, _NAME, torch.ops.quantized.linear_prepack_fp16(weight.detach(), None))
    return True


def half_linear(x: Tensor, weight: Tensor) -> Tensor | None:
    """x [..., in] @ weight^T from the packed copy; None where there is none or gradients are wanted."""
    if weight.device.type != "cpu" or torch.is_grad_enabled():
        return None
    packed = getattr(weight, _NAME, None)
    return None if packed is None else torch.ops.quantized.linear_dynamic_fp16(x, packed)
