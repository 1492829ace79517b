"""The command line by subprocess: output, exit codes, nothing raw on the terminal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest


def mneme(*args: str, given: bytes = b"") -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", *args],
        input=given,
        capture_output=True,
        timeout=120,
        env=os.environ,
    )
    return subprocess.CompletedProcess(args, done.returncode, done.stdout.decode(), done.stderr.decode())


def test_help_is_quick_and_light(home: Path) -> None:
    began = time.monotonic()
    done = mneme("--help")
    assert done.returncode == 0 and time.monotonic() - began < 1.5
    for name in (
        "chat",
        "ask",
        "remember",
        "ingest",
        "memory",
        "reset",
        "export",
        "import",
        "users",
        "models",
        "train",
        "bench",
        "doctor",
    ):
        assert name in done.stdout
    code = "import sys; from app.cli.main import main; main(['--help']); print([m for m in ('torch', 'textual', 'numpy') if m in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert loaded.stdout.splitlines()[-1] == "[]"


def test_remember_list_ask_forget_reset(home: Path) -> None:
    done = mneme("remember", "My dog is called Biscuit.", "--user", "ada")
    assert done.returncode == 0 and done.stdout.strip() == "d1" and "learned" in done.stderr
    items = json.loads(mneme("memory", "list", "--json").stdout)  # the last used user
    assert [set(i) >= {"id", "kind", "text", "when"} for i in items] == [True] and items[0]["id"] == "d1"
    stats = json.loads(mneme("memory", "stats", "--json").stdout)
    assert len(stats["weights_sha256"]) == 64 and stats["weights_bytes"] > 0 and stats["tokens_learned"] > 0
    answer = json.loads(mneme("ask", "What is my dog called?", "--json", "--max-tokens", "8").stdout)
    keys = {"answer", "passages", "memory", "tokens", "tokens_per_second", "first_token_seconds", "learned"}
    assert (
        keys <= set(answer)
        and answer["passages"][0]["text"] == "My dog is called Biscuit."
        and answer["learned"] > 0
    )
    assert set(answer["passages"][0]) >= {"source", "text", "score"}
    assert json.loads(mneme("memory", "show", "d1", "--json").stdout)["updates"]
    assert mneme("memory", "forget", "d1").returncode == 2  # not asked, no terminal
    assert mneme("memory", "forget", "d1", "--yes").returncode == 0
    assert mneme("memory", "undo", "--json").returncode == 0
    assert mneme("reset").returncode == 2
    assert mneme("reset", "--yes").returncode == 0
    assert json.loads(mneme("memory", "list", "--json").stdout) == []


def test_chat_without_a_terminal(home: Path) -> None:
    done = mneme("chat", given=b"hello\n\nmy dog \xff\x1b[31m is called Biscuit\n")
    assert done.returncode == 0, done.stderr
    items = json.loads(mneme("memory", "list", "--json").stdout)
    assert [i["text"] for i in items] == ["my dog \ufffd is called Biscuit", "hello"]
    assert "\x1b" not in done.stdout


def test_ingest_export_import(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "a.md").write_text("# Notes\n\nMy dog is called Biscuit.\n")
    (folder / "b.pdf").write_bytes(b"%PDF-nonsense")
    done = mneme("ingest", str(folder), "--json")
    result = json.loads(done.stdout)
    assert (
        done.returncode == 1 and len(result["documents"]) == 1 and "damaged" in result["failed"][0]["message"]
    )
    file = tmp_path / "out.zip"
    assert mneme("export", str(file)).returncode == 0 and file.stat().st_mode & 0o077 == 0
    assert mneme("import", str(file), "--user", "eve").returncode == 0
    assert json.loads(mneme("memory", "list", "--json", "--user", "eve").stdout)[0]["title"] == "Notes"
    assert mneme("import", str(tmp_path / "none.zip"), "--user", "joe").returncode == 1


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (("memory", "list", "--user", "nobody"), 2, "there is no user 'nobody'"),
        (("memory", "list", "--user", "../x"), 2, "cannot be a user name"),
        (("ask", "hello", "--memory", "all"), 2, "one of"),
        (("ask", "hello", "--model", "none-such"), 2, "none-such"),
        (("nonsense",), 2, "nonsense"),
    ],
)
def test_mistakes(home: Path, args: tuple[str, ...], code: int, words: str) -> None:
    done = mneme(*args)
    assert done.returncode == code and words in done.stderr and "Traceback" not in done.stderr


def test_users_and_models(home: Path, tiny_folder: Path) -> None:
    assert mneme("users", "create", "Ada").returncode == 0
    assert mneme("users", "create", "ada").returncode == 2
    assert json.loads(mneme("users", "list", "--json").stdout) == [{"name": "ada", "current": False}]
    assert mneme("users", "delete", "ada", "--yes").returncode == 0
    assert json.loads(mneme("users", "list", "--json").stdout) == []
    models = json.loads(mneme("models", "list", "--json").stdout)
    assert any(m["name"].startswith("mneme-") for m in models)
    assert mneme("models", "use", str(tiny_folder)).returncode == 0
    assert mneme("models", "use", "none-such").returncode == 2


def test_train_forwards(home: Path) -> None:
    done = mneme("train", "meta", "--help")
    assert done.returncode == 0 and "--start" in done.stdout
