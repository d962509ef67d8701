"""What a release needs, and its notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from tests.repository.source_tree import ROOT
from tools.release import main, missing, read

if TYPE_CHECKING:
    from pathlib import Path

CHANGELOG = "# Changes\n\n## Unreleased\n\n## 1.2.0\n\n- New.\n\n## 1.1.0\n\n- Old.\n"
HOME = "https://github.com/acme/ddlint"


def checkout(
    folder: Path, version: str = "1.2.0", own: str = "1.2.0", home: str = HOME, changes: str = CHANGELOG
) -> Path:
    (folder / "ddlint").mkdir()
    (folder / "pyproject.toml").write_text(f'[project]\nversion = "{version}"\n', encoding="utf-8")
    (folder / "ddlint" / "__init__.py").write_text(f'__version__ = "{own}"\nHOME = "{home}"\n', encoding="utf-8")
    (folder / "CHANGELOG.md").write_text(changes, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "given, tag, expected",
    [
        ({}, "v1.2.0", []),
        ({}, "", []),
        ({}, "v1.3.0", ["the tag is v1.3.0, so the version has to be 1.3.0, not 1.2.0"]),
        ({"own": "1.1.0"}, "v1.2.0", ["ddlint/__init__.py has version 1.1.0, pyproject.toml 1.2.0"]),
        ({"version": "1.2", "own": "1.2"}, "", ["1.2 is no version of three numbers", "CHANGELOG.md has no section `## 1.2` with the changes"]),
        ({"changes": "# Changes\n\n## 1.2.0\n\n## 1.1.0\n\n- Old.\n"}, "v1.2.0", ["CHANGELOG.md has no section `## 1.2.0` with the changes"]),
        ({"changes": CHANGELOG.replace("## Unreleased\n", "## Unreleased\n\n- More.\n")}, "v1.2.0", ["CHANGELOG.md has changes in `## Unreleased`: move them into `## 1.2.0`"]),
        ({"changes": CHANGELOG.replace("## Unreleased\n", "## Unreleased\n\n- More.\n")}, "", []),
        ({"home": ""}, "v1.2.0", ["ddlint/__init__.py has no HOME, so nothing of the release has a link"]),
        ({"home": ""}, "", []),
    ],
)  # fmt: skip
def test_what_is_missing(given: dict[str, str], tag: str, expected: list[str], tmp_path: Path) -> None:
    assert missing(read(checkout(tmp_path, **given)), tag) == expected


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = checkout(tmp_path)

    assert [main(words, folder) for words in (["check", "v1.2.0"], ["check", "v9.0.0"], ["check"], ["notes"], [])] == [
        0,
        1,
        0,
        0,
        2,
    ]
    printed = capsys.readouterr()
    assert printed.out == "- New.\n"
    assert printed.err.startswith("release: the tag is v9.0.0")


def test_this_checkout_passes_a_dry_run() -> None:
    assert missing(read(ROOT), "") == []


def test_the_workflow_publishes_nothing_that_was_not_tested() -> None:
    jobs = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8"))["jobs"]
    publishing = {name: job for name, job in jobs.items() if "write" in job["permissions"].values()}

    assert set(publishing) == {"publish", "push-image", "announce"}
    assert all(job["if"] == "startsWith(github.ref, 'refs/tags/v')" for job in publishing.values())
    assert {"checks", "tests", "distribution"} <= set(jobs["publish"]["needs"])
    assert jobs["push-image"]["needs"] == ["publish", "image"]
    assert jobs["announce"]["needs"] == ["publish", "push-image"]
    matrix = jobs["tests"]["strategy"]["matrix"]
    assert matrix["python"] == ["3.11", "3.12", "3.13", "3.14"]
    assert {name.partition("-")[0] for name in matrix["os"]} == {"ubuntu", "macos", "windows"}


def test_the_page_has_ten_lines() -> None:
    steps = [line for line in (ROOT / "RELEASING.md").read_text(encoding="utf-8").splitlines() if line.strip()]

    assert len(steps) <= 12
