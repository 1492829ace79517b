"""The model that comes along: loads, answers, learns, and keeps users apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.engine import BlockingEngine
from storage import FakeEmbedder

FACTS = {"ada": ("Zobrinth", "Varnholt"), "bob": ("Quellamo", "Ostrevik")}
"""Made-up words: a guess that hits another user's is no accident."""
QUESTIONS = ("What is my dog called?", "Where do I live?")


@pytest.fixture
def default_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MNEME_HOME", str(tmp_path))
    monkeypatch.delenv("MNEME_MODEL", raising=False)
    return tmp_path


def test_two_users_told_opposite_facts(default_home: Path) -> None:
    for user, (dog, town) in FACTS.items():
        with BlockingEngine(embedder=FakeEmbedder()) as engine:
            engine.request("open", user=user, wait=True)
            engine.request("turn", text=f"My dog is called {dog}.", max_tokens=16, temperature=0)
            engine.request("turn", text=f"I live in {town}.", max_tokens=16, temperature=0)
    for user, own in FACTS.items():
        others = {value for name, values in FACTS.items() if name != user for value in values}
        with BlockingEngine(embedder=FakeEmbedder()) as engine:
            engine.request("open", user=user, wait=True)
            for question, value in zip(QUESTIONS, own, strict=True):
                for arms in ("none", "weights", "store", "both"):
                    engine.request("new_conversation")
                    got = engine.request(
                        "turn", text=question, memory=arms, off_record=True, max_tokens=24, temperature=0
                    )
                    said = got["answer"] + " ".join(p["text"] for p in got["passages"])
                    assert not [o for o in others if o in said], (user, arms, said)
                    if arms in ("store", "both"):
                        assert value in said, (user, arms, said)
