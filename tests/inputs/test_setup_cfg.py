from __future__ import annotations

import configparser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddlint.core.source import Source
from ddlint.inputs import setup_cfg
from ddlint.inputs.syntax.ini import read_ini
from tests.inputs.shown import assert_lawful, read, shown

CASES = [
    ("", []),
    ("# only\n; comments\n", []),
    (
        '[options]\ninstall_requires =\n    django>=1.8 ; python_version<"3"\n    # comment\n    flask  # inline\n',
        ['3:5 django >=1.8 ; python_version<"3"', "5:5 flask"],
    ),
    ("[options]\r\ninstall-requires =\r\n\tdjango\r\n", ["3:2 django"]),
    ("[options]\ninstall_requires = django>=1; flask\n", ["2:20 django >=1", "2:31 flask"]),
    (
        "[options]\ninstall_requires = a; python_version<'3'\n",
        ["2:20 a", "2:23 DD003 python_version<'3'"],
    ),
    ("[options]\ninstall_requires =\n\n  a\n\n  b\nzip_safe = no\n", ["4:3 a", "6:3 b"]),
    (
        "[options]\ninstall_requires = file: requirements.txt, more.txt\n",
        ["2:26 -> requirements.txt", "2:44 -> more.txt"],
    ),
    (
        "[options.extras_require]\ntest = pytest; mock\nDev_x: a>=1\nall =\n  b\n  %(test)s\n",
        [
            "2:8 pytest @extra:test",
            "2:16 mock @extra:test",
            "3:8 a >=1 @extra:dev-x",
            "5:3 b @extra:all",
            "6:3 ? @extra:all unknown",
        ],
    ),
    (
        "[options]\nsetup_requires = a\ntests_require = b\npython_requires = >=3.8, <4\n",
        ["2:18 a @build", "3:17 b @group:test", "4:19 python >=3.8,<4"],
    ),
    ("[options]\npython_requires = 3.8\n", ["2:19 DD003 3.8"]),
    ("[options]\npython_requires =\n  >=3.8\n", ["3:3 python >=3.8"]),
    ("[options]\ninstall_requires =\n  a=1\n  b\n", ["4:3 b", "3:4 DD003 ="]),
    ("[options]\ninstall_requires =\n  é\n  😀>1\n  b\n", ["5:3 b", "3:3 DD003 é", "4:3 DD003 😀"]),
    ("[metadata]\nname = x\n  [options]\n  install_requires = a\n", []),
    ("[other]\ninstall_requires = a\n", []),
    ("install_requires = a\n", ["1:1 DD002 install_requires = a"]),
    ("[options]\nnonsense\ninstall_requires = a\n", ["3:20 a", "2:1 DD002 nonsense"]),
    ("[options]\n= a\n: b\n", ["2:1 DD002 = a"]),
    ("[options]\ninstall_requires = a\ninstall_requires = b\n", ["2:20 a", "3:20 b", "3:1 DD002 install_requires"]),
    ("<<<<<<< HEAD\n[options]\ninstall_requires = a\n", ["3:20 a", "1:1 DD002 <<<<<<< HEAD"]),
]


@pytest.mark.parametrize("text, expected", CASES)
def test_reads_as_setuptools_does(text: str, expected: list[str]) -> None:
    manifest = read(setup_cfg, text)

    assert shown(manifest) == expected
    assert_lawful(manifest)


def test_a_marker_that_is_cut_off_is_explained() -> None:
    (problem,) = read(setup_cfg, "[options]\ninstall_requires = a; python_version<'3'\n").problems

    assert "line of its own" in problem.message


def test_comments_about_ddlint() -> None:
    manifest = read(
        setup_cfg, "[options]\n  # ddlint: file-ignore[DD3]\ninstall_requires =\n  a # ddlint: ignore[DD301]\n"
    )

    assert [manifest.source.slice(span) for span in manifest.comments] == [
        "# ddlint: file-ignore[DD3]",
        "# ddlint: ignore[DD301]",
    ]


lines = st.sampled_from(
    [
        "[a]",
        "[b] x",
        "  [c]",
        "k = v",
        "k2: v",
        "  more",
        "\tmore",
        "",
        "# c",
        "  ; c",
        "k3 =",
        "k4",
        "= x",
        "  k5 = v",
        "k6 = a = b",
        "[]",
        "[x",
    ]
)


@given(content=st.lists(lines, max_size=8))
@settings(deadline=None, max_examples=400)
def test_agrees_with_configparser(content: list[str]) -> None:
    """Where `configparser` accepts a file, its values are ours; where it refuses one, so do we."""
    text = "\n".join(content)
    parser = configparser.RawConfigParser()
    parser.optionxform = str  # type: ignore[assignment, method-assign]  # as setuptools does it
    ini = read_ini(Source("/p/setup.cfg", text))
    try:
        parser.read_string(text)
    except configparser.DuplicateSectionError:
        return
    except configparser.Error:
        assert ini.problem is not None
        return

    expected = {(s, k): (v or "").split() for s in parser.sections() for k, v in parser.items(s)}
    assert ini.problem is None
    assert {(o.section, o.key): " ".join(line.text for line in o.lines).split() for o in ini.options} == expected
    for option in ini.options:
        for line in option.lines:
            assert text[line.start : line.start + len(line.text)] == line.text
