"""`mneme bench`: measurements of the program as it runs, with its device printed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    help="Measure recall, reading, latency and safety.", no_args_is_help=True, rich_markup_mode=None
)

Seed = Annotated[int, typer.Option("--seed", help="Makes the run repeatable.")]


@app.command()
def recall(
    facts: Annotated[
        list[int] | None, typer.Option("--facts", help="Facts a person (4 and 12).", show_default=False)
    ] = None,
    people: Annotated[int, typer.Option("--people", help="People for each number of facts.", min=1)] = 4,
    distance: Annotated[int, typer.Option("--distance", help="Tokens of other text in between.")] = 8192,
    seed: Seed = 0,
    show: Annotated[bool, typer.Option("--show", help="Print every answer to stderr.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Tell facts, read other text, end the process, start it again, ask: right answers by arm."""
    from app.bench.recall import run

    run(facts or [4, 12], people=people, distance=distance, seed=seed, show=show, as_json=as_json)


@app.command()
def read(
    file: Annotated[Path, typer.Argument(help="A long text.")],
    questions: Annotated[
        Path | None, typer.Option("--questions", help="A file with a question a line.", show_default=False)
    ] = None,
) -> None:
    """Read a book: tokens a second, loss on its last tenth with and without, questions with passages."""
    from app.bench.read import run

    run(file, questions=questions)


@app.command()
def latency(turns: Annotated[int, typer.Option("--turns", help="Questions asked.", min=1)] = 5) -> None:
    """Decoding speed, first token, a learned mini-batch, first paint of the screen."""
    from app.bench.latency import run

    run(turns)


@app.command()
def kill(
    times: Annotated[int, typer.Option("--times", help="How often the process is killed.", min=1)] = 200,
    seed: Seed = 0,
) -> None:
    """Kill the engine during turns, learning and reading; everything acknowledged must be there afterwards."""
    from app.bench.kill import run

    raise typer.Exit(run(times, seed))
