"""Report a release that is newer than the rules, and the series it is judged as.

## What it does

A release above the newest one that the rules know of its series is judged as that series; one of a later series, as the
newest series there is.

## Why it matters

What the newer release added or removed is not known here, so a finding may be out of date and another may be missing.

## Example

    ddtrace==4.99.0    # the rules know ddtrace up to 4.16.0

## What to do

Update ddlint; its rules follow the releases.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.checks import check_of
from ddlint.checks.common.context import CheckContext, context_of
from ddlint.checks.common.tracer import (
    ResolutionGroup,
    group_by_requirement,
    place,
    related,
    requirements_text,
    specifiers_of,
)
from ddlint.core.model import Project, Resolution, Severity
from ddlint.core.report import Finding
from ddlint.core.text import shortest_that_fits
from ddlint.pack.pack import Pack
from ddlint.pack.releases import release_index
from ddlint.versions.specifiers import Verdict, verdict

CHECK = check_of(__name__)


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a notice for each release that the pack does not know yet."""

    def newer(resolution: Resolution) -> str | None:
        return resolution.series if resolution.is_newer else None

    context = context_of(project, pack)
    for tracer in project.tracers:
        for group in group_by_requirement(tracer, tracer.resolutions, newer):
            yield _finding(context, group)


def _finding(context: CheckContext, group: ResolutionGroup) -> Finding:
    pack, series = context.pack, group.first.series
    newest = release_index(pack).newest_of[series].version
    wanted = requirements_text(context, group.first.by[:1]) or f"{pack.subject} {group.first.release}"
    of_series = f" of {series}" if series != pack.all_series[-1] else ""
    return Finding(
        CHECK.code,
        Severity.WARNING if _is_of_unknown_major(pack, group) else CHECK.level,
        pack.subject,
        shortest_that_fits(f"{wanted} asks for a release newer than {newest}, the newest known one{of_series}"),
        place(context, group, f"judged as {series}"),
        related=related(context, group),
        help=f"update ddlint, whose rules are of {pack.version}",
        key=group.key,
    )


def _is_of_unknown_major(pack: Pack, group: ResolutionGroup) -> bool:
    """Return whether every release that is asked for is of a major that did not exist: it may be a typo."""
    above = int(pack.all_series[-1].partition(".")[0]) + 1
    asked = specifiers_of(group.first)
    return any(verdict(each, (f"<{above}",)) is Verdict.UNSUPPORTED for each in asked)
