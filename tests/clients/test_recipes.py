"""The recipes of the documentation for CI systems: their forms by the schema of each system, their commands by running them."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from ddlint.cli.build_request import parsed
from tests.clients.conftest import commit
from tests.clients.harness import run_action
from tests.repository.source_tree import ROOT

PAGES = ("README.md", "docs/ci.md", "docs/github-action.md", "docs/pre-commit.md")
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
BAD = "ddtrace==4.16.0\ndjango==1.8\n"


def blocks(page: str) -> list[Any]:
    text = (ROOT / page).read_text(encoding="utf-8")
    return [
        yaml.load(each, yaml.BaseLoader) for each in re.findall(r"^```yaml\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    ]


def steps(value: Any) -> list[dict[str, Any]]:
    """All steps in a block, however deep."""
    if isinstance(value, list):
        return [
            step
            for each in value
            for step in ([each] if isinstance(each, dict) and {"uses", "run"} & each.keys() else steps(each))
        ]
    return [step for each in value.values() for step in steps(each)] if isinstance(value, dict) else []


BLOCKS = [(f"{page}-{number}", block) for page in PAGES for number, block in enumerate(blocks(page))]
STEPS = [(name, step) for name, block in BLOCKS for step in steps(block)]
WORKFLOWS = {name: block for name, block in BLOCKS if isinstance(block, dict) and "jobs" in block}
GITLAB, AZURE = (block for name, block in BLOCKS if name in ("docs/ci.md-0", "docs/ci.md-1"))
(OWNER,) = (block for block in WORKFLOWS.values() if "ref: ${{ github.base_ref }}" in yaml.safe_dump(block))


def test_other_actions_are_pinned_by_commit() -> None:
    used = [step["uses"] for _, step in STEPS if "uses" in step]

    assert len(used) > 8
    assert [
        name
        for name in used
        if not name.startswith("OWNER/ddlint@v") and not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", name)
    ] == []


def test_the_inputs_of_the_action_are_known() -> None:
    given = [
        (name, key)
        for name, step in STEPS
        if step.get("uses", "").startswith("OWNER/ddlint@")
        for key in step.get("with", {})
    ]

    assert len(given) > 8
    assert [(name, key) for name, key in given if key not in ACTION["inputs"]] == []


def test_the_reusable_workflow_gets_what_it_takes() -> None:
    (job,) = (
        job
        for block in WORKFLOWS.values()
        for job in block["jobs"].values()
        if "lint-repositories" in job.get("uses", "")
    )
    taken = yaml.load((ROOT / ".github/workflows/lint-repositories.yml").read_text(encoding="utf-8"), yaml.BaseLoader)
    call = taken["on"]["workflow_call"]

    assert set(job["with"]) <= set(call["inputs"])
    assert set(job["secrets"]) == set(call["secrets"])
    assert json.loads(job["with"]["repositories"]) == ["acme/shop", "acme/api", "acme/worker"]


def commands() -> list[list[str]]:
    """Every call of ddlint in the recipes and on the pages."""
    scripts = [*GITLAB["ddlint"]["script"], *(step["script"] for step in AZURE["steps"] if "script" in step)]
    words = [shlex.split(line) for line in scripts]
    return [each[1:] for each in words if each[0] == "ddlint"]


def test_every_command_parses_and_writes_its_reports(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text(BAD, encoding="utf-8")
    assert len(commands()) == 2
    for words in commands():
        parsed("check", words)
        done = subprocess.run(
            [sys.executable, "-m", "ddlint", *words],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            env={"PYTHONPATH": str(ROOT)},
        )
        assert (done.returncode, "DD301" in done.stdout) == (1, True), done.stderr
    asked = {word.partition(":")[2] for words in commands() for word in words if ":" in word}

    assert {path.name for path in tmp_path.iterdir()} == asked | {"requirements.txt"}
    assert set(GITLAB["ddlint"]["artifacts"]["reports"].values()) <= asked


@pytest.mark.slow
@pytest.mark.parametrize(
    "schema, block",
    [
        ("vendor.gitlab-ci", GITLAB),
        ("vendor.azure-pipelines", AZURE),
        *(("vendor.github-workflows", {"on": "push"} | block) for block in WORKFLOWS.values()),
    ],
)
def test_each_system_takes_its_recipe(schema: str, block: Any, tmp_path: Path) -> None:
    path = tmp_path / "recipe.yml"
    plain = yaml.safe_load(yaml.safe_dump(block))
    path.write_text(yaml.safe_dump(plain), encoding="utf-8")
    call = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(path)]
    done = subprocess.run(call, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


SILENCERS = {
    "ddlint.toml": "exclude = ['**']\nfail-on = 'error'\n",
    "pyproject.toml": "[tool.ddlint]\nignore = ['DD']\n",
    ".gitignore": "requirements*\n",
    "requirements.txt": f"# ddlint: file-ignore[DD3] ours\n{BAD}",
}
"""What a pull request may bring so that nothing is found."""


@pytest.mark.slow
@pytest.mark.parametrize("has_config", [True, False], ids=["config of the base branch", "isolated"])
def test_a_pull_request_cannot_silence_ddlint(has_config: bool, tmp_path: Path) -> None:
    """By the recipe for owners, and although the same checkout is silent without it."""
    (step,) = (step["with"] for step in steps(OWNER) if step["uses"].startswith("OWNER/ddlint@"))
    workspace, runner = tmp_path / "workspace", tmp_path / "runner"
    runner.mkdir()
    for name, text in SILENCERS.items():
        path = workspace / "pull-request" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    commit(workspace / "pull-request", "nothing to see")
    if has_config:
        (workspace / "trusted").mkdir()
        (workspace / "trusted" / "ddlint.toml").write_text("fail-on = 'warning'\n", encoding="utf-8")
        inputs = step
    else:
        inputs = {name: value for name, value in step.items() if name != "config"}
        inputs["args"] = "--isolated --no-respect-gitignore"
    silent = run_action({"working-directory": "pull-request"}, workspace, runner)
    ended = run_action(inputs, workspace, runner)

    assert (silent.code, silent.outputs["findings"]) == (0, "0"), silent.log
    assert (ended.code, ended.outputs["exit-code"]) == (1, "1"), ended.log
    assert [found.properties["file"] for found in ended.commands()] == ["requirements.txt"]


def test_the_isolated_form_is_on_the_page() -> None:
    assert "`args: --isolated --no-respect-gitignore`" in (ROOT / "docs/github-action.md").read_text(encoding="utf-8")


def test_the_example_of_helix_is_toml() -> None:
    text = (ROOT / "docs/editors.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```toml\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)

    assert tomllib.loads(block)["language-server"]["ddlint"] == {"command": "ddlint", "args": ["server"]}
