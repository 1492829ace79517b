"""A tiny model with random weights, for tests of everything that needs one."""

from __future__ import annotations

from pathlib import Path

from core.checkpoint import Model, load_model, save_model
from core.config import DecoderConfig
from core.tokenizer import train_tokenizer

TEXT = "the quick brown fox jumps over the lazy dog; my dog is called Biscuit and I live in Oslo. " * 3


def tiny_model_folder(folder: Path, *, seed: int = 0, window: int = 64, mini_batch: int = 16) -> Path:
    """Write a model folder of about 60 K parameters and return it."""
    import torch

    from core.model import Decoder

    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = train_tokenizer([TEXT], 320, folder / "tokenizer.train.json")
    torch.manual_seed(seed)
    config = DecoderConfig(
        vocab_size=tokenizer.size,
        dim=32,
        hidden_dim=64,
        prime_hidden_dim=64,
        layers=4,
        suffix_layers=1,
        heads=2,
        window=window,
        mini_batch=mini_batch,
    )
    decoder = Decoder(config)
    torch.nn.init.normal_(decoder.head, std=0.02)
    save_model(decoder, folder / "tokenizer.train.json", folder)
    (folder / "tokenizer.train.json").unlink()
    return folder


def tiny_model(folder: Path, **shape: int) -> Model:
    """The model of `tiny_model_folder`, loaded on the CPU."""
    return load_model(tiny_model_folder(folder, **shape), device="cpu")
