"""Which pairs are run, in the order of what they tell: the newest versions, the edges, the boundaries."""

from __future__ import annotations

from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from packaging.version import Version

from tools.observer.boundaries import find
from tools.observer.environments import Base, Forks, Libraries, Limits, Room, base_of, observe
from tools.observer.outcome import Outcome, Trial
from tools.observer.records import Records, is_stale
from tools.observer.targets import Target, days_of, installable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tools.refresher.index import File

_TRIES = 4
"""How many of the newest versions may be impossible to install: an index may lack what the newest of all needs."""
_OFF = frozenset({Outcome.UNTOUCHED, Outcome.MARKED})


class Where(NamedTuple):
    """What a version of a library meets."""

    release: str
    python: str
    mode: str = "default"


class Observer:
    """Runs pairs that have no record."""

    def __init__(
        self,
        cache: Path,
        day: str,
        runs: Mapping[str, Sequence[str]],
        known: frozenset[tuple[str, ...]],
        limits: Limits,
    ) -> None:
        self._runs = runs
        self.known = known
        """(distribution, version, release, Python) of pairs that are rows already: `newest` leaves them out."""
        self._records, self._bases, self._day, self._limits = Records(cache / "records"), cache / "bases", day, limits
        self._libraries = Libraries(cache / "libraries")
        self._forks = Forks()
        self._made: dict[tuple[str, str], Base | str] = {}
        self._lock = Lock()

    def releases(self, python: str) -> list[str]:
        """Return the releases that run on a Python."""
        return [release for release, pythons in self._runs.items() if python in pythons]

    def outcome(self, target: Target, version: str, uploaded: str, where: Where) -> Outcome:
        """Return what happens with a release on a Python, from the record or from a run."""
        release, python = where.release, where.python
        trial = Trial(target.integration, target.distribution, version, release, python, where.mode)
        observed = self._records.get(trial)
        if observed is None or is_stale(observed):
            start = monotonic()
            base = self._base(release, python)
            if target.default and isinstance(base, Base) and target.integration not in base.hooked:
                return Outcome.MISSING
            room = Room(base, self._libraries, self._forks, self._limits)
            observed = observe(trial, target.switch, self._day, uploaded, room)
            seconds = round(monotonic() - start, 1)
            self._records.put(observed._replace(detail={**(observed.detail or {}), "seconds": seconds}))
            problem = f": {observed.problem}" if observed.problem else ""
            print(f"{seconds} s {trial.key}: {observed.outcome.value}{problem}", flush=True)
        return observed.outcome

    def close(self) -> None:
        """End what runs."""
        self._forks.close()

    def _base(self, release: str, python: str) -> Base | str:
        with self._lock:
            if (release, python) not in self._made:
                self._made[release, python] = base_of(release, python, self._bases, self._limits)
            return self._made[release, python]


def has_check(release: str) -> bool:
    """Return whether a release can be made to compare versions with what it declares."""
    from ddlint.pack.install_rows import VersionCheck
    from ddlint.pack.loader import builtin
    from ddlint.pack.pack import series_of

    pack = builtin()
    return any(pack.holds(series_of(release), row.first, row.last) for row in pack.rows(VersionCheck))


def newest(observer: Observer, target: Target, files: Sequence[File], python: str, most: int) -> None:
    """Run the newest version; also switched on, where it is off by default."""
    del most
    days = days_of(files)
    for release in observer.releases(python):
        for version in reversed(installable(files, python)[-_TRIES:]):
            if (target.distribution, version, release, python) in observer.known:
                break
            where, day = Where(release, python), days.get(version, "")
            outcome = observer.outcome(target, version, day, where)
            if outcome in _OFF and target.is_off:
                observer.outcome(target, version, day, where._replace(mode="on"))
            if outcome is not Outcome.NOT_INSTALLABLE:
                break


def edges(observer: Observer, target: Target, files: Sequence[File], python: str, most: int) -> None:
    """Run the versions on both sides of each edge that is declared or observed, the lower one also with a check."""
    del most
    days, versions = days_of(files), installable(files, python)
    usual = "on" if target.is_off else "default"
    for edge in target.edges:
        at = next((number for number, version in enumerate(versions) if Version(version) >= edge), len(versions))
        for number in range(max(at - 1, 0), min(at + 1, len(versions))):
            for release in observer.releases(python):
                is_below = number < at and has_check(release)
                for mode in (usual, "safe") if is_below else (usual,):
                    where = Where(release, python, mode)
                    observer.outcome(target, versions[number], days.get(versions[number], ""), where)


def boundaries(observer: Observer, target: Target, files: Sequence[File], python: str, most: int) -> None:
    """Run the ends, the last version of each major, and what lies between two that differ."""
    days, versions = days_of(files), installable(files, python)
    for release in observer.releases(python) if versions else ():
        where = Where(release, python, "on" if target.is_off else "default")
        find(
            versions, lambda version, where=where: observer.outcome(target, version, days.get(version, ""), where), most
        )
