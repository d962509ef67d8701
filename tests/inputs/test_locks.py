"""Locks: every version at its place, with its fork, scope, edges; what is no package is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddlint.core.model import Origin, normalize
from ddlint.inputs import pdm_lock, pipfile, pipfile_lock, poetry_lock, pylock, uv_lock
from tests.inputs.locks import ALL
from tests.inputs.shown import read, shown

if TYPE_CHECKING:
    from types import ModuleType

    from ddlint.core.model import Manifest

MODULES = {"uv": uv_lock, "poetry 2.1": poetry_lock, "poetry 1.0": poetry_lock, "pdm": pdm_lock, "pylock": pylock}

WHOLE = {
    "uv": [
        "44:12 flask ==2.3.3",
        "58:12 importlib-metadata ==8.5.0 ; python_full_version < '3.10'",
        "63:12 numpy ==1.26.4 ; python_full_version < '3.11'",
        (
            "71:12 numpy ==2.1.0 ; ((python_full_version >= '3.11' and sys_platform == 'win32') or "
            "(python_full_version >= '3.11' and sys_platform != 'win32')) and python_full_version >= '3.11'"
        ),
        "80:12 pytest ==8.3.4 @group:dev unknown",
        "85:12 uvloop ==0.21.0 ; sys_platform != 'win32' @extra:fast",
        "90:12 werkzeug ==3.1.3",
        "94:9 worker unknown",
        "3:20 python >=3.9",
    ],
    "poetry 2.1": [
        '5:12 colorama ==0.4.6 ; sys_platform == "win32"',
        "18:12 django-stuff ==4.2.16",
        '38:12 grpcio ==1.66.0 ; extra == "grpc" @extra:grpc',
        "48:12 mylib ==1.0 @group:test unknown",
        "64:12 private ==2.0+corp.1 @group:docs",
        "81:20 python >=3.8,<4",
    ],
    "poetry 1.0": [
        "7:12 boto ==1.13.41",
        '23:12 zipp ==0.6.0 ; python_version < "3.8" @group:dev',
        "27:20 python >=3.8,<3.9",
    ],
    "pdm": [
        "19:12 requests ==2.31.0",
        '45:12 tomli ==2.0.1 ; python_version < "3.11" @group:test',
        "51:12 local ==0.1 unknown",
        "57:12 celery ==5.3.0 [redis,sq-s]",
    ],
    "pylock": [
        "8:12 attrs ==24.2.0",
        "15:12 tomli ==2.0.1 ; python_full_version < '3.11'",
        "24:12 vcs ==1.0 unknown",
        "4:20 python >=3.9",
    ],
}


@pytest.mark.parametrize("kind", WHOLE)
def test_every_locked_version(kind: str) -> None:
    manifest = read(MODULES[kind], ALL[kind])

    assert shown(manifest) == WHOLE[kind]
    for found in manifest.dependencies:
        assert found.origin is Origin.LOCKED
        if found.specifier:
            assert f"=={manifest.source.slice(found.at)}" == found.specifier
            assert found.specifier_at == found.at
        assert normalize(manifest.source.slice(found.name_at)) == found.name


@pytest.mark.parametrize("kind", WHOLE)
def test_the_slow_reader_finds_the_same(kind: str) -> None:
    text = f"{ALL[kind]}\n# ddlint: ignore[DD301] x\n"
    manifest = read(MODULES[kind], text)

    assert shown(manifest) == WHOLE[kind]
    assert [manifest.source.slice(comment) for comment in manifest.comments] == ["# ddlint: ignore[DD301] x"]


@pytest.mark.parametrize(
    "kind, name, expected",
    [
        ("uv", "flask", ("importlib-metadata", "werkzeug")),
        ("uv", "werkzeug", ()),
        ("poetry 2.1", "django-stuff", ("asgiref", "backports-zoneinfo", "sqlparse")),
        ("poetry 1.0", "boto", ("docutils", "python-dateutil")),
        ("pdm", "requests", ("certifi", "urllib3")),
    ],
)
def test_the_edges_of_an_entry(kind: str, name: str, expected: tuple[str, ...]) -> None:
    found = {one.name: one.requires for one in read(MODULES[kind], ALL[kind]).dependencies}

    assert found[normalize(name)] == expected


ODD: dict[str, tuple[ModuleType, str, list[str]]] = {
    "an empty lock": (uv_lock, "", []),
    "a lock without packages": (poetry_lock, 'package = []\n\n[metadata]\npython-versions = "*"\n', []),
    "a package in a string": (
        uv_lock,
        '[[package]]\nname = "a"\nversion = "1"\ndescription = """\n[[package]]\nname = "evil"\nversion = "9"\n"""\n',
        ["3:12 a ==1"],
    ),
    "headers in other spellings": (
        poetry_lock,
        (
            '[[package]] # c\nname="a"\nversion="1"\n  [[ package ]]\n  name = \'b\'\n  version = \'2\'\n[["package"]]\n'
            'name = "c"\nversion = "\\u0033"\n[metadata]\nx = 1\n'
        ),
        ["3:10 a ==1", "6:14 b ==2", "9:12 c ==3"],
    ),
    "an inline array": (
        pylock,
        'packages = [{name="a",version="1"}, {name = \'b\', version = "2", marker = "os_name == \'nt\'"}]\n',
        ["1:32 a ==1", "1:61 b ==2 ; os_name == 'nt'"],
    ),
    "keys of a sub-table": (
        uv_lock,
        '[[package]]\nversion = "1"\nname = "a"\n[package.source]\nname = "src"\nversion = "2"\n',
        ["2:12 a ==1"],
    ),
    "names beside the packages": (
        poetry_lock,
        '[metadata]\nname = "b"\nversion = "2"\n[[package]]\nname = "a"\nversion = "1"\n[x]\nname = "c"\nversion = "3"\n',
        ["6:12 a ==1"],
    ),
    "no version, no name, or not of their type": (
        uv_lock,
        (
            '[[package]]\nname = "a"\n[[package]]\nversion = "1"\n[[package]]\nname = "b"\nversion = 1\n[[package]]\n'
            'name = 3\nversion = "1"\n[[package]]\nname = "not a name"\nversion = "1"\n'
        ),
        [],
    ),
    "a version that is none": (uv_lock, '[[package]]\nname = "a"\nversion = "2004d"\n', ["3:12 a unknown"]),
    "packages of another type": (uv_lock, "package = 3\n", []),
    "packages among others": (uv_lock, 'package = [1, {name = "a", version = "1"}]\n', ["1:39 a ==1"]),
    "conflicting extras": (
        uv_lock,
        '[[package]]\nname = "a"\nversion = "1"\nresolution-markers = ["extra == \'extra-3-x-y\'"]\n',
        ["3:12 a ==1"],
    ),
    "one edge of several without a marker": (
        uv_lock,
        (
            '[[package]]\nname = "x"\nversion = "1"\ndependencies = [\n    { name = "a", marker = "os_name == \'nt\'" },\n]\n'
            '[[package]]\nname = "y"\nversion = "1"\ndependencies = [\n    { name = "a" },\n]\n'
            '[[package]]\nname = "a"\nversion = "1"\n'
        ),
        ["3:12 x ==1", "9:12 y ==1", "15:12 a ==1"],
    ),
    "a scope through an edge, and the main one first": (
        uv_lock,
        (
            '[[package]]\nname = "own"\nversion = "1"\nsource = { virtual = "." }\n'
            'dependencies = [\n    { name = "b" },\n]\n\n[package.dev-dependencies]\ndev = [{ name = "a" }]\n'
            '[[package]]\nname = "a"\nversion = "1"\ndependencies = [\n    { name = "b" },\n    { name = "c" },\n]\n'
            '[[package]]\nname = "b"\nversion = "1"\n[[package]]\nname = "c"\nversion = "1"\n'
        ),
        ["13:12 a ==1 @group:dev", "20:12 b ==1", "23:12 c ==1 @group:dev"],
    ),
    "members of a workspace, but not its root": (
        uv_lock,
        (
            '[[package]]\nname = "own"\nversion = "1"\nsource = { virtual = "." }\ndependencies = [\n    { name = "lib" },\n]\n'
            '[[package]]\nname = "lib"\nversion = "0.1"\nsource = { editable = "packages/lib" }\n'
            'dependencies = [\n    { name = "a" },\n]\n'
            '[[package]]\nname = "new"\nsource = { editable = "packages/new" }\n'
            '[[package]]\nname = "a"\nversion = "1"\n'
        ),
        ["10:12 lib ==0.1 unknown", "16:9 new unknown", "20:12 a ==1"],
    ),
    "groups of markers that do not name a group": (
        poetry_lock,
        '[[package]]\nname = "a"\nversion = "1"\ngroups = ["main", "dev"]\nmarkers = {dev = "os_name == \'nt\'"}\n[metadata]\nx = 1\n',
        ["3:12 a ==1"],
    ),
    "groups of markers without what ships": (
        poetry_lock,
        (
            '[[package]]\nname = "a"\nversion = "1"\ngroups = ["dev", "docs"]\n'
            "markers = {dev = \"os_name == 'nt'\", docs = \"os_name == 'posix'\"}\n[metadata]\nx = 1\n"
        ),
        ["3:12 a ==1 ; (os_name == 'nt') or (os_name == 'posix') @group:dev"],
    ),
    "an old lock of pdm": (
        pdm_lock,
        '[[package]]\nname = "a"\nversion = "1"\ndependencies = {b = ">=1"}\ngit = "https://h.example/a"\n',
        ["3:12 a ==1 unknown"],
    ),
}


@pytest.mark.parametrize("module, text, expected", ODD.values(), ids=ODD)
def test_odd_locks(module: ModuleType, text: str, expected: list[str]) -> None:
    assert shown(read(module, text)) == expected


@pytest.mark.parametrize("kind", MODULES)
def test_a_lock_that_is_cut_in_the_middle_is_one_problem(kind: str) -> None:
    text = ALL[kind]
    manifest = read(MODULES[kind], text[: text.rindex("version") + 5])

    assert [problem.code for problem in manifest.problems] == ["DD002"]
    assert not manifest.dependencies


@pytest.mark.parametrize("module", [uv_lock, poetry_lock, pdm_lock, pylock])
@pytest.mark.parametrize("text", ["{}", "not toml at all", "<<<<<<< HEAD\n", '{"a": 1}', "a = [[[" * 9999])
def test_what_is_no_toml_is_one_problem(module: ModuleType, text: str) -> None:
    manifest = read(module, text)

    assert [problem.code for problem in manifest.problems] == ["DD002"]


PIPFILE = """\
[[source]]
url = "https://index.example/simple"
[packages]
Django = ">=1.8,<3"
flask = "*"
x = {version = "==1.0", extras = ["A_b"], sys_platform = "== 'win32'", python_version = ">= '3.8'"}
g = {git = "https://user:s3cret@git.example/x.git", ref = "main"}
bare = "1.0"
any = {version = "*", markers = "os_name == 'x' or os_name == 'y'", os_name = "!= 'nt'"}
source = {index = "x"}
"we ird" = "1"
[dev-packages]
pytest = "~=7.0"
[My_docs]
sphinx = ">1"
bad = "^1.0"
number = 1
m = {version = "1", os_name = "nt"}
n = {version = "1", markers = 1}
[requires]
python_version = "3.8"
python_full_version = "3.8.1"
[scripts]
flask = "flask run"
"""


def test_a_pipfile() -> None:
    manifest = read(pipfile, PIPFILE)

    assert shown(manifest) == [
        "4:11 django >=1.8,<3",
        "5:10 flask",
        "6:17 x ==1.0 [a-b] ; sys_platform == 'win32' and python_version >= '3.8'",
        "7:5 g unknown",
        "8:9 bare ==1.0",
        "9:19 any ; (os_name == 'x' or os_name == 'y') and os_name != 'nt'",
        "10:10 source",
        "13:11 pytest ~=7.0 @group:dev",
        "15:11 sphinx >1 @group:my-docs",
        "18:17 m ==1 @group:my-docs",
        "19:17 n ==1 @group:my-docs",
        "21:19 python ==3.8.* exact",
        "22:24 python ==3.8.1 exact",
        "16:8 DD003 ^",
        "17:10 DD003 1",
        "18:32 DD003 nt",
        "19:31 DD003 1",
    ]
    assert [one.written for one in manifest.dependencies[:4]] == [
        'Django = ">=1.8,<3"',
        'flask = "*"',
        'x = "==1.0"',
        'g = {git = "https://***@git.example/x.git", ref = "main"}',
    ]
    assert all(normalize(manifest.source.slice(one.name_at)) == one.name for one in manifest.dependencies)


@pytest.mark.parametrize("text", ["[packages", "{}", "<<<<<<< HEAD\n"])
def test_a_broken_pipfile_is_one_problem(text: str) -> None:
    assert [problem.code for problem in read(pipfile, text).problems] == ["DD002"]


PIPFILE_LOCK = (
    '{"_meta": {"requires": {"python_version": "3.9"}, "default": {"evil": {"version": "==9"}}},\n'
    ' "default": {"\\u0064jango": {"version": "==1.0", "markers": "python_version < \\"3\\""},\n'
    '  "g": {"git": "x", "version": "==1"}, "a": {"version": "==2"}, "a": {"version": "==3"}},\n'
    ' "develop": {"b": {"version": "==1!2.0"}, "n": {"ref": 1}, "w": {"version": 1}, "not a name": {"version": "==1"}},\n'
    ' "docs": {"C_c": {"version": "==\\u0031.0", "extras": ["X_y"]}, "d": {"version": "*"}, "e": "==1"}, "f": [1]}'
)

PIPFILE_LOCK_SHOWN = [
    '2:42 django ==1.0 ; python_version < "3"',
    "3:33 g ==1 unknown",
    "3:83 a ==3",
    "4:32 b ==1!2.0 @group:dev",
    "5:31 c-c ==1.0 [x-y] @group:docs",
    "5:82 d @group:docs unknown",
    "1:44 python ==3.9.* exact",
]


def test_a_pipfile_lock() -> None:
    assert shown(read(pipfile_lock, PIPFILE_LOCK)) == PIPFILE_LOCK_SHOWN


def test_a_pipfile_lock_on_one_line() -> None:
    manifest = read(pipfile_lock, PIPFILE_LOCK.replace("\n", ""))

    assert [manifest.source.position(one.at.start).line for one in manifest.dependencies] == [1] * 6
    assert manifest.source.slice(manifest.dependencies[0].at) == "==1.0"


@pytest.mark.parametrize("text", ["", '{"default": {"a": {"version": "==', "nope", "[[" * 99_999, '{"a": 1,}'])
def test_a_broken_pipfile_lock_is_one_problem(text: str) -> None:
    assert [problem.code for problem in read(pipfile_lock, text).problems] == ["DD002"]


@pytest.mark.parametrize("text", ["{}", "[]", "1", '"x"', '{"default": []}', '{"_meta": 3, "default": {"a": null}}'])
def test_a_pipfile_lock_of_another_shape_says_nothing(text: str) -> None:
    assert shown(read(pipfile_lock, text)) == []


_READERS = st.sampled_from([uv_lock, poetry_lock, pdm_lock, pylock, pipfile, pipfile_lock])
_WORDS = st.sampled_from(
    [
        "[[package]]\n", "[[packages]]\n", "[package.dependencies]\n", "[metadata]\n", "[packages]\n", "[requires]\n", "name",
        "version", "source", "markers", "groups", "dependencies", "resolution-markers", "python-versions", "requires-python",
        '"default"', '"version"', '"a"', '"==1"', ":", "=", " = ", '"a"', "'1.0'", "{", "}", "[", "]", ",", "\n", "\n", "3",
        '"""\n"""', "# ddlint: x\n", "é",
    ]
)  # fmt: skip


@given(_READERS, st.lists(_WORDS, max_size=25).map("".join))
@settings(deadline=None, max_examples=400)
def test_law_any_text_gives_a_manifest(module: ModuleType, text: str) -> None:
    _assert_lawful(read(module, text))


@given(
    st.sampled_from([*MODULES]),
    st.integers(0, 4000),
    st.integers(0, 12),
    st.sampled_from(["", '"', "]", "\n", "x", "{"]),
)
@settings(deadline=None, max_examples=200)
def test_law_any_damage_gives_a_manifest(kind: str, start: int, length: int, instead: str) -> None:
    text = ALL[kind]
    start %= len(text)

    _assert_lawful(read(MODULES[kind], text[:start] + instead + text[start + length :]))


def _assert_lawful(manifest: Manifest) -> None:
    length = len(manifest.source.text)
    for found in manifest.dependencies:
        assert all(
            0 <= span.start <= span.end <= length
            for span in (found.at, found.name_at, found.specifier_at, found.marker_at)
        )
        assert found.written.isprintable()
    for problem in manifest.problems:
        assert 0 <= problem.at.start <= problem.at.end <= length
        assert problem.message.isprintable()
