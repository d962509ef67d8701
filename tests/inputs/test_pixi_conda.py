"""pixi.toml, pixi.lock and conda-lock.yml."""

from __future__ import annotations

import time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ddlint.core.source import Source
from ddlint.inputs import conda_lock, pixi_lock, pixi_toml, pyproject
from ddlint.inputs.common.conda_lock import platform_condition
from ddlint.inputs.syntax.yaml_lock import read_any_list, scan_list
from tests.inputs.shown import read, shown

PIXI = """\
[workspace]
platforms = ["linux-64", "win-64"]
[dependencies]
python = ">=3.11,<3.13"
numpy = "1.26.*"
any = "*"
fuzzy = "==1.2|1.3"
x = { version = ">=1", channel = "conda-forge" }
odd = "1.2.*a"
place = { git = "https://git.example/x" }
[pypi-dependencies]
Flask = ">=2"
requests = { version = ">=2", extras = ["Socks_x"] }
own = { path = ".", editable = true }
bad = "^1"
some = { index = "x" }
[host-dependencies]
setuptools = ">=60"
[target.win-64.dependencies]
pywin32 = ">=300"
[target.unix.pypi-dependencies]
uvloop = "*"
[feature.Test_x.dependencies]
python = "3.11.*"
pytest = ">=8"
[feature.Test_x.target.osx-arm64.pypi-dependencies]
y = "1.0"
[pypi-options.dependency-overrides]
numpy = ">=2"
[feature.z.dependencies]
number = 1
"""
PIXI_SHOWN = [
    "5:10 numpy ==1.26.*",
    "6:8 any",
    "7:10 fuzzy ==1.2 || ==1.3",
    "8:18 x >=1",
    "9:8 odd unknown",
    "10:9 place unknown",
    "12:10 flask >=2",
    "13:25 requests >=2 [socks-x]",
    "14:7 own unknown",
    "16:8 some",
    "18:15 setuptools >=60 @build",
    "20:12 pywin32 >=300 ; sys_platform == 'win32' and platform_machine == 'AMD64'",
    "22:11 uvloop ; sys_platform != 'win32'",
    "25:11 pytest >=8 @group:test-x",
    "27:6 y ==1.0 ; sys_platform == 'darwin' and platform_machine == 'arm64' @group:test-x",
    "29:10 numpy >=2",
    "4:11 python >=3.11,<3.13",
    "15:8 DD003 ^",
    "31:10 DD003 1",
]


def test_a_pixi_toml() -> None:
    assert shown(read(pixi_toml, PIXI)) == PIXI_SHOWN


def test_a_section_of_pyproject() -> None:
    text = "\n".join(f"[tool.pixi.{line[1:]}" if line.startswith("[") else line for line in PIXI.split("\n"))

    assert shown(read(pyproject, text)) == PIXI_SHOWN


def test_a_broken_pixi_toml_is_one_problem() -> None:
    assert [problem.code for problem in read(pixi_toml, "[dependencies\n").problems] == ["DD002"]


@pytest.mark.parametrize(
    "platform, expected",
    [
        ("linux-64", "sys_platform == 'linux' and platform_machine == 'x86_64'"),
        ("win", "sys_platform == 'win32'"),
        ("unix", "sys_platform != 'win32'"),
        ("zos-z", ""),
        ("", ""),
    ],
)
def test_the_marker_of_a_platform(platform: str, expected: str) -> None:
    assert platform_condition(platform) == expected


PIXI_LOCK = """\
version: 6
environments:
  default:
    channels:
    - url: https://conda.example/conda-forge/
    packages:
      linux-64:
      - conda: https://conda.example/conda-forge/linux-64/numpy-2.4.1-py312h33ff503_0.conda
      osx-arm64:
      - conda: https://conda.example/conda-forge/osx-arm64/numpy-2.4.1-py312h33ff503_0.conda
packages:
- conda: https://conda.example/conda-forge/linux-64/numpy-2.4.1-py312h33ff503_0.conda
  build_number: 0
  sha256: 0123
  depends:
  - __glibc >=2.17,<3.0.a0
  - python >=3.12,<3.13.0a0
  - libblas >=3.9.0,<4.0a0
  constrains:
  - numpy-base <0a0
  license: BSD-3-Clause
  purls:
  - pkg:pypi/numpy?source=hash-mapping
  size: 8757569
- conda: https://conda.example/conda-forge/osx-arm64/numpy-2.4.1-py312h33ff503_0.conda
  depends:
  - python >=3.12,<3.13.0a0
- conda: https://conda.example/conda-forge/linux-64/redis-7.2.4-h1_0.conda
  depends: []
- conda: https://conda.example/conda-forge/noarch/msgpack-python-1.1.0-py312_0.tar.bz2
  depends:
  - python >=3.10
  purls:
  - pkg:pypi/msgpack?source=hash-mapping
- conda: https://conda.example/conda-forge/linux-64/psutil-7.2.2-py312_0.conda
  depends:
  - python_abi 3.12.* *_cp312
- conda: https://conda.example/conda-forge/linux-64/python-3.12.12-hd63d673_2_cpython.conda
  depends:
  - __glibc >=2.17,<3.0.a0
- pypi: https://files.example/flask-3.0.0-py3-none-any.whl
  name: Flask
  version: 3.0.0
  requires_dist:
  - werkzeug>=3.0.0
  - asgiref>=3.2 ; extra == 'async'
  requires_python: '>=3.8'
- pypi: git+https://git.example/x?rev=1
  name: x
  version: '1.0'
- pypi: ./
  name: own
  version: 0.1.0
  editable: true
"""
PIXI_LOCK_SHOWN = [
    "12:59 numpy ==2.4.1",
    "30:66 msgpack ==1.1.0",
    "35:60 psutil ==7.2.2 ; sys_platform == 'linux' and platform_machine == 'x86_64'",
    "43:12 flask ==3.0.0",
    "50:13 x ==1.0 unknown",
    "38:60 python ==3.12.12 exact",
]
OLD_PIXI_LOCK = """\
version: 5
packages:
- kind: conda
  name: numpy
  version: 1.26.4
  build: py312_0
  subdir: linux-64
  url: https://conda.example/conda-forge/linux-64/numpy-1.26.4-py312_0.conda
  depends:
  - python >=3.12
- kind: pypi
  name: flask
  version: 3.0.0
  url: https://files.example/flask-3.0.0-py3-none-any.whl
- kind: pypi
  name: own
  version: 0.1.0
  path: .
"""
CONDA_LOCK = """\
# made by a tool
version: 1
metadata:
  content_hash:
    linux-64: '0123'
  channels:
  - url: conda-forge
    used_env_vars: []
  platforms:
  - linux-64
  - osx-64
package:
- name: _libgcc_mutex
  version: '0.1'
  manager: conda
  platform: linux-64
  dependencies: {}
  url: https://conda.example/linux-64/_libgcc_mutex-0.1-conda_forge.tar.bz2
  hash:
    md5: d7c8
    sha256: fe51
  category: main
  optional: false
- name: esmpy
  version: 8.8.0
  manager: conda
  platform: linux-64
  dependencies:
    esmf: 8.8.0.*
    numpy: '>=1.19,<3'
    python: '>=3.9'
  category: main
  optional: false
- name: esmpy
  version: 8.8.0
  manager: conda
  platform: osx-64
  dependencies:
    python: '>=3.9'
  category: main
  optional: false
- name: flask
  version: 3.0.0
  manager: pip
  platform: osx-64
  dependencies: {}
  category: My_dev
  optional: true
- name: python
  version: 3.12.1
  manager: conda
  platform: linux-64
  dependencies:
    bzip2: '>=1.0.8,<2.0a0'
  category: main
  optional: false
"""
CONDA_LOCK_SHOWN = [
    "25:12 esmpy ==8.8.0",
    "43:12 flask ==3.0.0 ; sys_platform == 'darwin' and platform_machine == 'x86_64' @group:my-dev",
    "50:12 python ==3.12.1 exact",
]


@pytest.mark.parametrize("end", ["", "# ddlint: ignore[DD301] so that it is read slowly\n"], ids=["fast", "slow"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_locks(end: str, line_end: str) -> None:
    texts = [(text + end).replace("\n", line_end) for text in (PIXI_LOCK, CONDA_LOCK)]

    assert shown(read(pixi_lock, texts[0])) == PIXI_LOCK_SHOWN
    assert shown(read(conda_lock, texts[1])) == CONDA_LOCK_SHOWN
    assert len(read(conda_lock, texts[1]).comments) == bool(end)


def test_an_old_pixi_lock() -> None:
    assert shown(read(pixi_lock, OLD_PIXI_LOCK)) == ["5:12 numpy ==1.26.4", "13:12 flask ==3.0.0"]


def test_the_edges_of_an_entry() -> None:
    found = {one.name: one.requires for one in read(pixi_lock, PIXI_LOCK).dependencies}
    found |= {one.name: one.requires for one in read(conda_lock, CONDA_LOCK).dependencies[:1]}

    assert [found[name] for name in sorted(found)] == [("esmf", "numpy"), ("werkzeug",), (), ("libblas",), (), ()]


@pytest.mark.parametrize(
    "text",
    [
        "package:\n- name: a\n  version: |\n    1\n",
        "package: [{name: a, version: '1'}]\n",
        "package:\n- {name: a, version: '1'}\n",
        "package:\n- name: &x a\n  version: '1'\n",
        'package:\n- name: a\n  version: "\\x31"\n',
        "package:\n- name: a\n\t version: 1\n",
        "package:\n- name: a # c\n  version: 1\n",
        "package:\n- name: a\n  url: x\n   y\n",
        "<<<<<<< HEAD\npackage:\n- name: a\n",
        "package:\n- name: 'a\n",
    ],
)
def test_what_is_not_known_is_read_slowly(text: str) -> None:
    assert scan_list(text, "package", conda_lock.WANTED) is None


def test_a_lock_with_more_packages_than_any_tool_writes_is_read_as_far_as_memory_allows() -> None:
    text = "package:\n" + "".join(f"- name: a{number}\n  version: '1'\n" for number in range(40_000))

    manifest = read(conda_lock, text)

    assert scan_list(text, "package", conda_lock.WANTED) is None
    assert [problem.message for problem in manifest.problems] == [
        "reading stops here: the file has more than 50,000 values"
    ]


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "version: 1\n", "package:\n", "package: 3\n", "package:\n- 1\n- [a]\n"]
)
def test_a_lock_of_another_shape_says_nothing(text: str) -> None:
    assert shown(read(conda_lock, text)) == []


@pytest.mark.parametrize("text", ["package:\n- name: 'a\n", "package: [\n", "a: b: c\n"])
def test_a_broken_lock_is_one_problem(text: str) -> None:
    assert [problem.code for problem in read(conda_lock, text).problems] == ["DD002"]


WANTED = conda_lock.WANTED | pixi_lock.WANTED


@st.composite
def _changed(draw: st.DrawFn) -> tuple[str, str]:
    text, key = draw(st.sampled_from([(PIXI_LOCK, "packages"), (CONDA_LOCK, "package"), (OLD_PIXI_LOCK, "packages")]))
    lines = text.split("\n")
    for _ in range(draw(st.integers(1, 3))):
        at, other = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(["double", "drop", "swap", "glue"])):
            case "double":
                lines.insert(other, lines[at])
            case "drop" if len(lines) > 1:
                del lines[at]
            case "swap":
                lines[at], lines[other] = lines[other], lines[at]
            case _:
                lines[at] += draw(st.sampled_from([" # x", "'", '"', ":", " |", " x", "''", "#", ": y"]))
    return "\n".join(lines), key


@given(_changed())
@settings(deadline=None, max_examples=150)
def test_law_what_is_read_fast_is_read_alike(case: tuple[str, str]) -> None:
    text, key = case
    fast = scan_list(text, key, WANTED)
    try:
        values = yaml.load(text, yaml.BaseLoader)
    except yaml.YAMLError:
        return  # the fast reader does not look at what holds the lines together
    if fast is not None and isinstance(values, dict):
        slow = read_any_list(Source("/p/x.lock", text), key, WANTED)
        for fields in ("version", "name", "url"):
            assert [one.fields.get(fields) for one in fast] == [one.fields.get(fields) for one in slow.packages]


@given(
    st.sampled_from([PIXI_LOCK, CONDA_LOCK]),
    st.integers(0, 2000),
    st.integers(0, 9),
    st.sampled_from(["", "'", "{", "\n", "- "]),
)
@settings(deadline=None, max_examples=150)
def test_law_any_damage_gives_a_manifest(text: str, start: int, length: int, instead: str) -> None:
    start %= len(text)
    text = text[:start] + instead + text[start + length :]
    for module in (pixi_lock, conda_lock):
        manifest = read(module, text)
        for found in manifest.dependencies:
            assert f"=={manifest.source.slice(found.at)}" == found.specifier or not found.is_known


@pytest.mark.slow  # it measures time
@pytest.mark.parametrize(
    "line",
    ["  a: " + "x " * 500_000 + "'", "  a: " + ":" * 1_000_000, "  " + "- " * 500_000 + "'", "  a: '" + "''" * 500_000],
    ids=["words", "colons", "dashes", "quotes"],
)
def test_no_shape_takes_more_than_linear_time(line: str) -> None:
    start = time.process_time()

    scan_list(f"package:\n- name: a\n{line}\n", "package", conda_lock.WANTED)

    assert time.process_time() - start < 2
