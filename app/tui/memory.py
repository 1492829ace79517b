"""The memory panel: what is remembered, how surprising it was, and the switches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Input, Label, OptionList, Sparkline, Static, Switch
from textual.widgets.option_list import Option

from app.engine.protocol import EngineError
from app.text import clean, one_line
from app.tui.chat import plain
from app.tui.dialogs import Dialog, Question
from app.tui.sentences import curve_line, summary

if TYPE_CHECKING:
    from app.tui.app import MnemeApp

SHOWN = 500
"""Items listed at most; the filter finds the others."""
READ = 20_000
"""Characters of an item shown in full at most."""


def item_line(item: dict[str, Any]) -> str:
    """An item of the list; a full dot is learned, an empty one is only in the store."""
    mark = "●" if item["learned"] else "○"
    words = item.get("title") if item["kind"] == "document" else item["text"]
    return f"{mark} {item['id']:5} {item['kind']:8} {one_line(words or '', 100)}"


class MemoryPanel(Dialog[None]):
    """Statistics, curve, switches and the list of items."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f,delete", "forget", "Forget"),
        Binding("u", "undo", "Undo"),
        Binding("slash", "filter", "Filter"),
        Binding("ctrl+t", "close", "Close"),
    ]
    app: MnemeApp

    def compose(self) -> ComposeResult:
        with Vertical(classes="box wide"):
            yield plain("Memory", classes="title")
            yield Static(id="summary")
            with Horizontal(id="switches"):
                for name in ("weights", "store"):
                    yield Switch(self.app.settings[name], id=name)
                    yield Label(self.switch_label(name), id=f"{name}-label")
            with Vertical(id="curve"):
                yield Label("Surprise over time, nats a token")
                yield Sparkline([], id="surprise")
                yield Static(id="range", classes="note")
            yield Input(placeholder="/ filters", compact=True, id="filter")
            yield OptionList(id="items", compact=True)
            with Horizontal(id="doing"):
                yield Button("Read (Enter)", id="read", compact=True)
                yield Button("Forget (f)", id="forget", compact=True)
                yield Button("Undo the latest (u)", id="undo", compact=True)
                yield Button("Close (Esc)", id="close", compact=True)

    def on_mount(self) -> None:
        self.query_one("#items").focus()
        self.refresh_all()

    def refresh_all(self) -> None:
        self.run_worker(self.refill(), group="refill", exclusive=True)

    async def refill(self) -> None:
        """Ask the engine and show."""
        query = clean(self.query_one("#filter", Input).value).strip()
        try:
            stats = await self.app.client.call("memory_stats")
            items = (await self.app.client.call("memory_list", query=query or None))["items"]
        except EngineError as error:
            self.query_one("#summary", Static).update(Content(error.message))
            return
        self.query_one("#summary", Static).update(Content(summary(stats)))
        curve = [float(before) for _, before, _ in stats["surprise"]]
        self.query_one(Sparkline).data = curve
        self.query_one("#range", Static).update(Content(curve_line(curve)))
        options = self.query_one("#items", OptionList)
        place = options.highlighted or 0
        options.clear_options()
        options.add_options(Option(Content(item_line(i)), id=i["id"]) for i in items[:SHOWN])
        if len(items) > SHOWN:
            options.add_option(
                Option(Content(f"{len(items) - SHOWN} more; the filter finds them"), disabled=True)
            )
        if items:
            options.highlighted = min(place, len(items) - 1)

    @property
    def chosen(self) -> str | None:
        options = self.query_one("#items", OptionList)
        return None if options.highlighted is None else options.get_option_at_index(options.highlighted).id

    def on_switch_changed(self, event: Switch.Changed) -> None:
        name = event.switch.id or ""
        self.app.change_setting(name, event.value)
        self.query_one(f"#{name}-label", Label).update(self.switch_label(name))

    def switch_label(self, name: str) -> Content:
        return Content(f"{name} {'on' if self.app.settings[name] else 'off'}")

    def on_input_changed(self, event: Input.Changed) -> None:
        self.refresh_all()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.query_one("#items").focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.action_read()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        getattr(self, f"action_{event.button.id}")()

    def action_filter(self) -> None:
        self.query_one("#filter").focus()

    def action_read(self) -> None:
        if self.chosen:
            self.run_worker(self.read(self.chosen))

    async def read(self, item: str) -> None:
        try:
            found = await self.app.client.call("memory_show", item=item)
        except EngineError as error:
            self.notify(error.message, severity="error", markup=False)
            return
        lessons = ", ".join(
            f"{u['loss_before']:.1f} -> {u['loss_after']:.1f}{' undone' if u['undone'] else ''}"
            for u in found.get("updates", [])[:8]
        )
        head = f"{found['learned_tokens']} of {found['tokens']} tokens learned, {found['when'][:16]}"
        head += f"\nsurprise {lessons}" if lessons else ""
        head += f"\n{one_line(found['source'], 200)}" if found.get("source") else ""
        head += f"\nunderstood: {one_line(found['understood'], 200)}" if found.get("understood") else ""
        more = "…" if len(found["text"]) > READ else ""
        self.app.push_screen(Reader(f"{found['kind']} {item}", f"{head}\n\n{found['text'][:READ]}{more}"))

    def action_forget(self) -> None:
        item = self.chosen
        if item is None:
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self.run_worker(self.work("forget", item=item))

        text = f"Forget {item}? It is deleted and taken out of the weights."
        self.app.push_screen(Question(text, "Forget"), answered)

    def action_undo(self) -> None:
        self.run_worker(self.work("undo"))

    async def work(self, op: str, **args: Any) -> None:
        """An operation that changes what is remembered; the chat has its sentence."""
        self.query_one("#summary", Static).update(Content("working; later lessons are learned again"))
        await self.app.perform(op, **args)
        if self.is_attached:
            self.refresh_all()


class Reader(Dialog[None]):
    """One item in full."""

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self.head, self.text = title, text

    def compose(self) -> ComposeResult:
        with Vertical(classes="box wide"):
            yield plain(self.head, classes="title")
            with VerticalScroll():
                yield plain(self.text)
