"""`report.schema.json` holds what the format `json` prints, and nothing else is printed."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ddlint import outputs
from ddlint.core.redact import masked_report
from ddlint.outputs import json as output
from ddlint.outputs import json_lines
from tests.cases.accept import seen
from tests.cases.runner import reported
from tests.cases.test_cases import CASES, HERE
from tests.outputs.sample import CLEAN, REPORT

jsonschema = pytest.importorskip("jsonschema", reason="the oracle of schemas is in requirements-ci.txt")


@cache
def shape() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((Path(outputs.__file__).parent / "report.schema.json").read_text("utf-8"))
    return found


def closed(part: Any) -> Any:
    """Return a schema in which every object has the keys that it names and no other."""
    if isinstance(part, list):
        return [closed(each) for each in part]
    if not isinstance(part, dict):
        return part
    made = {key: closed(value) for key, value in part.items()}
    return {**made, "additionalProperties": False} if "properties" in made else made


def mistakes(data: object, schema: dict[str, Any]) -> list[str]:
    return [f"{each.json_path}: {each.message}" for each in jsonschema.Draft7Validator(schema).iter_errors(data)]


def test_it_is_a_schema_that_names_what_is_always_there() -> None:
    jsonschema.Draft7Validator.check_schema(shape())
    finding = shape()["definitions"]["finding"]

    assert sorted(finding["required"]) == sorted(finding["properties"])
    assert sorted(shape()["required"]) == sorted(shape()["properties"])


@pytest.mark.parametrize("report", [REPORT, CLEAN], ids=["rich", "clean"])
def test_a_report_is_of_that_shape(report: Any) -> None:
    assert mistakes(json.loads(output.render(report)), closed(shape())) == []


@pytest.mark.parametrize("check", sorted({case.parent.name for case in CASES}))
def test_the_report_of_a_case_is_of_that_shape(check: str) -> None:
    case = next(case for case in CASES if case.parent == HERE / check)

    assert mistakes(json.loads(output.render(masked_report(seen(case, reported)))), closed(shape())) == []


def test_a_line_is_a_finding_with_the_version() -> None:
    finding = closed({"definitions": shape()["definitions"], **shape()["definitions"]["finding"]})
    finding["properties"]["version"] = {"const": 1}

    assert [mistakes(json.loads(line), finding) for line in json_lines.render(REPORT).splitlines()] == [[]] * len(
        REPORT.findings
    )


@pytest.mark.parametrize(
    "change",
    [{"version": 2}, {"as_of": "today"}, {"summary": {}}, {"findings": [{}]}, {"more": 1}],
    ids=lambda change: next(iter(change)),
)
def test_another_shape_is_noticed(change: dict[str, object]) -> None:
    assert mistakes({**json.loads(output.render(CLEAN)), **change}, closed(shape())) != []
