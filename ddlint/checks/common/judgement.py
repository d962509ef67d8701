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


class SupportStatus(IntEnum):
    """How a requirement stands, the worst first."""

    __hash__ = object.__hash__  # each is one of a kind, and the hash of `Enum` takes far longer

    UNSUPPORTED = 0
    PARTLY = 1
    UNTESTED = 2
    UNBOUNDED = 3
    UNKNOWN = 4
    FINE = 5


_STATUSES = {
    Verdict.UNSUPPORTED: SupportStatus.UNSUPPORTED,
    Verdict.PARTLY: SupportStatus.PARTLY,
    Verdict.UNBOUNDED: SupportStatus.UNBOUNDED,
    Verdict.UNKNOWN: SupportStatus.UNKNOWN,
}
REPORTABLE = frozenset({SupportStatus.UNSUPPORTED, SupportStatus.PARTLY, SupportStatus.UNTESTED})
"""The kinds that are findings of their own."""


class ReleaseVerdict(NamedTuple):
    """How a requirement stands on one Python."""

    status: SupportStatus
    resolution: Resolution
    rows: tuple[Support, ...]
    """Those that it fails, or all that rule where it fails none."""


class RequirementVerdict(NamedTuple):
    """How a requirement stands in its project."""

    located: Located
    status: SupportStatus
    verdicts: tuple[ReleaseVerdict, ...]
    """Of that kind, one for each Python."""
    siblings: tuple[Located, ...] = ()
    """Lock entries, constraints and declarations of the same library that belong to it."""
    is_satisfied_by_lock: bool = False
    """Whether a lock or a constraint of the project keeps it to what is supported."""


def verdict_on_release(pack: Pack, located: Located, resolution: Resolution) -> ReleaseVerdict:
    """Judge a requirement under one release."""
    dependency = located.dependency
    rules = applicable_rows(pack, dependency.name, resolution.release, resolution.line)
    if not dependency.is_known:
        return ReleaseVerdict(SupportStatus.UNKNOWN if rules.rows else SupportStatus.FINE, resolution, rules.rows)
    status, rows = _evaluated(pack, dependency.name, dependency.specifier, resolution.release, resolution.line)
    return ReleaseVerdict(status, resolution, rows)


@lru_cache(maxsize=8192)
def _evaluated(
    pack: Pack, name: str, specifier: str, release: str, line: str
) -> tuple[SupportStatus, tuple[Support, ...]]:
    rules = applicable_rows(pack, name, release, line)
    judged = evaluate(specifier, rules.rows) if rules.rows else None
    status = _STATUSES.get(judged.verdict, SupportStatus.FINE) if judged else SupportStatus.FINE
    is_untested = status not in {SupportStatus.UNSUPPORTED, SupportStatus.PARTLY, SupportStatus.UNKNOWN} and bool(
        rules.tested
    )
    if is_untested and verdict(specifier, specifiers(rules.tested)) is Verdict.UNSUPPORTED:
        return SupportStatus.UNTESTED, rules.tested
    return status, judged.rows if judged else ()


def specifiers(rows: tuple[Support, ...]) -> tuple[str, ...]:
    """Give what rows support, as texts of which one must be met."""
    return tuple(row.specifier for row in rows)
