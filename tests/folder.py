"""Calls of ddlint in a folder of their own, in this process."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pytest

from ddlint.cli.main import run
from ddlint.pack import loader as load

if TYPE_CHECKING:
    from pathlib import Path

DAY = "2026-11-21"
cached_builtin = cache(load.builtin)
"""Reading the YAML of the checkout takes half a second; it does not change while the tests run."""


class Ran(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """What was found, a finding on a line, without the closing lines."""
        return [line for line in self.out.splitlines() if " DD" in line]

    @property
    def places(self) -> list[str]:
        """Place and code of each finding: `requirements.txt:1:1 DD101`."""
        return [f"{line.split(': ')[0]} {line.split(': ')[1].split()[0]}" for line in self.lines]


class Folder:
    """A folder to run ddlint in."""

    def __init__(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.path = path
        self._capsys = capsys

    def put(self, name: str, text: str | bytes = "") -> Path:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def read(self, name: str) -> str:
        return (self.path / name).read_bytes().decode()

    def run(self, *arguments: str) -> Ran:
        code = run(arguments)
        captured = self._capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    def check(self, *arguments: str) -> Ran:
        """Run with the concise format and a fixed day."""
        return self.run("check", "--output-format", "concise", "--as-of", DAY, *arguments)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Folder:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(load, "builtin", cached_builtin)
    for name in ("DDLINT_OUTPUT_FORMAT", "DDLINT_CONFIG", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    return Folder(tmp_path, capsys)
