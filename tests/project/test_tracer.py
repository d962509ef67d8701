"""The algebra of Python requirements, and the grid over which markers are evaluated."""

from __future__ import annotations

import pytest

from ddlint.versions.markers import SYSTEMS, applies, applies_on, both, systems_of
from ddlint.versions.specifiers import allowed_minors, ascending, exact_minor, has_bottom, has_top, list_minors

KNOWN = ("2.7", "3.4", "3.5", "3.6", "3.7", "3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14", "3.15")
FROM_38 = KNOWN[5:]
FROM_39 = KNOWN[6:]


@pytest.mark.parametrize(
    ("specifier", "expected"),
    [
        (">=3.8", FROM_38),
        (">= 3.8", FROM_38),
        ("~=3.8", FROM_38),
        ("~=3.8.1", ("3.8",)),
        (">3.8", FROM_38),
        ("<=3.12", KNOWN[:10]),
        ("<3.12", KNOWN[:9]),
        ("==3.11", ("3.11",)),
        ("==3.11.*", ("3.11",)),
        (">=3.9.2", FROM_39),
        (">=3.8,!=3.9.*,!=3.10.1", ("3.8", *FROM_39[1:])),
        ("<3.9.0a1", KNOWN[:6]),
        (">=3.14.0rc1", ("3.14", "3.15")),
        (">=3.10,<3.10", ()),
        (">=4", ()),
        (">=3.10,<4.0", FROM_39[1:]),
        (">=2.7,<3.0 || >=3.8,<4.0", ("2.7", *FROM_38)),
        (">=2.7,!=3.0.*,!=3.1.*,!=3.2.*,!=3.3.*,!=3.4.*", ("2.7", *KNOWN[2:])),
        ("", KNOWN),
        ("<3.15,>=3.9", FROM_39[:-1]),
        ("3.8 or so", ()),
        ("==" + "9" * 400, ()),
    ],
)
def test_admitted_minors(specifier: str, expected: tuple[str, ...]) -> None:
    assert expected == allowed_minors(specifier, KNOWN)


@pytest.mark.parametrize(
    ("specifier", "expected"),
    [
        (">=3.8", False),
        (">=3.8,<4", False),
        (">=3.8,<4.0", False),
        ("~=3.8", False),
        ("<5", False),
        (">=3.8,<3.13", True),
        ("<=3.12", True),
        ("==3.11.*", True),
        ("~=3.8.1", True),
        ("", False),
        ("!=3.9.*", False),
        (">=2.7,<3.0 || >=3.8,<4.0", False),
    ],
)
def test_has_top_knows_that_the_next_major_is_no_bound(specifier: str, expected: bool) -> None:
    assert expected is has_top(specifier, "3.15")


@pytest.mark.parametrize(
    ("specifier", "expected"), [(">=3.8", True), ("==3.8.*", True), ("<3.13", False), ("", False), (">=0", False)]
)
def test_has_bottom(specifier: str, expected: bool) -> None:
    assert expected is has_bottom(specifier)


@pytest.mark.parametrize(
    ("specifier", "expected"),
    [("==3.12.*", "3.12"), ("== 3.12.4", "3.12"), ("==3.15.0rc1", "3.15"), ("==3.*", ""), (">=3.8", ""), ("", "")],
)
def test_exact_minor(specifier: str, expected: str) -> None:
    assert expected == exact_minor(specifier)


def test_ascending_sorts_as_versions() -> None:
    assert ascending(["3.10", "3.9", "2.7", "3.9"]) == ("2.7", "3.9", "3.10")


@pytest.mark.parametrize(
    ("minors", "expected"),
    [
        (("3.8",), "3.8"),
        (("3.8", "3.9"), "3.8 and 3.9"),
        (("3.8", "3.9", "3.10"), "3.8, 3.9 and 3.10"),
        (("3.9", "3.10", "3.11", "3.12"), "3.9 to 3.12"),
        (("2.7", "3.10", "3.11", "3.12"), "2.7, 3.10, 3.11 and 3.12"),
        ((), ""),
    ],
)
def test_listed(minors: tuple[str, ...], expected: str) -> None:
    assert expected == list_minors(minors, KNOWN)


@pytest.mark.parametrize(
    ("marker", "expected"),
    [
        ("", KNOWN),
        ("python_version < '3.8'", KNOWN[:5]),
        ('python_version >= "3.10"', KNOWN[7:]),
        ("'3.10' <= python_version", KNOWN[7:]),
        ("python_full_version < '3.9.1'", KNOWN[:7]),
        ("python_full_version >= '3.9.1'", FROM_39),
        ("python_version == '3.1*'", ()),
        ("python_version in '3.8 3.9'", ("3.8", "3.9")),
        ("python_version <= '3.10.2'", KNOWN[:8]),
        ("sys_platform == 'win32'", KNOWN),
        ("sys_platform == 'cygwin'", ()),
        ("os_name == 'nt'", KNOWN),
        ("platform_system == 'Windows'", KNOWN),
        ("platform_system == 'Linux' and sys_platform == 'win32'", ()),
        ("os_name == 'nt' and platform_system == 'Windows'", KNOWN),
        ("os_name == 'nt' and sys_platform == 'linux'", ()),
        ("platform_machine == 'ppc64le'", KNOWN),
        ("platform_python_implementation == 'PyPy' and python_version < '3.5'", ("2.7", "3.4")),
        ("implementation_name != 'cpython'", KNOWN),
        ("platform_python_implementation == 'Jython'", ()),
        ("python_full_version == '3.12.7'", ("3.12",)),
        ("python_full_version != '3.12.7' and python_full_version >= '3.12.7' and python_version < '3.13'", ("3.12",)),
        ("python_full_version > '3.12.6' and python_full_version < '3.12.8'", ("3.12",)),
        ("platform_release >= '5'", KNOWN),
        ("extra == 'A_b'", KNOWN),
        ("extra == 'a' and python_version < '3'", ("2.7",)),
        ("'a' in extras and 'b' in extras", KNOWN),
        ("'dev' in dependency_groups", KNOWN),
        ("python_version < '3.8' or python_version >= '3.15'", (*KNOWN[:5], "3.15")),
        ("not a marker", KNOWN),
        ("(" * 500 + "python_version < '3'" + ")" * 500, KNOWN),
        ("os_name ~= 'x'", KNOWN),
    ],
)
def test_marker_over_the_grid(marker: str, expected: tuple[str, ...]) -> None:
    assert expected == applies(marker, KNOWN)


@pytest.mark.parametrize(
    ("marker", "extras", "is_live"),
    [
        ("extra == 'A_b'", {"a-b"}, True),
        ("extra == 'A_b'", {"a"}, False),
        ("extra == 'a'", set(), False),
        ("extra != 'a'", set(), True),
        ("extra == 'a' or python_version > '3'", set(), True),
        ("'a' in extras and 'b' in extras", {"a", "b"}, True),
        ("'a' in extras and 'b' in extras", {"a"}, False),
    ],
)
def test_an_extra_that_is_not_declared_is_never_chosen(marker: str, extras: set[str], is_live: bool) -> None:
    assert bool(applies(marker, KNOWN, extras=frozenset(extras))) is is_live


@pytest.mark.parametrize(
    ("marker", "token", "expected"),
    [
        ("", "win-amd64", True),
        ("sys_platform != 'win32'", "win-amd64", False),
        ("sys_platform != 'win32'", "musllinux-aarch64", True),
        ("sys_platform == 'win32' and python_version < '3'", "win-32", True),
        ("sys_platform == 'win32' and python_version < '2'", "win-32", False),
        ("platform_machine != 'i686'", "manylinux-i686", False),
        ("platform_machine != 'i686'", "manylinux-x86_64", True),
        ("platform_machine == 'AMD64'", "win-amd64", True),
        ("platform_machine == 'arm64'", "macos-arm64", True),
        ("platform_python_implementation == 'CPython'", "pypy", False),
        ("platform_python_implementation == 'PyPy'", "pypy", True),
        ("implementation_name == 'pypy'", "manylinux-x86_64", False),
        ("sys_platform == 'win32'", "somewhere", True),
        ("not a marker", "win-amd64", True),
    ],
)
def test_a_marker_on_one_platform(marker: str, token: str, expected: bool) -> None:
    assert applies_on(marker, KNOWN, token) is expected


def test_a_platform_narrows_the_grid() -> None:
    assert applies("sys_platform == 'win32'", KNOWN, ("linux",)) == ()
    assert applies("sys_platform == 'darwin'", KNOWN, systems_of(("macos-arm64",))) == KNOWN


@pytest.mark.parametrize(
    ("marker", "platforms", "is_live"),
    [
        ("platform_machine == 'aarch64'", ("manylinux-x86_64",), False),
        ("platform_machine == 'aarch64'", ("manylinux-aarch64",), True),
        ("platform_machine == 'aarch64'", ("manylinux-x86_64", "musllinux-aarch64"), True),
        ("platform_machine == 'aarch64'", ("manylinux-x86_64", "macos-arm64"), False),
        ("platform_machine == 'arm64' and sys_platform == 'linux'", ("manylinux-x86_64", "macos-arm64"), False),
        ("platform_machine == 'arm64' and sys_platform == 'darwin'", ("manylinux-x86_64", "macos-arm64"), True),
        ("platform_machine != 'x86_64'", ("manylinux-x86_64",), False),
        ("platform_machine == 'AMD64'", ("win-amd64",), True),
        ("platform_machine == 'ppc64le'", ("manylinux-x86_64",), False),
        ("platform_machine == 'ppc64le'", ("linux",), True),
        ("platform_machine == 'ppc64le'", (), True),
    ],
)
def test_a_marker_about_the_machine(marker: str, platforms: tuple[str, ...], is_live: bool) -> None:
    assert bool(applies(marker, KNOWN, systems_of(platforms))) is is_live


@pytest.mark.parametrize(
    ("tokens", "expected"),
    [
        ((), SYSTEMS),
        (("musllinux-x86_64", "manylinux-aarch64"), ("linux-aarch64", "linux-x86_64")),
        (("musllinux-x86_64", "manylinux-x86_64"), ("linux-x86_64",)),
        (("win-amd64", "manylinux-i686"), ("linux-i686", "win32-AMD64")),
        (("win-32", "macos-arm64"), ("darwin-arm64", "win32-AMD64", "win32-x86")),
        (("linux",), ("linux",)),
        (("plan9-mips",), SYSTEMS),
    ],
)
def test_systems_of_platform_tokens(tokens: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert expected == systems_of(tokens)


def test_complementary_markers_never_hold_together() -> None:
    assert applies(both("sys_platform == 'win32'", "sys_platform != 'win32'"), KNOWN) == ()
    assert applies(both("python_version < '3.9'", ""), KNOWN) == KNOWN[:6]
    assert applies(both("", ""), KNOWN) == KNOWN
