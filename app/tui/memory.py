"""The memory panel: what is remembered, how surprising it was, and the switches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Label, OptionList, Sparkline, Static, Switch
from textual.widgets.option_list import Option

from app.engine.protocol import EngineError
from app.text import one_line
from app.tui.chat import plain
from app.tui.dialogs import Dialog, Question

if TYPE_CHECKING:
    from app.tui.app import MnemeApp


def size(count: float) -> str:
    """Bytes for people."""
    for unit in ("B", "KB", "MB"):
        if count < 1000:
            return f"{count:.0f} {unit}" if unit == "B" else f"{count:.1f} {unit}"
        count /= 1000
    return f"{count:.1f} GB"


def summary(stats: dict[str, Any]) -> str:
    disk = size(stats["ledger_bytes"] + stats["weights_bytes"])
    return (
        f"{stats['documents']} documents and notes, {stats['turns']} turns, {stats['passages']} passages\n"
        f"{stats['tokens_learned']} tokens learned in {stats['updates']} updates, {disk} on disk"
    )


class MemoryPanel(Dialog):
    """Statistics, curve, switches and the list of items."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f,delete", "forget", "Forget"),
        Binding("u", "undo", "Undo"),
        Binding("ctrl+t", "close", "Close"),
    ]
    app: MnemeApp

    def compose(self) -> ComposeResult:
        with Vertical(classes="box wide"):
            yield plain("Memory", classes="title")
            yield Static(id="summary")
            yield Label("Surprise over time, nats a token")
            yield Sparkline([], id="surprise")
            yield Static(id="range", classes="note")
            with Horizontal(id="switches"):
                yield Label("weights ")
                yield Switch(self.app.settings["weights"], id="weights")
                yield Label("store ")
                yield Switch(self.app.settings["store"], id="store")
            yield OptionList(id="items", compact=True)
            yield plain("Enter: read it   f: forget it   u: undo the latest lesson   Esc: close", classes="note")

    def on_mount(self) -> None:
        self.query_one("#items").focus()
        self.run_worker(self.refill())

    async def refill(self) -> None:
        """Ask the engine and show."""
        try:
            stats = await self.app.client.call("memory_stats")
            items = (await self.app.client.call("memory_list"))["items"]
        except EngineError as error:
            self.query_one("#summary", Static).update(Content(error.message))
            return
        self.query_one("#summary", Static).update(Content(summary(stats)))
        curve = [float(before) for _, before, _ in stats["surprise"]]
        self.query_one(Sparkline).data = curve
        text = f"first {curve[0]:.2f}, last {curve[-1]:.2f}" if curve else "nothing learned yet"
        self.query_one("#range", Static).update(Content(text))
        options = self.query_one("#items", OptionList)
        options.clear_options()
        for item in items:
            mark = "●" if item["learned"] else "○"
            words = item.get("title") if item["kind"] == "document" else item["text"]
            options.add_option(Option(Content(f"{mark} {item['id']:5} {item['kind']:8} {one_line(words or '', 90)}"), id=item["id"]))

    def on_switch_changed(self, event: Switch.Changed) -> None:
        if event.switch.id:
            self.app.change_setting(event.switch.id, event.value)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        if event.option_id:
            self.run_worker(self.read(event.option_id))

    async def read(self, item: str) -> None:
        try:
            found = await self.app.client.call("memory_show", item=item)
        except EngineError as error:
            self.notify(error.message, severity="error", markup=False)
            return
        learned = f"{found['learned_tokens']} of {found['tokens']} tokens learned, {found['when']}"
        self.app.push_screen(Reader(f"{found['kind']} {item}", f"{learned}\n\n{found['text'][:20_000]}"))

    def action_forget(self) -> None:
        options = self.query_one("#items", OptionList)
        if options.highlighted is None:
            return
        item = options.get_option_at_index(options.highlighted).id

        def answered(yes: bool | None) -> None:
            if yes:
                self.run_worker(self.work("forget", item=item))

        self.app.push_screen(Question(f"Forget {item}? It is deleted and taken out of the weights.", "Forget"), answered)

    def action_undo(self) -> None:
        self.run_worker(self.work("undo"))

    async def work(self, op: str, **args: Any) -> None:
        await self.app.perform(op, **args)
        await self.refill()


class Reader(Dialog):
    """One item in full."""

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self.head, self.text = title, text

    def compose(self) -> ComposeResult:
        from textual.containers import VerticalScroll

        with Vertical(classes="box wide"):
            yield plain(self.head, classes="title")
            with VerticalScroll():
                yield plain(self.text)
