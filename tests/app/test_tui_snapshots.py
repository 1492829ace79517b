"""How the main screens look; `pytest --snapshot-update` accepts a change after a look at it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.tui.app import MnemeApp
from app.tui.dialogs import Welcome
from tests.app.scripted import PASSAGES, ScriptedEngine, lines, say, until

SIZE = (100, 30)


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MNEME_HOME", str(tmp_path))


def still(app: MnemeApp) -> MnemeApp:
    """Without blinking and movement."""
    app.animation_level = "none"
    return app


async def hide_cursor(pilot: Any) -> None:
    pilot.app.prompt.cursor_blink = False
    pilot.app.screen_stack[0].set_focus(None)
    await pilot.pause()


def test_chat(snap_compare: Callable[..., bool]) -> None:
    answer = "She lives in **Bergen**:\n\n- by the sea\n- since *May*\n\n```python\nprint('Bergen')\n```\n"
    app = still(MnemeApp(ScriptedEngine([[answer]], passages=PASSAGES), user="ada"))

    async def before(pilot: Any) -> None:
        await say(pilot, "Where does my sister live? [bold]exactly[/]")
        await until(pilot, lambda: "undo: /undo" in lines(app) and "ready" in lines(app))
        await pilot.press("ctrl+b")
        await hide_cursor(pilot)

    assert snap_compare(app, terminal_size=SIZE, run_before=before)


def opened_by(key: str, shown: str, snap_compare: Callable[..., bool], size: tuple[int, int]) -> bool:
    """The screen that a key opens, once it shows a text."""
    app = still(MnemeApp(ScriptedEngine(), user="ada"))

    async def before(pilot: Any) -> None:
        await until(pilot, app.ready.is_set)
        await hide_cursor(pilot)
        await pilot.press(key)
        await until(pilot, lambda: shown in lines(app))

    return snap_compare(app, terminal_size=size, run_before=before)


def test_memory(snap_compare: Callable[..., bool]) -> None:
    assert opened_by("ctrl+t", "A Walk in the Hills", snap_compare, SIZE)


def test_help(snap_compare: Callable[..., bool]) -> None:
    assert opened_by("f1", "Ctrl+J", snap_compare, (100, 50))


def test_welcome(snap_compare: Callable[..., bool]) -> None:
    app = still(MnemeApp(ScriptedEngine(new_user=True), user="ada"))

    async def before(pilot: Any) -> None:
        await until(pilot, lambda: isinstance(app.screen, Welcome) and "Bergen" in lines(app))
        await hide_cursor(pilot)

    assert snap_compare(app, terminal_size=SIZE, run_before=before)
