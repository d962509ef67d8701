"""Which wheels the resolved releases have on the Pythons and platforms of a project."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ddlint.checks.common.context import CheckContext
from ddlint.core.lazy_regex import regex
from ddlint.core.model import FREE_THREADED, Certainty, Platform, Project, Resolution, Tracer
from ddlint.core.namedtuple import NamedTuple
from ddlint.pack.install_rows import Runtime, SourceBuild, Wheel
from ddlint.pack.pack import Pack
from ddlint.pack.releases import closest_release
from ddlint.versions.markers import applies_on
from ddlint.versions.specifiers import allowed_minors, allows, version

_FLOOR = regex(r"_(\d+)_(\d+)$")


class WheelTarget(NamedTuple):
    """One release on one Python, and one platform; the platform is `None` where every one is meant."""

    resolution: Resolution
    platform: Platform | None = None
    path: str = ""
    """The file that names the platform; empty for the config and the command line."""


def wheel_targets(context: CheckContext, tracer: Tracer) -> Iterator[WheelTarget]:
    """Return every release with every platform it is installed on; a hint that names a Python too pairs them."""
    for path, platform in context.project.platforms:
        minors = minors_on(context.project, path, platform)
        for resolution in tracer.resolutions:
            is_met = not minors or resolution.python in minors
            if resolution.release and is_met and _is_installed(context, resolution, platform):
                yield WheelTarget(resolution, platform, path)


def minors_on(project: Project, path: str, platform: Platform) -> frozenset[str]:
    """Return the Pythons that a hint or its file names beside a platform; none where any may run there."""
    every = tuple(python.minor for python in project.pythons)
    if platform.pythons:
        return frozenset(minor for each in platform.pythons for minor in allowed_minors(each, every))
    return frozenset(python.minor for python in project.pythons if any(each.path == path for each in python.places))


def _is_installed(context: CheckContext, resolution: Resolution, platform: Platform) -> bool:
    """Return whether the markers of what decides a release let it in on a platform."""
    minors = (resolution.python,) if resolution.python else context.pack.pythons
    return all(applies_on(each.dependency.marker, minors, platform.token) for each in resolution.by)


@lru_cache(maxsize=2048)
def wheels_of(pack: Pack, release: str, python: str) -> tuple[Wheel, ...] | None:
    """Return the wheels of a release for a Python (any, if it is empty); `None` where none is needed or known."""
    found = closest_release(pack, release)
    if found is None or not pack.has_rows(Wheel):
        return None
    builds = (row for row in pack.rows(SourceBuild) if pack.has(found.version, row.first, row.last))
    if not all(row.has_extensions for row in builds):
        return None
    if python:
        return pack.covering(Wheel, found.version, python, "python")
    return tuple(row for row in pack.rows(Wheel) if pack.has(found.version, row.first, row.last))


def missing_wheel(context: CheckContext, spot: WheelTarget) -> str:
    """Return what is missing for a platform: its wheel, or one for a system as old; empty where nothing is."""
    platform = spot.platform
    wheels = wheels_of(context.pack, spot.resolution.release, spot.resolution.python)
    if platform is None or wheels is None or spot.resolution.is_newer:
        return ""
    fitting = [wheel for wheel in wheels if wheel.platform == platform.token]
    if not fitting:
        return f"no wheel for {'free-threaded CPython' if platform.token == FREE_THREADED else platform.token}"
    if platform.version and all(_is_above(wheel.floor, platform.version) for wheel in fitting):
        return f"no wheel for {platform.token} as old as {platform.version} (it needs {fitting[0].floor})"
    return ""


def _is_above(floor: str, system: str) -> bool:
    """Return whether the oldest system that a wheel allows is newer than the one there is."""
    match, found = _FLOOR.search(floor), version(system)
    oldest = version(f"{match[1]}.{match[2]}") if match else None
    return oldest is not None and found is not None and found < oldest


def excluding_runtimes(context: CheckContext, spot: WheelTarget) -> tuple[Runtime, ...]:
    """Return the rows of the runtime table that hold for a release and leave a platform out; none where one has it.

    No table distinguishes builds of CPython.
    """
    if spot.platform is None or spot.resolution.is_newer or spot.platform.token == FREE_THREADED:
        return ()
    rows = tuple(
        row for row in context.pack.rows(Runtime) if row.is_ruling and allows(row.releases, spot.resolution.release)
    )
    return () if any(spot.platform.token in row.platforms for row in rows) else rows


def is_open(resolution: Resolution) -> bool:
    """Return whether only a missing bound allows the Python of a resolution."""
    return resolution.certainty is Certainty.OPEN
