"""Markers as tools write them: comparisons of a variable with a text, joined by `and` and `or`.

Importing `packaging.markers` takes longer than judging a lock, so these are read and evaluated without it, just as it
does. What is written otherwise (other operators, nested parentheses, sets) is left to it.
"""

from __future__ import annotations

from functools import lru_cache

from ddlint.core.lazy_regex import regex
from ddlint.core.namedtuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from packaging.specifiers import Specifier

_CLAUSE = regex(
    r"(?P<name>python(?:_full)?_version|sys_platform|os_name|platform_(?:system|machine|python_implementation)"
    r"|implementation_name) ?(?P<operator>[<>]=?|[=!~]=) ?(?P<quote>['\"])(?P<value>[A-Za-z0-9_ .*+!-]*)(?P=quote)"
)
_VERSIONS = frozenset({"python_version", "python_full_version"})
_OF_TEXTS = frozenset({"==", "!="})


class Clause(NamedTuple):
    """One comparison."""

    name: str
    operator: str
    value: str


Alternatives = tuple[tuple[Clause, ...], ...]
"""Of which one must hold with all its clauses."""


@lru_cache(maxsize=2048)
def read_plain(marker: str) -> Alternatives | None:
    """Read a marker; nothing where it is not a plain one."""
    found = []
    for alternative in marker.split(" or "):
        is_grouped = alternative.startswith("(") and alternative.endswith(")")
        texts = (alternative[1:-1] if is_grouped else alternative).split(" and ")
        clauses = tuple(clause for text in texts if (clause := _clause(text)))
        if len(clauses) < len(texts):
            return None
        found.append(clauses)
    return tuple(found)


def _clause(text: str) -> Clause | None:
    match = _CLAUSE.fullmatch(text)
    if match is None:
        return None
    clause = Clause(match["name"], match["operator"], match["value"])
    is_told = _specifier(clause) is not None if clause.name in _VERSIONS else clause.operator in _OF_TEXTS
    return clause if is_told else None


@lru_cache(maxsize=2048)
def _specifier(clause: Clause) -> Specifier | None:
    from packaging.specifiers import InvalidSpecifier, Specifier

    try:
        return Specifier(f"{clause.operator}{clause.value}")
    except InvalidSpecifier:
        return None


def holds(alternatives: Alternatives, environment: Mapping[str, object]) -> bool:
    """Tell whether a marker holds in an environment."""
    return any(all(_is_met(clause, environment) for clause in clauses) for clauses in alternatives)


def _is_met(clause: Clause, environment: Mapping[str, object]) -> bool:
    found = str(environment[clause.name])
    if clause.name in _VERSIONS:
        specifier = _specifier(clause)
        return specifier is not None and specifier.contains(found, prereleases=True)
    return (found == clause.value) is (clause.operator == "==")
