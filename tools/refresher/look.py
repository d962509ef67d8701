"""What the index has and the pack does not know: everything is read here, before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from tools.refresher.declared import Source, read_sdist
from tools.refresher.files import load_file
from tools.refresher.forget import known_floors, known_releases
from tools.refresher.releases import Floors, Release, floors_of, pre_releases, releases, series_of
from tools.refresher.requirements import Requirement, is_complete, metadata_of, requirements

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tools.refresher.index import File


class Files(Protocol):
    """An index, or its replacement in a test."""

    def files(self, name: str) -> list[File]: ...

    def fetch(self, file: File) -> bytes: ...

    def metadata(self, wheel: File) -> str: ...


class Found(NamedTuple):
    """What an index has."""

    releases: tuple[Release, ...]
    """Every release that the pack will know, in order; one that is gone from the index stays."""
    new: tuple[Release, ...]
    """Those that the pack does not know yet."""
    early: tuple[Release, ...]
    """Pre-releases that allow a Python which the final releases of their series leave out."""
    floors: Floors
    required: dict[str, list[Requirement]]
    """What each new release requires."""
    contents: dict[str, bytes]
    """The source distribution of each release in `sources`."""
    sources: dict[str, tuple[str, Source]]
    """Of every series with a new release, oldest first: its newest source distribution, and what that says."""
    notes: tuple[str, ...]
    previous: bytes | None = None
    """The newest source distribution that the pack knew; `None` where there is none, or nothing is new."""


def look(folder: Path, index: Files, as_of: str = "") -> Found:
    """Hold a pack against an index."""
    subject = load_file(folder / "pack.yaml")["subject"]
    known = {release.version: release for release in known_releases(folder)}
    files = tuple(index.files(subject))
    listed = releases(files, {version: each.released for version, each in known.items()})
    if not listed:
        raise SystemExit(f"the configured index lists no release of {subject}")
    new = tuple(_dated(release, as_of) for release in listed if release.version not in known)
    gone = {version: each for version, each in known.items() if version not in {one.version for one in listed}}
    every = {**{each.version: each for each in listed}, **gone, **{each.version: each for each in new}}
    contents = {each.version: index.fetch(each.sdist) for each in _newest_by_line(new) if each.sdist}
    sources = {series_of(version): (version, read_sdist(content)) for version, content in contents.items()}
    notes = [f"{version} is gone from the index; its rows stay until a person takes them out" for version in gone]
    notes += [
        f"{each.version} has no source distribution, so what it declares is unknown" for each in new if not each.sdist
    ]
    notes += [
        f"{path} of {version} {problem}" for version, source in sources.values() for path, problem in source.problems
    ]
    return Found(
        tuple(every[version] for version in _ascending(every)),
        new,
        tuple(pre_releases(files, listed)),
        _with(floors_of(listed), known_floors(folder, tuple(gone))),
        {each.version: requirements(_metadata(each, index, contents)) for each in new},
        contents,
        sources,
        tuple(notes),
        _previous(listed, known, index) if contents else None,
    )


def _previous(listed: Sequence[Release], known: dict[str, Release], index: Files) -> bytes | None:
    """Download the newest source distribution among the known releases, which a new one is compared with."""
    files = [release.sdist for release in listed if release.version in known and release.sdist]
    return index.fetch(files[-1]) if files else None


def _dated(release: Release, as_of: str) -> Release:
    if not release.released and not as_of:
        raise SystemExit(f"the configured index does not tell the day of {release.version}; name it with --as-of")
    return release if release.released else release._replace(released=as_of)


def _newest_by_line(found: Sequence[Release]) -> list[Release]:
    """Return the newest release with a source distribution of every series, in order."""
    return list({series_of(release.version): release for release in found if release.sdist}.values())


def _metadata(release: Release, index: Files, contents: dict[str, bytes]) -> str:
    """Return the core metadata of a release: what the index has beside a wheel, else from the files themselves."""
    beside = next((wheel for wheel in release.wheels if wheel.has_metadata), None)
    if beside:
        return index.metadata(beside)
    if release.sdist:
        content = contents.get(release.version) or index.fetch(release.sdist)
        metadata = metadata_of(release.sdist.name, content)
        if is_complete(metadata) or not release.wheels:
            return metadata
    return metadata_of(release.wheels[0].name, index.fetch(release.wheels[0]))


def _with(floors: Floors, others: Floors) -> Floors:
    for python, platforms in others.items():
        for platform, held in platforms.items():
            floors.setdefault(python, {}).setdefault(platform, {}).update(held)
    return floors


def _ascending(versions: dict[str, Release]) -> list[str]:
    from packaging.version import Version

    return sorted(versions, key=Version)
