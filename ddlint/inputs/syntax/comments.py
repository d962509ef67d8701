"""Find the comments for ddlint, and what is nearly one, in files whose parser throws comments away."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ddlint.core.lazy_regex import regex
from ddlint.core.source import Span

_PYTHON = regex(
    r"(?P<comment>#[^\r\n]*)|(?:\"\"\"(?>(?>(?:[^\"\\]++|\\.|\"(?!\"\")){1,500})*)(?:\"\"\"|$)|'''(?>(?>(?:[^'\\]++|\\.|'(?!'')){1,500})*)(?:'''|$)"
    r"|\"(?>(?>(?:[^\"\\\r\n]++|\\.){1,500})*)(?:\"|$)?|'(?>(?>(?:[^'\\\r\n]++|\\.){1,500})*)(?:'|$)?)",
    re.DOTALL,
)
_DIRECTIVE = regex(r"#[ \t]*+(?:ddlint:|(?i:ddlint[ \t:-]*+(?:file[ \t_-]?)?ignore[ \t]*+\[))")
_HASH = regex(r"(?:^|(?<=[\s]))#[^\r\n]*", re.MULTILINE)


def has_directive(text: str) -> bool:
    """Return whether a text holds a comment for ddlint, or what is nearly one: `# DDlint ignore[`."""
    return _DIRECTIVE.search(text) is not None


def python_comments(text: str) -> tuple[Span, ...]:
    """Return the comments of a Python text, and no `#` within a string."""
    if not has_directive(text):
        return ()
    return tuple(
        Span(*match.span())
        for match in _PYTHON.finditer(text)
        if match["comment"] is not None and has_directive(match["comment"])
    )


def hash_comments(text: str, others: Iterable[Span] = ()) -> tuple[Span, ...]:
    """Return the text from a `#` at the start of a line or after a blank on, but not within the spans of `others`."""
    if not has_directive(text):
        return ()
    taken = [span for span in others if has_directive(text[span.start : span.end])]
    return tuple(
        Span(*match.span())
        for match in _HASH.finditer(text)
        if has_directive(match[0]) and not any(span.start <= match.start() < span.end for span in taken)
    )
