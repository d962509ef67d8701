from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ddlint.core.source import Source
from ddlint.inputs.syntax.yaml import read_yaml

if TYPE_CHECKING:
    from ddlint.inputs.syntax.yaml_node import Node


def _plain(node: Node) -> object:
    if node.kind == "mapping":
        return {key: _plain(value) for key, _, value in node.items()}
    if node.kind == "sequence":
        return [_plain(child) for child in node.elements()]
    return node.value


def _read(text: str) -> Node:
    documents = read_yaml(Source("/p/x.yml", text))
    assert documents.problem is None
    return documents.roots[0]


@pytest.mark.parametrize(
    "text, path, expected",
    [
        ("python-version: 3.10\n", ["python-version"], "3.10"),
        ("on: push\n", ["on"], "push"),
        ("a: 'it''s'\n", ["a"], "it's"),
        ("a: {b: {c: 1}}\n", ["a", "b", "c"], "1"),
        ("a: ~\n", ["a"], None),
        ("a:\n", ["a"], None),
        ("a: '~'\n", ["a"], "~"),
        ("a: !Ref x\n", ["a"], None),
        ("b: &b {x: 1, y: 2}\nc:\n  <<: *b\n  x: 3\n", ["c", "x"], "3"),
        ("b: &b {x: 1, y: 2}\nc:\n  <<: *b\n  x: 3\n", ["c", "y"], "2"),
        ("b: &b {x: 1}\nc:\n  <<: [*b, {z: 4}]\n", ["c", "z"], "4"),
        ("a: 1\na: 2\n", ["a"], "1"),
    ],
)
def test_scalars_stay_text(text: str, path: list[str], expected: str | None) -> None:
    node = _read(text).get(*path)

    assert node is not None
    assert node.text == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("a: 3.10\n", "3.10"),
        ('é: "x y"\n', "x y"),
        ("a: &n x\n", "x"),
        ("a: !t &n 'x'\n", "x"),
        ("a: x   # c\n", "x"),
        ("\u2028a: x\n", "x"),
        ("😀: x\r\n", "x"),
    ],
)
def test_a_value_is_found_in_the_source(text: str, expected: str) -> None:
    node = next(value for _, _, value in _read(text).items())

    assert text[slice(*node.at)] == expected
    assert text[slice(*node.locate()(0, 1))] == expected[0]


def test_lines_of_a_block_are_found_one_by_one() -> None:
    text = "a: |\r\n   3.8\r\n     3.9\r\n\r\n   3.10\r\n"
    node = _read(text).get("a")

    assert node is not None
    assert node.value == "3.8\n  3.9\n\n3.10\n"
    locate = node.locate()
    for version in ("3.8", "3.9", "3.10"):
        start = node.value.index(version)
        assert text[slice(*locate(start, start + len(version)))] == version


def test_a_block_that_nobody_wrote_is_one_place() -> None:
    text = "a: |\n" + "  x==1\n" * 20_001
    node = _read(text).get("a")
    assert node is not None

    assert node.locate()(0, 4) == node.at


def test_an_alias_stands_where_its_anchor_does() -> None:
    text = "a: &x one\nb: *x\n"
    node = _read(text).get("b")

    assert node is not None
    assert node.at == (6, 9)


@pytest.mark.parametrize(
    "text, line, column, words",
    [
        ("a: b: c\n", 1, 5, "mapping values"),
        ("a: [\n", 1, 4, "ends too early"),
        ("a: 1\n\x01\n", 2, 1, "U+0001"),
        ("a: 1\n<<<<<<< HEAD\nb: 2\n", 2, 1, "merge conflict"),
        ("[" * 20_000, 1, 101, "nested more than 100"),
        ("- " * 20_000, 1, 201, "nested more than 100"),
        ("%TAG !a! b\n" * 100, 1, 1, "directives"),
        ("- a\n" * 50_001, 50_000, 3, "more than 50,000 values"),
        ("a: *b\n", 1, 4, ""),
    ],
)
def test_says_where_and_what(text: str, line: int, column: int, words: str) -> None:
    source = Source("/p/x.yml", text)
    problem = read_yaml(source).problem

    if not words:  # an alias without its anchor is nobody's business here
        assert problem is None
        return
    assert problem is not None
    assert source.position(problem.at.start) == (line, column)
    assert words in problem.message
    assert problem.code == "DD002"


@pytest.mark.parametrize("text", ["a: {{ x }}\n b\n", "{% if x %}\na: 1\n", "<% x %>: [\n"])
def test_a_template_is_no_yaml_yet(text: str) -> None:
    assert read_yaml(Source("/p/x.yml", text)).problem is None


def test_an_expression_of_a_workflow_is_no_template() -> None:
    assert read_yaml(Source("/p/x.yml", "a: ${{ x }}\nb: [\n")).problem is not None


def test_what_stands_before_a_mistake_is_read() -> None:
    documents = read_yaml(Source("/p/x.yml", "a: 1\n---\nb: [\n"))

    assert next(_plain(root) for root in documents.roots) == {"a": "1"}
    assert documents.problem is not None


def test_comments_are_not_in_strings() -> None:
    text = 'a: b # ddlint: one\n# ddlint: two\nc: "# ddlint: no"\nd: |\n  # ddlint: no\ne: x#ddlint: no\n'
    source = Source("/p/x.yml", text)

    assert [source.slice(span) for span in read_yaml(source).comments] == ["# ddlint: one", "# ddlint: two"]


@pytest.mark.slow  # it measures time
def test_an_alias_bomb_is_not_expanded() -> None:
    start = time.perf_counter()
    text = "a0: &a0 [x, x]\n" + "".join(f"a{n + 1}: &a{n + 1} [*a{n}, *a{n}]\n" for n in range(1000))
    documents = read_yaml(Source("/p/x.yml", text))

    assert documents.problem is None
    assert time.perf_counter() - start < 2


@pytest.mark.slow  # it measures time
@pytest.mark.parametrize(
    "text", ["[" * 1_000_000, "{" * 1_000_000, '"' + "a" * 2_000_000, "#" * 2_000_000, "a: " * 500_000, "&a " * 100_000]
)
def test_a_hostile_text_takes_no_time(text: str) -> None:
    start = time.perf_counter()
    read_yaml(Source("/p/x.yml", text))

    assert time.perf_counter() - start < 2


scalars = st.text(alphabet="ab 'é😀#:-{}[]1.\"", max_size=8)
values = st.recursive(
    scalars, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(scalars, inner, max_size=3))
)


@given(value=values, style=st.sampled_from([None, True, False]), unicode=st.booleans())
@settings(deadline=None, max_examples=200)
def test_agrees_with_pyyaml(value: object, style: bool | None, unicode: bool) -> None:
    """What PyYAML writes is read as it reads it, and every plain or quoted scalar re-parses to its value."""
    text = yaml.safe_dump(value, default_flow_style=style, allow_unicode=unicode)
    (root,) = read_yaml(Source("/p/x.yml", text)).roots

    assert _plain(root) == yaml.load(text, Loader=yaml.BaseLoader)
    waiting = [root]
    while waiting:
        node = waiting.pop()
        waiting += node.children
        if node.kind == "scalar":
            assert (
                yaml.load(text[slice(*node.span)], Loader=yaml.BaseLoader) == node.value
                or "\n" in text[slice(*node.span)]
            )


@given(text=st.text())
@settings(deadline=None, max_examples=300)
def test_nothing_raises(text: str) -> None:
    documents = read_yaml(Source("/p/x.yml", text))

    waiting = list(documents.roots)
    while waiting:
        node = waiting.pop()
        waiting += node.children
        assert 0 <= node.at.start <= node.at.end <= len(text)
        node.locate()(0, 0)
