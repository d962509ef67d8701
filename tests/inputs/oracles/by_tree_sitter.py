"""Where tree-sitter-toml sees the keys and the scalar values of a TOML text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ddlint.core.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.inputs.syntax.node import Document

_REASON = "the independent reader (tree-sitter-toml) is not installed"
_KINDS = frozenset(
    {
        *("string", "integer", "float", "boolean"),
        *("offset_date_time", "local_date_time", "local_date", "local_time"),
    }
)


def parser() -> Any:
    """Give the parser; the test is skipped where it is not installed."""
    tree_sitter = pytest.importorskip("tree_sitter", reason=_REASON)
    return tree_sitter.Parser(tree_sitter.Language(pytest.importorskip("tree_sitter_toml", reason=_REASON).language()))


def reads(text: str) -> bool:
    """Whether tree-sitter-toml reads a text: a blank between the backslash and the end of a line is an error to it."""
    return not parser().parse(text.encode()).root_node.has_error


def by_tree_sitter(text: str) -> set[tuple[Span, Span]]:
    """Give the span of every key (the last part of a dotted one) with that of its value; an element has its own twice."""
    data = text.encode()
    offsets = _offsets(data)
    return {
        (Span(*map(offsets.__getitem__, key)), Span(*map(offsets.__getitem__, value))) for key, value in _pairs(data)
    }


def by_ddlint(document: Document) -> set[tuple[Span, Span]]:
    """Give the same as ddlint sees it."""
    found = set()
    for path, entry in document.entries.items():
        if not isinstance(_value(document.value, path), dict | list):
            found.add((entry.key if isinstance(path[-1], str) else entry.value, entry.value))
    return found


def _value(value: object, path: tuple[str | int, ...]) -> object:
    for part in path:
        value = value[part]  # type: ignore[index]  # the path is one of the document
    return value


def _offsets(data: bytes) -> list[int]:
    """Give the offset in code points of every byte, and of the end."""
    offsets, count = [], -1
    for byte in data:
        count += (byte & 0xC0) != 0x80
        offsets.append(count)
    return [*offsets, count + 1]


def _pairs(data: bytes) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    waiting = [parser().parse(data).root_node]
    while waiting:
        node = waiting.pop()
        value = (node.start_byte, node.end_byte)
        if node.type in _KINDS and node.parent.type == "array":
            yield value, value
        elif node.type in _KINDS and node.parent.type == "pair":
            key = node.parent.children[0]
            while key.type == "dotted_key":
                key = key.children[-1]
            yield (key.start_byte, key.end_byte), value
        waiting.extend(node.children)
