from __future__ import annotations

import pytest

from ddlint.inputs import tox_ini
from tests.inputs.shown import assert_lawful, read, shown

CASES = [
    ("", []),
    (
        "[testenv]\ndeps =\n  py39: django<4\n  -rreq.txt\n  {[base]deps}\n",
        ["3:9 django <4 @env:testenv:py39", "4:5 -> req.txt"],
    ),
    (
        "[base]\ndeps =\n  a\n[other]\ndeps = b\n[testenv:x]\ndeps = {[base]deps}\n",
        ["3:3 a @env:base"],
    ),
    (
        "[testenv]\ndeps =\n  py{39,310}-x: django>=4  # c\n  !py39: flask\n  plain\n",
        ["3:17 django >=4 @env:testenv:py{39,310}-x", "4:10 flask @env:testenv:!py39", "5:3 plain @env:testenv"],
    ),
    ("[tox]\nenvlist = py39\nrequires = tox>4\n  virtualenv\n", ["3:12 tox >4 @env:tox", "4:3 virtualenv @env:tox"]),
    ("[testenv:lint]\ndeps = ruff\n", ["2:8 ruff @env:lint"]),
    (
        "[testenv]\ndeps =\n  -r{toxinidir}/req/a.txt\n  -c {tox_root}/c.txt\n  -r {env:X}/b.txt\n",
        ["3:5 -> req/a.txt", "4:6 => c.txt"],
    ),
    (
        "[testenv]\ndeps =\n  flask=={env:FLASK:1}\n  https://example.invalid/x.zip\n",
        ["3:3 flask @env:testenv unknown", "4:3 ? @env:testenv unknown"],
    ),
    ("[testenv]\ndeps =\n  a=1\n  b\n", ["4:3 b @env:testenv", "3:4 DD003 ="]),
    ("[testenv]\nbasepython = python3.8\ncommands = pip install django==1\n", []),
    ("deps = a\n", ["1:1 DD002 deps = a"]),
    ("[testenv]\r\ndeps =\r\n  é\r\n  a\r\n", ["4:3 a @env:testenv", "3:3 DD003 é"]),
]


@pytest.mark.parametrize("text, expected", CASES)
def test_reads_what_tox_installs(text: str, expected: list[str]) -> None:
    manifest = read(tox_ini, text)

    assert shown(manifest) == expected
    assert_lawful(manifest)


def test_shows_a_substitution_as_it_is_written() -> None:
    (found,) = read(tox_ini, "[testenv]\ndeps = flask=={env:FLASK:1}\n").dependencies

    assert found.written == "flask=={env:FLASK:1}"
