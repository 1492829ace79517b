"""Exact recall: FTS5 BM25 and embeddings, fused by reciprocal rank.

Rows are the user's turns and the passages of documents. A user has a database of their own, so
nothing of another can be found. Source of the fusion: Cormack et al., 2009, k = 60.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from storage.embedder import TextEmbedder
from storage.ledger import Ledger
from storage.records import with_understood

K = 60
STOP = frozenset(["a", "an", "and", "are", "as", "at", "be", "but", "by", "can", "did", "do", "does", "for", "from", "had", "has", "have", "how", "i", "if", "in", "is", "it", "me", "my", "of", "on", "or", "our", "s", "so", "t", "tell", "than", "that", "the", "their", "them", "then", "there", "they", "this", "to", "was", "we", "were", "what", "when", "where", "which", "who", "why", "will", "with", "would", "you", "your"])  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Hit:
    """Something found."""

    kind: str
    """turn or passage"""
    id: int
    item_id: str
    """the item it belongs to, as `t12` or `d3`"""
    source: str
    """where it is from, in words"""
    text: str
    score: float
    """0 to 1: similarity of meaning, raised by shared words"""
    understood: str = ""
    """what the assistant said again of a turn"""
    when: str


class Search:
    """Search in one user's ledger."""

    def __init__(self, ledger: Ledger, embedder: TextEmbedder | None = None) -> None:
        self._ledger = ledger
        self.embedder = embedder
        self._keys: list[tuple[str, int]] = []
        self._matrix = np.zeros((0, 384), np.float16)
        self._stamp = (-1, -1, -1)

    def index_pending(
        self,
        batch: int = 32,
        progress: Callable[[int, int], bool | None] | None = None,
        limit: int = -1,
    ) -> int:
        """Embed rows that have no vector yet; returns how many.

        Args:
            progress: told (done, total) after each batch; returning False stops.
            limit: rows at most; -1 is all.
        """
        if self.embedder is None:
            return 0
        rows = self._ledger._rows(
            "select s.kind, s.row_id, s.text from search s left join embeddings e on e.kind = s.kind"
            " and e.row_id = s.row_id and e.model = ? where e.row_id is null limit ?",
            self.embedder.name,
            limit,
        )
        for i in range(0, len(rows), batch):
            part = rows[i : i + batch]
            vectors = self.embedder.encode([r["text"] for r in part]).astype(np.float16)
            self._ledger.save_embeddings(
                [(r["kind"], r["row_id"], v.tobytes()) for r, v in zip(part, vectors, strict=True)],
                self.embedder.name,
            )
            if progress is not None and progress(min(i + batch, len(rows)), len(rows)) is False:
                return min(i + batch, len(rows))
        return len(rows)

    def search(
        self,
        query: str,
        limit: int = 4,
        *,
        exclude_conversation: int | None = None,
        kinds: Sequence[str] | None = None,
        exclude_items: Sequence[str] = (),
    ) -> list[Hit]:
        """The best rows for a query, best first."""
        words = self._by_words(query, 50)
        similar = self._by_meaning(query, 50)
        fused: dict[tuple[str, int], float] = {}
        for ranking in (list(words), list(similar)):
            for rank, key in enumerate(ranking):
                fused[key] = fused.get(key, 0.0) + 1 / (K + rank)
        asked = _words(query)
        hits: list[Hit] = []
        for key in sorted(fused, key=lambda k: -fused[k]):
            hit = self._hit(key, similar.get(key, 0.0), asked, exclude_conversation)
            if hit and (kinds is None or hit.kind in kinds) and hit.item_id not in exclude_items:
                hits.append(hit)
                if len(hits) == limit:
                    break
        return hits

    def search_conversations(self, query: str, limit: int = 50) -> list[Hit]:
        """Turns of every conversation, both sides, that hold all the words."""
        words = [w for w in re.findall(r"\w+", query.lower()) if w]
        if not words:
            return []
        where = " and ".join("instr(lower(t.text), ?) > 0" for _ in words)
        rows = self._ledger._rows(
            f'select t.id, t.text, t."when", c.id as cid, c.title from turns t join conversations c on c.id = t.conversation_id'
            f" where {where} order by t.seq desc limit ?",
            *words,
            limit,
        )
        return [
            Hit(
                kind="turn",
                id=r["id"],
                item_id=f"c{r['cid']}",
                source=r["title"],
                text=r["text"],
                score=1.0,
                when=r["when"],
            )
            for r in rows
        ]

    def _by_words(self, query: str, limit: int) -> dict[tuple[str, int], float]:
        words = sorted(_words(query)) or re.findall(r"\w+", query.lower())
        if not words:
            return {}
        match = " OR ".join('"' + w.replace('"', '""') + '"' for w in words)
        rows = self._ledger._rows(
            "select kind, row_id, bm25(search) as score from search where search match ? order by score limit ?",
            match,
            limit,
        )
        return {(r["kind"], r["row_id"]): -r["score"] for r in rows}

    def _by_meaning(self, query: str, limit: int) -> dict[tuple[str, int], float]:
        if self.embedder is None or not query.strip():
            return {}
        self.index_pending()
        self._refresh()
        if not self._keys:
            return {}
        scores = self._matrix.astype(np.float32) @ self.embedder.encode([query])[0]
        best = np.argsort(-scores)[:limit]
        return {self._keys[i]: float(scores[i]) for i in best}

    def _refresh(self) -> None:
        """Load vectors when their number or the last one changed, or some were dropped: a row id comes again."""
        row = self._ledger._one("select count(*) as n, coalesce(max(rowid), 0) as last from embeddings")
        assert row is not None
        stamp = (row["n"], row["last"], self._ledger.dropped)
        if stamp == self._stamp:
            return
        rows = self._ledger._rows("select kind, row_id, vector from embeddings")
        self._keys = [(r["kind"], r["row_id"]) for r in rows]
        vectors = [np.frombuffer(r["vector"], np.float16) for r in rows]
        self._matrix = np.stack(vectors) if vectors else np.zeros((0, 384), np.float16)
        self._stamp = stamp

    def _hit(self, key: tuple[str, int], cosine: float, asked: set[str], exclude: int | None) -> Hit | None:
        kind, row_id = key
        if kind == "turn":
            row = self._ledger._one(
                'select t.text, t.understood, t."when", t.conversation_id as cid, c.title from turns t'
                " join conversations c on c.id = t.conversation_id where t.id = ?",
                row_id,
            )
            if row is None or row["cid"] == exclude:
                return None
            item, source = f"t{row_id}", row["title"] or "conversation"
            understood = row["understood"] or ""
            searched = with_understood(row["text"], understood)
        else:
            row = self._ledger._one(
                'select p.text, d."when", d.id as did, d.title, d.kind from passages p'
                " join documents d on d.id = p.document_id where p.id = ?",
                row_id,
            )
            if row is None:
                return None
            item, source, searched = f"d{row['did']}", row["title"] or row["kind"], row["text"]
            understood = ""
        shared = len(asked & _words(searched)) / len(asked) if asked else 0.0
        lexical = shared if self.embedder is None else max(0.0, cosine) + 0.3 * shared
        return Hit(
            kind=kind,
            id=row_id,
            item_id=item,
            source=source,
            text=row["text"],
            score=min(1.0, lexical),
            when=row["when"],
            understood=understood,
        )


def _words(text: str) -> set[str]:
    """Words that carry meaning, without plural and possessive s."""
    found = (w.removesuffix("'s") for w in re.findall(r"[\w']+", text.lower()))
    return {w[:-1] if len(w) > 3 and w.endswith("s") else w for w in found if w not in STOP and w.strip("'")}
