"""The conversation: what was said, streaming answers, passages used, receipts. No text is read as markup."""

from __future__ import annotations

from typing import Any

from markdown_it import MarkdownIt
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Collapsible, Markdown, Static

from app.text import StreamCleaner, clean

SHOWN = 200
"""Messages of a conversation on the screen at most; older ones stay in the ledger."""


def parser() -> MarkdownIt:
    """Markdown in which HTML is text like any other, so that none of it disappears."""
    return MarkdownIt("gfm-like", {"html": False})


def plain(text: str, **args: Any) -> Static:
    """A widget with cleaned text in which brackets mean nothing."""
    return Static(Content(clean(text)), **args)


class UserMessage(Vertical):
    """What the user said; marked while it waits for the engine."""

    waiting = reactive(False)

    def __init__(self, text: str, waiting: bool = False) -> None:
        super().__init__(classes="user")
        self.body = text
        self.set_reactive(UserMessage.waiting, waiting)

    def compose(self) -> ComposeResult:
        yield plain(self.body)
        yield plain("waiting; Esc takes it back", classes="mark")

    def on_mount(self) -> None:
        self.set_class(self.waiting, "waiting")

    def watch_waiting(self) -> None:
        self.set_class(self.waiting, "waiting")


class Answer(Vertical):
    """An answer as it comes, Markdown, with the passages it had."""

    def __init__(self, text: str = "") -> None:
        super().__init__(classes="answer")
        self.text = clean(text)
        self._cleaner = StreamCleaner()
        self._stream: Any = None

    def compose(self) -> ComposeResult:
        yield Markdown(self.text, open_links=False, parser_factory=parser)

    async def push(self, piece: str) -> None:
        """Show the next piece."""
        await self._write(self._cleaner.push(piece))

    async def _write(self, text: str) -> None:
        if not text:
            return
        self.text += text
        if self._stream is None:
            self._stream = Markdown.get_stream(self.query_one(Markdown))
        await self._stream.write(text)

    async def end(self, note: str = "") -> None:
        """The answer is over; a note says why when it was cut."""
        await self._write(self._cleaner.finish())
        if self._stream is not None:
            await self._stream.stop()
            self._stream = None
        if note:
            await self.mount(plain(note, classes="note"))

    async def show_passages(self, items: list[dict[str, Any]]) -> None:
        """Fold the passages that the model was given under the answer."""
        if not items:
            return
        lines = [plain(f"{p['id']}  {p['source']}\n{p['text']}", classes="passage") for p in items]
        title = f"{len(items)} passage{'s' if len(items) > 1 else ''} from the store"
        await self.mount(Collapsible(*lines, title=title, collapsed=True))


class ChatLog(VerticalScroll, can_focus=True):
    """The messages of one conversation, scrolled to the end while it grows."""

    def on_mount(self) -> None:
        self.anchor()

    async def clear(self) -> None:
        await self.remove_children()
        self.anchor()

    async def add(self, widget: Any) -> Any:
        children = list(self.children)
        for old in children[: max(0, len(children) - 3 * SHOWN)]:
            await old.remove()
        await self.mount(widget)
        return widget

    async def note(self, text: str, kind: str = "note") -> None:
        """A line of narration; kind `error` or `receipt` colours it."""
        await self.add(plain(text, classes=kind))

    async def show(self, turns: list[dict[str, Any]]) -> None:
        """A conversation from the ledger."""
        await self.clear()
        if len(turns) > SHOWN:
            await self.note(f"{len(turns) - SHOWN} earlier messages are not shown")
        parts = [UserMessage(t["text"]) if t["role"] == "user" else Answer(t["text"]) for t in turns[-SHOWN:]]
        await self.mount_all(parts)

    @property
    def last_answer(self) -> str:
        answers = [a for a in self.query(Answer) if a.text]
        return answers[-1].text.strip() if answers else ""
