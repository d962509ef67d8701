"""Repositories made from a seed, in which lines, files and projects repeat, and what a run prints of them.

`python -m tests.linter.generated_trees --number 1000 --seed 1` lints each with and without every memory of a run, and
with one, two and three processes, and lists the trees of which not all print the same bytes.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import random
import shutil
import sys
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from unittest.mock import patch

from ddlint.cli.main import run
from ddlint.inputs import requirements_txt
from ddlint.inputs.common import pip_line, requirement
from ddlint.pack import loader
from ddlint.project import walk, workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ddlint.core.source import FileSystem

_BUILTIN = loader.builtin()
_NAMES = ("ddtrace", "flask", "Django", "redis", "celery", "psycopg2", "grpcio", "internal-lib", "requests", "aiohttp")
_SPECIFIERS = ("", "==0.5", "==4.0.0", ">=3,<5", "~=2.1", ">=1.0", "<2", "!=1.5", "===1.x", "==", ">=3.19.9, <4")
_TRACERS = ("", "ddtrace==4.0.0", "ddtrace>=3,<5", "ddtrace==3.19.9  # why", "ddtrace")
_MARKERS = ("", "", "", '; python_version < "3.9"', " ; sys_platform == 'win32'", "; extra == 'x'", "; nonsense")
_COMMENTS = (
    "",
    "",
    "",
    "  # why",
    "  # ddlint: ignore[DD301] known",
    "#glued",
    "  # via flask",
    " # DDlint ignore[DD3]",
)
_ENDS = ("\n", "\n", "\n", "\n", "\r\n", "\r", "\n\n", "\x0c\n")
_WHOLE_LINES = (
    "-r ../shared.txt",
    "-c constraints.txt",
    "-e .",
    "--hash=sha256:00",
    "# a comment",
    "ddtrace @ https://index.example/ddtrace-4.0.0.tar.gz",
    "./wheels/flask-3.0.0-py3-none-any.whl",
    "{% if x %}",
    "flask==${VERSION}",
    "flask==3.0 \\",
    "    --hash=sha256:0123abcd",
    "redis[hiredis,] >= 5",
    "  celery==4.3.0  ",
    "\tdjango==1.11",
    "dd-trace.zip",
    "DDTRACE==3.19.9 -x",
    "é==1",
)
_IGNORED = (
    "*.lock",
    "/build",
    "s1/",
    "!s1/requirements.txt",
    "requirements.txt",
    "**/b/*",
    "s[0-2]",
    "*",
    "\\#",
    "# no",
)


class Tree(NamedTuple):
    """The files of a repository by their paths."""

    files: dict[str, str]


def tree_of(seed: int) -> Tree:
    """Return the repository of a seed."""
    chance = random.Random(seed)
    lines = [_line(chance) for _ in range(chance.randint(1, 12))]
    texts = [
        f"{chance.choice(_TRACERS)}\n" + "".join(chance.choice(lines) for _ in range(chance.randint(0, 9)))
        for _ in range(3)
    ]
    files = {"shared.txt": chance.choice(texts)}
    for number in range(chance.randint(1, 6)):
        home = chance.choice(("", "a/", "a/b/")) + f"s{number}"
        for name in ("requirements.txt", "constraints.txt", "requirements/dev.txt", "requirements.in"):
            if chance.random() < 0.5:
                files[f"{home}/{name}"] = chance.choice(texts) + (_line(chance) if chance.random() < 0.3 else "")
        if chance.random() < 0.6:
            files[f"{home}/pyproject.toml"] = _pyproject(chance, number)
        if chance.random() < 0.3:
            files[f"{home}/uv.lock"] = _lock(chance)
        if chance.random() < 0.3:
            files[f"{home}/Dockerfile"] = (
                f"FROM python:3.{chance.randint(7, 13)}\nENV DD_APPSEC_ENABLED=true\nRUN pip install -r requirements.txt\n"
            )
        if chance.random() < 0.1:
            files[f"{home}/ddlint.toml"] = chance.choice(('ignore = ["DD301"]\n', "pedantic = true\n", "wrong = 1\n"))
    if chance.random() < 0.4:
        files[".gitignore"] = "".join(f"{chance.choice(_IGNORED)}\n" for _ in range(chance.randint(1, 4)))
    return Tree(files)


def _line(chance: random.Random) -> str:
    end = chance.choice(_ENDS)
    if chance.random() < 0.2:
        return chance.choice(_WHOLE_LINES) + end
    parts = (_NAMES, _SPECIFIERS, _MARKERS, _COMMENTS)
    return "".join(chance.choice(each) for each in parts) + end


def _pyproject(chance: random.Random, number: int) -> str:
    wanted = [f"{chance.choice(_NAMES)}{chance.choice(_SPECIFIERS)}" for _ in range(chance.randint(0, 4))]
    name = f"s{number}" if chance.random() < 0.7 else "same"
    python = chance.choice(("", 'requires-python = ">=3.8"\n', 'requires-python = ">=3.10,<3.13"\n'))
    return f'[project]\nname = "{name}"\nversion = "1"\n{python}dependencies = {wanted!r}\n'


def _lock(chance: random.Random) -> str:
    entries = (
        f'\n[[package]]\nname = "{name.lower()}"\nversion = "{chance.choice(("0.5", "3.19.9", "4.0.0"))}"\n'
        for name in chance.sample(_NAMES, 3)
    )
    return "version = 1\n" + "".join(entries)


class _Forgetful(dict[object, object]):
    """A memory that keeps nothing."""

    def __setitem__(self, key: object, value: object) -> None:
        """Keep nothing."""


def _forgetful(made: Callable[[workspace.Reader, FileSystem], None]) -> Callable[[workspace.Reader, FileSystem], None]:
    def make(self: workspace.Reader, files: FileSystem) -> None:
        made(self, files)
        self._parsed = _Forgetful()  # type: ignore[assignment]  # what it holds is never looked at

    return make


def _unremembered(module: object, name: str) -> contextlib.AbstractContextManager[object]:
    return patch.object(module, name, getattr(module, name).__wrapped__)


MEMORIES: dict[str, Callable[[], contextlib.AbstractContextManager[object]]] = {
    "lines": lambda: patch.object(requirements_txt, "plain_line", lambda _: None),
    "stripped lines": lambda: _unremembered(pip_line, "_remembered"),
    "requirements": lambda: _unremembered(requirement, "_remembered"),
    "texts of files": lambda: patch.object(workspace.Reader, "__init__", _forgetful(workspace.Reader.__init__)),
    "names of files": lambda: _unremembered(walk, "may_be_read"),
    "patterns": lambda: patch.object(walk._Rules, "may_hold", lambda *_: True),
}
"""What a run keeps so that it does nothing twice, and how it is made to forget."""


def printed(tree: Path, *words: str) -> tuple[int, str, str]:
    """Return the exit code of a run and what it prints on either stream."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    arguments = (*words, "--as-of", "2026-11-21", str(tree))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), patch.object(loader, "builtin", _builtin):
        code = run(arguments)
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode())
    return code, texts[0], texts[1]


@lru_cache(maxsize=1)
def _builtin() -> object:
    return _BUILTIN


def differences(folder: Path, seed: int) -> Iterator[str]:
    """Yield the memories and numbers of processes with which the tree of a seed is not linted to the same bytes."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in {".git/HEAD": "", **tree_of(seed).files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    words = (
        "check",
        "--no-cache",
        "--min-severity",
        "notice",
        "--output-format",
        ("full", "json", "sarif", "markdown")[seed % 4],
    )
    inspecting = ("inspect", "--output-format", "json")
    expected, read_before = printed(folder, *words, "-j", "1"), printed(folder, *inspecting)
    for name, forgetting in MEMORIES.items():
        with forgetting():
            if printed(folder, *words, "-j", "1") != expected or printed(folder, *inspecting) != read_before:
                yield name
    for jobs in ("2", "3"):
        if printed(folder, *words, "-j", jobs) != expected:
            yield f"-j {jobs}"


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> int:
    """Compare the trees of many seeds."""
    parser = argparse.ArgumentParser(description="lint generated repositories in all ways that must not differ")
    parser.add_argument("--number", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for seed in range(options.seed, options.seed + options.number):
            for name in differences(Path(folder) / "tree", seed):
                failed += 1
                _say(f"seed {seed}: {name}")
            if (seed - options.seed + 1) % 100 == 0:
                _say(f"{seed - options.seed + 1} trees, {failed} differences")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
