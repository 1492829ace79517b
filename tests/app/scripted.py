"""An engine that follows a script, for tests and pictures of the screens."""

from app.tui.pictures import ScriptedEngine

__all__ = ["ScriptedEngine"]
