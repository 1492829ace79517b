"""The job list: documents being read, how far, how long still, and a way to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, ProgressBar, Static

from app.tui.chat import plain
from app.tui.dialogs import Dialog
from app.tui.sentences import OVER, job_line

if TYPE_CHECKING:
    from app.tui.app import MnemeApp


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
        self.query_one(".about", Static).update(Content(job_line(job)))
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
