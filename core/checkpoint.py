"""Model folders: config.json, tokenizer.json and safetensors shards, verified by SHA-256.

Matrices are stored as int8 rows with one fp32 scale a row (`<name>.scale`), or as bf16 or fp32.
`config.json` lists the digest of every other file, so its own digest is the model's identity
(`base_hash`). No pickle is read or written.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.config import DecoderConfig
from core.errors import ModelDamaged, ModelMissing
from core.tokenizer import Tokenizer

if TYPE_CHECKING:
    import torch
    from torch import Tensor

    from core.model import Decoder

FORMAT = 1
PACKAGED = Path(__file__).parent / "models"
DEFAULT = "default"


@dataclass(frozen=True, kw_only=True)
class ModelInfo:
    """What a model folder says of itself, read without loading it."""

    name: str
    path: Path
    parameters: int
    bytes: int
    base_hash: str


@dataclass(kw_only=True)
class Model:
    """A decoder in memory with its tokenizer and identity."""

    name: str
    decoder: Decoder
    tokenizer: Tokenizer
    base_hash: str
    device: str

    @property
    def config(self) -> DecoderConfig:
        return self.decoder.config

    @property
    def expect(self) -> dict[str, tuple[tuple[int, ...], torch.dtype]]:
        """Shape and dtype of each fast tensor, as kept on disk."""
        import torch

        return {n: (tuple(w.shape), torch.float32) for n, w in self.decoder.initial_fast_weights().items()}


def file_sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read_config(folder: Path) -> dict:
    try:
        values = json.loads((folder / "config.json").read_text())
    except (OSError, ValueError) as error:
        raise ModelDamaged(f"cannot read {folder / 'config.json'}: {error}") from None
    if not isinstance(values, dict) or values.get("format") != FORMAT or "files" not in values:
        raise ModelDamaged(f"{folder} is not a Mneme model of format {FORMAT}")
    return values


def find_model(name_or_path: str | Path = DEFAULT, roots: tuple[Path, ...] = (PACKAGED,)) -> Path:
    """The folder of a model given by name or path.

    Raises:
        ModelMissing: neither a folder nor a known name.
    """
    direct = Path(name_or_path)
    if (direct / "config.json").is_file():
        return direct
    for root in roots:
        if str(name_or_path) == DEFAULT and (root / "default.txt").is_file():
            return root / (root / "default.txt").read_text().strip()
        if direct.name == str(name_or_path) and (root / direct / "config.json").is_file():
            return root / direct
    raise ModelMissing(f"there is no model '{name_or_path}'; `mneme models list` shows those there are")


def list_models(roots: tuple[Path, ...] = (PACKAGED,)) -> list[ModelInfo]:
    """Every model folder below the given roots; does not import torch."""
    found = []
    for root in roots:
        for folder in sorted(p for p in root.glob("*") if (p / "config.json").is_file()):
            values = _read_config(folder)
            found.append(
                ModelInfo(
                    name=folder.name,
                    path=folder,
                    parameters=values["parameters"],
                    bytes=sum(p.stat().st_size for p in folder.iterdir()),
                    base_hash=file_sha256(folder / "config.json"),
                )
            )
    return found


def quantise(matrix: Tensor) -> tuple[Tensor, Tensor]:
    """int8 rows and their fp32 scales [out, 1], such that rows * scales is close to `matrix`."""
    import torch

    scale = (matrix.float().abs().amax(1, keepdim=True) / 127).clamp(min=1e-12)
    return (matrix.float() / scale).round().clamp(-127, 127).to(torch.int8), scale


def _stored(decoder: Decoder, form: str) -> Iterator[tuple[str, Tensor]]:
    import torch

    for name, value in decoder.state_dict().items():
        value = value.detach().cpu().contiguous()
        if form == "int8" and value.dim() == 2 and value.numel() > 4096:
            rows, scale = quantise(value)
            yield name, rows
            yield f"{name}.scale", scale
        elif form == "bf16" and value.dim() == 2 and value.numel() > 4096:
            yield name, value.to(torch.bfloat16)
        else:
            yield name, value.float()


def save_model(
    decoder: Decoder, tokenizer_file: Path, folder: Path, *, form: str = "int8", shard_bytes: int = 16_000_000
) -> str:
    """Write a model folder; returns its base hash.

    Args:
        decoder: the weights.
        tokenizer_file: copied beside them.
        folder: made if needed; shards of an earlier save are replaced.
        form: "int8", "bf16" or "fp32" for matrices; vectors stay fp32.
        shard_bytes: a new shard starts when one would grow past this.
    """
    from safetensors.torch import save

    folder.mkdir(parents=True, exist_ok=True)
    shards: list[dict[str, Tensor]] = [{}]
    size = 0
    for name, value in _stored(decoder, form):
        if size and size + value.nbytes > shard_bytes:
            shards.append({})
            size = 0
        shards[-1][name] = value
        size += value.nbytes
    for old in folder.glob("model-*.safetensors"):
        old.unlink()
    files = {"tokenizer.json": tokenizer_file.read_bytes()}
    for i, shard in enumerate(shards, 1):
        files[f"model-{i:05}-of-{len(shards):05}.safetensors"] = save(shard, {"format": "pt"})
    for name, data in files.items():
        _write(folder / name, data)
    config = {
        "format": FORMAT,
        "weights": form,
        "parameters": sum(p.numel() for p in decoder.parameters()),
        "decoder": json.loads(decoder.config.to_json()),
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
    }
    _write(folder / "config.json", (json.dumps(config, indent=2) + "\n").encode())
    return file_sha256(folder / "config.json")


def _write(path: Path, data: bytes) -> None:
    temporary = path.with_name(f".{path.name}.tmp")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def load_weights(folder: Path) -> dict[str, Tensor]:
    """Every tensor of a model folder in fp32, int8 rows scaled back, digests checked."""
    from safetensors.torch import load

    values = _read_config(folder)
    tensors: dict[str, Tensor] = {}
    for name, digest in values["files"].items():
        if Path(name).name != name:
            raise ModelDamaged(f"{folder}/config.json names a file outside the folder")
        try:
            data = (folder / name).read_bytes()
        except OSError as error:
            raise ModelDamaged(f"cannot read {folder / name}: {error.strerror}") from None
        if hashlib.sha256(data).hexdigest() != digest:
            raise ModelDamaged(f"{folder / name} was altered: its SHA-256 differs from config.json")
        if name.endswith(".safetensors"):
            tensors |= load(data)
    out = {}
    for name, value in tensors.items():
        if name.endswith(".scale"):
            continue
        scale = tensors.get(f"{name}.scale")
        out[name] = value.float() if scale is None else value.float() * scale
    return out


def load_model(
    name_or_path: str | Path = DEFAULT, *, device: str = "auto", roots: tuple[Path, ...] = (PACKAGED,)
) -> Model:
    """Load and verify a model.

    Args:
        name_or_path: a name below `roots`, a folder, or "default".
        device: "cpu", "cuda" or "auto" (cuda where there is one).

    Raises:
        ModelMissing, ModelDamaged: with a sentence that says what to do.
    """
    import torch

    from core.model import Decoder
    from kernels.half_linear import pack

    folder = find_model(name_or_path, roots)
    values = _read_config(folder)
    if device == "auto":
        device = "cuda" if torch.cuda.is_available() else "cpu"
    try:
        config = DecoderConfig.from_dict(values["decoder"])
        with torch.device("meta"):
            decoder = Decoder(config)
        decoder.load_state_dict(load_weights(folder), assign=True)
    except (ValueError, RuntimeError, KeyError) as error:
        raise ModelDamaged(f"{folder} does not hold the weights its config describes: {error}") from None
    decoder = decoder.to(device).requires_grad_(False).eval()
    if device == "cpu":
        fast = {id(w) for w in decoder.initial_fast_weights().values()}
        for name, weight in decoder.named_parameters():
            if weight.dim() == 2 and name != "embedding" and id(weight) not in fast:
                pack(weight)
    tokenizer = Tokenizer(folder / "tokenizer.json")
    return Model(
        name=folder.name,
        decoder=decoder,
        tokenizer=tokenizer,
        base_hash=file_sha256(folder / "config.json"),
        device=device,
    )
