"""The exception of the readers."""


class ReadError(Exception):
    """A document cannot be read; the message is a sentence that says what to do."""
