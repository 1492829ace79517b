"""The exceptions of the core room: each message is a sentence the user can act on."""


class CoreError(Exception):
    """Base of every error that `core` raises on purpose."""


class ModelMissing(CoreError):
    """No model of that name or folder exists."""


class ModelDamaged(CoreError):
    """A model folder is incomplete, altered, or of another format."""
