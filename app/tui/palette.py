"""Conversations in the command palette, beside the commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from app.text import one_line

if TYPE_CHECKING:
    from app.tui.app import MnemeApp

DISCOVERED = 5
"""Conversations offered before anything is typed."""


class ConversationProvider(Provider):
    """Opens a conversation by words of its title."""

    @property
    def mneme(self) -> MnemeApp:
        return cast("MnemeApp", self.app)

    def _open(self, conversation: int) -> None:
        self.mneme.run_worker(self.mneme.open_conversation(conversation), group="open", exclusive=True)

    async def discover(self) -> Hits:
        for conversation, title in list(self.mneme.titles.items())[:DISCOVERED]:
            label = Content(one_line(f"Open: {title or 'untitled'}"))
            yield DiscoveryHit(label, lambda c=conversation: self._open(c))

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for conversation, title in self.mneme.titles.items():
            label = one_line(f"Open: {title or 'untitled'}")
            if (score := matcher.match(label)) > 0:
                yield Hit(score, Content(label), lambda c=conversation: self._open(c), text=label)
