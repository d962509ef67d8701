from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddlint.inputs import dockerfile
from tests.inputs.shown import assert_lawful, read, shown

STAGES = [
    ("", []),
    ("# only\n", []),
    (
        "FROM --platform=$BUILDPLATFORM docker.example/library/python:3.9.18-slim-bookworm@sha256:ab AS b\n",
        [
            "1:62 python ==3.9.18 exact",
            "1:32 on manylinux-x86_64",
            "1:32 image docker.example/library/python:3.9.18-slim-bookworm",
        ],
    ),
    (
        "ARG PY=3.8\nFROM python:${PY}\n",
        ["1:8 python ==3.8.* exact", "2:6 on manylinux-x86_64", "2:6 image python:3.8"],
    ),
    ("FROM python\n", ["1:6 image python:"]),
    ("FROM registry.example/python:2024.8\n", ["1:6 image registry.example/python:2024.8"]),
    ("FROM registry.example/python:1.4.0\n", ["1:6 image registry.example/python:1.4.0"]),
    ("FROM node:20 AS a\nENV A=1\nFROM a\nENV B=2\n", ["1:6 image node:20"]),
    ("FROM node:20\nENV UV_THREADPOOL_SIZE=8\nRUN npm run pipeline\n", ["1:6 image node:20"]),
    ("FROM node:20\nENV A=1\nRUN apt-get install -y python3\n", ["2:7 set A=1", "1:6 image node:20"]),
    ("FROM node:20 AS a\nFROM debian:12\nENV A=1\n", ["3:7 set A=1", "1:6 image node:20", "2:6 image debian:12"]),
    ("FROM python:3-alpine\n", ["1:6 image python:3-alpine"]),
    ("ARG V\nFROM python:$V\n", []),
    (
        "FROM python:${V:-3.11}\n",
        ["1:6 python ==3.11.* exact", "1:6 on manylinux-x86_64", "1:6 image python:3.11"],
    ),
    (
        "FROM python:3.8 AS build\nRUN pip install a==1\nFROM python:3.12-alpine3.19\nRUN pip install b==2\n",
        [
            "2:17 a ==1",
            "4:17 b ==2",
            "3:13 python ==3.12.* exact",
            "3:6 on musllinux-x86_64 1.2",
            "1:6 image python:3.8",
            "3:6 image python:3.12-alpine3.19",
        ],
    ),
    (
        "FROM python:3.8-alpine3.12 AS Base\nENV A=1\nFROM base\nENV B=2\n",
        [
            "1:13 python ==3.8.* exact",
            "2:7 set A=1",
            "4:7 set B=2",
            "1:6 on musllinux-x86_64 1.1",
            "1:6 image python:3.8-alpine3.12",
        ],
    ),
    ("FROM python:3.8\nFROM scratch\nCOPY --from=0 / /\n", ["1:6 image python:3.8", "2:6 image scratch:"]),
    ("FROM python:3.8\nFROM 0\n", ["1:13 python ==3.8.* exact", "1:6 on manylinux-x86_64", "1:6 image python:3.8"]),
    (
        "FROM --platform=linux/arm64/v8 python:3.13\n",
        ["1:39 python ==3.13.* exact", "1:32 on manylinux-aarch64", "1:32 image python:3.13"],
    ),
    ("FROM i386/python:3.9\n", ["1:18 python ==3.9.* exact", "1:6 on manylinux-i686", "1:6 image i386/python:3.9"]),
    (
        "FROM python:3.13-windowsservercore\n",
        ["1:13 python ==3.13.* exact", "1:6 on win-amd64", "1:6 image python:3.13-windowsservercore"],
    ),
    ("FROM python:3.14.0rc1\n", ["1:6 image python:3.14.0rc1"]),
    (
        "FROM ghcr.io/x/uv:0.5-python3.12-alpine\n",
        ["1:29 python ==3.12.* exact", "1:6 on musllinux-x86_64", "1:6 image ghcr.io/x/uv:0.5-python3.12-alpine"],
    ),
    (
        "FROM registry:5000/x/python:3.10\n",
        ["1:29 python ==3.10.* exact", "1:6 on manylinux-x86_64", "1:6 image registry:5000/x/python:3.10"],
    ),
    (
        "FROM x/devcontainers/python:1-3.11-bullseye\n",
        ["1:31 python ==3.11.* exact", "1:6 on manylinux-x86_64", "1:6 image x/devcontainers/python:1-3.11-bullseye"],
    ),
    ("FROM x/agent:7.20.0\n", ["1:6 image x/agent:7.20.0"]),
    ("from {{ image }}\nFROM <x>\n", []),
    (
        "# escape=`\nFROM python:3.7 `\n AS x\n",
        ["2:13 python ==3.7.* exact", "2:6 on manylinux-x86_64", "2:6 image python:3.7"],
    ),
]

SETTINGS = [
    (
        'FROM x\nENV A=1 B="a b" \\\n  # comment\n  C=$A\nENV OLD some value\nENV A=2 D=$UNSET\n',
        ["2:12 set B=a b", "4:5 set C=1", "5:9 set OLD=some value", "6:7 set A=2", "6:11 set D=None", "1:6 image x:"],
    ),
    ("ENV A=1\n", []),
    ("FROM x\nARG A=1\nENV B=$A C=${A:-2}\n", ["3:7 set B=1", "3:12 set C=1", "1:6 image x:"]),
    ("ARG A=1\nFROM x\nENV B=$A\nARG A\nENV C=$A\n", ["3:7 set B=None", "5:7 set C=1", "2:6 image x:"]),
    ("FROM x\nENV A='\n", ["1:6 image x:"]),
]

INSTALLS = [
    ("RUN pip install a==1 'b>=1' \"c[x]\" d>=2\n", ["1:17 a ==1", "1:23 b >=1", "1:30 c [x]", "1:36 d"]),
    ("RUN pip install \\\n    # why\n    a==1 \\\n\n    b\n", ["3:5 a ==1", "5:5 b"]),
    ("RUN apt-get update && pip3 install -U a ; x | python3 -m pip install b&&c\n", ["1:39 a", "1:70 b"]),
    ("RUN pip install -r requirements.txt -c c.txt . ./x https://example.invalid/x.whl a\n", ["1:82 a"]),
    ("RUN pip install requirements.txt a\n", ["1:34 a"]),
    ("RUN pip wheel -w wheels -r requirements.txt . a\n", ["1:47 a"]),
    ("RUN uv pip install --system a && uv add b && uv sync\n", ["1:29 a"]),
    ("RUN pip install --index-url https://u:p@index.example/simple -t /x --no-cache-dir a\n", ["1:83 a"]),
    ("RUN --mount=type=cache,target=/x pip install a\n", ["1:46 a"]),
    ('RUN ["pip", "install", "a==1", "b"]\n', ["1:25 a ==1", "1:33 b"]),
    ("RUN <<EOF\npip install a==1\n  uv pip install b\nEOF\nRUN pip install c\n", ["2:13 a ==1", "3:18 b", "5:17 c"]),
    ("ARG V=1\nFROM x\nARG V\nRUN pip install a==${V} b==$NO\n", ["4:17 a ==1", "4:25 b unknown", "2:6 image x:"]),
    ('RUN echo "pip install a" # pip install b\nRUN if true; then pip install c; fi\n', ["2:31 c"]),
    ("RUN pip uninstall a && pip download b && pipx install c && apk add py3-pip\n", []),
    ("RUN pip install a=1 é 'x y'\n", []),
    ("RUN pip install", []),
]


@pytest.mark.parametrize("text, expected", [*STAGES, *SETTINGS, *INSTALLS])
def test_reads_what_runs(text: str, expected: list[str]) -> None:
    manifest = read(dockerfile, text)

    assert shown(manifest) == expected
    assert_lawful(manifest)


@pytest.mark.parametrize("text, expected", [*STAGES, *SETTINGS, *INSTALLS])
def test_line_ends_change_nothing(text: str, expected: list[str]) -> None:
    assert shown(read(dockerfile, text.replace("\n", "\r\n"))) == expected


def test_an_instruction_that_nobody_wrote_is_told_and_the_rest_is_read() -> None:
    text = "FROM python:3.9\nRUN pip install " + "a " * 130_000 + "\nRUN pip install b\n"

    manifest = read(dockerfile, text)

    assert [problem.message for problem in manifest.problems] == [
        "this instruction has more than 250,000 characters and is not read"
    ]
    assert [manifest.source.slice(problem.at) for problem in manifest.problems] == ["p"]
    assert [dependency.name for dependency in manifest.dependencies] == ["b"]


def test_comments_about_ddlint() -> None:
    manifest = read(dockerfile, "# ddlint: file-ignore[DD2]\nFROM x\nRUN pip install a # ddlint: ignore[DD3]\n")

    assert [manifest.source.slice(span) for span in manifest.comments] == [
        "# ddlint: file-ignore[DD2]",
        "# ddlint: ignore[DD3]",
    ]


@pytest.mark.slow  # it measures time
@pytest.mark.parametrize(
    "text",
    [
        "FROM a\n" * 20_000,
        "RUN " + "pip install a " * 20_000,
        'RUN ["' + "[" * 100_000,
        "RUN pip install " + "'" * 100_001,
        "FROM " + "a:" * 50_000,
        "ENV A=" + "$A" * 50_000,
        "FROM x\nENV A=aaaaaaaaaa\n" + "ENV A=$A$A$A$A\n" * 200,
        "RUN <<A <<B <<C\n" * 10_000,
        "\\\n" * 100_000,
    ],
)
def test_nothing_takes_long(text: str) -> None:
    start = time.perf_counter()
    read(dockerfile, text)

    assert time.perf_counter() - start < 4


@given(
    text=st.one_of(
        st.text(),
        st.lists(
            st.sampled_from(
                [
                    "FROM ",
                    "python:3.8",
                    "RUN ",
                    "pip install ",
                    "ENV ",
                    "ARG ",
                    "A=1",
                    "$A",
                    "${A:-x}",
                    "\\\n",
                    "\n",
                    " ",
                    "'",
                    '"',
                    "#",
                    "<<E",
                    "E",
                    "[",
                    "é",
                    "&&",
                ]
            ),
            max_size=25,
        ).map("".join),
    )
)
@settings(deadline=None, max_examples=300)
def test_nothing_raises(text: str) -> None:
    assert_lawful(read(dockerfile, text))
