"""What a workflow runs with which rights: code that it installs never runs beside a token that can write."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from tests.repository.source_tree import ROOT

FOLDER = ROOT / ".github" / "workflows"
JOBS = {
    f"{path.stem}/{name}": (workflow, job)
    for path in sorted(FOLDER.glob("*.yml"))
    for workflow in [yaml.safe_load(path.read_text(encoding="utf-8"))]
    for name, job in workflow["jobs"].items()
}
PUBLISHES = {"pypa/gh-action-pypi-publish", "actions/attest-build-provenance", "actions/deploy-pages"}
"""What a job that may write may use beside git: it hands on files, and runs nothing of them."""
RUNS_CODE = re.compile(r"\b(?:pip|python|pytest|nox|docker|npm|uv)\b|\.ci/run")


@pytest.mark.parametrize("name", JOBS)
def test_a_job_that_may_write_runs_nothing_but_git(name: str) -> None:
    _, job = JOBS[name]
    may_write = "write" in job["permissions"].values()
    commands = [step.get("run", "").replace("docker://", "") for step in job["steps"]]
    used = [step.get("uses", "").partition("@")[0] for step in job["steps"]]

    assert (
        not may_write
        or [command for command in commands if RUNS_CODE.search(command.replace("tools/refresh.py", ""))] == []
    )
    assert not may_write or set(used) <= {"", "actions/checkout", "actions/download-artifact", *PUBLISHES}


def test_the_job_that_publishes_the_site_gets_no_code() -> None:
    jobs: dict[str, Any] = {name: job for name, (_, job) in JOBS.items() if name.startswith("docs/")}

    assert [step.get("uses", "").partition("@")[0] for step in jobs["docs/publish"]["steps"]] == [
        "actions/deploy-pages"
    ]
    assert "contents" not in jobs["docs/publish"]["permissions"]
    assert jobs["docs/build"]["permissions"] == jobs["docs/pack"]["permissions"] == {"contents": "read"}
    assert jobs["docs/keep"]["if"] == "github.event_name == 'push' && startsWith(github.ref, 'refs/tags/v')"


@pytest.mark.parametrize("name", JOBS)
def test_no_job_has_more_than_it_names(name: str) -> None:
    workflow, job = JOBS[name]

    assert workflow["permissions"] == {}
    assert job["timeout-minutes"] <= 30
    assert all(
        step["with"]["persist-credentials"] is False for step in job["steps"] if "checkout" in step.get("uses", "")
    )


@pytest.mark.parametrize("workflow, first", [("refresh", "diff"), ("observe", "run")])
def test_a_diff_is_handed_to_the_job_that_pushes(workflow: str, first: str) -> None:
    jobs: dict[str, Any] = {name: job for name, (_, job) in JOBS.items() if name.startswith(f"{workflow}/")}
    pushes = jobs[f"{workflow}/pull-request"]

    assert jobs[f"{workflow}/{first}"]["permissions"] == {"contents": "read"}
    assert pushes["needs"] == first
    applied = next(step["run"] for step in pushes["steps"] if "git apply" in step.get("run", ""))
    assert "--exclude='*'" in applied
    assert ".github" not in applied


def test_images_are_pinned_by_digest() -> None:
    named = re.findall(r"^FROM (\S+)", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)

    assert named
    assert [image for image in named if not re.fullmatch(r"\S+:\S+@sha256:[0-9a-f]{64}", image)] == []
