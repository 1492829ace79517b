"""Episodes to tokens and weights: each session starts a mini-batch, filler gives way to what is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from core.episodes.build import Episode, Session, Turn

HEARD = 0.5
"""Share in the value loss of a value that the assistant says again when it is told."""
Encode = Callable[[str], Any]
Row = tuple[list[int], list[float], list[float], list[float]]
"""tokens, share in the inner loss, share in the value loss, share in the mean over all"""


def _pieces(encode: Encode, text: str) -> tuple[list[int], list[tuple[int, int]] | None]:
    found = encode(text)
    return found if isinstance(found, tuple) else (list(found), None)


def _value_mask(
    turn: Turn, encode: Encode, ids: list[int], offsets: list[tuple[int, int]] | None
) -> list[float]:
    start = turn.text.rfind(turn.value)
    if start < 0:
        raise ValueError(f"expected the value {turn.value!r} in the answer {turn.text!r}")
    end = start + len(turn.value)
    if offsets is not None:
        return [float(b > start and a < end) for a, b in offsets]
    # without offsets: tokens shared with the encoded text before and after the value are not of the value
    before, _ = _pieces(encode, turn.text[:start].rstrip())
    until, _ = _pieces(encode, turn.text[:end])
    first = next((i for i, (a, b) in enumerate(zip(before, ids)) if a != b), len(before))
    last = next((i for i, (a, b) in enumerate(zip(until, ids)) if a != b), len(until))
    return [float(first <= i < last) for i in range(len(ids))]


def encode_turn(turn: Turn, encode: Encode, special_ids: Mapping[str, int]) -> Row:
    """Role, words, end; the end of a learned turn is learned."""
    ids, offsets = _pieces(encode, turn.text)
    learn = float(turn.learn)
    asked = _value_mask(turn, encode, ids, offsets) if turn.value else [0.0] * len(ids)
    words = [turn.weight] * len(ids)
    if not turn.known:
        words = [weight * (1 - share) for weight, share in zip(words, asked)]
        asked = [0.0] * len(ids)
    if not turn.ask:
        asked = [HEARD * share for share in asked]
    return (
        [special_ids[turn.role], *ids, special_ids["end"]],
        [0.0, *[learn] * (len(ids) + 1)],
        [0.0, *asked, 0.0],
        [1.0, *words, turn.weight],
    )


def _fit(episode: Episode, rows: list[list[Row]], length: int, mini_batch: int) -> list[list[Row]]:
    """Turns that fit: filler is cut first, then second readings, then the last questions, whole exchanges."""

    def padded(size: int) -> int:
        return -(-size // mini_batch) * mini_batch

    def size_of(session: list[Row]) -> int:
        return sum(len(row[0]) for row in session)

    rows = [list(session) for session in rows]
    parts = [s.part for s in episode.sessions]
    need = sum(padded(size_of(r)) for r, part in zip(rows, parts) if part != "filler")
    for at in range(len(rows) - 1, -1, -1):
        if need > length and parts[at] == "again":
            need -= padded(size_of(rows[at]))
            rows[at] = []
    at = len(rows) - 1
    while need > length and at >= 0:
        if parts[at] == "ask" and rows[at]:
            before = padded(size_of(rows[at]))
            rows[at] = rows[at][: _last_exchange(episode.sessions[at], len(rows[at]))]
            need -= before - padded(size_of(rows[at]))
        else:
            at -= 1
    room = length - need
    for session, part in zip(rows, parts):
        if part != "filler":
            continue
        while session and padded(size_of(session)) > room:
            # a long last turn is cut to what is left, a short one dropped
            left = room // mini_batch * mini_batch - size_of(session[:-1])
            turn = session.pop()
            if left >= 32:
                session.append(_first(turn, left))
        spare = size_of(session) % mini_batch
        # whole mini-batches, so that little is padding
        while session and 0 < spare < size_of(session) - mini_batch // 2:
            turn = session.pop()
            keep = len(turn[0]) - spare
            if keep > 8:
                session.append(_first(turn, keep))
                break
            spare = max(0, spare - len(turn[0]))
        room -= padded(size_of(session))
    return rows


def _first(turn: Row, count: int) -> Row:
    tokens, learn, asked, outer = turn
    return tokens[:count], learn[:count], asked[:count], outer[:count]


def _last_exchange(session: Session, count: int) -> int:
    """Turns before the last question."""
    while count and session.turns[count - 1].role != "user":
        count -= 1
    return max(count - 1, 0)


def encode_episode(
    episode: Episode,
    tokenizer_encode: Encode,
    special_ids: Mapping[str, int],
    *,
    length: int,
    mini_batch: int,
) -> dict[str, list]:
    """The episode as one row of training.

    Args:
        episode: what happens.
        tokenizer_encode: text to ids, or to (ids, [(start, end) characters]).
        special_ids: ids of the roles and of "end".
        length: inputs of the row; `tokens` has one more.
        mini_batch: tokens; each session starts at a multiple.

    Returns:
        tokens [length + 1]; learn_weight, outer_weight, ask_weight [length] of the TARGET at each
        position (ask_weight is 1 in answers, `HEARD` where the assistant says again what it was told); segment [length], the session's number from 1, 0 in padding; position [length]
        from 0 in each session.
    """
    rows = [[encode_turn(t, tokenizer_encode, special_ids) for t in s.turns] for s in episode.sessions]
    tokens = [special_ids["end"]] * (length + 1)
    learn, outer, ask = ([0.0] * length for _ in range(3))
    segment, position = [0] * length, [0] * length
    start = number = 0
    for session in _fit(episode, rows, length, mini_batch):
        ids = [i for row in session for i in row[0]][: length - start]
        if len(ids) < 2:
            continue
        number += 1
        size = len(ids)
        stop = start + size
        tokens[start:stop] = ids
        segment[start:stop] = [number] * size
        position[start:stop] = range(size)
        # the last token of a session has no target
        learn[start : stop - 1] = [x for row in session for x in row[1]][1:size]
        ask[start : stop - 1] = [x for row in session for x in row[2]][1:size]
        outer[start : stop - 1] = [x for row in session for x in row[3]][1:size]
        start = -(-stop // mini_batch) * mini_batch
        if start >= length:
            break
    return {
        "tokens": tokens,
        "learn_weight": learn,
        "outer_weight": outer,
        "ask_weight": ask,
        "segment": segment,
        "position": position,
    }
