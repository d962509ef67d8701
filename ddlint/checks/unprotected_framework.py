"""Report a web framework whose requests a capability that is switched on neither monitors nor blocks.

## What it does

Looks up every web framework that the project declares for what it deploys in the newest table, once a capability that
works on requests is switched on. A framework that a covered one is built on is not reported beside that one, nor is an
HTTP client that can serve as well beside any covered framework. A framework that is covered only from a later release
than the resolved one is a notice. One that follows the logins of users is reported where no framework is
declared that it follows them in.

## Why it matters

The capability runs, and attacks on the service pass it unseen.

## Example

    ddtrace==4.16.0
    DD_APPSEC_ENABLED=true
    bottle==0.13.2        # django, flask, fastapi and tornado are covered

## What to do

Serve with a covered framework, or do not count on the protection here.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.checks import check_of
from ddlint.checks.common.context import CheckContext, context_of
from ddlint.checks.common.messages import joined, key, quoted
from ddlint.checks.common.protection import (
    EnabledCapability,
    coverage_phrase,
    deployed_requirements,
    enabled_for,
    place,
    places_of,
    related_places,
    where_all,
)
from ddlint.checks.common.tracer import upgrade_help
from ddlint.core.model import Located, Project, Resolution, Severity
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.report import Finding
from ddlint.pack.pack import Pack
from ddlint.pack.protection_rows import Framework, Protection, RemovedSetting, Sink
from ddlint.versions.specifiers import is_at_least

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.checks.common.tracer import ResolutionGroup

CHECK = check_of(__name__)
_LOGINS = "user authentication"
"""The table of what the logins of users are followed in."""


class _Use(NamedTuple):
    """A web framework that the project serves with, under a capability."""

    row: Framework
    uses: tuple[Located, ...]
    found: EnabledCapability


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a finding for each web framework that nothing protects."""
    context = context_of(project, pack)
    found = next(iter(enabled_for(context, "framework")), None)
    for row in pack.rows(Framework) if found else ():
        uses = deployed_requirements(context, row.distribution)
        if found and uses:
            yield from _judged(context, _Use(row, uses, found))
    for each in enabled_for(context, "login"):
        if not each.made or {made.name for made in each.made} - _removed(pack):
            yield from _without_logins(context, each)


def _removed(pack: Pack) -> frozenset[str]:
    """Return the variables that a release no longer reads: what they ask for is said of them by themselves."""
    return frozenset(name for row in pack.rows(RemovedSetting) for name in (row.variable, *row.names))


def _without_logins(context: CheckContext, found: EnabledCapability) -> Iterator[Finding]:
    """Yield a finding where a capability that follows the logins of users has no framework that it follows them in."""
    rows = [row for row in context.pack.rows(Protection) if row.table == _LOGINS and row.is_covered]
    covered = {name for row in rows for name in row.distributions}
    if not rows or any(context.active_pythons(each) for name in covered for each in context.by_name.get(name, ())):
        return
    uses = [each for row in context.pack.rows(Framework) for each in deployed_requirements(context, row.distribution)]
    if not uses:
        return
    yield Finding(
        CHECK.code,
        CHECK.level,
        uses[0].dependency.name,
        found.says(f"follows no logins of {quoted(context, uses[0])}"),
        place(context, found, context.project.tracers[0], "switched on here" if found.made else "judged with this"),
        rows[0].row,
        (*places_of(uses, "not covered"), *related_places(found.made[1:])),
        (rows[0].evidence,),
        notes=tuple(filter(None, (coverage_phrase(sorted(covered)),))),
        help="report logins by the functions of the tracer that set a user",
        key=key(uses[0].dependency.specifier),
    )


def _judged(context: CheckContext, use: _Use) -> Iterator[Finding]:
    def is_too_early(resolution: Resolution) -> bool:
        minimum = use.found.capability.minimum
        return is_at_least(resolution.release, minimum) and not is_at_least(resolution.release, use.row.since)

    if not use.row.is_covered and not _is_answered(context, use.row):
        yield _finding(context, use)
    elif use.row.is_covered and use.row.since and (group := where_all(context, use.uses[0], is_too_early)):
        yield _notice(context, use, group)


def _is_answered(context: CheckContext, row: Framework) -> bool:
    """Return whether a covered framework beside this one does the serving."""
    covered = {each.distribution for each in context.pack.rows(Framework) if each.is_covered}
    answering = covered if context.pack.about(Sink, row.distribution) else row.built_on_by
    return any(context.active_pythons(each) for name in answering for each in context.by_name.get(name, ()))


def _finding(context: CheckContext, use: _Use) -> Finding:
    row, found = use.row, use.found
    listed = (each for each in context.pack.rows(Framework) if each.is_covered and not each.built_on_by)
    covered = coverage_phrase(each.distribution for each in listed)
    return Finding(
        CHECK.code,
        CHECK.level,
        row.distribution,
        found.says(f"does not cover the web framework {quoted(context, use.uses[0])}"),
        place(context, found, context.project.tracers[0], "switched on here" if found.made else "judged with this"),
        row.row,
        (*places_of(use.uses, "not covered"), *related_places(found.made[1:])),
        tuple(dict.fromkeys((row.evidence, *row.others))),
        notes=(covered,) if covered else (),
        help=f"serve with a covered one, or do not count on {found.capability.title} here",
        key=key(use.uses[0].dependency.specifier),
    )


def _notice(context: CheckContext, use: _Use, group: ResolutionGroup) -> Finding:
    row, found = use.row, use.found
    advice = upgrade_help(context, group, f">={row.since}")
    releases = joined(dict.fromkeys(each.release for each in group.resolutions))
    return Finding(
        CHECK.code,
        Severity.NOTICE,
        row.distribution,
        found.says(
            f"covers {quoted(context, use.uses[0])} from {context.pack.subject} {row.since} on, and this is {releases}"
        ),
        place(context, found, group.tracer, "switched on here" if found.made else "too old"),
        row.row,
        (*places_of(use.uses, f"covered from {row.since} on"), *related_places(found.made[1:])),
        tuple(dict.fromkeys((row.evidence, *row.others))),
        help=advice,
        key=key(use.uses[0].dependency.specifier),
    )
