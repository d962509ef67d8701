"""What an output needs beside its module: one test lists all that is missing of every output at once."""

from __future__ import annotations

import importlib.util

from ddlint.outputs import OUTPUTS, Output
from tests.cli.test_formats import READERS
from tests.outputs import golden
from tests.repository.source_tree import ROOT


def missing(output: Output) -> dict[str, bool]:
    """Return what is missing of an output, by what there is to do."""
    formats = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    module = importlib.util.find_spec(output.module)
    return {
        f"write {output.module}": module is None,
        "run `python -m tests.outputs.golden`": not golden.path_of(output.name).exists(),
        "give it a section in docs/formats.md": f"## `{output.name}`" not in formats,
        "name it in the table of docs/formats.md": f"[`{output.name}`](#{output.name})" not in formats,
        "say in READERS of tests/cli/test_formats.py how it is read back": output.name not in READERS,
    }


def test_nothing_is_missing_of_an_output() -> None:
    left = {output.name: [task for task, is_left in missing(output).items() if is_left] for output in OUTPUTS}

    assert {name: tasks for name, tasks in left.items() if tasks} == {}


def test_all_that_is_missing_is_listed_at_once() -> None:
    assert all(missing(Output("no-such")).values())
