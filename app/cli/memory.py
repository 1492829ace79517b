"""`mneme memory`: see what is remembered, undo it, forget it."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.common import Json, User, confirm, engine_of, narrate, out, out_json, say
from app.text import one_line

app = typer.Typer(help="See, undo and forget what was learned.", no_args_is_help=True, rich_markup_mode=None)

Item = Annotated[str, typer.Argument(help="An item such as t12 or d3; see `mneme memory list`.")]


@app.command("list")
def list_(
    query: Annotated[str | None, typer.Argument(help="Only items that contain this.")] = None,
    user: User = None,
    as_json: Json = False,
) -> None:
    """Everything remembered, newest first."""
    with engine_of(user, load=False) as engine:
        items = engine.request("memory_list", query=query)["items"]
    if as_json:
        out_json(items)
        return
    for item in items:
        mark = "learned" if item["learned"] else "kept"
        text = item["title"] if item["kind"] == "document" else item["text"]
        out(f"{item['id']:6} {item['when'][:16]} {item['kind']:8} {mark:7} {one_line(text, 70)}")
    if not items:
        say("nothing is remembered yet")


@app.command()
def show(item: Item, user: User = None, as_json: Json = False) -> None:
    """One item in full, with the updates that learned it."""
    with engine_of(user, load=False) as engine:
        found = engine.request("memory_show", item=item)
    if as_json:
        out_json(found)
        return
    say(
        f"{found['kind']} {found['id']}, {found['when']}, {found['learned_tokens']} of {found['tokens']} tokens learned"
    )
    for update in found["updates"]:
        say(f"  {_line(update)}")
    if found["understood"]:
        say(f"understood: {found['understood']}")
    out(found["text"])


@app.command()
def forget(
    item: Item,
    user: User = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    as_json: Json = False,
) -> None:
    """Delete an item from the store and take it out of the weights."""
    if not confirm(f"Forget {item}? This cannot be undone.", yes):
        raise typer.Exit(1)
    with engine_of(user, load=False) as engine:
        result = engine.request("forget", narrate, item=item)
    out_json(result) if as_json else say(
        f"forgot {result['forgotten']}; learned {result['relearned']} later tokens again"
    )


@app.command()
def undo(user: User = None, as_json: Json = False) -> None:
    """Take the latest lesson out of the weights; its words stay in the store."""
    with engine_of(user) as engine:
        result = engine.request("undo", narrate)
    if as_json:
        out_json(result)
    elif result["undone"] is None:
        say("there is nothing to undo")
    else:
        say(f"undone: {result['undone']['tokens']} tokens of {', '.join(result['items'])}")


@app.command()
def log(
    limit: Annotated[int, typer.Option("--limit", "-n", help="Updates at most.", min=1)] = 50,
    user: User = None,
    as_json: Json = False,
) -> None:
    """The journal of updates to the weights, newest first."""
    with engine_of(user, load=False) as engine:
        items = engine.request("memory_log", limit=limit)["items"]
    if as_json:
        out_json(items)
        return
    for update in items:
        out(_line(update))


def _line(update: dict) -> str:
    state = "undone" if update["undone"] else "" if update["accepted"] else f"refused: {update['reason']}"
    items = ",".join(i["id"] for i in update["items"])
    return (
        f"{update['id']:5} {update['when'][:19]} {update['tokens']:5} tokens"
        f" {update['loss_before']:.2f} -> {update['loss_after']:.2f} nats {items} {state}".rstrip()
    )


@app.command()
def stats(user: User = None, as_json: Json = False) -> None:
    """Counts, sizes and the digest of the weights."""
    with engine_of(user, load=False) as engine:
        found = engine.request("memory_stats")
    if as_json:
        out_json(found)
        return
    for name in ("conversations", "turns", "documents", "passages", "updates", "tokens_learned", "ledger_bytes", "weights_bytes", "weights_sha256"):  # fmt: skip
        out(f"{name.replace('_', ' '):16} {found[name]}")
