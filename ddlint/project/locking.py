"""What Poetry and PDM lock: they lock for every Python that the project declares, also those that nobody runs it on.

PDM locks one release that meets every requirement on whatever machine it holds, and whose `Requires-Python` covers the
Pythons of the narrowest of them. Poetry locks for each marker by itself and tries the newest release first; where that
one requires different versions of another distribution on some Pythons, it locks for each of these parts by itself, and
within a part it takes one release that covers all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache, reduce
from itertools import combinations
from operator import or_

from ddlint.core.model import Located, Origin, Resolution
from ddlint.core.namedtuple import NamedTuple
from ddlint.pack.releases import candidates, satisfying
from ddlint.versions.markers import applies
from ddlint.versions.ranges import Range, clauses_of, range_of_clauses
from ddlint.versions.specifiers import allows, clauses, pin, range_of, version

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.pack.install_rows import Requirement
    from ddlint.pack.pack import Pack
    from ddlint.pack.support_rows import Release
    from ddlint.project.installs import Installer


def locked_for_all(
    made: tuple[Resolution, ...],
    installer: Installer,
    pack: Pack,
    decide: Callable[[str], tuple[tuple[Located, ...], ...]],
) -> tuple[Resolution, ...]:
    """Return resolutions as Poetry or PDM locks them, given what each Python would get by itself.

    `decide` gives the requirements that hold together on a minor. Where nothing can be locked, the Pythons that are the
    reason for it get no release, and the others what they would get by themselves, so that it can be judged.
    """
    if any(each.is_newer for each in made):
        return made
    pythons = python_range(installer.python.specifier if installer.python else "")
    asked: dict[tuple[Located, ...], Range] = {}
    for cell in cells_of(pack):
        inside = cell.pythons & pythons
        for located in decide(cell.minor) if not inside.is_empty else ():
            asked[located] = asked[located] | inside if located in asked else inside
    if installer.tool == "pdm":
        if not satisfying(pack, tuple(dict.fromkeys(text for located in asked for text in _texts(located)))):
            return made
        found = dict.fromkeys(asked, _one_for_all(asked, pack))
    else:
        found = {located: lock(installer.tool, pack, _texts(located), part) for located, part in asked.items()}
    failed = [part for parts in found.values() for part in parts if not part.release]
    if not any(each.python for each in made):
        is_taken = not failed and all(_as_locked(each, found.get(each.by, ()), pack) == each for each in made)
        return made if is_taken else (*made, *(each._replace(release="", series="") for each in made[:1]))
    if not failed:
        return tuple(_as_locked(each, found.get(each.by, ()), pack) for each in made)
    if all(each.release for each in made):
        newest = next((cell.minor for cell in reversed(cells_of(pack)) if _meets(cell, failed)), "")
        return tuple(each._replace(release="", series="") if each.python == newest else each for each in made)
    return made


def unforked(by_minor: dict[str, tuple[tuple[Located, ...], ...]]) -> dict[str, tuple[tuple[Located, ...], ...]]:
    """Return what uv decides by: each requirement counts everywhere, unless it never holds together with another."""
    together = [frozenset(located) for decisions in by_minor.values() for located in decisions]
    every = tuple(dict.fromkeys(each for decisions in by_minor.values() for located in decisions for each in located))
    if len(every) not in _FEW or any(each.dependency.origin is Origin.LOCKED for each in every):
        return by_minor
    if any(not any({one, other} <= held for held in together) for one, other in combinations(every, 2)):
        return by_minor
    return {minor: (every,) if decisions else () for minor, decisions in by_minor.items()}


def _one_for_all(asked: dict[tuple[Located, ...], Range], pack: Pack) -> tuple[Locked, ...]:
    """Return what PDM locks, which takes the Pythons to cover from the requirement with the narrowest specifier."""
    pythons: dict[Located, Range] = {}
    for together, part in asked.items():
        for located in together:
            pythons[located] = pythons[located] | part if located in pythons else part
    every = sorted(pythons, key=lambda each: each.dependency.at.start)
    first = min(every, key=lambda each: _narrowness(each.dependency.specifier), default=None)
    if first is None:
        return ()
    everywhere = reduce(or_, asked.values())
    found = lock("pdm", pack, _texts(tuple(every)), pythons[first])
    return tuple(each._replace(pythons=everywhere) for each in found)


def _narrowness(specifier: str) -> tuple[bool, bool, int]:
    written = clauses(specifier) or ()
    named = (version(each.version.removesuffix(".*")) for each in written if each.operator != "!=")
    is_early = any(each is not None and each.is_prerelease for each in named)
    return not pin(specifier), not is_early, -len(written)


def _texts(located: tuple[Located, ...]) -> tuple[str, ...]:
    return tuple(each.dependency.specifier for each in located)


def _meets(cell: Cell, parts: list[Locked]) -> bool:
    return any(not (cell.pythons & part.pythons).is_empty for part in parts)


def _as_locked(resolution: Resolution, parts: tuple[Locked, ...], pack: Pack) -> Resolution:
    here = python_range(f"=={resolution.python}.*" if resolution.python else "")
    found = [part.release for part in parts if not (part.pythons & here).is_empty]
    if not found or not found[0] or found[0] == resolution.release:
        return resolution
    series = pack.series(found[0])
    if not resolution.release:
        return resolution._replace(release=found[0], series=series)
    is_older = pack.position(series) < pack.position(resolution.series)
    return resolution._replace(release=found[0], series=series, alone=resolution.release if is_older else "")


_FEW = range(2, 30)
"""How many requirements of the subject are compared with one another."""


class Locked(NamedTuple):
    """What one run of Poetry or PDM locks on a set of Pythons."""

    release: str
    """Empty where nothing can be locked."""
    pythons: Range


def lock(tool: str, pack: Pack, texts: tuple[str, ...], pythons: Range) -> tuple[Locked, ...]:
    """Return what Poetry or PDM locks for requirements that hold on all of `pythons`, part by part.

    It fails as a whole where a part has no release.
    """
    return tuple(_locked(pack, texts, pythons, cells_of(pack) if tool == "poetry" else ()))


def _locked(pack: Pack, texts: tuple[str, ...], pythons: Range, cells: tuple[Cell, ...]) -> Iterator[Locked]:
    for release in candidates(pack, texts):
        parts = _parts(pack, release.version, pythons, cells)
        if len(parts) > 1:
            for part in parts:
                yield from _locked(pack, texts, part, cells)
            return
        if covers(release, pythons):
            yield Locked(release.version, pythons)
            return
    yield Locked(_early(pack, texts, pythons) if cells else "", pythons)


def _early(pack: Pack, texts: tuple[str, ...], pythons: Range) -> str:
    """Return the pre-release that Poetry locks on Pythons that no final release covers."""
    from ddlint.pack.install_rows import PreRelease

    for row in pack.rows(PreRelease):
        admitted = range_of(row.requires_python, is_final=True)
        if admitted is not None and (pythons - admitted).is_empty and all(allows(text, row.version) for text in texts):
            return row.version
    return ""


def covers(release: Release, pythons: Range) -> bool:
    """Return whether the metadata of a release allows all of some Pythons."""
    admitted = range_of(release.requires_python, is_final=True)
    return admitted is None or (pythons - admitted).is_empty


class Cell(NamedTuple):
    """Pythons on which markers hold alike: those of one minor, and what lies between it and the next one known."""

    minor: str
    pythons: Range


@lru_cache(maxsize=4)
def cells_of(pack: Pack) -> tuple[Cell, ...]:
    """Return all Pythons, from before the oldest minor that is known to beyond the newest one."""
    known = pack.pythons
    bounds = [*(f">={minor}" for minor in known), f">={_next(known[-1])}"]
    ends = [*(f"<{each.removeprefix('>=')}" for each in bounds[1:]), ""]
    made = [
        Cell(lower.removeprefix(">="), python_range(f"{lower},{end}".strip(",")))
        for lower, end in zip(bounds, ends, strict=True)
    ]
    return (Cell("0", python_range(f"<{known[0]}")), *made)


def _next(minor: str) -> str:
    major, _, number = minor.partition(".")
    return f"{major}.{int(number) + 1}"


def python_range(specifier: str) -> Range:
    """Return a range of Pythons, of which pre-releases do not count."""
    return range_of_clauses(specifier, clauses_of(specifier), is_final=True)


def _parts(pack: Pack, release: str, pythons: Range, cells: tuple[Cell, ...]) -> list[Range]:
    """Return the parts that Poetry locks one by one: on each of them a release requires the same of a distribution."""
    inside = [Cell(cell.minor, part) for cell in cells if not (part := cell.pythons & pythons).is_empty]
    rows = [kept for each in (_conditional(pack, release) if cells else ()) if len(kept := _relevant(each, inside)) > 1]
    parts: dict[tuple[frozenset[str], ...], Range] = {}
    for cell in inside if rows else ():
        asked = tuple(frozenset(row.specifier for row in each if applies(row.marker, (cell.minor,))) for each in rows)
        parts[asked] = parts[asked] | cell.pythons if asked in parts else cell.pythons
    return list(parts.values()) or [pythons]


def _relevant(rows: tuple[Requirement, ...], cells: list[Cell]) -> tuple[Requirement, ...]:
    return tuple(row for row in rows if any(applies(row.marker, (cell.minor,)) for cell in cells))


@lru_cache(maxsize=512)
def _conditional(pack: Pack, release: str) -> tuple[tuple[Requirement, ...], ...]:
    """Return, for each distribution that a release requires several times under markers, these requirements."""
    from ddlint.pack.install_rows import Requirement

    found: dict[str, list[Requirement]] = {}
    for row in pack.rows(Requirement):
        if not row.extra and pack.has(release, row.first, row.last):
            found.setdefault(row.distribution, []).append(row)
    return tuple(tuple(rows) for rows in found.values() if len(rows) > 1)
