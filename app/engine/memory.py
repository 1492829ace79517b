"""One user's memory at work: the profile's ledger and weights joined to a session of the model.

Owned by one thread. Two rules hold everything together: a row is in the ledger before its words reach
the model, and new weights are a file on disk before the ledger names them. Whatever a crash leaves
unlearned is found by `Ledger.unlearned` and learned again.

The user's own words, turns and notes, are read twice: the session does the second reading when the window
is cleared, together with what the assistant understood of them. An item's tokens count all of it, so one
that was read once is not yet wholly learned.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from core import Model, Session, Update
    from storage import Item, Profile, SavedWeights

Source = tuple[str, int]
Owner = tuple[str, int | None]
"""Whose words fill the window: ("conversation", id), ("document", id) or ("nobody", None)."""
NOBODY: Owner = ("nobody", None)

SAVE_SECONDS = 5.0
"""While a long document is read, its progress and the weights are saved this often."""


def make_session(model: Model, fast_weights: dict[str, Any] | None) -> Session:
    """The session of the model room; tests may pass another maker."""
    from core import Session

    return Session(model, fast_weights=fast_weights)


class Memory:
    """What a user's words become. Receipts are plain dicts, ready for the protocol."""

    def __init__(
        self,
        profile: Profile,
        model: Model,
        *,
        new_session: Callable[[Model, dict[str, Any] | None], Session] = make_session,
    ) -> None:
        self.profile, self.model = profile, model
        self.ledger = profile.ledger
        self._new_session = new_session
        self.owner: Owner = NOBODY
        self.position = 0
        """Tokens in the window's stream since it was last cleared."""
        self.notice = ""
        """What had to be done at the start, as a sentence for the user, or ''."""
        self._saved_at = time.monotonic()
        self._learned: dict[Source, int] = {}
        self._receipts: dict[Source, list[dict[str, Any]]] = {}
        self.session = self._start()

    # weights ---------------------------------------------------------------------------------

    def _start(self) -> Session:
        """A session with the user's current weights, or with the base where they cannot be used."""
        from storage import WeightsDamaged

        saved = self.ledger.current_weights()
        if saved is not None and saved.base_hash != self.model.base_hash:
            self.notice = "the model has changed, so everything is being learned again from the ledger"
        elif saved is not None:
            try:
                return self._new_session(self.model, self._load(saved))
            except WeightsDamaged as error:
                self.notice = f"{error}; everything is being learned again from the ledger"
        if self.notice:
            self.ledger.rewind_to(None)
        return self._new_session(self.model, None)

    def _load(self, saved: SavedWeights) -> dict[str, Any]:
        return self.profile.weights.load(saved, expect=self.model.expect, base_hash=self.model.base_hash)

    def rewind(self, saved: SavedWeights | None) -> None:
        """Go back to kept weights (None: the base); what was learned since is unlearned in the ledger."""
        if saved is not None and saved.base_hash != self.model.base_hash:
            saved = None
        weights = None if saved is None else self._load(saved)
        self.ledger.rewind_to(saved)
        self.restart(weights)

    def restart(self, weights: dict[str, Any] | None) -> None:
        """A fresh session; words fed and not learned yet stay unlearned in the ledger."""
        self.session = self._new_session(self.model, weights)
        self.owner, self.position = NOBODY, 0
        self._learned.clear()

    # the window ------------------------------------------------------------------------------

    def take_window(self, owner: Owner) -> list[dict[str, Any]]:
        """Learn what is left of the window's words, second readings too, and give it to another, empty."""
        if owner == self.owner:
            return []
        return self.clear_window(owner)

    def clear_window(self, owner: Owner = NOBODY) -> list[dict[str, Any]]:
        """The same even when the owner stays."""
        self.session.new_conversation()
        self.owner, self.position = owner, 0
        return self.commit()

    def feed(self, text: str, role: str, *, learn: bool = False, source: Source | None = None) -> int:
        """Feed one turn; returns its tokens."""
        count = self.session.feed(text, role, learn=learn, source=source)
        self.position += count
        return count

    def flush(self) -> list[dict[str, Any]]:
        """Learn the remainder now; the window stays."""
        self.session.flush()
        return self.commit()

    # learning --------------------------------------------------------------------------------

    def lesson_tokens(self, text: str) -> int:
        """Tokens that learning this text once takes: all of its turn but the first."""
        return self.session.count_tokens(text) - 1

    def own_tokens(self, text: str, understood: str = "") -> int:
        """The same for the user's own words, which are read twice.

        Args:
            understood: what the assistant said again of them.
        """
        return self.lesson_tokens(text) + self.session.count_again(text, understood)

    def item_tokens(self, item: Item) -> int:
        """Lesson tokens of an item, its second reading included where it has one."""
        return self.own_tokens(item.text, item.understood) if item.own else self.lesson_tokens(item.text)

    def tokens_left(self, item: Item) -> int:
        """Lesson tokens of an item that are still to be learned."""
        learned = max(item.learned_tokens, self.learned((item.kind, item.id)))
        once, total = self.lesson_tokens(item.text), self.item_tokens(item)
        # a second reading that was broken off is done whole
        return total - min(learned, once) if learned < total else 0

    def learned(self, source: Source) -> int:
        """Tokens of an item that are learned and saved, as far as this process knows."""
        return self._learned.get(source, 0)

    def commit(self) -> list[dict[str, Any]]:
        """Save the session's new updates: weights file first, then one ledger transaction.

        Returns:
            One receipt an update of turns; those of a document are summed by `total`.
        """
        updates = self.session.take_updates()
        if not updates:
            return []
        saved = None
        if any(u.accepted for u in updates):
            saved = self.profile.weights.save(
                self.session.fast_weights, base_hash=self.model.base_hash, metadata={"model": self.model.name}
            )
        learned: dict[Source, int] = {}
        for update in updates:
            for kind, item, count in update.items:
                source = (kind, item)
                learned[source] = learned.get(source, self.learned(source)) + count
        ids = self.ledger.commit_update(
            weights=saved,
            updates=[{**asdict(u), "base_hash": self.model.base_hash} for u in updates],
            progress=[(kind, item, count) for (kind, item), count in learned.items()],
        )
        self._learned |= learned
        self._saved_at = time.monotonic()
        self.profile.weights.prune(set())
        receipts = [receipt(u, i) for u, i in zip(updates, ids, strict=True)]
        for update, told in zip(updates, receipts, strict=True):
            for kind, item, count in update.items:
                if kind == "document":
                    self._receipts.setdefault((kind, item), []).append({**told, "tokens": count})
        return [r for r in receipts if any(i["id"].startswith("t") for i in r["items"])]

    def read_document(
        self, text: str, source: Source, *, learned: int = 0, twice: bool = False, understood: str = ""
    ) -> Iterator[int]:
        """Learn a document, one mini-batch a step; the caller may let others use the window between steps.

        Args:
            learned: lesson tokens learned before.
            twice: leave a second reading for when the window is next cleared.
            understood: what the assistant said again of it.

        Yields:
            Lesson tokens of the first reading so far.
        """
        self._learned[source] = max(learned, self.learned(source))
        owner: Owner = ("document", source[1])
        total = self.lesson_tokens(text)
        while self.learned(source) < total:
            self.clear_window(owner)
            done = self.learned(source)
            for step in self.session.feed_document(text, source, skip_tokens=done + 1 if done else 0):
                if step.tokens_done <= done + 1:
                    continue
                if time.monotonic() - self._saved_at > SAVE_SECONDS:
                    self.commit()
                yield step.tokens_done - 1
                if self.owner != owner:
                    break
            else:
                self.clear_window()
                break
        if twice and self.learned(source) < self.own_tokens(text, understood):
            self._learned[source] = total
            self.session.read_again(text, source, understood)

    def relearn(self, items: Iterable[Item]) -> Iterator[int]:
        """Learn ledger items that are not, or not wholly, learned, in the order given.

        Yields:
            Tokens of this step.
        """
        waiting = 0
        for item in items:
            # what still stands in the window is learned first: it may be this very item
            self.take_window(("relearn", None))
            source: Source = (item.kind, item.id)
            once, total = self.lesson_tokens(item.text), self.item_tokens(item)
            self.ledger.set_tokens(*source, total)
            left = self.tokens_left(item)
            if not left:
                continue
            before = total - left
            if item.kind == "turn" and not before:
                self.position += self.session.feed(item.text, "user", source=source, again=False)
                self.session.read_again(item.text, source, item.understood)
                yield once
            else:
                for done in self.read_document(
                    item.text, source, learned=before, twice=item.own, understood=item.understood
                ):
                    yield done - before
                    before = done
            waiting += total - once
            # now and then, or all second readings would come in one long step at the end
            if waiting > self.session.window:
                self.clear_window()
                yield waiting
                waiting = 0
        self.clear_window()
        if waiting:
            yield waiting

    def total(self, source: Source) -> dict[str, Any]:
        """One receipt for all that was learned of an item since this process began."""
        return summed(self._receipts.pop(source, []))


def receipt(update: Update, update_id: int) -> dict[str, Any]:
    """An update as the user is told of it."""
    return {
        "update": update_id,
        "tokens": update.tokens,
        "seconds": round(update.seconds, 3),
        "loss_before": round(update.loss_before, 4),
        "loss_after": round(update.loss_after, 4),
        "items": [{"id": f"{kind[0]}{item}", "tokens": count} for kind, item, count in update.items],
        "accepted": update.accepted,
        "reason": update.reason,
    }


def summed(receipts: list[dict[str, Any]]) -> dict[str, Any]:
    """One receipt for many: tokens and seconds added, losses weighted by tokens."""
    tokens = sum(r["tokens"] for r in receipts)
    share = max(tokens, 1)
    return {
        "tokens": tokens,
        "seconds": round(sum(r["seconds"] for r in receipts), 3),
        "loss_before": round(sum(r["loss_before"] * r["tokens"] for r in receipts) / share, 4),
        "loss_after": round(sum(r["loss_after"] * r["tokens"] for r in receipts) / share, 4),
        "accepted": all(r["accepted"] for r in receipts),
        "reason": next((r["reason"] for r in receipts if r["reason"]), ""),
    }
