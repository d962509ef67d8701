"""The schema of `[tool.ddlint]` and the loader agree, both ways, on all that a schema can know."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any

import pytest

from ddlint.cli.settings_schema import schema, tool_schema
from ddlint.config.keys import KEYS, SUPPRESSION_KEYS
from tests.repository.source_tree import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.folder import Folder

GOOD = {
    "select": ['["DD"]', '["DD3", "DD301"]', "[]"],
    "ignore": ['["DD30"]'],
    "extend-select": ['["DD009"]'],
    "extend-ignore": ['["DD1"]'],
    "extend": ['"base.toml"'],
    "exclude": ['["legacy/**", "[ab]"]'],
    "per-file-ignores": ['{"*.txt" = ["DD3"]}', "{}"],
    "severity": ['{DD301 = "notice", DD3 = "error"}'],
    "groups": ['["prod"]', "[]"],
    "fail-on": ['"error"', '"notice"'],
    "min-severity": ['"warning"'],
    "rules": ["[]"],
    "tracer": ['">=4,<5"', '"4.1.0"'],
    "python-version": ['"3.12"'],
    "platforms": ['["manylinux-x86_64", "win-amd64"]'],
    "capabilities": ['["iast"]'],
    "baseline": ['"known.json"'],
    "pedantic": ["true", "false"],
    "respect-gitignore": ["true", "false"],
    "require-tracer": ["false"],
    "suppress": [
        '[{rule = "DD3"}]',
        '[{rule = "ddtrace/flask", package = "flask", path = "a/**", reason = "r", expires = 2999-01-31}]',
        '[{rule = "DD301", expires = "2999-01-31"}]',
        "[]",
    ],
}
"""What every key may hold."""
BAD = {
    "select": ['"DD3"', "[1]", '["dd3"]', '["D"]', '["DD777"]', '[""]', "true"],
    "ignore": ["3"],
    "extend-select": ['["x"]'],
    "extend-ignore": ["{}"],
    "extend": ["1", '""'],
    "exclude": ['"a"', '[""]', "[1]"],
    "per-file-ignores": ["3", '{"*.txt" = "DD3"}', '{"*.txt" = ["X"]}'],
    "severity": ['{DD301 = "eror"}', '{DX = "error"}', "[]"],
    "groups": ["[true]", '"prod"'],
    "fail-on": ['"never"', "1"],
    "min-severity": ['"x"', '""'],
    "rules": ["1", "[1]"],
    "tracer": ["4", '""'],
    "python-version": ['"3"', "3.12", '"3.12.1"'],
    "platforms": ['["linux"]', '"manylinux-x86_64"'],
    "capabilities": ["1", '[""]'],
    "baseline": ["1", '""'],
    "require-tracer": ["1", '"yes"'],
    "pedantic": ["1", '"true"'],
    "respect-gitignore": ["1", '"false"'],
    "suppress": [
        "1",
        '["DD3"]',
        "[{}]",
        '[{rule = "DD"}]',
        '[{rule = "x"}]',
        '[{rul = "DD3"}]',
        '[{rule = "DD3", reason = 1}]',
        '[{rule = "DD3", expires = "soon"}]',
        '[{rule = "DD3", expires = 7}]',
        '[{rule = "DD3", path = ""}]',
    ],
}
"""What none may hold."""
CASES = [(key, value, good) for good, values in ((True, GOOD), (False, BAD)) for key in values for value in values[key]]


def refuses(table: dict[str, Any]) -> bool:
    """Whether the schema refuses a table."""
    jsonschema = pytest.importorskip("jsonschema", reason="the oracle of schemas is in requirements-ci.txt")
    plain = json.loads(json.dumps(table, default=str))
    checker = jsonschema.Draft7Validator.FORMAT_CHECKER
    return not jsonschema.Draft7Validator(schema(), format_checker=checker).is_valid(plain)


def test_every_key_is_tried() -> None:
    assert set(GOOD) == set(BAD) == set(KEYS)
    assert set(SUPPRESSION_KEYS) == set(schema()["properties"]["suppress"]["items"]["properties"])


@pytest.mark.parametrize("key, value, good", CASES)
def test_the_loader_and_the_schema_agree(folder: Folder, key: str, value: str, *, good: bool) -> None:
    folder.put("requirements.txt", "requests\n")
    folder.put("base.toml", "")
    folder.put("known.json", '{"version": 1, "findings": []}')
    folder.put("ddlint.toml", f"{key} = {value}\n")

    assert folder.check().code == (0 if good else 2)
    assert refuses(tomllib.loads(f"{key} = {value}")) is not good


def test_an_unknown_key_is_refused_by_both(folder: Folder) -> None:
    folder.put("requirements.txt", "requests\n")
    folder.put("ddlint.toml", "selct = []\n")

    assert folder.check().code == 2
    assert refuses({"selct": []})


def test_the_schema_is_one() -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="the oracle of schemas is in requirements-ci.txt")

    jsonschema.Draft7Validator.check_schema(schema())


def test_the_schema_that_is_shipped_is_that_of_the_loader() -> None:
    shipped = json.loads((ROOT / "ddlint" / "ddlint.schema.json").read_text(encoding="utf-8"))

    assert shipped == schema() == tool_schema("ddlint")


@pytest.mark.slow
def test_validate_pyproject_finds_the_schema_and_knows_our_table() -> None:
    api = pytest.importorskip("validate_pyproject.api", reason="it is in requirements-ci.txt")
    errors = pytest.importorskip("validate_pyproject.errors")
    validator = api.Validator()
    table = {"select": ["DD3"], "suppress": [{"rule": "DD301"}]}

    assert "ddlint" in {point.name for point in entry_points(group="validate_pyproject.tool_schema")}
    assert validator({"tool": {"ddlint": table}})
    with pytest.raises(errors.ValidationError, match=r"tool\.ddlint"):
        validator({"tool": {"ddlint": {"selct": []}}})


def formats_without_a_type(value: Any) -> Iterator[Any]:
    """Parts of a schema that name a format and no type, which the strict mode of SchemaStore refuses."""
    if isinstance(value, dict):
        if "format" in value and value.get("type") != "string":
            yield value
        for each in value.values():
            yield from formats_without_a_type(each)
    elif isinstance(value, list):
        for each in value:
            yield from formats_without_a_type(each)


def test_the_schema_has_the_form_of_schemastore() -> None:
    made = schema()

    assert str(made["$schema"]).startswith("http://json-schema.org/draft-07/")
    assert made["$id"] == "https://json.schemastore.org/partial-ddlint.json"
    assert [key for key, shape in made["properties"].items() if not shape["description"]] == []
    assert list(formats_without_a_type(made)) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "text, code",
    [
        ('select = ["DD"]\nfail-on = "error"\n[[suppress]]\nrule = "DD301"\nexpires = 2027-06-30\n', 0),
        ('selekt = ["DD"]\n', 1),
        ('fail-on = "never"\n', 1),
        ('[[suppress]]\nrule = "DD301"\nexpires = "soon"\n', 1),
    ],
)
def test_a_real_client_takes_it(text: str, code: int, tmp_path: Path) -> None:
    file, path = tmp_path / "ddlint.toml", str(ROOT / "ddlint" / "ddlint.schema.json")
    file.write_text(text, encoding="utf-8")
    call = [sys.executable, "-m", "check_jsonschema"]
    about = subprocess.run([*call, "--check-metaschema", path], capture_output=True, text=True, check=False)
    done = subprocess.run([*call, "--schemafile", path, str(file)], capture_output=True, text=True, check=False)

    assert (about.returncode, done.returncode) == (0, code), about.stdout + done.stdout
