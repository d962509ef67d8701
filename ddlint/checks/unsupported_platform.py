"""Report a platform that the table of supported runtimes leaves out.

## What it does

Compares the operating system, the CPU and the implementation of Python of every runtime hint, or of the config, with
the newest table of runtimes that holds for the resolved release.

## Why it matters

On such a platform the release is not supported, and nobody builds wheels for it.

## Example

    FROM --platform=linux/386 python:3.12
    RUN pip install tracelib==3.2.0      # 32-bit Linux is not in its table

## What to do

Run on a platform of the table, or stay on the last release that supports this one.
"""

from __future__ import annotations

from ddlint.checks.common.context import scene
from ddlint.checks.common.messages import joined, subject, tracer_places
from ddlint.checks.common.tracer import Decided, place, related
from ddlint.checks.common.wheels import Spot, excluding, is_open, spots
from ddlint.core.model import Finding, Place, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.checks.common.context import Scene
    from ddlint.core.model import Project
    from ddlint.pack.install_rows import Runtime
    from ddlint.pack.pack import Pack

CODE = "DD203"


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a finding for each platform that the runtime table leaves out."""
    here = scene(project, pack)
    for tracer in project.tracers:
        groups: dict[tuple[object, ...], list[Spot]] = {}
        for spot in spots(here, tracer):
            if excluding(here, spot) and not is_open(spot.resolution):
                groups.setdefault((spot.path, _token(spot)), []).append(spot)
        for group in groups.values():
            yield _finding(here, Decided(tracer, tuple(dict.fromkeys(each.resolution for each in group))), group)


def _token(spot: Spot) -> str:
    return spot.platform.token if spot.platform else ""


def _finding(scene: Scene, decided: Decided, group: list[Spot]) -> Finding:
    spot = group[0]
    token, rows = _token(spot), excluding(scene, spot)
    places = dict.fromkeys(each.platform.at for each in group if each.platform and each.platform != spot.platform)
    again = tuple(Place(spot.path, at, "also here") for at in places)
    releases = [each.release for each in decided.resolutions]
    is_written = spot.platform is not None and bool(spot.path)
    label = "not in the table of runtimes"
    at = Place(spot.path, spot.platform.at, label) if is_written and spot.platform else place(scene, decided, label)
    return Finding(
        CODE,
        Severity.WARNING,
        token,
        f"{subject(scene, releases)} does not support {token}; it supports {_table(rows)}",
        at,
        rows[0].row,
        (*again, *tracer_places(scene, decided.resolutions)) if is_written else related(scene, decided),
        tuple(dict.fromkeys(row.evidence for row in rows)),
        help="run on a platform of that table",
        key=token,
    )


def _table(rows: tuple[Runtime, ...]) -> str:
    systems = dict.fromkeys((row.system, row.machines, row.implementation) for row in rows)
    return joined(f"{implementation} on {system} ({machines})" for system, machines, implementation in systems)
