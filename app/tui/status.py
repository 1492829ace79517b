"""The status line: user, model, device, speed, context, learning."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.content import Content
from textual.widgets import Static

from app.text import one_line

SEPARATOR = " · "


class StatusLine(Static):
    """One line; `update_from` takes whatever an event tells. What matters least goes first when it is narrow."""

    def __init__(self, **args: Any) -> None:
        super().__init__(Content("Mneme"), **args)
        self.values: dict[str, Any] = {}

    def update_from(self, **values: Any) -> None:
        """Change some values and show them."""
        self.values |= values
        self.show()

    def on_resize(self, event: events.Resize) -> None:
        self.show()

    def parts(self) -> list[tuple[int, str]]:
        """What there is to say, each with its weight; in the order shown."""
        v = self.values
        off = [name for name in ("weights", "store", "learn") if v.get(name) is False]
        return [
            (1, "Mneme"),
            (5, v.get("user") or ""),
            (3, f"{v['model']} on {v.get('device', '?')}" if v.get("model") else ""),
            (2, f"{v['tokens_per_second']:.0f} tokens/s" if v.get("tokens_per_second") else ""),
            (4, f"context {v.get('context', 0)}/{v['window']}" if v.get("window") else ""),
            (2, f"learned {v['learned']}" if v.get("learned") else ""),
            (4, ", ".join(f"{name} off" for name in off)),
            (6, v.get("state") or ""),
        ]

    def show(self) -> None:
        shown = [(weight, one_line(text, 60)) for weight, text in self.parts() if text]
        room = self.content_size.width or 80
        while len(shown) > 1 and len(SEPARATOR.join(text for _, text in shown)) > room:
            shown.remove(min(shown, key=lambda part: part[0]))
        self.update(Content(SEPARATOR.join(text for _, text in shown)))
