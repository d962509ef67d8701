"""Report a Python or platform for which the resolved release has no wheel.

## What it does

Looks up the wheels of the resolved release for every Python and platform that the project declares. Without a platform
it reports only a Python for which no platform has a wheel. A system older than the wheels allow has none either, and a
free-threaded Python (`3.14t`) needs wheels of its own. It is a notice where only a missing upper bound lets the Python
in.

## Why it matters

An installer then builds the source distribution. That needs compilers and takes minutes, and it fails where they are
missing: on a slim image, on Alpine, in a serverless build.

## Example

    FROM python:3.9-alpine
    RUN pip install ddtrace==0.55.4     # has no wheel for musl

## What to do

Take a release that has the wheel, or another Python or base image.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.checks import check_of
from ddlint.checks.common.context import CheckContext, context_of
from ddlint.checks.common.messages import has, key, on_pythons, subject, tracer_places
from ddlint.checks.common.tracer import ResolutionGroup, group_by_requirement, is_early, place, related
from ddlint.checks.common.wheels import (
    WheelTarget,
    excluding_runtimes,
    is_open,
    missing_wheel,
    wheel_targets,
    wheels_of,
)
from ddlint.core.model import FREE_THREADED, Certainty, Place, Project, Resolution, Severity
from ddlint.core.report import Evidence, Finding
from ddlint.core.text import cropped, fitted, shortest_that_fits
from ddlint.pack.install_rows import Wheel
from ddlint.pack.pack import Pack
from ddlint.versions.specifiers import list_minors

CHECK = check_of(__name__)


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a finding for each Python, and each platform, that has to build the release from source."""
    context = context_of(project, pack)
    places = {python.minor: python.places[:1] for python in project.pythons}
    for tracer in project.tracers:
        bare = [each for each in tracer.resolutions if each.release and each.python and _is_bare(context, each)]
        named = [each for each in bare if not is_early(each)]
        for group in group_by_requirement(tracer, named, lambda each: (places.get(each.python), is_open(each))):
            yield _on_python(context, group, next(iter(places.get(group.first.python, ())), None))
        lacking: dict[tuple[object, ...], list[WheelTarget]] = {}
        for spot in wheel_targets(context, tracer):
            if spot.resolution not in bare and not excluding_runtimes(context, spot) and missing_wheel(context, spot):
                cause = (spot.path, spot.platform, missing_wheel(context, spot), is_open(spot.resolution))
                lacking.setdefault(cause, []).append(spot)
        for alike in lacking.values():
            yield _on_platform(context, ResolutionGroup(tracer, tuple(each.resolution for each in alike)), alike[0])


def _is_bare(context: CheckContext, resolution: Resolution) -> bool:
    """Return whether a release has no wheel at all for a Python."""
    return not resolution.is_newer and wheels_of(context.pack, resolution.release, resolution.python) == ()


def _on_python(context: CheckContext, group: ResolutionGroup, written: Place | None) -> Finding:
    minors = tuple(each.python for each in group.resolutions)
    releases = [each.release for each in group.resolutions]
    pythons = f"Python {list_minors(minors, context.pack.pythons)}"
    lacks = f"{subject(context, releases)} {has(releases)} no wheel for {pythons}"
    allows = f"`{cropped(written.message, 40)}` allows {pythons}, for which" if written else ""
    built = "builds from source" if len(set(releases)) == 1 else "build from source"
    at = Place(written.path, written.at, "") if written else place(context, group)
    return Finding(
        CHECK.code,
        Severity.NOTICE if is_open(group.first) else CHECK.level,
        "python",
        shortest_that_fits(
            *(
                (f"{allows} {subject(context, releases)} {has(releases)} no wheel and {built}",)
                if written and group.first.certainty is not Certainty.EXACT
                else ()
            ),
            f"{lacks} on any platform and {built}",
            f"{lacks} and {built}",
        ),
        at,
        _row(context),
        tracer_places(context, group.resolutions) if written else related(context, group),
        _evidence(context),
        _last(context, group.first),
        f"take a release of {context.pack.subject} with wheels for {pythons}, or leave {pythons} out",
        key=key(written.message) if written else "",
    )


def _on_platform(context: CheckContext, group: ResolutionGroup, spot: WheelTarget) -> Finding:
    releases = [each.release for each in group.resolutions]
    where = on_pythons(context, (each.python for each in group.resolutions))
    head = f"{subject(context, releases)} {has(releases)} {missing_wheel(context, spot)}"
    message, notes = fitted(head, where, ", so it is built from source")
    token = spot.platform.token if spot.platform else ""
    at = _place(context, group, spot)
    is_at_tracer = at == place(context, group, at.message)
    other = "the default build of Python" if token == FREE_THREADED else "another base"
    return Finding(
        CHECK.code,
        Severity.NOTICE if is_open(group.first) else CHECK.level,
        context.pack.subject,
        message,
        at,
        _row(context),
        related(context, group) if is_at_tracer else tracer_places(context, group.resolutions),
        _evidence(context),
        notes,
        f"take a release of {context.pack.subject} with that wheel, or {other}",
        key=token,
    )


def _place(context: CheckContext, group: ResolutionGroup, spot: WheelTarget) -> Place:
    """Return the platform where it is written, else the Python, else the subject."""
    if spot.platform is not None and spot.path:
        return Place(spot.path, spot.platform.at, "no wheel here")
    python = next((each for each in context.project.pythons if each.minor == spot.resolution.python), None)
    if python is not None and python.places:
        return Place(python.places[0].path, python.places[0].at, "no wheel here")
    return place(context, group, "no wheel here")


def _row(context: CheckContext) -> str:
    return next((row.row for row in context.pack.rows(Wheel)), "")


def _evidence(context: CheckContext) -> tuple[Evidence, ...]:
    return tuple(row.evidence for row in context.pack.rows(Wheel)[:1])


def _last(context: CheckContext, resolution: Resolution) -> tuple[str, ...]:
    """Name the last Python the release has wheels for."""
    pythons = {wheel.python for wheel in wheels_of(context.pack, resolution.release, "") or ()}
    minors = tuple(minor for minor in context.pack.pythons if minor in pythons)
    told = (
        f"{context.pack.subject} {resolution.release} has wheels for Python {list_minors(minors, context.pack.pythons)}"
    )
    return (told,) if minors else ()
