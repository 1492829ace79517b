"""One turn: written down, remembered with, answered, learned.

The turn is acknowledged by the `turn` event once its row is committed, before the model sees it.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from app.engine import passages
from app.engine.protocol import ARMS, BadRequest
from app.engine.requests import Request

if TYPE_CHECKING:
    from app.engine.engine import Engine

MAX_TEXT = 400_000
"""Characters of one message; longer ones belong in a file for `ingest`."""
MAX_TOKENS = 256
TEMPERATURE = 0.3
KEEP_SECONDS = 1.0
"""A streaming answer is written to the ledger this often."""
TITLE_CHARS = 60


def title_of(text: str) -> str:
    """A conversation's title: the beginning of its first message."""
    line = " ".join(text.split())
    return line if len(line) <= TITLE_CHARS else line[: TITLE_CHARS - 1].rstrip() + "…"


def turn(engine: Engine, request: Request) -> dict[str, Any]:
    """Run the `turn` request; see the module's first lines."""
    text = engine.clean(request.get("text", str)).strip()
    if not text:
        raise BadRequest("there is nothing to say: the message is empty")
    if len(text) > MAX_TEXT:
        raise BadRequest(
            f"the message is longer than {MAX_TEXT} characters; save it to a file and ingest that"
        )
    arms = request.get("memory", str, "both")
    if arms not in ARMS:
        raise BadRequest(f"memory is one of {', '.join(ARMS)}")
    off_record = request.get("off_record", bool, False)
    learn = request.get("learn", bool, True) and not off_record
    use_weights = ARMS[arms][0] and engine.settings["weights"]
    use_store = ARMS[arms][1] and engine.settings["store"]

    ledger = engine.profile.ledger
    conversation, turn_id = None, None
    if not off_record:
        conversation = request.get("conversation", int, None)
        if conversation is None:
            conversation = ledger.add_conversation(title_of(text))
        turn_id = ledger.add_turn(conversation, "user", text, learn=learn)
        request.emit("turn", turn=turn_id, conversation=conversation)
    memory = engine.memory()
    session = memory.session
    receipts = []
    began, first = time.monotonic(), 0.0
    if turn_id is not None:
        ledger.set_tokens("turn", turn_id, memory.own_tokens(text))
    receipts += engine.enter(conversation, before=turn_id)
    session.use_weights = use_weights

    found: list[dict[str, Any]] = []
    if use_store:
        seen = engine.turns_in_window()
        seen |= {turn_id} if turn_id is not None else set()
        found = passages.find(
            engine.search(),
            text,
            lambda: session.draft(text[: passages.QUERY_CHARS], request.cancelled),
            lambda texts: session.likelihood(text[: passages.QUERY_CHARS], texts),
            seen=seen,
            count_tokens=engine.count_tokens,
        )
        request.emit("passages", items=found)
    engine.note_turn(turn_id)
    source = None if turn_id is None else ("turn", turn_id)
    memory.feed(text, "user", learn=learn, source=source)
    if found:
        memory.feed(passages.memory_turn(found), "memory")

    answer_id = None if conversation is None else ledger.add_turn(conversation, "assistant", "", learn=False)
    pieces: list[str] = []
    kept = time.monotonic()
    try:
        for chunk in session.generate(
            max_tokens=request.get("max_tokens", int, MAX_TOKENS),
            temperature=float(request.get("temperature", (int, float), TEMPERATURE)),
            seed=request.get("seed", int, None),
            should_stop=request.cancelled,
        ):
            first = first or time.monotonic() - began
            pieces.append(chunk.text)
            request.emit("token", text=chunk.text)
            if answer_id is not None and time.monotonic() - kept > KEEP_SECONDS:
                ledger.set_turn(answer_id, text="".join(pieces), finished=False)
                kept = time.monotonic()
    except BaseException:
        if answer_id is not None:
            ledger.set_turn(answer_id, text="".join(pieces), finished=False)
        raise
    finally:
        session.use_weights = True
    made = session.last_generation
    assert made is not None
    if answer_id is not None:
        ledger.set_turn(answer_id, text=made.text, finished=made.finish_reason != "cancelled")
    if turn_id is not None and session.understood:
        ledger.set_understood(turn_id, session.understood)
        ledger.set_tokens("turn", turn_id, memory.own_tokens(text, session.understood))
    memory.position += made.tokens + 2
    rate = round(made.tokens_per_second, 2)
    request.emit("status", tokens_per_second=rate, context=session.context_tokens, window=session.window)
    receipts += memory.commit()
    for told in receipts:
        request.emit("receipt", **told)
    engine.touch()
    return {
        "conversation": conversation,
        "turn": turn_id,
        "answer": made.text,
        "passages": found,
        "memory": [name for name, used in (("weights", use_weights), ("store", use_store)) if used],
        "tokens": made.tokens,
        "tokens_per_second": rate,
        "first_token_seconds": round(first or time.monotonic() - began, 4),
        "learned": sum(r["tokens"] for r in receipts if r["accepted"]),
        "pending": session.pending_tokens,
        "finish_reason": made.finish_reason,
    }
