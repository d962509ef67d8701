"""How far a series of the subject supports the Pythons and platforms of a project: by its metadata and its wheels."""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Certainty, Platform, Python, Resolution
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.report import Evidence
from ddlint.pack.install_rows import Runtime, Wheel
from ddlint.pack.pack import Pack
from ddlint.pack.releases import release_index, runtime_ends
from ddlint.plan.model import Cell, Status
from ddlint.versions.specifiers import allowed_minors, allows, list_minors, version

_FLOOR = regex(r"_(\d+)_(\d+)$")


class Wheels:
    """The wheels of a pack by release: which Pythons and platforms have one."""

    __slots__ = ("_pack", "_place", "_runs", "platforms")

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._place = {release.version: number for number, release in enumerate(pack.releases)}
        self._runs = pack.rows(Wheel)
        self.platforms = frozenset(run.platform for run in self._runs)

    def of(self, release: str, python: str = "", platform: str = "") -> Iterator[Wheel]:
        """Return the runs that hold a release, on a Python and a platform where they are named."""
        here = self._place.get(release, -1)
        for run in self._runs:
            is_meant = python in {"", run.python} and platform in {"", run.platform}
            if is_meant and self._place.get(run.first, here + 1) <= here <= self._place.get(run.last, -1):
                yield run

    def __bool__(self) -> bool:
        """Whether the pack tells of wheels at all."""
        return bool(self._runs)


class RuntimeContext(NamedTuple):
    """One release, and what resolving the project with it gave."""

    pack: Pack
    wheels: Wheels
    release: str
    resolutions: tuple[Resolution, ...]

    @property
    def series(self) -> str:
        """The series of the release."""
        return self.pack.series(self.release)

    @property
    def minors(self) -> tuple[str, ...]:
        """The Pythons of the project that the release installs on, without those that only a missing bound allows."""
        sure = (each for each in self.resolutions if each.certainty is not Certainty.OPEN)
        return tuple(each.python for each in sure if each.python and each.release)


def python_cell(ground: RuntimeContext, python: Python) -> Cell:
    """Return how far a release supports a Python."""
    resolution = next((each for each in ground.resolutions if each.python == python.minor), None)
    known = release_index(ground.pack).find(ground.release)
    needs = known.requires_python if known is not None else ""
    if resolution is None or not resolution.release:
        gone = runtime_evidence(ground.pack, python.minor, ground.release)
        if resolution is not None and resolution.certainty is Certainty.OPEN:
            return Cell(Status.NO_ROW, needs, "only a missing bound lets it in, so it does not count", evidence=gone)
        return Cell(Status.UNSUPPORTED, needs, "its metadata leaves this Python out", evidence=gone)
    wheels = tuple(ground.wheels.of(ground.release, python.minor))
    if ground.wheels and not wheels:
        return Cell(Status.PARTLY, needs, "no wheel, so it is built from source")
    return Cell(Status.SUPPORTED, needs, evidence=_evidence(wheels))


def runtime_evidence(pack: Pack, minor: str, release: str) -> tuple[Evidence, ...]:
    """Return the documents that say that a Python is left out from a release on."""
    ends = runtime_ends(pack, minor, release)
    return tuple(dict.fromkeys(evidence for end in ends for evidence in (end.evidence, *end.others)))


def _evidence(wheels: tuple[Wheel, ...]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(wheel.evidence for wheel in wheels))


def platform_cell(ground: RuntimeContext, platform: Platform) -> Cell:
    """Return how far a release supports a platform: by its wheels for the Pythons of the project, else by the table.

    A Python without a wheel on any platform says so itself, and does not count against each of them.
    """
    if platform.token not in ground.wheels.platforms:
        return _by_table(ground, platform)
    wheels = tuple(ground.wheels.of(ground.release, platform=platform.token))
    fitting = tuple(wheel for wheel in wheels if _runs_on(wheel, platform))
    built = {wheel.python for wheel in ground.wheels.of(ground.release)} - {wheel.python for wheel in fitting}
    running = frozenset(minor for each in platform.pythons for minor in allowed_minors(each, ground.minors))
    lacking = tuple(minor for minor in ground.minors if minor in built and (minor in running or not running))
    if fitting and not lacking:
        return Cell(Status.SUPPORTED, evidence=_evidence(fitting))
    excluded = _by_table(ground, platform)
    if excluded.status is Status.UNSUPPORTED:
        return excluded
    if wheels and not fitting:
        note = f"its wheels need {wheels[-1].floor}, so it is built from source"
        return Cell(Status.PARTLY, note=note, evidence=_evidence(wheels))
    where = f" for Python {list_minors(lacking, ground.pack.pythons)}" if fitting else ""
    return Cell(Status.PARTLY, note=f"no wheel{where}, so it is built from source", evidence=_evidence(wheels))


def _runs_on(wheel: Wheel, platform: Platform) -> bool:
    """Return whether a platform is new enough for a wheel; one without a version is."""
    floor = _FLOOR.search(wheel.floor)
    found = version(platform.version) if platform.version else None
    if floor is None or found is None:
        return True
    return found.release >= (int(floor[1]), int(floor[2]))[: len(found.release)]


def _by_table(ground: RuntimeContext, platform: Platform) -> Cell:
    rows = [row for row in ground.pack.rows(Runtime) if row.is_ruling and allows(row.releases, ground.release)]
    holding = [row for row in rows if platform.token in row.platforms]
    if not rows:
        return Cell(Status.NO_ROW)
    if not holding:
        cited = tuple(dict.fromkeys(row.evidence for row in rows))
        note = "outside the table of supported runtimes"
        return Cell(Status.UNSUPPORTED, note=note, row=rows[0].row, evidence=cited)
    return Cell(Status.SUPPORTED, row=holding[0].row, evidence=(holding[0].evidence,))
