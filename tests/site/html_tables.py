"""The tables of a built page, each with the anchor of the heading above it."""

from __future__ import annotations

from html.parser import HTMLParser

HEADINGS = {"h1", "h2", "h3", "h4"}


class Tables(HTMLParser):
    """Read the tables and the paragraphs of a page as text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tables: list[tuple[str, list[list[str]]]] = []
        """(anchor of the heading above, rows of cells; the first row is the head)."""
        self.paragraphs: list[tuple[str, str]] = []
        """(anchor of the heading above, text)."""
        self._anchor, self._text, self._is_skipped = "", [""], False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in HEADINGS and values.get("id"):
            self._anchor = values["id"] or ""
        elif tag == "table":
            self.tables.append((self._anchor, []))
        elif tag == "tr":
            self.tables[-1][1].append([])
        if tag in {"td", "th", "p"}:
            self._text.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self.tables[-1][1][-1].append(" ".join(self._text.pop().split()))
        elif tag == "p":
            self.paragraphs.append((self._anchor, " ".join(self._text.pop().split())))

    def handle_data(self, data: str) -> None:
        self._text[-1] += data

    def error(self, message: str) -> None:
        raise AssertionError(message)
