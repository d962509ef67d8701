"""Validators of the values of configs and options, and the hints for wrong ones."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from ddlint.checks import CHECKS
from ddlint.core.lazy_regex import regex
from ddlint.core.redact import written
from ddlint.core.text import edit_distance

MINOR = regex(r"[0-9]+\.[0-9]+")
PLATFORM = regex(r"(?:manylinux|musllinux|macos|win)-[a-z0-9_]+|pypy|graalpy|free-threaded")
PLATFORM_WORDS = "platform such as `manylinux-x86_64`, `macos-arm64` or `win-amd64`"
ROW = regex(r"[a-z0-9_.-]+/[^\s/]+")
_NAMED = regex(r"[A-Za-z][\w.-]*\s*(?P<specifier>[<>=!~].+)")
_LIKE_A_CODE = regex(r"DD[0-9].*")
_DAY = regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


_MOST_LISTED = 24


def closest_word(word: str, words: Collection[str]) -> str:
    """Return the word that was probably meant: one edit away for every four letters, or its start; else nothing."""
    starting = [each for each in words if len(word.strip("-")) > 2 and each.startswith(word)]
    if len(starting) == 1:
        return starting[0]
    most = max(1, len(word.strip("-")) // 4)
    near = ((edit_distance(word, each), each) for each in sorted(words) if abs(len(each) - len(word)) <= most)
    return min((each for each in near if each[0] <= most), default=(0, ""))[1]


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """Return a hint that names the word meant, if one is near; else all there are, unless they are many."""
    known = sorted(words)
    if found := closest_word(word, known):
        return f"did you mean `{found}`?"
    return f"known are {', '.join(f'`{each}`' for each in known)}" if len(known) <= _MOST_LISTED else ""


def quoted(text: str) -> str:
    """Return text of a user between backticks: masked, on one line, at most 100 characters of it."""
    return f"`{written(text, 100)}`"


def is_code(text: str, codes: frozenset[str]) -> bool:
    """Whether `text` is a code or the start of one."""
    return len(text) > 1 and any(code.startswith(text) for code in codes)


def code_of(text: str, codes: frozenset[str]) -> str:
    """Return the code that a text names: a code, the start of one, or the name of a check; empty for none of these."""
    if is_code(text, codes):
        return text
    return next((check.code for check in CHECKS if check.name == text and check.code in codes), "")


def code_hint(text: str, codes: frozenset[str]) -> str:
    """Return which code or check may be meant: one in capitals, those of its family, or a name that is near."""
    upper = text.upper()
    if upper != text and is_code(upper, codes):
        return f"did you mean `{upper}`?"
    if _LIKE_A_CODE.fullmatch(upper):
        family = [code for code in sorted(codes) if code.startswith(upper[:3])]
        families = sorted({f"{code[:3]}xx" for code in codes})
        return f"known are {', '.join(f'`{each}`' for each in family or families)}"
    near = closest_word(text.lower(), {check.name for check in CHECKS})
    return f"did you mean `{near}`?" if near else ""


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
