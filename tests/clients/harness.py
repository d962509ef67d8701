"""Runs the steps of a composite action the way the runner of GitHub Actions does, with files and variables of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from tests.outputs.runner import Command, lines, read
from tests.repository.source_tree import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
FILES = ("GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_PATH", "GITHUB_STEP_SUMMARY", "GITHUB_STATE")
KEPT = re.compile(r"PATH$|HOME$|LANG$|LC_|TMPDIR$|PIP_|UV_|SSL_|SYSTEMROOT$|PYENV")


class Ended(NamedTuple):
    """What is left of an action that ran."""

    code: int
    log: str
    outputs: dict[str, str]
    summary: str
    variables: str
    """What it set for later steps: a good action sets nothing."""
    used: tuple[str, ...]
    """The other actions it would have used."""

    def commands(self) -> list[Command]:
        """The commands the runner finds in the log, but for those of the log's own layout."""
        return [command for command in commands(self.log) if command.name not in ("group", "endgroup")]


def commands(log: str) -> Iterator[Command]:
    """Read the commands of a log; between `stop-commands` and its token there is none."""
    token = ""
    for line in lines(log):
        if token:
            token = "" if line.strip() == f"::{token}::" else token
        elif command := read(line):
            if command.name == "stop-commands":
                token = command.message
            else:
                yield command


def assignments(text: str) -> dict[str, str]:
    """Read a file of outputs: `name=value`, or `name<<END`, lines, `END`; whichever sign comes first decides."""
    found, rest = {}, text.splitlines()
    while rest:
        line = rest.pop(0)
        if not line:
            continue
        name, sign, value = re.split(r"(<<|=)", line, maxsplit=1)
        if sign == "<<":
            end = rest.index(value)
            value, rest = "\n".join(rest[:end]), rest[end + 1 :]
        found[name] = value
    return found


def run_action(
    inputs: Mapping[str, str], workspace: Path, temporary: Path, *, caches: Path | None = None, **more: str
) -> Ended:
    """Run `action.yml` of the checkout in `workspace`; `more` are variables of the job.

    `caches` is what the repository keeps for actions/cache, a folder for each key.
    """
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    assert not set(inputs) - set(action["inputs"])
    values = {name: str(given.get("default", "")) for name, given in action["inputs"].items()} | dict(inputs)
    job = Job(workspace, temporary, {f"inputs.{name}": value for name, value in values.items()}, more, caches)
    code = 0
    for step in action["runs"]["steps"]:
        condition = step.get("if", "true")
        if (code == 0 or "always()" in condition) and job.evaluate(condition):
            code = job.take(step) or code
    job.keep()
    outputs = {name: job.fill(given["value"]) for name, given in action["outputs"].items()}
    return Ended(
        code, "".join(job.log), outputs, job.text("GITHUB_STEP_SUMMARY"), job.text("GITHUB_ENV"), tuple(job.used)
    )


class Job:
    """The state of a run."""

    def __init__(
        self, workspace: Path, temporary: Path, values: dict[str, str], more: Mapping[str, str], caches: Path | None
    ) -> None:
        self.workspace, self.temporary, self.values, self.more = workspace, temporary, values, more
        self.caches = caches
        self.to_keep: dict[str, Path] = {}
        """Folders to keep at the end of the job, by their key."""
        self.log: list[str] = []
        self.used: list[str] = []
        self.written: dict[str, list[str]] = {name: [] for name in FILES}

    def text(self, name: str) -> str:
        return "".join(self.written[name])

    def evaluate(self, expression: str) -> str:
        """Evaluate what this action uses of the expression language: names, text, `==`, `!=`, `&&`, `||`, `always()`."""
        if "||" in expression:
            return next((found for part in expression.split("||") if (found := self.evaluate(part.strip()))), "")
        if "&&" in expression:
            return "true" if all(self.evaluate(part.strip()) for part in expression.split("&&")) else ""
        if "==" in expression or "!=" in expression:
            left, sign, right = re.split(r"([=!]=)", expression)
            is_equal = self.evaluate(left.strip()) == self.evaluate(right.strip())
            return "true" if is_equal is (sign == "==") else ""
        if expression in ("always()", "true"):
            return "true"
        if expression.startswith("'"):
            return expression.strip("'")
        assert expression.startswith(("inputs.", "steps.")), expression
        return self.values.get(expression, "")

    def fill(self, text: object) -> str:
        return EXPRESSION.sub(lambda found: self.evaluate(found[1]), str(text))

    def take(self, step: dict[str, Any]) -> int:
        """Run one step and give its exit code; a step that uses another action is noted only."""
        if "uses" in step:
            self.used.append(step["uses"].partition("@")[0])
            if step["uses"].startswith("actions/cache@"):
                self.restore(self.fill(step["with"]["key"]), Path(self.fill(step["with"]["path"])))
            return 0
        assert step["shell"] == "bash"
        files = {name: self.temporary / f"{name.lower()}-{step['id']}" for name in FILES}
        for path in files.values():
            path.write_text("", encoding="utf-8")
        script = self.temporary / f"{step['id']}.sh"
        script.write_text(self.fill(step["run"]), encoding="utf-8", newline="\n")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=self.workspace,
            env=self.environment(step, files),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        self.log.append(done.stdout.decode())
        for name, path in files.items():
            self.written[name].append(path.read_text(encoding="utf-8"))
        outputs = assignments(self.written["GITHUB_OUTPUT"][-1])
        self.values |= {f"steps.{step['id']}.outputs.{name}": value for name, value in outputs.items()}
        return done.returncode

    def restore(self, key: str, path: Path) -> None:
        """Bring back what was kept under a key; what was not is kept at the end of the job, as actions/cache does."""
        if self.caches is None:
            return
        if (self.caches / key).is_dir():
            shutil.copytree(self.caches / key, path, dirs_exist_ok=True)
        else:
            self.to_keep[key] = path

    def keep(self) -> None:
        """Keep what was not kept yet, where it was made."""
        for key, path in self.to_keep.items():
            if self.caches and path.is_dir():
                shutil.copytree(path, self.caches / key)

    def environment(self, step: dict[str, Any], files: Mapping[str, Path]) -> dict[str, str]:
        """The variables of the step; of the machine's own only what finds programs and packages."""
        own = {name: value for name, value in os.environ.items() if KEPT.match(name)}
        given = {name: self.fill(value) for name, value in step.get("env", {}).items()}
        runner = {
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_WORKSPACE": str(self.workspace),
            "RUNNER_TEMP": str(self.temporary),
        }
        return own | runner | {name: str(path) for name, path in files.items()} | dict(self.more) | given
