"""Commands, conversations, memory, documents, users, help and first run."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input, OptionList, ProgressBar, Sparkline, Switch

from app.tui import actions, clipboard, commands
from app.tui.app import MnemeApp
from app.tui.chat import Answer, UserMessage
from app.tui.dialogs import Entry, Help, Question, Reset, Users, Welcome
from app.tui.jobs import JobList
from app.tui.memory import MemoryPanel, Reader
from tests.app.scripted import ScriptedEngine, lines, quietly, say, until


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MNEME_HOME", str(tmp_path))
    return tmp_path


def test_every_command_has_its_method() -> None:
    for command in commands.COMMANDS:
        assert hasattr(MnemeApp, f"command_{command.name}")


@pytest.mark.parametrize(
    ("typed", "full"),
    [
        ("/rememb", "/remember "),
        ("/he", "/help"),
        ("/re", None),
        ("/st", None),
        ("/sto", "/store "),
        ("/xyz", None),
        ("hello", None),
        ("/undo now", None),
    ],
)
def test_completion(typed: str, full: str | None) -> None:
    assert commands.complete(typed) == full


async def test_tab_completes_a_command() -> None:
    app = MnemeApp(ScriptedEngine(), user="ada")
    async with quietly(app) as pilot:
        await pilot.press(*"/mem", "tab")
        assert app.prompt.text == "/memory"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/nonsense", "there is no command /nonsense"),
        ("/memry", "did you mean /memory?"),
        ("/forget", "type /forget ITEM"),
        ("/weights maybe", "type /weights on or /weights off"),
        ("/[bold]", "there is no command /[bold]"),
    ],
)
async def test_wrong_command_gives_a_sentence(typed: str, told: str) -> None:
    engine = ScriptedEngine()
    app = MnemeApp(engine, user="ada")
    async with quietly(app) as pilot:
        await say(pilot, typed)
        await until(pilot, lambda: told in lines(app))
        assert "turn" not in engine.ops


async def test_two_slashes_begin_a_message() -> None:
    engine = ScriptedEngine()
    app = MnemeApp(engine, user="ada")
    async with quietly(app) as pilot:
        await say(pilot, "//help is a command")
        await until(pilot, lambda: "turn" in engine.ops)
        assert engine.last("turn")["text"] == "/help is a command"


@pytest.mark.parametrize(
    ("typed", "op", "args", "told"),
    [
        ("/remember my bike is red", "remember", {"text": "my bike is red"}, "remembered as d2"),
        ("/undo", "undo", {}, "undone: 212 tokens of t5"),
        ("/weights off", "set", {"weights": False}, "weights off"),
        ("/store off", "set", {"store": False}, "store off"),
        ("/log", "memory_log", {"limit": 20}, "3.90 -> 2.70 nats t5"),
        ("/stats", "memory_stats", {}, "92,685 tokens learned in 24 updates"),
        ("/export /tmp/x.mneme", "export", {"file": "/tmp/x.mneme"}, "wrote /tmp/x.mneme"),
        ("/import '/tmp/a b'", "import", {"file": "/tmp/a b"}, "imported 2 rows"),
    ],
)
async def test_command_asks_the_engine_and_tells(
    typed: str, op: str, args: dict[str, Any], told: str
) -> None:
    engine = ScriptedEngine()
    app = MnemeApp(engine, user="ada")
    async with quietly(app) as pilot:
        await say(pilot, typed)
        await until(pilot, lambda: told in lines(app) and op in engine.ops)
        assert engine.last(op) == args


async def test_learning_off_goes_with_the_next_turn() -> None:
    engine = ScriptedEngine()
    app = MnemeApp(engine, user="ada")
    async with quietly(app) as pilot:
        await say(pilot, "/learn off")
        await until(pilot, lambda: "learn off" in lines(app).splitlines()[-1])
        await say(pilot, "a secret")
        await until(pilot, lambda: "turn" in engine.ops)
        assert engine.last("turn")["learn"] is False


async def test_error_of_an_operation_is_shown_as_it_is() -> None:
    engine = ScriptedEngine()
    app = MnemeApp(engine, user="ada")
    async with quietly(app) as pilot:
        engine.fail["undo"] = "nothing [bold]to[/] undo"
        await say(pilot, "/undo")
        await until(pilot, lambda: "nothing [bold]to[/] undo" in lines(app))


async def test_forget_asks_first() -> None:
    engine = ScriptedEngine()
    app = MnemeApp(engine, user="ada")
    async with quietly(app) as pilot:
        await say(pilot, "/forget t5")
        await until(pilot, lambda: isinstance(app.screen, Question))
        await pilot.press("enter")
        await until(pilot, lambda: not isinstance(app.screen, Question))
        assert "forget" not in engine.ops
        await say(pilot, "/forget t5")
        await until(pilot, lambda: isinstance(app.screen, Question))
        await pilot.click("#yes")
        await until(pilot, lambda: "forgot t5" in lines(app))


async def test_reset_wants_the_name_or_yes() -> None:
    engine = ScriptedEngine()
    app = MnemeApp(engine, user="ada")
    async with quietly(app) as pilot:
        await say(pilot, "hello")
        await until(pilot, lambda: app.conversation == 2 and app.quiet.is_set())
        await say(pilot, "/reset")
        await until(pilot, lambda: isinstance(app.screen, Reset))
        await pilot.press(*"bob", "enter")
        await pilot.pause()
        assert isinstance(app.screen, Reset) and "reset" not in engine.ops
        app.screen.query_one(Input).value = "ada"
        await pilot.press("enter")
        await until(pilot, lambda: "everything remembered is gone" in lines(app))
        assert app.conversation is None and not app.query(UserMessage)


async def test_conversations_are_listed_searched_and_opened() -> None:
    engine = ScriptedEngine()
    app = MnemeApp(engine, user="ada")
    async with quietly(app) as pilot:
        await pilot.press("ctrl+b")
        await until(pilot, lambda: "I keep bees" in lines(app))
        await pilot.press("ctrl+f", *"bees")
        await until(pilot, lambda: "Where does Edith" not in lines(app))
        assert engine.last("conversations") == {"query": "bees"}
        await pilot.press("enter", "down", "enter")
        await until(pilot, lambda: "How many hives?" in lines(app))
        assert app.conversation == 1
        assert "I keep bees [bold]" in lines(app)
        await pilot.press("ctrl+b")
        assert not app.sidebar.has_class("shown")


async def test_conversation_is_renamed_and_deleted() -> None:
    engine = ScriptedEngine()
    app = MnemeApp(engine, user="ada")
    async with quietly(app) as pilot:
        await say(pilot, "/open bees")
        await until(pilot, lambda: app.conversation == 1)
        await say(pilot, "/rename Honey")
        await until(pilot, lambda: "rename_conversation" in engine.ops)
        assert engine.last("rename_conversation") == {"conversation": 1, "title": "Honey"}
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, Entry))
        assert app.screen.query_one(Input).value == "I keep bees"
        await pilot.press("escape")
        await say(pilot, "/delete")
        await until(pilot, lambda: isinstance(app.screen, Question))
        await pilot.click("#yes")
        await until(pilot, lambda: "delete_conversation" in engine.ops and app.conversation is None)


async def test_new_conversation_stops_the_answer_and_clears() -> None:
    engine = ScriptedEngine([["first ", "second"]], hold=asyncio.Event())
    app = MnemeApp(engine, user="ada")
    async with quietly(app) as pilot:
        await say(pilot, "talk")
        await until(pilot, lambda: "first" in lines(app))
        await say(pilot, "and this waits")
        await pilot.press("ctrl+n")
        await until(pilot, lambda: "new_conversation" in engine.ops)
        assert engine.cancelled and app.conversation is None
        assert not app.query(Answer)
        assert app.prompt.text == "and this waits"


async def test_memory_panel_shows_and_changes_memory() -> None:
    engine = ScriptedEngine()
    app = MnemeApp(engine, user="ada")
    async with quietly(app, size=(100, 40)) as pilot:
        await pilot.press("ctrl+t")
        await until(pilot, lambda: "My sister Edith has moved" in lines(app))
        panel = app.screen
        assert isinstance(panel, MemoryPanel)
        assert len(panel.query_one(Sparkline).data or []) == 24
        assert "first 4.50, last 3.05" in lines(app) and "54.4 MB on disk" in lines(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Reader))
        assert "9 of 9 tokens learned" in lines(app) and "3.9 -> 2.7" in lines(app)
        await pilot.press("escape", "u")
        await until(pilot, lambda: "undo" in engine.ops)
        await pilot.press("f")
        await until(pilot, lambda: isinstance(app.screen, Question))
        await pilot.click("#yes")
        await until(pilot, lambda: "My sister Edith has moved" not in lines(app))
        assert engine.last("forget") == {"item": "t5"}
        panel.query_one("#store", Switch).toggle()
        await until(pilot, lambda: "store off" in lines(app))
        assert engine.last("set") == {"store": False}
        await pilot.press("slash", *"bees")
        await until(pilot, lambda: "A Walk in the Hills" not in lines(app))
        await pilot.press("escape")
        assert app.screen is app.screen_stack[0]


async def test_documents_show_progress_and_can_be_cancelled(tmp_path: Path) -> None:
    engine = ScriptedEngine(hold=asyncio.Event())
    app = MnemeApp(engine, user="ada")
    async with quietly(app) as pilot:
        await say(pilot, f"/ingest {tmp_path}")
        await until(pilot, lambda: "reading A Walk in the Hills.txt 66%" in lines(app))
        assert engine.last("ingest") == {"paths": [str(tmp_path)]}
        await pilot.press("ctrl+g")
        await until(pilot, lambda: "61000/92665 tokens at 438/s, 1:12 left" in lines(app))
        assert isinstance(app.screen, JobList)
        assert 60 < app.screen.query_one(ProgressBar).progress < 70
        await pilot.click("JobRow Button")
        await until(pilot, lambda: "cancelled" in lines(app))
        assert engine.cancelled == ["j1"]


async def test_document_ends_with_a_receipt() -> None:
    app = MnemeApp(ScriptedEngine(), user="ada")
    async with quietly(app) as pilot:
        await say(pilot, "/ingest hills.txt")
        await until(pilot, lambda: "read A Walk in the Hills (d1)" in lines(app))
        assert "learned 92665 tokens of A Walk in the Hills in 211.0 s" in lines(app)


async def test_jobs_of_the_engine_s_own_accord_are_listed() -> None:
    app = MnemeApp(ScriptedEngine(), user="ada")
    job = {
        "id": 0,
        "event": "job",
        "job": "j9",
        "name": "[/]\x1b[31mnotes",
        "stage": "learning",
        "done": 1,
        "total": 4,
    }
    async with quietly(app) as pilot:
        app.on_engine_event(job)
        await until(pilot, lambda: "reading [/]notes 25%" in lines(app))
        await say(pilot, "/jobs")
        await until(pilot, lambda: "[/]notes, learning, 1/4 tokens" in lines(app))


async def test_users_are_listed_made_and_switched(home: Path) -> None:
    for name in ("ada", "bob"):
        (home / "users" / name).mkdir(parents=True)
    engine = ScriptedEngine()
    app = MnemeApp(engine, user="ada")
    async with quietly(app) as pilot:
        await say(pilot, "hello from ada")
        await until(pilot, lambda: app.quiet.is_set() and bool(app.query(Answer)))
        await pilot.press("ctrl+o")
        await until(
            pilot,
            lambda: isinstance(app.screen, Users) and app.screen.query_one(OptionList).option_count == 2,
        )
        await pilot.press("down", "enter")
        await until(pilot, lambda: app.user == "bob" and app.ready.is_set())
        assert "hello from ada" not in lines(app) and app.conversation is None
        await say(pilot, "/user Not/A/Name")
        await until(pilot, lambda: "cannot be a user name" in lines(app))
        await say(pilot, "/user Carol")
        await until(pilot, lambda: app.user == "carol")


async def test_user_that_does_not_open_leaves_the_one_before() -> None:
    class Busy(ScriptedEngine):
        async def on_open(self, mine: int, op: str, args: dict[str, Any]) -> AsyncIterator[dict[str, Any]]:
            if args["user"] == "bob":
                from app.engine.protocol import EngineError

                raise EngineError("ProfileBusy", "user 'bob' is in use", 3)
            async for event in super().on_open(mine, op, args):
                yield event

    app = MnemeApp(Busy(), user="ada")
    async with quietly(app) as pilot:
        await say(pilot, "/user bob")
        await until(pilot, lambda: "going back to ada" in lines(app) and app.ready.is_set())
        assert app.user == "ada"


async def test_message_for_one_user_is_never_sent_to_another() -> None:
    engine = ScriptedEngine([["one", "two"]], hold=asyncio.Event())
    app = MnemeApp(engine, user="ada")
    async with quietly(app) as pilot:
        await say(pilot, "first")
        await say(pilot, "for ada only")
        await say(pilot, "/user bob")
        await until(pilot, lambda: app.user == "bob" and app.ready.is_set())
        await pilot.pause(0.1)
        assert [a["text"] for op, a in engine.calls if op == "turn"] == ["first"]
        assert app.prompt.text == "for ada only"


async def test_model_is_changed_for_the_same_user() -> None:
    engine = ScriptedEngine()
    app = MnemeApp(engine, user="ada")
    async with quietly(app) as pilot:
        await say(pilot, "/model small")
        await until(pilot, lambda: engine.ops.count("open") == 2 and app.ready.is_set())
        assert engine.last("open") == {"user": "ada", "model": "small", "create": True}
        await until(pilot, lambda: "small on cpu" in lines(app))


async def test_first_run_greets_and_enter_starts() -> None:
    app = MnemeApp(ScriptedEngine(new_user=True), user="ada")
    async with quietly(app) as pilot:
        await until(pilot, lambda: isinstance(app.screen, Welcome))
        for word in ("/ingest", "/memory", "/undo", "/forget", "/reset", "Nothing leaves this machine"):
            assert word in lines(app)
        await pilot.press("enter")
        await until(pilot, lambda: app.prompt.has_focus)


async def test_greeting_does_not_take_keys_from_someone_who_types() -> None:
    opening = asyncio.Event()
    engine = ScriptedEngine(new_user=True, opening=opening)
    app = MnemeApp(engine, user="ada")
    async with quietly(app) as pilot:
        await pilot.press(*"half")
        opening.set()
        await until(pilot, lambda: app.ready.is_set())
        await pilot.press(*"done")
        assert app.prompt.text == "halfdone" and app.screen is app.screen_stack[0]


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (160, 50)])
async def test_windows_fit_the_terminal(size: tuple[int, int]) -> None:
    app = MnemeApp(ScriptedEngine(new_user=True), user="ada")
    async with quietly(app, size=size) as pilot:
        await until(pilot, lambda: isinstance(app.screen, Welcome))
        assert "Start (Enter)" in lines(app)
        await pilot.press("enter")
        for key, screen in (("f1", Help), ("ctrl+t", MemoryPanel), ("ctrl+g", JobList), ("ctrl+o", Users)):
            await pilot.press(key)
            await until(pilot, lambda screen=screen: isinstance(app.screen, screen))
            await pilot.pause(0.05)
            box = app.screen.query_one(".box").region
            assert app.size.region.contains_region(box), (key, box)
            await pilot.press("escape")
            await until(pilot, lambda: app.screen is app.screen_stack[0])
        await pilot.press("f1", "end")
        await until(pilot, lambda: "/quit" in lines(app))


async def test_keys_of_the_chat_do_not_reach_through_a_window() -> None:
    engine = ScriptedEngine()
    app = MnemeApp(engine, user="ada")
    async with quietly(app) as pilot:
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, Help))
        await pilot.press("ctrl+n", "ctrl+b", "ctrl+o")
        await pilot.pause()
        assert isinstance(app.screen, Help) and not app.sidebar.has_class("shown")
        await pilot.press("ctrl+q")
        await until(pilot, lambda: not engine.is_alive)


async def test_copy_goes_to_the_terminal_and_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[str] = []
    monkeypatch.setattr(actions, "system_copy", copied.append)
    app = MnemeApp(ScriptedEngine(), user="ada")
    async with quietly(app) as pilot:
        await say(pilot, "where?")
        await until(pilot, lambda: app.quiet.is_set() and bool(app.log_view.last_answer))
        await pilot.press("ctrl+y")
        await until(pilot, lambda: bool(copied))
        assert copied == [app.clipboard] == ["Your sister Edith lives in **Bergen**."]


def test_system_copy_uses_the_first_tool_that_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tool = tmp_path / "xclip"
    tool.write_text(f"#!/bin/sh\ncat > {tmp_path}/out\n")
    tool.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert clipboard.system_copy("grüße")
    assert (tmp_path / "out").read_text() == "grüße"
    monkeypatch.setenv("PATH", str(tmp_path / "none"))
    assert not clipboard.system_copy("x")


async def test_theme_is_kept_for_the_next_run(home: Path) -> None:
    app = MnemeApp(ScriptedEngine(), user="ada")
    async with quietly(app) as pilot:
        await say(pilot, "/theme dracula")
        await until(pilot, lambda: (home / "config.json").exists())
    assert json.loads((home / "config.json").read_text())["theme"] == "dracula"
    app = MnemeApp(ScriptedEngine())
    async with quietly(app):
        assert app.theme == "dracula" and app.user == "default"


async def test_palette_runs_commands_and_opens_conversations() -> None:
    app = MnemeApp(ScriptedEngine(), user="ada")
    async with quietly(app) as pilot:
        await pilot.press("ctrl+p")
        await pilot.press(*"keep bees")
        await until(pilot, lambda: "Open: I keep bees" in lines(app))
        await pilot.press("down", "enter")
        await until(pilot, lambda: app.conversation == 1)
        await pilot.press("ctrl+p")
        await pilot.press(*"/remember")
        await until(pilot, lambda: "/remember TEXT" in lines(app))
        await pilot.press("down", "enter")
        await until(pilot, lambda: app.prompt.text == "/remember ")
        assert "/user NAME" in {c.title for c in app.get_system_commands(app.screen)}


async def test_quitting_lets_the_engine_learn_the_rest() -> None:
    engine = ScriptedEngine()
    app = MnemeApp(engine, user="ada")
    async with quietly(app) as pilot:
        await say(pilot, "/quit")
        await until(pilot, lambda: not engine.is_alive)
    assert app.return_code == 0 and app.return_value == 0
