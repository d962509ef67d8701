"""Projects made from a seed, and the release in them as real installers have it and as ddlint says.

`python -m tests.clients.installer_grid --number 200 --seed 1 --record grid.jsonl` asks uv, Poetry, PDM and pip, lists
the differences and exits 1 where there are any. What is recorded is not asked again; `--rejudge` compares it anew.

A lock is compared on Linux and on Windows, on every Python that the project declares and around the patches that its
markers name; pip on three of these Pythons, on Linux. Where a project says nothing of its Pythons, ddlint names the
newest release that is taken on any.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from ddlint import lint
from ddlint.core.source import Source
from ddlint.inputs import pyproject
from ddlint.project.resolve import resolve
from tests.checks.built import JUDGING, ROOT, pack
from tests.clients.installer_index import served
from tests.clients.installer_tools import TOOLS, Answer, Point, executable, lock, taken
from tests.project.generated_environments import on_machine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.core.model import Resolution

_MINORS = ("3.7", "3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14", "3.15")
_PATCHES = ("0", "2", "3", "4", "7", "99")
_RUNS_ON = ("3.11.9", "3.12.9", "3.13.9", "3.10.9", "3.9.9", "3.8.9", "3.14.1", "3.15.1", "3.7.9", "3.11.7", "3.11.0")
"""The versions that a tool runs on: the first one that the project declares."""
_RANGES = (
    *("*", ">=3.7,<4.0", ">=3.8", ">=3.8,<3.15", ">3.8,!=3.15.*", ">=3.9", ">=3.9,<4", ">=3.9,<3.13", ">=3.9,<3.15"),
    *(">=3.10", "~=3.10", ">=3.10,<3.16", ">=3.11", ">=3.11,<3.15", ">=3.11,<=3.14", ">=3.12", ">=3.12,<3.14"),
    *("==3.12.*", "==3.11.7", ">=3.14", ">=3.15", "<3.15", ">=3.9,!=3.11.*", ">=3.12.3"),
)
"""The Pythons that a project declares; `*` says nothing of them."""
_REQUIREMENTS = (
    *(("{}",), ("{}>=2",), ("{}>=2,<3",), ("{}>=2,<4",), ("{}>=3",), ("{}>=3,<4",), ("{}>=4",), ("{}>=4.1",)),
    *(("{}>=4.1,<5",), ("{}~=4.13",), ("{}>=4.1,<4.10",), ("{}<4.15",), ("{}==4.16.0",), ("{}==4.0.4",)),
    *(("{}==2.21.12",), ("{}>=3.19,<4.2",), ("{}>=4.1,!=4.16.0",), ("{}>=4.9.0rc1",), ("{}>=4.99",), ("{}~=1.20",)),
    ("{}<4; python_version < '3.9'", "{}>=4; python_version >= '3.9'"),
    ("{}>=4.1; python_version < '3.15'",),
    ("{}>=4.1,<5; sys_platform == 'linux'",),
    ("{}<3; sys_platform == 'win32'", "{}>=4; sys_platform != 'win32'"),
    ("{}>=4; python_version < '3.15'", "{}>=2; python_version >= '3.15'"),
    ("{}>=3.15; python_full_version >= '3.12.3'", "{}<3; python_full_version < '3.12.3'"),
    ("{}>=2", "{}<4; python_version >= '3.12'"),
)
TABLES = {
    "uv": '[tool.uv]\npackage = false\n[[tool.uv.index]]\nurl = "{}"\ndefault = true\n',
    "poetry": '[tool.poetry]\npackage-mode = false\n[[tool.poetry.source]]\nname = "pages"\nurl = "{}"\npriority = "primary"\n',
    "pdm": '[tool.pdm]\ndistribution = false\n[[tool.pdm.source]]\nname = "pypi"\nurl = "{}"\nverify_ssl = false\n',
    "pip": "",
}
_OF_POETRY = (
    '[tool.poetry]\nname = "shop"\nversion = "1"\ndescription = ""\nauthors = []\npackage-mode = false\n'
    "[tool.poetry.dependencies]\n{}"
    '[[tool.poetry.source]]\nname = "pages"\nurl = "{{}}"\npriority = "primary"\n'
)


class Project(NamedTuple):
    """A project for one tool."""

    tool: str
    pythons: str
    requirements: tuple[str, ...]
    is_of_poetry: bool = False
    """Whether it is written in the tables of Poetry and not in those of all tools."""

    @property
    def text(self) -> str:
        """The pyproject.toml, with a place for the address of the index."""
        if self.is_of_poetry:
            return _OF_POETRY.format(self._poetry_dependencies())
        listed = ", ".join(json.dumps(each) for each in self.requirements)
        stated = "" if self.pythons == "*" else f'requires-python = "{self.pythons}"\n'
        return f'[project]\nname = "shop"\nversion = "1"\n{stated}dependencies = [{listed}]\n{TABLES[self.tool]}'

    def _poetry_dependencies(self) -> str:
        lines = [f'python = "{self.pythons}"\n']
        values = []
        for each in map(Requirement, self.requirements):
            marker = f", markers = {json.dumps(str(each.marker))}" if each.marker else ""
            values.append(f'{{{{version = "{each.specifier or "*"}"{marker}}}}}')
        value = values[0] if len(values) == 1 else f"[{', '.join(values)}]"
        return "".join([*lines, f"{pack().subject} = {value}\n"])

    def points(self) -> Iterator[Point]:
        """Yield the kinds of machines to compare on."""
        allowed = SpecifierSet("" if self.pythons == "*" else self.pythons)
        for minor, patch, system in itertools.product(_MINORS, _PATCHES, ("linux", "win32")):
            if allowed.contains(f"{minor}.{patch}"):
                yield Point(f"{minor}.{patch}", system)

    def runs_on(self) -> str:
        """Return the version of Python that the tool is run on."""
        allowed = SpecifierSet("" if self.pythons == "*" else self.pythons)
        return next(version for version in _RUNS_ON if allowed.contains(version))


def generated(number: int, seed: int, tools: tuple[str, ...] = TOOLS) -> Iterator[Project]:
    """Yield that many projects for each tool; the same for the same seed."""
    chance = random.Random(seed)
    every = list(itertools.product(_RANGES, _REQUIREMENTS))
    chance.shuffle(every)
    for pythons, requirements in every[:number]:
        is_of_poetry = chance.random() < 0.5
        named = tuple(each.format(pack().subject) for each in requirements)
        for tool in tools:
            yield Project(tool, pythons, named, is_of_poetry and tool == "poetry")


class Ran(NamedTuple):
    """What a tool made of a project, by point."""

    project: Project
    releases: dict[str, str]
    """Empty where the tool failed for all."""
    error: str = ""


_NO_ANSWER = re.compile(r"ended with -|NoPythonVersion")
"""Of a tool that took too long, or that did not see the Python which it is run on: the machine has too much to do."""


def ask(project: Project, index: str, scratch: Path) -> Ran:
    """Run the tool."""
    if project.tool == "pip":
        return _ask_pip(project, index, scratch)
    folder = scratch / project.tool
    folder.mkdir(exist_ok=True)
    (folder / "pyproject.toml").write_text(project.text.format(index), encoding="utf-8")
    answer = lock(project.tool, folder, pack().subject, project.runs_on(), scratch)
    return Ran(project, {} if answer.error else _by_point(project, answer), answer.error)


def _by_point(project: Project, answer: Answer) -> dict[str, str]:
    return {f"{point.python} {point.system}": answer.at(point) for point in project.points()}


def _ask_pip(project: Project, index: str, scratch: Path) -> Ran:
    by_minor = {point.python.rpartition(".")[0]: point for point in project.points() if point.system == "linux"}
    points = list(by_minor.values())
    found, errors = {}, []
    for point in dict.fromkeys((points[0], points[len(points) // 2], points[-1])):
        answer = taken(project.requirements, pack().subject, index, point, scratch)
        found[f"{point.python} {point.system}"] = answer.at(point)
        errors += [answer.error] if answer.error else []
    return Ran(project, found, "\n".join(errors))


def compare(ran: Ran, scratch: Path) -> str:
    """Return how what ddlint says differs from what the tool did; empty where it does not."""
    project = ran.project
    folder = scratch / "compared"
    folder.mkdir(exist_ok=True)
    text = project.text.format("https://index.example/simple")
    (folder / "pyproject.toml").write_text(text, encoding="utf-8")
    found = lint([folder], is_isolated=True, as_of=JUDGING.as_of, select=("DD005", "DD103", "DD107", "DD201")).findings
    manifest = pyproject.parse(Source(f"{ROOT}/pyproject.toml", text))
    tracers = resolve(ROOT, (manifest,), pack(), JUDGING).tracers
    made = tracers[0].resolutions if tracers else ()
    if any(each.code == "DD107" for each in found):
        return "" if not any(ran.releases.values()) else f"{project.tool} takes {_shown(ran.releases)}, DD107"
    fails = [each.message for each in found if each.code != "DD201" or each.severity.value == "error"]
    if project.pythons == "*" and not fails:
        newest = max(filter(None, ran.releases.values()), key=Version, default="")
        best = made[0].release
        return "" if newest == best else f"{project.tool} takes {newest or 'nothing'} at best, ddlint says {best}"
    if project.tool == "pip":
        told = {point: _told(made, point) for point in ran.releases}
        return "" if told == ran.releases else f"pip takes {_shown(ran.releases)}, ddlint says {_shown(told)}"
    if not ran.releases:
        return "" if fails else f"{project.tool} fails, ddlint says {_shown({e.python: e.release for e in made})}"
    told = {point: _told(made, point) for point in ran.releases}
    if fails:
        return f"{project.tool} locks {_shown(ran.releases)}, ddlint says {fails}"
    differing = {point for point, release in told.items() if release != ran.releases[point]}
    one, other = ({point: by[point] for point in by if point in differing} for by in (ran.releases, told))
    return f"{project.tool} locks {_shown(one)}, ddlint says {_shown(other)}" if differing else ""


def _told(made: tuple[Resolution, ...], written: str) -> str:
    point = Point(*written.split())
    minor = point.python.rpartition(".")[0]
    here = tuple(each for each in made if each.python in {"", minor})
    found = on_machine(here, point.meets)
    # uv narrows by a requirement of another Python too; one whose markers hold nowhere here is of another machine.
    narrowed = (each for each in here if len(each.by) > 1 and any(point.meets(by.dependency.marker) for by in each.by))
    found = found or next(narrowed, None)
    return found.release if found else ""


def _shown(releases: dict[str, str]) -> str:
    """Return releases with the kinds of machines that get them, one of each Python."""
    by_release: dict[str, dict[str, None]] = {}
    for point, release in releases.items():
        python, _, system = point.partition(" ")
        minor = ".".join(python.split(".")[:2])
        by_release.setdefault(release or "nothing", {})[f"{minor} {system}".strip()] = None
    return "; ".join(f"{release} on {', '.join(points)}" for release, points in by_release.items()) or "nothing"


def recorded(path: Path) -> dict[Project, Ran]:
    """Read what was asked before."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        raw = json.loads(line)
        project = Project(raw["tool"], raw["pythons"], tuple(raw["requirements"]), raw["is_of_poetry"])
        found[project] = Ran(project, raw["releases"], raw["error"])
    return found


def _record(path: Path, ran: Ran) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(ran.project._asdict() | {"releases": ran.releases, "error": ran.error}) + "\n")


def main() -> int:
    """Ask, compare and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--number", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--record", type=Path, default=Path("installer-grid.jsonl"))
    parser.add_argument("--tool", action="append", choices=TOOLS, help="only this one; may be repeated")
    parser.add_argument("--rejudge", action="store_true", help="compare what is recorded, ask nothing")
    given = parser.parse_args()
    tools = tuple(tool for tool in given.tool or TOOLS if given.rejudge or executable(tool))
    known = recorded(given.record)
    counted: dict[str, list[int]] = {tool: [0, 0, 0, 0] for tool in tools}
    with tempfile.TemporaryDirectory() as scratch, served() as index:
        for project in generated(given.number, given.seed, tools):
            if project not in known:
                if given.rejudge:
                    continue
                known[project] = ask(project, index, Path(scratch))
                if _NO_ANSWER.search(known[project].error):
                    counted[project.tool][3] += 1
                    continue
                _record(given.record, known[project])
            ran = known[project]
            difference = compare(ran, Path(scratch))
            counts = counted[project.tool]
            counts[0] += 1
            counts[1] += bool(ran.error)
            counts[2] += bool(difference)
            if difference:
                where = "tables of Poetry, " if project.is_of_poetry else ""
                print(f"{where}{project.pythons} with {', '.join(project.requirements)}: {difference}")  # noqa: T201
    for tool, (every, failed, differing, silent) in counted.items():
        aside = f", {silent} without an answer in time" if silent else ""
        print(f"{tool}: {every} projects, {failed} failed, {differing} differences{aside}")  # noqa: T201 - its purpose
    return 1 if any(each[2] for each in counted.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
