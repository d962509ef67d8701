"""Read settings in the shapes that YAML and JSON files give them: a mapping, or a list of `NAME=value`."""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.core.lazy_regex import regex
from ddlint.core.model import EnvironmentVariable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.inputs.syntax.yaml_node import Node

_NAME = regex(r"[A-Za-z_][A-Za-z0-9_]*+")


def is_name(text: str) -> bool:
    """Return whether `text` can be the name of an environment variable."""
    return _NAME.fullmatch(text) is not None


def known_value(text: str | None) -> str | None:
    """Return a value as it is written; `None` where it has a variable or an expression in it."""
    return None if text is None or "$" in text else text


def of_mapping(node: Node | None) -> Iterator[EnvironmentVariable]:
    """Read `NAME: value`; without a value, it comes from elsewhere."""
    for name, key, value in node.items() if node is not None else ():
        if is_name(name):
            at = value.at if value.at.start < value.at.end else key.at
            yield EnvironmentVariable(name, known_value(value.text), at)


def of_list(node: Node | None) -> Iterator[EnvironmentVariable]:
    """Read `- NAME=value`, or `- NAME` that comes from elsewhere."""
    for element in node.elements() if node is not None else ():
        name, equals, value = (element.text or "").partition("=")
        if is_name(name):
            start = len(name) + len(equals)
            at = element.locate()(start, len(element.text or "")) if value else element.at
            yield EnvironmentVariable(name, known_value(value) if equals else None, at)


def of_pairs(node: Node | None) -> Iterator[EnvironmentVariable]:
    """Read `- name: NAME` with `value: ...`, or with `valueFrom`, which comes from elsewhere."""
    for element in node.elements() if node is not None else ():
        name, value = element.get("name"), element.get("value")
        text = name.text if name is not None else None
        if name is not None and text and is_name(text):
            yield EnvironmentVariable(text, known_value(value.text if value else None), (value or name).at)
