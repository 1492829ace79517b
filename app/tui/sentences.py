"""What the screens say about lessons, jobs, memory and operations; plain functions from events to sentences."""

from __future__ import annotations

from typing import Any

from app.text import one_line

Told = dict[str, Any]

OVER = ("done", "failed", "cancelled")
"""Stages of a job that has ended."""


def size(count: float) -> str:
    """Bytes for people."""
    for unit in ("B", "KB", "MB"):
        if count < 1000:
            return f"{count:.0f} {unit}" if unit == "B" else f"{count:.1f} {unit}"
        count /= 1000
    return f"{count:.1f} GB"


def number(count: float, name: str) -> str:
    """'1 turn', '2 turns'."""
    return f"{count:,.0f} {name}" if count == 1 else f"{count:,.0f} {name}s"


def receipt_line(told: Told) -> str:
    """What a lesson was, in one line."""
    if not told.get("accepted", True):
        return f"not learned: {told.get('reason') or 'the update was refused'}"
    before, after = told["loss_before"], told["loss_after"]
    what = f" of {one_line(told['what'], 40)}" if told.get("what") else ""
    return (
        f"learned {told['tokens']} tokens{what} in {told['seconds']:.1f} s,"
        f" surprise {before:.1f} -> {after:.1f} nats, undo: /undo"
    )


def merged(receipts: list[Told]) -> Told:
    """Several receipts as one, losses weighted by tokens."""
    good = [r for r in receipts if r.get("accepted", True)] or receipts
    tokens = sum(r["tokens"] for r in good)
    mean = {k: sum(r[k] * r["tokens"] for r in good) / max(tokens, 1) for k in ("loss_before", "loss_after")}
    return good[-1] | mean | {"tokens": tokens, "seconds": sum(r["seconds"] for r in good)}


def summary(stats: Told) -> str:
    """Counts and sizes of everything remembered, two lines."""
    disk = size(stats["ledger_bytes"] + stats["weights_bytes"])
    counts = (number(stats[name], name[:-1]) for name in ("documents", "turns", "passages"))
    return (
        f"{', '.join(counts)}\n{number(stats['tokens_learned'], 'token')} learned"
        f" in {number(stats['updates'], 'update')}, {disk} on disk"
    )


def curve_line(curve: list[float]) -> str:
    """The ends of the curve of surprise."""
    if not curve:
        return "nothing learned yet"
    return f"first {curve[0]:.2f}, last {curve[-1]:.2f}, lowest {min(curve):.2f}, highest {max(curve):.2f}"


def log_lines(updates: list[Told]) -> str:
    """The journal, one update a line."""
    lines = [
        f"{u['when'][:16]} {u['tokens']:5} tokens {u['loss_before']:.2f} -> {u['loss_after']:.2f} nats"
        f" {', '.join(i['id'] for i in u['items'])}{' undone' if u['undone'] else ''}"
        for u in updates
    ]
    return "\n".join(lines) or "nothing learned yet"


def job_line(job: Told) -> str:
    """A job's figures in one line."""
    parts = [one_line(job["name"], 40), job["stage"]]
    if job["stage"] == "learning":
        parts.append(f"{job['done']}/{job['total']} tokens at {job.get('tokens_per_second') or 0:.0f}/s")
        if job.get("eta_seconds") is not None:
            minutes, seconds = divmod(round(job["eta_seconds"]), 60)
            parts.append(f"{minutes}:{seconds:02} left")
    if job.get("message"):
        parts.append(one_line(job["message"], 80))
    return ", ".join(parts)


def outcome(op: str, result: Told) -> str:
    """What an operation did, in a sentence; empty where the screen shows it."""
    if op == "undo":
        if result["undone"] is None:
            return "there is nothing to undo"
        items = ", ".join(result["items"])
        return f"undone: {result['undone']['tokens']} tokens of {items}; the store still has the words"
    if op == "forget":
        return f"forgot {result['forgotten']}; learned {result['relearned']} later tokens again"
    if op == "remember":
        known = "remembered" if result.get("new", True) else "known already"
        return f"{known} as {result['item']}"
    if op == "export":
        return f"wrote {result['file']}, {size(result['bytes'])}"
    if op == "import":
        return f"imported {number(sum(result['counts'].values()), 'row')}"
    return ""
