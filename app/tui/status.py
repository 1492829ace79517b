"""The status line: user, model, device, speed, context, learning."""

from __future__ import annotations

from typing import Any

from textual.content import Content
from textual.widgets import Static

from app.text import one_line


class StatusLine(Static):
    """One line; `update_from` takes whatever an event tells."""

    def __init__(self, **args: Any) -> None:
        super().__init__(Content("Mneme"), **args)
        self.values: dict[str, Any] = {}

    def update_from(self, **values: Any) -> None:
        """Change some values and show them."""
        self.values |= values
        v = self.values
        parts = ["Mneme"]
        if v.get("user"):
            parts.append(v["user"])
        if v.get("model"):
            parts.append(f"{v['model']} on {v.get('device', '?')}")
        if v.get("tokens_per_second"):
            parts.append(f"{v['tokens_per_second']:.0f} tokens/s")
        if v.get("window"):
            parts.append(f"context {v.get('context', 0)}/{v['window']}")
        off = [name for name in ("weights", "store", "learn") if v.get(name) is False]
        if off:
            parts.append(" ".join(f"{name} off" for name in off))
        parts.append(v.get("state", ""))
        self.update(Content(" · ".join(one_line(p, 60) for p in parts if p)))
