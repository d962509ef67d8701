"""What each key of `[tool.ddlint]` may hold, as fragments of JSON Schema: for editors and for validate-pyproject.

It says no more than the loader refuses: a schema cannot know which files are there, or what a specifier means.
"""

from __future__ import annotations

from typing import Any

from ddlint.checks import CHECKS
from ddlint.config.validators import MINOR, PLATFORM, ROW
from ddlint.core.model import Severity

Shape = dict[str, Any]


def _prefixes(least: int) -> list[str]:
    """Give the codes and what they may begin with, in at least so many letters."""
    return sorted({check.code[:length] for check in CHECKS for length in range(least, len(check.code) + 1)})


def _whole(pattern: str) -> Shape:
    return {"type": "string", "pattern": f"^(?:{pattern})$"}


def listed(items: Shape) -> Shape:
    """Give the shape of an array."""
    return {"type": "array", "items": items}


def table(values: Shape, names: Shape | None = None) -> Shape:
    """Give the shape of a table with keys of the user."""
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
DAY: Shape = {"not": {"type": ["number", "boolean", "array", "object"]}, "format": "date"}
"""A date of TOML, which has no type in JSON, or text in the form of one."""
CODES = listed(CODE)
TEXTS = listed(TEXT)
