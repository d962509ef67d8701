"""Plain markers are evaluated as `packaging` evaluates them; what is not plain is left to it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packaging.markers import Marker

from ddlint.versions.markers import holds, read_plain

NAMES = ("python_version", "python_full_version")
TEXTS = {
    "sys_platform": ("linux", "win32", "darwin"),
    "os_name": ("posix", "nt"),
    "platform_system": ("Linux", "Windows", "linux"),
    "platform_machine": ("x86_64", "AMD64"),
    "platform_python_implementation": ("CPython", "PyPy"),
    "implementation_name": ("cpython", "pypy", ""),
}
VERSIONS = ("3", "3.9", "3.10", "3.10.0", "3.10.99", "3.11.1", "3.12.*", "4", "2.7", "3.13rc1", "3.14.0+local", " 3.9 ")
VERSION_CLAUSES = st.builds(
    "{}{}{}{}{}".format,
    st.sampled_from(NAMES),
    st.sampled_from(["<", " <= ", ">", " >=", "== ", " != ", " ~= "]),
    st.just("'"),
    st.sampled_from(VERSIONS),
    st.just("'"),
)
TEXT_CLAUSES = st.sampled_from(list(TEXTS)).flatmap(
    lambda name: st.builds(
        '{}{}"{}"'.format, st.just(name), st.sampled_from([" == ", "!="]), st.sampled_from(TEXTS[name])
    )
)
GROUPS = st.lists(VERSION_CLAUSES | TEXT_CLAUSES, min_size=1, max_size=3).map(" and ".join)
MARKERS = st.lists(GROUPS | GROUPS.map("({})".format), min_size=1, max_size=3).map(" or ".join)
ENVIRONMENTS = st.fixed_dictionaries(
    {
        "python_version": st.sampled_from(["2.7", "3.9", "3.10", "3.14"]),
        "python_full_version": st.sampled_from(["2.7.18", "3.9.0", "3.10.99", "3.14.0"]),
        **{name: st.sampled_from(texts) for name, texts in TEXTS.items()},
    }
)


@given(MARKERS, ENVIRONMENTS)
@settings(deadline=None, max_examples=400)
def test_law_a_plain_marker_holds_where_packaging_says_so(marker: str, environment: dict[str, str]) -> None:
    plain = read_plain(marker)

    if plain is None:
        assert "*" in marker or "~=" in marker or "+local" in marker
    else:
        assert holds(plain, environment) is Marker(marker).evaluate(environment)


@pytest.mark.parametrize(
    "marker",
    [
        "python_version >= '3.9'",
        "python_full_version<'3.11' and sys_platform == 'win32'",
        "(sys_platform == 'win32' and os_name == 'nt') or sys_platform == \"darwin\"",
        "python_version ~= '3.12.0'",
        "python_version == '3.*'",
        "platform_python_implementation != 'PyPy' and implementation_name != 'pypy'",
    ],
)
def test_is_plain(marker: str) -> None:
    assert read_plain(marker) is not None


@pytest.mark.parametrize(
    "marker",
    [
        "",
        "extra == 'x'",
        "'linux' == sys_platform",
        "sys_platform in 'linux darwin'",
        "sys_platform ~= 'linux'",
        "sys_platform < 'linux'",
        "python_version >= '3.*'",
        "python_version == ''",
        "python_version === '3.9'",
        "python_version == 'x'",
        "python_version >= '3.9' and",
        "(python_version >= '3.9' or os_name == 'nt') and sys_platform == 'win32'",
        "(python_version >= '3.9') and (os_name == 'nt')",
        "((python_version >= '3.9'))",
        "sys_platform == 'a\\n'",
        "sys_platform == 'win32\"",
        "sys_platform == 'win32' or",
        "platform_release == '1'",
        "not a marker",
    ],
)
def test_is_left_to_packaging(marker: str) -> None:
    assert read_plain(marker) is None
