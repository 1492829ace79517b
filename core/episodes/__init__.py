"""Generated users: facts told, other talk in between, facts asked. For meta-training and `bench recall`."""

from __future__ import annotations

from core.episodes.build import Episode, Session, Turn, sample_conversation, sample_episode, sample_reader
from core.episodes.encode import encode_episode, encode_turn
from core.episodes.facts import Fact, acknowledge_words, ask_words, sample_person, tell_words
from core.episodes.kinds import kinds
from core.episodes.smalltalk import small_talk

__all__ = [
    "Episode",
    "Fact",
    "Session",
    "Turn",
    "acknowledge_words",
    "ask_words",
    "encode_episode",
    "encode_turn",
    "kinds",
    "sample_conversation",
    "sample_episode",
    "sample_person",
    "sample_reader",
    "small_talk",
    "tell_words",
]
