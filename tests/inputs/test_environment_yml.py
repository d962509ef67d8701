from __future__ import annotations

import pytest

from ddlint.inputs import environment_yml
from ddlint.inputs.common.conda import read_match
from tests.inputs.shown import assert_lawful, read, shown

CASES = [
    ("", []),
    ("name: x\n", []),
    ("- a\n- b\n", []),
    (
        "dependencies:\n  - pip:\n    - django<2\n    - -r requirements.txt\n    - -e .\n    - a=1\n    - b==1  # c\n",
        ["3:7 django <2", "5:10 ? unknown", "7:7 b ==1", "4:10 -> requirements.txt", "6:8 DD003 ="],
    ),
    (
        "dependencies:\n  - python=3.8\n  - conda-forge::numpy=1.21=py39_0\n  - numpy 1.8*\n  - pip\n",
        ["3:5 numpy ==1.21", "4:5 numpy ==1.8.*", "5:5 pip", "2:5 python ==3.8.* exact"],
    ),
    ("dependencies:\n  - python>=3.8,<3.11\n  - python\n", ["2:5 python >=3.8,<3.11"]),
    ("dependencies: ['flask >=1', \"a\"]\n", ["1:17 flask >=1", "1:30 a"]),
    ("dependencies:\n  - a 2004d\n  - '{{ x }}'\n  - '*'\n  - é\n", ["2:5 a unknown", "4:6 DD003 *", "5:5 DD003 é"]),
    ("dependencies:\n  - a=3.10\n", ["2:5 a ==3.10.*"]),
    ("dependencies:\n  - [a]\n  - 1\n  - ~\n  - {b: c}\n", ["3:5 1"]),
    ("dependencies: [\n", ["1:15 DD002 ["]),
    ("dependencies:\r\n  - a=1\r\n", ["2:5 a ==1.*"]),
    ("dependencies:\n  - pip:\n    - &x a==1\n    - *x\n", ["3:10 a ==1"]),
]


@pytest.mark.parametrize("text, expected", CASES)
def test_reads_what_conda_installs(text: str, expected: list[str]) -> None:
    manifest = read(environment_yml, text)

    assert shown(manifest) == expected
    assert_lawful(manifest)


MATCHES = [
    ("numpy", "numpy", ""),
    ("numpy 1.8*", "numpy", "==1.8.*"),
    ("numpy 1.8.*", "numpy", "==1.8.*"),
    ("numpy=1.8", "numpy", "==1.8.*"),
    ("numpy = 1.8", "numpy", "==1.8.*"),
    ("numpy==1.8", "numpy", "==1.8"),
    ("numpy 1.8", "numpy", "==1.8"),
    ("numpy>=1.8,<2", "numpy", ">=1.8,<2"),
    ("numpy >=1.8.*", "numpy", ">=1.8"),
    ("numpy!=1.8.*", "numpy", "!=1.8.*"),
    ("numpy~=1.8", "numpy", "~=1.8"),
    ("numpy 1.8|1.9", "numpy", "==1.8 || ==1.9"),
    ("numpy=1.8|=1.9", "numpy", "==1.8.* || ==1.9.*"),
    ("numpy 1.8|*", "numpy", ""),
    ("conda-forge::numpy=1.21=py39_0", "numpy", "==1.21"),
    ("conda-forge::numpy==1.21=py39_0", "numpy", "==1.21"),
    ("numpy == 1.21 py39_0", "numpy", "==1.21"),
    ("numpy==1.21,!=1.21.3", "numpy", "==1.21,!=1.21.3"),
    ("numpy==1.21|==1.22", "numpy", "==1.21 || ==1.22"),
    ("conda-forge/linux-64::numpy", "numpy", ""),
    ("numpy 1.8 py27_0", "numpy", "==1.8"),
    ('numpy[version=">=1,<2"]', "numpy", ">=1,<2"),
    ("numpy=1.8[build=x]", "numpy", "==1.8.*"),
    ("numpy=1.0a1", "numpy", "==1.0a1"),
    ("numpy=2004d", "numpy", None),
    ("numpy ^1.*$", "numpy", None),
    ("numpy a b c", "numpy", None),
    ("numpy ===1", "numpy", None),
    ("numpy ~=1", "numpy", None),
]


@pytest.mark.parametrize("text, name, specifier", MATCHES)
def test_translates_a_match_specification(text: str, name: str, specifier: str | None) -> None:
    match = read_match(text)

    assert match is not None
    assert text[slice(*match.name)] == name
    assert match.specifier == specifier


def test_what_has_no_name_is_no_match() -> None:
    assert read_match("*") is None
    assert read_match("") is None
