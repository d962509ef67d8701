from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddlint.core.paths import (
    common,
    drive_in_capitals,
    glob,
    is_inside,
    is_template,
    is_url,
    joined,
    matches,
    normalised,
    parent,
    relative,
    resolve_include,
)

PATHS = st.lists(st.sampled_from("abc"), max_size=5).map(lambda parts: "/" + "/".join(parts))


@pytest.mark.parametrize(
    "path, start, expected",
    [
        ("/a/b/c", "/a", "b/c"),
        ("/a", "/a", "."),
        ("/a/b", "/a/c", "../b"),
        ("/a", "/a/b/c", "../.."),
        ("/b", "/a/c", "../../b"),
        ("/ab", "/a", "../ab"),
        ("/a/b", "/", "a/b"),
        ("C:/a", "C:/x/y", "../../a"),
        ("C:/a", "D:/a", "C:/a"),
        ("//server/share/a/b", "//server/share/a", "b"),
        ("//server/share/a", "//server/share/b", "../a"),
        ("//server/share/a", "C:/a", "//server/share/a"),
        ("/x", "C:/a", "/x"),
    ],
)
def test_relative(path: str, start: str, expected: str) -> None:
    assert relative(path, start) == expected


@settings(deadline=None)
@given(PATHS, PATHS)
def test_a_relative_path_leads_back(path: str, start: str) -> None:
    assert joined(start, relative(path, start)) == path


@pytest.mark.parametrize(
    "path, target, expected",
    [
        ("/a/b/r.txt", "../c.txt", "/a/c.txt"),
        ("/a/r.txt", "./x//y.txt", "/a/x/y.txt"),
        ("/a/r.txt", "/b/c.txt", "/b/c.txt"),
        ("/r.txt", "../../c.txt", "/c.txt"),
        ("C:/a/r.txt", "../../../c.txt", "C:/c.txt"),
        ("C:/a/r.txt", "D:/c.txt", "D:/c.txt"),
        ("//server/share/a/r.txt", "../c.txt", "//server/share/c.txt"),
        ("//server/share/r.txt", "//server/share/b/./c.txt", "//server/share/b/c.txt"),
        ("//server/share/r.txt", "C:/c.txt", "C:/c.txt"),
        ("/a/r.txt", "//a/c.txt", "/a/c.txt"),
    ],
)
def test_resolve_include(path: str, target: str, expected: str) -> None:
    assert resolve_include(path, target) == expected


@pytest.mark.parametrize(
    "pattern, path, expected",
    [
        ("tests", "tests/a/x.txt", True),
        ("tests", "a/tests", True),
        ("tests/", "a/tests/b", True),
        ("/tests", "a/tests", False),
        ("./tests", "tests", True),
        ("tests", "latests", False),
        ("a/*.txt", "a/b.txt", True),
        ("a/*.txt", "a/b/c.txt", False),
        ("a/**/c", "a/c", True),
        ("a/**/c", "a/x/y/c", True),
        ("a/**/c", "ac", False),
        ("a/**", "a/x/y", True),
        ("**/foo", "foo", True),
        ("**", "a/b", True),
        ("a**b", "axb", True),
        ("a**b", "a/b", False),
        ("?.txt", "a.txt", True),
        ("?.txt", "ab.txt", False),
        ("[ab].txt", "b.txt", True),
        ("[!ab].txt", "b.txt", False),
        ("[!ab].txt", "c.txt", True),
        ("[]x].txt", "].txt", True),
        ("[a.txt", "[a.txt", True),
        ("a.b", "aXb", False),
        ("*.lock", "x/uv.lock", True),
        ("a\nb", "a\nb", True),
        ("../x/*.txt", "../x/y.txt", True),
    ],
)
def test_glob(pattern: str, path: str, *, expected: bool) -> None:
    assert bool(glob(pattern).fullmatch(path)) is expected


def test_a_wrong_set_is_told() -> None:
    with pytest.raises(re.error):
        glob("[z-a]")


def test_patterns_are_relative_to_their_folder() -> None:
    assert matches(("a/*.txt",), "/p/a/b.txt", "/p")
    assert not matches(("a/*.txt",), "/p/a/b.txt", "/p/a")
    assert not matches((), "/p/a/b.txt", "/p")


@pytest.mark.parametrize(
    "path, directory, expected",
    [("/a", "/a", True), ("/a/b", "/a", True), ("/ab", "/a", False), ("/a", "/", True), ("/a", "/a/b", False)],
)
def test_is_inside(path: str, directory: str, *, expected: bool) -> None:
    assert is_inside(path, directory) is expected


@pytest.mark.parametrize(
    "target, url, template",
    [
        ("a.txt", False, False),
        ("https://index.example/r.txt", True, False),
        ("FILE:///a", True, False),
        ("C:/a.txt", False, False),
        ("${HERE}/a.txt", False, True),
        ("{{ here }}.txt", False, True),
        ("{% if x %}", False, True),
        ("$HERE/a.txt", False, False),
    ],
)
def test_what_an_include_names(target: str, *, url: bool, template: bool) -> None:
    assert (is_url(target), is_template(target)) == (url, template)


def test_parents() -> None:
    assert [parent("/a/b"), parent("/a"), parent("/"), parent("C:/a")] == ["/a", "/", "/", "C:"]
    assert common(("/a/b", "/a/c/d")) == "/a"
    assert common(("/a/b",)) == "/a/b"
    assert common(("/a", "/b")) == "/"
    assert normalised("/a/./b/../c/") == "/a/c"
    assert normalised("///a//b") == "/a/b"
    assert normalised("//server/share/./b/../c/") == "//server/share/c"


@pytest.mark.parametrize(
    "path, expected",
    [("c:/a", "C:/a"), ("C:/a", "C:/a"), ("/c:/a", "/c:/a"), ("//host/a", "//host/a"), ("", ""), ("c", "c")],
)
def test_the_letter_of_a_drive_has_one_case(path: str, expected: str) -> None:
    assert drive_in_capitals(path) == expected
