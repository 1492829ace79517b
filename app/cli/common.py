"""What the commands share: options, the engine of one user, output.

Data goes to stdout, narration to stderr. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 the user is in
use by another process, 130 interrupted.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from app.engine import BlockingEngine

User = Annotated[
    str | None,
    typer.Option("--user", "-u", help="Whose memory (default: the last used).", show_default=False),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
ModelName = Annotated[
    str | None, typer.Option("--model", help="Name or folder of a model.", show_default=False)
]


def user_name(user: str | None) -> str:
    """The name given, else the last used, else `default`."""
    from storage import check_name, load_config

    return check_name(user or str(load_config().get("last_user") or "default"))


def say(text: str) -> None:
    """Narrate, on stderr."""
    from app.text import clean

    _end_progress()
    print(clean(text), file=sys.stderr, flush=True)


def out(text: str, end: str = "\n") -> None:
    """Print data, on stdout."""
    from app.text import clean

    _end_progress()
    print(clean(text), end=end, flush=True)


def out_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=True, indent=2, default=str), flush=True)


_progress_shown = False


def progress(text: str) -> None:
    """A line on stderr that the next one replaces; nothing where stderr is no terminal."""
    global _progress_shown
    if sys.stderr.isatty():
        from app.text import one_line

        print("\r\x1b[K" + one_line(text, 78), end="", file=sys.stderr, flush=True)
        _progress_shown = True


def _end_progress() -> None:
    global _progress_shown
    if _progress_shown:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
        _progress_shown = False


def receipt_line(told: dict[str, Any], hint: str = "mneme memory undo") -> str:
    """A receipt as one line, or why nothing was learned."""
    if not told["accepted"]:
        return f"not learned: {told['reason']}"
    before, after = told["loss_before"], told["loss_after"]
    return f"learned {told['tokens']} tokens in {told['seconds']:.1f} s, surprise {before:.1f} -> {after:.1f} nats, undo: {hint}"


def narrate(event: dict[str, Any]) -> None:
    """Show an event that is not the answer itself."""
    kind = event["event"]
    if kind == "receipt" and event["tokens"]:
        say(receipt_line(event))
    elif kind == "progress":
        share = f" {event['done']}/{event['total']} tokens" if event.get("total") else ""
        progress(f"{event['text']}{share}")
    elif kind == "job":
        _narrate_job(event)


def _narrate_job(job: dict[str, Any]) -> None:
    if job["stage"] == "learning" and job["total"]:
        share = job["done"] / job["total"]
        bar = "█" * round(20 * share) + "░" * (20 - round(20 * share))
        eta = "" if job["eta_seconds"] is None else f", {duration(job['eta_seconds'])} left"
        progress(f"{job['name']} {bar} {share:4.0%} {job['tokens_per_second']:.0f} tokens/s{eta}")
    elif job["stage"] in ("failed", "cancelled"):
        say(f"{job['name']}: {job['message'] or job['stage']}")
    elif job["stage"] == "done":
        say(f"{job['name']}: {job['message'] or 'read'}")
    else:
        progress(f"{job['name']}: {job['stage']}")


def duration(seconds: float) -> str:
    """1:02:03 or 2:03."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@contextmanager
def engine_of(
    user: str | None,
    *,
    model: str | None = None,
    load: bool = True,
    create: bool = False,
    search: bool = False,
) -> Iterator[BlockingEngine]:
    """The engine with a user open, in this process; closing it learns what is left.

    Args:
        load: whether the model is loaded at once.
        create: whether a user that does not exist is made.
        search: whether search by meaning is loaded, and waited for.
    """
    from app.engine import BlockingEngine

    with BlockingEngine(on_event=narrate) as engine:
        engine.request(
            "open", user=user_name(user), model=model, load=load, create=create, search=search, wait=search
        )
        _end_progress()
        yield engine


def usage(message: str) -> Exception:
    """An error of usage, exit code 2."""
    from app.engine.protocol import BadRequest

    return BadRequest(message)


def confirm(question: str, yes: bool) -> bool:
    """Ask on the terminal; without one, --yes is needed."""
    if yes:
        return True
    if not sys.stdin.isatty():
        raise usage("this cannot be undone: add --yes to do it without being asked")
    return typer.confirm(question, err=True)
