"""Documents of every kind, whole and hostile."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from app.readers import ReadError, find_files, read_document


def pdf(text: str) -> bytes:
    """The smallest PDF with one line of text."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % o for o in offsets)
    return (
        out
        + b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (table, len(out))
    )


def write(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


@pytest.mark.parametrize(
    ("name", "data", "text", "title"),
    [
        ("a.txt", "one\r\ntwo\x1b[31m\n\n\n\nthree", "one\ntwo\n\nthree", "a"),
        ("b.txt", "\ufeffmark", "mark", "b"),
        ("c.txt", "caf\xe9".encode("cp1252"), "café", "c"),
        ("d.txt", "wide".encode("utf-16"), "wide", "d"),
        ("e.md", "---\nx: 1\n---\n# Title\n\nText [bold]", "# Title\n\nText [bold]", "Title"),
        ("f.html", "<html><head><title>T &amp; U</title><style>x{}</style></head><body><nav>menu</nav><p>One<br>two</p><script>bad()</script><ul><li>a<li>b</ul></body></html>", "One\ntwo\n\n- a\n- b", "T & U"),
        ("g.pdf", pdf("My dog is called Biscuit."), "My dog is called Biscuit.", "g"),
    ],
)  # fmt: skip
def test_formats(tmp_path: Path, name: str, data: bytes | str, text: str, title: str) -> None:
    found = read_document(write(tmp_path, name, data))
    assert found.text == text and found.title == title and len(found.sha256) == 64


def test_word(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    document.add_heading("Plan", 1)
    document.add_paragraph("First paragraph.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "left", "right"
    document.add_paragraph("Last.")
    document.save(str(tmp_path / "a.docx"))
    assert read_document(tmp_path / "a.docx").text == "Plan\n\nFirst paragraph.\n\nleft | right\n\nLast."


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * (20 << 20))
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.txt", b"", "empty"),
        ("b.txt", b"\x7fELF\0\0\0", "binary"),
        ("c.txt", b" \n\x1b[0m", "no text"),
        ("d.pdf", b"%PDF-1.4 nonsense", "damaged"),
        ("e.docx", b"PK nonsense", "damaged"),
        ("f.docx", bomb(), "refused"),
        ("g.exe", b"MZ", "cannot be read"),
        ("h.pdf", pdf(""), "pictures of text"),
    ],
)
def test_refused_with_a_sentence(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    with pytest.raises(ReadError, match=words):
        read_document(write(tmp_path, name, data))


def test_deep_html(tmp_path: Path) -> None:
    assert read_document(write(tmp_path, "deep.html", "<div>" * 50_000 + "end")).text == "end"


def test_folders(tmp_path: Path) -> None:
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "in" / ".hidden").mkdir()
    for name in ("in/b.txt", "in/a.md", "in/x.bin", "in/sub/c.txt", "in/.hidden/d.txt", "out.txt"):
        write(tmp_path, name, "text")
    (tmp_path / "in" / "link.txt").symlink_to(tmp_path / "out.txt")
    found = [p.name for p in find_files([tmp_path / "in"])]
    assert found == ["a.md", "b.txt", "c.txt"]
    with pytest.raises(ReadError, match="does not exist"):
        list(find_files([tmp_path / "none"]))
    with pytest.raises(ReadError, match="known kinds"):
        list(find_files([tmp_path / "in" / "x.bin"]))
