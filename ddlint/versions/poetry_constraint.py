"""Translate a version constraint of Poetry into PEP 440: alternatives joined by ` || `, empty for any version."""

from __future__ import annotations

import re

from ddlint.core.lazy_regex import regex
from ddlint.core.namedtuple import NamedTuple

_RELEASE = r"(?:(?P<epoch>[0-9]++)!)?(?P<release>[0-9]++(?>(?:\.[0-9]++)*))"
_SUFFIX = (
    r"(?P<suffix>(?:[-_.]?(?:alpha|beta|preview|pre|rc|a|b|c)[-_.]?[0-9]*)?(?:-[0-9]++|[-_.]?(?:post|rev|r)[-_.]?[0-9]*)?"
    r"(?:[-_.]?dev[-_.]?[0-9]*)?)(?P<local>\+[a-z0-9]++(?>(?:[-_.][a-z0-9]++)*))?"
)
_CLAUSE = regex(
    rf"(?P<operator>\^|~=|~|==|=|!=|>=|<=|>|<)?[ \t]*+"
    rf"(?:v?{_RELEASE}{_SUFFIX}(?P<wild>(?>(?:\.\*)+))?|(?P<any>v?[x*](?>(?:\.[x*])*)))"
    r"(?=[ \t]*+(?:,|\||$)|[ \t])",
    re.IGNORECASE,
)
_AND = regex(r"[ \t]*+,[ \t]*+|[ \t]++")
_OR = regex(r"[ \t]*+\|\|?[ \t]*+")
_LONGEST = 2000
_MISTAKES = (
    (regex(r"(?:===|=>|=<|<>|~>)"), "`{at}` is no operator of Poetry; write `==`, `>=`, `<=`, `!=` or `~`"),
    (regex(r"(?:latest|newest|stable)\b"), "`{at}` is no version; write `*` for any"),
    (regex(r"[0-9]++(?>(?:\.[0-9]++)*)\.x\b"), "`.x` is no wildcard behind a number; write `.*`"),
    (regex(r"[\^~][ \t]*+[0-9.]++\*"), "`.*` does not go with `^` or `~`; leave one of them out"),
    (regex(r"[~^=!<>]+[ \t]*+$"), "no version follows `{at}`; write one"),
    (regex(r"-[ \t]++[0-9.]++"), "a range is written with bounds, as in `>=1,<2`"),
)


class Fault(NamedTuple):
    """Offsets of a mistake in a constraint, and what is wrong with it."""

    start: int
    end: int
    reason: str


def translate(text: str) -> str | Fault:
    """Return the PEP 440 text of a constraint, or where it is no constraint."""
    if len(text) > _LONGEST or re.search(r"[0-9]{300}", text):
        return Fault(0, len(text), "it is too long to be read")
    if not text.strip():
        return Fault(0, len(text), "it is empty; write `*` for any version")
    alternatives: list[str] = []
    position = len(text) - len(text.lstrip())
    while True:
        clauses = _clauses(text, position)
        if isinstance(clauses, Fault):
            return clauses
        position, specifier = clauses
        alternatives.append(specifier)
        bar = _OR.match(text, position)
        if bar is None:
            break
        position = bar.end()
    return "" if "" in alternatives else " || ".join(dict.fromkeys(alternatives))


def _clauses(text: str, position: int) -> tuple[int, str] | Fault:
    """Read the clauses of one alternative: where they end, and their text."""
    found: list[str] = []
    while True:
        match = _CLAUSE.match(text, position)
        clause = _clause(match) if match else None
        if match is None or clause is None:
            return _fault(text, position)
        found.append(clause)
        position = match.end()
        separator = _AND.match(text, position)
        if separator is None or separator.end() == len(text) or text[separator.end()] == "|":
            end = separator.end() if separator else position
            if end < len(text) and text[end] != "|":
                return _fault(text, end)
            return end, ",".join(dict.fromkeys(clause for clause in found if clause))
        position = separator.end()


def _bumped(match: re.Match[str], index: int) -> str:
    """Return the release whose part at `index` is one higher and which ends there."""
    parts = [int(part) for part in match["release"].split(".")][: index + 1]
    parts[-1] += 1
    return (f"{match['epoch']}!" if match["epoch"] else "") + ".".join(map(str, parts))


def _breaking(match: re.Match[str]) -> int:
    """Return the index of the first part that is not zero, among the first three; else of the last of them."""
    parts = [int(part) for part in match["release"].split(".")][:3]
    return next((index for index, part in enumerate(parts) if part), len(parts) - 1)


def _clause(match: re.Match[str]) -> str | None:
    """Return one clause as PEP 440; `None` where its parts do not go together."""
    operator = "==" if match["operator"] in (None, "=") else match["operator"]
    if match["any"]:
        return "" if match["operator"] is None else None
    base = (f"{match['epoch']}!" if match["epoch"] else "") + match["release"]
    version = base + match["suffix"]
    if operator in ("==", "!="):
        return f"{operator}{base}.*" if match["wild"] else f"{operator}{version}{match['local'] or ''}"
    if operator == "^" or operator.startswith("~"):
        return None if match["wild"] else _compatible(match, operator, version)
    return f"{operator}{version}"


def _compatible(match: re.Match[str], operator: str, version: str) -> str:
    """Translate an operator that has an upper bound of its own."""
    dots = match["release"].count(".")
    if operator == "~=" and dots:
        return f"~={version}"
    last = _breaking(match) if operator == "^" else min(1, dots)
    return f">={version},<{_bumped(match, last)}"


def _fault(text: str, position: int) -> Fault:
    for pattern, reason in _MISTAKES:
        if match := pattern.match(text, position) or pattern.search(text, position):
            return Fault(*match.span(), reason.format(at=match[0].strip()))
    end = re.compile(r"[,|]|$").search(text, position)
    return Fault(
        position,
        end.start() if end else len(text),
        "it is no constraint of Poetry; write one such as `^1.2` or `>=1.2,<2`",
    )
