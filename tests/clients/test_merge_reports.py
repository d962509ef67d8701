"""The table of many repositories that lint-repositories.yml writes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import yaml

import ddlint
from tests.repository.source_tree import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = ROOT / ".github" / "action" / "merge_reports.py"
PROJECTS = {
    "acme/shop": ("ddtrace==4.16.0\ndjango==1.8\n", 1),
    "acme/clean": ("ddtrace==4.16.0\ndjango==5.2\n", 0),
    "acme/none": ("django==5.2\n", 0),
    "acme/<b>|`": ("ddtrace==4.16.0\ndjango==1.8  # ::error::boo\n", 0),
}


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the jobs of the matrix keep; of `acme/gone` there is nothing."""
    for number, (name, (text, code)) in enumerate(PROJECTS.items()):
        checkout, kept = tmp_path / f"checkout-{number}", tmp_path / "reports" / f"ddlint-report-{number}"
        checkout.mkdir()
        kept.mkdir(parents=True)
        (checkout / "requirements.txt").write_text(text, encoding="utf-8")
        monkeypatch.chdir(checkout)
        report = ddlint.render(ddlint.lint(min_severity="warning", as_of="2026-11-21"))
        for file, content in (("repository", name), ("exit-code", str(code)), ("report.json", report)):
            (kept / file).write_text(content, encoding="utf-8")
    return tmp_path / "reports"


def merged(reports: Path, *names: str) -> tuple[int, list[str]]:
    """Run the script, without any installed package, and give its code and lines."""
    variables = os.environ | {"REPOSITORIES": json.dumps(names), "GITHUB_SERVER_URL": "https://git.example"}
    call = [sys.executable, "-I", "-S", "-X", "utf8", str(SCRIPT), str(reports)]
    done = subprocess.run(call, env=variables, capture_output=True, encoding="utf-8", check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout.splitlines()


@pytest.mark.parametrize(
    "names, code, title",
    [
        (["acme/clean"], 0, "\N{WHITE HEAVY CHECK MARK} ddlint passed in 1 repository"),
        (["acme/clean", "acme/none"], 0, "\N{WHITE HEAVY CHECK MARK} ddlint passed in 2 repositories"),
        (["acme/shop", "acme/clean"], 1, "\N{CROSS MARK} ddlint failed in 1 of 2 repositories"),
        (["acme/shop", "acme/gone"], 2, "\N{CROSS MARK} ddlint failed in 2 of 2 repositories"),
    ],
)
def test_the_verdict_comes_first(reports: Path, names: list[str], code: int, title: str) -> None:
    actual, lines = merged(reports, *names)

    assert (actual, lines[0]) == (code, f"# {title}")


def test_a_row_for_each_repository_and_each_finding(reports: Path) -> None:
    _, lines = merged(reports, *PROJECTS, "acme/gone")
    start = lines.index("| repository | verdict | release | errors | warnings | notices |")
    at = "[`requirements.txt:2:1`](<https://git.example/acme/shop/blob/HEAD/requirements.txt#L2>)"

    assert [line.split(" | ")[:3] for line in lines[start + 2 : start + 7]] == [
        ["| acme/shop", "\N{CROSS MARK} failed", "4.16.0"],
        ["| acme/clean", "\N{WHITE HEAVY CHECK MARK} passed", "4.16.0"],
        ["| acme/none", "\N{LARGE YELLOW CIRCLE} nothing checked", ""],
        ["| acme/\\<b>\\|\\`", "\N{WHITE HEAVY CHECK MARK} passed", "4.16.0"],
        ["| acme/gone", "\N{CROSS MARK} no report", ""],
    ]
    assert "<summary>2 findings</summary>" in lines
    assert any(
        line.startswith(f"| acme/shop | \N{LARGE YELLOW CIRCLE}&nbsp;warning | DD301 | {at} |") for line in lines
    )


def test_the_workflow_runs_the_script_and_lints_as_the_action_does() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/lint-repositories.yml").read_text(encoding="utf-8"))
    lint, table = workflow["jobs"]["lint"], workflow["jobs"]["table"]
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    (step,) = (step for step in lint["steps"] if step.get("uses") == "./ddlint")

    assert set(step["with"]) <= set(action["inputs"])
    assert f"python3 -I -X utf8 {SCRIPT.relative_to(ROOT).as_posix()} " in table["steps"][-1]["run"]
    assert table["needs"] == "lint"
