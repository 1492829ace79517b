"""Byte-level BPE with one special token a role; trained by the project with `tokenizers`.

Digits stand alone, so that numbers are spelled the same way wherever they occur. Text can never
produce a special token: they are added by id, and their spelling inside text is plain text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from core.errors import ModelDamaged

ROLES = ("user", "assistant", "memory", "document")
END = "end"


def special(name: str) -> str:
    return f"<|{name}|>"


class Tokenizer:
    """Text to ids and back."""

    def __init__(self, path: str | Path) -> None:
        """Load a `tokenizer.json`.

        Raises:
            ModelDamaged: the file is missing, unreadable or lacks a special token.
        """
        from tokenizers import Tokenizer as Backend

        try:
            self._backend = Backend.from_file(str(path))
        except Exception as error:  # the library raises bare Exception
            raise ModelDamaged(f"cannot read the tokenizer {path}: {error}") from None
        self.roles = {name: self._id(special(name)) for name in ROLES}
        self.end = self._id(special(END))
        self.special_ids = {**self.roles, END: self.end}
        # spelled-out special tokens in text are text
        self._backend.encode_special_tokens = True

    def _id(self, token: str) -> int:
        found = self._backend.token_to_id(token)
        if found is None:
            raise ModelDamaged(f"the tokenizer has no token {token}")
        return found

    @property
    def size(self) -> int:
        return self._backend.get_vocab_size()

    def encode(self, text: str) -> list[int]:
        return self._backend.encode(text, add_special_tokens=False).ids

    def encode_batch(self, texts: Sequence[str]) -> list[list[int]]:
        return [e.ids for e in self._backend.encode_batch_fast(list(texts), add_special_tokens=False)]

    def encode_with_offsets(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """Ids with their (start, end) characters."""
        found = self._backend.encode(text, add_special_tokens=False)
        return found.ids, found.offsets

    def decode(self, ids: Sequence[int]) -> str:
        return self._backend.decode(list(ids), skip_special_tokens=True)

    def turn(self, role: str, text: str) -> list[int]:
        """Ids of one whole turn: role, text, end."""
        return [self.roles[role], *self.encode(text), self.end]

    def stream(self) -> StreamDecoder:
        return StreamDecoder(self)


class StreamDecoder:
    """Ids one by one to text, holding back bytes of an unfinished character."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._ids: list[int] = []
        self._shown = 0

    def push(self, token: int) -> str:
        """Text that became certain with this token."""
        self._ids.append(token)
        text = self._tokenizer.decode(self._ids)
        if text.endswith("\N{REPLACEMENT CHARACTER}") and len(self._ids) < 8:
            return ""
        new = text[self._shown :]
        self._shown = len(text)
        # start afresh at a space, so that long answers do not decode from their first word each time
        if len(self._ids) > 32:
            self._ids, self._shown = self._ids[-1:], len(self._tokenizer.decode(self._ids[-1:]))
        return new

    def finish(self) -> str:
        """Whatever was held back."""
        text = self._tokenizer.decode(self._ids)
        return text[self._shown :]


def train_tokenizer(texts: Iterable[str], size: int, path: str | Path) -> Tokenizer:
    """Train a byte-level BPE of `size` entries on `texts` and save it.

    Args:
        texts: pieces of text.
        size: entries, the special tokens included.
        path: where `tokenizer.json` goes.
    """
    from tokenizers import Regex, decoders, models, pre_tokenizers, trainers
    from tokenizers import Tokenizer as Backend

    backend = Backend(models.BPE())
    words = r"'(?:[sdmt]|ll|ve|re)| ?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
    backend.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(words), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    backend.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        special_tokens=[special(name) for name in (*ROLES, END)],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    backend.train_from_iterator(_cut(texts), trainer)
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    backend.save(str(path))
    return Tokenizer(path)


def _cut(texts: Iterable[str], size: int = 20_000) -> Iterator[str]:
    for text in texts:
        for i in range(0, len(text), size):
            yield text[i : i + size]
