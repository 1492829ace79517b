"""The screens with an engine that follows a script: what they show, and waiting until they do."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from textual.pilot import Pilot

from app.tui.app import MnemeApp
from app.tui.scripted import PASSAGES, RECEIPT, ScriptedEngine

__all__ = ["PASSAGES", "RECEIPT", "ScriptedEngine", "lines", "quietly", "say", "until"]

SECONDS = 10.0


def lines(app: MnemeApp) -> str:
    """The screen as text, one line a row."""
    rows = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in row).rstrip() for row in rows)


async def until(pilot: Pilot[Any], condition: Callable[[], bool]) -> None:
    """Wait for it; the screen is in the message when it does not come."""
    end = time.monotonic() + SECONDS
    while not condition():
        if time.monotonic() > end:
            raise AssertionError("it did not happen; the screen shows\n" + lines(pilot.app))  # type: ignore[arg-type]
        await pilot.pause(0.01)


async def say(pilot: Pilot[Any], text: str) -> None:
    """Type a line and press Enter."""
    app: MnemeApp = pilot.app  # type: ignore[assignment]
    app.prompt.focus()
    app.prompt.put(text)
    await pilot.press("enter")
    await pilot.pause()


@asynccontextmanager
async def quietly(app: MnemeApp, size: tuple[int, int] = (100, 30)) -> AsyncIterator[Pilot[Any]]:
    """Run the app without animation; ready unless its engine holds back."""
    async with app.run_test(size=size) as pilot:
        app.animation_level = "none"
        if getattr(app.client, "opening", None) is None and not app.client.fail:
            await asyncio.wait_for(app.ready.wait(), SECONDS)
        await pilot.pause()
        yield pilot
