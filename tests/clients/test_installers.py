"""Which release real installers take, beside what ddlint says they take.

A small grid; `python -m tests.clients.installer_grid --number 200 --seed 1` asks each tool for 200 projects. A tool that
does not start here is skipped, and nothing else is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from packaging.specifiers import SpecifierSet

from tests.checks.built import pack
from tests.clients.installer_grid import Project, Ran, ask, compare, generated
from tests.clients.installer_index import served
from tests.clients.installer_tools import TOOLS, Answer, Entry, Point, executable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_GRID = (
    (">=3.11", "{}>=4.1"),
    (">=3.9", "{}>=2"),
    (">=3.8,<3.15", "{}>=2"),
    (">=3.9,<3.15", "{}>=4.1"),
    (">=3.11", "{}>=2,<4.15"),
    ("~=3.10", "{}>=3,<4"),
    (">=3.9", "{}>=4.1; python_version < '3.15'"),
    (">=3.9,<3.13", "{}>=4.1,<5; sys_platform == 'linux'"),
    (">=3.15", "{}>=4.1"),
    (">=3.10", "{}>=2", "{}<4; python_version >= '3.12'"),
    (">=3.10,<3.16", "{}>=4; python_version < '3.15'", "{}>=2; python_version >= '3.15'"),
)


@pytest.fixture(scope="module")
def index() -> Iterator[str]:
    with served() as address:
        yield address


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tools")


@pytest.mark.slow
@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("case", _GRID, ids=" ".join)
def test_a_tool_takes_what_ddlint_says(tool: str, case: tuple[str, ...], index: str, scratch: Path) -> None:
    if not executable(tool):
        pytest.skip(f"`{tool} --version` fails: it is not installed, or not for this Python")
    pythons, *requirements = case
    project = Project(tool, pythons, tuple(each.format(pack().subject) for each in requirements))
    assert compare(ask(project, index, scratch), scratch) == ""


@pytest.mark.slow
@pytest.mark.skipif(
    not executable("poetry"), reason="`poetry --version` fails: it is not installed, or not for this Python"
)
@pytest.mark.parametrize("pythons", [">=3.9", ">=3.9,<3.15"])
def test_the_tables_of_poetry(pythons: str, index: str, scratch: Path) -> None:
    project = Project("poetry", pythons, (f"{pack().subject}>=2",), is_of_poetry=True)
    ran = ask(project, index, scratch)
    assert ran.releases
    assert compare(ran, scratch) == ""


def test_the_same_seed_gives_the_same_projects() -> None:
    assert list(generated(20, 5)) == list(generated(20, 5))
    assert list(generated(20, 5)) != list(generated(20, 6))
    assert len(set(generated(200, 1))) == 200 * len(TOOLS)


@pytest.mark.parametrize(
    ("tool", "releases", "difference"),
    [
        ("uv", {"3.14.0 linux": "4.16.0", "3.15.0 linux": "4.16.0"}, ""),
        ("uv", {"3.14.0 linux": "4.16.0", "3.15.0 linux": "4.0.4"}, "uv locks 4.0.4 on 3.15 linux"),
        ("uv", {}, "uv fails"),
        ("pdm", {"3.14.0 linux": "4.0.4", "3.15.0 linux": "4.0.4"}, ""),
        ("pdm", {"3.14.0 linux": "4.16.0", "3.15.0 linux": "4.0.4"}, "pdm locks 4.16.0 on 3.14 linux"),
        ("pip", {"3.14.0 linux": "4.16.0", "3.15.0 linux": "4.0.4"}, ""),
        ("pip", {"3.14.0 linux": "4.16.0", "3.15.0 linux": ""}, "pip takes 4.16.0 on 3.14 linux; nothing on 3.15"),
    ],
)
def test_a_difference_is_seen(tool: str, releases: dict[str, str], difference: str, tmp_path: Path) -> None:
    ran = Ran(Project(tool, ">=3.14", (f"{pack().subject}>=2",)), releases)
    assert compare(ran, tmp_path).startswith(difference)
    assert bool(compare(ran, tmp_path)) is bool(difference)


def test_a_release_holds_where_all_its_markers_do() -> None:
    answer = Answer((Entry("1", ("python_version < '3.12'", "")), Entry("2", ("python_version >= '3.12'",))))
    found = [answer.at(Point(python)) for python in ("3.11.4", "3.12.0")]
    assert found == ["1", "2"]
    assert Answer((Entry("1", ("sys_platform == 'win32'",)),)).at(Point("3.11.0", "win32")) == "1"
    assert Answer((Entry("1", ("sys_platform == 'win32'",)),)).at(Point("3.11.0")) == ""


def test_a_tool_runs_on_a_python_that_its_project_declares() -> None:
    for project in generated(200, 1, ("pdm",)):
        assert SpecifierSet("" if project.pythons == "*" else project.pythons).contains(project.runs_on())
