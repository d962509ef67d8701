"""Report a Python or platform for which the resolved release has no wheel.

## What it does

Looks up the wheels of the resolved release for every Python and platform that the project declares. Without a platform
it reports only a Python for which no platform has a wheel. A system older than the wheels admit has none either, and a
free-threaded Python (`3.14t`) needs wheels of its own. It is a notice where only a missing upper bound lets the Python
in.

## Why it matters

An installer then builds the source distribution. That needs compilers and takes minutes, and it fails where they are
missing: on a slim image, on Alpine, in a serverless build.

## Example

    FROM python:3.9-alpine
    RUN pip install tracelib==1.2.0     # its first wheel for musl came with 2.0.0

## What to do

Take a release that has the wheel, or another Python or base image.
"""

from __future__ import annotations

from ddlint.checks.common.context import scene
from ddlint.checks.common.messages import has, key, on_pythons, subject, tracer_places
from ddlint.checks.common.tracer import Decided, asked, grouped, place, related
from ddlint.checks.common.wheels import Spot, built, excluding, is_open, lacks, spots
from ddlint.core.model import FREE_THREADED, Certainty, Finding, Place, Severity
from ddlint.pack.install_rows import Wheel
from ddlint.versions.pythons import list_minors

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.checks.common.context import Scene
    from ddlint.core.model import Evidence, Project, Resolution
    from ddlint.pack.pack import Pack

CODE = "DD202"


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a finding for each Python, and each platform, that has to build the release from source."""
    here = scene(project, pack)
    places = {python.minor: python.places[:1] for python in project.pythons}
    for tracer in project.tracers:
        bare = [each for each in tracer.resolutions if each.release and each.python and _is_bare(here, each)]
        for decided in grouped(tracer, bare, lambda each: (places.get(each.python), is_open(each))):
            yield _on_python(here, decided, next(iter(places.get(decided.first.python, ())), None))
        lacking: dict[tuple[object, ...], list[Spot]] = {}
        for spot in spots(here, tracer):
            if spot.resolution not in bare and not excluding(here, spot) and lacks(here, spot):
                group = (spot.path, spot.platform, lacks(here, spot), is_open(spot.resolution))
                lacking.setdefault(group, []).append(spot)
        for alike in lacking.values():
            yield _on_platform(here, Decided(tracer, tuple(each.resolution for each in alike)), alike[0])


def _is_bare(scene: Scene, resolution: Resolution) -> bool:
    """Tell whether a release has no wheel at all for a Python."""
    return not resolution.is_newer and built(scene.pack, resolution.release, resolution.python) == ()


def _on_python(scene: Scene, decided: Decided, written: Place | None) -> Finding:
    minors = tuple(each.python for each in decided.resolutions)
    releases = [each.release for each in decided.resolutions]
    pythons = f"Python {list_minors(minors, scene.pack.pythons)}"
    verb = "names" if decided.first.certainty is Certainty.EXACT else "includes"
    head = f"`{written.message}` {verb} {pythons}, for which" if written else f"for {pythons},"
    at = Place(written.path, written.at, f"no wheel for {pythons}") if written else place(scene, decided)
    return Finding(
        CODE,
        Severity.NOTICE if is_open(decided.first) else Severity.WARNING,
        "python",
        f"{head} {subject(scene, releases)} {has(releases)} no wheel on any platform, so it is built from source",
        at,
        _row(scene),
        tracer_places(scene, decided.resolutions) if written else related(scene, decided),
        _evidence(scene),
        _last(scene, decided.first),
        f"take a release of {scene.pack.subject} with wheels for {pythons}, or leave {pythons} out",
        key=key(written.message) if written else "",
    )


def _on_platform(scene: Scene, decided: Decided, spot: Spot) -> Finding:
    releases = [each.release for each in decided.resolutions]
    where = on_pythons(scene, (each.python for each in decided.resolutions))
    token = spot.platform.token if spot.platform else ""
    at = _place(scene, decided, spot)
    is_at_tracer = at == place(scene, decided, at.message)
    other = "the default build of Python" if token == FREE_THREADED else "another base"
    return Finding(
        CODE,
        Severity.NOTICE if is_open(decided.first) else Severity.WARNING,
        token,
        f"{subject(scene, releases)} {has(releases)} {lacks(scene, spot)}{where}, so it is built from source",
        at,
        _row(scene),
        related(scene, decided) if is_at_tracer else tracer_places(scene, decided.resolutions),
        _evidence(scene),
        help=f"take a release of {scene.pack.subject} with that wheel instead of {asked(scene, decided.first.by)}, or "
        f"{other}",
        key=token,
    )


def _place(scene: Scene, decided: Decided, spot: Spot) -> Place:
    """Give the platform where it is written, else the Python, else the subject."""
    if spot.platform is not None and spot.path:
        return Place(spot.path, spot.platform.at, "no wheel here")
    python = next((each for each in scene.project.pythons if each.minor == spot.resolution.python), None)
    if python is not None and python.places:
        return Place(python.places[0].path, python.places[0].at, "no wheel here")
    return place(scene, decided, "no wheel here")


def _row(scene: Scene) -> str:
    return next((row.row for row in scene.pack.rows(Wheel)), "")


def _evidence(scene: Scene) -> tuple[Evidence, ...]:
    return tuple(row.evidence for row in scene.pack.rows(Wheel)[:1])


def _last(scene: Scene, resolution: Resolution) -> tuple[str, ...]:
    """Name the last Python the release has wheels for."""
    pythons = {wheel.python for wheel in built(scene.pack, resolution.release, "") or ()}
    minors = tuple(minor for minor in scene.pack.pythons if minor in pythons)
    told = f"{scene.pack.subject} {resolution.release} has wheels for Python {list_minors(minors, scene.pack.pythons)}"
    return (told,) if minors else ()
