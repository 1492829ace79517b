"""Conversations: listed, searched, opened, renamed and deleted; a new one begun."""

from __future__ import annotations

from textual.widgets import Input, OptionList

from app.tui.dialogs import Entry, Question
from app.tui.sidebar import Sidebar
from app.tui.talking import Talking


class Conversations(Talking):
    """The left side and what it asks of the engine."""

    async def open_conversation(self, conversation: int) -> None:
        """Show a conversation of the ledger and go on with it."""
        await self.settle()
        found = await self.ask("open_conversation", conversation=conversation)
        if found is None:
            return
        self.conversation = conversation
        await self.log_view.show(found["turns"])
        if self.sidebar.has_class("shown") and self.screen_stack[0].has_class("-narrow"):
            self.sidebar.remove_class("shown")
        self.prompt.focus()

    async def new_conversation(self) -> None:
        """Begin anew; what was said is learned to its end."""
        await self.settle()
        told = self.conversation is not None
        self.conversation = None
        await self.log_view.clear()
        self.status(context=0)
        self.prompt.focus()
        if told and self.ready.is_set():
            await self.perform("new_conversation")
        await self.refresh_conversations()

    async def rename(self, conversation: int, title: str) -> None:
        await self.ask("rename_conversation", conversation=conversation, title=title)
        await self.refresh_conversations()

    async def delete(self, conversation: int) -> None:
        if conversation == self.conversation:
            await self.settle()
        if await self.perform("delete_conversation", conversation=conversation) is None:
            return
        if conversation == self.conversation:
            self.conversation = None
            await self.log_view.clear()
        await self.refresh_conversations()

    def chosen_conversation(self) -> int | None:
        """The one under the cursor of the list when it has the focus, else the open one; says so if there is none."""
        chosen = self.conversation
        options = self.sidebar.query_one(OptionList)
        if options.has_focus and options.highlighted is not None:
            found = options.get_option_at_index(options.highlighted).id
            chosen = int(found) if found else None
        if chosen is None:
            self.notify("there is no conversation yet", markup=False)
        return chosen

    def action_rename(self) -> None:
        conversation = self.chosen_conversation()
        if conversation is None:
            return

        def answered(title: str | None) -> None:
            if title:
                self.run_worker(self.rename(conversation, title))

        self.push_screen(Entry("New title", self.titles.get(conversation, "")), answered)

    def action_delete(self) -> None:
        conversation = self.chosen_conversation()
        if conversation is None:
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self.run_worker(self.delete(conversation))

        title = self.titles.get(conversation) or "this conversation"
        self.push_screen(Question(f"Delete “{title}” and what was learned from it?", "Delete"), answered)

    def action_sidebar(self) -> None:
        self.sidebar.toggle_class("shown")
        if self.sidebar.has_class("shown"):
            self.sidebar.query_one(OptionList).focus()
        else:
            self.prompt.focus()

    def action_search(self) -> None:
        self.sidebar.add_class("shown")
        self.sidebar.query_one(Input).focus()

    def on_sidebar_search(self, event: Sidebar.Search) -> None:
        self.run_worker(self.refresh_conversations(event.query_text), group="search", exclusive=True)

    def on_sidebar_chosen(self, event: Sidebar.Chosen) -> None:
        self.run_worker(self.open_conversation(event.conversation), group="open", exclusive=True)
