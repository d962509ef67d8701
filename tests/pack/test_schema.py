"""The JSON Schema for editors is current, admits every pack of the repository, and refuses what the loader refuses."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest
import yaml

from ddlint.pack.build.json_schema import json_schema

ROOT = Path(__file__).parents[2]
FILES = [*ROOT.glob("rules/*/**/*.yaml"), *ROOT.glob("examples/*/rules/**/*.yaml")]
jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")


def read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def test_the_file_is_current() -> None:
    tool = runpy.run_path(str(ROOT / "tools" / "write_schema.py"))

    assert tool["PATH"].read_text(encoding="utf-8") == tool["text"]()


def test_every_file_of_every_pack_is_valid() -> None:
    validator = jsonschema.Draft7Validator(json_schema())

    assert {path.name for path in FILES} >= {"pack.yaml", "flask.yaml", "wheels.yaml", "bad_pairs.yaml"}
    for path in FILES:
        assert [error.message for error in validator.iter_errors(read(path))] == [], path


@pytest.mark.parametrize(
    "document",
    [
        {"sepc": 1},
        {"pythons": []},
        {"pythons": ["three"]},
        {"version": "2026-11-21"},
        {"levels": [{"releases": "<1", "level": "retired", "source": "page"}]},
        {"levels": [{"releases": "<1", "level": "maintenance"}]},
        {"integration": "web"},
        {"integration": "web", "distributions": {"Flask_X": {}}},
        {
            "integration": "web",
            "distributions": {"flask": {"declared": [{"lines": "1..2", "spec": "", "source": "a"}]}},
        },
        {"sites": [{"site": 3, "source": "page"}]},
    ],
)
def test_refuses(document: dict[str, object]) -> None:
    assert not jsonschema.Draft7Validator(json_schema()).is_valid(document)


def test_every_key_of_a_row_is_explained_by_its_own_sentence() -> None:
    run = json_schema()["definitions"]["run"]["properties"]

    assert run["source"]["description"] == "The key in `sources` of the document that says so."
    assert run["series"]["description"] == "The series of the subject it holds for."
