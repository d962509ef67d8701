"""The judgement on a requirement of a library: how far one release supports it, and by which rows."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache

from ddlint.core.namedtuple import NamedTuple
from ddlint.pack.support import applicable_rows, evaluate
from ddlint.versions.specifiers import Verdict, verdict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.core.model import Located, Resolution
    from ddlint.pack.pack import Pack
    from ddlint.pack.support_rows import Support


class Kind(IntEnum):
    """How a requirement stands, the worst first."""

    __hash__ = object.__hash__  # each is one of a kind, and the hash of `Enum` takes far longer

    UNSUPPORTED = 0
    PARTLY = 1
    UNTESTED = 2
    UNBOUNDED = 3
    UNKNOWN = 4
    FINE = 5


_KINDS = {
    Verdict.UNSUPPORTED: Kind.UNSUPPORTED,
    Verdict.PARTLY: Kind.PARTLY,
    Verdict.UNBOUNDED: Kind.UNBOUNDED,
    Verdict.UNKNOWN: Kind.UNKNOWN,
}
TELLING = frozenset({Kind.UNSUPPORTED, Kind.PARTLY, Kind.UNTESTED})
"""The kinds that are findings of their own."""


class Outcome(NamedTuple):
    """How a requirement stands on one Python."""

    kind: Kind
    resolution: Resolution
    rows: tuple[Support, ...]
    """Those that it fails, or all that rule where it fails none."""


class Judgement(NamedTuple):
    """How a requirement stands in its project."""

    located: Located
    kind: Kind
    outcomes: tuple[Outcome, ...]
    """Of that kind, one for each Python."""
    beside: tuple[Located, ...] = ()
    """Lock entries, constraints and declarations of the same library that belong to it."""
    is_answered: bool = False
    """Whether a lock or a constraint of the project keeps it to what is supported."""


def outcome(pack: Pack, located: Located, resolution: Resolution) -> Outcome:
    """Judge a requirement under one release."""
    dependency = located.dependency
    rules = applicable_rows(pack, dependency.name, resolution.release, resolution.line)
    if not dependency.is_known:
        return Outcome(Kind.UNKNOWN if rules.rows else Kind.FINE, resolution, rules.rows)
    kind, rows = _judged(pack, dependency.name, dependency.specifier, resolution.release, resolution.line)
    return Outcome(kind, resolution, rows)


@lru_cache(maxsize=8192)
def _judged(pack: Pack, name: str, specifier: str, release: str, line: str) -> tuple[Kind, tuple[Support, ...]]:
    rules = applicable_rows(pack, name, release, line)
    judged = evaluate(specifier, rules.rows) if rules.rows else None
    kind = _KINDS.get(judged.verdict, Kind.FINE) if judged else Kind.FINE
    is_untested = kind not in {Kind.UNSUPPORTED, Kind.PARTLY, Kind.UNKNOWN} and bool(rules.tested)
    if is_untested and verdict(specifier, specifiers(rules.tested)) is Verdict.UNSUPPORTED:
        return Kind.UNTESTED, rules.tested
    return kind, judged.rows if judged else ()


def specifiers(rows: tuple[Support, ...]) -> tuple[str, ...]:
    """Give what rows support, as texts of which one must be met."""
    return tuple(row.specifier for row in rows)
