"""`mneme`: the entry point and the commands of talking. Heavy imports happen inside the commands."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli import bench, manage, memory
from app.cli.common import (
    Json,
    ModelName,
    User,
    confirm,
    engine_of,
    narrate,
    out,
    out_json,
    say,
    usage,
    user_name,
)

EPILOG = "Everything stays on this machine. `mneme COMMAND --help` explains a command."

app = typer.Typer(
    name="mneme",
    help="A personal assistant for the terminal that remembers by learning.",
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"]},
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(memory.app, name="memory")
app.add_typer(manage.users, name="users")
app.add_typer(manage.models, name="models")
app.add_typer(bench.app, name="bench")
app.command("doctor")(manage.doctor)


def _version(value: bool) -> None:
    if value:
        from importlib.metadata import version

        print(f"mneme {version('mneme')}")
        raise typer.Exit()


@app.callback(invoke_without_command=True)
def top(
    context: typer.Context,
    user: User = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """A personal assistant for the terminal that remembers by learning.

    Without a command, opens the chat.
    """
    if context.invoked_subcommand is None:
        chat(user=user)


@app.command()
def chat(user: User = None, model: ModelName = None) -> None:
    """Talk. Without a terminal, reads a message from each line of stdin and prints the answers."""
    if sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty():  # the screen is drawn on stderr
        from app.engine.client import EngineClient
        from app.tui.app import MnemeApp

        code = MnemeApp(EngineClient(), user=user, model=model).run()
        raise typer.Exit(code or 0)
    _chat_lines(user, model)


def _chat_lines(user: str | None, model: str | None) -> None:
    with engine_of(user, model=model, create=True, search=True) as engine:
        conversation = None
        for raw in sys.stdin.buffer:
            text = raw.decode("utf-8", "replace").strip()
            if not text:
                continue
            result = engine.request("turn", narrate, text=text, conversation=conversation)
            conversation = result["conversation"]
            out(result["answer"])


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question, or - to read it from stdin.")],
    user: User = None,
    model: ModelName = None,
    memory: Annotated[
        str, typer.Option("--memory", help="Arms to use: both, weights, store or none.")
    ] = "both",
    learn: Annotated[
        bool, typer.Option("--learn/--no-learn", help="Whether the question is learned.")
    ] = True,
    max_tokens: Annotated[int, typer.Option("--max-tokens", help="Cut the answer here.", min=1)] = 256,
    temperature: Annotated[float, typer.Option("--temperature", help="0 is greedy.", min=0, max=2)] = 0.3,
    as_json: Json = False,
) -> None:
    """Ask one question and print the answer."""
    from app.engine.protocol import ARMS

    if memory not in ARMS:
        raise usage(f"--memory is one of {', '.join(ARMS)}")
    text = read_text(question)
    learned = 0

    def listen(event: dict[str, Any]) -> None:
        nonlocal learned
        if event["event"] == "token" and not as_json:
            out(event["text"], end="")
        elif event["event"] == "receipt":
            learned += event["tokens"] if event["accepted"] else 0
            narrate(event)

    with engine_of(user, model=model, create=True, search=ARMS[memory][1]) as engine:
        result = engine.request(
            "turn",
            listen,
            text=text,
            memory=memory,
            learn=learn,
            max_tokens=max_tokens,
            temperature=temperature,
        )
        if not as_json:
            out("")
        engine.close(listen)
    if as_json:
        keys = ("answer", "passages", "memory", "tokens", "tokens_per_second", "first_token_seconds")
        out_json(
            {k: result[k] for k in keys} | {"learned": learned, "finish_reason": result["finish_reason"]}
        )


@app.command()
def remember(
    text: Annotated[str, typer.Argument(help="What to remember, or - to read it from stdin.")],
    user: User = None,
    as_json: Json = False,
) -> None:
    """Learn a note and keep it."""
    with engine_of(user, create=True) as engine:
        result = engine.request("remember", narrate, text=read_text(text))
    if as_json:
        out_json(result)
    else:
        out(result["item"])
        if not result["new"]:
            say("this was remembered before")


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files (txt, md, html, pdf, docx) and folders.")],
    user: User = None,
    as_json: Json = False,
) -> None:
    """Read documents: learned into the weights, kept for exact recall. Ctrl-C stops; what was read stays."""
    with engine_of(user, create=True, search=True) as engine:
        result = engine.request("ingest", narrate, paths=[str(p) for p in paths])
    if as_json:
        out_json(result)
    else:
        for document in result["documents"]:
            rate = document["tokens"] / document["seconds"] if document["seconds"] else 0
            out(f"{document['id']}\t{document['tokens']} tokens\t{rate:.0f} tokens/s\t{document['title']}")
    for failure in result["failed"]:
        say(f"{failure['path']}: {failure['message']}")
    if result["failed"]:
        raise typer.Exit(1)


@app.command()
def reset(
    user: User = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    as_json: Json = False,
) -> None:
    """Remove everything remembered of a user, from disk too."""
    name = user_name(user)
    if not confirm(f"Remove everything remembered of '{name}'? This cannot be undone.", yes):
        raise typer.Exit(1)
    with engine_of(name, load=False) as engine:
        result = engine.request("reset")
    out_json(result) if as_json else say(f"everything remembered of '{name}' is gone")


@app.command("export")
def export_(
    file: Annotated[Path, typer.Argument(help="The file to write.")],
    user: User = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
    as_json: Json = False,
) -> None:
    """Write everything remembered to one file (a zip of readable parts)."""
    with engine_of(user, load=False) as engine:
        result = engine.request("export", file=str(file), overwrite=force)
    out_json(result) if as_json else say(f"wrote {result['file']}, {result['bytes']} bytes")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A file written by export.")],
    user: User = None,
    as_json: Json = False,
) -> None:
    """Bring an export into a user that has no memories yet."""
    with engine_of(user, create=True) as engine:
        result = engine.request("import", narrate, file=str(file))
    out_json(result) if as_json else say(f"imported {sum(result['counts'].values())} rows from {file}")


@app.command(
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []},
    add_help_option=False,
)
def train(context: typer.Context) -> None:
    """Train a model: tokenizer, tokens, pretrain, meta, average. `mneme train meta --help` explains one."""
    from core.train.__main__ import main as train_main

    raise typer.Exit(train_main(context.args))


def read_text(text: str) -> str:
    """The argument, or stdin for '-'."""
    return sys.stdin.buffer.read().decode("utf-8", "replace") if text == "-" else text


def main(argv: list[str] | None = None) -> int:
    """Run a command; returns its exit code."""
    from app.engine.protocol import to_error

    os.umask(0o077)
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    command = typer.main.get_command(app)
    try:
        code = command.main(args=argv, prog_name="mneme", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except Exception as error:
        if hasattr(error, "show") and hasattr(error, "exit_code"):  # click's own
            error.show()  # type: ignore[attr-defined]
            return error.exit_code  # type: ignore[attr-defined]
        if type(error).__name__ == "Abort":
            return 130
        if os.environ.get("MNEME_DEBUG"):
            raise
        told = to_error(error)
        print(f"mneme: {told.message}", file=sys.stderr)
        return told.exit
