"""Rows of the ledger as frozen records."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Conversation:
    id: int
    title: str
    created: str
    updated: str
    turns: int


@dataclass(frozen=True, kw_only=True)
class Turn:
    id: int
    conversation_id: int
    role: str
    text: str
    when: str
    learn: bool
    finished: bool
    tokens: int
    learned_tokens: int
    understood: str = ""
    """what the assistant's reply said again of it, in plain words"""


@dataclass(frozen=True, kw_only=True)
class Document:
    id: int
    kind: str
    """document or note"""
    source: str
    title: str
    text: str
    sha256: str
    when: str
    learn: bool
    tokens: int
    learned_tokens: int


@dataclass(frozen=True, kw_only=True)
class Item:
    """Something learnable: a user's turn or a document."""

    kind: str
    """turn or document"""
    id: int
    text: str
    tokens: int
    learned_tokens: int
    own: bool
    """the user's own words, a turn or a note; not a document that was handed over"""
    understood: str = ""
    """what the assistant's reply said again of it, in plain words"""


@dataclass(frozen=True, kw_only=True)
class SavedWeights:
    """One version of the fast weights on disk."""

    version: int
    file: str
    sha256: str
    base_hash: str
    tokens_learned: int = 0
    when: str = ""


@dataclass(frozen=True, kw_only=True)
class UpdateRow:
    """One entry of the journal."""

    id: int
    when: str
    tokens: int
    loss_before: float
    loss_after: float
    grad_norm: float
    step_norm: float
    seconds: float
    accepted: bool
    reason: str
    token_hash: str
    base_hash: str
    weights_version: int | None
    undone: bool
    items: tuple[tuple[str, int, int], ...]
    """(kind, id, tokens) of the ledger items in it"""


def with_understood(text: str, understood: str) -> str:
    """A turn as it is searched: its words, and what was understood of them."""
    return f"{text} ({understood})" if understood else text
