"""Made-up lives: facts told, distracted and asked, for meta-training and for tests of recall."""

from core.episodes.build import Turn, encode_episode, sample_episode
from core.episodes.facts import Fact, kinds, sample_person
from core.episodes.smalltalk import ACKS, small_talk

__all__ = ["ACKS", "Fact", "Turn", "encode_episode", "kinds", "sample_episode", "sample_person", "small_talk"]
