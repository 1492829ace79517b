"""The real engine in its own process: protocol, sudden death, and two clients."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Any

import pytest

from app.engine import EngineClient, EngineError
from app.engine.client import ProcessEngine


def started(user: str = "ada", **args: Any) -> ProcessEngine:
    engine = ProcessEngine()
    engine.request("open", user=user, search=False, **args)
    return engine


def test_killed_after_the_acknowledgement(home: Path) -> None:
    engine = started()
    engine.send("turn", text="mark-one", max_tokens=400)
    while engine.next_event(20)["event"] != "turn":
        pass
    engine.kill()
    with started() as engine:
        items = engine.request("memory_list")["items"]
        assert [i["text"] for i in items] == ["mark-one"] and items[0]["learned"]


def test_killed_while_reading_goes_on(home: Path, tmp_path: Path) -> None:
    book = tmp_path / "book.txt"
    book.write_text("my dog is called Biscuit and I live in Oslo. " * 150)
    engine = started()
    engine.send("ingest", paths=[str(book)])
    while not ((event := engine.next_event(30))["event"] == "job" and event["done"] > 200):
        pass
    engine.kill()
    with started() as engine:
        for _ in range(900):
            if engine.request("memory_list")["items"][0]["learned"]:
                break
            asyncio.run(asyncio.sleep(0.1))
        assert engine.request("memory_list")["items"][0]["learned"]


def test_chat_goes_on_while_a_document_is_read(home: Path, tmp_path: Path) -> None:
    book = tmp_path / "book.txt"
    book.write_text("my dog is called Biscuit and I live in Oslo. " * 2000)
    with started() as engine:
        reading = engine.send("ingest", paths=[str(book)])
        while engine.next_event(30).get("stage") != "learning":
            pass
        assert engine.request("turn", text="hello", max_tokens=4)["tokens"] > 0
        assert engine.request("memory_list")["items"][-1]["learned"] is False
        engine.request("cancel", target=reading)


def test_nonsense_lines_do_not_stop_it(home: Path) -> None:
    with started() as engine:
        assert engine._process.stdin is not None
        engine._process.stdin.write(b'not json\n[1]\n{"id":"x","op":3}\n\xff\xfe\n')
        engine._process.stdin.flush()
        assert engine.request("ping") == {}


async def test_client_hears_of_the_end(home: Path) -> None:
    heard: list[dict[str, Any]] = []
    client = EngineClient(listener=heard.append)
    await client.start()
    await client.call("open", user="ada", search=False)
    assert client._process is not None
    with pytest.raises(EngineError, match="engine stopped"):
        async for event in client.stream("turn", text="hello", max_tokens=400):
            if event["event"] == "turn":
                client._process.kill()
    assert heard[-1]["event"] == "died"
    with pytest.raises(EngineError):
        await client.call("ping")
    await client.start()
    assert (await client.call("open", user="ada", search=False))["user"] == "ada"
    await client.close()
    assert not client.is_alive


def test_second_process_is_refused_at_once(home: Path) -> None:
    with started():
        other = ProcessEngine()
        with pytest.raises(EngineError, match=f"in use by process {os.getpid()}|in use by process"):
            other.request("open", user="ada", search=False)
        other.close()
