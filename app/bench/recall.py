"""`mneme bench recall`: is what was told known after much else was read and the program was restarted?

People, values, wordings and small talk come from the test split of `core.episodes`, of which training
saw nothing. Each person's facts are told in a chat, then other text of `distance` tokens is read, the
process ends, another one opens the same user and is asked each question in an empty window. Right is an
answer that contains the value.
"""

from __future__ import annotations

import json
import random
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.bench.common import device_line, note, own_home, started

if TYPE_CHECKING:
    from core.episodes.kinds import Meeting

ARMS = ("none", "weights", "store", "both")
PART = 480
"""Tokens of one piece of other text, roughly."""


def other_text(folder: Path, rng: random.Random, distance: int) -> None:
    """Files of small talk that together have at least `distance` tokens, four characters or less a token."""
    from core.episodes import small_talk

    total, number = 0, 0
    while total < distance * 4.2:
        lines: list[str] = []
        while sum(map(len, lines)) < PART * 4:
            lines += [text for _, text in small_talk(rng, "test")]
        number += 1
        text = " ".join(lines)
        (folder / f"{number:03}.txt").write_text(text)
        total += len(text)


def person(
    env: dict[str, str], name: str, split: Meeting, count: int, rng: random.Random, distance: int, show: bool
):
    """One person's right answers by arm, the tokens of other text, and the model's line."""
    from core.bench import has_value
    from core.episodes import ask_words, kinds, sample_person, tell_words

    facts = sample_person(rng, "test", count, kinds(split))
    engine, opened = started(env, name, wait=True)
    conversation = None
    for fact in facts:
        told = engine.request(
            "turn",
            text=tell_words(rng, fact, "test"),
            conversation=conversation,
            max_tokens=40,
            temperature=0,
        )
        conversation = told["conversation"]
    engine.request("new_conversation")
    read = 0
    if distance:
        with tempfile.TemporaryDirectory() as folder:
            other_text(Path(folder), rng, distance)
            read = sum(d["tokens"] for d in engine.request("ingest", paths=[folder])["documents"])
            if read < distance:
                raise RuntimeError(f"expected at least {distance} tokens of other text, read {read}")
    engine.close()

    engine, _ = started(env, name, wait=True)
    right = dict.fromkeys(ARMS, 0)
    for fact in facts:
        question = ask_words(rng, fact, "test")
        for arm in ARMS:
            engine.request("new_conversation")
            got = engine.request(
                "turn", text=question, memory=arm, off_record=True, max_tokens=40, temperature=0
            )
            hit = has_value(got["answer"], fact.value)
            right[arm] += hit
            if show:
                shown = " / ".join(p["text"] for p in got["passages"])
                note(f"  {'+' if hit else '-'} {arm:7} {fact.tell} | {question} | {got['answer']} | {shown}")
    engine.close()
    return right, read, device_line(opened)


def run(counts: list[int], *, people: int, distance: int, seed: int, show: bool, as_json: bool) -> None:
    """Measure and print the table."""
    from core.bench import wilson

    rows: list[dict[str, Any]] = []
    line, least = "", 1 << 60
    splits: tuple[Meeting, ...] = ("train", "unseen")
    for split in splits:
        for count in counts:
            total = dict.fromkeys(ARMS, 0)
            for number in range(people):
                began = time.monotonic()
                rng = random.Random(f"{seed}/{split}/{count}/{number}")
                with own_home() as env:
                    right, read, line = person(env, "person", split, count, rng, distance, show)
                least = min(least, read)
                for arm in ARMS:
                    total[arm] += right[arm]
                note(
                    f"{split} {count} facts, person {number + 1}/{people}: {right} in {time.monotonic() - began:.0f} s"
                )
            for arm in ARMS:
                asked = count * people
                low, high = wilson(total[arm], asked)
                rows.append(
                    {
                        "kinds": "met" if split == "train" else "unseen",
                        "facts": count,
                        "arm": arm,
                        "right": total[arm],
                        "asked": asked,
                        "share": total[arm] / asked,
                        "low": low,
                        "high": high,
                    }
                )
    if as_json:
        print(json.dumps({"rows": rows, "distance": least, "seed": seed, "device": line}, indent=2))
        return
    print(f"{'kinds':8} {'facts':>5} {'arm':8} {'right':>9} {'share':>6}   95 % interval")
    for r in rows:
        interval = f"{r['low']:.1%} to {r['high']:.1%}"
        print(
            f"{r['kinds']:8} {r['facts']:5} {r['arm']:8} {r['right']:4}/{r['asked']:4} {r['share']:6.1%}   {interval}"
        )
    print(f"recall after at least {least} tokens of other text and a restart, seed {seed}; {line}")
