"""Report a setting that protection needs and that is off or missing.

## What it does

Once a capability is switched on, looks in the runtime hints for the settings that it needs, or that a web framework
which the project declares needs under it. A setting that the resolved release has by default is only reported where it
is switched off; one whose value is set from elsewhere counts as on.

## Why it matters

The capability starts and does nothing, or not all it could, and nothing says so.

## Example

    ddtrace==4.16.0
    tornado==6.4.1             # protected with DD_TRACE_TORNADO_ENABLED=true only
    DD_APPSEC_ENABLED=true

## What to do

Set it where the service runs. If that is done out of sight, silence this with a reason.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.checks import check_of
from ddlint.checks.common.context import CheckContext, context_of
from ddlint.checks.common.messages import key, on_pythons, quoted, subject, tracer_places
from ddlint.checks.common.protection import (
    MissingSetting,
    missing_settings,
    place,
    places_of,
    quoted_setting,
    related_places,
)
from ddlint.checks.common.settings import affected_releases
from ddlint.core.model import Place, Project, Resolution
from ddlint.core.report import Finding
from ddlint.pack.pack import Pack
from ddlint.versions.specifiers import is_at_least

CHECK = check_of(__name__)


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a finding for each setting that is off or missing."""
    context = context_of(project, pack)
    for need in missing_settings(context):
        if need.uses:
            yield _of_library(context, need)
        elif need.off:
            yield _switched_off(context, need)
        else:
            yield from _missing(context, need)


def _of_library(context: CheckContext, need: MissingSetting) -> Finding:
    row, first = need.row, need.uses[0]
    wanted = f"`{row.variable}={row.value}`"
    what = f"needs {wanted} for {quoted(context, first)}"
    but = f"`{quoted_setting(need.off[0])}` is set here" if need.off else "nothing here sets it"
    message = need.found.says(f"{what}, but {but}", what)
    nothing = "no file here sets it"
    at = need.off[0].place("set otherwise") if need.off else Place(first.path, first.dependency.at, nothing)
    others = (*related_places(need.off[1:]), *places_of(need.uses[0 if need.off else 1 :], f"needs {wanted}"))
    return _finding(need, message, at, (*others, *related_places(need.found.made, "switched on here")))


def _switched_off(context: CheckContext, need: MissingSetting) -> Finding:
    row, first = need.row, need.off[0]
    what = f"needs `{row.variable}={row.value}`"
    message = need.found.says(f"{what}, but `{quoted_setting(first)}` is set here", what)
    since = (f"the default since {context.pack.subject} {row.default_from}",) if row.default_from else ()
    related = (*related_places(need.off[1:]), *related_places(need.found.made, "switched on here"))
    return _finding(need, message, first.place("set otherwise"), related)._replace(notes=since)


def _missing(context: CheckContext, need: MissingSetting) -> Iterator[Finding]:
    """Report a setting that a release which has the capability does not have by default yet."""
    row, found = need.row, need.found

    def lacks(resolution: Resolution) -> bool:
        first = (found.capability.minimum, row.since)
        has_it = all(is_at_least(resolution.release, each) for each in first if each)
        return has_it and not (row.default_from and is_at_least(resolution.release, row.default_from))

    group = affected_releases(context, found.made[0].path if found.made else "", lacks)
    if group is None:
        return
    where = on_pythons(context, (each.python for each in group.resolutions))
    releases = subject(context, (each.release for each in group.resolutions))
    message = found.says(f"needs `{row.variable}={row.value}`, which nothing here sets")
    at = place(context, found, group.tracer, "switched on here" if found.made else "")
    places = tracer_places(context, group.resolutions) if found.made else ()
    made = _finding(need, message, at, (*related_places(found.made[1:]), *places))
    move = f", or move to `{context.pack.subject}>={row.default_from}`" if row.default_from else ""
    yield made._replace(notes=(f"not the default of {releases}{where}",), help=f"{made.help}{move}")


def _finding(need: MissingSetting, message: str, at: Place, related: tuple[Place, ...]) -> Finding:
    row = need.row
    is_library = bool(need.uses) and not need.off
    return Finding(
        CHECK.code,
        CHECK.level,
        need.uses[0].dependency.name if is_library else row.variable,
        message,
        at,
        row.row,
        related,
        tuple(dict.fromkeys((row.evidence, *row.others))),
        help=f"set `{row.variable}={row.value}` where the service runs",
        key=key(need.uses[0].dependency.specifier) if is_library else row.variable,
    )
