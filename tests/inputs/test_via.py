"""What the comments of compiled requirement files tell of who needs whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ddlint.inputs import requirements_txt
from tests.cases.runner import lint
from tests.inputs.shown import read

if TYPE_CHECKING:
    from pathlib import Path

CASES = {
    "pip-compile": (
        "a==1\n    # via\n    #   -r requirements.in\n    #   b\n    #   c\nb==1\n    # via -r requirements.in\nc==1\n    # via b\n",
        {"b": ["a", "c"], "c": ["a"]},
    ),
    "hashes": (
        "a==1 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n    # via b\nb==1 \\\n    --hash=sha256:cc\n",
        {"b": ["a"]},
    ),
    "on the same line, several": (
        "a==1                 # via b, Foo_Bar\nb==1\nfoo.bar==1\n",
        {"b": ["a"], "foo-bar": ["a"]},
    ),
    "an extra, and a project": ("a==1\n    # via b[x]\nb==1\n    # via shop (pyproject.toml)\n", {"b": ["a"]}),
    "a marker": ("a==1 ; os_name == 'nt'\n    # via b\nb==1\n", {"b": ["a"]}),
    "crlf": ("a==1\r\n    # via\r\n    #   b\r\nb==1\r\n", {"b": ["a"]}),
    "before any requirement": ("# via b\na==1\nb==1\n", {}),
    "another comment ends it": ("a==1\n    # via\n# why\n    #   b\nb==1\n", {}),
    "a sentence": ("a==1  # viable with b\nb==1\n", {}),
    "a name of nobody": ("a==1\n    # via b\n", {}),
    "twice": ("a==1\n    # via b\n    # via b\nb==1\n", {"b": ["a"]}),
}


@pytest.mark.parametrize("text, expected", CASES.values(), ids=CASES)
def test_who_needs_whom(text: str, expected: dict[str, list[str]]) -> None:
    found = read(requirements_txt, text).dependencies

    assert {each.name: list(each.requires) for each in found if each.requires} == expected


def test_very_many_names_take_no_time() -> None:
    text = "".join(f"p{index}==1  # via {', '.join(f'p{other}' for other in range(500))}\n" for index in range(300))
    found = read(requirements_txt, text).dependencies

    assert len(found) == 300
    assert sum(len(each.requires) for each in found) <= 300 * 100


def test_the_requirement_that_brought_a_compiled_one_in_is_named(tmp_path: Path) -> None:
    (tmp_path / "requirements.in").write_text("ddtrace\n\nflask-restful\n", encoding="utf-8")
    (tmp_path / "requirements.txt").write_text(
        "ddtrace==4.16.0\n    # via -r requirements.in\nflask==0.12\n    # via flask-restful\n"
        "flask-restful==0.3\n    # via -r requirements.in\n",
        encoding="utf-8",
    )

    assert "  requirements.in:3:1: brought in from here: flask-restful -> flask\n" in lint(tmp_path)
