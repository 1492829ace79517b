"""Small screens over the chat: welcome, help, a question, a line to type, users."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, ScreenResultType
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option

from app.text import one_line
from app.tui.chat import plain
from app.tui.commands import COMMANDS

KEYS = (
    ("Enter", "send"),
    ("Ctrl+J, Shift+Enter, Alt+Enter", "break the line"),
    ("Up, Down", "earlier messages"),
    ("Tab", "complete a /command"),
    ("Esc", "stop the answer, keep what came"),
    ("", "take a waiting message back; close a window"),
    ("Ctrl+N", "new conversation"),
    ("Ctrl+B", "list of conversations"),
    ("  there: Enter, F2, Delete", "open, rename, delete"),
    ("Ctrl+F", "search all conversations"),
    ("Ctrl+T", "memory"),
    ("Ctrl+G", "documents being read"),
    ("Ctrl+O", "users"),
    ("Ctrl+Y", "copy the last answer"),
    ("Ctrl+R", "start the engine again when it stopped"),
    ("Ctrl+P", "command palette, themes"),
    ("Ctrl+Q", "leave"),
)

COLUMN = 30
"""Width of the keys and commands in the help."""

WELCOME = """\
I am a small assistant that remembers by learning.

  What you tell me changes my own fast weights, on this machine, for you alone.
  Close me, come back, and I still know it. A store beside them recalls it exactly.

  Tell me something       My sister Edith lives in Bergen.
  Ask, now or next week   Where does my sister live?
  Hand me a document      /ingest ~/notes
  See what I learned      /memory
  Take a lesson back      /undo
  Make me forget          /forget t3    or everything: /reset

  Nothing leaves this machine. I am small and I make mistakes: check what matters.
"""


class Dialog(ModalScreen[ScreenResultType | None]):
    """A box in the middle; Esc closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Close")]

    def action_close(self) -> None:
        self.dismiss(None)


class Welcome(Dialog[None]):
    """The greeting of a first run."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "close", "Start", priority=True)]

    def __init__(self, user: str) -> None:
        super().__init__()
        self.user = user

    def compose(self) -> ComposeResult:
        with Vertical(classes="box wide"):
            yield plain(f"Welcome to Mneme, {self.user}", classes="title")
            with VerticalScroll():
                yield plain(WELCOME)
            yield Button("Start (Enter)", variant="primary", id="start", compact=True)

    def on_button_pressed(self) -> None:
        self.dismiss(None)


class Help(Dialog[None]):
    """Keys and commands."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f1", "close", "Close")]

    def compose(self) -> ComposeResult:
        with Vertical(classes="box wide"):
            yield plain("Help", classes="title")
            with VerticalScroll():
                yield plain("\n".join(f"{key:{COLUMN}} {what}" for key, what in KEYS))
                yield plain("\n".join(f"{c.usage:{COLUMN}} {c.about}" for c in COMMANDS), classes="commands")


class Question(Dialog[bool]):
    """Yes or no; dismissed with True for yes. No is the default."""

    AUTO_FOCUS = "#no"

    def __init__(self, text: str, yes: str = "Yes") -> None:
        super().__init__()
        self.text, self.yes = text, yes

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield plain(self.text)
            with Horizontal(classes="buttons"):
                yield Button("No", id="no")
                yield Button(self.yes, variant="error", id="yes")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")


class Reset(Question):
    """Asks before everything goes; the user's name typed in full is a yes too."""

    AUTO_FOCUS = "Input"

    def __init__(self, user: str) -> None:
        super().__init__(
            f"Remove everything remembered of {user}, from disk too? This cannot be undone.", "Remove"
        )
        self.user = user

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield plain(self.text)
            yield Input(placeholder=f"type {self.user} to remove, Esc to keep", compact=True)
            with Horizontal(classes="buttons"):
                yield Button("No", id="no")
                yield Button(self.yes, variant="error", id="yes")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        if event.value.strip().lower() == self.user:
            self.dismiss(True)
        else:
            self.notify("that is another name; nothing was removed", severity="warning", markup=False)


class Entry(Dialog[str]):
    """One line of text; dismissed with it, or with None."""

    def __init__(self, title: str, value: str = "") -> None:
        super().__init__()
        self.head, self.value = title, value

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield plain(self.head, classes="title")
            yield Input(one_line(self.value, 200), compact=True)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip() or None)


class Users(Dialog[str]):
    """Choose a user or make one; dismissed with the name."""

    def __init__(self, names: list[str], current: str) -> None:
        super().__init__()
        self.names, self.current = names, current

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield plain("Users", classes="title")
            options = [Option(Content(f"{'* ' if n == self.current else '  '}{n}"), id=n) for n in self.names]
            yield OptionList(*options, compact=True)
            yield Static("A new one:")
            yield Input(placeholder="name", compact=True)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip() or None)
