"""Text from outside never carries a control character."""

from __future__ import annotations

import random
import unicodedata

import pytest

from app.text import StreamCleaner, clean, one_line


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("plain\ttext\n", "plain\ttext\n"),
        ("a\x1b[31;1mred\x1b[0m", "ared"),
        ("\x1b]8;;http://x\x07link\x1b]8;;\x1b\\", "link"),
        ("\x1b]52;c;aGk=\x07x", "x"),
        ("\x1bP1$q\x1b\\x", "x"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("\x9b31mx\x85", "x"),
        ("a\u202eb\u2066c", "abc"),
        ("\ud800x\U000e0041", "x"),
        ("[bold]stays[/]", "[bold]stays[/]"),
        ("naïve 漢字 🐝", "naïve 漢字 🐝"),
        ("\x1b", ""),
    ],
)
def test_clean(raw: str, wanted: str) -> None:
    assert clean(raw) == wanted


def test_pieces_equal_the_whole() -> None:
    rng = random.Random(0)
    parts = [
        "a",
        "b c",
        "\n",
        "\r",
        "\r\n",
        "\x1b[31m",
        "\x1b[0m",
        "\x1b]0;t\x07",
        "\x9b1m",
        "é",
        "\x07",
        "[x]",
    ]
    for _ in range(500):
        text = "".join(rng.choices(parts, k=12))
        cleaner, out, i = StreamCleaner(), "", 0
        while i < len(text):
            step = rng.randint(1, 4)
            out += cleaner.push(text[i : i + step])
            i += step
        out += cleaner.finish()
        assert out == clean(text), repr(text)
        assert not any(unicodedata.category(c) == "Cc" and c not in "\n\t" for c in out)


def test_one_line() -> None:
    assert one_line("a\n  b\x1b[1m", 10) == "a b"
    assert one_line("abcdefgh", 5) == "abcd…"
