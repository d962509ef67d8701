"""The parts of a refresh: names of wheels, edges of specifiers, runs, comments, core metadata."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tools.fake_index import Made, sdist
from tools.refresher.comments import head_of, keep_comments
from tools.refresher.declared import read_sdist
from tools.refresher.examples import examples
from tools.refresher.requirements import Requirement, flow, is_complete, requirements
from tools.refresher.runs import Run, compress, expand, read
from tools.refresher.tags import wheels

LINUX, MAC = "manylinux-x86_64", "macos-x86_64"
WHEELS = {
    "a-1.0-cp311-cp311-manylinux2014_x86_64.whl": [("3.11", LINUX, "manylinux_2_17")],
    "a-1.0-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl": [("3.11", LINUX, "manylinux_2_17")],
    "a-1.0-cp311-cp311-manylinux_2_28_x86_64.manylinux_2_17_x86_64.whl": [("3.11", LINUX, "manylinux_2_17")],
    "a-1.0-1-cp27-cp27mu-manylinux1_i686.whl": [("2.7", "manylinux-i686", "manylinux_2_5")],
    "a-1.0-cp36-cp36m-manylinux2010_aarch64.whl": [("3.6", "manylinux-aarch64", "manylinux_2_12")],
    "a-1.0-cp310-cp310-musllinux_1_2_aarch64.whl": [("3.10", "musllinux-aarch64", "musllinux_1_2")],
    "a-1.0-cp310-cp310-macosx_11_0_arm64.whl": [("3.10", "macos-arm64", "macosx_11_0")],
    "a-1.0-cp35-cp35m-macosx_10_9_intel.whl": [("3.5", MAC, "macosx_10_9")],
    "a-1.0-cp310-cp310-macosx_14_0_universal2.whl": [
        ("3.10", MAC, "macosx_14_0"),
        ("3.10", "macos-arm64", "macosx_14_0-universal2"),
    ],
    "a-1.0-cp310-cp310-win32.whl": [("3.10", "win-32", "win32")],
    "a-1.0-cp310-cp310-win_arm64.whl": [("3.10", "win-arm64", "win_arm64")],
    "a-1.0-cp314-cp314t-win_amd64.whl": [("3.14", "free-threaded", "any")],
    "a-1.0-pp310-pypy310_pp73-win_amd64.whl": [],
    "a-1.0-cp39-abi3-win_amd64.whl": [],
    "a-1.0-py3-none-any.whl": [],
    "a-1.0.tar.gz": [],
    "a-1.0-cp310-cp310-linux_x86_64.whl": [],
}


@pytest.mark.parametrize("name", WHEELS)
def test_what_the_name_of_a_wheel_says(name: str) -> None:
    assert [(each.python, each.platform, each.floor) for each in wheels(name)] == WHEELS[name]


EXAMPLES = {
    ">=1.1.4": ', examples: {ok: ["1.1.4"], bad: ["1.1.3"]}',
    ">=1.0": ', examples: {ok: ["1.0"], bad: ["0.99"]}',
    ">=2.0.0": ', examples: {ok: ["2.0.0"], bad: ["1.99"]}',
    ">=0": ', examples: {ok: ["0"]}',
    ">=1.2,<2": ', examples: {ok: ["1.2"], bad: ["1.1", "2"]}',
    ">=1.0,<2.0": ', examples: {ok: ["1.0", "1.99"], bad: ["0.99", "2.0"]}',
    "~=1.4": ', examples: {ok: ["1.4"], bad: ["1.3"]}',
    "<=1.5": ', examples: {ok: ["1.5"], bad: ["1.6"]}',
    "==1.5": ', examples: {ok: ["1.5"], bad: ["1.6"]}',
    ">=1.0,!=1.3": ', examples: {ok: ["1.0"], bad: ["0.99", "1.3"]}',
    "*": ', examples: {ok: ["0.1"]}',
    "": "",
}


@pytest.mark.parametrize("specifier", EXAMPLES)
def test_examples_stand_at_the_edge(specifier: str) -> None:
    assert examples(specifier, "flask") == EXAMPLES[specifier]


def test_what_is_no_distribution_has_no_examples() -> None:
    assert examples(">=1.0", "stdlib:asyncio") == ""


ORDER = [f"1.{minor}" for minor in range(12)]


@given(st.dictionaries(st.sampled_from(ORDER), st.integers(0, 1)))
@settings(deadline=None, max_examples=60)
def test_runs_say_what_they_were_made_from(facts: dict[str, int]) -> None:
    runs = compress(facts, ORDER)

    assert {entry: fact for run, fact in runs for entry in expand(read(run.text), ORDER)} == facts
    assert all(runs[number][1] != runs[number + 1][1] or _is_gap(runs, number) for number in range(len(runs) - 1))


def _is_gap(runs: list[tuple[Run, int]], number: int) -> bool:
    return ORDER.index(runs[number + 1][0].first) - ORDER.index(runs[number][0].last) > 1


COMMENTS = {
    "above": ("a: 1\n# two\nb: 2\n", "a: 1\nb: 2\n", "a: 1\n# two\nb: 2\n"),
    "above a line that changed": ("a: 1\n# two\nb: 2\n", "a: 1\nb: 3\n", "a: 1\n# two\nb: 3\n"),
    "above a line that moved": ("# two\nb: 2\n", "a: 1\nc: 3\nb: 2\n", "a: 1\nc: 3\n# two\nb: 2\n"),
    "above a line that is gone": ("a: 1\n# two\nb: 2\nc: 3\n", "a: 1\nc: 3\n", "a: 1\n# two\nc: 3\n"),
    "behind": ("a: {b: 1}  # one\n", "a: {b: 1}\n", "a: {b: 1}  # one\n"),
    "behind a line that changed": ('a: {b: "1-2"} # one\n', 'a: {b: "1-3"}\n', 'a: {b: "1-3"} # one\n'),
    "behind a line that is gone": ("a: 1\nb: 2 # two\nc: 3\n", "a: 1\nc: 3\n", "a: 1\nc: 3\n"),
    "at the end": ("a: 1\n# end\n", "a: 1\nb: 2\n", "a: 1\nb: 2\n# end\n"),
    "no comment": ('a: {b: "1 #2"}\n', 'a: {b: "1 #3"}\n', 'a: {b: "1 #3"}\n'),
    "other words": ("- {a: x, b: 'y'}\n- {c: 1}\n", '- {a: "x", b: "y"}\n- {c: 2}\n', "- {a: x, b: 'y'}\n- {c: 2}\n"),
    "a value on two lines": ("- {a: x,\n   b: y}\n", "- {a: x, b: z}\n", "- {a: x, b: z}\n"),
}


@pytest.mark.parametrize("name", COMMENTS)
def test_comments_stay(name: str) -> None:
    old, new, expected = COMMENTS[name]

    assert keep_comments(old, new) == expected


def test_the_head_of_a_file_is_that_of_the_old_one() -> None:
    default = "# By a tool.\nrows:\n  groups:\n"

    assert (
        head_of("# By hand.\nrows:\n  note: x\n  groups:\n    - a\n", default)
        == "# By hand.\nrows:\n  note: x\n  groups:\n"
    )
    assert head_of("", default) == default


METADATA = {
    "wrapt": Requirement("wrapt", "", "", ""),
    "Typing.Extensions (>=4,<5)": Requirement("typing-extensions", "", "<5,>=4", ""),
    "a>=1 ; python_version<'3.8'": Requirement("a", "", ">=1", 'python_version < "3.8"'),
    "a ; extra == 'fast'": Requirement("a", "fast", "", ""),
    "a ; python_version<'3.8' and extra == 'fast'": Requirement("a", "fast", "", 'python_version < "3.8"'),
    "a ; (os_name == 'nt' or python_version<'3.8') and extra == 'x-y'": Requirement(
        "a", "x-y", "", 'os_name == "nt" or python_version < "3.8"'
    ),
}


@pytest.mark.parametrize("text", METADATA)
def test_a_requirement_of_core_metadata(text: str) -> None:
    assert requirements(f"Metadata-Version: 2.4\nRequires-Dist: {text}\n\nRequires-Dist: none\n") == [METADATA[text]]


@pytest.mark.parametrize(
    "head, expected",
    [
        ("Metadata-Version: 2.4", True),
        ("Metadata-Version: 2.2", True),
        ("Metadata-Version: 2.4\nDynamic: Requires-Dist", False),
        ("Metadata-Version: 2.1", False),
        ("", False),
    ],
)
def test_whether_metadata_is_complete(head: str, expected: bool) -> None:
    assert is_complete(f"{head}\nName: a\n") is expected


@pytest.mark.parametrize(
    "value, expected",
    [
        ("seed-004", '"seed-004"'),
        ({"source": "seed-004"}, "{source: seed-004}"),
        ("4.16", '"4.16"'),
        ("true", '"true"'),
        (True, "true"),
        ([{"source": "page", "note": "é: “x”"}], '[{source: page, note: "é: “x”"}]'),
    ],
)
def test_values_on_one_line(value: object, expected: str) -> None:
    assert flow(value) == expected


def test_what_a_source_distribution_declares() -> None:
    made = Made("1.0", "", {"b": {"x": ">=1", "y": "*"}, "a": {"z": ""}}, {"a": "True", "b": "False", "c": "f()"})

    source = read_sdist(sdist(made))

    assert [(each.integration, each.path, each.specifiers) for each in source.declared] == [
        ("a", "acme_sdk/contrib/internal/a/patch.py", (("z", ""),)),
        ("b", "acme_sdk/contrib/internal/b/patch.py", (("x", ">=1"), ("y", "*"))),
    ]
    assert source.defaults == (("a", "yes"), ("b", "no"), ("c", "conditional"))
    assert source.problems == ()
