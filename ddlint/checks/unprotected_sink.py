"""Report a SQL driver or an HTTP client that a capability which is switched on does not watch.

## What it does

Looks up every SQL driver and HTTP client that the project declares for what it deploys in the newest tables, once a
capability that works on queries and calls is switched on. Under `--pedantic` it also names the modules of the standard
library for which a table has no coverage.

## Why it matters

An attack that ends in such a driver is judged from the request alone, and not where it takes effect.

## Example

    ddtrace==4.16.0
    DD_APPSEC_ENABLED=true
    asyncpg==0.29.0       # psycopg and other drivers are covered

## What to do

Prefer a driver or a client that is covered where the input of users reaches it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.checks import check_of
from ddlint.checks.common.context import CheckContext, context_of
from ddlint.checks.common.messages import key, quoted
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
from ddlint.checks.common.tracer import path_if_undeclared
from ddlint.core.model import Located, Place, Project, Resolution
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.report import Finding
from ddlint.pack.pack import Pack
from ddlint.pack.protection_rows import Protection, Sink
from ddlint.versions.specifiers import is_at_least

CHECK = check_of(__name__)
_ATTACKS = {"SQLi": "SQL injection", "SSRF": "server-side request forgery"}
_STANDARD = "stdlib:"


class _Use(NamedTuple):
    """A driver or a client that the project uses, under a capability."""

    row: Sink
    uses: tuple[Located, ...]
    found: EnabledCapability


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a notice for each driver and client that is not covered."""
    context = context_of(project, pack)
    found = next(iter(enabled_for(context, "sink")), None)
    if found is None:
        return
    for row in pack.rows(Sink):
        uses = () if row.is_covered else deployed_requirements(context, row.distribution)
        if uses and _is_running(context, found, uses[0]):
            yield _finding(context, _Use(row, uses, found))
    if project.is_pedantic:
        yield from _standard(context, found)


def _is_running(context: CheckContext, found: EnabledCapability, located: Located) -> bool:
    """Return whether the release has the capability at all: one that it lacks covers nothing, and DD401 says so."""

    def has_it(resolution: Resolution) -> bool:
        return is_at_least(resolution.release, found.capability.minimum)

    return where_all(context, located, has_it) is not None


def _finding(context: CheckContext, use: _Use) -> Finding:
    row, found, first = use.row, use.found, use.uses[0]
    covered = coverage_phrase(
        each.distribution for each in context.pack.rows(Sink) if each.is_covered and each.attack == row.attack
    )
    return Finding(
        CHECK.code,
        CHECK.level,
        row.distribution,
        found.says(f"does not cover {quoted(context, first)} against {_ATTACKS.get(row.attack, row.attack)}"),
        Place(first.path, first.dependency.at, "not covered"),
        row.row,
        (
            *places_of(use.uses[1:], "also here"),
            *path_if_undeclared(context, first),
            *related_places(found.made, "switched on here"),
        ),
        (row.evidence,),
        (covered,) if covered else (),
        help="take a covered one where the input of users reaches it",
        key=key(first.dependency.specifier),
    )


def _standard(context: CheckContext, found: EnabledCapability) -> Iterator[Finding]:
    """Report modules of the standard library where the capability is switched on: no requirement names them."""
    for row in context.pack.rows(Protection):
        for name in row.distributions:
            if not row.is_covered and name.startswith(_STANDARD):
                module = name.removeprefix(_STANDARD)
                yield Finding(
                    CHECK.code,
                    CHECK.level,
                    module,
                    found.says(f"does not cover `{module}` against {_ATTACKS.get(row.capability, row.capability)}"),
                    place(context, found, context.project.tracers[0], "switched on here" if found.made else ""),
                    row.row,
                    related_places(found.made[1:]),
                    (row.evidence,),
                    help=f"keep the input of users away from `{module}`",
                    key=f"{module} {row.capability}",
                )
