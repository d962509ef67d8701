from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddlint.inputs import script
from tests.inputs.shown import assert_lawful, read, shown

BLOCK = '# /// script\n# requires-python = ">=3.11"\n# dependencies = [\n#   "django<2",\n#\n#   "flask",\n# ]\n# ///\n'

CASES = [
    ("", []),
    ("import x\n", []),
    (BLOCK + "import django\n", ["4:6 django <2", "6:6 flask", "2:22 python >=3.11"]),
    (BLOCK.replace("\n", "\r\n"), ["4:6 django <2", "6:6 flask", "2:22 python >=3.11"]),
    ('"""\n' + BLOCK + '"""\n', ["5:6 django <2", "7:6 flask", "3:22 python >=3.11"]),
    (BLOCK + "\n" + BLOCK, ["4:6 django <2", "6:6 flask", "2:22 python >=3.11", "10:1 DD002 # /// script"]),
    ('# /// script\n# dependencies = ["é", "b>1"]\n# ///', ["2:25 b >1", "2:20 DD003 é"]),
    ('# /// script\n# dependencies = ["a=1"]\n# ///', ["2:21 DD003 ="]),
    ('# /// script\n# dependencies = ["a\\u003e1"]\n# ///', ["2:20 a >1"]),
    ("# /// script\n# a =\n# ///", ["2:6 DD002 \n"]),
    ('# /// script\n# dependencies = "a"\n# requires-python = 3.8\n# ///', ["2:19 DD003 a", "3:21 DD003 3.8"]),
    ('# /// script\n# dependencies = ["a"]\n', []),
    ('# /// script\n#dependencies = ["a"]\n# ///\n', []),
    ('  # /// script\n  # dependencies = ["a"]\n  # ///\n', []),
    ('# /// other\n# dependencies = ["a"]\n# ///\n', []),
    ("# /// script\n# ///\n", []),
    (
        (
            '# /// script\n# dependencies = ["a", "b", "c>1"]\n# [tool.uv]\n# constraint-dependencies = ["a<2"]\n'
            '# override-dependencies = ["d==3"]\n# [tool.uv.sources]\n# c = { git = "https://git.example/c" }\n# ///\n'
        ),
        ["2:20 a", "2:25 b", "2:30 c >1 unknown", "4:31 a <2", "5:29 d ==3"],
    ),
    ("# /// script\n# tool.uv = 1\n# ///\n", []),
    ('# /// script\n# [tool.x]\n# dependencies = ["a"]\n# ///\n', []),
]


@pytest.mark.parametrize("text, expected", CASES)
def test_reads_the_block(text: str, expected: list[str]) -> None:
    manifest = read(script, text)

    assert shown(manifest) == expected
    assert_lawful(manifest)


def test_a_comment_within_the_block_is_one() -> None:
    text = '# /// script\n# dependencies = ["a"]  # ddlint: ignore[DD301] why\n# ///\nx = "# ddlint: no"\n'
    manifest = read(script, text)

    assert [manifest.source.slice(span) for span in manifest.comments] == ["# ddlint: ignore[DD301] why"]


@given(
    lines=st.lists(
        st.sampled_from(["# /// script", "# ///", "#", "# x = 1", '# dependencies = ["a"]', "#x", "", "x", "# ["]),
        max_size=12,
    )
)
@settings(deadline=None, max_examples=300)
def test_nothing_raises(lines: list[str]) -> None:
    assert_lawful(read(script, "\n".join(lines)))


def test_many_openings_take_linear_time() -> None:
    assert shown(read(script, "# /// script\n" * 50_000)) == []
