"""Recognize PEP 508 markers, and translate what Poetry writes in their place."""

from __future__ import annotations

import re

from ddlint.core.lazy_regex import regex

_VARIABLE = (
    r"(?:python_(?:full_)?version|os_name|sys_platform|platform_(?:release|system|version|machine"
    r"|python_implementation)|implementation_(?:name|version)|extra)"
)
_OPERATOR = r"(?:[ \t]*+(?:[=!]=|[<>]=?|~=)[ \t]*+|[ \t]++(?:not[ \t]++)?in[ \t]++)"
_TOKEN = regex(
    rf"[ \t]*+(?:(?P<atom>{_VARIABLE}{_OPERATOR}(?:\"[^\"\r\n]*+\"|'[^'\r\n]*+'))"
    r"|(?P<join>(?:and|or)\b)|(?P<open>\()|(?P<close>\)))[ \t]*+"
)
_DEEPEST = 20
_LONGEST = 20_000


def is_plain_marker(text: str) -> bool:
    """Return whether `text` compares variables with strings, joined by `and` and `or`, in balanced parentheses."""
    depth, position, is_operand_due = 0, 0, True
    while match := _TOKEN.match(text, position):
        kind = match.lastgroup
        if is_operand_due != (kind in ("atom", "open")):
            return False
        is_operand_due = kind in ("join", "open")
        depth += (kind == "open") - (kind == "close")
        if not 0 <= depth <= _DEEPEST:
            return False
        position = match.end()
    return position == len(text) and depth == 0 and not is_operand_due


def is_marker(text: str) -> bool:
    """Return whether `text` is a marker of PEP 508; one that is absurdly long or deep is none."""
    if is_plain_marker(text):
        return True
    if len(text) > _LONGEST or text.count("(") > _DEEPEST:
        return False
    from packaging.markers import InvalidMarker, Marker

    try:
        Marker(text)
    except InvalidMarker:
        return False
    return True


_CLAUSE = regex(r"(?P<operator>~=|[=!<>]=|[<>])(?P<version>.+)")
_GENERIC = regex(r"(?P<operator>!=|===?|=)?\s*(?P<value>[^\s\"'\\=!<>|,;][^\s\"'\\|,;]*)")


def _python_clause(clause: str) -> str:
    """Compare the minor alone only where that says the same as the whole version."""
    match = _CLAUSE.fullmatch(clause)
    if match is None:  # cannot be: the clause is our own translation
        return ""
    operator, version = match["operator"], match["version"]
    is_wild = version.endswith(".*")
    release = version.removesuffix(".*")
    is_short = release.count(".") <= 1 and release.replace(".", "").isdigit()
    has_minor = release.count(".") == 1
    if is_short and (operator in (">=", "<") or (operator in ("==", "!=") and has_minor)):
        return f'python_version {operator} "{release}"'
    if is_wild or operator == "~=" or not is_short or "." in release:
        return f'python_full_version {operator} "{version}"'
    return f'python_full_version {operator} "{version}.0"'


def any_of(alternatives: list[str]) -> str:
    """Join alternatives; those of several clauses get parentheses."""
    found = list(dict.fromkeys(alternatives))
    if len(found) < 2:
        return "".join(found)
    return " or ".join(f"({part})" if " and " in part else part for part in found)


def all_of(markers: list[str]) -> str:
    """Return the marker that holds where all of `markers` do; an empty one always does."""
    found = [marker for marker in dict.fromkeys(markers) if marker]
    if len(found) < 2:
        return "".join(found)
    return " and ".join(f"({part})" if " or " in part else part for part in found)


def python_marker(specifier: str) -> str:
    """Return the marker for PEP 440 alternatives that are joined by ` || `."""
    if not specifier:
        return ""
    return any_of([" and ".join(map(_python_clause, part.split(","))) for part in specifier.split(" || ")])


def platform_marker(text: str) -> str | None:
    """Return the marker for a Poetry `platform`, such as `!=win32` or `linux || darwin`; `None` where it is none."""
    alternatives: list[str] = []
    for part in re.split(r"\|\|?", text):
        clauses = [_GENERIC.fullmatch(clause.strip()) for clause in part.split(",")]
        if not all(clauses):
            return None
        found = [(match["operator"] or "==", match["value"]) for match in clauses if match]
        if any(value == "*" for _, value in found):
            return ""
        clauses_text = [f'sys_platform {"!=" if operator == "!=" else "=="} "{value}"' for operator, value in found]
        alternatives.append(" and ".join(clauses_text))
    return any_of(alternatives)
