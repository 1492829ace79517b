"""PDF to text with pypdf."""

from __future__ import annotations

import io
import logging
import re


def read(data: bytes, name: str) -> tuple[str, str, int | None]:
    """Title, text with hyphenated line ends joined, number of pages.

    Raises:
        ReadError: it is encrypted, damaged, or holds pictures of text only.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    from app.readers.errors import ReadError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ReadError(f"{name} needs a password; save a copy without one")
        pages = [page.extract_text() for page in reader.pages]
        title = str((reader.metadata.title if reader.metadata else None) or "")
    except ReadError:
        raise
    except (
        PyPdfError,
        OSError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        AssertionError,
    ) as error:
        raise ReadError(
            f"{name} is damaged or not a PDF ({type(error).__name__}); try to save it anew"
        ) from None
    text = "\n\n".join(pages)
    if len(text.strip()) < 2 * max(1, len(pages)):
        raise ReadError(
            f"{name} holds pictures of text, not text; run a text recognition such as ocrmypdf on it first"
        )
    return title, re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", text), len(pages)
