"""The strict check of form: does a value of a pack have its shape? Every mistake is noted at its place."""

from __future__ import annotations

import re
from collections.abc import Callable

from ddlint.pack.shapes import PATTERNS, SAYS, Flag, Many, Record, Shape, Table, Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.pack.build.yaml_document import Document

    Step = str | int

_COMPILED = {name: re.compile(pattern) for name, pattern in PATTERNS.items()}


def check(document: Document, shape: Shape, value: object, steps: tuple[Step, ...] = ()) -> bool:
    """Report every mistake of form in `value`; True when there is none."""
    match shape:
        case Text():
            problem = _text_problem(shape, value)
        case Flag():
            problem = "" if isinstance(value, bool) else "expected `true` or `false`"
        case Many():
            return _check_many(document, shape, value, steps)
        case Table():
            return _check_table(document, shape, value, steps)
        case Record():
            return _check_record(document, shape, value, steps)
    if problem:
        document.complain(problem, *steps)
    return not problem


def _check_many(document: Document, shape: Many, value: object, steps: tuple[Step, ...]) -> bool:
    if not isinstance(value, list):
        document.complain("expected a list", *steps)
        return False
    if not value and not shape.is_empty_allowed:
        document.complain("the list is empty; leave the key out", *steps)
        return False
    results = [check(document, shape.item, item, (*steps, number)) for number, item in enumerate(value)]
    for number, item in enumerate(value):
        if isinstance(item, str) and item in value[:number]:
            document.complain(f"`{item}` is in this list twice", *steps, number)
            return False
    return all(results)


def _check_table(document: Document, shape: Table, value: object, steps: tuple[Step, ...]) -> bool:
    if not isinstance(value, dict):
        document.complain("expected a mapping", *steps)
        return False
    is_good = True
    for name, item in value.items():
        if problem := _text_problem(shape.key, name):
            document.complain(problem, *steps, name, is_key=True)
            is_good = False
        is_good &= check(document, shape.value, item, (*steps, name))
    return is_good


def _check_record(document: Document, shape: Record, value: object, steps: tuple[Step, ...]) -> bool:
    if not isinstance(value, dict):
        document.complain("expected a mapping", *steps)
        return False
    fields = {field.name: field for field in shape.fields}
    is_good = True
    for name in value.keys() - fields.keys():
        known = ", ".join(f"`{field}`" for field in fields)
        document.complain(f"the key `{name}` is not known here; known are {known}", *steps, name, is_key=True)
        is_good = False
    for field in shape.fields:
        if field.name in value:
            is_good &= check(document, field.shape, value[field.name], (*steps, field.name))
        elif field.is_required:
            document.complain(f"the key `{field.name}` is missing: {field.says}", *steps)
            is_good = False
    return is_good


def _text_problem(shape: Text, value: object) -> str:
    if not isinstance(value, str):
        return "expected a string"
    if shape.choices:
        known = ", ".join(f"`{choice}`" for choice in shape.choices)
        return "" if value in shape.choices else f"`{value}` is not one of {known}"
    if not _COMPILED[shape.format].fullmatch(value):
        return f"`{value}` is not {SAYS.get(shape.format, 'a text')}"
    probe = _MEANINGS.get(shape.format)
    return probe(value) if probe else ""


def _date_problem(value: str) -> str:
    from datetime import date

    try:
        date.fromisoformat(value.replace(".", "-"))
    except ValueError:
        return f"`{value}` is no day of the calendar"
    return ""


def _specifier_problem(value: str) -> str:
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    if value == "*":
        return ""
    try:
        SpecifierSet(value)
    except InvalidSpecifier:
        return f"`{value}` is not {SAYS['specifier']}"
    return ""


def _marker_problem(value: str) -> str:
    from packaging.markers import InvalidMarker, Marker

    try:
        Marker(value)
    except InvalidMarker:
        return f"`{value}` is not {SAYS['marker']}"
    return ""


_MEANINGS: dict[str, Callable[[str], str]] = {
    "calendar": _date_problem,
    "date": _date_problem,
    "marker": _marker_problem,
    "specifier": _specifier_problem,
}
