"""`mneme bench read`: a book is read by the real engine; how fast, and does what was read help?

Nine tenths are ingested. Then the last tenth is read with the fast weights held still, once with what
was learned and once without. Questions are answered with the passages that search found.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from app.bench.common import device_line, note, own_home, started


def run(file: Path, *, questions: Path | None) -> None:
    """Measure and print."""
    from app.readers import read_document

    text = read_document(file).text
    cut = text.rfind("\n", 0, len(text) * 9 // 10)
    with own_home() as env, tempfile.TemporaryDirectory() as folder:
        part = Path(folder) / file.with_suffix(".txt").name
        part.write_text(text[:cut])
        engine, opened = started(env, "reader", wait=True)
        shown = [0.0]

        def listen(event: dict[str, Any]) -> None:
            if event["event"] == "job" and event["stage"] == "learning" and event["done"] - shown[0] > 5000:
                shown[0] = event["done"]
                note(
                    f"{event['done']}/{event['total']} tokens, {event['tokens_per_second']}/s, {event['eta_seconds']} s left"
                )

        document = engine.request("ingest", listen, paths=[str(part)])["documents"][0]
        asked = [q for q in questions.read_text().splitlines() if q.strip()] if questions else []
        answers = []
        for question in asked:
            engine.request("new_conversation")
            got = engine.request(
                "turn", text=question, memory="both", off_record=True, max_tokens=60, temperature=0
            )
            answers.append((question, got))
        engine.close()
        _losses(env, text[cut:], document)
        for question, got in answers:
            print(f"\nQ {question}\nA {got['answer']}")
            for passage in got["passages"]:
                print(f"  [{passage['id']} {passage['score']:.2f}] {' '.join(passage['text'].split())[:200]}")
        print(f"\nread of {file.name} by {device_line(opened)}")


def _losses(env: dict[str, str], rest: str, document: dict[str, Any]) -> None:
    import core
    from app.engine.models import roots
    from core.bench import frozen_loss
    from storage import Profile

    rate = document["tokens"] / document["wall_seconds"]
    print(f"read {document['tokens']} tokens in {document['wall_seconds']:.1f} s: {rate:.0f} tokens/s")
    model = core.load_model(env["MNEME_MODEL"], roots=roots())
    os.environ["MNEME_HOME"] = env["MNEME_HOME"]
    with Profile.open("reader") as profile:
        saved = profile.ledger.current_weights()
        assert saved is not None
        learned = profile.weights.load(saved, expect=model.expect, base_hash=model.base_hash)
    for name, fast in (("with what was learned", learned), ("without", None)):
        loss = frozen_loss(core.Session(model, fast_weights=fast), rest)
        print(f"last tenth {name}: {loss:.4f} nats/token")
