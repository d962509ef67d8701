"""Nothing that is printed depends on whether files that say nothing without a tracer are passed over."""

from __future__ import annotations

import os
import shlex
from functools import cache
from importlib import import_module
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from ddlint.cli import host
from ddlint.cli.build_request import completed, config_of, parsed
from ddlint.core.errors import DdlintError
from ddlint.core.model import Severity
from ddlint.core.source import FileSystem
from ddlint.inputs.common import skim
from ddlint.linter.lint_project import Request
from ddlint.linter.run import check, report
from ddlint.pack.loader import builtin, load
from tests.cases.accept import seen
from tests.cases.test_cases import CASES, HERE
from tests.fuzz.mutate import mutated
from tests.fuzz.subjects import subjects
from tests.inputs.locks import UV
from tests.security.tree import put

if TYPE_CHECKING:
    from ddlint.core.model import NormalizedName
    from ddlint.core.source import Source
    from ddlint.pack.pack import Pack

FOLDER = os.environ.get("DDLINT_CORPUS", "")
FORMATS = ("full", "json", "markdown")
TREES = 100
DAY = "2026-11-21"
TEXTS = (".txt", ".in", ".toml", ".lock", ".cfg", ".ini", ".py", ".yaml", ".yml", "Dockerfile", "Pipfile")


@cache
def builtin_pack() -> Pack:
    """Give the pack that ddlint brings, read once."""
    return builtin()


def printed(directory: Path, words: str, pack: Path | None, *, is_skimming: bool) -> dict[str, str]:
    """Give what every format prints of a folder, and whether the run has failed."""
    here = directory.as_posix()
    options = parsed("check", shlex.split(words))
    config = config_of(options, here, host.absolute)._replace(min_severity=Severity.NOTICE)
    packs = (load(pack),) if pack else (builtin_pack(),)
    request = Request(
        tuple(map(host.absolute, options.paths)) or (here,),
        here,
        options.as_of or DAY,
        FileSystem(host.read_file, host.real_path),
        lambda _: packs,
        config,
        is_skimming=is_skimming,
    )
    try:
        outcome = check(request)
    except DdlintError as error:  # of a broken config
        return {"refused": str(error)}
    made = completed(report(outcome), outcome, set(FORMATS))
    texts = {name: import_module(f"ddlint.outputs.{name}").render(made) for name in FORMATS}
    return {
        **texts,
        "counts": repr((made.files, made.untraced, made.hidden, made.left_out, made.why_empty, made.is_failed)),
    }


def both(directory: Path, words: str = "", pack: Path | None = None) -> tuple[dict[str, str], dict[str, str]]:
    """Give what is printed with and without."""
    with_it, without = (printed(directory, words, pack, is_skimming=each) for each in (True, False))
    return with_it, without


def without_tracer(directory: Path, words: str = "", pack: Path | None = None) -> tuple[dict[str, str], dict[str, str]]:
    """Do the same where another package is in the place of the tracer."""
    for path in directory.rglob("*"):
        if path.is_file() and not path.is_symlink() and path.name.endswith(TEXTS):
            path.write_bytes(path.read_bytes().replace(b"ddtrace", b"xxtrace").replace(b"datadog-lambda", b"xx-lambda"))
    return both(directory, words, pack)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.relative_to(HERE).as_posix())
def test_of_every_case(case: Path) -> None:
    assert len({repr(each) for each in seen(case, both)}) == 1
    assert len({repr(each) for each in seen(case, without_tracer)}) == 1


@pytest.mark.skipif(not FOLDER, reason="DDLINT_CORPUS names no folder of real projects")
def test_of_real_projects() -> None:
    for checkout in sorted(each for each in Path(FOLDER).iterdir() if each.is_dir()):
        with_it, without = both(checkout)
        assert with_it == without, checkout


PLAIN = "flask>=3\nredis==5.0.1 # why\n"
LOCK = UV.replace("ddtrace", "other")
POD = (
    "kind: Pod\nmetadata:\n  labels: {admission.datadoghq.com/enabled: 'true'}\n"
    "  annotations: {admission.datadoghq.com/python-lib.version: v2.0.0}\n"
)
NAMED = {
    "requirements.txt": (PLAIN, PLAIN, PLAIN, "ddtrace==2.0\nflask<1\n", "-r more/requirements.txt\n", "flask >> 1\n"),
    "constraints.txt": (PLAIN, "ddtrace<3\n"),
    "dev-requirements.txt": (PLAIN, "-r requirements.txt\npytest\n", "-e .\n", "datadog_lambda==6.100.0\n"),
    "more/requirements.txt": (PLAIN, "-r ../requirements.txt\n", "DDTrace==2.1\n"),
    "uv.lock": (LOCK, LOCK, UV, LOCK.replace("source", "sources", 1), LOCK[:-20], "<<<<<<< a\n"),
    "pyproject.toml": (
        '[project]\nname = "a"\ndependencies = ["flask<1"]\n',
        '[project]\nname = "a"\ndependencies = ["ddtrace", "flask<1"]\n',
        '[project]\nname = "a"\n[tool.uv.workspace]\nmembers = ["*"]\n',
        '[project]\nname = "a"\ndependencies = ["flask<"]\n[tool.ddlint]\nrequire-tracer = true\n',
        '[project]\nname = "a"\n[tool.ddlint]\ntracer = "ddtrace==2.0"\n',
        "[project\n",
    ),
    "Dockerfile": (
        "FROM python:3.11\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCMD ddtrace-run app\n",
        "FROM python:3.11\nENV DD_SERVICE=a\n",
        "FROM python:3.11\nRUN pip install flask==0.5\n",
    ),
    ".env": ("DD_SERVICE=a\n", "A=1\n"),
    ".python-version": ("3.12\n", "2.7\n"),
    "ddlint.toml": ('[[suppress]]\nrule = "DD301"\n', 'min-severity = "notice"\n', 'tracer = "2.0"\n'),
    "k8s/deployment.yaml": (POD,),
    "tox.ini": ("[testenv]\ndeps = -r requirements.txt\ncommands = ddtrace-run pytest\n",),
}  # fmt: skip
PLAINEST = ("requirements.txt", "constraints.txt", "more/requirements.txt", "uv.lock")
CALLS = ("", "", "--tracer 3.0", "--require-tracer", "--python-version 3.9", "--pedantic", "--select DD0")


def grow(random: Random, top: Path) -> str:
    """Write a tree of a few projects, and give the options of a call."""
    broken = {each.path: each for each in subjects()}
    for folder in random.sample(["", "a", "a/b", "c"], random.randint(1, 3)):
        names = random.sample(PLAINEST, random.randint(1, 3)) + random.sample(sorted(NAMED), random.randint(0, 2))
        for name in names:
            data = (NAMED[name][0] if random.random() < 0.6 else random.choice(NAMED[name])).encode()
            if random.random() < 0.15:
                others = broken[name].seeds if name in broken else (data,)
                data = mutated(random, data, others)
            put(top / folder / name, data)
    files = sorted(path for path in top.rglob("*") if path.is_file() and path.suffix in {".txt", ".lock"})
    named = f" {shlex.quote(str(random.choice(files)))}" if files and random.random() < 0.2 else ""
    return f"{random.choice(CALLS)}{named}"


def test_of_generated_trees(tmp_path: Path) -> None:
    for seed in range(TREES):
        top = tmp_path / str(seed)
        words = grow(Random(seed), top)
        with_it, without = both(top, words)
        assert with_it == without, (seed, words)


def test_files_are_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the trees, many have such files, and in others they are read after all."""
    answers, known = [], skim.says_nothing

    def noted(module: str, source: Source, sought: frozenset[NormalizedName]) -> bool:
        answers.append(known(module, source, sought))
        return answers[-1]

    monkeypatch.setattr(skim, "says_nothing", noted)
    for seed in range(60):
        both(tmp_path / str(seed), grow(Random(seed), tmp_path / str(seed)))

    assert answers.count(True) > 10
    assert False in answers
