"""The engine in this process: what is said is kept, learned, found, taken back and removed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch

from app.engine import BlockingEngine, EngineError
from app.engine.memory import Memory
from core import Session
from storage import FakeEmbedder

LONG = " ".join(f"The number {i} house in Oslo belongs to my dog Biscuit." for i in range(12))
TOLD = "My dog is called Biscuit and I live in Oslo."


def opened(user: str = "ada", **args: Any) -> BlockingEngine:
    engine = BlockingEngine(embedder=FakeEmbedder())
    try:
        engine.request("open", user=user, wait=True, **args)
    except BaseException:
        engine._server.stop()
        raise
    return engine


def say(engine: BlockingEngine, text: str, **args: Any) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    events: list[dict[str, Any]] = []
    result = engine.request("turn", events.append, **({"text": text, "max_tokens": 8, "seed": 1} | args))
    return result, events


def memory_of(engine: BlockingEngine) -> Memory:
    return engine._server.engine.memory()


def dies(engine: BlockingEngine) -> None:
    """Let the engine lose what is in its head; closing it then saves nothing more."""
    engine._server.engine._memory = None


def learned_so_far(engine: BlockingEngine, table: str, tokens: int) -> None:
    """Set how much of the first turn or document is learned, as a crash may leave it."""
    ledger = engine._server.engine.profile.ledger
    with ledger.db.atomic():
        ledger.db.execute(f"update {table} set learned_tokens = ? where id = 1", [tokens])
    engine._server.engine.fresh()


def accounts(engine: BlockingEngine, item: str) -> tuple[int, int, int]:
    """Tokens of an item: all its lessons, those learned by its own account, and by the journal's."""
    found = engine.request("memory_show", item=item)
    updates = [u for u in found["updates"] if not u["undone"]]
    journal = sum(i["tokens"] for u in updates for i in u["items"] if i["id"] == item)
    return found["tokens"], found["learned_tokens"], journal


def traces(home: Path, mark: str) -> list[Path]:
    return [p for p in home.rglob("*") if p.is_file() and mark.encode() in p.read_bytes()]


def test_turn_is_acknowledged_before_it_is_answered(home: Path) -> None:
    with opened() as engine:
        result, events = say(engine, "My dog is called Biscuit.")
        names = [e["event"] for e in events]
        assert names[0] == "turn"
        assert names.index("turn") < names.index("token") < names.index("status")
        assert result["memory"] == ["weights", "store"] and result["tokens"] > 0
        turns = engine.request("open_conversation", conversation=result["conversation"])["turns"]
        assert [t["role"] for t in turns] == ["user", "assistant"]
        assert turns[1]["text"] == result["answer"]


def test_learning_outlives_the_process(home: Path) -> None:
    with opened() as engine:
        _, events = say(engine, LONG)
        receipts = [e for e in events if e["event"] == "receipt"]
        assert receipts and all(r["accepted"] and r["loss_after"] < r["loss_before"] for r in receipts)
        engine.request("new_conversation")
        before = engine.request("memory_stats")
    assert before["tokens_learned"] > 0 and len(before["weights_sha256"]) == 64
    with opened() as engine:
        assert engine.request("memory_stats")["weights_sha256"] == before["weights_sha256"]
        assert all(i["learned"] for i in engine.request("memory_list")["items"])


def test_rest_of_a_conversation_is_learned_on_close(home: Path) -> None:
    with opened() as engine:
        say(engine, "x", max_tokens=1)
        assert engine.request("memory_stats")["tokens_learned"] == 0
    with opened() as engine:
        assert engine.request("memory_stats")["tokens_learned"] > 0


def test_own_words_are_read_twice_and_documents_once(home: Path, tmp_path: Path) -> None:
    book = tmp_path / "book.txt"
    book.write_text(LONG)
    events: list[dict[str, Any]] = []
    with opened() as engine:
        read = engine.request("ingest", paths=[str(book)])["documents"][0]["tokens"]
        note = engine.request("remember", events.append, text=TOLD)
        say(engine, LONG)
        say(engine, "Where do I live?")
        memory = memory_of(engine)
        once, twice = memory.lesson_tokens, memory.own_tokens
        assert read == once(LONG) < twice(LONG) and once(TOLD) < twice(TOLD)
        receipt = next(e for e in events if e["event"] == "receipt")
        assert note["tokens"] == receipt["tokens"] == twice(TOLD)
        assert once("Where do I live?") == twice("Where do I live?")
        expected = {"d1": once(LONG), "d2": twice(TOLD), "t1": twice(LONG), "t3": once("Where do I live?")}
    with opened() as engine:
        for item, count in expected.items():
            assert accounts(engine, item) == (count, count, count)
        assert engine.request("memory_stats")["tokens_learned"] == sum(expected.values())


def test_what_was_understood_is_learned_found_and_forgotten(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = {TOLD: "Your hound-mark is Biscuit."}
    monkeypatch.setattr("core.session.restated", lambda message, _: heard.get(message, ""))
    with opened() as engine:
        say(engine, "The quick brown fox is my friend.")
        say(engine, TOLD)
        memory = memory_of(engine)
        tokens = memory.own_tokens(TOLD, heard[TOLD])
        assert tokens == memory.own_tokens(TOLD) + memory.lesson_tokens(heard[TOLD])
        assert say(engine, "hound-mark?")[0]["passages"][0]["text"] == TOLD
    monkeypatch.setattr("core.session.restated", lambda *_: "")
    with opened() as engine:
        assert accounts(engine, "t3") == (tokens, tokens, tokens)
        assert engine.request("memory_show", item="t3")["understood"] == heard[TOLD]
        engine.request("forget", item="t1")  # what came later is learned again, from the ledger
        assert accounts(engine, "t3") == (tokens, tokens, tokens)
        engine.request("forget", item="t3")
        engine.request("forget", item="t5")
    assert not traces(home, "hound-mark")


def test_stop_between_the_readings_is_made_good(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    items = ("d1", "t1", "t3")
    with opened() as engine, monkeypatch.context() as stopped:
        stopped.setattr(Session, "read_again", lambda *_: None)
        engine.request("remember", text=TOLD)
        first, _ = say(engine, "I live in Oslo with my lazy dog.")
        say(engine, "The quick brown fox is my friend.", conversation=first["conversation"])
        engine.request("new_conversation")
        assert all(0 < learned < tokens for tokens, learned, _ in (accounts(engine, i) for i in items))
    with opened() as engine:
        assert all(len(set(accounts(engine, i))) == 1 for i in items)
        updates = [[i["id"] for i in u["items"]] for u in engine.request("memory_log")["items"]]
        assert next(u for u in updates if "t1" in u) == ["t1", "t3"]  # they share a window
        before = engine.request("memory_stats")
    with opened() as engine:
        assert engine.request("memory_stats") == before


def test_stop_in_the_middle_of_a_reading_is_made_good(home: Path) -> None:
    with opened() as engine:
        say(engine, LONG, max_tokens=1)
        tokens, learned, _ = accounts(engine, "t1")
        once = memory_of(engine).lesson_tokens(LONG)
        assert 0 < learned < once
        # as the program before second readings left it
        engine._server.engine.profile.ledger.set_tokens("turn", 1, once)
        dies(engine)
    with opened() as engine:
        assert accounts(engine, "t1") == (tokens, tokens, tokens)
        learned_so_far(engine, "turns", once + 3)
        memory = memory_of(engine)
        assert [memory.tokens_left(i) for i in memory.ledger.unlearned()] == [tokens - once]
    with opened() as engine:
        assert accounts(engine, "t1") == (tokens, tokens, tokens + tokens - once)
        before = engine.request("memory_stats")
    with opened() as engine:
        assert engine.request("memory_stats") == before


@pytest.mark.parametrize("max_tokens", [1, 20])
def test_words_in_the_window_are_not_learned_twice(home: Path, max_tokens: int) -> None:
    with opened() as engine:
        say(engine, LONG, max_tokens=max_tokens)
        memory = memory_of(engine)
        items = memory.ledger.unlearned()
        assert [i.learned_tokens < memory.lesson_tokens(LONG) for i in items] == [max_tokens == 1]
        assert sum(memory.relearn(items)) == 0
        assert len(set(accounts(engine, "t1"))) == 1


def test_learning_again_goes_in_steps_that_add_up(home: Path) -> None:
    with opened() as engine:
        for i in range(8):
            say(engine, f"The number {i} house in Oslo belongs to my dog Biscuit.", max_tokens=1)
        memory = memory_of(engine)
        memory.rewind(None)
        items = memory.ledger.unlearned()
        total = sum(map(memory.tokens_left, items))
        steps = list(memory.relearn(items))
        assert sum(steps) == total and max(steps) < 2 * memory.session.window
        assert all(len(set(accounts(engine, f"t{i.id}"))) == 1 for i in items)


@pytest.mark.parametrize(("arms", "used"), [("none", []), ("weights", ["weights"]), ("store", ["store"])])
def test_arms(home: Path, arms: str, used: list[str]) -> None:
    with opened() as engine:
        say(engine, "My dog is called Biscuit.")
        engine.request("new_conversation")
        result, _ = say(engine, "Tell me of my dog called Biscuit", memory=arms)
        assert result["memory"] == used
        assert bool(result["passages"]) == ("store" in used)


def test_off_record_leaves_nothing(home: Path) -> None:
    with opened() as engine:
        say(engine, "mark-offrecord", off_record=True)
        assert engine.request("memory_list")["items"] == []
    assert not traces(home, "mark-offrecord")


def test_no_learning_keeps_the_weights(home: Path) -> None:
    with opened() as engine:
        say(engine, LONG, learn=False)
        engine.request("new_conversation")
        assert engine.request("memory_stats")["tokens_learned"] == 0


def test_users_do_not_meet(home: Path) -> None:
    with opened("ada") as engine:
        say(engine, "My cat is called Zanzibar.")
    with opened("bob") as engine:
        result, _ = say(engine, "What is my cat called Zanzibar?")
        assert result["passages"] == []
        assert "Zanzibar" not in str(engine.request("memory_list", query="called Zanzibar.")["items"])
    ada, bob = (home / "users" / name for name in ("ada", "bob"))
    assert not {p.name for p in (ada / "weights").iterdir()} & {p.name for p in (bob / "weights").iterdir()}


def test_busy_user(home: Path) -> None:
    with opened():
        with pytest.raises(EngineError, match="in use by process") as caught:
            opened()
        assert caught.value.exit == 3


def test_ingest_learns_and_finds(home: Path, tmp_path: Path) -> None:
    book = tmp_path / "book.txt"
    book.write_text(LONG)
    events: list[dict[str, Any]] = []
    with opened() as engine:
        result = engine.request("ingest", events.append, paths=[str(book), str(tmp_path / "none.txt")])
        assert [d["title"] for d in result["documents"]] == ["book"]
        assert "does not exist" in result["failed"][0]["message"]
        stages = [e["stage"] for e in events if e["event"] == "job"]
        assert stages[0] == "queued" and "learning" in stages and stages[-1] == "done"
        assert any(e["event"] == "receipt" and e["what"] == "book" for e in events)
        items = engine.request("memory_list")["items"]
        assert items[0]["learned"] and items[0]["kind"] == "document"
        again = engine.request("ingest", paths=[str(book)])
        assert again["documents"][0]["tokens"] == 0
        found, _ = say(engine, "the number 7 house in Oslo")
        assert found["passages"][0]["id"] == "d1"


def test_ingest_can_be_cancelled(home: Path, tmp_path: Path) -> None:
    book = tmp_path / "book.txt"
    book.write_text(LONG * 40)
    with opened() as engine:

        def stop(event: dict[str, Any]) -> None:
            if event["event"] == "job" and event["stage"] == "learning" and event["done"] > 100:
                engine._server.cancel(event["job"])

        engine.request("ingest", stop, paths=[str(book)])
        jobs = engine.request("jobs")["items"]
        assert jobs[0]["stage"] == "cancelled" and 0 < jobs[0]["done"] < jobs[0]["total"]
        assert 0 < engine.request("memory_stats")["tokens_learned"] < jobs[0]["total"]


def test_stopping_keeps_what_came(home: Path) -> None:
    with opened() as engine:

        def stop(event: dict[str, Any]) -> None:
            if event["event"] == "token":
                engine._server.cancel(event["id"])

        result = engine.request("turn", stop, text="hello", max_tokens=500, temperature=1.0, seed=3)
        assert result["finish_reason"] in ("cancelled", "stop")
        assert result["tokens"] < 500
        turns = engine.request("open_conversation", conversation=result["conversation"])["turns"]
        assert turns[1]["text"] == result["answer"]


def test_forget_leaves_no_trace(home: Path) -> None:
    with opened() as engine:
        engine.request("remember", text="mark-keep " + LONG)
        item = engine.request("remember", text="mark-forget " + LONG)["item"]
        engine.request("remember", text="mark-later " + LONG)
        result = engine.request("forget", item=item)
        assert result["forgotten"] == item and result["relearned"] > 0
        texts = [i["text"][:10] for i in engine.request("memory_list")["items"]]
        assert texts == ["mark-later", "mark-keep "]
        assert all(i["learned"] for i in engine.request("memory_list")["items"])
        with pytest.raises(EngineError, match="no item"):
            engine.request("forget", item=item)
    assert not traces(home, "mark-forget")
    assert traces(home, "mark-keep")


def test_undo_goes_back_to_the_weights_before(home: Path) -> None:
    with opened() as engine:
        engine.request("remember", text=LONG)
        before = engine.request("memory_stats")["weights_sha256"]
        engine.request("remember", text="My dog is called Biscuit. " * 3)
        assert engine.request("memory_stats")["weights_sha256"] != before
        result = engine.request("undo")
        assert result["items"] == ["d2"]
        assert engine.request("memory_stats")["weights_sha256"] == before
        assert len(engine.request("memory_list")["items"]) == 2


def test_undo_takes_back_both_readings_of_a_turn(home: Path) -> None:
    with opened() as engine:
        say(engine, LONG)
        engine.request("new_conversation")
        before = engine.request("memory_stats")["weights_sha256"]
        say(engine, TOLD)
        result = engine.request("undo")
        assert result["items"] == ["t3"] and result["relearned"] == 0
        assert engine.request("memory_stats")["weights_sha256"] == before
        assert accounts(engine, "t3")[1:] == (0, 0)


def test_forget_takes_back_both_readings(home: Path) -> None:
    with opened("bob") as engine:
        kept = engine.request("remember", text=TOLD)
        alone = memory_of(engine).session.fast_weights
    events: list[dict[str, Any]] = []
    with opened() as engine:
        said, _ = say(engine, LONG)
        engine.request("remember", text=TOLD)
        result = engine.request("forget", events.append, item=f"t{said['turn']}")
        assert result["relearned"] == kept["tokens"]
        last = [e for e in events if e.get("stage") == "relearn"][-1]
        assert last["done"] == last["total"] == kept["tokens"]
        left = memory_of(engine).session.fast_weights
        assert all(torch.equal(alone[n], w) for n, w in left.items())
        assert len(set(accounts(engine, "d1"))) == 1


def test_file_with_the_words_of_a_note_is_the_note(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_text(TOLD)
    with opened() as engine:
        told = engine.request("remember", text=TOLD)
        assert engine.request("ingest", paths=[str(file)])["documents"][0]["tokens"] == 0
        engine.request("new_conversation")
        assert accounts(engine, "d1") == (told["tokens"],) * 3
        learned_so_far(engine, "documents", told["tokens"] - 1)
        engine.request("ingest", paths=[str(file)])
        engine.request("new_conversation")
        assert accounts(engine, "d1")[:2] == (told["tokens"],) * 2


def test_undo_of_nothing(home: Path) -> None:
    with opened() as engine:
        assert engine.request("undo")["undone"] is None


def test_reset_leaves_nothing_on_disk(home: Path) -> None:
    with opened() as engine:
        say(engine, "mark-reset " + LONG)
        engine.request("remember", text="mark-reset " + LONG)
        engine.request("reset")
        assert engine.request("memory_list")["items"] == []
        assert engine.request("memory_stats")["weights_sha256"] is None
        say(engine, "hello again")
    assert not traces(home, "mark-reset")


def test_export_and_import(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "ada.zip"
    with opened() as engine:
        say(engine, LONG)
        engine.request("export", file=str(file))
        before = engine.request("memory_stats")
        with pytest.raises(EngineError, match="exists already"):
            engine.request("export", file=str(file))
    with opened("eve") as engine:
        engine.request("import", file=str(file))
        after = engine.request("memory_stats")
        assert after["tokens_learned"] == before["tokens_learned"] and after["turns"] == before["turns"]
        found, _ = say(engine, "the number 7 house in Oslo")
        assert found["passages"]
        with pytest.raises(EngineError, match="no memories"):
            engine.request("import", file=str(file))


def test_damaged_weights_are_learned_again(home: Path) -> None:
    with opened() as engine:
        engine.request("remember", text=LONG)
    for file in (home / "users" / "ada" / "weights").glob("*.safetensors"):
        data = bytearray(file.read_bytes())
        data[-1] ^= 1
        file.write_bytes(data)
    told: list[dict[str, Any]] = []
    engine = BlockingEngine(embedder=FakeEmbedder(), on_event=told.append)
    with engine:
        engine.request("open", user="ada")
        assert any("learned again" in e.get("text", "") for e in told)
        assert engine.request("memory_stats")["tokens_learned"] > 0


def test_another_model_learns_again_from_the_ledger(home: Path, tmp_path: Path) -> None:
    from core.testing import tiny_model_folder

    with opened() as engine:
        say(engine, LONG)
        engine.request("new_conversation")
        first = engine.request("memory_stats")
    other = tiny_model_folder(tmp_path / "other", seed=5)
    with opened(model=str(other)) as engine:
        second = engine.request("memory_stats")
        assert second["base_hash"] != first["base_hash"] and second["tokens_learned"] > 0


def test_conversations(home: Path) -> None:
    with opened() as engine:
        first, _ = say(engine, "We spoke of marmalade.")
        say(engine, "We spoke of jam.")
        assert len(engine.request("conversations")["items"]) == 2
        found = engine.request("conversations", query="marmalade")["items"]
        assert [c["id"] for c in found] == [first["conversation"]]
        engine.request("rename_conversation", conversation=first["conversation"], title="Breakfast\x1b[31m")
        assert engine.request("conversations", query="breakfast")["items"][0]["title"] == "Breakfast"
        engine.request("delete_conversation", conversation=first["conversation"])
        assert len(engine.request("conversations")["items"]) == 1


@pytest.mark.parametrize(
    ("op", "args", "words"),
    [
        ("turn", {"text": "  "}, "empty"),
        ("turn", {"text": 5}, "wrong type"),
        ("turn", {}, "needs 'text'"),
        ("turn", {"text": "x", "memory": "all"}, "one of"),
        ("forget", {"item": "x9"}, "t12 or d3"),
        ("nonsense", {}, "no operation"),
        ("remember", {"text": "\x1b[31m"}, "empty"),
    ],
)
def test_mistakes_get_a_sentence(home: Path, op: str, args: dict[str, Any], words: str) -> None:
    with opened() as engine, pytest.raises(EngineError, match=words) as caught:
        engine.request(op, **args)
    assert caught.value.exit == 2


def test_hostile_text_is_kept_clean(home: Path) -> None:
    with opened() as engine:
        say(engine, "a\x1b[31mb\x1b]0;title\x07c\u202ed\ud800e [bold]f[/]")
        assert engine.request("memory_list")["items"][0]["text"] == "abcde [bold]f[/]"


def test_private_files(home: Path) -> None:
    with opened() as engine:
        say(engine, LONG)
    for path in [home, *home.rglob("*")]:
        assert path.stat().st_mode & 0o077 == 0, path
