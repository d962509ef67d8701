"""The JSON Schema of pack files, for editors: made from the shapes that the strict check uses."""

from __future__ import annotations

from typing import Any

from ddlint.pack.build.schema import INTEGRATION, OBSERVED, PACK_FILE, RUN, SIGHTING
from ddlint.pack.shapes import CITE, PATTERNS, SAYS, Flag, Many, Record, Shape, Table, Text

_SHARED = {"document": Record(CITE), "run": RUN, "observation": OBSERVED, "sighting": SIGHTING}


def json_schema() -> dict[str, Any]:
    """Return the schema of one file: of an integration where the key `integration` is there, else of topics."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A file of a ddlint pack",
        "description": "rules/README.md says how to write one.",
        "type": "object",
        "if": {"required": ["integration"]},
        "then": _schema(INTEGRATION),
        "else": _schema(PACK_FILE),
        "definitions": {name: _record(shape) for name, shape in _SHARED.items()},
    }


def _schema(shape: Shape) -> dict[str, Any]:
    match shape:
        case Text():
            return _text(shape)
        case Flag():
            return {"type": "boolean"}
        case Many():
            return {
                "type": "array",
                "items": _schema(shape.item),
                **({} if shape.is_empty_allowed else {"minItems": 1}),
            }
        case Table():
            names = {"pattern": _pattern(shape.key.format)}
            return {"type": "object", "propertyNames": names, "additionalProperties": _schema(shape.value)}
        case Record():
            name = next((name for name, shared in _SHARED.items() if shared == shape), "")
            return {"$ref": f"#/definitions/{name}"} if name else _record(shape)


def _text(shape: Text) -> dict[str, Any]:
    if shape.choices:
        return {"type": "string", "enum": list(shape.choices)}
    says = {"description": SAYS[shape.format]} if shape.format in SAYS else {}
    return {"type": "string", "pattern": _pattern(shape.format), **says}


def _pattern(name: str) -> str:
    return f"^({PATTERNS[name]})$"


def _record(shape: Record) -> dict[str, Any]:
    properties = {field.name: {**_schema(field.shape), "description": field.says} for field in shape.fields}
    required = [field.name for field in shape.fields if field.is_required]
    says = {"description": shape.says} if shape.says else {}
    must = {"required": required} if required else {}
    return {"type": "object", "additionalProperties": False, **says, **must, "properties": properties}
