"""The chat program: one screen, and what happens between it and the engine.

The engine starts after the first paint. Messages typed before it is ready wait and are sent in order;
nothing typed is lost when it stops.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Iterable
from typing import Any, ClassVar

from textual.app import App, ComposeResult, SystemCommand
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Input, OptionList

from app.engine.protocol import EngineError
from app.text import clean, one_line
from app.tui.actions import Actions
from app.tui.chat import Answer, ChatLog, UserMessage, merged, receipt_line
from app.tui.commands import COMMANDS, UnknownCommand, parse
from app.tui.dialogs import Entry, Question, Welcome
from app.tui.jobs import JobList
from app.tui.prompt import Prompt
from app.tui.sidebar import Sidebar
from app.tui.status import StatusLine


class MnemeApp(Actions, App[int]):
    """The chat screen.

    Args:
        client: an `EngineClient`, or anything with its methods.
        user: whose memory; None is the last used.
        model: a model's name, or None for the chosen one.
    """

    TITLE = "Mneme"
    CSS_PATH = "mneme.tcss"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "stop", "Stop", show=False),
        Binding("f1", "help", "Help", show=False),
        Binding("ctrl+n", "new", "New", show=False, priority=True),
        Binding("ctrl+b", "sidebar", "Conversations", show=False, priority=True),
        Binding("ctrl+f", "search", "Search", show=False, priority=True),
        Binding("ctrl+t", "memory", "Memory", show=False),
        Binding("ctrl+g", "jobs", "Documents", show=False),
        Binding("ctrl+o", "users", "Users", show=False, priority=True),
        Binding("ctrl+y", "copy", "Copy", show=False, priority=True),
        Binding("f2", "rename", "Rename", show=False),
        Binding("delete", "delete", "Delete", show=False),
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True),
    ]

    def __init__(self, client: Any, user: str | None = None, model: str | None = None) -> None:
        super().__init__()
        self.client, self.user, self.model = client, user, model
        self.client.listener = self.on_engine_event
        self.conversation: int | None = None
        self.settings = {"weights": True, "store": True, "learn": True}
        self.jobs: dict[str, dict[str, Any]] = {}
        self.ready = asyncio.Event()
        self._outbox: deque[tuple[str, UserMessage]] = deque()
        self._outgoing = asyncio.Event()
        self._answering: int | None = None
        self._stop_wanted = False
        self._busy = False

    def compose(self) -> ComposeResult:
        with Horizontal(id="body"):
            yield Sidebar()
            with Vertical():
                yield ChatLog()
                yield Prompt()
        yield StatusLine()

    # parts -----------------------------------------------------------------------------------

    @property
    def log_view(self) -> ChatLog:
        return self.screen_stack[0].query_one(ChatLog)

    @property
    def prompt(self) -> Prompt:
        return self.screen_stack[0].query_one(Prompt)

    def status(self, **values: Any) -> None:
        self.screen_stack[0].query_one(StatusLine).update_from(**values)

    # life ------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        self.prompt.focus()
        self.status(state="starting")
        self.run_worker(self.connect(), group="connect", exclusive=True)
        self.run_worker(self.deliver(), group="deliver")

    async def connect(self, user: str | None = None) -> None:
        """Start the engine and open a user."""
        self.ready.clear()
        self.status(state="loading the model")
        try:
            name = user or self.user or await asyncio.to_thread(self.read_settings)
            await self.client.start()
            found = await self.client.call("open", self.on_engine_event, user=name, model=self.model, create=True)
        except EngineError as error:
            self.status(state="not ready")
            await self.log_view.note(error.message, "error")
            return
        if found["user"] != self.user:
            self.conversation = None
            await self.log_view.clear()
        self.user = found["user"]
        self.settings |= {k: found[k] for k in ("weights", "store") if k in found}
        self.status(context=0, state="ready", **{k: found.get(k) for k in ("user", "model", "device", "window")}, **self.settings)
        if found.get("recovered"):
            await self.log_view.note(f"{found['recovered']} things said before were still to be learned; that goes on now")
        self.ready.set()
        if found.get("new_user"):
            self.push_screen(Welcome(found["user"]))
        await self.refresh_conversations()

    def read_settings(self) -> str:
        """Theme and last user of the settings file."""
        from storage import load_config

        values = load_config()
        if (theme := values.get("theme")) in self.available_themes:
            self.call_from_thread(setattr, self, "theme", theme)
        return str(values.get("last_user") or "default")

    def on_engine_event(self, event: dict[str, Any]) -> None:
        """Events that no running turn takes: progress, background learning, jobs, the end of the engine."""
        kind = event["event"]
        if kind == "receipt" and event.get("tokens"):
            self.run_worker(self.log_view.note(receipt_line(event), "receipt"))
        elif kind == "progress":
            self.status(state=event["text"])
        elif kind == "job":
            self.take_job(event)
        elif kind == "died" and self.is_running:
            self.ready.clear()
            self.status(state="engine stopped")

    def take_job(self, event: dict[str, Any]) -> None:
        self.jobs[event["job"]] = event
        live = [j for j in self.jobs.values() if j["stage"] == "learning"]
        if live:
            share = live[0]["done"] / max(live[0]["total"], 1)
            self.status(state=f"reading {one_line(live[0]['name'], 24)} {share:.0%}")
        elif self.ready.is_set() and not self._busy:
            self.status(state="ready")

    async def action_quit(self) -> None:
        """Let the engine learn the rest, then leave."""
        self.status(state="learning the rest")
        with contextlib.suppress(Exception):
            await self.client.close()
        self.exit(0)

    # talking ---------------------------------------------------------------------------------

    async def on_prompt_submitted(self, event: Prompt.Submitted) -> None:
        event.stop()
        text = event.text
        if text.startswith("/") and not text.startswith("//"):
            await self.run_command(text)
            return
        shown = UserMessage(text, waiting=not self.ready.is_set() or self._busy)
        await self.log_view.add(shown)
        self.log_view.anchor()
        self._outbox.append((text, shown))
        self._outgoing.set()

    async def run_command(self, text: str) -> None:
        try:
            command, argument = parse(text)
        except UnknownCommand as error:
            await self.log_view.note(str(error), "error")
            return
        await getattr(self, f"command_{command.name}")(argument)

    async def deliver(self) -> None:
        """Send waiting messages one after another."""
        while True:
            await self._outgoing.wait()
            await self.ready.wait()
            if not self._outbox:
                self._outgoing.clear()
                continue
            text, shown = self._outbox.popleft()
            shown.remove_class("waiting")
            self._busy = True
            try:
                await self.say(text)
            except EngineError as error:
                await self.log_view.note(error.message, "error")
            finally:
                self._busy, self._answering = False, None
                if self.ready.is_set():
                    self.status(state="ready")

    async def say(self, text: str) -> None:
        """One turn."""
        self.status(state="thinking")
        answer = await self.log_view.add(Answer())
        passages, receipts = [], []
        self._stop_wanted, came = False, False
        note = "stopped: the engine is gone"
        try:
            async for event in self.client.stream(
                "turn", text=text, conversation=self.conversation, learn=self.settings["learn"], memory="both"
            ):
                if self._answering is None and "id" in event:
                    self._answering = event["id"]
                    if self._stop_wanted:
                        self.client.cancel(self._answering)
                kind = event["event"]
                if kind == "turn":
                    self.conversation = event["conversation"]
                elif kind == "passages":
                    passages = event["items"]
                elif kind == "token":
                    if not came:
                        came = True
                        self.status(state="answering")
                    await answer.push(event["text"])
                elif kind == "status":
                    keys = ("tokens_per_second", "context", "window")
                    self.status(**{k: event[k] for k in keys}, state="learning")
                elif kind == "receipt" and event["tokens"]:
                    receipts.append(event)
                elif kind == "done":
                    reason = event["result"].get("finish_reason")
                    note = {"cancelled": "stopped", "length": "cut: this is as long as an answer gets"}.get(reason, "")
        finally:
            await answer.end(note)
        await answer.show_passages(passages)
        if receipts:
            await self.log_view.note(receipt_line(merged(receipts)), "receipt")
        await self.refresh_conversations()

    def action_stop(self) -> None:
        """Stop the answer, keeping what came."""
        if self._busy:
            self._stop_wanted = True
            if self._answering is not None:
                self.client.cancel(self._answering)

    # requests --------------------------------------------------------------------------------

    async def perform(self, op: str, **args: Any) -> dict[str, Any] | None:
        """An operation with its progress in the status line; None, and a line of error, when it fails."""
        if not self.ready.is_set():
            await self.log_view.note("the model is still loading; try again in a moment", "error")
            return None
        self._busy = True
        try:
            result = await self.client.call(op, self.on_engine_event, **args)
        except EngineError as error:
            await self.log_view.note(error.message, "error")
            return None
        finally:
            self._busy = False
            if self.ready.is_set():
                self.status(state="ready")
        told = describe(op, result)
        if told:
            await self.log_view.note(told)
        return result

    def change_setting(self, name: str, value: bool) -> None:
        """Turn weights, store or learning on or off."""
        self.settings[name] = value
        self.status(**{name: value})
        if name != "learn":
            self.run_worker(self.perform("set", **{name: value}))

    async def refresh_conversations(self, query: str = "") -> None:
        with contextlib.suppress(EngineError):
            items = (await self.client.call("conversations", query=query))["items"]
            self.screen_stack[0].query_one(Sidebar).show(items, self.conversation)

    async def open_conversation(self, conversation: int) -> None:
        try:
            turns = (await self.client.call("open_conversation", conversation=conversation))["turns"]
        except EngineError as error:
            await self.log_view.note(error.message, "error")
            return
        self.conversation = conversation
        await self.log_view.show(turns)
        self.prompt.focus()

    async def on_sidebar_search(self, event: Sidebar.Search) -> None:
        self.run_worker(self.refresh_conversations(clean(event.query_text)), group="search", exclusive=True)

    async def on_sidebar_chosen(self, event: Sidebar.Chosen) -> None:
        await self.open_conversation(event.conversation)

    # keys ------------------------------------------------------------------------------------

    async def action_new(self) -> None:
        await self.command_new("")

    async def action_help(self) -> None:
        await self.command_help("")

    async def action_memory(self) -> None:
        await self.command_memory("")

    def action_jobs(self) -> None:
        self.push_screen(JobList())

    async def action_users(self) -> None:
        await self.command_user("")

    async def action_copy(self) -> None:
        await self.command_copy("")

    def action_sidebar(self) -> None:
        sidebar = self.screen_stack[0].query_one(Sidebar)
        sidebar.toggle_class("shown")
        if sidebar.has_class("shown"):
            sidebar.query_one(OptionList).focus()
        else:
            self.prompt.focus()

    def action_search(self) -> None:
        sidebar = self.screen_stack[0].query_one(Sidebar)
        sidebar.add_class("shown")
        sidebar.query_one(Input).focus()

    def chosen_conversation(self) -> int | None:
        """The one under the cursor of the list, else the open one."""
        options = self.screen_stack[0].query_one("#conversations", OptionList)
        if options.has_focus and options.highlighted is not None:
            found = options.get_option_at_index(options.highlighted).id
            return int(found) if found else None
        return self.conversation

    def action_rename(self) -> None:
        conversation = self.chosen_conversation()
        if conversation is None:
            return

        def answered(title: str | None) -> None:
            if title:
                self.run_worker(self.rename(conversation, title))

        self.push_screen(Entry("New title"), answered)

    async def rename(self, conversation: int, title: str) -> None:
        with contextlib.suppress(EngineError):
            await self.client.call("rename_conversation", conversation=conversation, title=title)
        await self.refresh_conversations()

    def action_delete(self) -> None:
        conversation = self.chosen_conversation()
        if conversation is None:
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self.run_worker(self.delete(conversation))

        self.push_screen(Question("Delete this conversation and what was learned from it?", "Delete"), answered)

    async def delete(self, conversation: int) -> None:
        if await self.perform("delete_conversation", conversation=conversation) is None:
            return
        if conversation == self.conversation:
            self.conversation = None
            await self.log_view.clear()
        await self.refresh_conversations()

    def get_system_commands(self, screen: Screen) -> Iterable[SystemCommand]:
        yield from super().get_system_commands(screen)
        for command in COMMANDS:
            if command.argument and not command.argument.startswith("["):
                yield SystemCommand(command.usage, command.about, lambda c=command: self.prompt.put(f"/{c.name} "))
            else:
                yield SystemCommand(command.usage, command.about, lambda c=command: self.run_worker(self.run_command(f"/{c.name}")))


def describe(op: str, result: dict[str, Any]) -> str:
    """What an operation did, in a sentence."""
    if op == "undo":
        if result["undone"] is None:
            return "there is nothing to undo"
        return f"undone: {result['undone']['tokens']} tokens of {', '.join(result['items'])}; the store still has the words"
    if op == "forget":
        return f"forgot {result['forgotten']}; learned {result['relearned']} later tokens again"
    if op == "remember":
        return f"remembered as {result['item']}" if result["new"] else f"known already as {result['item']}"
    if op == "export":
        return f"wrote {result['file']}, {result['bytes']} bytes"
    if op == "import":
        return f"imported {sum(result['counts'].values())} rows"
    if op == "reset":
        return "everything remembered is gone"
    return ""
