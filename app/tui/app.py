"""The chat program: one screen, and what happens between it and the engine.

The engine starts after the first paint. Messages typed before it is ready wait and are sent in order;
nothing typed is lost when it stops. Whatever waits for the engine runs in a worker, never in the
handler of a key.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from app.tui.actions import Actions
from app.tui.commands import COMMANDS, UnknownCommand, parse
from app.tui.palette import ConversationProvider
from app.tui.prompt import Prompt, teach_alt_enter


class MnemeApp(Actions):
    """The chat screen.

    Args:
        client: an `EngineClient`, or anything with its methods.
        user: whose memory; None is the last used.
        model: a model's name, or None for the chosen one.
        theme: a theme's name, or None for the one of the settings.
    """

    TITLE = "Mneme"
    CSS_PATH = "mneme.tcss"
    COMMANDS = App.COMMANDS | {ConversationProvider}
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (24, "-tall")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "stop", "Stop", show=False),
        Binding("f1", "command('help')", "Help", show=False),
        Binding("ctrl+n", "command('new')", "New", show=False, priority=True),
        Binding("ctrl+b", "sidebar", "Conversations", show=False, priority=True),
        Binding("ctrl+f", "search", "Search", show=False, priority=True),
        Binding("ctrl+t", "command('memory')", "Memory", show=False),
        Binding("ctrl+g", "command('jobs')", "Documents", show=False),
        Binding("ctrl+o", "command('user')", "Users", show=False, priority=True),
        Binding("ctrl+r", "command('restart')", "Start the engine again", show=False),
        Binding("ctrl+y", "command('copy')", "Copy", show=False, priority=True),
        Binding("f2", "rename", "Rename", show=False),
        Binding("delete", "delete", "Delete", show=False),
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True),
    ]
    CHAT_ONLY = frozenset({"new", "sidebar", "search", "user"})
    """Keys that would reach through a window open over the chat."""

    def __init__(
        self, client: Any, user: str | None = None, model: str | None = None, theme: str | None = None
    ) -> None:
        super().__init__(client, user, model, theme)
        teach_alt_enter()

    def on_mount(self) -> None:
        self.prompt.focus()
        self.show_state("starting")
        if self.theme_wanted in self.available_themes:
            self.theme = self.theme_wanted
        self._theme_kept = self.theme
        self.theme_changed_signal.subscribe(self, self.keep_theme)
        self.run_worker(self.deliver(), group="deliver")
        self.call_after_refresh(self.open_user, self.user, self.model)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        name = parameters[0] if action == "command" else action
        return name not in self.CHAT_ONLY or not self.screen.is_modal

    async def on_prompt_submitted(self, event: Prompt.Submitted) -> None:
        event.stop()
        if event.text.startswith("/") and not event.text.startswith("//"):
            self.run_command(event.text)
        else:
            await self.send(event.text[1:] if event.text.startswith("//") else event.text)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        yield from super().get_system_commands(screen)
        for command in COMMANDS:
            yield SystemCommand(command.words, command.about, lambda c=command: self.choose_command(c.name))

    def choose_command(self, name: str) -> None:
        """A command from the palette: run, or put into the input when it needs more words."""
        try:
            parse(f"/{name}")
        except UnknownCommand:
            self.prompt.put(f"/{name} ")
            self.prompt.focus()
        else:
            self.run_command(f"/{name}")
