"""The ledger: everything said and read, and the journal of what was learned from it.

It is the truth; fast-weight files are a cache that can be rebuilt from it. Items are ordered by a
sequence number, never by the clock. Every write is one transaction.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from storage.database import Connections
from storage.errors import StorageError
from storage.records import Conversation, Document, Item, SavedWeights, Turn, UpdateRow, with_understood

UPDATE_FIELDS = ("tokens", "loss_before", "loss_after", "grad_norm", "step_norm", "seconds", "accepted", "reason", "token_hash", "base_hash")  # fmt: skip
TABLE = {"turn": "turns", "document": "documents"}


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


class Ledger:
    """One user's ledger. Methods may be called from any thread; writes take turns."""

    def __init__(self, path: Path) -> None:
        self._connections = Connections(path)
        self._writing = threading.RLock()
        self.dropped = 0
        """Rows taken from the search index by this process."""

    @property
    def db(self) -> Any:
        """This thread's `sqlite_utils.Database`."""
        return self._connections.get()

    def close(self) -> None:
        self._connections.close()

    def _rows(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        return list(self.db.query(sql, list(values)))

    def _one(self, sql: str, *values: Any) -> dict[str, Any] | None:
        rows = self._rows(sql, *values)
        return rows[0] if rows else None

    def _next_seq(self) -> int:
        self.db.execute("update sequence set next = next + 1")
        row = self._one("select next from sequence")
        assert row is not None
        return row["next"]

    # conversations and turns -----------------------------------------------------------------

    def add_conversation(self, title: str = "") -> int:
        with self._writing, self.db.atomic():
            return (
                self.db["conversations"].insert({"title": title, "created": now(), "updated": now()}).last_pk
            )

    def conversations(self, limit: int = 200) -> list[Conversation]:
        """Newest first."""
        rows = self._rows(
            "select c.id, c.title, c.created, c.updated, count(t.id) as turns from conversations c"
            " left join turns t on t.conversation_id = c.id group by c.id"
            " order by max(coalesce(t.seq, 0)) desc, c.id desc limit ?",
            limit,
        )
        return [Conversation(**r) for r in rows]

    def rename_conversation(self, conversation_id: int, title: str) -> None:
        with self._writing, self.db.atomic():
            self.db["conversations"].update(conversation_id, {"title": title})

    def delete_conversation(self, conversation_id: int) -> None:
        """Delete its rows; what was learned from them is not undone (`forget` does that)."""
        with self._writing, self.db.atomic():
            for turn in self.turns(conversation_id):
                self._drop_search("turn", [turn.id])
            self.db.execute("delete from conversations where id = ?", [conversation_id])

    def turns(self, conversation_id: int) -> list[Turn]:
        return [
            _turn(r)
            for r in self._rows("select * from turns where conversation_id = ? order by seq", conversation_id)
        ]

    def turn(self, turn_id: int) -> Turn | None:
        row = self._one("select * from turns where id = ?", turn_id)
        return _turn(row) if row else None

    def add_turn(self, conversation_id: int, role: str, text: str, *, learn: bool) -> int:
        """Commit one turn; a user's turn is at once found by search."""
        with self._writing, self.db.atomic():
            turn_id = (
                self.db["turns"]
                .insert(
                    {
                        "conversation_id": conversation_id,
                        "role": role,
                        "text": text,
                        "when": now(),
                        "learn": int(learn),
                        "finished": int(role == "user"),
                        "seq": self._next_seq(),
                    }
                )
                .last_pk
            )
            self.db.execute("update conversations set updated = ? where id = ?", [now(), conversation_id])
            if role == "user":
                self._index("turn", [(turn_id, text)])
            return turn_id

    def set_turn(self, turn_id: int, *, text: str, finished: bool) -> None:
        """Keep an answer's text as far as it came."""
        with self._writing, self.db.atomic():
            self.db.execute(
                "update turns set text = ?, finished = ? where id = ?", [text, int(finished), turn_id]
            )

    def set_understood(self, turn_id: int, understood: str) -> None:
        """Keep what the reply said again of a user's turn; search finds the turn by it too."""
        with self._writing, self.db.atomic():
            self.db.execute("update turns set understood = ? where id = ?", [understood, turn_id])
            row = self._one("select text from turns where id = ?", turn_id)
            if row is not None:
                self._drop_search("turn", [turn_id])
                self._index("turn", [(turn_id, with_understood(row["text"], understood))])

    # documents -------------------------------------------------------------------------------

    def add_document(
        self, source: str, title: str, text: str, sha256: str, *, kind: str = "document", learn: bool = True
    ) -> int:
        """Commit a document; the same content again gives the id it has."""
        with self._writing, self.db.atomic():
            if found := self._one("select id from documents where sha256 = ?", sha256):
                return found["id"]
            return (
                self.db["documents"]
                .insert(
                    {
                        "kind": kind,
                        "source": source,
                        "title": title,
                        "text": text,
                        "sha256": sha256,
                        "when": now(),
                        "learn": int(learn),
                        "seq": self._next_seq(),
                    }
                )
                .last_pk
            )

    def document(self, document_id: int) -> Document | None:
        row = self._one("select * from documents where id = ?", document_id)
        return _document(row) if row else None

    def documents(self) -> list[Document]:
        return [_document(r) for r in self._rows("select * from documents order by seq")]

    def add_passages(self, document_id: int, texts: Sequence[str]) -> list[int]:
        """Commit a document's passages, once; they are at once found by search."""
        with self._writing, self.db.atomic():
            found = self._rows("select id from passages where document_id = ? order by id", document_id)
            if found:
                return [r["id"] for r in found]
            ids = [self.db["passages"].insert({"document_id": document_id, "text": t}).last_pk for t in texts]
            self._index("passage", list(zip(ids, texts, strict=True)))
            return ids

    # learning --------------------------------------------------------------------------------

    def set_tokens(self, kind: str, item_id: int, tokens: int) -> None:
        """How many lesson tokens an item has."""
        with self._writing, self.db.atomic():
            self.db.execute(f"update {TABLE[kind]} set tokens = ? where id = ?", [tokens, item_id])

    def unlearned(self) -> list[Item]:
        """Items that are to be learned and are not wholly, in the order they came."""
        rows = self._rows(
            "select * from (select 'turn' as kind, id, text, tokens, learned_tokens, 1 as own, understood, seq from turns"
            " where learn = 1 and role = 'user' and (tokens = 0 or learned_tokens < tokens)"
            " union all select 'document', id, text, tokens, learned_tokens, kind = 'note', '', seq from documents"
            " where learn = 1 and (tokens = 0 or learned_tokens < tokens)) order by seq"
        )
        return [_item(r) for r in rows]

    def commit_update(
        self,
        *,
        weights: SavedWeights | None,
        updates: Sequence[dict[str, Any]],
        progress: Iterable[tuple[str, int, int]],
    ) -> list[int]:
        """One transaction: journal rows, their items, learned tokens and the current weights.

        Args:
            weights: the file just saved, or None when nothing changed.
            updates: journal fields of each update, with `items` as (kind, id, tokens).
            progress: (kind, id, learned tokens) to set.

        Returns:
            The ids of the journal rows.
        """
        with self._writing, self.db.atomic():
            version = self._current_version()
            if weights is not None:
                learned = sum(u["tokens"] for u in updates if u["accepted"])
                before = self.current_weights()
                self.db["weights"].insert(
                    {
                        "version": weights.version,
                        "file": weights.file,
                        "sha256": weights.sha256,
                        "base_hash": weights.base_hash,
                        "tokens_learned": (before.tokens_learned if before else 0) + learned,
                        "when": now(),
                    }
                )
                version = weights.version
                self.db.execute("update current set weights_version = ?", [version])
            ids = []
            for update in updates:
                row = {k: update[k] for k in UPDATE_FIELDS} | {"when": now(), "weights_version": version}
                row["accepted"] = int(row["accepted"])
                ids.append(self.db["updates"].insert(row).last_pk)
                for kind, item, tokens in update["items"]:
                    found = self._one(f"select learned_tokens from {TABLE[kind]} where id = ?", item)
                    self.db["update_items"].insert(
                        {
                            "update_id": ids[-1],
                            "kind": kind,
                            "item_id": item,
                            "tokens": tokens,
                            "learned_before": found["learned_tokens"] if found else 0,
                        }
                    )
                    self.db.execute(
                        f"update {TABLE[kind]} set learned_tokens = learned_tokens + ? where id = ?",
                        [tokens, item],
                    )
            for kind, item, count in progress:
                self.db.execute(f"update {TABLE[kind]} set learned_tokens = ? where id = ?", [count, item])
            return ids

    def _current_version(self) -> int | None:
        row = self._one("select weights_version from current")
        return row["weights_version"] if row else None

    def current_weights(self) -> SavedWeights | None:
        """The version in force; None is the base."""
        row = self._one("select w.* from weights w join current c on c.weights_version = w.version")
        return SavedWeights(**row) if row else None

    def last_version(self) -> int:
        """The highest version number ever given."""
        row = self._one("select coalesce(max(seq), 0) as n from sqlite_sequence where name = 'weights'")
        return row["n"] if row else 0

    def kept_weights(self) -> list[SavedWeights]:
        """Every version whose file is kept, oldest first."""
        return [SavedWeights(**r) for r in self._rows("select * from weights order by version")]

    def drop_weights(self, versions: Iterable[int]) -> None:
        """Take versions whose files were deleted out of the list; journal rows stay."""
        with self._writing, self.db.atomic():
            for version in versions:
                self.db.execute("delete from weights where version = ?", [version])

    def journal(self, limit: int = 50) -> list[UpdateRow]:
        """Newest first, undone ones included."""
        rows = self._rows("select * from updates order by id desc limit ?", limit)
        return [self._update(r) for r in rows]

    def updates_of(self, kind: str, item_id: int) -> list[UpdateRow]:
        """Journal rows that learned an item, oldest first."""
        rows = self._rows(
            "select u.* from updates u join update_items i on i.update_id = u.id"
            " where i.kind = ? and i.item_id = ? order by u.id",
            kind,
            item_id,
        )
        return [self._update(r) for r in rows]

    def _update(self, row: dict[str, Any]) -> UpdateRow:
        items = self._rows("select kind, item_id, tokens from update_items where update_id = ?", row["id"])
        flags: dict[str, Any] = {k: bool(row[k]) for k in ("accepted", "undone")}
        return UpdateRow(**(row | flags), items=tuple((i["kind"], i["item_id"], i["tokens"]) for i in items))

    def weights_before(self, kind: str, item_id: int) -> SavedWeights | None:
        """The newest kept version from before the item was first learned; None is the base."""
        first = self._one(
            "select min(u.id) as id from updates u join update_items i on i.update_id = u.id"
            " where i.kind = ? and i.item_id = ? and u.undone = 0",
            kind,
            item_id,
        )
        if not first or first["id"] is None:
            return self.current_weights()
        row = self._one(
            "select w.* from weights w where w.version < (select min(weights_version) from updates where id >= ?"
            " and undone = 0) and w.version in (select weights_version from updates where undone = 0)"
            " order by w.version desc limit 1",
            first["id"],
        )
        return SavedWeights(**row) if row else None

    def rewind_to(self, saved: SavedWeights | None) -> None:
        """Make kept weights current; later updates are undone and their items unlearned."""
        version = saved.version if saved else 0
        if saved and not self._one("select 1 from weights where version = ?", version):
            raise StorageError(f"expected a kept version of the weights, got {version}")
        with self._writing, self.db.atomic():
            later = self._rows(
                "select id from updates where undone = 0 and coalesce(weights_version, 0) > ? order by id desc",
                version,
            )
            for update in later:
                for item in self._rows("select * from update_items where update_id = ?", update["id"]):
                    self.db.execute(
                        f"update {TABLE[item['kind']]} set learned_tokens = min(learned_tokens, ?) where id = ?",
                        [item["learned_before"], item["item_id"]],
                    )
                self.db.execute("update updates set undone = 1 where id = ?", [update["id"]])
            self.db.execute("update current set weights_version = ?", [saved.version if saved else None])

    # forgetting ------------------------------------------------------------------------------

    def forget(self, kind: str, item_id: int) -> None:
        """Delete an item's rows, passages and index entries, then every trace in free pages.

        Raises:
            StorageError: there is no such item.
        """
        if not self._one(f"select 1 from {TABLE[kind]} where id = ?", item_id):
            raise StorageError(f"there is nothing to forget under {kind[0]}{item_id}")
        with self._writing, self.db.atomic():
            if kind == "document":
                ids = [r["id"] for r in self._rows("select id from passages where document_id = ?", item_id)]
                self._drop_search("passage", ids)
                self.db.execute("delete from documents where id = ?", [item_id])
            else:
                self._drop_search("turn", [item_id])
                self.db.execute("delete from turns where id = ?", [item_id])
            self.db.execute("delete from update_items where kind = ? and item_id = ?", [kind, item_id])
        self.purge()

    def set_learn(self, kind: str, item_id: int, learn: bool) -> None:
        """Whether an item is to be learned at all."""
        with self._writing, self.db.atomic():
            self.db.execute(f"update {TABLE[kind]} set learn = ? where id = ?", [int(learn), item_id])

    def purge(self) -> None:
        """Leave no deleted text in the index, in free pages or in the write-ahead log."""
        with self._writing:
            self.db.execute("insert into search(search) values ('optimize')")
            self.db.vacuum()
            self._rows("select 1")
            list(self.db.execute("pragma wal_checkpoint(truncate)").fetchall())

    # search index ----------------------------------------------------------------------------

    def _index(self, kind: str, rows: Sequence[tuple[int, str]]) -> None:
        for row_id, text in rows:
            self.db.execute("insert into search(text, kind, row_id) values (?, ?, ?)", [text, kind, row_id])

    def _drop_search(self, kind: str, ids: Sequence[int]) -> None:
        self.dropped += len(ids)
        for row_id in ids:
            self.db.execute("delete from search where kind = ? and row_id = ?", [kind, row_id])
            self.db.execute("delete from embeddings where kind = ? and row_id = ?", [kind, row_id])

    def save_embeddings(self, rows: Sequence[tuple[str, int, bytes]], model: str) -> None:
        """Store vectors by (kind, row id)."""
        with self._writing, self.db.atomic():
            for kind, row_id, vector in rows:
                self.db["embeddings"].upsert(
                    {"kind": kind, "row_id": row_id, "vector": vector, "model": model}, pk=("kind", "row_id")
                )

    # what a user sees ------------------------------------------------------------------------

    def memory_items(self, query: str | None = None) -> list[dict[str, Any]]:
        """Turns, notes and documents that are remembered, newest first."""
        rows = self._rows(
            "select * from (select 't' || id as id, 'turn' as kind, text, \"when\", learned_tokens, tokens, seq, '' as title"
            " from turns where role = 'user' union all select 'd' || id, kind, text, \"when\", learned_tokens, tokens, seq,"
            " title from documents) order by seq desc"
        )
        out = []
        for row in rows:
            if query and query.lower() not in f"{row['title']} {row['text']}".lower():
                continue
            learned = row["tokens"] > 0 and row["learned_tokens"] >= row["tokens"]
            out.append(
                {k: row[k] for k in ("id", "kind", "title", "text", "when", "tokens")} | {"learned": learned}
            )
        return out

    def stats(self) -> dict[str, Any]:
        """Counts and sizes."""
        out = {name: self._rows(f"select count(*) as n from {name}")[0]["n"] for name in ("conversations", "turns", "documents", "passages", "updates")}  # fmt: skip
        current = self.current_weights()
        out["tokens_learned"] = current.tokens_learned if current else 0
        pages = self._rows("select page_count * page_size as n from pragma_page_count, pragma_page_size")
        out["ledger_bytes"] = pages[0]["n"]
        return out


def _item(row: dict[str, Any]) -> Item:
    values: dict[str, Any] = {k: v for k, v in row.items() if k != "seq"}
    values["own"] = bool(row["own"])
    return Item(**values)


def _turn(row: dict[str, Any]) -> Turn:
    values: dict[str, Any] = {k: v for k, v in row.items() if k != "seq"}
    values |= {"learn": bool(row["learn"]), "finished": bool(row["finished"])}
    return Turn(**values)


def _document(row: dict[str, Any]) -> Document:
    values: dict[str, Any] = {k: v for k, v in row.items() if k != "seq"}
    values["learn"] = bool(row["learn"])
    return Document(**values)
