"""The verdict on a requirement of a library: how far the releases installed with it support it, and by which rows."""

from __future__ import annotations

from ddlint.core.model import Located, Resolution, Severity
from ddlint.core.namedtuple import NamedTuple
from ddlint.pack.pack import Pack
from ddlint.pack.support import SupportStatus, evaluate
from ddlint.pack.support_rows import Effect, Support

REPORTABLE = frozenset({SupportStatus.UNSUPPORTED, SupportStatus.PARTLY, SupportStatus.UNTESTED})
"""What is a finding of its own."""


class ReleaseVerdict(NamedTuple):
    """How far the release that is resolved on one Python supports a requirement."""

    status: SupportStatus
    resolution: Resolution
    rows: tuple[Support, ...]
    """Those that it fails, or all that apply where it fails none."""
    is_ceiling: bool = False
    """True where only an upper bound of a document is exceeded."""


class RequirementVerdict(NamedTuple):
    """How far a requirement is supported in its project."""

    located: Located
    status: SupportStatus
    verdicts: tuple[ReleaseVerdict, ...]
    """Those of that status, one for each Python."""
    siblings: tuple[Located, ...] = ()
    """Lock entries, constraints and declarations of the same library that belong to it."""
    is_satisfied_by_lock: bool = False
    """Whether a lock or a constraint of the project keeps it to what is supported."""


def verdict_on_release(pack: Pack, located: Located, resolution: Resolution) -> ReleaseVerdict:
    """Return how far one release supports a requirement."""
    found = evaluate(pack, located.dependency, resolution.release, resolution.series)
    return ReleaseVerdict(found.status, resolution, found.rows, found.is_ceiling)


def unsupported_level(effect: Effect, *, is_ceiling: bool, is_off: bool, is_seen: bool = True) -> Severity:
    """Return the level of a library outside the supported range, by what happens then.

    Where only an upper bound of a document is exceeded, or the integration is off, less depends on it. What nobody has
    seen is no error.
    """
    if effect in {Effect.BREAKS, Effect.REFUSED}:
        return Severity.WARNING if is_off or not is_seen else Severity.ERROR
    is_mild = is_ceiling or is_off or effect is Effect.WORKS
    return Severity.NOTICE if is_mild else Severity.WARNING


def specifiers(rows: tuple[Support, ...]) -> tuple[str, ...]:
    """Return what rows support, as specifiers of which one must be met."""
    return tuple(row.specifier for row in rows)
