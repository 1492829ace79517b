"""The list of conversations and the search over all of them."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from app.text import one_line
from app.tui.sentences import number


class Sidebar(Vertical):
    """Search box and conversations, newest first."""

    BINDINGS = [Binding("escape", "leave", "Back to the input", show=False)]

    class Search(Message):
        """The words in the box changed."""

        def __init__(self, query: str) -> None:
            super().__init__()
            self.query_text = query

    class Chosen(Message):
        """A conversation is to be opened."""

        def __init__(self, conversation: int) -> None:
            super().__init__()
            self.conversation = conversation

    def compose(self) -> ComposeResult:
        yield Input(placeholder="Search conversations", compact=True, id="search")
        yield OptionList(id="conversations", compact=True)

    def show(self, items: list[dict[str, Any]], current: int | None) -> None:
        """Fill the list; the open conversation is under the cursor."""
        options = self.query_one(OptionList)
        options.clear_options()
        for item in items:
            below = item.get("snippet") or f"{number(item['turns'], 'turn')}  {item['when'][:10]}"
            title = one_line(item["title"] or "untitled", 60)
            options.add_option(
                Option(Content.assemble(title, "\n", (one_line(below, 60), "dim")), id=str(item["id"]))
            )
            if item["id"] == current:
                options.highlighted = options.option_count - 1
        if not items:
            options.add_option(Option(Content("nothing found"), disabled=True))

    def action_leave(self) -> None:
        """Empty the search, hide, go back to the input."""
        self.query_one(Input).value = ""
        self.remove_class("shown")
        self.screen.query_one("Prompt").focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Search(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(OptionList).focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id:
            self.post_message(self.Chosen(int(event.option_id)))
