"""The comparison of outputs: it shows each difference, and the calls that it makes are of every format and command."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from ddlint.outputs import NAMES
from tools import golden

if TYPE_CHECKING:
    from pathlib import Path

BEFORE = {"a": ["0", "one\ntwo\n", ""], "b": ["0", "", ""]}


@pytest.mark.parametrize(
    "after, changed",
    [
        (BEFORE, []),
        (BEFORE | {"a": ["1", "one\ntwo\n", ""]}, ["a"]),
        (BEFORE | {"a": ["0", "one\n2\n", ""]}, ["a"]),
        (BEFORE | {"b": ["0", "", "warning\n"]}, ["b"]),
        ({"a": BEFORE["a"]}, ["b"]),
        (BEFORE | {"c": ["0", "", ""]}, ["c"]),
    ],
    ids=["nothing", "exit code", "standard output", "standard error", "a call is gone", "a call is new"],
)
def test_differences(after: golden.Outputs, changed: list[str]) -> None:
    assert golden.differences(BEFORE, after) == changed


def test_shows_the_lines_that_differ() -> None:
    shown = golden.report_of("a", BEFORE, {"a": ["0", "one\n2\n", ""]})

    assert [line for line in shown.splitlines() if line[:1] in "=-+"] == ["== a", "--- base", "+++ head", "-two", "+2"]


def test_calls_every_format_and_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = tmp_path / "cases" / "one"
    case.mkdir(parents=True)
    (case / "expected.txt").touch()
    (tmp_path / "examples" / "shop").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    calls = list(golden.calls(list(NAMES)))

    assert [name for name in NAMES if not any(name in words and "cases/one" in words for words in calls)] == []
    assert {"inspect", "plan", "rule", "pack"} <= {words[0] for words in calls}
    assert len(set(calls)) == len(calls)


def test_records_exit_code_and_both_streams() -> None:
    def run(words: list[str]) -> int:
        sys.stdout.write("out\r\n")
        sys.stderr.write(words[0])
        return 3

    assert golden.captured(run, ("err",)) == ["3", "out\r\n", "err"]
