"""Muon for the matrices of the blocks and the gate, AdamW for everything else, and a checkpoint that can go on.

Muon: K. Jordan, 2024, as in `torch.optim`. State is saved as safetensors beside the weights.
"""

from __future__ import annotations

import json
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from core.model import Decoder


class Optimiser:
    """Both optimisers behind one step; learning rates are scaled by one factor."""

    def __init__(
        self, decoder: Decoder, *, matrix: float, embedding: float, head: float, other: float
    ) -> None:
        """Sort parameters into groups with their peak learning rates."""
        named = dict(decoder.named_parameters())
        matrices = [p for n, p in named.items() if n.startswith(("blocks.", "gate")) and p.dim() == 2]
        rest = [
            ([p for n, p in named.items() if n == "embedding"], embedding),
            ([p for n, p in named.items() if n == "head"], head),
            ([p for n, p in named.items() if p.dim() < 2 or n == "log_inner_lr"], other),
        ]
        self.parts: list[torch.optim.Optimizer] = [
            torch.optim.Muon(matrices, lr=matrix, momentum=0.95, weight_decay=0.0),
            torch.optim.AdamW(
                [{"params": p, "lr": lr} for p, lr in rest if p],
                betas=(0.9, 0.95),
                eps=1e-10,
                weight_decay=0.0,
                fused=next(decoder.parameters()).is_cuda,
            ),
        ]
        for part in self.parts:
            for group in part.param_groups:
                group["peak"] = group["lr"]

    def step(self, factor: float) -> None:
        """One update at `factor` times the peak learning rates; clears the gradients."""
        for part in self.parts:
            for group in part.param_groups:
                group["lr"] = group["peak"] * factor
            part.step()
            part.zero_grad(set_to_none=True)

    def tensors(self) -> dict[str, Tensor]:
        out = {}
        for i, part in enumerate(self.parts):
            for key, state in part.state_dict()["state"].items():
                for name, value in state.items():
                    out[f"{i}.{key}.{name}"] = torch.as_tensor(value).detach().cpu().contiguous()
        return out

    def load(self, tensors: dict[str, Tensor]) -> None:
        for i, part in enumerate(self.parts):
            state: dict[int, dict[str, Tensor]] = {}
            for name, value in tensors.items():
                which, key, field = name.split(".", 2)
                if int(which) == i:
                    state.setdefault(int(key), {})[field] = value
            part.load_state_dict({"state": state, "param_groups": part.state_dict()["param_groups"]})


def save_training(folder: Path, decoder: Decoder, optimiser: Optimiser, progress: dict) -> None:
    """Write weights, optimiser state and progress, the progress file last."""
    folder.mkdir(parents=True, exist_ok=True)
    weights = {n: p.detach().cpu().contiguous() for n, p in decoder.state_dict().items()}
    for name, tensors in (("weights", weights), ("optimiser", optimiser.tensors())):
        save_file(tensors, folder / f"{name}.tmp")
        (folder / f"{name}.tmp").replace(folder / f"{name}.safetensors")
    (folder / "progress.tmp").write_text(json.dumps(progress))
    (folder / "progress.tmp").replace(folder / "progress.json")


def load_training(folder: Path, decoder: Decoder, optimiser: Optimiser | None = None) -> dict:
    """Restore what `save_training` wrote; returns the progress."""
    decoder.load_state_dict(load_file(folder / "weights.safetensors"))
    if optimiser is not None:
        optimiser.load(load_file(folder / "optimiser.safetensors"))
    return json.loads((folder / "progress.json").read_text())


def schedule(done: float, warm: float = 0.01, cool: float = 0.5) -> float:
    """Factor of the peak learning rate: linear warm-up, flat, then linearly to 0 in the last part.

    Args:
        done: share of the run that is over, 0 to 1.
        warm, cool: shares of the run that warm up and cool down.
    """
    return min(1.0, (done + 1e-3) / warm, max(0.0, (1 - done) / cool))
