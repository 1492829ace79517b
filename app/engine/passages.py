"""Which passages of the store go before an answer: those near enough, few enough, and not questions.

Earlier questions match a question best and answer nothing, so a hit that only asks is left out, as is
what the model still sees in its window. The model helps twice: where search is not sure it drafts an answer, which is
searched for too (docs/adr/0007), and it says how likely each hit is as an answer (docs/adr/0010).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from storage import Hit, Search

    Likelihood = Callable[[Sequence[str]], Sequence[float]]
    """How likely each text is as an answer to the message, 0 to 1."""

THRESHOLD = {"turn": 0.2, "passage": 0.55}
"""Search scores below this are no use: a short turn that answers often scores little, a long passage of
other things about as much. Measured on MiniLM, see docs/log.md."""
NEAR = 0.7
"""So is what counts less than this share of the best."""
SURE = 0.6
"""From this score on the best hit answered the question 122 times of 124."""
LONG_CHARS = 200
"""Beside a short answer, a passage longer than this distracts the model more than it helps."""
MAX_TOKENS = 160
"""Tokens all passages of one answer may take together."""
LIMIT = 4
CANDIDATES = 12
"""Hits whose likelihood as an answer is asked for."""
QUERY_CHARS = 600
"""A long message is searched by its beginning."""
QUERY_PARTS = 3
"""Sentences of a message that are searched for by themselves, the last ones."""

_SENTENCE = re.compile(r"(?<=[.!?:\u2026。？！])\s+")
_ASKING = re.compile(r"[^.!?\u2026。]*[?？؟]+[\s\"')\]]*")


def is_question(text: str) -> bool:
    """Whether every sentence of it asks."""
    return bool(text.strip()) and not _ASKING.sub("", text).strip()


def queries(message: str) -> list[str]:
    """The message and its sentences: what surrounds a question hides what it asks for.

    Args:
        message: the user's words; sentences of one word or two are left out.
    """
    message = message[:QUERY_CHARS]
    parts = [p for p in _SENTENCE.split(message) if len(p.split()) > 2]
    return list(dict.fromkeys([message, *parts[-QUERY_PARTS:]]))


def find(
    search: Search,
    query: str,
    draft: Callable[[], str] | None = None,
    likelihood: Likelihood | None = None,
    *,
    seen: Collection[int],
    count_tokens: Callable[[str], int],
) -> list[dict[str, Any]]:
    """The passages to show the model, best first.

    Args:
        draft: makes what the model would answer without passages ("Your dentist is ..."), which is searched for too
            where there is something to find and nothing is sure: it says in the words of what was understood
            what the question asks in others.
        likelihood: asked of the turns found; a turn counts by its score and this.
        seen: ids of turns that are in the window already.
        count_tokens: tokens of a text.
    """
    best: dict[tuple[str, int], Hit] = {}

    def look(part: str) -> None:
        for hit in search.search(part, limit=3 * LIMIT):
            key = (hit.kind, hit.id)
            if not (hit.kind == "turn" and (hit.id in seen or is_question(hit.text))):
                best[key] = max(hit, best.get(key, hit), key=lambda h: h.score)

    for part in queries(query):
        look(part)
    if draft and best and all(hit.score < SURE for hit in best.values()) and (answer := draft()):
        look(answer)
    usable = [hit for hit in best.values() if hit.score >= THRESHOLD[hit.kind]]
    usable = sorted(usable, key=lambda h: -h.score)[:CANDIDATES]
    likely = _likelihoods([hit for hit in usable if hit.kind == "turn"], likelihood)
    most = max(likely.values(), default=0.0)

    def count(hit: Hit) -> float:
        # a piece of a document is no answer in itself: it stands against the likeliest turn by its score alone
        return hit.score + likely.get((hit.kind, hit.id), most)

    usable.sort(key=lambda h: -count(h))
    out: list[dict[str, Any]] = []
    left = MAX_TOKENS
    for hit in usable:
        if count(hit) < NEAR * count(usable[0]):
            break
        if len(hit.text) > LONG_CHARS >= len(usable[0].text):
            continue
        text = fit(" ".join(hit.text.split()), left, count_tokens)
        if not text:
            break
        left -= count_tokens(text) + 6
        out.append(
            {"id": hit.item_id, "source": hit.source, "text": text, "score": round(float(hit.score), 4)}
        )
        if len(out) == LIMIT or left < 12:
            break
    return out


def _likelihoods(turns: list[Hit], likelihood: Likelihood | None) -> dict[tuple[str, int], float]:
    """How likely each turn is as an answer, by what was understood of it or else its words; none where there is no choice."""
    if likelihood is None or len(turns) < 2:
        return {}
    found = likelihood([hit.understood or hit.text for hit in turns])
    return {(hit.kind, hit.id): likely for hit, likely in zip(turns, found, strict=True)}


def fit(text: str, tokens: int, count_tokens: Callable[[str], int]) -> str:
    """The text, or as many of its words as fit, or '' when hardly any would."""
    count = count_tokens(text)
    if count <= tokens:
        return text
    words = text.split()
    keep = int(len(words) * tokens / count * 0.95)
    return " ".join(words[:keep]) + " …" if keep >= 8 else ""


def memory_turn(passages: list[dict[str, Any]]) -> str:
    """The text of the memory turn."""
    return "\n".join(f"[{p['id']}] {p['text']}" for p in passages)
