"""The fast reader of locks gives what the slow one and tomllib give, or refuses."""

from __future__ import annotations

import time
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddlint.core.source import Source
from ddlint.inputs import pdm_lock, poetry_lock, pylock, uv_lock
from ddlint.inputs.common import uv_lock_skim
from ddlint.inputs.common.toml_lock import read_any_lock
from ddlint.inputs.syntax.toml_lock_lines import value_of
from ddlint.inputs.syntax.toml_lock_scan import Lock, Shape, scan_lock
from tests.inputs.locks import ALL

SHAPES = {
    "uv": uv_lock_skim.SHAPE,
    "poetry 2.1": poetry_lock.SHAPE,
    "poetry 1.0": poetry_lock.SHAPE,
    "pdm": pdm_lock.SHAPE,
    "pylock": pylock.SHAPE,
}
KINDS = list(ALL)


def _slow(text: str, shape: Shape) -> Lock:
    lock = read_any_lock(Source("/p/x.lock", text), shape)
    assert isinstance(lock, Lock), lock
    return lock


def _is_toml(text: str) -> bool:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_what_tools_write_is_read_fast_and_alike(kind: str, line_end: str) -> None:
    text = ALL[kind].replace("\n", line_end)
    fast = scan_lock(text, SHAPES[kind])

    assert fast is not None
    assert fast == _slow(text, SHAPES[kind])
    for package, expected in zip(fast.packages, tomllib.loads(text)[SHAPES[kind].array], strict=True):
        assert all(package.values[key] == expected[key] for key in package.values)
        assert all(
            text[place.start : place.end] in (expected[key], _escaped(expected[key]))
            for key, place in package.places.items()
        )


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


REFUSED = {
    "a multi-line string that looks like a package": 'a = """\n[[package]]\nname = "evil"\nversion = "9"\n"""\n',
    "a literal one": "a = '''\n[[package]]\nname = \"evil\"\n'''\n",
    "blanks in a header": "[[ package ]]\n",
    "an indented header": "  [[package]]\n",
    "a quoted header": '[["package"]]\n',
    "an escape of a character": '[[package]]\nversion = "1\\u002e0"\n',
    "a comment for ddlint": "# ddlint: ignore\n[[package]]\n",
    "an inline array of packages": 'package = [{ name = "a", version = "1" }, { name = "b", version = "2" }]\n',
    "a key that is there twice": '[[package]]\nname = "a"\nname = "b"\n',
    "a quoted key that is there twice": '[package]\n"name" = "a"\nname = "b"\n',
    "a table that is there twice": "[metadata]\n[extras]\n[metadata]\n",
    "a table of a package that is there twice": "[[package]]\n[package.x]\n[package.x]\n",
    "a key that is a table": "[metadata.x]\n[metadata]\nx = 1\n",
    "a table that is a key": "[[package]]\nx = 1\n[package.x]\n",
    "a table that is an array": "[[package]]\n[package]\n",
    "an array that is a table": "[package]\n[[package]]\n",
    "a table of no package": "[package.x]\n[[package]]\n",
    "a key twice in an inline table": "[[package]]\nsource = { a = 1, a = 2 }\n",
    "an array that is not closed": "[[package]]\ndependencies = [\n    1,\n",
    "a comment in an array": "[[package]]\ndependencies = [\n    1, # 2\n]\n",
    "an element with no array": "[[package]]\n    1,\n",
    "an array in an array": "[[package]]\nx = [\n    [1, 2],\n    [[1]],\n]\n",
    "a comma behind a value": "a = 1,\n",
    "a number with a zero before it": "a = 01\n",
    "a day that is none": 'a = { url = "x", upload-time = 2023-02-29T00:00:00Z, hashes = { s = "x" } }\n',
    "a control character": 'a = "\x01"\n',
    "a lone CR": "a = 1\rb = 2\n",
    "a merge conflict": "<<<<<<< HEAD\n[[package]]\n",
    "no TOML": "hello\n",
}  # fmt: skip


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_what_is_not_known_is_refused(text: str) -> None:
    assert scan_lock(text, uv_lock_skim.SHAPE) is None


ALIKE = {
    "comments behind": '[[package]] # c\nname = "a" # = "b"\nversion = "1"\n[package.source] # d\nname = "src"\nversion = "2"\n',
    "literal strings": "[[package]]\nname = 'attrs'\nversion = '1'\n",
    "version before name": '[[package]]\nversion = "1"\nname = "a"\n',
    "names beside the packages": '[metadata]\nname = "b"\nversion = "2"\n[[package]]\nname = "a"\n[extras]\nname = ["x"]\n',
    "no line end at the end": '[[package]]\nname = "a"\nversion = "1"',
    "a comment at the end": '[[package]]\nname = "a"\n# c',
    "nothing": "",
    "only comments": "# a\n\n# b\n",
    "escapes": '[[package]]\nname = "a\\"\\\\b\\n"\nsource = { x = "\\t", y = [true, "a"] }\n',
}


@pytest.mark.parametrize("text", ALIKE.values(), ids=ALIKE)
def test_both_readers_agree(text: str) -> None:
    fast = scan_lock(text, uv_lock_skim.SHAPE)

    assert fast is not None
    assert fast == _slow(text, uv_lock_skim.SHAPE)


@pytest.mark.parametrize(
    "text",
    [
        '"a\\"b"', "'x'", "[]", "{}", "[1, true, false]", '{ a = 1, b-c = { d = ["x"] } }', '[{a = "b"}, {c = []}]',
        '[\n    { a = "]" },\n    { b = "}, {" },\n]',
    ],
)  # fmt: skip
def test_the_value_of_a_statement(text: str) -> None:
    assert value_of(text) == tomllib.loads(f"v = {text}")["v"]


@st.composite
def _changed(draw: st.DrawFn) -> tuple[str, Shape]:
    """Give a lock with a few lines doubled, dropped, swapped, cut or replaced."""
    kind = draw(st.sampled_from(KINDS))
    lines = ALL[kind].split("\n")
    for _ in range(draw(st.integers(1, 4))):
        at, other = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(["double", "drop", "swap", "cut", "glue", "insert"])):
            case "double":
                lines.insert(other, lines[at])
            case "drop" if len(lines) > 1:
                del lines[at]
            case "swap":
                lines[at], lines[other] = lines[other], lines[at]
            case "cut":
                lines[at] = lines[at][: draw(st.integers(0, 30))]
            case "glue":
                lines[at] += draw(st.sampled_from([",", "]", " # x", '"', "}", " ", "\r", '"""', "= 1"]))
            case _:
                lines.insert(
                    at, draw(st.sampled_from(["]", "[x]", "[[package]]", 'name = "x"', "    1,", "a.b = 1", "'''"]))
                )
    return "\n".join(lines), SHAPES[kind]


@given(_changed())
@settings(deadline=None, max_examples=300)
def test_law_what_is_read_fast_is_toml_and_read_alike(case: tuple[str, Shape]) -> None:
    text, shape = case
    fast = scan_lock(text, shape)

    if fast is not None:
        assert _is_toml(text)
        assert fast == _slow(text, shape)


@pytest.mark.slow  # it measures time
@pytest.mark.parametrize(
    "line",
    [
        'source = { a = "' + "x, a = " * 150_000 + '" }',
        "source = { " + ", ".join(f"a{index} = 1" for index in range(100_000)) + " }",
        "source = { a = { " + ", ".join(f"a{index} = 1" for index in range(100_000)) + " } }",
        "a = [" + ", ".join(["1"] * 300_000) + "] x",
        "a = " + "[" * 1_000_000,
        "a = [\n" + '    { file = "x", hash = "y" },\n' * 40_000 + "x",
    ],
    ids=["one string", "many pairs", "many inner pairs", "many elements", "many brackets", "many files"],
)
def test_no_shape_takes_more_than_linear_time(line: str) -> None:
    start = time.process_time()

    scan_lock(f"[[package]]\n{line}\n", uv_lock_skim.SHAPE)

    assert time.process_time() - start < 2


@pytest.mark.parametrize("comment", ["", "# ddlint: ignore[DD301] as we say\n"])
def test_a_lock_of_more_than_any_tool_writes_is_told(comment: str) -> None:
    text = comment + '[[package]]\nname = "a"\nversion = "1"\n' * 60_000

    assert scan_lock(text, uv_lock_skim.SHAPE, 100_000) is None
    assert [problem.message for problem in uv_lock.parse(Source("/p/uv.lock", text)).problems] == [
        "this is not read: the file has more values than anybody writes; split it, or leave it out with `exclude`"
    ]


@pytest.mark.parametrize("comment", ["", "# ddlint: ignore[DD301] as we say\n"])
def test_a_lock_as_large_as_tools_write_it_is_read(comment: str) -> None:
    place = "https://index.example/packages/aa/bb/" + 60 * "0" + "/a-1.0-cp312-cp312-manylinux_2_17_x86_64.whl"
    files = f'    {{ url = "{place}", hash = "sha256:{64 * "0"}", size = 1 }},\n'
    package = (
        'version = "1"\nsource = { registry = "https://index.example/simple" }\ndependencies = [\n'
        + '    { name = "b", marker = "python_full_version < \'3.11\'" },\n' * 5
        + f"]\nwheels = [\n{files * 4}]\n\n"
    )
    text = comment + "".join(f'[[package]]\nname = "a{number}"\n{package}' for number in range(3000))

    assert len(uv_lock.parse(Source("/p/uv.lock", text)).dependencies) == 3000
