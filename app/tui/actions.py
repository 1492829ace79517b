"""What the slash commands and keys do; `app.tui.commands` names the commands."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from textual.widgets import Input

from app.engine.protocol import EngineError
from app.tui.clipboard import system_copy
from app.tui.commands import UnknownCommand, parse
from app.tui.dialogs import Help, Question, Reset, Users
from app.tui.jobs import JobList
from app.tui.life import Life
from app.tui.memory import MemoryPanel
from app.tui.sentences import log_lines, receipt_line, summary


def path_of(argument: str) -> str:
    """A path as typed or dropped into the terminal, made absolute."""
    return str(Path(argument.strip("'\"")).expanduser().absolute())


class Actions(Life):
    """Each command is `command_<name>(argument)`."""

    def run_command(self, text: str) -> None:
        """A line that begins with '/'."""
        self.run_worker(self._run_command(text), group="command")

    async def _run_command(self, text: str) -> None:
        try:
            command, argument = parse(text)
        except UnknownCommand as error:
            await self.log_view.note(str(error), "error")
            return
        await getattr(self, f"command_{command.name}")(argument)

    # conversations ---------------------------------------------------------------------------

    async def command_new(self, argument: str) -> None:
        await self.new_conversation()

    async def command_open(self, argument: str) -> None:
        """Open by number or by words of the title."""
        if not argument:
            self.action_sidebar()
            return
        found = await self.ask("conversations", query="")
        items = found["items"] if found else []
        words = argument.lower().split()
        hits = [c for c in items if str(c["id"]) == argument] or [
            c for c in items if all(w in c["title"].lower() for w in words)
        ]
        if hits:
            await self.open_conversation(hits[0]["id"])
        elif found:
            await self.log_view.note(
                f"no conversation has '{argument}' in its title; /search looks into them", "error"
            )

    async def command_search(self, argument: str) -> None:
        self.action_search()
        self.sidebar.query_one(Input).value = argument

    async def command_rename(self, argument: str) -> None:
        if self.conversation is None or not argument:
            self.action_rename()
        else:
            await self.rename(self.conversation, argument)

    async def command_delete(self, argument: str) -> None:
        self.action_delete()

    # memory ----------------------------------------------------------------------------------

    async def command_memory(self, argument: str) -> None:
        self.push_screen(MemoryPanel())

    async def command_remember(self, argument: str) -> None:
        await self.perform("remember", text=argument)

    async def command_undo(self, argument: str) -> None:
        await self.perform("undo")

    async def command_forget(self, argument: str) -> None:
        def answered(yes: bool | None) -> None:
            if yes:
                self.run_worker(self.perform("forget", item=argument))

        text = f"Forget {argument}? It is deleted and taken out of the weights."
        self.push_screen(Question(text, "Forget"), answered)

    async def command_reset(self, argument: str) -> None:
        def answered(yes: bool | None) -> None:
            if yes:
                self.run_worker(self.reset_all())

        self.push_screen(Reset(self.user or ""), answered)

    async def reset_all(self) -> None:
        await self.settle()
        if await self.perform("reset") is not None:
            self.conversation = None
            self.jobs.clear()
            self.learned = 0
            self.status(learned=0, context=0)
            await self.log_view.clear()
            await self.log_view.note("everything remembered is gone, from disk too")
            await self.refresh_conversations()

    async def command_weights(self, argument: str) -> None:
        await self.switch("weights", argument)

    async def command_store(self, argument: str) -> None:
        await self.switch("store", argument)

    async def command_learn(self, argument: str) -> None:
        await self.switch("learn", argument)

    async def switch(self, name: str, argument: str) -> None:
        if argument not in ("on", "off"):
            await self.log_view.note(f"type /{name} on or /{name} off", "error")
            return
        self.change_setting(name, argument == "on")
        await self.log_view.note(f"{name} {argument}")

    async def command_log(self, argument: str) -> None:
        if found := await self.ask("memory_log", limit=20):
            await self.log_view.note(log_lines(found["items"]))

    async def command_stats(self, argument: str) -> None:
        if found := await self.ask("memory_stats"):
            await self.log_view.note(summary(found))

    async def command_export(self, argument: str) -> None:
        await self.perform("export", file=path_of(argument))

    async def command_import(self, argument: str) -> None:
        if await self.perform("import", file=path_of(argument)):
            await self.refresh_conversations()

    # documents -------------------------------------------------------------------------------

    async def command_jobs(self, argument: str) -> None:
        self.push_screen(JobList())

    async def command_ingest(self, argument: str) -> None:
        """Read a document or folder; chat goes on meanwhile."""
        if not self.ready.is_set():
            await self.log_view.note("the model is still loading; try again in a moment", "error")
            return
        path = path_of(argument)
        await self.log_view.note(f"reading {path}; Ctrl+G shows how far")
        try:
            async for event in self.client.stream("ingest", paths=[path]):
                if event["event"] == "receipt" and event["tokens"]:
                    self.count_learned(event)
                    await self.log_view.note(receipt_line(event), "receipt")
                elif event["event"] == "done":
                    await self.tell_ingested(event["result"])
                else:
                    self.on_engine_event(event)
        except EngineError as error:
            if error.kind != "EngineDied":
                await self.log_view.note(error.message, "error")

    async def tell_ingested(self, result: dict[str, Any]) -> None:
        for failure in result["failed"]:
            await self.log_view.note(f"{failure['path']}: {failure['message']}", "error")
        if result["documents"]:
            names = ", ".join(f"{d['title']} ({d['id']})" for d in result["documents"][:5])
            more = f" and {len(result['documents']) - 5} more" if len(result["documents"]) > 5 else ""
            await self.log_view.note(f"read {names}{more}")

    # the rest --------------------------------------------------------------------------------

    async def command_user(self, argument: str) -> None:
        if argument:
            self.change_user(argument)
            return
        from storage import list_profiles

        names = await asyncio.to_thread(list_profiles)
        self.push_screen(Users(names, self.user or ""), self.change_user)

    def change_user(self, name: str | None) -> None:
        """Open another user, after a look at the name."""
        if not name or name == self.user:
            return
        from storage import BadName, check_name

        try:
            name = check_name(name)
        except BadName as error:
            self.run_worker(self.log_view.note(str(error), "error"))
            return
        self.open_user(name, self.model)

    async def command_model(self, argument: str) -> None:
        if argument:
            self.open_user(self.user, argument)
            return
        from app.engine.models import roots
        from core.checkpoint import list_models

        found = await asyncio.to_thread(list_models, roots())
        lines = [f"{m.name}: {m.parameters / 1e6:.1f} M parameters, {m.bytes / 1e6:.0f} MB" for m in found]
        await self.log_view.note("\n".join([*lines, "/model NAME changes it"]))

    async def command_theme(self, argument: str) -> None:
        if argument not in self.available_themes:
            await self.log_view.note("/theme NAME, one of " + ", ".join(sorted(self.available_themes)))
            return
        self.theme = argument

    async def command_copy(self, argument: str) -> None:
        text = self.log_view.last_answer
        if not text:
            self.notify("there is no answer to copy yet", markup=False)
            return
        self.copy_to_clipboard(text)
        await asyncio.to_thread(system_copy, text)
        self.notify("copied the last answer", markup=False)

    async def command_restart(self, argument: str) -> None:
        await self.restart()

    async def command_help(self, argument: str) -> None:
        self.push_screen(Help())

    async def command_quit(self, argument: str) -> None:
        await self.action_quit()

    def action_command(self, name: str) -> None:
        """The command of a key."""
        self.run_command(f"/{name}")
