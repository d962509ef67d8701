"""What is read without a TOML library is what the slower reader gives: values, their order and types, and places."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddlint.core.source import Source, decode
from ddlint.inputs.syntax.node import Document
from ddlint.inputs.syntax.toml import read_any_toml
from ddlint.inputs.syntax.toml_plain import read_plain
from tests.fuzz.mutate import mutated
from tests.fuzz.subjects import subject
from tests.inputs.oracles.toml_texts import documents
from tests.inputs.syntax.test_toml import ENTRIES

MOST = 20_000
SEEDS = tuple(
    seed for name in ("pyproject", "uv_toml", "hatch_toml", "pixi_toml", "pipfile") for seed in subject(name).seeds
)


def judge(text: str) -> bool:
    """Return whether a text is read so, and check that the outcome is right."""
    plain = read_plain(text, MOST)
    if plain is not None:
        slow = read_any_toml(Source("/p/pyproject.toml", text))
        assert isinstance(slow, Document)
        assert plain == slow
        assert repr(plain.value) == repr(slow.value)
    return plain is not None


PLAIN = {
    "nothing": "",
    "a comment without a line end": "# c",
    "a project": '[project]\nname = "a"\ndependencies = ["flask>=1", "django"]\n\n[tool.x]\na = true\nb = -3\n',
    "arrays over lines": 'a = [ # c\n  "x", # c2\n  "y" , "z"\n  ,\n]\nb = [\n]\nc = [[1, 2], [], ["a"]]\n',
    "inline tables": 'a = { b = "c", "d e" = [1], f = { g = false } }\nh = [{ i = 1 }, { i = 2 }]\n',
    "keys with dots": "a.b.c = 1\na.b.d = 2\n[x.y]\nz.w = 1\n",
    "quoted keys": "\"a.b\" = 1\n'c d' = 2\n",
    "escapes": 'a = "\\t\\"x\\\\"\nb = \'\\d\'\n',
    "strings over lines": "a = '''\nx'y\n'''\nb = \"\"\"\nz\n\"\"\"\nc = ''''''\n".replace("x'y", "xy"),
    "tables in any order": "[a.b]\nx = 1\n[a]\ny = 2\n[c]\n[a.d]\nz = 3\n",
    "arrays of tables": "[[a]]\nx = 1\n[a.b]\ny = 2\n[[a]]\nx = 3\n[a.b]\ny = 4\n[[a.c]]\nz = 5\n",
    "other scripts": 'a = "é\U0001f600"  # \u2028\nb = ["ß>=1"]\n',
    "no line end": "a = 1",
    "blanks": " \t a\t=\t1 \n\t[b]  # c\n",
}


@pytest.mark.parametrize("text", PLAIN.values(), ids=PLAIN)
def test_plain_texts_are_read(text: str) -> None:
    assert judge(text)


LEFT = {
    "a key twice": "a = 1\na = 2\n",
    "a table twice": "[a]\n[a]\n",
    "a table that is a value": "a = 1\n[a]\n",
    "a table in a value": "a = 1\n[a.b]\n",
    "a table of dots that a header goes on with": "a.b = 1\n[a]\nc = 2\n",
    "a table of a header that dots go on with": "[a.b]\nc = 1\n[a]\nb.d = 2\n",
    "an inline table that dots go on with": "a = { b = 1 }\na.c = 2\n",
    "an inline table that a header goes on with": "a = { b = 1 }\n[a.c]\n",
    "an array that is none of tables": "a = []\n[[a]]\n",
    "an array of tables that a header is": "[[a]]\n[a]\n",
    "a table that an array of tables is": "[a]\n[[a]]\n",
    "a table of an array of values": "a = [{ b = 1 }]\n[a.c]\n",
    "a key twice in an inline table": "a = { b = 1, b = 2 }\n",
    "a comma at the end of an inline table": "a = { b = 1, }\n",
    "an inline table over lines": "a = { b = 1,\n c = 2 }\n",
    "no comma": 'a = ["b" "c"]\n',
    "two commas": "a = [1,,2]\n",
    "a comma at first": "a = [,1]\n",
    "two pairs on a line": "a = 1 b = 2\n",
    "a pair behind a header": "[a] b = 1\n",
    "no value": "a =\n",
    "no key": "= 1\n",
    "a number with a zero before it": "a = 01\n",
    "a number that goes on": "a = 1_000\nb = 1.5\nc = 0x1f\n",
    "a date": "a = 1979-05-27\n",
    "a word": "a = truely\n",
    "an escape of a character": 'a = "\\u0041"\n',
    "a wrong escape": 'a = "\\d"\n',
    "a string that is not closed": 'a = "b\n',
    "a long string that is not closed": "a = '''b\n",
    "an array that is not closed": "a = [1, 2\n",
    "a control character": 'a = "\x01"\n',
    "a carriage return": "a = 1\r\n",
    "quotes at the end of a long string": 'a = """x"""""\n',
    "a comment for ddlint": "a = 1 # ddlint: ignore[DD301]\n",
    "deep arrays": f"a = {'[' * 50}{']' * 50}\n",
    "too many values": f"a = [{'1,' * (MOST + 1)}]\n",
    "a large text": f"# {'x' * 100_000}\n",
}


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT)
def test_other_texts_are_left_alone(text: str) -> None:
    assert read_plain(text, MOST) is None


@pytest.mark.parametrize("text", ENTRIES.values(), ids=ENTRIES)
def test_what_is_hard_for_places(text: str) -> None:
    judge(text)


@given(documents())
@settings(deadline=None, max_examples=500, derandomize=True)
def test_generated_documents(text: str) -> None:
    judge(text)


_LINES = st.sampled_from(
    [
        *('a = "b"', "a.b = 1", "b = [1, 2]", "[a]", "[a.b]", "[[a]]", "[[a.b]]", "[b]", "c = { d = 1 }", "c.d = 2", "a = []"),
        *("d = '''", "'''", '"""', "[", "]", "}", '  "x",', "  1", "# c", "", "a = { b = [", "b.c.d = true", '"a" = 1', "'b' = 2"),
        *("b = [{ e = 1 }]", "[a.b.c]", "[[b]]", "[c.d]", "x = 0", "x = -1", "[ a ]", "a . b = 1", 'y = "\\n"', "é = 1"),
    ]
)  # fmt: skip


@given(st.lists(_LINES, max_size=8).map("\n".join))
@settings(deadline=None, max_examples=3000, derandomize=True)
def test_generated_lines(text: str) -> None:
    judge(text)


def test_broken_files() -> None:
    random = Random(17)
    read = 0
    for _ in range(2000):
        source = decode("/p/pyproject.toml", mutated(random, random.choice(SEEDS), SEEDS))
        if isinstance(source, Source):
            read += judge(source.text)

    assert read > 100
