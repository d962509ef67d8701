"""JSON: the slice at every span reads as the value again, and a broken file is one problem at its place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddlint.core.model import Problem
from ddlint.core.source import Source
from ddlint.inputs.syntax.json import read_json
from ddlint.inputs.syntax.node import Document, Node, root

if TYPE_CHECKING:
    from collections.abc import Iterator

_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for child in (*(child for _key, child in node.items()), *node.elements()):
        yield from _walk(child)


def assert_places(document: Document) -> None:
    text = document.text
    for node in _walk(root(document)):
        entry = document.entries[node.path]

        assert json.loads(text[entry.value.start : entry.value.end]) == node.value
        if node.path and isinstance(node.path[-1], str):
            assert json.loads(text[entry.key.start : entry.key.end]) == node.path[-1]
        if node.text:
            locate = node.locate()
            pieces = [locate(index, index + 1) for index in range(len(node.text))]
            assert [json.loads(f'"{text[piece.start : piece.end]}"') for piece in pieces] == [*node.text]


@given(
    _VALUES,
    st.sampled_from([None, 0, 2]),
    st.booleans(),
    st.sampled_from([(", ", ": "), (",", ":"), (" ,\r\n", " :\t")]),
)
@settings(deadline=None, max_examples=200)
def test_law_every_slice_reads_as_its_value(
    value: object, indent: int | None, is_ascii: bool, separators: tuple[str, str]
) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=is_ascii, separators=separators)
    document = read_json(Source("/p/x.json", text), deep=99)

    assert isinstance(document, Document)
    assert document.value == value
    assert_places(document)


@given(st.lists(st.sampled_from([*'{}[]:," \n\t\\1ux', "true", "null", '"a"', "é"]), max_size=40).map("".join))
@settings(deadline=None, max_examples=300)
def test_law_any_text_is_read_or_is_one_problem_within_it(text: str) -> None:
    found = read_json(Source("/p/x.json", text))

    if isinstance(found, Problem):
        assert found.code == "DD002"
        assert 0 <= found.at.start <= found.at.end <= len(text)
        assert found.message.isprintable()


def test_of_a_key_that_is_there_twice_the_last_counts() -> None:
    document = read_json(Source("/p/x.json", '{"a": {"b": 1, "c": 2}, "a": {"b": 3}}'))

    assert isinstance(document, Document)
    assert_places(document)


@pytest.mark.parametrize(
    "text, place, slice_, words",
    [
        ("", "1:1", "", "the file is empty"),
        ('{"a": 1,\r\n "b": nope}\r\n', "2:7", "nope}", "`nope}` is not JSON here"),
        ('{"a": "x', "1:7", '"', "never closed"),
        ('{"default": {"a": 1', "1:20", "", "ends too early"),
        ('{"a": 1}x', "1:9", "x", "`x` is not JSON here"),
        ('{"a":\n' + "1" * 5000 + "}", "2:1", "1" * 5000, "too many digits"),
        ('{"a":' + "[" * 100_000, "1:1", "{", "nested too deeply"),
        ("<<<<<<< HEAD\n{}", "1:1", "<<<<<<< HEAD", "`<<<<<<< HEAD` is not JSON here"),
    ],
)
def test_a_broken_file_is_one_problem_at_its_place(text: str, place: str, slice_: str, words: str) -> None:
    source = Source("/p/x.json", text)
    found = read_json(source)

    assert isinstance(found, Problem)
    line, column = source.position(found.at.start)
    assert (f"{line}:{column}", source.slice(found.at)) == (place, slice_)
    assert words in found.message
