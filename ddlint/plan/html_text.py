"""Text of any content as HTML: nothing that a project says becomes markup, an attribute or an address."""

from __future__ import annotations

import html

from ddlint.core.report import Evidence
from ddlint.core.text import cropped, escape
from ddlint.plan import phrases as words

_LONGEST = 2000


def plain(text: str) -> str:
    """Return text as HTML, for elements and for quoted attributes."""
    return html.escape(cropped(escape(text), _LONGEST))


def code(text: str) -> str:
    """Return text as code; nothing for nothing."""
    return f"<code>{plain(text)}</code>" if text else ""


def prose(text: str) -> str:
    """Return a sentence with its code spans."""
    parts = cropped(escape(text), _LONGEST).split("`")
    if len(parts) % 2 == 0 or not all(part.strip() for part in parts[1::2]):
        return html.escape("`".join(parts))
    return "".join(
        f"<code>{html.escape(part)}</code>" if odd % 2 else html.escape(part) for odd, part in enumerate(parts)
    )


def cited(evidence: Evidence) -> str:
    """Name a document, as a link where it has a web address."""
    text, url = plain(words.cited(evidence)), evidence.url
    is_web = url.startswith(("https://", "http://")) and url.isprintable() and len(url) <= _LONGEST
    return f'<a href="{html.escape(url)}" rel="noopener noreferrer">{text}</a>' if is_web else text
