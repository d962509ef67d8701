"""Which release of the subject an installer would take for a requirement: the newest that fits, or the one pinned."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache

from ddlint.core.namedtuple import NamedTuple
from ddlint.core.report import Evidence
from ddlint.versions.ranges import Range, Version
from ddlint.versions.specifiers import allowed_minors, allows, pin, range_of, uncapped, version

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.pack.pack import Pack
    from ddlint.pack.support_rows import Release, Removal


class SelectedRelease(NamedTuple):
    """What an installer takes; `release` is empty where there is nothing to take."""

    release: str = ""
    series: str = ""
    is_newer: bool = False
    """True for a release that the pack does not know yet; it is judged as the newest series there is."""


@lru_cache(maxsize=4096)
def _parsed(release: str) -> Version:
    return Version(release)


class ReleaseIndex:
    """The releases of a pack by version and by series. Few questions need the versions of all of them parsed."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self._by_text = {each.version: each for each in pack.releases}

    def newest_first(self) -> Iterator[tuple[Version, Release]]:
        """Go through the releases."""
        for each in reversed(self.pack.releases):
            yield _parsed(each.version), each

    def oldest_first(self) -> Iterator[Version]:
        """Go through their versions."""
        return (_parsed(each.version) for each in self.pack.releases)

    @cached_property
    def by_version(self) -> dict[Version, Release]:
        """The releases."""
        return dict(self.newest_first())

    @cached_property
    def descending(self) -> list[Version]:
        """Their versions, the newest first."""
        return list(self.by_version)

    @cached_property
    def newest_of(self) -> dict[str, Release]:
        """The newest release of each series."""
        newest: dict[str, Release] = {}
        for each in reversed(self.pack.releases):
            newest.setdefault(self.pack.series(each.version), each)
        return newest

    def find(self, text: str) -> Release | None:
        """Return the release of a version, whose local label is left aside."""
        if text in self._by_text:
            return self._by_text[text]
        found = version(text)
        return self.by_version.get(Version(found.public)) if found is not None else None


_CATALOGUES: list[ReleaseIndex] = []


def release_index(pack: Pack) -> ReleaseIndex:
    """Return the catalogue of a pack, which is made once."""
    for each in _CATALOGUES:
        if each.pack is pack:
            return each
    _CATALOGUES[4:] = []
    _CATALOGUES.insert(0, ReleaseIndex(pack))
    return _CATALOGUES[0]


@lru_cache(maxsize=4096)
def select_release(
    pack: Pack, texts: tuple[str, ...], minor: str = "", *, is_capped: bool = True, takes_early: bool = False
) -> SelectedRelease:
    """Return what an installer takes on one Python (any, if `minor` is empty) so that all of `texts` are met.

    One for which releases are not `is_capped` ignores the upper bounds of their `Requires-Python`, as uv does; one that
    `takes_early` takes a pre-release where no final release installs, as pip does.
    """
    pinned = next((found for found in map(pin, texts) if found), "")
    if pinned:
        is_met = all(allows(text, pinned) for text in texts)
        return _pinned(pack, pinned, minor, is_capped=is_capped) if is_met else SelectedRelease()
    wanted = _combined(texts)
    if wanted is None:
        return SelectedRelease()
    known = release_index(pack)
    for each, release in known.newest_first():
        is_met = not release.is_yanked and wanted.contains(each)
        if is_met and installs_on(release, minor, is_capped=is_capped):
            return SelectedRelease(release.version, pack.series(release.version))
    if early := _early(pack, minor, wanted) if takes_early else "":
        return SelectedRelease(early, pack.series(early))
    return SelectedRelease() if satisfying(pack, texts) else _later(known, wanted)


def _early(pack: Pack, minor: str, wanted: Range) -> str:
    """Return the newest pre-release that installs on a Python on which no final release of its series does."""
    from ddlint.pack.install_rows import PreRelease

    rows = (each for each in pack.rows(PreRelease) if allowed_minors(each.requires_python, (minor,)))
    return next((each.version for each in rows if wanted.contains(_parsed(each.version))), "")


def candidates(pack: Pack, texts: tuple[str, ...]) -> Iterator[Release]:
    """Yield the releases that meet `texts`, the newest first; one that was yanked only where it is pinned."""
    wanted = _combined(texts)
    is_pinned = any(pin(text) for text in texts)
    for each, release in release_index(pack).newest_first() if wanted is not None else ():
        if wanted.contains(each) and (is_pinned or not release.is_yanked):  # type: ignore[union-attr]
            yield release


def satisfying(pack: Pack, texts: tuple[str, ...]) -> str:
    """Return the newest release that the pack knows and that meets `texts`, whatever the Python; empty for none."""
    return next((each.version for each in candidates(pack, texts)), "")


def installs_on(release: Release, minor: str, *, is_capped: bool = True) -> bool:
    """Return whether the metadata of a release allows a Python; every release allows an unknown one."""
    pythons = release.requires_python if is_capped else uncapped(release.requires_python)
    return not minor or bool(allowed_minors(pythons, (minor,)))


@lru_cache(maxsize=4096)
def supported_pythons(pack: Pack, release: str) -> tuple[str, ...]:
    """Return the minors that a release supports: its metadata allows them, and where it has wheels it has one for them.

    A release that the pack does not know is taken as the newest of its series.
    """
    from ddlint.pack.install_rows import Wheel

    found = closest_release(pack, release)
    if found is None:
        return ()
    allowed = allowed_minors(found.requires_python, pack.pythons)
    built = tuple(minor for minor in allowed if pack.covers(Wheel, found.version, minor, "python"))
    if built:
        return built
    has_wheels = any(pack.has(found.version, wheel.first, wheel.last) for wheel in pack.rows(Wheel))
    return () if has_wheels else allowed


@lru_cache(maxsize=4096)
def closest_release(pack: Pack, release: str) -> Release | None:
    """Return a release as the pack knows it; one that it does not know, as the newest of its series."""
    known = release_index(pack)
    if found := known.find(release):
        return found
    return known.newest_of.get(known_series_of(pack, release))


def known_series_of(pack: Pack, release: str) -> str:
    """Return the known series that a release is judged as: its own, or the newest one before it."""
    own = pack.series(release)
    if pack.position(own) >= 0:
        return own
    found = version(release)
    older = [series for series in pack.all_series if found is not None and Version(series) <= found]
    return older[-1] if older else ""


def _combined(texts: tuple[str, ...]) -> Range | None:
    result: Range | None = range_of("")
    for text in texts:
        one = range_of(text)
        result = result & one if result is not None and one is not None else None
    return result


def _pinned(pack: Pack, pinned: str, minor: str, *, is_capped: bool) -> SelectedRelease:
    known, wanted = release_index(pack), Version(pinned)
    release = known.find(pinned)
    series = known_series_of(pack, pinned)
    if release is not None:
        shown = release.version if wanted.local is None else f"{release.version}+{wanted.local}"
        return SelectedRelease(shown, series) if installs_on(release, minor, is_capped=is_capped) else SelectedRelease()
    newest = known.newest_of.get(series)
    if newest is None:
        return SelectedRelease()
    if wanted > _parsed(newest.version):
        return SelectedRelease(pinned, series, is_newer=True)
    if not wanted.is_prerelease:
        return SelectedRelease()
    from ddlint.pack.install_rows import PreRelease

    if any(each.version == pinned and allowed_minors(each.requires_python, (minor,)) for each in pack.rows(PreRelease)):
        return SelectedRelease(pinned, series)
    like = known.find(wanted.base_version) or newest
    return SelectedRelease(pinned, series) if installs_on(like, minor, is_capped=is_capped) else SelectedRelease()


def _later(known: ReleaseIndex, wanted: Range) -> SelectedRelease:
    """Return the newest known series whose later releases, which the pack cannot know, would meet the requirement."""
    before = ""
    for series in reversed(known.pack.all_series):
        newest = known.newest_of.get(series)
        tail = range_of(f">{newest.version}{before}") if newest is not None else None
        if newest is not None and tail is not None and not (tail & wanted).is_empty:
            return SelectedRelease(newest.version, series, is_newer=True)
        before = f",<{series}.dev0"
    return SelectedRelease()


def metadata(pack: Pack) -> tuple[str, tuple[Evidence, ...]]:
    """Return the row, and its documents, of which releases there are and which Pythons they declare."""
    from ddlint.pack.install_rows import Metadata

    rows = pack.rows(Metadata)
    return next((row.row for row in rows), ""), tuple(dict.fromkeys(row.evidence for row in rows))


def runtime_ends(pack: Pack, minor: str, release: str) -> tuple[Removal, ...]:
    """Return the rows that say that a Python is left out, from a release on that is not newer than `release`."""
    return tuple(
        each
        for each in pack.removals()
        if each.kind == "runtime"
        and each.name.rpartition(" ")[2] == minor
        and version(each.version)
        and allows(f">={each.version}", release)
    )
