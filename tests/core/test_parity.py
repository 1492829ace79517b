"""Our model reproduces the numbers of the paper's own code."""

from pathlib import Path

import pytest
import torch

from core.parity import LIMITS, check, main

FILES = sorted((Path(__file__).parent.parent / "fixtures").glob("e2e_*.safetensors"))


@pytest.mark.parametrize("dtype", LIMITS, ids=str)
@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_losses_and_outer_gradients_match(file: Path, dtype: torch.dtype) -> None:
    nll, gradient = LIMITS[dtype]
    got = check(file, dtype)
    assert got.nll <= nll
    assert got.gradient <= gradient


def test_there_are_reference_files() -> None:
    assert len(FILES) >= 2


def test_command_fails_on_altered_weights(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from safetensors import safe_open
    from safetensors.torch import save_file

    with safe_open(str(FILES[0]), "pt") as file:
        tensors = {n: file.get_tensor(n) for n in file.keys()}  # noqa: SIM118
        metadata = file.metadata()
    name = "param.language_model.model.h.blocks.feed_forward.w1.weight"
    tensors[name] = tensors[name] + 1e-3
    save_file(tensors, tmp_path / "altered.safetensors", metadata)
    assert main([str(FILES[0])]) == 0
    assert main([str(tmp_path / "altered.safetensors")]) == 1
    assert "float64" in capsys.readouterr().out


@pytest.mark.parametrize("content", [None, b"", b"not safetensors at all"])
def test_command_says_what_is_wrong_with_a_file(
    content: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "other.safetensors"
    if content is not None:
        path.write_bytes(content)
    assert main([str(path)]) == 1
    assert "expected a readable safetensors file" in capsys.readouterr().err
