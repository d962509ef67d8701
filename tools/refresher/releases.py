"""`releases.yaml` and `wheels.yaml`: written whole from what the index lists."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from tools.refresher.comments import head_of, keep_comments
from tools.refresher.runs import compress
from tools.refresher.tags import platform_rank, wheels

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tools.refresher.index import File

_FINAL = re.compile(r"\d+(\.\d+)+")
_EARLY = re.compile(r"\d+(\.\d+)+(a|b|rc)\d+")
_MINORS = [f"3.{minor}.0" for minor in range(40)]
_SDIST = re.compile(r"(?P<name>.+)-(?P<version>[^-]+)\.tar\.gz")
_HEAD_RELEASES = """\
# Written by tools/refresh.py from the index: final releases by series, with the day of the first file.
releases:
  source: index
  groups:
"""
_HEAD_EARLY = """\
# Written by tools/refresh.py from the index: pre-releases whose metadata allows a Python that the final releases of
# their series leave out. pip takes one there when no final release meets a requirement.
pre_releases:
"""
_HEAD_WHEELS = """\
# Written by tools/refresh.py from the index: which releases have a wheel, by Python and platform; `floor` is the oldest
# system that its tag admits. Where no run is, an installer builds the source distribution.
wheels:
  source: index
  section: wheels of {subject}
  pythons:
"""


Floors = dict[str, dict[str, dict[str, str]]]
"""Python, platform, release: the oldest system that the wheel admits."""


class Release(NamedTuple):
    """A final release as the index has it."""

    version: str
    released: str
    requires_python: str
    is_yanked: bool
    sdist: File | None
    wheels: tuple[File, ...]


def series_of(version: str) -> str:
    """Return the series of a release."""
    return ".".join(version.split(".")[:2])


def releases(files: Iterable[File], days: Mapping[str, str]) -> list[Release]:
    """Return the final releases in order. `days` has the day of those that were known before."""
    from packaging.version import Version

    by_version: dict[str, list[File]] = {}
    for file in files:
        version = _version(file.name)
        if _FINAL.fullmatch(version):
            by_version.setdefault(version, []).append(file)
    return [_release(version, by_version[version], days) for version in sorted(by_version, key=Version)]


def pre_releases(files: Iterable[File], finals: Sequence[Release]) -> list[Release]:
    """Return the pre-releases that allow a Python which no final release of their series does, the newest first."""
    from packaging.version import Version

    by_version: dict[str, list[File]] = {}
    for file in files:
        if _EARLY.fullmatch(version := _version(file.name)):
            by_version.setdefault(version, []).append(file)
    found = [_release(version, by_version[version], {}) for version in sorted(by_version, key=Version, reverse=True)]
    allowed: dict[str, set[str]] = {}
    for each in finals:
        allowed.setdefault(series_of(each.version), set()).update(_allowed(each))
    return [
        each for each in found if not each.is_yanked and _allowed(each) - allowed.get(series_of(each.version), set())
    ]


def _allowed(release: Release) -> set[str]:
    from packaging.specifiers import SpecifierSet

    return set(SpecifierSet(release.requires_python).filter(_MINORS))


def render_pre_releases(found: Sequence[Release], old: str = "") -> str:
    """Return the text of `pre_releases.yaml`; its head and the comments are those of the old text.

    A pack takes no empty list, so without a pre-release only the comments are left.
    """
    rows = (
        f'  - {{version: "{each.version}", requires_python: {json.dumps(each.requires_python)}, source: index}}\n'
        for each in found
    )
    key = "pre_releases:\n"
    text = rewritten(old if key in old else f"{old}{key}", _HEAD_EARLY, "".join(rows))
    return text if found else text.replace(key, "")


def _version(filename: str) -> str:
    if filename.endswith(".whl"):
        return filename.partition("-")[2].partition("-")[0]
    sdist = _SDIST.fullmatch(filename)
    return sdist["version"] if sdist else ""


def _release(version: str, files: list[File], days: Mapping[str, str]) -> Release:
    sdist = next((file for file in files if not file.name.endswith(".whl")), None)
    told = [file.uploaded for file in files if file.uploaded]
    return Release(
        version,
        min(told, default=days.get(version, "")),
        next((file.requires_python for file in [sdist, *files] if file and file.requires_python), ""),
        all(file.is_yanked for file in files),
        sdist,
        tuple(file for file in files if file.name.endswith(".whl")),
    )


def render_releases(found: Sequence[Release], old: str = "") -> str:
    """Return the text of `releases.yaml`; its head and the comments are those of the old text."""
    groups: list[tuple[str, str, list[Release]]] = []
    for release in found:
        key = (series_of(release.version), release.requires_python)
        if not groups or groups[-1][:2] != key:
            groups.append((*key, []))
        groups[-1][2].append(release)
    return rewritten(old, _HEAD_RELEASES, "".join(_render_group(*group) for group in groups))


def rewritten(old: str, default_head: str, body: str) -> str:
    """Return a text with a new body: the head and the comments of the old one stay."""
    head = head_of(old, default_head)
    return head + keep_comments(old.removeprefix(head), body) if old.startswith(head) else head + body


def _render_group(series: str, requires_python: str, found: list[Release]) -> str:
    days = ", ".join(f'"{release.version}": "{release.released}"' for release in found)
    yanked = ", ".join(f'"{release.version}"' for release in found if release.is_yanked)
    all_series = [f'    - series: "{series}"']
    if requires_python:
        all_series.append(f"      requires_python: {json.dumps(requires_python)}")
    all_series.append(f"      released: {{{days}}}")
    if yanked:
        all_series.append(f"      yanked: [{yanked}]")
    return "\n".join(all_series) + "\n"


def floors_of(found: Sequence[Release]) -> Floors:
    """Return the floor of every wheel, by Python, platform and release."""
    floors: Floors = {}
    for release in found:
        for file in release.wheels:
            for wheel in wheels(file.name):
                by_release = floors.setdefault(wheel.python, {}).setdefault(wheel.platform, {})
                by_release[release.version] = _lower(by_release.get(release.version), wheel.floor)
    return floors


def render_wheels(floors: Floors, order: Sequence[str], subject: str, old: str = "") -> str:
    """Return the text of `wheels.yaml`; its head and the comments are those of the old text."""
    from packaging.version import Version

    all_series = []
    for python in sorted(floors, key=Version):
        all_series.append(f'    "{python}":')
        for platform in sorted(floors[python], key=platform_rank):
            all_series.append(f"      {platform}:")
            all_series += [
                f'        - {{releases: "{run.text}", floor: {floor}}}'
                for run, floor in compress(floors[python][platform], order)
            ]
    return rewritten(old, _HEAD_WHEELS.format(subject=subject), "\n".join(all_series) + "\n")


def _lower(known: str | None, found: str) -> str:
    """Return the older of two floors; a wheel of one machine goes before a universal one."""

    def rank(floor: str) -> tuple[list[int], bool]:
        return [int(number) for number in re.findall(r"_(\d+)", floor)], "universal" in floor

    return found if known is None else min(known, found, key=rank)
