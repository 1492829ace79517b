"""Documents on their way into memory: read beside the engine, indexed, then learned mini-batch by mini-batch.

A document is acknowledged by its `document` event, once its text and passages are in the ledger. From
then on a crash only delays it: the next open goes on from the last save.
"""

from __future__ import annotations

import hashlib
import queue
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.engine.jobs import Job
from app.engine.protocol import BadRequest, EngineError
from app.engine.requests import Request

if TYPE_CHECKING:
    from app.engine.engine import Engine
    from app.readers import Document

AHEAD = 2
"""Documents read ahead of the one being learned."""
INDEX_BATCH = 32

Read = tuple[Job, "Document | Exception"]


def ingest(engine: Engine, request: Request) -> dict[str, Any] | None:
    """Queue files and folders; the request is done when all of them are."""
    from app.readers import find_files

    paths = [Path(p).expanduser() for p in request.get("paths", list) if isinstance(p, str)]
    if not paths:
        raise BadRequest("name at least one file or folder")
    failed: list[dict[str, Any]] = []
    jobs: list[tuple[Job, Path]] = []
    for path in paths:
        try:
            for file in find_files([path]):
                job = engine.new_job(engine.clean(file.name), request.emit)
                jobs.append((job, file))
        except Exception as error:
            failed.append(failure(path, error))
    for job, _ in jobs:
        job.tell()
    engine.memory()
    engine.start_embedder()
    engine.tasks.append(_ingest(engine, request, jobs, failed))
    return None


def failure(path: Path, error: Exception) -> dict[str, Any]:
    from app.engine.protocol import to_error
    from app.text import clean

    return {"path": clean(str(path)), "message": clean(to_error(error).message)}


def _read_ahead(jobs: list[tuple[Job, Path]], request: Request, out: queue.Queue[Read | None]) -> None:
    """Read files one after another on a thread; the last thing put is None."""
    from app.readers import ReadError, read_document

    for job, path in jobs:
        if request.cancelled():
            job.cancel()
        if job.cancelled():
            out.put((job, ReadError("cancelled")))
            continue
        job.move("reading")
        try:
            out.put((job, read_document(path)))
        except Exception as error:
            out.put((job, error))
    out.put(None)


def _ingest(
    engine: Engine, request: Request, jobs: list[tuple[Job, Path]], failed: list[dict[str, Any]]
) -> Iterator[bool]:
    """The task of one `ingest` request."""
    paths = {job.id: path for job, path in jobs}
    read: queue.Queue[Read | None] = queue.Queue(AHEAD)
    threading.Thread(target=_read_ahead, args=(jobs, request, read), name="files", daemon=True).start()
    documents: list[dict[str, Any]] = []
    while True:
        try:
            got = read.get_nowait()
        except queue.Empty:
            yield False
            continue
        if got is None:
            break
        job, found = got
        if job.cancelled():
            job.move("cancelled", "cancelled before it was read")
        elif isinstance(found, Exception):
            told = failure(paths[job.id], found)
            failed.append(told)
            job.move("failed", told["message"])
        else:
            made = yield from _take_in(engine, request, job, paths[job.id], found)
            documents.append(made)
    request.done({"documents": documents, "failed": failed})


def _take_in(engine: Engine, request: Request, job: Job, path: Path, found: Document) -> Iterator[bool]:
    """Commit one document, then learn it; returns its line of the result."""
    from storage.passages import split

    ledger = engine.profile.ledger
    job.move("indexing")
    digest = hashlib.sha256(found.text.encode()).hexdigest()
    document = ledger.add_document(str(path.resolve()), found.title, found.text, digest)
    ledger.add_passages(document, split(found.text))
    job.item = f"d{document}"
    request.emit("document", item=job.item, title=found.title)
    return (yield from learn(engine, job, document, request))


def learn(engine: Engine, job: Job, document: int, request: Request | None = None) -> Iterator[bool]:
    """Learn a document of the ledger as far as it is not; returns its line of the result."""
    memory, ledger = engine.memory(), engine.profile.ledger
    source = ("document", document)
    record = _record(engine, document)
    # a file may hold the very words of a note
    twice = record.kind == "note"
    total = memory.own_tokens(record.text) if twice else memory.lesson_tokens(record.text)
    ledger.set_tokens(*source, total)
    memory.total(source)
    job.start(record.learned_tokens, total)
    began = time.monotonic()
    for done in memory.read_document(record.text, source, learned=record.learned_tokens, twice=twice):
        job.advance(done)
        yield True
        if request is not None and request.cancelled():
            job.cancel()
        if job.cancelled():
            memory.clear_window()
            ledger.set_learn(*source, False)
            break
    told = memory.total(source)
    line = {"id": f"d{document}", "title": record.title, "tokens": told["tokens"], "seconds": told["seconds"]}
    line |= {"wall_seconds": round(time.monotonic() - began, 3)}
    line |= {"surprise_before": told["loss_before"], "surprise_after": told["loss_after"]}
    if told["tokens"]:
        items = [{"id": f"d{document}", "tokens": told["tokens"]}]
        job.emit("receipt", **told, items=items, what=record.title)
    yield from _index(engine, job)
    if job.cancelled():
        job.move("cancelled", f"stopped after {job.done} of {total} tokens; what was read stays")
    else:
        job.done = total
        job.move("done", "known already" if not told["tokens"] else "")
    return line


def _record(engine: Engine, document: int) -> Any:
    """A document of the ledger.

    Raises:
        EngineError: it was forgotten meanwhile.
    """
    record = engine.profile.ledger.document(document)
    if record is None:
        raise EngineError("NoSuchItem", f"there is no document d{document} any more")
    return record


def _index(engine: Engine, job: Job) -> Iterator[bool]:
    """Embed passages that lack a vector, a few at a time."""
    search = engine.search()
    while search.embedder is not None and search.index_pending(batch=INDEX_BATCH, limit=INDEX_BATCH):
        yield True


def resume(engine: Engine, items: list[Any]) -> Iterator[bool]:
    """The task that goes on with what an earlier run left unlearned, in the order it came."""
    from storage.passages import split

    def emit(event: str, **fields: Any) -> None:
        engine.send({"id": 0, "event": event, **fields})

    for item in items:
        if item.own:
            for _ in engine.memory().relearn([item]):
                yield True
            continue
        record = _record(engine, item.id)
        job = engine.new_job(record.title, emit)
        job.item = f"d{item.id}"
        engine.profile.ledger.add_passages(item.id, split(record.text))
        yield from learn(engine, job, item.id)
