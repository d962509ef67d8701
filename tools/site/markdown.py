"""Small pieces of Markdown that pages are made of."""

from __future__ import annotations

import html
from collections.abc import Iterable


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table; empty where it has no rows."""
    lines = [_row(row) for row in rows]
    heads = list(heads)
    return "".join([_row(heads), _row("---" for _ in heads), *lines]) + "\n" if lines else ""


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "&#124;").replace("\n", " ") for cell in cells) + " |\n"


def code(text: str) -> str:
    """Return text as code, whatever it holds; empty where it is."""
    if not text:
        return ""
    return f"<code>{plain(text)}</code>" if set(text) & {"`", "|", "\n"} else f"`{text}`"


def plain(text: str) -> str:
    """Return text without meaning in Markdown."""
    escaped = html.escape(text, quote=False)
    return "".join(f"&#{ord(each)};" if each in "\\`*_{}[]#|~^:" else each for each in escaped)


def fenced(text: str, language: str = "") -> str:
    """Return a block of code."""
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}{language}\n{text.rstrip()}\n{fence}\n"


def page(title: str, description: str, *parts: str) -> str:
    """Return a page with a title and, for search engines and cards, a description on one line."""
    shown = description.replace("\\", "").replace('"', "'")
    return f'---\ntitle: "{title}"\ndescription: "{shown}"\n---\n\n' + "\n".join(part for part in parts if part)
