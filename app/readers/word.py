"""Word files (docx) to text with python-docx: paragraphs, headings and tables in their order."""

from __future__ import annotations

import io
import zipfile
from typing import Any

UNPACKED = 500 << 20
RATIO = 300


def read(data: bytes, name: str) -> tuple[str, str, int | None]:
    """Title, text, no pages.

    Raises:
        ReadError: it is damaged, or would unpack to too much.
    """
    import docx
    from docx.opc.exceptions import OpcError
    from docx.table import Table

    from app.readers.errors import ReadError

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(info.file_size for info in archive.infolist())
        if size > UNPACKED or size > RATIO * max(len(data), 4096):
            raise ReadError(f"{name} is refused: it would unpack to {size >> 20} MB")
        document = docx.Document(io.BytesIO(data))
        lines: list[str] = []
        for block in document.iter_inner_content():
            lines += _table(block) if isinstance(block, Table) else [block.text]
        title = document.core_properties.title or ""
    except ReadError:
        raise
    except (
        zipfile.BadZipFile,
        OpcError,
        OSError,
        KeyError,
        ValueError,
        NotImplementedError,
        SyntaxError,
        AttributeError,
    ) as error:
        raise ReadError(
            f"{name} is damaged or not a Word file ({type(error).__name__}); try to save it anew"
        ) from None
    return title, "\n\n".join(line for line in lines if line.strip()), None


def _table(table: Any) -> list[str]:
    return ["\n".join(" | ".join(cell.text.strip() for cell in row.cells) for row in table.rows)]
