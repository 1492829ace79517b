"""The engine's life as the screen sees it: started, a user opened, lost, started again, left."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

from textual.theme import Theme

from app.engine.protocol import EngineError
from app.tui.conversations import Conversations
from app.tui.dialogs import WELCOME, Welcome


class Life(Conversations):
    """Starting, opening, restarting, leaving."""

    def __init__(self, client: Any, user: str | None, model: str | None, theme: str | None) -> None:
        super().__init__(client, user, model, theme)
        self._opened: tuple[str, str | None] | None = None
        self._leaving = False
        self._theme_kept = ""

    def open_user(self, user: str | None, model: str | None) -> None:
        """Start the engine unless it runs, and open a user in the background."""
        self.run_worker(self.connect(user, model), group="connect", exclusive=True)

    async def connect(self, user: str | None, model: str | None) -> None:
        """Open a user; when that fails, go back to the one before."""
        if self.user and user != self.user:
            await self.settle()
        self.ready.clear()
        self._died_told = False
        self.show_state("loading the model")
        try:
            last = await asyncio.to_thread(self.read_settings)
            await self.client.start()
            found = await self.client.call(
                "open", self.on_engine_event, user=user or last, model=model, create=True
            )
        except (EngineError, OSError) as error:
            self.show_state("not ready")
            await self.log_view.note(str(error), "error")
            before = self._opened
            if before and before != (user, model) and getattr(error, "kind", "") != "EngineDied":
                await self.log_view.note(f"going back to {before[0]}")
                await self.connect(*before)
            return
        await self.take_user(found, model)

    async def take_user(self, found: dict[str, Any], model: str | None) -> None:
        """The engine has a user open."""
        if self.user is not None and found["user"] != self.user:
            self.conversation = None
            self.jobs.clear()
            self.learned = 0
            await self.log_view.clear()
        self.user, self.model = found["user"], model
        self._opened = (found["user"], model)
        changed = {k: v for k, v in self.settings.items() if found.get(k, v) != v}
        if changed:
            await self.client.call("set", **changed)
        shown = {k: found.get(k) for k in ("user", "model", "device", "window")}
        self.status(context=0, learned=self.learned, **shown, **self.settings)
        if found.get("recovered"):
            told = (
                f"{found['recovered']} things from before were still to be learned; that is done or going on"
            )
            await self.log_view.note(told)
        self.ready.set()
        self.show_state()
        if found.get("new_user"):
            if self.prompt.text or self.outbox:
                await self.log_view.note(WELCOME)
            else:
                self.push_screen(Welcome(found["user"]))
        await self.refresh_conversations()

    def read_settings(self) -> str:
        """Theme and last user of the settings file; runs in a thread."""
        from storage import load_config

        values = load_config()
        if self.theme_wanted is None and (theme := values.get("theme")) in self.available_themes:
            self.theme_wanted = self._theme_kept = theme
            self.call_from_thread(setattr, self, "theme", theme)
        return str(values.get("last_user") or "default")

    def keep_theme(self, theme: Theme) -> None:
        """Write a theme that was chosen into the settings file."""
        if theme.name == self._theme_kept:
            return
        self._theme_kept = self.theme_wanted = theme.name

        def write() -> None:
            from storage import save_config

            with contextlib.suppress(OSError):
                save_config(theme=theme.name)

        self.run_worker(asyncio.to_thread(write), group="settings")

    async def restart(self) -> None:
        """End the engine, if it lives, and start it again for the same user."""
        await self.log_view.note("starting the engine again")
        self.ready.clear()
        await self.client.close()
        self.open_user(self.user, self.model)

    async def action_quit(self) -> None:
        """Let the engine learn the rest, then leave; a second time leaves at once."""
        if self._leaving:
            self.exit(0)
            return
        self._leaving = True
        self.show_state("learning the rest; Ctrl+Q again leaves at once")
        self.run_worker(self.leave())

    async def leave(self) -> None:
        with contextlib.suppress(Exception):
            await self.client.close()
        self.exit(0)
