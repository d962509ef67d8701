"""A plan from its verdict to the lock of the real tool: what `--write` leaves, the tool resolves to the goal.

The tools lock against the index of `installer_index`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from ddlint.cli.main import run
from tests.checks.built import pack, pyproject
from tests.clients.installer_grid import TABLES
from tests.clients.installer_tools import Point, executable, lock
from tests.clients.test_installers import index

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    _Call = Callable[..., Any]

pytestmark = pytest.mark.slow

__all__ = ["index"]

_PYTHONS = ("3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14", "3.15")
_ALL = {"poetry update": "--lock", "pdm update": "--no-sync", "pipenv upgrade": "--lock-only"}
"""What keeps a command of a plan from installing what it locks."""


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> _Call:
    """Run a command of ddlint in the project and give its JSON."""
    monkeypatch.chdir(tmp_path)

    def made(*words: str) -> Any:
        capsys.readouterr()
        run([*words, "--isolated", "--output-format", "json", "-q"])
        return json.loads(capsys.readouterr().out)

    return made


def _locked(tool: str, folder: Path, pythons: str, command: Sequence[str] = ()) -> dict[str, str]:
    """Return the release on each Python of Linux; nothing where the tool failed."""
    answer = lock(tool, folder, pack().subject, "3.11.9", folder.with_name(f"{folder.name}.tools"), command)
    allowed = [minor for minor in _PYTHONS if SpecifierSet(pythons).contains(f"{minor}.0")]
    return {} if answer.error else {minor: answer.at(Point(f"{minor}.0")) for minor in allowed}


@pytest.mark.parametrize("tool", ["uv", "poetry", "pdm"])
@pytest.mark.parametrize(
    "pythons, requirement, changed",
    [
        (">=3.10,<3.14", "{}>=2,<3", {"ddtrace"}),
        (">=3.9", "{}==3.19.9", {"ddtrace", "python"}),
        (">=3.8,<3.13", "{}~=2.9", {"ddtrace", "python"}),
    ],
)
def test_what_is_written_is_locked_at_the_goal(
    tool: str, pythons: str, requirement: str, changed: set[str], call: _Call, index: str, tmp_path: Path
) -> None:
    """uv ignores the upper bound of the Pythons of a release, so that only the lower one is a change for it."""
    if not executable(tool):
        pytest.skip(f"{tool} does not start here")
    made = pyproject(requirement.format(pack().subject), python=pythons, more=TABLES[tool].format(index))
    manifest = tmp_path / "pyproject.toml"
    manifest.write_text(made.source.text, encoding="utf-8")
    before = _locked(tool, tmp_path, pythons)
    plan = call("plan")["plans"][0]
    goal = plan["target"]

    run(["plan", "--write", "--isolated", "-q"])
    written = manifest.read_text(encoding="utf-8")
    run(["plan", "--write", "--isolated", "-q"])

    assert manifest.read_text(encoding="utf-8") == written
    assert {change["subject"] for change in plan["changes"] if change["required"]} <= changed
    assert before
    assert all(Version(release) < Version(goal) for release in before.values())
    assert plan["commands"]
    words = plan["commands"][0]["command"].split()
    extra = [more for start, more in _ALL.items() if plan["commands"][0]["command"].startswith(start)]
    allowed = next(line.partition("= ")[2].strip('"') for line in written.splitlines() if "requires-python" in line)
    after = _locked(tool, tmp_path, allowed, (*words[1:], *extra))
    assert set(after.values()) == {goal}
    assert set(after) == {minor for minor in _PYTHONS if SpecifierSet(allowed).contains(f"{minor}.0")}
    assert call("plan")["plans"][0]["verdict"]["status"] == "done"
    announced = {(change["code"], change["subject"]) for change in plan["changes"]}
    found = [(each["code"], each["subject"]) for each in call("check")["findings"]]
    assert set(found) <= announced
