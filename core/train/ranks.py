"""Data parallel training: one process a GPU, gradients averaged; and a polite stop.

`torchrun --nproc-per-node N -m -- core.train meta ...` starts N processes; alone, a process is rank 0 of 1.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterable
from types import FrameType

import torch
from torch import Tensor, distributed


class Ranks:
    """The processes that train together."""

    def __init__(self, device: str) -> None:
        """Join the others, if `torchrun` started more than one.

        Args:
            device: "cuda" becomes this process's own GPU, see `device`.
        """
        self.count = int(os.environ.get("WORLD_SIZE", "1"))
        self.index = int(os.environ.get("RANK", "0"))
        self.device = device
        if self.count > 1:
            if device == "cuda":
                self.device = f"cuda:{os.environ['LOCAL_RANK']}"
                torch.cuda.set_device(self.device)
            distributed.init_process_group("nccl" if device == "cuda" else "gloo")

    @property
    def first(self) -> bool:
        """Whether this process speaks and saves."""
        return self.index == 0

    def average_(self, parameters: Iterable[Tensor]) -> None:
        """Average the gradients over all processes."""
        if self.count == 1:
            return
        grads = [p.grad for p in parameters if p.grad is not None]
        flat = torch.cat([g.flatten() for g in grads])
        distributed.all_reduce(flat)
        flat /= self.count
        start = 0
        for g in grads:
            g.copy_(flat[start : start + g.numel()].view_as(g))
            start += g.numel()

    def agree(self, *figures: float) -> list[float]:
        """The largest of each figure over all processes, so that they decide alike."""
        if self.count == 1:
            return list(figures)
        values = torch.tensor(figures, dtype=torch.float64, device=self.device)
        distributed.all_reduce(values, distributed.ReduceOp.MAX)
        return values.tolist()

    def say(self, text: str) -> None:
        """Narration, once."""
        if self.first:
            print(text, file=sys.stderr, flush=True)

    def leave(self) -> None:
        """Wait for the others and part."""
        if self.count > 1:
            distributed.barrier()
            distributed.destroy_process_group()


class Stop:
    """Whether a stop was asked for: the first Ctrl-C or SIGTERM saves and ends, the second kills."""

    def __init__(self) -> None:
        self.asked = False
        self._before = {s: signal.signal(s, self._ask) for s in (signal.SIGINT, signal.SIGTERM)}

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self.asked = True
        self.restore()

    def restore(self) -> None:
        """Signals as they were."""
        for number, handler in self._before.items():
            signal.signal(number, handler)


def end(ranks: Ranks, stop: Stop, stopped: bool) -> None:
    """Part after the last checkpoint; signals are as they were again.

    Raises:
        KeyboardInterrupt: the run was `stopped` before its end.
    """
    stop.restore()
    ranks.leave()
    if stopped:
        raise KeyboardInterrupt
