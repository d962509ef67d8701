"""Laws of requirement files, against `packaging` and against pip's own parser."""

from __future__ import annotations

import shlex

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from packaging.markers import InvalidMarker, Marker
from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet

from ddlint.core.model import WORKSPACE, Dependency, Problem, normalize
from ddlint.core.redact import written
from ddlint.core.source import Source, Span
from ddlint.inputs import pipfile, pyproject, requirements_txt
from ddlint.inputs.common import requirement as _requirement
from ddlint.inputs.common.requirement import is_location, is_marker, is_plain_marker, local_of
from ddlint.inputs.syntax.lines import Unclosed, logical_lines, split_words
from tests.inputs.oracles.by_pip import by_ddlint, by_pip, differences
from tests.inputs.shown import assert_lawful, read

req_file = pytest.importorskip("pip._internal.req.req_file")

QUICK = settings(deadline=None, max_examples=200)

blanks = st.sampled_from(["", "", " ", "  ", "\t"])
versions = st.sampled_from(
    [
        "1",
        "1.0",
        "2.3.4",
        "1.0a1",
        "1.0rc2",
        "1.0.post1",
        "1.0.dev3",
        "v1.0",
        "1!2.0",
        "1.0+cu118",
        "01.02",
        "1.0-beta",
        "x",
    ]
)
clauses = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["==", "!=", ">=", "<=", ">", "<", "~=", "===", "="]),
    blanks,
    versions,
    st.sampled_from(["", "", "", ".*"]),
)
specifiers = st.lists(clauses, max_size=3).flatmap(
    lambda parts: st.sampled_from([",", " , ", ", "]).map(lambda c: c.join(parts))
)
names = st.sampled_from(["a", "Django", "foo-bar", "Foo_Bar.x", "a1", "z", "x.y", "bad-"])
extras = st.sampled_from(["", "", "[x]", "[ x , Y_z ]", "[]", "[x,]"])
atoms = st.builds(
    "{} {} {}".format,
    st.sampled_from(["python_version", "sys_platform", "extra", "python_full_version", "os_name", "platform_machine"]),
    st.sampled_from(["==", "!=", "<", ">=", "in", "not in", "~="]),
    st.sampled_from(["'3.8'", '"linux"', "'x86_64 arm64'", "''", "3.8"]),
)
markers = st.recursive(
    atoms,
    lambda inner: st.one_of(
        inner.map("({})".format),
        st.builds("{} {} {}".format, inner, st.sampled_from(["and", "or", "nor"]), inner),
    ),
    max_leaves=4,
)
requirements = st.builds(
    "{}{}{}{}{}{}".format,
    names,
    blanks,
    extras,
    blanks,
    specifiers,
    st.one_of(st.just(""), st.builds("{};{}{}".format, blanks, blanks, markers)),
)


@given(text=st.one_of(requirements, st.text(alphabet="ab1.,=<>!~*[]();@\"' -_+", max_size=20)))
@example(text="a (>=1,<2)")
@example(text="a===1,>2 ;os_name=='x'")
@example(text="a @ https://example.invalid/a;b.zip ; os_name=='x'")
@settings(deadline=None, max_examples=600)
def test_agrees_with_packaging(text: str) -> None:
    """What is read is what `packaging` reads, on the quick way and on the other; and every span re-parses to its value."""
    found = _requirement.read_requirement(text, Span)
    try:
        expected = Requirement(text)
    except InvalidRequirement:
        assert isinstance(found, Problem) or "$" in text
        return

    assert isinstance(found, Dependency)
    assert (normalize(expected.name), expected.specifier) == (found.name, SpecifierSet(found.specifier))
    assert {normalize(extra) for extra in expected.extras} == set(found.extras)
    assert (expected.marker is None) == (not found.marker)
    assert expected.marker is None or expected.marker == Marker(found.marker)
    assert found.is_known == (expected.url is None)
    at, name, specifier, marker = (
        text[slice(*span)] for span in (found.at, found.name_at, found.specifier_at, found.marker_at)
    )
    assert at == text.strip()
    assert normalize(name) == found.name
    assert "".join(specifier.split()) == found.specifier
    assert marker == found.marker


@given(text=st.one_of(markers, st.text(alphabet="ao rnd()'\"=<>3._ptyhvesi", max_size=30)))
@QUICK
def test_a_plain_marker_is_a_marker(text: str) -> None:
    try:
        Marker(text)
        is_right = True
    except InvalidMarker:
        is_right = False

    assert is_right or not is_plain_marker(text)
    assert is_right == is_marker(text)


@given(text=st.one_of(st.text(), st.lists(st.one_of(requirements, st.text(max_size=20)), max_size=8).map("\n".join)))
@QUICK
def test_nothing_raises_and_every_span_is_within(text: str) -> None:
    manifest = read(requirements_txt, text)

    assert_lawful(manifest)
    for found in manifest.dependencies:
        if found.specifier and found.is_known and not is_location(manifest.source.slice(found.at)):
            cut = "".join(manifest.source.slice(found.specifier_at).replace("\\", "").split())
            assert SpecifierSet(found.specifier) == SpecifierSet(cut)


@given(text=st.text(alphabet="a1 \t\\#\n\r\x0c\u2028-='\"", max_size=40))
@settings(deadline=None, max_examples=500)
def test_logical_lines_are_those_of_pip(text: str) -> None:
    ours = [line for line in logical_lines(text) if line.text]
    theirs = list(req_file.preprocess(text))

    assert [line for _, line in theirs] == [line.text for line in ours]
    starts = [0]
    for raw in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(raw))
    for (number, _), line in zip(theirs, ours, strict=True):
        assert line.pieces[0][1] >= starts[number - 1]
        for index, character in enumerate(line.text):
            at = line.locate(index, index + 1)
            assert character == text[slice(*at)] or character == " "


@given(text=st.text(alphabet="ab '\"\\\t=-", max_size=20))
@QUICK
def test_words_are_those_of_shlex(text: str) -> None:
    found = split_words(text)
    try:
        expected = shlex.split(text)
    except ValueError:
        assert isinstance(found, Unclosed)
        return

    assert not isinstance(found, Unclosed)
    assert expected == [word.value for word in found]


@given(text=st.text())
@QUICK
def test_what_is_shown_is_one_printable_line(text: str) -> None:
    assert written(text).isprintable()
    assert len(written(text, 50)) <= 50


lines = st.one_of(
    requirements,
    st.sampled_from(
        [
            "",
            "# comment",
            "  # comment \\",
            "flask \\",
            "-e ./x",
            "a==1 --hash=sha256:" + "ab" * 32,
            "a==1 \\\n  --hash=sha256:" + "ab" * 32,
            "a==1  # comment",
            "./pkg[x]; os_name=='x'",
            "b @ https://example.invalid/b.zip",
            "b @ https://example.invalid/b.zip; os_name=='x'",
            "https://example.invalid/c-1.0-py3-none-any.whl",
            "git+https://example.invalid/c.git@main#egg=c",
            "--pre",
            "-r more.txt",
            "-c 'con straints.txt' -i https://index.example/simple",
            "-e git+https://example.invalid/c.git@main#egg=c",
            "-e 'c @ git+https://example.invalid/c.git'",
            "a==1 --config-settings 'x=y ; z'",
            "\ufeffa==1",
            "a == 1 , != 2 ; python_version < '3' # c",
            "-i https://index.example/simple",
            "d;",
        ]
    ),
)


@pytest.mark.long
@given(content=st.lists(lines, max_size=6), end=st.sampled_from(["\n", "\r\n"]))
@example(content=["a;python_version == 3.8"], end="\n")
@example(content=["a===1, ==1"], end="\n")
@settings(deadline=None, max_examples=300)
def test_agrees_with_pip(content: list[str], end: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Names, specifiers, markers, includes and lines are those of pip, and what pip refuses is a problem or a path."""
    path = tmp_path_factory.getbasetemp() / "requirements.txt"
    text = end.join(content)
    path.write_bytes(text.encode())
    manifest = read(requirements_txt, text.removeprefix("\ufeff"))

    assert differences(by_pip(path), by_ddlint(manifest)) == []
    assert_lawful(manifest)


def test_the_quick_way_needs_no_packaging() -> None:
    """The quick way must really be taken for what tools write: pins with hashes, markers, extras."""
    for text in ("a==1.0", "a[x,y]>=1,<2", "a==1.0.* ; python_version >= '3.8' and (extra == 'x' or os_name != 'nt')"):
        assert _requirement.is_plain(text)


def test_an_unusual_specifier_is_left_to_packaging() -> None:
    with pytest.raises(InvalidSpecifier):
        SpecifierSet("==1_0")
    assert not _requirement.is_plain("a==1_0")
    assert not _requirement.is_plain("a===1")


def test_source_is_what_it_says() -> None:
    source = Source("/p/r.txt", "a\r\nb==1\r\n")
    manifest = requirements_txt.parse(source)

    assert [source.position(found.at.start) for found in manifest.dependencies] == [(1, 1), (2, 1)]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (".", "."),
        ("../lib", "../lib"),
        ("./lib[web]", "./lib"),
        ("libs/shop", "libs/shop"),
        ("file:../lib", "../lib"),
        ("file:///${PROJECT_ROOT}/../lib", "./../lib"),
        ("{root:uri}/../lib", "./../lib"),
        ("../lib#egg=lib", "../lib"),
        ("..\\lib", "../lib"),
        ("file:///srv/lib", ""),
        ("~/lib", ""),
        ("../lib.zip", ""),
        ("./dist/lib-1.0-py3-none-any.whl", ""),
        ("https://index.example/lib", ""),
        ("git+https://index.example/lib.git", ""),
    ],
)
def test_a_place(place: str, expected: str) -> None:
    assert local_of(place) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("-e ../lib", "../lib"),
        ("./lib", "./lib"),
        ("lib @ file:../lib ; python_version > '3.8'", "../lib"),
        ("lib[web] @ file:../lib", "../lib"),
        ("lib==1", ""),
        ("lib @ https://index.example/lib.zip", ""),
    ],
)
def test_a_line_of_a_requirement_file(line: str, expected: str) -> None:
    found = requirements_txt.parse(Source("/requirements.txt", line)).dependencies
    assert [each.local for each in found] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[tool.poetry.dependencies]\nlib = {path = "../lib", develop = true}\n', "../lib"),
        ('[tool.poetry.group.dev.dependencies]\nlib = {path = "../lib"}\n', "../lib"),
        ('[project]\ndependencies = ["lib"]\n[tool.uv.sources]\nlib = { path = "../lib" }\n', "../lib"),
        ('[project]\ndependencies = ["lib"]\n[tool.uv.sources]\nlib = { workspace = true }\n', WORKSPACE),
        ('[project]\ndependencies = ["lib"]\n[tool.poetry.dependencies]\nlib = {path = "../lib"}\n', "../lib"),
        ('[project]\ndependencies = ["lib @ {root:uri}/../lib"]\n', "./../lib"),
        ('[tool.pdm.dev-dependencies]\ndev = ["-e file:///${PROJECT_ROOT}/../lib#egg=lib"]\n', "./../lib"),
        ('[tool.pixi.pypi-dependencies]\nlib = { path = "../lib", editable = true }\n', "../lib"),
        ('[tool.poetry.dependencies]\nlib = {git = "https://index.example/lib.git"}\n', ""),
    ],
)
def test_a_section_of_a_pyproject(text: str, expected: str) -> None:
    found = pyproject.parse(Source("/pyproject.toml", text)).dependencies
    assert [(each.local, each.is_known) for each in found] == [(expected, False)]


def test_a_pipfile() -> None:
    found = pipfile.parse(Source("/Pipfile", '[packages]\nlib = {path = "../lib", editable = true}\n')).dependencies
    assert [(each.local, each.is_known) for each in found] == [("../lib", False)]


WORDS = st.sampled_from(
    [
        "token",
        "API_KEY",
        "passwd",
        "x",
        "bearer",
        "basic",
        "sig",
        "user",
        "u",
        "ghp",
        "hf",
        "AKIA",
        "Ab1",
        "0123456789",
        "env",
    ]
)
SECRET_NAMES = st.lists(WORDS, min_size=1, max_size=6).map("-".join) | st.lists(WORDS, min_size=1, max_size=6).map(
    "".join
)
SECRET_CLAUSES = st.lists(
    st.builds("{}{}".format, st.sampled_from(["==", ">=", "<", "!="]), st.sampled_from(["1.0", "1" * 40, "1.0.post1"])),
    max_size=2,
).map(",".join)


@given(SECRET_NAMES, st.sampled_from(["", "[token]"]), SECRET_CLAUSES)
def test_a_requirement_is_shown_without_secrets_whether_it_is_plain_or_not(
    name: str, extras: str, clauses: str
) -> None:
    text = f"{name}{extras}{clauses}"
    found = _requirement.plain_requirement(text)

    assert found is not None
    assert found.written == written(text)
