"""Turn the `python` and `platform` of a Poetry dependency into PEP 508 markers."""

from __future__ import annotations

import re

from ddlint.core.lazy_regex import regex

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


def _any_of(alternatives: list[str]) -> str:
    """Join alternatives; those of several clauses get parentheses."""
    found = list(dict.fromkeys(alternatives))
    if len(found) < 2:
        return "".join(found)
    return " or ".join(f"({part})" if " and " in part else part for part in found)


def all_of(markers: list[str]) -> str:
    """Give the marker that holds where all of `markers` do; an empty one always does."""
    found = [marker for marker in dict.fromkeys(markers) if marker]
    if len(found) < 2:
        return "".join(found)
    return " and ".join(f"({part})" if " or " in part else part for part in found)


def python_marker(specifier: str) -> str:
    """Give the marker for PEP 440 alternatives that are joined by ` || `."""
    if not specifier:
        return ""
    return _any_of([" and ".join(map(_python_clause, part.split(","))) for part in specifier.split(" || ")])


def platform_marker(text: str) -> str | None:
    """Give the marker for a Poetry `platform`, such as `!=win32` or `linux || darwin`; `None` where it is none."""
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
    return _any_of(alternatives)
