"""`python -m app.tui.pictures FOLDER`: the README's pictures, drawn by Textual from a scripted engine."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

from app.tui.scripted import PASSAGES, ScriptedEngine


async def draw(folder: Path) -> None:
    """Save chat.svg, memory.svg, documents.svg, help.svg and welcome.svg."""
    from app.tui.app import MnemeApp

    folder.mkdir(parents=True, exist_ok=True)

    async def wait(pilot: Any) -> None:
        for _ in range(10):
            await pilot.pause(0.05)

    engine = ScriptedEngine(
        [["How lovely. Bergen is by the sea."], ["Your sister Edith lives in **Bergen**."]], passages=PASSAGES
    )
    app = MnemeApp(engine, user="ada")
    async with app.run_test(size=(100, 28)) as pilot:
        await wait(pilot)
        for line in ("My sister Edith has moved to Bergen.", "Where does my sister live?"):
            app.prompt.put(line)
            await pilot.press("enter")
            await wait(pilot)
        app.action_sidebar()
        await wait(pilot)
        app.save_screenshot("chat.svg", str(folder))
        app.action_sidebar()
        await pilot.press("ctrl+t")
        await wait(pilot)
        app.save_screenshot("memory.svg", str(folder))
        await pilot.press("escape")
        await pilot.press("f1")
        await wait(pilot)
        app.save_screenshot("help.svg", str(folder))
        await pilot.press("escape")
        engine.hold = asyncio.Event()
        app.prompt.put("/ingest hills.txt")
        await pilot.press("enter")
        await pilot.press("ctrl+g")
        await wait(pilot)
        app.save_screenshot("documents.svg", str(folder))
        engine.hold.set()
        await wait(pilot)
    app = MnemeApp(ScriptedEngine(new_user=True), user="ada")
    async with app.run_test(size=(100, 28)) as pilot:
        await wait(pilot)
        app.save_screenshot("welcome.svg", str(folder))


if __name__ == "__main__":
    asyncio.run(draw(Path(sys.argv[1])))
