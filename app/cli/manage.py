"""`mneme users`, `mneme models` and `mneme doctor`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Annotated, Any

import typer

from app.cli.common import Json, confirm, out, out_json, say, user_name

users = typer.Typer(help="Users of this machine.", no_args_is_help=True, rich_markup_mode=None)
models = typer.Typer(help="Models to talk with.", no_args_is_help=True, rich_markup_mode=None)

Name = Annotated[str, typer.Argument(help="A user's name.")]


@users.command("list")
def users_list(as_json: Json = False) -> None:
    """All users; * marks the one used when none is named."""
    from storage import list_profiles

    names, current = list_profiles(), user_name(None)
    if as_json:
        out_json([{"name": n, "current": n == current} for n in names])
    for name in names if not as_json else ():
        out(f"{'*' if name == current else ' '} {name}")


@users.command("create")
def users_create(name: Name) -> None:
    """Make an empty user."""
    from app.engine.protocol import BadRequest
    from storage import check_name, create_profile, list_profiles

    if check_name(name) in list_profiles():
        raise BadRequest(f"there is a user '{check_name(name)}' already")
    create_profile(name)
    say(f"made user '{check_name(name)}'")


@users.command("delete")
def users_delete(
    name: Name, yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False
) -> None:
    """Delete a user and everything remembered."""
    from storage import check_name, delete_profile, load_config, save_config

    name = check_name(name)
    if not confirm(f"Delete '{name}' and everything remembered? This cannot be undone.", yes):
        raise typer.Exit(1)
    delete_profile(name)
    if load_config().get("last_user") == name:
        save_config(last_user=None)
    say(f"user '{name}' is gone")


@models.command("list")
def models_list(as_json: Json = False) -> None:
    """Models that can be used; * marks the chosen one."""
    from app.engine.models import chosen, roots
    from core.checkpoint import find_model, list_models

    found = list_models(roots())
    try:
        current = find_model(chosen(), roots()).resolve()
    except Exception:
        current = None
    rows = [
        {
            "name": m.name,
            "parameters": m.parameters,
            "bytes": m.bytes,
            "base_hash": m.base_hash,
            "path": str(m.path),
            "current": m.path.resolve() == current,
        }
        for m in found
    ]
    if as_json:
        out_json(rows)
    for row in rows if not as_json else ():
        mark = "*" if row["current"] else " "
        out(
            f"{mark} {row['name']:20} {row['parameters'] / 1e6:6.1f} M parameters {row['bytes'] / 1e6:7.1f} MB"
        )


@models.command("use")
def models_use(name: Annotated[str, typer.Argument(help="A model's name or folder.")]) -> None:
    """Choose the model; what was learned with another is learned again from the ledger."""
    from app.engine.models import roots
    from core.checkpoint import find_model
    from storage import save_config

    path = find_model(name, roots())
    save_config(model=name if not path.is_absolute() or path.name == name else str(path))
    say(f"using {path.name} from now on")


def doctor(as_json: Json = False) -> None:
    """Check this installation; exit code 1 when something needs mending."""
    rows: list[dict[str, Any]] = []
    for name, check in CHECKS.items():
        try:
            rows.append({"check": name, "ok": True, "text": check()})
        except Exception as error:
            rows.append({"check": name, "ok": False, "text": str(error) or type(error).__name__})
        if not as_json:
            out(f"{'ok     ' if rows[-1]['ok'] else 'PROBLEM'} {name:10} {rows[-1]['text']}")
    if as_json:
        out_json(rows)
    if not all(row["ok"] for row in rows):
        raise typer.Exit(1)


def _python() -> str:
    return f"{sys.version.split()[0]} at {sys.executable}"


def _torch() -> str:
    import torch

    device = (
        torch.cuda.get_device_name()
        if torch.cuda.is_available()
        else f"CPU, {torch.get_num_threads()} threads"
    )
    return f"{torch.__version__} on {device}"


def _data() -> str:
    import shutil

    from storage import data_root

    root = data_root()
    free = shutil.disk_usage(root).free
    if free < 200 << 20:
        raise OSError(f"only {free >> 20} MB free at {root}: make room, memory needs about 300 MB a user")
    return f"{root}, private, {free >> 30} GB free"


def _sqlite() -> str:
    import sqlcipher3.dbapi2

    library: Any = sqlcipher3.dbapi2
    db = library.connect(":memory:")
    db.execute("create virtual table t using fts5(x)")
    return f"SQLite {library.sqlite_version} with FTS5"


def _embedder() -> str:
    from storage import Embedder

    vector = Embedder().encode(["hello"])
    return f"all-MiniLM-L6-v2, {vector.shape[1]} dimensions, digest verified"


def _model() -> str:
    import core
    from app.engine.models import chosen, roots

    model = core.load_model(chosen(), device="cpu", roots=roots())
    return f"{model.name} ({model.base_hash[:12]}), digests verified"


CHECKS: dict[str, Callable[[], str]] = {
    "python": _python,
    "torch": _torch,
    "data": _data,
    "sqlite": _sqlite,
    "embedder": _embedder,
    "model": _model,
}
