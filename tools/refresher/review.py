"""What a person has to look at after a refresh: facts that no index tells, and mistakes of the pack as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.refresher.files import load_file

if TYPE_CHECKING:
    from pathlib import Path


def review(folder: Path, new: set[str]) -> list[str]:
    """Give a note for each."""
    from ddlint.pack.check import mistakes  # noqa: PLC0415  slow to import

    notes = [*_without_level(folder, new), *_unknown_pythons(folder)]
    return notes + [f"{mistake.place}: {mistake.message}" for mistake in mistakes(folder)]


def _without_level(folder: Path, new: set[str]) -> list[str]:
    from packaging.specifiers import SpecifierSet  # noqa: PLC0415  slow to import

    path = folder / "levels.yaml"
    levels = load_file(path)["levels"] if path.exists() else []
    held = [SpecifierSet(row["releases"]) for row in levels]
    return [
        f"{version}: no support level of levels.yaml holds for it"
        for version in sorted(new)
        if held and not any(version in releases for releases in held)
    ]


def _unknown_pythons(folder: Path) -> list[str]:
    known = load_file(folder / "pack.yaml")["pythons"]
    wheels = load_file(folder / "wheels.yaml")["wheels"]["pythons"]
    return [
        f"Python {python}: there are wheels for it, and `pythons` of pack.yaml does not name it"
        for python in wheels
        if python not in known
    ]
