"""The JSON Schema of `[tool.ddlint]`: made from the keys that the loader knows, shipped for validate-pyproject."""

from __future__ import annotations

from ddlint import HOME
from ddlint.cli.settings_schema_shapes import (
    CODE,
    CODES,
    DAY,
    DEFINITIONS,
    LEVEL,
    MINOR_OF_PYTHON,
    PLATFORM_TAG,
    RULE,
    SWITCH,
    TEXT,
    TEXTS,
    listed,
    table,
)
from ddlint.config.keys import KEYS, SUPPRESSION_KEYS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ddlint.cli.settings_schema_shapes import Shape

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
    "tracer": (TEXT, "The requirement that stands in where a project declares no tracer"),
    "python-version": (MINOR_OF_PYTHON, "The Python that is judged"),
    "platforms": (listed(PLATFORM_TAG), "Where the project runs, as wheels have it"),
    "capabilities": (TEXTS, "Protection that is switched on from outside"),
    "baseline": (TEXT, "The file of what is known already"),
    "pedantic": (SWITCH, "Whether everything is told, also what is likely meant so"),
}
_SUPPRESSION_SAYS: dict[str, tuple[Shape, str]] = {
    "rule": (RULE, "A code, the beginning of one, or a row of a pack"),
    "package": (TEXT, "The distribution whose findings are silenced; all without it"),
    "path": (TEXT, "A pattern of the files whose findings are silenced; all without it"),
    "reason": (TEXT, "Why"),
    "expires": (DAY, "The last day it holds"),
}


def schema() -> Shape:
    """Give the schema of the table."""
    entry = _table(SUPPRESSION_KEYS, _SUPPRESSION_SAYS) | {"required": ["rule"]}
    says = _SAYS | {"suppress": (listed(entry), "Findings that are silenced, and why")}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": f"{HOME}/blob/main/ddlint/ddlint.schema.json",
        "title": "The settings of ddlint",
        "description": "[tool.ddlint] in pyproject.toml, or the whole of ddlint.toml and .ddlint.toml",
        **_table(KEYS, says),
        "definitions": DEFINITIONS,
    }


def _table(keys: tuple[str, ...], says: dict[str, tuple[Shape, str]]) -> Shape:
    properties = {key: {"description": says[key][1], **says[key][0]} for key in keys}
    return {"type": "object", "additionalProperties": False, "properties": properties}


def tool_schema(_tool: str) -> dict[str, Any]:
    """Give the schema to validate-pyproject, which finds this function by its entry point."""
    return schema()
