"""The training commands, end to end, on a tiny model and a CPU: what stops goes on, the seed decides all."""

import json
import os
import random
import signal
import socket
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from core import Session, load_model
from core.checkpoint import load_weights
from core.tokenizer import Tokenizer
from core.train import meta, pretrain, rows
from core.train.__main__ import main
from core.train.data import Mixture

STORY = "A fox lived under the old bridge and sang every morning. One day a crow asked it to dance."
QUESTION = "Where did the fox live?"
ANSWER = "Under the old bridge."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tokenizer and a cache of tokens, made by the commands."""
    root = tmp_path_factory.mktemp("train")
    data = root / "data"
    data.mkdir()
    asked = f"Read the story and answer the question.\n\n{STORY}\n\nQuestion: {QUESTION}"
    messages = [{"role": "user", "content": asked}, {"role": "assistant", "content": ANSWER}]
    lines = [{"source": "fairytaleqa_qa", "messages": messages}] * 40
    lines += [
        {"source": "enwiki_core_wikivisual", "text": f"{STORY} Number {i} of the tales."} for i in range(400)
    ]
    (data / "all.jsonl").write_text("\n".join(map(json.dumps, lines)))
    assert (
        main(["tokenizer", "--data", str(data), "--out", str(root / "tokenizer.json"), "--size", "600"]) == 0
    )
    assert main(["tokens", "--data", str(data), *_tokenizer(root), "--cache", str(root / "cache")]) == 0
    return root


def _tokenizer(root: Path) -> list[str]:
    return ["--tokenizer", str(root / "tokenizer.json")]


def _pretrain(root: Path, out: Path) -> list[str]:
    return [
        "pretrain", "--cache", str(root / "cache"), *_tokenizer(root), "--out", str(out), "--size", "tiny",
        "--steps", "4", "--batch", "4", "--length", "64", "--device", "cpu",
    ]  # fmt: skip


def _meta(root: Path, start: Path, out: Path) -> list[str]:
    return [
        "meta", "--cache", str(root / "cache"), *_tokenizer(root), "--start", str(start), "--out", str(out),
        "--size", "tiny", "--steps", "3", "--batch", "2", "--length", "256", "--workers", "0", "--device", "cpu",
        "--plain", "1", "--plain-batch", "8", "--plain-length", "64",
    ]  # fmt: skip


@pytest.fixture(scope="module")
def pretrained(folder: Path) -> Path:
    assert main(_pretrain(folder, folder / "pre")) == 0
    return folder / "pre"


def _stop_in_step(monkeypatch: pytest.MonkeyPatch, module, step: int) -> None:
    """Ctrl+C when the optimiser is about to make its `step`-th update."""
    seen = 0
    real = module.Optimiser.step

    def stopping(self, factor: float) -> None:
        nonlocal seen
        seen += 1
        if seen == step:
            raise KeyboardInterrupt
        real(self, factor)

    monkeypatch.setattr(module.Optimiser, "step", stopping)


@pytest.mark.parametrize("stage", ["pretrain", "meta"])
def test_a_stopped_run_goes_on_and_ends_where_an_unbroken_one_does(
    folder: Path, pretrained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys, stage: str
) -> None:
    if stage == "pretrain":
        command, whole, module, last = _pretrain(folder, tmp_path), pretrained, pretrain, 4
    else:
        whole = tmp_path / "whole"
        assert main(_meta(folder, pretrained / "model", whole)) == 0
        command, module, last = _meta(folder, pretrained / "model", tmp_path / "part"), meta, 3
    with monkeypatch.context() as patch:
        _stop_in_step(patch, module, last)
        assert main([*command, "--save-every", "0"]) == 130
    assert "the same command again" in capsys.readouterr().err
    assert main(command) == 0
    assert "going on from step" in capsys.readouterr().err
    out = Path(command[command.index("--out") + 1])
    expected, got = (load_file(f / "weights.safetensors") for f in (whole, out))
    for name, tensor in expected.items():
        torch.testing.assert_close(got[name], tensor, rtol=1e-5, atol=1e-6, msg=name)


def test_the_trained_model_loads_and_speaks(folder: Path, pretrained: Path, tmp_path: Path) -> None:
    assert main(_meta(folder, pretrained / "model", tmp_path)) == 0
    session = Session(load_model(str(tmp_path / "model"), device="cpu"))
    session.feed(QUESTION, "user")
    list(session.generate(max_tokens=4, temperature=0))
    assert session.last_generation is not None


def test_a_mean_of_models_lies_between_them(folder: Path, pretrained: Path, tmp_path: Path, capsys) -> None:
    one, other = pretrained / "model", tmp_path / "meta" / "model"
    assert main(_meta(folder, one, tmp_path / "meta")) == 0
    assert main(["average", f"{one}=0.75", f"{other}=0.25", "--out", str(tmp_path / "mean")]) == 0
    found, a, b = (load_weights(f) for f in (tmp_path / "mean", one, other))
    for name, value in found.items():
        # rows of int8 are rounded
        step = value.abs().amax(-1, keepdim=True) / 127
        assert ((value - (0.75 * a[name] + 0.25 * b[name])).abs() <= step).all(), name
    assert main(["average", f"{one}=0.75", f"{other}=0.5", "--out", str(tmp_path / "mean")]) == 1
    assert "add up to 1, got 1.25" in capsys.readouterr().err


def test_a_budget_is_asked_for(folder: Path, tmp_path: Path, capsys) -> None:
    command = _pretrain(folder, tmp_path)
    del command[command.index("--steps") : command.index("--steps") + 2]
    assert main(command) == 1
    assert "--steps and --seconds" in capsys.readouterr().err


def test_general_questions_are_short_and_whole(tmp_path: Path, folder: Path) -> None:
    tokenizer = Tokenizer(folder / "tokenizer.json")
    pairs = [("What is hot?", "Fire."), ("Tell all.", "So it was. " * 60), ("Who sings?", "The fox sings.")]
    ids = [i for q, a in pairs for i in (*tokenizer.turn("user", q), *tokenizer.turn("assistant", a))]
    assert rows.exchange(ids[1:], tokenizer) == []  # the answer that comes first is too long
    start = [i for i, token in enumerate(ids) if token == tokenizer.roles["user"]][2]
    assert rows.exchange(ids[start - 5 :], tokenizer) == [
        ("user", "Who sings?"),
        ("assistant", "The fox sings."),
    ]
    assert rows.exchange(ids[start : start + 4], tokenizer) == []
    np.save(tmp_path / "dolly15k.train.npy", np.asarray(ids * 20, np.uint16))
    draw = rows.general_questions(Mixture([tmp_path]), tokenizer)
    rng = random.Random(0)
    found = {tuple(text for _, text in draw(rng)) for _ in range(60)} - {()}
    assert found == {pairs[0], pairs[2]}


def test_questions_about_stories_come_with_the_passage(folder: Path) -> None:
    tokenizer = Tokenizer(folder / "tokenizer.json")
    array = Mixture([folder / "cache"], weights={rows.STORY_QUESTIONS: 1.0}).arrays[0]
    turns = []
    for seed in range(20):
        turns = turns or rows.passage_question(np.asarray(array), tokenizer, random.Random(seed))
    assert [role for role, _ in turns] == ["user", "memory", "assistant"]
    assert turns[0][1] == QUESTION
    assert turns[1][1].endswith(STORY)
    assert turns[2][1] == ANSWER


def test_a_polite_stop_saves_and_goes_on(
    folder: Path, pretrained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    command = _meta(folder, pretrained / "model", tmp_path)
    real, before = meta.Optimiser.step, signal.getsignal(signal.SIGTERM)

    def stopping(self, factor: float) -> None:
        real(self, factor)
        signal.raise_signal(signal.SIGTERM)

    with monkeypatch.context() as patch:
        patch.setattr(meta.Optimiser, "step", stopping)
        assert main(command) == 130
    assert json.loads((tmp_path / "progress.json").read_text())["step"] == 1
    assert signal.getsignal(signal.SIGTERM) == before
    assert main(command) == 0
    assert "going on from step 1" in capsys.readouterr().err


def test_two_processes_average_their_gradients(tmp_path: Path) -> None:
    code = (
        "import torch; from core.train.ranks import Ranks; r = Ranks('cpu');"
        "p = torch.zeros(3, requires_grad=True); p.grad = torch.full((3,), float(r.index + 1));"
        f"r.average_([p]); open(r'{tmp_path}/' + str(r.index), 'w').write(str(p.grad.tolist() + r.agree(r.index)));"
        "r.leave()"
    )
    port = str(_free_port())
    shared = os.environ | {"WORLD_SIZE": "2", "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": port}
    processes = [
        subprocess.Popen([sys.executable, "-c", code], env=shared | {"RANK": str(i), "LOCAL_RANK": str(i)})
        for i in range(2)
    ]
    assert [p.wait(120) for p in processes] == [0, 0]
    assert [(tmp_path / str(i)).read_text() for i in range(2)] == [str([1.5, 1.5, 1.5, 1.0])] * 2


def _free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def test_held_out_values_are_examined(folder: Path, pretrained: Path, tmp_path: Path, capsys) -> None:
    assert main(_meta(folder, pretrained / "model", tmp_path)) == 0
    assert "held-out values" in capsys.readouterr().err


def test_an_ordinary_batch_may_be_too_small_for_conversations(folder: Path) -> None:
    tokenizer, mixture = Tokenizer(folder / "tokenizer.json"), Mixture([folder / "cache"])
    for count in (2, 8):
        made = rows.plain_batch(Namespace(seed=0, plain_batch=count), 64, 0, tokenizer, mixture)
        assert made["tokens"].shape == (count, 65) and made["outer_weight"].shape == (count, 64)
