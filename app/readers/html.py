"""HTML to text with the standard library's parser: no network, no scripts, blocks become lines."""

from __future__ import annotations

import re
from html.parser import HTMLParser

HIDDEN = {"script", "style", "noscript", "template", "nav", "svg", "head"}
BLOCKS = {"p", "div", "section", "article", "header", "footer", "main", "aside", "ul", "ol", "table", "tr", "blockquote", "pre", "figure", "dl", "dt", "dd", "hr", "h1", "h2", "h3", "h4", "h5", "h6"}  # fmt: skip


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.title: list[str] = []
        self.hidden: list[str] = []
        self.in_title = False
        self.exact = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "title":
            self.in_title = True
        elif tag in HIDDEN:
            self.hidden.append(tag)
        elif tag == "br":
            self.parts.append("\n")
        elif tag == "li":
            self.parts.append("\n- ")
        elif tag in ("td", "th"):
            self.parts.append("\t")
        elif tag in BLOCKS:
            self.parts.append("\n\n")
        if tag == "pre":
            self.exact += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self.in_title = False
        elif tag in HIDDEN and tag in self.hidden:
            del self.hidden[len(self.hidden) - 1 - self.hidden[::-1].index(tag) :]
        elif tag in BLOCKS:
            self.parts.append("\n\n")
        if tag == "pre":
            self.exact = max(0, self.exact - 1)

    def handle_data(self, data: str) -> None:
        if self.in_title:
            self.title.append(data)
        elif not self.hidden:
            self.parts.append(data if self.exact else re.sub(r"\s+", " ", data))


def read(data: bytes, name: str) -> tuple[str, str, int | None]:
    """Title, text, no pages."""
    from app.readers import decode

    declared = re.search(rb"charset=[\"']?([\w-]+)", data[:2048])
    try:
        markup = data.decode(declared[1].decode()) if declared else decode(data, name)
    except (LookupError, UnicodeDecodeError):
        markup = decode(data, name)
    parser = _Text()
    parser.feed(markup)
    parser.close()
    text = re.sub(r"[ \t]*\n[ ]*", "\n", "".join(parser.parts))
    return "".join(parser.title).strip(), text, None
