"""What files say of single environments: stages, services, jobs, hooks, and environments of tox and Hatch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ddlint.inputs import compose, dockerfile, hatch_toml, pre_commit_config, pyproject, tox_ini, workflow
from tests.inputs.shown import assert_lawful, described, read

if TYPE_CHECKING:
    from types import ModuleType

DOCKERFILES = [
    ("", []),
    ("RUN pip install -r a.txt\n", []),
    (
        "FROM python:3.12 AS base\nENV A=1\nRUN pip install -r a.txt\nFROM base AS dev\nENV B=2\nRUN pip install -r b.txt x==1\nFROM base\nCMD ddtrace-run app\n",
        [
            "1:6 image base",
            "  3:20 pip file a.txt",
            "  python ==3.12.*",
            "  on manylinux-x86_64",
            "  set A=1",
            "4:6 image dev",
            "  6:26 x ==1",
            "  3:20 pip file a.txt",
            "  6:20 pip file b.txt",
            "  python ==3.12.*",
            "  on manylinux-x86_64",
            "  set A=1",
            "  set B=2",
            "7:6 image 2 final",
            "  3:20 pip file a.txt",
            "  python ==3.12.*",
            "  on manylinux-x86_64",
            "  set A=1",
            "  runs ddtrace-run app",
        ],
    ),
    (
        'FROM x AS a\nCOPY --chown=u a.txt b/ /app/\nCOPY ["c d", "/e"]\nRUN --mount=type=bind,source=uv.lock,target=uv.lock uv sync\nFROM y\nCOPY --from=a /app /app\nCOPY --from=0 /b /b\nCOPY --from=other:1 / /\nENTRYPOINT ["ddtrace-run", "a b"]\n',
        [
            "1:6 image a copies a.txt to /app/ copies b/ to /app/ copies c d to /e copies uv.lock to uv.lock",
            "  4:53 uv project . with its lock group:dev",
            "5:6 image 1 final from stage a",
            "  runs ddtrace-run a b",
        ],
    ),
    (
        "FROM x\nWORKDIR /app\nRUN pip install -r a.txt\nWORKDIR api\nRUN pip install -r a.txt && cd ../lib && pip install .\n",
        ["1:6 image 0 final", "  3:20 pip file a.txt", "  5:20 pip file api/a.txt", "  5:54 pip project lib"],
    ),
    ("FROM x AS a\nFROM y AS a\nFROM A\n", ["1:6 image a", "2:6 image 1", "3:6 image 2 final"]),
    (
        "FROM x\nCMD a\nFROM 0\nCMD b\nENTRYPOINT c\n",
        ["1:6 image 0", "  runs a", "3:6 image 1 final", "  runs c"],
    ),
    ("FROM node:20\nENV A=1\n", ["1:6 image 0 final"]),
    (
        "FROM ubuntu:16.04\nRUN apt-get update && apt-get install -y --no-install-recommends python python-pip\n",
        ["1:6 image 0 final", "  python ==2.7.*", "  on manylinux-x86_64"],
    ),
    (
        "FROM registry.example/library/debian:bookworm-slim\nRUN apt-get install -y python3 python3-pip\n",
        ["1:6 image 0 final", "  python ==3.11.*", "  on manylinux-x86_64"],
    ),
    (
        "FROM alpine:3.18.4\nRUN apk add --no-cache python3 py3-pip\n",
        ["1:6 image 0 final", "  python ==3.11.*", "  on musllinux-x86_64"],
    ),
    (
        "FROM ubuntu:22.04\nRUN apt install python3.9-dev\n",
        ["1:6 image 0 final", "  python ==3.9.*", "  on manylinux-x86_64"],
    ),
    ("FROM ubuntu:22.04\nRUN apt-get install python\n", ["1:6 image 0 final"]),
    ("FROM ubuntu:22.04\nRUN apt-get remove python3 && echo apt-get install python3\n", ["1:6 image 0 final"]),
    ("FROM ubuntu\nRUN apt-get install python3\n", ["1:6 image 0 final"]),
    (
        "FROM python:3.12\nRUN apt-get install -y python3-dev python3\n",
        ["1:6 image 0 final", "  python ==3.12.*", "  on manylinux-x86_64"],
    ),
]
SERVICES = [
    ("services: {}\n", []),
    (
        "services:\n  web:\n    build: ./api\n    command: ddtrace-run  app\n    environment: {A: b}\n    env_file: .env\n",
        ["2:3 service web context=./api env_file=.env", "  set A=b", "  runs ddtrace-run app"],
    ),
    (
        "services:\n  web:\n    build: {context: ., dockerfile: d/Dockerfile, target: prod}\n    image: shop:1\n    command: [ddtrace-run, app]\n    env_file: [a.env, {path: b.env, required: false}]\n",
        [
            "2:3 service web context=. dockerfile=d/Dockerfile target=prod env_file=a.env env_file=b.env",
            "  runs ddtrace-run app",
        ],
    ),
    ("services:\n  web: {build: {dockerfile: D}}\n", ["2:3 service web context=. dockerfile=D"]),
    ("services:\n  web: {build: '${DIR:-api}', image: $X}\n", ["2:3 service web context=api"]),
    (
        "services:\n  web: {image: 'python:3.9'}\n  agent: {image: 'datadog/agent:7', environment: {A: b}}\n",
        [
            "2:3 service web image=python:3.9",
            "  python ==3.9.*",
            "  on manylinux-x86_64",
            "3:3 service agent image=datadog/agent:7",
        ],
    ),
    (
        "services:\n  base: {build: ., environment: {A: 1, B: 1}}\n  web:\n    extends: {service: base}\n    environment: {B: 2}\n",
        ["2:3 service base context=.", "  set A=1", "  set B=1", "3:3 service web context=.", "  set A=1", "  set B=2"],
    ),
]
JOBS = [
    ("on: push\n", []),
    (
        "env: {A: b}\ndefaults: {run: {working-directory: api}}\njobs:\n  test:\n    strategy: {matrix: {p: ['3.9', '3.10']}}\n    runs-on: ubuntu-24.04\n    steps:\n    - uses: actions/setup-python@v5\n      with: {python-version: '${{ matrix.p }}'}\n    - run: |\n        pip install -r a.txt x==1\n        pip install ../lib\n    - run: uv sync\n      working-directory: other\n",
        [
            "4:3 job test",
            "  11:30 x ==1",
            "  11:24 pip file api/a.txt",
            "  12:21 pip project lib",
            "  13:12 uv project other with its lock group:dev",
            "  python ==3.9.*",
            "  python ==3.10.*",
            "  on manylinux-x86_64",
            "  set A=b",
        ],
    ),
    (
        "jobs:\n  lint:\n    container: python:3.11\n    steps: [{run: tox -e lint}]\n  notes:\n    steps: [{run: make}]\n",
        [
            "2:3 job lint",
            "  4:19 tox project . env:lint",
            "  python ==3.11.*",
            "  on manylinux-x86_64",
            "5:3 job notes",
        ],
    ),
]
HOOKS = [
    (
        "repos:\n- hooks:\n  - {id: mypy, additional_dependencies: [a==1, b]}\n  - {id: ruff}\n  - {id: mypy, additional_dependencies: [c]}\n",
        ["3:10 hook mypy", "  3:42 a ==1 @env:pre-commit:mypy", "  3:48 b @env:pre-commit:mypy", "5:10 hook mypy (1)", "  5:42 c @env:pre-commit:mypy"],
    ),
]  # fmt: skip
TOX = [
    ("[tox]\n", []),
    ("[testenv]\ndeps = a\n", ["2:8 tox py", "  2:8 a", "  2:8 pip project ."]),
    (
        "[tox]\nenvlist = py{38,39}-a{1,2}\nskipsdist = true\n[testenv]\ndeps =\n    a1: a~=1.0\n    a2: a~=2.0\n    !py38: b\n",
        [
            "2:11 tox py38-a1",
            "  6:9 a ~=1.0",
            "  python ==3.8.*",
            "2:11 tox py38-a2",
            "  7:9 a ~=2.0",
            "  python ==3.8.*",
            "2:11 tox py39-a1",
            "  6:9 a ~=1.0",
            "  8:12 b",
            "  python ==3.9.*",
            "2:11 tox py39-a2",
            "  7:9 a ~=2.0",
            "  8:12 b",
            "  python ==3.9.*",
        ],
    ),
    (
        "[tox]\nenv_list = docs\n[base]\ndeps = x\n    -c c.txt\n[testenv]\nextras = web\nset_env = A = b\n    C={env:D}\n[testenv:docs]\nbase_python = python3.12\nskip_install = true\ndeps = {[base]deps}\n    -r{toxinidir}/docs.txt\n    -e .[docs]\ncommands = pip install -r late.txt\n",
        [
            "2:12 tox docs",
            "  4:8 x",
            "  15:5 pip project . extra:docs",
            "  5:8 pip constraint c.txt",
            "  14:7 pip file docs.txt",
            "  16:27 pip file late.txt",
            "  python ==3.12.*",
            "  set A=b",
            "  set C=None",
            "  runs pip install -r late.txt",
        ],
    ),
    (
        "[tox]\nno_package = yes\nenvlist = py3{9-10}, pypy39\n[testenv]\ndeps = a\n",
        [
            "3:11 tox py39", "  5:8 a", "  python ==3.9.*",
            "3:11 tox py310", "  5:8 a", "  python ==3.10.*",
            "3:11 tox pypy39", "  5:8 a", "  on pypy",
        ],
    ),
    (
        "[testenv:{a,b}]\nskip_install = true\ndeps = x\ndependency_groups = docs\n",
        [
            "2:16 tox a", "  3:8 x", "  2:16 tox file pyproject.toml group:docs",
            "2:16 tox b", "  3:8 x", "  2:16 tox file pyproject.toml group:docs",
        ],
    ),
    ("[testenv:a]\nno_package = true\ndeps = {[testenv:a]deps}\n", ["2:14 tox a"]),
]  # fmt: skip
HATCH = [
    ("[envs]\n", []),
    (
        '[envs.default]\ndependencies = ["a"]\nfeatures = ["web"]\nenv-vars = {A = "b"}\n[envs.docs]\ndetached = true\npython = "3.12"\ndependencies = ["m"]\n',
        [
            "1:7 hatch default", "  2:18 a", "  1:7 hatch project . extra:web", "  set A=b",
            "5:7 hatch docs", "  8:18 m", "  python ==3.12.*", "  set A=b",
        ],
    ),
    (
        '[envs.t]\n[[envs.t.matrix]]\nd = ["4", "5"]\npython = ["39"]\n[envs.t.overrides]\nmatrix.d.dependencies = [{value = "d~=4.0", if = ["4"]}, "x"]\n',
        [
            "1:7 hatch t.py39-4", "  6:36 d ~=4.0", "  6:59 x", "  1:7 hatch project .", "  python ==3.9.*",
            "1:7 hatch t.py39-5", "  6:59 x", "  1:7 hatch project .", "  python ==3.9.*",
        ],
    ),
]  # fmt: skip
CASES = [
    *((dockerfile, *case) for case in DOCKERFILES),
    *((compose, *case) for case in SERVICES),
    *((workflow, *case) for case in JOBS),
    *((pre_commit_config, *case) for case in HOOKS),
    *((tox_ini, *case) for case in TOX),
    *((hatch_toml, *case) for case in HATCH),
]


@pytest.mark.parametrize("module, text, expected", CASES)
def test_what_a_file_says_of_its_environments(module: ModuleType, text: str, expected: list[str]) -> None:
    manifest = read(module, text)

    assert described(manifest) == expected
    assert_lawful(manifest)


def test_hatch_in_a_pyproject() -> None:
    manifest = read(pyproject, "[tool.hatch.envs.a]\n")

    assert described(manifest) == ["1:18 hatch a", "  1:18 hatch project ."]
