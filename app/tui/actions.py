"""What the slash commands do; `app.tui.commands` names them."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.engine.protocol import EngineError
from app.tui.chat import receipt_line
from app.tui.clipboard import system_copy
from app.tui.dialogs import Help, Question, Users
from app.tui.jobs import JobList
from app.tui.memory import MemoryPanel, summary

if TYPE_CHECKING:
    from app.tui.app import MnemeApp


class Actions:
    """Mixed into the app; each method is `command_<name>(argument)`."""

    async def command_help(self: MnemeApp, argument: str) -> None:
        self.push_screen(Help())

    async def command_new(self: MnemeApp, argument: str) -> None:
        if self.conversation is not None and self.ready.is_set():
            await self.perform("new_conversation")
        self.conversation = None
        await self.log_view.clear()
        self.status(context=0)
        self.prompt.focus()
        await self.refresh_conversations()

    async def command_search(self: MnemeApp, argument: str) -> None:
        from textual.widgets import Input

        from app.tui.sidebar import Sidebar

        sidebar = self.screen_stack[0].query_one(Sidebar)
        sidebar.add_class("shown")
        sidebar.query_one(Input).value = argument

    async def command_rename(self: MnemeApp, argument: str) -> None:
        if self.conversation is None:
            await self.log_view.note("there is no conversation yet", "error")
        else:
            await self.rename(self.conversation, argument)

    async def command_delete(self: MnemeApp, argument: str) -> None:
        self.action_delete()

    async def command_memory(self: MnemeApp, argument: str) -> None:
        self.push_screen(MemoryPanel())

    async def command_jobs(self: MnemeApp, argument: str) -> None:
        self.push_screen(JobList())

    async def command_remember(self: MnemeApp, argument: str) -> None:
        self.run_worker(self.perform("remember", text=argument))

    async def command_ingest(self: MnemeApp, argument: str) -> None:
        if not self.ready.is_set():
            await self.log_view.note("the model is still loading; try again in a moment", "error")
            return
        path = str(Path(argument.strip("'\"")).expanduser().absolute())
        await self.log_view.note(f"reading {path}; Ctrl+G shows how far")
        self.run_worker(self.ingest(path))

    async def ingest(self: MnemeApp, path: str) -> None:
        """Read a document or folder; chat goes on meanwhile."""
        try:
            async for event in self.client.stream("ingest", paths=[path]):
                if event["event"] == "job":
                    self.take_job(event)
                elif event["event"] == "receipt" and event["tokens"]:
                    await self.log_view.note(receipt_line(event), "receipt")
                elif event["event"] == "done":
                    result = event["result"]
                    for failure in result["failed"]:
                        await self.log_view.note(f"{failure['path']}: {failure['message']}", "error")
                    if result["documents"]:
                        names = ", ".join(f"{d['title']} ({d['id']})" for d in result["documents"][:5])
                        await self.log_view.note(f"read {len(result['documents'])}: {names}")
        except EngineError as error:
            await self.log_view.note(error.message, "error")

    async def command_undo(self: MnemeApp, argument: str) -> None:
        self.run_worker(self.perform("undo"))

    async def command_forget(self: MnemeApp, argument: str) -> None:
        def answered(yes: bool | None) -> None:
            if yes:
                self.run_worker(self.perform("forget", item=argument))

        self.push_screen(Question(f"Forget {argument}? It is deleted and taken out of the weights.", "Forget"), answered)

    async def command_reset(self: MnemeApp, argument: str) -> None:
        def answered(yes: bool | None) -> None:
            if yes:
                self.run_worker(self.reset_all())

        self.push_screen(
            Question(f"Remove everything remembered of {self.user}, from disk too? This cannot be undone.", "Remove"), answered
        )

    async def reset_all(self: MnemeApp) -> None:
        if await self.perform("reset") is not None:
            self.conversation = None
            self.jobs.clear()
            await self.log_view.clear()
            await self.log_view.note("everything remembered is gone")
            await self.refresh_conversations()

    async def command_weights(self: MnemeApp, argument: str) -> None:
        await self.switch("weights", argument)

    async def command_store(self: MnemeApp, argument: str) -> None:
        await self.switch("store", argument)

    async def command_learn(self: MnemeApp, argument: str) -> None:
        await self.switch("learn", argument)

    async def switch(self: MnemeApp, name: str, argument: str) -> None:
        if argument not in ("on", "off"):
            await self.log_view.note(f"type /{name} on or /{name} off", "error")
            return
        self.change_setting(name, argument == "on")
        await self.log_view.note(f"{name} {argument}")

    async def command_log(self: MnemeApp, argument: str) -> None:
        found = await self.ask_engine("memory_log", limit=20)
        rows = found["items"] if found else []
        lines = [
            f"{u['when'][:16]} {u['tokens']:5} tokens {u['loss_before']:.2f} -> {u['loss_after']:.2f} nats"
            f" {', '.join(i['id'] for i in u['items'])}{' undone' if u['undone'] else ''}"
            for u in rows
        ]
        await self.log_view.note("\n".join(lines) or "nothing learned yet")

    async def command_stats(self: MnemeApp, argument: str) -> None:
        found = await self.ask_engine("memory_stats")
        if found:
            await self.log_view.note(summary(found))

    async def ask_engine(self: MnemeApp, op: str, **args: Any) -> dict[str, Any] | None:
        """A reading request; None, and a line of error, when it fails."""
        try:
            return await self.client.call(op, **args)
        except EngineError as error:
            await self.log_view.note(error.message, "error")
            return None

    async def command_export(self: MnemeApp, argument: str) -> None:
        self.run_worker(self.perform("export", file=str(Path(argument).expanduser().absolute())))

    async def command_import(self: MnemeApp, argument: str) -> None:
        self.run_worker(self.perform("import", file=str(Path(argument).expanduser().absolute())))

    async def command_user(self: MnemeApp, argument: str) -> None:
        if argument:
            self.run_worker(self.connect(argument), group="connect", exclusive=True)
            return
        from storage import list_profiles

        names = await asyncio.to_thread(list_profiles)

        def answered(name: str | None) -> None:
            if name and name != self.user:
                self.run_worker(self.connect(name), group="connect", exclusive=True)

        self.push_screen(Users(names, self.user or ""), answered)

    async def command_model(self: MnemeApp, argument: str) -> None:
        from app.engine.models import roots
        from core.checkpoint import list_models

        if argument:
            self.model = argument
            self.run_worker(self.connect(self.user), group="connect", exclusive=True)
            return
        found = await asyncio.to_thread(list_models, roots())
        lines = [f"{m.name}: {m.parameters / 1e6:.1f} M parameters, {m.bytes / 1e6:.0f} MB" for m in found]
        await self.log_view.note("\n".join([*lines, "/model NAME changes it"]))

    async def command_theme(self: MnemeApp, argument: str) -> None:
        if argument not in self.available_themes:
            await self.log_view.note("themes: " + ", ".join(sorted(self.available_themes)))
            return
        self.theme = argument
        await asyncio.to_thread(keep_theme, argument)

    async def command_copy(self: MnemeApp, argument: str) -> None:
        text = self.log_view.last_answer
        if not text:
            self.notify("there is no answer to copy yet", markup=False)
            return
        self.copy_to_clipboard(text)
        await asyncio.to_thread(system_copy, text)
        self.notify("copied the last answer", markup=False)

    async def command_restart(self: MnemeApp, argument: str) -> None:
        await self.log_view.note("starting the engine again")
        await self.client.close()
        self.run_worker(self.connect(self.user), group="connect", exclusive=True)

    async def command_quit(self: MnemeApp, argument: str) -> None:
        await self.action_quit()


def keep_theme(name: str) -> None:
    from storage import save_config

    save_config(theme=name)
