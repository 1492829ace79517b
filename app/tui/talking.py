"""Turns: messages wait in a queue, one after another is said, its answer streams in, Esc stops it.

A message leaves the queue for good when the engine has written it down; one that the engine's death
caught earlier is sent again after a restart.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Any

from app.engine.protocol import EngineError
from app.tui.base import Base
from app.tui.chat import Answer, UserMessage
from app.tui.sentences import merged, receipt_line

ENDS = {"cancelled": "stopped", "length": "cut: this is as long as an answer gets"}


class Talking(Base):
    """The queue of messages and the one being answered."""

    def __init__(self, client: Any, user: str | None, model: str | None, theme: str | None) -> None:
        super().__init__(client, user, model, theme)
        self.outbox: deque[tuple[str, UserMessage]] = deque()
        self._mail = asyncio.Event()
        self._request: int | None = None
        self._stop_wanted = False
        self._written_down = False

    async def send(self, text: str) -> None:
        """Show a message and queue it."""
        waits = not self.ready.is_set() or self.is_answering or bool(self.outbox)
        shown = UserMessage(text, waiting=waits)
        await self.log_view.add(shown)
        self.log_view.anchor()
        self.outbox.append((text, shown))
        self._mail.set()

    async def deliver(self) -> None:
        """Say what waits, for as long as the app runs."""
        while True:
            await self._mail.wait()
            await self.ready.wait()
            if not self.outbox:
                self._mail.clear()
                continue
            text, shown = self.outbox.popleft()
            self.quiet.clear()
            shown.waiting = False
            try:
                await self.say(text)
            except EngineError as error:
                await self.return_message(text, shown, error)
            finally:
                self._request = None
                self.quiet.set()
                self.show_state()

    async def say(self, text: str) -> None:
        """One turn, from the request to the receipt.

        Raises:
            EngineError: the turn failed; `_written_down` tells whether the engine has the message.
        """
        self._stop_wanted = self._written_down = False
        self.show_state("thinking")
        answer = Answer()
        await self.log_view.add(answer)
        passages: list[dict[str, Any]] = []
        receipts: list[dict[str, Any]] = []
        note = "stopped"
        try:
            async for event in self.client.stream(
                "turn", text=text, conversation=self.conversation, learn=self.settings["learn"], memory="both"
            ):
                if self._request is None and "id" in event:
                    self._request = event["id"]
                    if self._stop_wanted:
                        self.client.cancel(self._request)
                match event["event"]:
                    case "turn":
                        self._written_down = True
                        self.conversation = event["conversation"]
                    case "passages":
                        passages = event["items"]
                    case "token":
                        self.show_state("answering")
                        await answer.push(event["text"])
                    case "status":
                        keys = ("tokens_per_second", "context", "window")
                        self.status(**{k: event[k] for k in keys if k in event})
                        self.show_state("learning")
                    case "receipt" if event["tokens"]:
                        receipts.append(event)
                        self.count_learned(event)
                    case "done":
                        note = ENDS.get(event["result"].get("finish_reason", ""), "")
        finally:
            await answer.end(note)
        await answer.show_passages(passages)
        if receipts:
            await self.log_view.note(receipt_line(merged(receipts)), "receipt")
        await self.refresh_conversations()

    async def return_message(self, text: str, shown: UserMessage, error: EngineError) -> None:
        """A turn failed: say why, and lose nothing of what was typed."""
        if error.kind == "EngineDied":
            if not self._written_down:
                shown.waiting = True
                self.outbox.appendleft((text, shown))
            await self.tell_died(error.message)
            return
        await self.log_view.note(error.message, "error")
        if not self._written_down and not self.prompt.text:
            self.prompt.put(text)

    def action_stop(self) -> None:
        """Stop the answer and keep what came; with none running, take back a message that waits."""
        if self.is_answering:
            self._stop_wanted = True
            self.show_state("stopping")
            if self._request is not None:
                self.client.cancel(self._request)
        elif self.outbox and not self.prompt.text:
            text, shown = self.outbox.pop()
            shown.remove()
            self.prompt.put(text)
        else:
            self.prompt.focus()

    async def settle(self) -> None:
        """Before the conversation changes: drop what waits into the input, stop what runs, let it end."""
        if self.outbox:
            waiting = "\n\n".join(text for text, _ in self.outbox)
            self.outbox.clear()
            self.prompt.put("\n\n".join(t for t in (self.prompt.text, waiting) if t))
        if self.is_answering:
            self.action_stop()
            await self.quiet.wait()
