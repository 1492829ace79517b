"""A data folder of its own and a tiny model for every test of the app."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.testing import tiny_model_folder


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_model_folder(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture
def home(tmp_path: Path, tiny_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder; the tiny model is the chosen one."""
    monkeypatch.setenv("MNEME_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("MNEME_MODEL", str(tiny_folder))
    return tmp_path / "data"
