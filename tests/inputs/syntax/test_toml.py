"""TOML: the slice at every span reads as the value again, and a broken file is one problem at its place."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ddlint.core.model import Problem
from ddlint.core.source import Source, decode
from ddlint.inputs.syntax.node import Document, Node, root
from ddlint.inputs.syntax.toml import read_toml
from tests.inputs.oracles.toml_texts import ASTRAL, documents

if TYPE_CHECKING:
    from collections.abc import Iterator

ENTRIES = {
    "blanks around dots": 'tool . poetry . version = "1"\n[ project . urls ]\na = 1\n',
    "split array of tables": "[[p]]\nn=1\n[x]\na=1\n[[p]]\nn=2\n",
    "tables out of order": "[tool.poetry]\na=1\n[build-system]\nb=2\n[tool.poetry.dependencies]\nc=3\n",
    "quoted headers": '["project"."optional-dependencies"]\na=["x"]\n',
    "dotted at the top": 'project.dependencies = ["django"]\n',
    "dotted below": '[project]\noptional-dependencies.test=["a>=1"]\n',
    "array with comments": 'a = [ # c\n  "x", # c2\n  "y" , "z"\n  ,\n]\n',
    "escaped": 'dependencies = ["django\\u003e=1.8,<3", "\\t\\U0001F600\\"x"]\n',
    "continued": 'a = """django \\\n   >=1.8"""\n',
    "first line of a multi-line string is left out": "a = \"\"\"\n\nb\"\"\"\r\nc = '''\nd'''\n",
    "quotes at the end": 'a = """x"""""\nb = \'\'\'y\'\'\'\'\'\nc = """"""\n',
    "wide characters": f'a = "{ASTRAL}" \nd = ["é>=1", "django>=1"]\n',
    "crlf": 'a = 1\r\n[b]\r\nc = """x\r\ny"""\r\nd = [\r\n1,\r\n]\r\n',
    "mixed line ends and none at the end": "a = 1\r\nb = 2\nc = 3",
    "a number is no float": '3.8 = "x"\n',
    "a quoted key": '"a.b" = 1\n"c\\u0064" = 2\n\'e\' = 3\n"" = 4\n',
    "inline": 'foo = [{version="^1",python="<3.8"},{version="^2",python=">=3.8"}]\nbar = {}\nbaz = { a.b = 1, a.c = [] }\n',
    "dates": "a = 1979-05-27 07:32:00\nb = [1979-05-27T07:32:00Z, 07:32:00]\nc = 1e5\nd = -inf\n",
    "a table in a table of an array": "[[a]]\n[a.b]\nc=1\n[[a.d]]\ne=2\n[[a.d]]\ne=3\n[[a]]\n[[a.d]]\ne=4\n",
    "tabs": "\ta\t=\t[\t1\t,\t2\t]\t# x\n",
    "line separators": 'a = "x\u2028y\u0085z"\nb = 1\n',
}


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for child in (*(child for _key, child in node.items()), *node.elements()):
        yield from _walk(child)


def _is_header(text: str, node: Node) -> bool:
    """Tell whether the place of a table is a header or a dotted key, which hold no value."""
    return isinstance(node.value, dict) and not text.startswith("{")


def assert_places(document: Document) -> None:
    for node in _walk(root(document)):
        if not node.path:
            continue
        entry = document.entries[node.path]
        written = document.text[entry.value.start : entry.value.end]
        is_tables = isinstance(node.value, list) and written.startswith("[[") and written.endswith("]]")
        if not _is_header(written, node) and not is_tables:
            assert tomllib.loads(f"v = {written}") == {"v": node.value}
        if isinstance(node.path[-1], str):
            key = document.text[entry.key.start : entry.key.end]
            assert tomllib.loads(f"{key} = 1") == {node.path[-1]: 1}
        if node.text is not None:
            _assert_characters(document.text, written, node)


def _assert_characters(text: str, written: str, node: Node) -> None:
    """Check that each character of a string is mapped to what stands for it."""
    value, locate = node.text or "", node.locate()
    quote = written[:3] if written[:3] in ('"""', "'''") and len(written) > 5 else written[0]
    for index, character in enumerate(value):
        span = locate(index, index + 1)
        piece = text[span.start : span.end]
        if quote == '"""' and piece == '"':
            continue
        start = f"{quote}\n" if len(quote) == 3 else quote
        assert tomllib.loads(f"v = {start}{piece}{quote}") == {"v": character}
    if value:
        assert locate(0, len(value)).end <= node.at.end
    end = locate(len(value), len(value))
    assert node.at.start <= end.start <= end.end == node.at.end


@pytest.mark.parametrize("text", ENTRIES.values(), ids=ENTRIES)
def test_every_slice_reads_as_its_value(text: str) -> None:
    document = read_toml(Source("/p/x.toml", text))

    assert isinstance(document, Document)
    assert document.value == tomllib.loads(text)
    assert_places(document)


@pytest.mark.parametrize(
    "text, value",
    [
        ("a = { b = 1, # c\n  c = 2,\n}\n", {"a": {"b": 1, "c": 2}}),
        ('a = "\\e[0m"\nb = "\\x41"\n', {"a": "\x1b[0m", "b": "A"}),
    ],
)
def test_toml_1_1_is_read(text: str, value: object) -> None:
    document = read_toml(Source("/p/x.toml", text))

    assert isinstance(document, Document)
    assert document.value == value
    assert [path[0] for path in document.entries if len(path) == 1] == [key for key, _ in root(document).items()]


@given(documents())
@settings(deadline=None, max_examples=250)
def test_law_every_slice_reads_as_its_value(text: str) -> None:
    assume(_is_toml_1_0(text))
    document = read_toml(Source("/p/x.toml", text))

    assert isinstance(document, Document)
    assert document.value == tomllib.loads(text)
    assert_places(document)


@given(st.lists(st.sampled_from([*"ab=.[]{}\"'#,\n\r\t \\1-:u", "é", "ddlint:", '"""']), max_size=60).map("".join))
@settings(deadline=None, max_examples=400)
def test_law_any_text_is_read_or_is_one_problem_within_it(text: str) -> None:
    found = read_toml(Source("/p/x.toml", text))

    if isinstance(found, Problem):
        assert found.code == "DD002"
        assert 0 <= found.at.start <= found.at.end <= len(text)
        assert found.message.isprintable()
    elif _is_toml_1_0(text):
        assert_places(found)


def _is_toml_1_0(text: str) -> bool:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


PROBLEMS = [
    ("a = [", "1:5", "[", "never closed"),
    ("a = [\n 1,\n", "1:5", "[", "never closed"),
    ('a = """x\n', "1:5", '"', "never closed"),
    ("a = 1\na = 2\na = 3\n", "2:1", "a", "`a` is defined a second time"),
    ("[a]\nx=1\n[b]\n[ a ]\n", "4:3", "a", "`a` is defined a second time"),
    ("[t]\nx.y = 1\nx.y = [1,\n{z=1}]\n", "3:1", "x.y", "`x.y` is defined a second time"),
    ("v = {a=1, b={c=1}, a=3}\n", "1:20", "a", "`a` is defined a second time"),
    ("<<<<<<< HEAD\na=1\n=======\na=2\n>>>>>>> b\n", "1:1", "<<<<<<< HEAD", "merge conflict"),
    ("a=1\n=======\na=2\n", "2:1", "=======", "merge conflict"),
    ("a=1\r\nb = nope\r\n", "2:5", "nope", "`nope` is not TOML here"),
    ("é = 1\n", "1:1", "é = 1", "`é = 1` is not TOML here"),
    (f'a = "{ASTRAL}" x\n', "1:9", "x", "`x` is not TOML here"),
    ("a = 1\rb = 2\n", "1:6", "\r", "a carriage return alone ends no line"),
    ("a =\n", "1:4", "\n", "this is not TOML"),
    ("a = \x01\n", "1:5", "\x01", "`\\x01` is not TOML here"),
    ("a = " + "1" * 5000, "1:5", "1" * 5000, "too many digits"),
    (".".join("a" * 20_000) + " = 1", "1:1", ".".join("a" * 101), "more than 100 parts"),
    ("a = " + "[" * 20_000, "1:5", "[", "nested too deeply"),
    ("a = " + "{b=" * 20_000, "1:5", "{", "nested too deeply"),
]


@pytest.mark.parametrize("text, place, slice_, words", PROBLEMS, ids=[text[:20] for text, *_ in PROBLEMS])
def test_a_broken_file_is_one_problem_at_its_place(text: str, place: str, slice_: str, words: str) -> None:
    source = Source("/p/x.toml", text)
    found = read_toml(source)

    assert isinstance(found, Problem)
    line, column = source.position(found.at.start)
    nested = "nested" in words
    assert nested or (f"{line}:{column}", source.slice(found.at)) == (place, slice_)
    assert words in found.message
    assert found.message.isprintable()


def test_the_bracket_that_may_be_missing_is_named() -> None:
    found = read_toml(Source("/p/x.toml", '[project]\ndependencies = [\n  "a",\n[tool.x]\nb = 1\n'))

    assert isinstance(found, Problem)
    assert found.help == "close the `[` of line 2, which is still open here"


def test_comments_for_ddlint_are_kept_wherever_they_stand() -> None:
    text = (
        '# ddlint: file-ignore[DD3] a\na = [ # ddlint: b\n  "# ddlint: no", 1 # plain\n]\r\n'
        '[x] # ddlint: c\r\ny = """# ddlint: no"""\n# ddlint: d'
    )
    source = Source("/p/x.toml", text)
    document = read_toml(source)

    assert isinstance(document, Document)
    assert [source.slice(comment) for comment in document.comments] == [
        "# ddlint: file-ignore[DD3] a",
        "# ddlint: b",
        "# ddlint: c",
        "# ddlint: d",
    ]


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    source = decode("/p/x.toml", b'\xef\xbb\xbf[project]\nname="x"\n')

    assert isinstance(source, Source)
    document = read_toml(source)
    assert isinstance(document, Document)
    assert document.value == {"project": {"name": "x"}}


def test_nothing_deeper_than_asked_is_noted() -> None:
    document = read_toml(Source("/p/x.toml", "[[p]]\nn = { a = [1] }\n"), deep=3)

    assert isinstance(document, Document)
    assert set(document.entries) == {("p",), ("p", 0), ("p", 0, "n")}
