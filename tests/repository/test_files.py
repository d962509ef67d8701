"""What no tracked file may hold, and what the files around the package promise one another."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import yaml

from tests.repository.source_tree import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SKIPPED = {".git", ".nox", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", "__pycache__", "node_modules"}
MADE = {"build", "dist"}
"""What tools make at the top; a package may have such a name."""
HOSTS = re.compile(r"p[y]pi\.org|p[y]thonhosted\.org|registry\.n[p]mjs|deb\.d[e]bian\.org|registry-1\.d[o]cker")
MACHINE = re.compile(r"(^|[^A-Za-z0-9_.])/(work|root|farm)/|/tmp/[a-z]/")


def files() -> list[Path]:
    """The files of the checkout that are not the leavings of a tool."""
    return [path for path in ROOT.rglob("*") if path.is_file() and not _is_left(path.relative_to(ROOT).parts)]


def _is_left(parts: tuple[str, ...]) -> bool:
    return parts[0] in MADE or any(
        part in SKIPPED or part.startswith((".venv", ".coverage")) or part.endswith(".egg-info") for part in parts
    )


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for path in files():
        text = path.read_bytes().decode("utf-8", "replace")
        numbered = enumerate(text.splitlines(), 1)
        found += [f"{path.relative_to(ROOT).as_posix()}:{number}" for number, line in numbered if pattern.search(line)]
    return found


def test_no_host_of_a_registry_is_named() -> None:
    assert lines_with(HOSTS) == []


def test_no_path_of_a_machine_is_named() -> None:
    assert lines_with(MACHINE) == []


def test_runtime_dependencies_are_the_four_that_were_chosen() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = [re.split(r"[<>=]", entry)[0] for entry in project["dependencies"]]

    assert names == ["packaging", "pyyaml", "requirements-parser", "tomlkit"]


def test_the_changelog_tells_of_the_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert f"## {project['version']}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_actions_are_pinned() -> None:
    used = []
    for path in [ROOT / "action.yml", *(ROOT / ".github" / "workflows").glob("*.yml")]:
        used += re.findall(r"uses: (\S+)", path.read_text(encoding="utf-8"))

    assert used
    assert [
        name
        for name in used
        if not name.startswith("./") and not re.fullmatch(r"[\w.-]+(?:/[\w.-]+)+@[0-9a-f]{40}", name)
    ] == []


def test_every_input_of_the_action_reaches_its_script() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    (step,) = (step for step in action["runs"]["steps"] if step["id"] == "ddlint")
    handed = {name.removeprefix("DDLINT_INPUT_").lower().replace("_", "-") for name in step["env"]} - {"ddlint-python"}

    assert handed == set(action["inputs"]) - {"cache"}, "`cache` is for steps before it"
    assert "${{" not in step["run"]
