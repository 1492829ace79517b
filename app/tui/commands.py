"""Slash commands: one table for typing, completion, the help screen and the command palette."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Command:
    """`/name argument`: calls `command_<name>(argument)` of the app."""

    name: str
    argument: str
    """'' for none, 'X' for one that is needed, '[X]' for one that may be left out"""
    about: str

    @property
    def usage(self) -> str:
        return f"/{self.name} {self.argument}".rstrip()

    @property
    def words(self) -> str:
        """For the command palette, where square brackets mean markup."""
        return self.usage.translate({ord("["): None, ord("]"): None})


COMMANDS = (
    Command("help", "", "Keys and commands"),
    Command("new", "", "Start a new conversation"),
    Command("open", "[TITLE]", "Open a conversation by words of its title"),
    Command("search", "WORDS", "Search all conversations"),
    Command("rename", "[TITLE]", "Rename this conversation"),
    Command("delete", "", "Delete this conversation and what was learned from it"),
    Command("memory", "", "What is remembered: items, sizes, surprise"),
    Command("remember", "TEXT", "Learn a note and keep it"),
    Command("ingest", "PATH", "Read a document or a folder"),
    Command("jobs", "", "Documents being read"),
    Command("undo", "", "Take the latest lesson back"),
    Command("forget", "ITEM", "Forget an item, such as t12 or d3"),
    Command("reset", "", "Remove everything remembered"),
    Command("weights", "on|off", "Answer with or without what was learned"),
    Command("store", "on|off", "Answer with or without passages of the store"),
    Command("learn", "on|off", "Learn from what you say, or only answer"),
    Command("log", "", "The latest updates to the weights"),
    Command("stats", "", "Counts and sizes"),
    Command("export", "FILE", "Write everything remembered to a file"),
    Command("import", "FILE", "Bring an export into an empty user"),
    Command("user", "[NAME]", "Switch to another user"),
    Command("model", "[NAME]", "Show or change the model"),
    Command("theme", "[NAME]", "Show or change the theme"),
    Command("copy", "", "Copy the last answer"),
    Command("restart", "", "Start the engine again"),
    Command("quit", "", "Leave; nothing is lost"),
)
BY_NAME = {c.name: c for c in COMMANDS}


class UnknownCommand(ValueError):
    """Not a command, or without the argument it needs; the message says what to type."""


def parse(text: str) -> tuple[Command, str]:
    """A line that begins with '/' as a command and its argument.

    Raises:
        UnknownCommand: with a sentence for the user.
    """
    name, _, argument = text[1:].partition(" ")
    command = BY_NAME.get(name.strip().lower())
    if command is None:
        near = [c.name for c in COMMANDS if name and c.name.startswith(name[:2].lower())]
        hint = f"did you mean /{near[0]}?" if near else "/help lists them"
        raise UnknownCommand(f"there is no command /{name[:30]}; {hint}")
    argument = argument.strip()
    if command.argument and not command.argument.startswith("[") and not argument:
        raise UnknownCommand(f"type {command.usage}")
    return command, argument


def complete(text: str) -> str | None:
    """The completion of a half-typed command, or None."""
    if not text.startswith("/") or " " in text:
        return None
    found = [c for c in COMMANDS if c.name.startswith(text[1:].lower())]
    if not found:
        return None
    if len(found) == 1:
        return f"/{found[0].name}" + (" " if found[0].argument else "")
    names = [c.name for c in found]
    shared = names[0]
    while not all(n.startswith(shared) for n in names):
        shared = shared[:-1]
    return f"/{shared}" if len(shared) > len(text) - 1 else None
