"""How text of a user's file is shown: on one line, without the credentials of a URL, without control characters."""

from __future__ import annotations

import re

from ddlint.core.lazy_regex import regex

_LIMIT = 500
_LEGACY_COMMAND = regex(r"(?i)(##(?:vso)?)\[")
"""What the runner of a CI obeys wherever it stands on a line."""
_USER_INFO = regex(r"://(?!(?:git|hg|svn)@)(?:[^\s/?#]*@|[^\s/?#:@]*:(?![0-9]*(?:[/?#\s]|$))[^\s@]*@)")
_QUERY_SECRET = regex(r"(?i)([?&][\w-]*(?:token|secret|key|password|passwd|signature|sig|auth)[\w-]*=)[^&#\s]+")


def written(text: str, limit: int = _LIMIT) -> str:
    r"""Give `text` as it may be shown: one line, at most `limit` characters, no secret and no control character.

    Blanks in a row become one, as continued lines have many; `user:password@` of a URL becomes `***@`; what a terminal
    would not print becomes its `\uXXXX` escape.
    """
    shown = text[: 4 * limit].strip()
    if "://" in shown:
        shown = _QUERY_SECRET.sub(r"\1***", _USER_INFO.sub("://***@", shown))
    if not shown.isprintable():
        shown = "".join(map(_escaped, re.sub(r"[ \t\r\n]+", " ", shown)))
    if "  " in shown:
        shown = re.sub(" {2,}", " ", shown)
    if "##" in shown:
        shown = _LEGACY_COMMAND.sub(r"\1\\[", shown)
    return shown if len(shown) <= limit and len(text) <= 4 * limit else shown[: limit - 1] + "…"


def _escaped(character: str) -> str:
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
