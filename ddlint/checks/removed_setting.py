"""Report a setting that the resolved release ignores.

## What it does

Reports an environment variable that a Dockerfile, a compose file, a workflow or another runtime hint sets, and that the
resolved release of the tracer no longer reads, with its successor. A variable that is still read and means something
else now is a notice.

## Why it matters

Nothing reports a variable that is not read: the service runs without what it was meant to switch, and a sampling
rate or a switch that seems to hold does not.

## Example

    ddtrace==4.16.0
    DD_SERVICE_NAME=shop    # removed in ddtrace 1.0.0: DD_SERVICE

## What to do

Set the successor that is named, or take the variable out.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.checks import check_of
from ddlint.checks.common.context import CheckContext, context_of
from ddlint.checks.common.messages import on_pythons, subject, tracer_places
from ddlint.checks.common.settings import SettingAt, affected_releases, settings
from ddlint.checks.common.variables import Variables, variables_of
from ddlint.core.model import Project, Resolution, Severity
from ddlint.core.report import Finding
from ddlint.core.text import fitted
from ddlint.pack.pack import Pack
from ddlint.pack.protection_rows import RemovedSetting
from ddlint.versions.specifiers import is_at_least

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.checks.common.tracer import ResolutionGroup

CHECK = check_of(__name__)


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a finding for each setting that is ignored."""
    context = context_of(project, pack)
    rows = pack.rows(RemovedSetting)
    known = variables_of(pack)
    for made in settings(context):
        told = _narrowest([row for row in rows if _is_meant(row, made)])
        if not told and made.name in known.rows and not known.is_of_others(made.name):
            yield from _unread(context, known, made)
        for row in told:

            def ignores(resolution: Resolution, row: RemovedSetting = row) -> bool:
                return is_at_least(resolution.release, row.version)

            if group := affected_releases(context, made.path, ignores):
                yield _finding(context, known, made, row, group)


def _unread(context: CheckContext, known: Variables, made: SettingAt) -> Iterator[Finding]:
    """Yield a finding for a variable of which only the code of the releases tells that it has ended."""

    def has_ended(resolution: Resolution) -> bool:
        return bool(known.last_before(made.name, resolution.series))

    if group := affected_releases(context, made.path, has_ended):
        last = known.last_before(made.name, group.first.series)
        row = known.rows[made.name]
        where = on_pythons(context, (each.python for each in group.resolutions))
        releases = subject(context, (each.release for each in group.resolutions))
        message, _ = fitted(f"`{made.name}` is ignored by {releases}", where, f": last read by {last}")
        yield Finding(
            CHECK.code,
            CHECK.level,
            made.name,
            message,
            made.place("ignored"),
            row.row,
            tracer_places(context, group.resolutions),
            (row.evidence,),
            help="remove it",
            key=made.name,
        )


def _is_meant(row: RemovedSetting, made: SettingAt) -> bool:
    if row.variable.endswith("*"):
        is_named = made.name.startswith(row.variable[:-1]) and (not row.names or made.name in row.names)
    else:
        is_named = made.name == row.variable
    if not is_named or not (row.value or row.part):
        return is_named
    if made.value is None:
        return False
    listed = {made.value, *(each.strip() for each in made.value.split(","))}
    is_value, is_part = row.value.lower() in listed, row.part.lower() in made.value
    return bool(row.value and is_value) or bool(row.part and is_part)


def _narrowest(rows: list[RemovedSetting]) -> list[RemovedSetting]:
    """Return the row of the variable itself, else the one of its prefix; the earliest of several."""
    return sorted(rows, key=lambda row: row.variable.endswith("*"))[:1]


def _finding(
    context: CheckContext, known: Variables, made: SettingAt, row: RemovedSetting, group: ResolutionGroup
) -> Finding:
    advice = _advice(known, row, made, group.first.series)
    where = on_pythons(context, (each.python for each in group.resolutions))
    written = f"{row.variable}={row.value}" if row.value else made.name
    releases = subject(context, (each.release for each in group.resolutions))
    what = "means something else in" if row.is_changed else "is ignored by"
    when = f", as since {row.version}" if row.is_changed else f": removed in {row.version}"
    message, _ = fitted(f"`{written}` {what} {releases}", where, when)
    return Finding(
        CHECK.code,
        Severity.NOTICE if row.is_changed else CHECK.level,
        made.name,
        message,
        made.place("read otherwise" if row.is_changed else "ignored"),
        row.row,
        tracer_places(context, group.resolutions),
        (row.evidence,),
        help=advice,
        key=made.name,
    )


def _advice(known: Variables, row: RemovedSetting, made: SettingAt, series: str) -> str:
    has_prefix = row.prefix and row.variable.endswith("*")
    successor = f"{row.prefix}{made.name.removeprefix(row.variable[:-1])}" if has_prefix else row.successor
    variable = successor.partition("=")[0]
    if not successor or (variable in known.rows and known.last_before(variable, series)):
        return "remove it"
    return f"set `{successor}` instead" if " " not in successor else f"change or remove it ({successor})"
