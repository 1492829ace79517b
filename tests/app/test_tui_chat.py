"""Talking through the screen: sending, streaming, stopping, waiting, hostile text."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Collapsible, Markdown

from app.engine.protocol import EngineError
from app.text import clean
from app.tui.app import MnemeApp
from app.tui.chat import Answer, UserMessage
from app.tui.prompt import Prompt
from tests.app.scripted import PASSAGES, ScriptedEngine, lines, quietly, say, until

HOSTILE = "\x1b[31mred\x1b]0;title\x07 [bold]b[/bold] [/] [link=x] \ud800 \u202egnp\u202c \x07 <b>html</b>"


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MNEME_HOME", str(tmp_path))


async def test_message_is_sent_and_answer_streams_as_markdown() -> None:
    engine = ScriptedEngine([["Your sister ", "lives in ", "**Bergen**."]])
    app = MnemeApp(engine, user="ada")
    async with quietly(app) as pilot:
        await say(pilot, "Where does my sister live?")
        await until(pilot, lambda: "Bergen" in lines(app) and app.quiet.is_set())
        assert (
            "turn",
            {"text": "Where does my sister live?", "conversation": None, "learn": True, "memory": "both"},
        ) in engine.calls
        answer = app.query_one(Answer)
        assert answer.text == "Your sister lives in **Bergen**."
        assert "**" not in lines(app)
        assert answer.query_one(Markdown).source == answer.text
        assert app.conversation == 2
        assert app.prompt.text == ""


async def test_second_message_goes_on_with_the_conversation() -> None:
    engine = ScriptedEngine()
    app = MnemeApp(engine, user="ada")
    async with quietly(app) as pilot:
        for _ in range(2):
            await say(pilot, "hello")
            await until(pilot, lambda: app.quiet.is_set() and not app.outbox)
        assert [args["conversation"] for op, args in engine.calls if op == "turn"] == [None, 2]


async def test_receipts_of_a_turn_are_one_line_and_passages_are_folded() -> None:
    engine = ScriptedEngine(passages=PASSAGES, receipts=2)
    app = MnemeApp(engine, user="ada")
    async with quietly(app) as pilot:
        await say(pilot, "Where?")
        await until(pilot, lambda: "learned" in lines(app))
        assert "learned 424 tokens in 0.8 s, surprise 3.9 -> 2.7 nats, undo: /undo" in lines(app)
        assert lines(app).count("undo: /undo") == 1
        folded = app.query_one(Collapsible)
        assert folded.collapsed
        assert PASSAGES[0]["text"] not in lines(app)
        folded.collapsed = False
        await until(pilot, lambda: PASSAGES[0]["text"] in lines(app))


async def test_escape_stops_the_answer_and_keeps_what_came() -> None:
    engine = ScriptedEngine([["first ", "second"]], hold=asyncio.Event())
    app = MnemeApp(engine, user="ada")
    async with quietly(app) as pilot:
        await say(pilot, "talk")
        await until(pilot, lambda: "first" in lines(app))
        await pilot.press("escape")
        await until(pilot, lambda: app.quiet.is_set())
        assert engine.cancelled == [engine.turn_id]
        assert app.query_one(Answer).text == "first "
        assert "stopped" in lines(app)


async def test_message_typed_while_loading_waits_and_is_sent_when_ready() -> None:
    opening = asyncio.Event()
    engine = ScriptedEngine(opening=opening)
    app = MnemeApp(engine, user="ada")
    async with quietly(app) as pilot:
        await say(pilot, "are you there?")
        await until(pilot, lambda: "waiting" in lines(app))
        assert app.query_one(UserMessage).waiting
        assert "turn" not in engine.ops
        opening.set()
        await until(pilot, lambda: "turn" in engine.ops and app.quiet.is_set())
        assert "waiting" not in lines(app)


async def test_messages_sent_while_answering_are_sent_in_order() -> None:
    hold = asyncio.Event()
    engine = ScriptedEngine([["a"], ["b"], ["c"]], hold=hold)
    app = MnemeApp(engine, user="ada")
    async with quietly(app) as pilot:
        for text in ("one", "two", "three"):
            await say(pilot, text)
        assert lines(app).count("waiting") == 2
        hold.set()
        await until(pilot, lambda: engine.ops.count("turn") == 3 and app.quiet.is_set())
        assert [args["text"] for op, args in engine.calls if op == "turn"] == ["one", "two", "three"]


async def test_escape_takes_a_waiting_message_back() -> None:
    app = MnemeApp(ScriptedEngine(opening=asyncio.Event()), user="ada")
    async with quietly(app) as pilot:
        await say(pilot, "not yet")
        await pilot.press("escape")
        await until(pilot, lambda: app.prompt.text == "not yet")
        assert not app.query(UserMessage) and not app.outbox


@pytest.mark.parametrize("key", ["ctrl+j", "shift+enter", "alt+enter", "shift+\r"])
async def test_line_break_keys(key: str) -> None:
    engine = ScriptedEngine()
    app = MnemeApp(engine, user="ada")
    async with quietly(app) as pilot:
        await pilot.press("a", key, "b")
        assert app.prompt.text == "a\nb"
        await pilot.press("enter")
        await until(pilot, lambda: "turn" in engine.ops)
        assert engine.last("turn")["text"] == "a\nb"


def test_escape_return_is_alt_enter_in_old_terminals() -> None:
    from textual._xterm_parser import XTermParser

    from app.tui.prompt import teach_alt_enter

    teach_alt_enter()
    parser = XTermParser()
    assert [event.key for event in parser.feed("\x1b\r")] == ["ctrl+j"]  # type: ignore[union-attr]


async def test_history_walks_at_the_borders_and_brings_the_draft_back() -> None:
    app = MnemeApp(ScriptedEngine(), user="ada")
    async with quietly(app) as pilot:
        for text in ("one", "two\nlines"):
            await say(pilot, text)
        await pilot.press("d", "up")
        assert app.prompt.text == "two\nlines"
        await pilot.press("up")
        assert app.prompt.text == "two\nlines"
        await pilot.press("up")
        assert app.prompt.text == "one"
        await pilot.press("down", "down", "down")
        assert app.prompt.text == "d"


async def test_up_in_a_long_wrapped_line_moves_the_cursor() -> None:
    app = MnemeApp(ScriptedEngine(), user="ada")
    async with quietly(app, size=(60, 20)) as pilot:
        await say(pilot, "before")
        long = "word " * 40
        app.prompt.put(long)
        await pilot.pause()
        await pilot.press("up")
        assert app.prompt.text == long


async def test_large_paste_arrives_whole_and_clean() -> None:
    from textual import events

    engine = ScriptedEngine()
    app = MnemeApp(engine, user="ada")
    text = "line with words\n" * 5_000
    async with quietly(app) as pilot:
        app.post_message(events.Paste("\x1b[31m" + text))
        await until(pilot, lambda: len(app.prompt.text) > 1000)
        await pilot.press("enter")
        await until(pilot, lambda: "turn" in engine.ops)
        assert engine.last("turn")["text"] == text.strip()


async def test_hostile_text_is_shown_harmlessly_everywhere() -> None:
    passages = [PASSAGES[0] | {"source": HOSTILE, "text": HOSTILE}]
    engine = ScriptedEngine([[HOSTILE[:3], HOSTILE[3:]]], passages=passages, conversations=[HOSTILE])
    app = MnemeApp(engine, user="ada")
    async with quietly(app) as pilot:
        await say(pilot, HOSTILE)
        await until(pilot, lambda: app.quiet.is_set() and bool(app.query(Collapsible)))
        app.query_one(Collapsible).collapsed = False
        await pilot.press("ctrl+b")
        await until(pilot, lambda: lines(app).count("[bold]b[/bold]") >= 3)
        shown = lines(app)
        assert "\x1b" not in shown and "\ud800" not in shown and "\u202e" not in shown and "\x07" not in shown
        assert "<b>html</b>" in shown
        assert app.log_view.last_answer == clean(HOSTILE)
        await pilot.press("ctrl+p")
        await pilot.press(*"open")
        await pilot.pause(0.3)


async def test_failed_turn_says_why_and_gives_the_text_back() -> None:
    engine = ScriptedEngine()
    engine.fail["turn"] = "the message is too long"
    app = MnemeApp(engine, user="ada")
    async with quietly(app) as pilot:
        await say(pilot, "very long")
        await until(pilot, lambda: "the message is too long" in lines(app))
        assert app.prompt.text == "very long"


class Mortal(ScriptedEngine):
    """Dies in the next turn, before or after it wrote the message down."""

    written = False
    dies = True

    async def on_turn(self, mine: int, op: str, args: dict[str, Any]) -> AsyncIterator[dict[str, Any]]:
        if not self.dies:
            async for event in super().on_turn(mine, op, args):
                yield event
            return
        if self.written:
            yield {"event": "turn", "turn": 1, "conversation": 2}
            yield {"event": "token", "text": "half an "}
        self.dies = self.is_alive = False
        self.listener(
            {"id": 0, "event": "died", "message": "the engine stopped. Type /restart to start it again"}
        )
        raise EngineError("EngineDied", "the engine stopped. Type /restart to start it again")


@pytest.mark.parametrize("written", [False, True])
async def test_death_of_the_engine_is_told_once_and_loses_nothing(written: bool) -> None:
    engine = Mortal([["back again"]])
    engine.written = written
    app = MnemeApp(engine, user="ada")
    async with quietly(app) as pilot:
        await say(pilot, "important")
        await until(pilot, lambda: "/restart to start it again" in lines(app).replace("\n", " "))
        assert lines(app).count("Type /restart") == 1
        assert ("half an" in lines(app)) == written
        app.prompt.put("draft")
        await pilot.press("ctrl+r")
        await until(pilot, lambda: app.ready.is_set() and app.quiet.is_set() and not app.outbox)
        assert app.prompt.text == "draft"
        assert engine.ops.count("open") == 2
        assert engine.ops.count("turn") == (1 if written else 2)


async def test_engine_that_does_not_start_is_told() -> None:
    engine = ScriptedEngine()
    engine.fail["open"] = "user 'ada' is in use by process 7"
    app = MnemeApp(engine, user="ada")
    async with quietly(app) as pilot:
        await until(pilot, lambda: "in use by process 7" in lines(app))
        engine.fail.clear()
        await say(pilot, "/restart")
        await until(pilot, lambda: app.ready.is_set())


async def test_screen_is_there_before_the_engine_is_asked() -> None:
    seen: list[bool] = []

    class Late(ScriptedEngine):
        async def start(self) -> None:
            seen.append(app.query_one(Prompt).size.width > 0)
            await super().start()

    app = MnemeApp(Late(), user="ada")
    async with quietly(app) as pilot:
        await until(pilot, lambda: app.ready.is_set())
        assert seen == [True]


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (160, 50)])
async def test_chat_fits_terminal(size: tuple[int, int]) -> None:
    app = MnemeApp(ScriptedEngine(passages=PASSAGES), user="ada")
    async with quietly(app, size=size) as pilot:
        await say(pilot, "hello there, how are you on this fine and rather long day?")
        await until(pilot, lambda: "learned" in lines(app))
        await until(pilot, lambda: "ready" in lines(app).splitlines()[-1])
        assert app.prompt.region.bottom <= size[1] - 1 and app.prompt.region.height >= 3
        assert app.log_view.size.height >= 4


def test_import_is_light() -> None:
    import subprocess
    import sys

    code = "import sys, app.tui.app; bad = {'torch','numpy','storage','core','sqlite_utils'} & set(sys.modules); sys.exit(len(bad))"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
