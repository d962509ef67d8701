"""What can be run: the distributions of a pack, and their versions that have a wheel."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import InvalidWheelFilename, parse_wheel_filename
from packaging.version import Version

from tools.observer.environments import STANDARD
from tools.refresher.files import load_file
from tools.refresher.index import File, Index

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

ALL_PYTHONS = ("3.7", "3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14")


class Target(NamedTuple):
    """A distribution of an integration."""

    integration: str
    distribution: str
    switch: str
    """The variable that switches it on or off; empty where there is none."""
    default: str = ""
    """Whether it is on in the newest series; empty where it is in no table of what the tracer patches."""
    edges: tuple[Version, ...] = ()
    """The versions that declared and observed specifiers name."""

    @property
    def is_off(self) -> bool:
        """Whether its switch decides."""
        return self.default in {"no", "conditional"}


def targets(pack: Path, wanted: Sequence[str]) -> Iterator[Target]:
    """Yield the distributions of the integrations of a pack; only those of `wanted` where some are.

    What imports the tracer itself is none: that functions of the tracer are found in it proves nothing.
    """
    others = pack / "dependents.yaml"
    dependents = {row["distribution"] for row in load_file(others)["dependents"]} if others.is_file() else set()
    for path in sorted((pack / "integrations").glob("*.yaml")):
        entry = load_file(path)
        if not wanted or entry["integration"] in wanted:
            default = entry["defaults"][-1]["default"] if "defaults" in entry else ""
            for distribution, rows in (entry.get("distributions") or {}).items():
                if distribution in dependents:
                    continue
                specifiers = [row["spec"] for row in [*rows.get("declared", ()), *rows.get("observed", ())]]
                edges = {Version(each.version) for text in specifiers for each in SpecifierSet(text.replace("*", ""))}
                yield Target(entry["integration"], distribution, entry.get("switch", ""), default, tuple(sorted(edges)))


def newest_of_majors(pack: Path, most: int = 3) -> list[str]:
    """Return the newest release of each of the newest majors, ascending."""
    groups = load_file(pack / "releases.yaml")["releases"]["groups"]
    last: dict[int, Version] = {}
    for group in groups:
        for version in group["released"]:
            parsed = Version(str(version))
            last[parsed.major] = max(last.get(parsed.major, parsed), parsed)
    return [str(last[major]) for major in sorted(last)[-most:]]


def ends_of(release: str, is_there: Callable[[str], bool]) -> list[str]:
    """Return the oldest and the newest Python that a release supports, of those that are there; ascending."""
    from ddlint.pack.loader import builtin
    from ddlint.pack.releases import supported_pythons

    found = [python for python in supported_pythons(builtin(), release) if is_there(python)]
    return sorted({*found[:1], *found[-1:]}, key=Version)


def installable(files: Sequence[File], python: str) -> list[str]:
    """Return the final versions with a wheel for a Python on this platform, ascending."""
    found: set[Version] = set()
    for file in files:
        try:
            _, version, _, tags = parse_wheel_filename(file.name)
            fits = not file.requires_python or SpecifierSet(file.requires_python).contains(f"{python}.99")
        except (InvalidWheelFilename, InvalidSpecifier):
            continue
        if fits and not file.is_yanked and not version.is_prerelease and any(_runs(tag, python) for tag in tags):
            found.add(version)
    return [str(version) for version in sorted(found)]


def _runs(tag: Any, python: str) -> bool:
    """Return whether a tag is for a CPython on Linux with glibc on x86_64."""
    minor = int(python.partition(".")[2])
    is_pure = tag.platform == "any" and tag.interpreter in {"py3", f"py3{minor}", f"cp3{minor}", "py2.py3"}
    is_stable = tag.abi == "abi3" and tag.interpreter.startswith("cp3") and int(tag.interpreter[3:] or 0) <= minor
    is_native = is_stable or tag.interpreter in {f"cp3{minor}", "py3"}
    return is_pure or (is_native and tag.platform.startswith("manylinux") and tag.platform.endswith("x86_64"))


class KeptIndex:
    """What the index lists, asked once a day."""

    def __init__(self, folder: Path, day: str) -> None:
        self._folder, self._index = folder / day, Index()

    def files(self, distribution: str) -> list[File]:
        """Return the files of a distribution."""
        path = self._folder / f"{distribution}.json"
        if path.is_file():
            return [File(*each) for each in json.loads(path.read_text(encoding="utf-8"))]
        found = [each for each in self._index.files(distribution) if each.name.endswith(".whl")]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(found), encoding="utf-8")
        return found


def files_of(index: KeptIndex, distribution: str) -> list[File]:
    """Return the files of a distribution; a module of Python has a version for each Python that is asked for."""
    if not distribution.startswith(STANDARD):
        return [] if distribution.startswith("spec:") else index.files(distribution)
    name = distribution.removeprefix(STANDARD).replace(".", "_")
    return [
        File(f"{name}-{python}-cp{python.replace('.', '')}-none-any.whl", "", f"=={python}.*") for python in ALL_PYTHONS
    ]


def days_of(files: Sequence[File]) -> dict[str, str]:
    """Return the day of each version, as its wheels have it."""
    days: dict[str, str] = {}
    for file in files:
        try:
            _, version, _, _ = parse_wheel_filename(file.name)
        except InvalidWheelFilename:
            continue
        days[str(version)] = min(filter(None, (days.get(str(version)), file.uploaded)), default="")
    return days
