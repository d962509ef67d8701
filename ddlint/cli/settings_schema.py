"""The JSON Schema of `[tool.ddlint]`: made from the keys that the loader knows, shipped for validate-pyproject."""

from __future__ import annotations

from typing import Any

from ddlint.checks import CHECKS
from ddlint.config.keys import KEYS, SUPPRESSION_KEYS
from ddlint.config.settings import MINOR, PLATFORM, ROW
from ddlint.core.model import Severity

Shape = dict[str, Any]


def _prefixes(least: int) -> list[str]:
    """Return the codes and what they may begin with, in at least so many letters, and the names of the checks."""
    codes = {check.code[:length] for check in CHECKS for length in range(least, len(check.code) + 1)}
    return [*sorted(codes), *sorted(check.name for check in CHECKS)]


def _whole(pattern: str) -> Shape:
    return {"type": "string", "pattern": f"^(?:{pattern})$"}


def listed(items: Shape) -> Shape:
    """Return the shape of an array."""
    return {"type": "array", "items": items}


def table(values: Shape, names: Shape | None = None) -> Shape:
    """Return the shape of a table with keys of the user."""
    return {"type": "object", "additionalProperties": values, **({"propertyNames": names} if names else {})}


TEXT: Shape = {"type": "string", "minLength": 1}
SWITCH: Shape = {"type": "boolean"}
CODE: Shape = {"$ref": "#/definitions/code"}
LEVEL: Shape = {"enum": [level.value for level in Severity]}
MINOR_OF_PYTHON = _whole(MINOR.pattern)
PLATFORM_TAG = _whole(PLATFORM.pattern)
RULE: Shape = {"anyOf": [{"enum": _prefixes(3)}, _whole(ROW.pattern)]}
DEFINITIONS: Shape = {"code": {"enum": _prefixes(2)}}
"""What others refer to."""
DAY: Shape = {
    "anyOf": [
        {"type": "string", "format": "date"},
        {"not": {"anyOf": [{"type": kind} for kind in ("string", "number", "boolean", "array", "object")]}},
    ],
}
"""A date of TOML, which has no type in JSON, or text in the form of one; a format needs its type in SchemaStore."""
CODES = listed(CODE)
TEXTS = listed(TEXT)


_SAYS: dict[str, tuple[Shape, str]] = {
    "select": (CODES, "The checks to run, by code or the beginning of one"),
    "ignore": (CODES, "The checks to leave out"),
    "extend-select": (CODES, "Checks to run beside those that are selected so far"),
    "extend-ignore": (CODES, "Checks to leave out beside those that are ignored so far"),
    "extend": (TEXT, "The path of a config that this one adds to"),
    "exclude": (TEXTS, "Patterns of files and folders that are left out"),
    "per-file-ignores": (table(CODES, TEXT), "Checks to leave out in the files that a pattern holds for"),
    "severity": (table(LEVEL, CODE), "The level of a check, in place of its own"),
    "groups": (TEXTS, "The groups and extras that count beside what is always installed; all without it"),
    "fail-on": (LEVEL, "The level from which findings fail the run"),
    "min-severity": (LEVEL, "The level from which findings are shown"),
    "rules": (TEXTS, "Folders with packs of your own"),
    "tracer": (TEXT, "The requirement of the tracer where a project declares none"),
    "python-version": (MINOR_OF_PYTHON, "The Python that is judged"),
    "platforms": (listed(PLATFORM_TAG), "Where the project runs, as wheels have it"),
    "capabilities": (TEXTS, "Protection that is switched on from outside"),
    "baseline": (TEXT, "The file of what is known already"),
    "respect-gitignore": (SWITCH, "Whether files and folders that git ignores are left out"),
    "require-tracer": (SWITCH, "Whether a run that judges nothing fails"),
    "pedantic": (SWITCH, "Whether everything is reported, also what is likely intended"),
}
_SUPPRESSION_SAYS: dict[str, tuple[Shape, str]] = {
    "rule": (RULE, "A code, the beginning of one, or a row of a pack"),
    "package": (TEXT, "The distribution whose findings are silenced; all without it"),
    "path": (TEXT, "A pattern of the files whose findings are silenced; all without it"),
    "reason": (TEXT, "Why"),
    "expires": (DAY, "The last day it holds"),
}


def schema() -> Shape:
    """Return the schema of the table."""
    entry = _table(SUPPRESSION_KEYS, _SUPPRESSION_SAYS) | {"required": ["rule"]}
    says = _SAYS | {"suppress": (listed(entry), "Findings that are silenced, and why")}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": "https://json.schemastore.org/partial-ddlint.json",
        "title": "The settings of ddlint",
        "description": "[tool.ddlint] in pyproject.toml, or the whole of ddlint.toml and .ddlint.toml",
        **_table(KEYS, says),
        "definitions": DEFINITIONS,
    }


def _table(keys: tuple[str, ...], says: dict[str, tuple[Shape, str]]) -> Shape:
    properties = {key: {"description": says[key][1], **says[key][0]} for key in keys}
    return {"type": "object", "additionalProperties": False, "properties": properties}


def tool_schema(_tool: str) -> dict[str, Any]:
    """Return the schema to validate-pyproject, which finds this function by its entry point."""
    return schema()
