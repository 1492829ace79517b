"""The job list: documents being read, how far, how long still, and a way to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, ProgressBar, Static

from app.text import one_line
from app.tui.chat import plain
from app.tui.dialogs import Dialog

if TYPE_CHECKING:
    from app.tui.app import MnemeApp

OVER = ("done", "failed", "cancelled")


def describe(job: dict[str, Any]) -> str:
    """A job's figures in one line."""
    parts = [one_line(job["name"], 40), job["stage"]]
    if job["stage"] == "learning":
        parts.append(f"{job['done']}/{job['total']} tokens at {job['tokens_per_second']:.0f}/s")
        if job["eta_seconds"] is not None:
            minutes, seconds = divmod(round(job["eta_seconds"]), 60)
            parts.append(f"{minutes}:{seconds:02} left")
    if job["message"]:
        parts.append(one_line(job["message"], 80))
    return ", ".join(parts)


class JobRow(Vertical):
    """One job."""

    def __init__(self, job: dict[str, Any]) -> None:
        super().__init__(classes="job")
        self.job = job

    def compose(self) -> ComposeResult:
        yield Static(classes="about")
        with Horizontal():
            yield ProgressBar(total=100, show_eta=False)
            yield Button("Cancel", compact=True)

    def on_mount(self) -> None:
        self.show(self.job)

    def show(self, job: dict[str, Any]) -> None:
        self.job = job
        self.query_one(".about", Static).update(Content(describe(job)))
        share = 100 * job["done"] / job["total"] if job["total"] else (100 if job["stage"] == "done" else 0)
        self.query_one(ProgressBar).update(progress=share)
        self.query_one(Button).display = job["stage"] not in OVER


class JobList(Dialog):
    """All jobs of this run."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+g", "close", "Close")]
    app: MnemeApp

    def compose(self) -> ComposeResult:
        with Vertical(classes="box wide"):
            yield plain("Documents", classes="title")
            yield plain("Nothing is being read. /ingest PATH hands me a document or a folder.", id="none")
            yield VerticalScroll(id="jobs")

    def on_mount(self) -> None:
        self.set_interval(0.3, self.refill)
        self.call_later(self.refill)

    async def refill(self) -> None:
        rows = {row.job["job"]: row for row in self.query(JobRow)}
        for key, job in self.app.jobs.items():
            if key in rows:
                rows[key].show(job)
            else:
                await self.query_one("#jobs").mount(JobRow(job))
        self.query_one("#none").display = not self.app.jobs

    def on_button_pressed(self, event: Button.Pressed) -> None:
        row = next((r for r in self.query(JobRow) if event.button in r.query(Button)), None)
        if row is not None:
            self.app.client.cancel(row.job["job"])
