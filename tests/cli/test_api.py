"""The Python interface does what the command does, and is imported only when it is used."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import ddlint
from ddlint.outputs import NAMES
from tests.repository.source_tree import ROOT

if TYPE_CHECKING:
    from tests.folder import Folder

DAY = "2026-11-21"


@pytest.fixture
def project(folder: Folder) -> Folder:
    folder.put("requirements.txt", "ddtrace==3.19.9\ndjango==1.11\n")
    folder.put("ddlint.toml", 'ignore = ["DD102"]\n')
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_a_report_is_what_the_command_prints(project: Folder, name: str) -> None:
    words = ("--format", name, "--as-of", DAY, "--min-severity", "notice")

    assert ddlint.render(ddlint.lint(as_of=DAY), name) == project.run(*words).out


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        ({}, ["DD101", "DD301"]),
        ({"select": ["unsupported-dependency"]}, ["DD301"]),
        ({"select": ["DD1", "DD3"], "ignore": ["DD3"]}, ["DD101"]),
        ({"tracer": "4.16.0"}, ["DD301"]),
        ({"min_severity": "error"}, []),
        ({"as_of": "2026-05-01"}, ["DD301"]),
        ({"as_of": "2026-05-01", "is_isolated": True}, ["DD102", "DD301"]),
        ({"paths": [Path("requirements.txt")]}, ["DD101", "DD301"]),
        ({"platforms": ["pypy"]}, ["DD101", "DD203", "DD301"]),
        ({"python_version": "3.15"}, ["DD101", "DD202", "DD301"]),
    ],
)
def test_an_argument_means_what_the_option_does(
    project: Folder, arguments: dict[str, object], codes: list[str]
) -> None:
    report = ddlint.lint(**{"as_of": DAY, **arguments})  # type: ignore[arg-type]  # a table of any arguments

    assert sorted({finding.code for finding in report.findings}) == codes
    assert project.run("--version").code == 0


def test_a_wrong_argument_is_one_exception(project: Folder) -> None:
    with pytest.raises(ddlint.DdlintError, match="`DD7` is no code"):
        ddlint.lint(select=["DD7"])
    with pytest.raises(ddlint.DdlintError, match="no file or folder"):
        ddlint.lint(["absent"])
    with pytest.raises(ddlint.DdlintError, match="is no format"):
        ddlint.render(ddlint.lint(as_of=DAY), "xml")
    assert project.path.name


def test_nothing_is_printed(project: Folder) -> None:
    ddlint.lint(as_of=DAY)

    assert project.run("--version").err == ""


def test_the_interface_is_imported_when_it_is_used() -> None:
    code = "import sys, ddlint; print(len(sys.modules)); ddlint.lint; print('ddlint.cli.api' in sys.modules)"
    plain = subprocess.run(
        [sys.executable, "-c", "import sys; print(len(sys.modules))"], capture_output=True, check=True
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)

    count, is_there = done.stdout.split()
    assert int(count) - int(plain.stdout) <= 3
    assert is_there == b"True"
    with pytest.raises(AttributeError, match="no attribute 'absent'"):
        getattr(ddlint, "absent")  # noqa: B009 - that is the test


def test_the_example_of_the_page_runs(folder: Folder) -> None:
    folder.put("services/shop/requirements.txt", "ddtrace==3.19.9\ndjango==1.11\n")
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "python.md").read_text(encoding="utf-8"), re.DOTALL)

    done = subprocess.run([sys.executable, "-c", code], cwd=folder.path, capture_output=True, text=True, check=True)

    assert "services/shop/requirements.txt:2: warning DD301 `django==1.11` is below the minimum" in done.stdout
    assert json.loads(ddlint.render(ddlint.lint(as_of=DAY)))["version"] == 1
