"""Report a platform that the table of supported runtimes leaves out.

## What it does

Compares the operating system, the CPU and the implementation of Python of every runtime hint, or of the config, with
the newest table of runtimes that holds for the resolved release.

## Why it matters

On such a platform the release is not supported, and nobody builds wheels for it.

## Example

    FROM --platform=linux/386 python:3.12
    RUN pip install ddtrace==4.16.0      # 32-bit Linux is not in its table

## What to do

Run on a platform of the table, or stay on the last release that supports this one.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.checks import check_of
from ddlint.checks.common.context import CheckContext, context_of
from ddlint.checks.common.messages import joined, subject, tracer_places
from ddlint.checks.common.tracer import ResolutionGroup, place, related
from ddlint.checks.common.wheels import WheelTarget, excluding_runtimes, is_open, wheel_targets
from ddlint.core.model import Place, Project
from ddlint.core.report import Finding
from ddlint.core.text import shortest_that_fits
from ddlint.pack.pack import Pack

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.pack.install_rows import Runtime

CHECK = check_of(__name__)


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a finding for each platform that the runtime table leaves out."""
    context = context_of(project, pack)
    for tracer in project.tracers:
        groups: dict[tuple[object, ...], list[WheelTarget]] = {}
        for spot in wheel_targets(context, tracer):
            if excluding_runtimes(context, spot) and not is_open(spot.resolution):
                groups.setdefault((spot.path, _token(spot)), []).append(spot)
        for group in groups.values():
            yield _finding(
                context, ResolutionGroup(tracer, tuple(dict.fromkeys(each.resolution for each in group))), group
            )


def _token(spot: WheelTarget) -> str:
    return spot.platform.token if spot.platform else ""


def _finding(context: CheckContext, group: ResolutionGroup, targets: list[WheelTarget]) -> Finding:
    spot = targets[0]
    token, rows = _token(spot), excluding_runtimes(context, spot)
    places = dict.fromkeys(each.platform.at for each in targets if each.platform and each.platform != spot.platform)
    again = tuple(Place(spot.path, at, "also here") for at in places)
    releases = [each.release for each in group.resolutions]
    is_written = spot.platform is not None and bool(spot.path)
    label = "not supported"
    does = "does" if len(set(releases)) == 1 else "do"
    at = Place(spot.path, spot.platform.at, label) if is_written and spot.platform else place(context, group, label)
    return Finding(
        CHECK.code,
        CHECK.level,
        context.pack.subject,
        shortest_that_fits(f"{subject(context, releases)} {does} not support {token}"),
        at,
        rows[0].row,
        (*again, *tracer_places(context, group.resolutions)) if is_written else related(context, group),
        tuple(dict.fromkeys(row.evidence for row in rows)),
        (f"supported: {_table(rows)}",),
        "run on a supported platform",
        key=token,
    )


def _table(rows: tuple[Runtime, ...]) -> str:
    systems = dict.fromkeys((row.system, row.machines, row.implementation) for row in rows)
    return joined(f"{implementation} on {system} ({machines})" for system, machines, implementation in systems)
