"""Validators of the values of configs and options, and the hints for wrong ones."""

from __future__ import annotations

import re

from ddlint.core.lazy_regex import regex
from ddlint.core.redact import written

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

MINOR = regex(r"[0-9]+\.[0-9]+")
PLATFORM = regex(r"(?:manylinux|musllinux|macos|win)-[a-z0-9_]+|pypy|graalpy|free-threaded")
PLATFORM_WORDS = "platform such as `manylinux-x86_64`, `macos-arm64` or `win-amd64`"
ROW = regex(r"[a-z0-9_.-]+/[^\s/]+")
_NAMED = regex(r"[A-Za-z][\w.-]*\s*(?P<specifier>[<>=!~].+)")
_DAY = regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def closest_word(word: str, words: Iterable[str]) -> str:
    """Return the word that was probably meant; empty where none is near."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, sorted(words), n=1, cutoff=0.6)), "")


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """Return a hint that names the word meant, if one is near; else all there are."""
    known = sorted(words)
    found = closest_word(word, known)
    return f"did you mean `{found}`?" if found else f"known are {', '.join(f'`{each}`' for each in known)}"


def quoted(text: str) -> str:
    """Return text of a user between backticks: masked, on one line, at most 100 characters of it."""
    return f"`{written(text, 100)}`"


def is_code(text: str, codes: frozenset[str]) -> bool:
    """Whether `text` is a code or the start of one."""
    return len(text) > 1 and any(code.startswith(text) for code in codes)


def is_minor(text: str) -> bool:
    """Whether `text` names a minor of Python, such as `3.12`."""
    return bool(MINOR.fullmatch(text))


def is_platform(text: str) -> bool:
    """Whether `text` is a platform as the packs name them."""
    return bool(PLATFORM.fullmatch(text))


def is_day(text: str) -> bool:
    """Whether `text` is a date of the calendar, ISO 8601."""
    from datetime import date

    try:
        return bool(_DAY.fullmatch(text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def is_specifier(text: str) -> bool:
    """Whether `text` is a specifier of PEP 440, or a bare version."""
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    try:
        SpecifierSet(text if re.match(r"\s*[<>=!~]", text) else f"=={text}")
    except InvalidSpecifier:
        return False
    return bool(text.strip())


def package_name_hint(text: str) -> str:
    """Return a hint where a name precedes a specifier: only the specifier is wanted."""
    named = _NAMED.fullmatch(text)
    return f"write {quoted(named['specifier'])}" if named and is_specifier(named["specifier"]) else ""
