"""Workflows, templates of functions, files of settings and files that name a Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddlint.core.source import Span
from ddlint.inputs import env_file, python_version, runtime_txt, serverless, tool_versions, workflow
from ddlint.inputs.common.workflow_python import runner_platform
from tests.inputs.shown import assert_lawful, read, shown

if TYPE_CHECKING:
    from types import ModuleType

JOB = "on: push\njobs:\n  t:\n    steps:\n    - uses: actions/setup-python@v5\n      with:\n"
MATRIX = (
    "jobs:\n  t:\n    runs-on: ${{ matrix.os }}\n    strategy:\n      matrix:\n        os: [ubuntu-latest, macos-13]\n"
    "        py: [3.9, 3.10, '3.11', 3.x, pypy-3.10, 3.15-dev]\n        include: [{py: 3.8}, {other: 1}]\n"
    "        cfg: [{py: 3.7}]\n    steps:\n    - uses: actions/setup-python@v5\n      with: {python-version: "
)

WORKFLOW = [
    ("", []),
    ("jobs: 1\n", []),
    (JOB + "        python-version: 3.10\n", ["7:25 python ==3.10.* exact"]),
    (JOB + "        python-version: '3.10.4'\n", ["7:26 python ==3.10.4 exact"]),
    (
        JOB + "        python-version: |\n          3.7\n          3.8\n",
        ["8:11 python ==3.7.* exact", "9:11 python ==3.8.* exact"],
    ),
    (JOB + "        python-version: '>=3.9 <3.14'\n", ["7:26 python >=3.9,<3.14"]),
    (JOB + "        python-version: '>=3.9, <3.14 || =3.8'\n", ["7:26 python >=3.9,<3.14 || ==3.8.*"]),
    (JOB + "        python-version: 3.x\n", []),
    (JOB + "        python-version: ~3.9 - 3.10\n", []),
    (JOB + "        python-version: [3.9, 3.10]\n", ["7:26 python ==3.9.* exact", "7:31 python ==3.10.* exact"]),
    (JOB + "        python-version-file: .python-version\n", []),
    (JOB.replace("setup-python", "checkout") + "        python-version: 3.9\n", []),
    (
        JOB.replace("actions/setup-python", "astral-sh/setup-uv") + "        python-version: 3.9\n",
        ["7:25 python ==3.9.* exact"],
    ),
    (
        MATRIX + "'${{ matrix.py }}'}\n",
        [
            "7:14 python ==3.9.* exact",
            "7:19 python ==3.10.* exact",
            "7:26 python ==3.11.* exact",
            "8:24 python ==3.8.* exact",
            "6:14 on manylinux-x86_64",
            "6:29 on macos-x86_64 13",
            "7:38 on pypy",
        ],
    ),
    (JOB + "        python-version: pypy-3.10-v7.3.12\n", ["7:25 on pypy"]),
    (
        JOB + "        python-version: 3.14t\n",
        ["7:25 python ==3.14.* exact", "7:25 on free-threaded"],
    ),
    (
        MATRIX + "'${{ matrix.cfg.py }}'}\n",
        ["9:20 python ==3.7.* exact", "6:14 on manylinux-x86_64", "6:29 on macos-x86_64 13"],
    ),
    (MATRIX + "'${{ matrix.none }}'}\n", []),
    (
        "env:\n  V: '3.9'\n" + JOB + "        python-version: ${{ env.V }}\n",
        ["2:7 python ==3.9.* exact", "2:7 set V=3.9"],
    ),
    (
        "jobs:\n  t:\n    runs-on: ubuntu-latest\n    env: {A: true, B: '${{ secrets.x }}'}\n    steps:\n    - run: pip install x==1\n      env: {C: 1}\n",
        ["4:14 set A=true", "4:24 set B=None", "7:16 set C=1"],
    ),
    (
        "jobs:\n  t:\n    container: python:3.12\n    services:\n      a:\n        image: x/agent:7.20\n        env: {A: 1}\n      b:\n        image: python:2.7\n",
        [
            "3:23 python ==3.12.* exact",
            "3:16 on manylinux-x86_64",
            "9:16 on manylinux-x86_64",
            "3:16 image python:3.12",
            "6:16 image x/agent:7.20",
            "9:16 image python:2.7",
        ],
    ),
    ("jobs:\n  t:\n    container: {image: 'a:1', env: {A: 1}}\n", ["3:40 set A=1", "3:25 image a:1"]),
    ("jobs: [\n", ["1:7 DD002 ["]),
]

SERVERLESS = [
    ("", []),
    ("kind: [\n", []),
    (
        "provider:\n  runtime: python3.9\n  architecture: arm64\n  environment: {A: 1}\nfunctions:\n  a:\n    runtime: python3.8\n    environment:\n      B: ${x}\n  b: {}\n",
        [
            "2:18 python ==3.9.* exact",
            "7:20 python ==3.8.* exact",
            "4:20 set A=1",
            "9:10 set B=None",
            "2:12 on manylinux-aarch64",
            "7:14 on manylinux-aarch64",
        ],
    ),
    (
        "provider:\n  runtime: python3.9\n  environment: {A: 1}\nfunctions:\n  a: {runtime: python3.12}\n",
        ["5:22 python ==3.12.* exact", "3:20 set A=1", "5:16 on manylinux-x86_64"],
    ),
    (
        "provider:\n  runtime: python3.9\nfunctions: ${file(functions.yml)}\n",
        ["2:18 python ==3.9.* exact", "2:12 on manylinux-x86_64"],
    ),
    ("provider:\n  runtime: nodejs18.x\nfunctions: {a: {runtime: '${x}'}}\n", []),
    (
        (
            "Globals:\n  Function:\n    Runtime: python3.11\nResources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n"
            "      Runtime: !Ref R\n      Environment:\n        Variables: {A: !Sub 'x', B: '1'}\n"
            "  G:\n    Type: AWS::Lambda::Function\n    Properties: {Runtime: python3.7, Architectures: [arm64]}\n"
            "  H:\n    Type: AWS::S3::Bucket\n    Properties: {Runtime: python3.6}\n"
            "  I:\n    Type: AWS::Lambda::Function\n    Properties: {}\n"
        ),
        [
            "3:20 python ==3.11.* exact",
            "13:33 python ==3.7.* exact",
            "10:30 set A=None",
            "10:38 set B=1",
            "3:14 on manylinux-x86_64",
            "13:27 on manylinux-aarch64",
        ],
    ),
    ("provider: [\n", ["1:11 DD002 ["]),
]

ENV = [
    ("", []),
    (
        "# c\n\nA=1\nexport B=\"x y\" # c\nC='$x'\nD=$X\nE=\n",
        ["3:3 set A=1", "4:11 set B=x y", "5:4 set C=$x", "6:3 set D=None", "7:3 set E="],
    ),
    ("A = v # comment\nB=a#b\n=bad\n1X=3\nA b\n", ["1:5 set A=v", "2:3 set B=a#b"]),
    ("A=1\nB='x\nA=3\ny'\nA=2\n", ["2:4 set B=x\nA=3\ny", "5:3 set A=2"]),
    ("A=1\r\nB=2\r\n", ["1:3 set A=1", "2:3 set B=2"]),
    ('A="never\nB=1\n', ['1:3 set A="never', "2:3 set B=1"]),
]

PYTHON_VERSION = [
    ("", []),
    ("3.11\n3.12\n", ["1:1 python ==3.11.* exact"]),
    ("# c\n\n  3.11.7 # x\n", ["3:3 python ==3.11.7 exact"]),
    ("\r\n3.9\r\n", ["2:1 python ==3.9.* exact"]),
    ("cpython-3.11\n", ["1:9 python ==3.11.* exact"]),
    ("cpython@3.11\n", ["1:9 python ==3.11.* exact"]),
    ("cpython-3.12.1-linux-x86_64-gnu\n", ["1:9 python ==3.12.1 exact"]),
    ("pypy3.10-7.3.12  # c\n", ["1:1 on pypy"]),
    ("graalpy-24.0.0\n", ["1:1 on graalpy"]),
    ("pypy\n", ["1:1 on pypy"]),
    ("pypylon\n", []),
    ("myenv\n3.9\n", []),
    ("3.13t\n", ["1:1 python ==3.13.* exact", "1:1 on free-threaded"]),
    ("cpython-3.14.1t # c\n", ["1:9 python ==3.14.1 exact", "1:9 on free-threaded"]),
    ("3.13+freethreaded\n", ["1:1 python ==3.13.* exact", "1:1 on free-threaded"]),
    ("3.13t-dev\n", []),
    ("3.13tt\n", []),
    ("3.14-dev\n", []),
    ("3\n", []),
    (">=3.9\n", []),
]

RUNTIME = [
    ("", []),
    ("python-3.11.6\n", ["1:8 python ==3.11.6 exact"]),
    ("python-3.11.6\r\n", ["1:8 python ==3.11.6 exact"]),
    ("3.8\n", ["1:1 python ==3.8.* exact"]),
    ("pypy-3.9\n", []),
    ("python-3.11.x\n", []),
    ("a\n3.8\n", []),
]

TOOLS = [
    ("", []),
    ("nodejs 18.1\npython 3.11.6 3.10.1\n", ["2:8 python ==3.11.6 exact"]),
    ("python system\n", []),
    ("# python 3.8\npython 3.9 # c\r\n", ["2:8 python ==3.9.* exact"]),
    ("python 3.9-dev\nxpython 3.9\n", []),
    ("python pypy3.10-7.3.12 3.9\n", ["1:8 on pypy"]),
    ("python 3.14.0t\n", ["1:8 python ==3.14.0 exact", "1:8 on free-threaded"]),
]

CASES = [
    *((workflow, text, expected) for text, expected in WORKFLOW),
    *((serverless, text, expected) for text, expected in SERVERLESS),
    *((env_file, text, expected) for text, expected in ENV),
    *((python_version, text, expected) for text, expected in PYTHON_VERSION),
    *((runtime_txt, text, expected) for text, expected in RUNTIME),
    *((tool_versions, text, expected) for text, expected in TOOLS),
]


@pytest.mark.parametrize("module, text, expected", CASES)
def test_reads_the_hints(module: ModuleType, text: str, expected: list[str]) -> None:
    manifest = read(module, text)

    assert shown(manifest) == expected
    assert_lawful(manifest)


MATRIX_OF_TWO = """\
jobs:
  t:
    strategy:
      matrix:
        os: [ubuntu-latest, windows-latest]
        py: ['3.12', '3.13']
{more}
    runs-on: ${{{{ matrix.os }}}}
    steps:
    - uses: actions/setup-python@v5
      with: {{python-version: '${{{{ matrix.py }}}}'}}
"""
ONLY_INCLUDES = """\
jobs:
  t:
    strategy: {matrix: {include: [{os: ubuntu-latest, py: '3.13'}, {os: windows-latest, py: '3.12'}]}}
    runs-on: ${{ matrix.os }}
    steps:
    - {uses: actions/setup-python@v5, with: {python-version: '${{ matrix.py }}'}}
"""
TWO_JOBS = """\
jobs:
  a:
    runs-on: ubuntu-latest
    steps: [{uses: actions/setup-python@v5, with: {python-version: '3.13'}}]
  b:
    runs-on: windows-latest
    steps: [{uses: actions/setup-python@v5, with: {python-version: '3.12'}}]
"""
LINUX, WINDOWS = "manylinux-x86_64", "win-amd64"


@pytest.mark.parametrize(
    "text, pairs",
    [
        (MATRIX_OF_TWO.format(more=""), {LINUX: "3.12 3.13", WINDOWS: "3.12 3.13"}),
        (
            MATRIX_OF_TWO.format(more="        exclude: [{os: windows-latest, py: '3.13'}]"),
            {LINUX: "3.12 3.13", WINDOWS: "3.12"},
        ),
        (MATRIX_OF_TWO.format(more="        exclude: [{py: '3.13'}]"), {LINUX: "3.12", WINDOWS: "3.12"}),
        (MATRIX_OF_TWO.format(more="        exclude: [{os: windows-latest}, {py: '3.12'}]"), {LINUX: "3.13"}),
        (
            MATRIX_OF_TWO.format(more="        include: [{os: windows-latest, py: '3.11'}]"),
            {LINUX: "3.12 3.13", WINDOWS: "3.12 3.13 3.11"},
        ),
        (
            MATRIX_OF_TWO.format(more="        include: [{os: windows-latest, py: '3.12', fast: true}, {cold: true}]"),
            {LINUX: "3.12 3.13", WINDOWS: "3.12 3.13"},
        ),
        (ONLY_INCLUDES, {LINUX: "3.13", WINDOWS: "3.12"}),
        (TWO_JOBS, {LINUX: "3.13", WINDOWS: "3.12"}),
    ],
)
def test_a_runner_is_paired_with_the_pythons_of_its_runs(text: str, pairs: dict[str, str]) -> None:
    found: dict[str, list[str]] = {}
    for platform in read(workflow, text).platforms:
        found.setdefault(platform.token, []).extend(each[2:-2] for each in platform.pythons)

    assert {token: " ".join(dict.fromkeys(pythons)) for token, pythons in found.items()} == pairs


def test_a_python_that_every_run_leaves_out_is_not_set_up() -> None:
    text = MATRIX_OF_TWO.format(more="        exclude: [{py: '3.13'}]")

    assert [each.written for each in read(workflow, text).pythons] == ["3.12"]


@pytest.mark.parametrize(
    "label, platform",
    [
        ("ubuntu-latest", "manylinux-x86_64 "),
        ("ubuntu-24.04-arm", "manylinux-aarch64 "),
        ("windows-2022", "win-amd64 "),
        ("windows-11-arm", "win-arm64 "),
        ("macos-latest", "macos-arm64 "),
        ("macos-13", "macos-x86_64 13"),
        ("macos-13-xlarge", "macos-arm64 13"),
        ("macos-14", "macos-arm64 14"),
        ("macos-14-large", "macos-x86_64 14"),
        ("macos-15-intel", "macos-x86_64 15"),
        ("self-hosted", ""),
        ("ubuntu-${{ x }}", ""),
    ],
)
def test_the_label_of_a_runner_tells_its_platform(label: str, platform: str) -> None:
    found = runner_platform(label, Span(0, 1))

    assert (f"{found.token} {found.version}" if found else "") == platform


@given(
    module=st.sampled_from([workflow, serverless, env_file, python_version, runtime_txt, tool_versions]),
    text=st.one_of(
        st.text(),
        st.lists(
            st.sampled_from(
                [
                    "jobs:\n",
                    "  t:\n",
                    "    ",
                    "steps:",
                    "- ",
                    "uses: actions/setup-python@v5\n",
                    "with:",
                    "python-version:",
                    "3.8",
                    "|",
                    "\n",
                    " ",
                    "A=1",
                    "'",
                    "python ",
                    "provider:",
                    "[",
                    "]",
                    "{",
                    "}",
                    "matrix",
                    "${{ matrix.x }}",
                ]
            ),
            max_size=25,
        ).map("".join),
    ),
)
@settings(deadline=None, max_examples=400)
def test_nothing_raises(module: ModuleType, text: str) -> None:
    assert_lawful(read(module, text))
