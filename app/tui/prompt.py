"""The input: Enter sends, Ctrl+J, Shift+Enter and Alt+Enter break the line, arrows walk the history."""

from __future__ import annotations

from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.keys import Keys
from textual.message import Message
from textual.widgets import TextArea

from app.text import clean
from app.tui.commands import complete

BREAKS = frozenset(
    f"{key}{enter}" for key in ("shift+", "alt+", "ctrl+", "alt+shift+") for enter in ("enter", "\r")
) | {"ctrl+j"}
"""Terminals name the same key differently; 'shift+\\r' is that of xterm."""
HISTORY = 200


def teach_alt_enter() -> None:
    """Tell Textual's parser that Escape with Return is Alt+Enter, as terminals without newer protocols send it."""
    ANSI_SEQUENCES_KEYS.setdefault("\x1b\r", (Keys.ControlJ,))  # type: ignore[attr-defined]


class Prompt(TextArea):
    """A text area that grows with its text, up to a few lines."""

    class Submitted(Message):
        """A message is to be sent."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, **args: object) -> None:
        super().__init__(
            placeholder="Say something. Enter sends, Ctrl+J breaks the line, / for commands, F1 for help",
            show_line_numbers=False,
            tab_behavior="focus",
            compact=True,
            highlight_cursor_line=False,
            **args,  # type: ignore[arg-type]
        )
        self._past: list[str] = []
        self._at = 0
        self._draft = ""

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            self._take(event)
            self.submit()
        elif event.key in BREAKS:
            self._take(event)
            self.insert("\n")
        elif event.key == "tab" and (full := complete(self.text)):
            self._take(event)
            self.put(full)
        elif event.key == "up" and self._past and self._row() == 0:
            self._take(event)
            self.walk(-1)
        elif (
            event.key == "down"
            and self._at < len(self._past)
            and self._row() >= self.wrapped_document.height - 1
        ):
            self._take(event)
            self.walk(1)

    def _take(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()

    def _row(self) -> int:
        """The cursor's row on the screen, long lines wrapped."""
        return self.wrapped_document.location_to_offset(self.cursor_location).y

    async def _on_paste(self, event: events.Paste) -> None:
        """Clean what is pasted; the text area's own handler, called next, inserts it."""
        event.text = clean(event.text)

    def put(self, text: str) -> None:
        """Replace the text, the cursor at its end."""
        self.text = text
        self.move_cursor(self.document.end)

    def submit(self) -> None:
        text = clean(self.text).strip()
        if not text:
            return
        if not self._past or self._past[-1] != text:
            self._past = [*self._past, text][-HISTORY:]
        self._at, self._draft = len(self._past), ""
        self.text = ""
        self.post_message(self.Submitted(text))

    def walk(self, step: int) -> None:
        """One message back or forward; the draft comes back at the end."""
        if self._at == len(self._past):
            self._draft = self.text
        self._at = min(max(self._at + step, 0), len(self._past))
        self.put(self._draft if self._at == len(self._past) else self._past[self._at])
