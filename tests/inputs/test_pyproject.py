"""pyproject.toml: what each tool's section declares, and where."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddlint.core.model import Dependency, Manifest, Origin, normalize
from ddlint.core.source import Source, Span
from ddlint.inputs import hatch_toml, pyproject, uv_toml
from tests.inputs.shown import read, shown

PROJECT = {
    "an empty file": ("", []),
    "comments only": ("# a\n# b\n", []),
    "no section of interest": ("[tool.black]\nline-length = 88\n", []),
    "dependencies": (
        '[project]\ndependencies = ["django>=1.8,<3", "requests [security , socks] >= 2 , < 3"]\n',
        ["2:18 django >=1.8,<3", "2:36 requests >=2,<3 [security,socks]"],
    ),
    "markers": (
        "[project]\ndependencies = [\n  'tomli>1 ; python_version < \"3.11\"',\n]\n",
        ['3:4 tomli >1 ; python_version < "3.11"'],
    ),
    "duplicate names": (
        """[project]\ndependencies = ["a<2; python_version<'3.8'", "a>=2"]\n""",
        ["2:18 a <2 ; python_version<'3.8'", "2:47 a >=2"],
    ),
    "extras": (
        '[project]\noptional-dependencies.test=["a>=1"]\n[other.optional-dependencies]\n',
        ["2:29 a >=1 @extra:test"],
    ),
    "quoted headers": ('["project"."optional-dependencies"]\nA_b=["x"]\n', ["2:7 x @extra:a-b"]),
    "dotted at the top": ('project.dependencies = ["django"]\n', ["1:26 django"]),
    "escaped": ('[project]\ndependencies = ["django\\u003e=1.8,<3"]\n', ["2:18 django >=1.8,<3"]),
    "multi-line string": ('[project]\ndependencies = ["""django \\\n   >=1.8"""]\n', ["2:20 django >=1.8"]),
    "wide characters before": (
        '[project]\ndescription = "x"\ndependencies = [ # \U0001f600\n"a", "\\U0001F600" ]\n',
        [
            "4:2 a",
            "4:7 DD003 \\U0001F600",
        ],
    ),
    "crlf": ('[project]\r\ndependencies = [\r\n  "a",\r\n\t"b>1",\r\n]\r\n', ["3:4 a", "4:3 b >1"]),
    "build requirements": ('[build-system]\nrequires = ["hatchling>=1"]\n', ["2:14 hatchling >=1 @build"]),
    "urls": (
        '[project]\ndependencies = ["a @ https://h.example/a.zip ; os_name == \'nt\'", "b@file:///x"]\n',
        ["2:18 a ; os_name == 'nt' unknown", "2:67 b unknown"],
    ),
    "templates": (
        '[project]\ndependencies = ["a=={{ version }}", "{{ name }}"]\n',
        ["2:18 a unknown", "2:38 ? unknown"],
    ),
    "a broken one in the middle": (
        '[project]\ndependencies = ["a", "this is bad", "b=1", "c"]\n',
        ["2:18 a", "2:45 c", "2:28 DD003 is bad", "2:39 DD003 ="],
    ),
    "wrong types": (
        '[project]\ndependencies = "x"\nrequires-python = 3.8\n[project.optional-dependencies]\na = "b"\nc = [1, {x = 2}]\n',
        ["2:17 DD003 x", "3:19 DD003 3.8", "5:6 DD003 b", "6:6 DD003 1", "6:9 DD003 {x = 2}"],
    ),
    "dependencies as a table": ('[project.dependencies]\na = "1"\n', ["1:1 DD003 [project.dependencies]"]),
    "dynamic dependencies of setuptools": (
        '[project]\ndynamic=["dependencies"]\n[tool.setuptools.dynamic]\ndependencies = {file = ["a.txt", "b.txt"]}\n',
        ["4:26 -> a.txt", "4:35 -> b.txt"],
    ),
    "files of setuptools that are not asked for": (
        '[project]\ndependencies=[]\n[tool.setuptools.dynamic]\ndependencies = {file = "a.txt"}\n',
        [],
    ),
    "dynamic dependencies of hatch": (
        '[project]\ndynamic=["dependencies"]\n[tool.hatch.metadata.hooks.requirements_txt]\nfiles = ["r.txt"]\n',
        ["4:11 -> r.txt"],
    ),
}

PYTHONS = {
    ">=3.8, <3.13,": ["2:20 python >=3.8,<3.13"],
    ">= 3.8": ["2:20 python >=3.8"],
    " >=3.8 ": ["2:21 python >=3.8"],
    ">=2.7,!=3.0.*,!=3.1.*": ["2:20 python >=2.7,!=3.0.*,!=3.1.*"],
    "==3.11": ["2:20 python ==3.11"],
    "~=3.8": ["2:20 python ~=3.8"],
    ">=3.14.0rc1": ["2:20 python >=3.14.0rc1"],
    "": [],
    "{{ cookiecutter.python }}": [],
    "3.8": ["2:20 DD003 3.8"],
    ">=3.8 <4": ["2:25 DD003  "],
    "^3.8": ["2:20 DD003 ^"],
    "~3.8": ["2:20 DD003 ~"],
    ">=2.7 || >=3.6": ["2:26 DD003 ||"],
    "3.8.*": ["2:20 DD003 3.8"],
    ">=3.8.*": ["2:25 DD003 .*"],
    "~=3": ["2:22 DD003 3"],
    "=>3.8": ["2:20 DD003 =>"],
    "python>=3.8": ["2:20 DD003 python"],
}

GROUPS = {
    "an include is no second dependency": (
        '[dependency-groups]\ntest=["a"]\nall=["b", {include-group="Test"}]\n',
        ["2:8 a @group:test", "3:7 b @group:all"],
    ),
    "names are normalized": ('[dependency-groups]\n"A_b"=["a"]\nc=[{include-group="a.B"}]\n', ["2:9 a @group:a-b"]),
    "a cycle": (
        '[dependency-groups]\na=[{include-group="b"}]\nb=[{include-group="a"}]\n',
        ["3:20 DD004 a"],
    ),
    "a group that includes itself": (
        '[dependency-groups]\na=["x", {include-group="a"}]\n',
        [
            "2:5 x @group:a",
            "2:25 DD004 a",
        ],
    ),
    "a diamond is no cycle": (
        (
            '[dependency-groups]\na=[{include-group="b"},{include-group="c"}]\nb=[{include-group="d"}]\n'
            'c=[{include-group="d"}]\nd=["x"]\n'
        ),
        ["5:5 x @group:d"],
    ),
    "a missing group": ('[dependency-groups]\na=[{include-group="b"}]\n', ["2:20 DD004 b"]),
    "a group of poetry is not missing": (
        '[dependency-groups]\na=[{include-group="b"}]\n[tool.poetry.group.B.dependencies]\nx="1"\n',
        ["4:4 x ==1 @group:b"],
    ),
    "unknown forms": (
        '[dependency-groups]\na=[{path="x"}, {include-group="b", x=1}, {include-group=1}, 2]\nb="x"\n',
        [
            '2:4 DD003 {path="x"}',
            '2:16 DD003 {include-group="b", x=1}',
            "2:42 DD003 {include-group=1}",
            "2:61 DD003 2",
            "3:4 DD003 x",
        ],
    ),
    "no table": ('dependency-groups = ["a"]\n', ['1:21 DD003 ["a"]']),
}

POETRY = {
    "constraints": (
        '[tool.poetry.dependencies]\npython = "^3.8"\nDjango = "^2.2"\nany = "*"\npin = "1.0"\n',
        ["3:11 django >=2.2,<3", "4:8 any", "5:8 pin ==1.0", "2:11 python >=3.8,<4"],
    ),
    "tables": (
        '[tool.poetry.dependencies]\na = {version="^1", python="~3.8", markers="os_name == \'nt\'", extras=["B_c"]}\n',
        ['2:15 a >=1,<2 [b-c] ; os_name == \'nt\' and python_version >= "3.8" and python_version < "3.9"'],
    ),
    "several constraints": (
        '[tool.poetry.dependencies]\nfoo = [{version="^1",python="<3.8"},{version="^2",python=">=3.8"}]\n',
        ['2:18 foo >=1,<2 ; python_version < "3.8"', '2:47 foo >=2,<3 ; python_version >= "3.8"'],
    ),
    "several in tables with headers": (
        (
            '[[tool.poetry.dependencies.foo]]\nversion="^1"\npython="<3.8"\n'
            '[[tool.poetry.dependencies.foo]]\nversion="^2"\nplatform="linux"\n'
        ),
        ['2:10 foo >=1,<2 ; python_version < "3.8"', '5:10 foo >=2,<3 ; sys_platform == "linux"'],
    ),
    "places instead of versions": (
        (
            '[tool.poetry.dependencies]\na={git="https://h.example/x.git", tag="1"}\nb={path="../b", develop=true}\n'
            'c={url="https://h.example/c.whl"}\nd={file="d.whl"}\ne={source="x"}\n'
        ),
        ["2:3 a unknown", "3:3 b unknown", "4:3 c unknown", "5:3 d unknown", "6:3 e"],
    ),
    "groups": (
        (
            '[tool.poetry.group.Test_x.dependencies]\npython="^3.9"\na="1"\n[tool.poetry.group.docs]\noptional=true\n'
            'dependencies.b="^2"\n[tool.poetry.dev-dependencies]\nc="~3"\n'
        ),
        ["3:4 a ==1 @group:test-x", "6:17 b >=2,<3 @group:docs", "8:4 c >=3,<4 @group:dev"],
    ),
    "extras": (
        (
            '[tool.poetry.dependencies]\na={version="1",optional=true}\nb={version="1",optional=true}\nc={version="1"}\n'
            '[tool.poetry.extras]\nOne_x=["A"]\ntwo=["a"]\n'
        ),
        ["2:13 a ==1 @extra:one-x", "3:13 b ==1 @extra:", "4:13 c ==1"],
    ),
    "what is declared in project is enriched": (
        (
            '[project]\nrequires-python=">=3.9"\ndependencies=["a>=1", "G"]\n[tool.poetry.dependencies]\n'
            'python=">=3.10"\na={version=">=2", source="x"}\ng={git="https://h.example/g.git"}\nz="1"\n'
        ),
        ["3:16 a >=1", "3:24 g unknown", "2:18 python >=3.9"],
    ),
    "what is dynamic in project is declared": (
        '[project]\ndynamic=["dependencies"]\n[tool.poetry.dependencies]\npython="^3.9"\nz="^1"\n',
        ["5:4 z >=1,<2", "4:9 python >=3.9,<4"],
    ),
    "both where project is dynamic": (
        '[project]\ndynamic=["dependencies"]\noptional-dependencies.x=["a"]\n[tool.poetry.dependencies]\na="^1"\nb="^2"\n',
        ["3:27 a @extra:x", "6:4 b >=2,<3"],
    ),
    "a group that is declared is enriched": (
        '[dependency-groups]\ndev=["a"]\n[tool.poetry.group.Dev.dependencies]\na={source="x"}\n',
        ["2:7 a @group:dev"],
    ),
    "a missing group": (
        '[tool.poetry.group.a]\ninclude-groups=["b","c"]\n[tool.poetry.group.b.dependencies]\n',
        ["2:22 DD004 c"],
    ),
    "broken ones": (
        (
            '[tool.poetry.dependencies]\npython="abc"\na="latest"\nb=1\n"we ird"="*"\nc={version=2}\n'
            'd={version="1",python="^"}\ne={version="1",markers="x"}\nf="1"\ng={version="1",markers=1}\n'
        ),
        [
            "7:13 d ==1",
            "8:13 e ==1",
            "9:4 f ==1",
            "10:13 g ==1",
            "2:9 DD003 abc",
            "3:4 DD003 latest",
            "4:3 DD003 1",
            "5:2 DD003 we ird",
            "6:12 DD003 2",
            "7:24 DD003 ^",
            "8:25 DD003 x",
            "10:24 DD003 1",
        ],
    ),
    "templates": ('[tool.poetry.dependencies]\npython="{{ p }}"\na="{{ v }}"\n"{{ n }}"="1"\n', ["3:4 a unknown"]),
    "no table": ("tool.poetry.dependencies = 3\n", ["1:28 DD003 3"]),
    "no table of a group": ("tool.poetry.dev-dependencies = []\n", ["1:32 DD003 []"]),
    "a python that is no text": ("[tool.poetry.dependencies]\npython=3.8\n", ["2:8 DD003 3.8"]),
}

TOOLS = {
    "uv": (
        (
            '[tool.uv]\ndev-dependencies=["a"]\nconstraint-dependencies=["b<2"]\noverride-dependencies=["c==1"]\n'
            'build-constraint-dependencies=["d<3"]\n[tool.uv.extra-build-dependencies]\ne=["f", {requirement="g>1"}]\n'
        ),
        ["2:20 a @group:dev", "3:27 b <2", "4:25 c ==1", "5:33 d <3 @build", "7:5 f @build", "7:23 g >1 @build"],
    ),
    "sources of uv": (
        (
            '[project]\ndependencies=["a>=1","b>=1","C>=1","d>=1","e"]\n[tool.uv.sources]\na={git="https://h.example/a"}\n'
            'b={index="x"}\nc={workspace=true}\nd=[{path="d", marker="x"},{url="https://h.example/d"}]\n'
            'e=[{index="x"},{path="e"}]\n'
        ),
        ["2:16 a >=1 unknown", "2:23 b >=1", "2:30 c >=1 unknown", "2:37 d >=1 unknown", "2:44 e"],
    ),
    "pdm": (
        (
            '[tool.pdm.dev-dependencies]\nT_x=["-e file:///x#egg=y", "k>1", 3]\nu="z"\n[tool.pdm.resolution.overrides]\n'
            'a="3.2"\nb=">=1,<2"\nc="https://h.example/c.zip"\nd="*"\ne="^1"\nf=1\n'
        ),
        [
            "2:7 y @group:t-x unknown",
            "2:29 k >1 @group:t-x",
            "5:4 a ==3.2",
            "6:4 b >=1,<2",
            "7:4 c unknown",
            "8:4 d",
            "2:35 DD003 3",
            "3:4 DD003 z",
            "9:4 DD003 ^",
            "10:3 DD003 1",
        ],
    ),
    "what a matrix of hatch adds": (
        (
            '[tool.hatch.envs.test]\ndependencies = ["pytest"]\n[[tool.hatch.envs.test.matrix]]\ndjango = ["3.2", "4.2"]\n'
            "[tool.hatch.envs.test.overrides]\nmatrix.django.dependencies = [\n"
            '  { value = "django~=3.2.0", if = ["3.2"] },\n  { value = "django~=4.2.0", if = ["4.2"] },\n  "x",\n  1,\n  {},\n]\n'
            'platform.windows.set-extra-dependencies = ["y>1"]\nenv.CI.scripts = ["z"]\nname.a = 1\n'
        ),
        [
            "2:18 pytest @env:test",
            "7:14 django ~=3.2.0 @env:test:django3.2",
            "8:14 django ~=4.2.0 @env:test:django4.2",
            "9:4 x @env:test:django",
            "13:45 y >1 @env:test:windows",
        ],
    ),
    "the pythons of a matrix of hatch": (
        (
            '[[tool.hatch.envs.test.matrix]]\npython = ["3.9", "310", "py3.11", "pypy3.10", "3", 3.12]\ndjango = ["3.2"]\n'
            '[[tool.hatch.envs.test.matrix]]\npy = ["312"]\n[tool.hatch.envs.apart]\nskip-install = true\n'
            '[[tool.hatch.envs.apart.matrix]]\npython = ["3.8"]\n[tool.hatch.envs.odd]\nmatrix = 1\n'
        ),
        [
            "2:12 python ==3.9.* exact",
            "2:19 python ==3.10.* exact",
            "2:26 python ==3.11.* exact",
            "5:8 python ==3.12.* exact",
        ],
    ),
    "hatch": (
        (
            '[tool.hatch.envs.test]\npython="3.10"\ndependencies=["a>1", "pkg @ {root:uri}/x"]\nextra-dependencies=["b"]\n'
            '[tool.hatch.envs.docs]\ndetached=true\npython="3.8"\n[tool.hatch.build.targets.wheel]\ndependencies=["c"]\n'
            '[tool.hatch.envs.x]\npython="pypy3.10"\ndependencies="d"\n'
        ),
        [
            "3:16 a >1 @env:test",
            "3:23 pkg @env:test unknown",
            "4:22 b @env:test",
            "9:16 c @build",
            "2:9 python ==3.10.* exact",
            "12:15 DD003 d",
        ],
    ),
}

CASES = {**PROJECT, **GROUPS, **POETRY, **TOOLS}


@pytest.mark.parametrize("text, expected", CASES.values(), ids=CASES)
def test_what_is_declared(text: str, expected: list[str]) -> None:
    assert shown(read(pyproject, text)) == expected


@pytest.mark.parametrize("text, expected", PYTHONS.items())
def test_requires_python(text: str, expected: list[str]) -> None:
    assert shown(read(pyproject, f'[project]\nrequires-python = "{text}"\n')) == expected


@pytest.mark.parametrize(
    "text, words",
    [
        ("^3.8", "`^3.8` is not a range of Pythons: `^` is Poetry's operator and unknown to PEP 440; write `>=3.8`"),
        ("3.8", "it has no operator; write `>=3.8`"),
        ("3.8.*", "it has no operator; write `==3.8.*`"),
        (">=3.8 <4", "a comma is missing between two bounds; add it"),
        (">=2.7 || >=3.6", "`|` is unknown to PEP 440"),
    ],
)
def test_the_hint_of_a_python_that_is_none(text: str, words: str) -> None:
    manifest = read(pyproject, f'[project]\nrequires-python = "{text}"\n')

    assert words in manifest.problems[0].message


def test_origins() -> None:
    text, _ = TOOLS["uv"]

    actual = {found.name: found.origin for found in read(pyproject, text).dependencies}

    expected = dict.fromkeys("afg", Origin.DECLARED) | dict.fromkeys("bd", Origin.CONSTRAINT) | {"c": Origin.OVERRIDE}
    assert actual == expected


def test_members_of_a_workspace() -> None:
    text = '[tool.uv.workspace]\nmembers = ["packages/*", "tools/x"]\nexclude = ["packages/y"]\n'

    assert read(pyproject, text).members == ("packages/*", "tools/x", "!packages/y")


def test_what_stands_at_the_places_of_a_dependency() -> None:
    text = (
        "[project]\ndependencies = [\"Django_Foo [B] >= 1.8 , < 3 ; python_version < '3'\"]\n"
        '[tool.poetry.dev-dependencies]\n"A.b" = {version = "^1", markers = "os_name == \'nt\'"}\nc.version = "^2"\n'
    )
    manifest = read(pyproject, text)
    actual = [
        tuple(manifest.source.slice(span) for span in (one.name_at, one.specifier_at, one.marker_at, one.at))
        for one in manifest.dependencies
    ]

    whole = "Django_Foo [B] >= 1.8 , < 3 ; python_version < '3'"
    assert actual == [
        ("Django_Foo", ">= 1.8 , < 3", "python_version < '3'", whole),
        ("A.b", "^1", "os_name == 'nt'", "^1"),
        ("c", "^2", "", "^2"),
    ]


def test_how_a_dependency_is_written() -> None:
    text = (
        '[project]\ndependencies = ["a  >1", "b @ https://user:s3cret@h.example/b.zip"]\n[tool.poetry.dev-dependencies]\n'
        'c = "^1"\nd = {git = "https://user:s3cret@h.example/d.git"}\n[tool.poetry.dev-dependencies.e]\npath = "x"\n'
    )

    assert [one.written for one in read(pyproject, text).dependencies] == [
        "a >1",
        "b @ https://***@h.example/b.zip",
        'c = "^1"',
        'd = {git = "https://***@h.example/d.git"}',
        "e = { … }",
    ]


def test_comments_for_ddlint() -> None:
    manifest = read(pyproject, '[project]\ndependencies = [\n "a", # ddlint: ignore[DD301] because\n]\n')

    assert [manifest.source.slice(comment) for comment in manifest.comments] == ["# ddlint: ignore[DD301] because"]


@pytest.mark.parametrize("text", ["{}", "[project", 'a = "', "<<<<<<< HEAD\n", "not toml at all", "a = [[[" * 9999])
def test_a_broken_file_is_one_problem(text: str) -> None:
    manifest = read(pyproject, text)

    assert [problem.code for problem in manifest.problems] == ["DD002"]
    assert not manifest.dependencies


def test_hatch_toml_is_the_section_without_its_prefix() -> None:
    text, expected = TOOLS["hatch"]

    assert [line.replace("[tool.hatch.", "[") for line in expected] == shown(
        read(hatch_toml, text.replace("[tool.hatch.", "["))
    )


def test_uv_toml_is_the_section_without_its_prefix() -> None:
    text = 'constraint-dependencies=["b<2"]\noverride-dependencies=["c==1"]\n'

    assert shown(read(uv_toml, text)) == ["1:27 b <2", "2:25 c ==1"]


@pytest.mark.parametrize("module", [hatch_toml, uv_toml])
def test_a_broken_file_of_a_tool_is_one_problem(module: object) -> None:
    manifest: Manifest = module.parse(Source("/p/x.toml", "a = [\n"))  # type: ignore[attr-defined]  # a module

    assert [problem.code for problem in manifest.problems] == ["DD002"]


_WORDS = st.sampled_from(
    [
        "[project]\n", "[tool.poetry.dependencies]\n", "[dependency-groups]\n", "[tool.uv]\n", "[tool.hatch.envs.x]\n",
        "[tool.pdm.dev-dependencies]\n", "[build-system]\n", "[[project]]\n", "[tool]\n", "[project.optional-dependencies]\n",
        "dependencies", "requires-python", "requires", "python", "a", "version", "extras", "markers", "include-group",
        "optional", "sources", "git", "dev-dependencies", "envs", "file", "dynamic", "platform", '"\\u00e9"', '"^1"',
        '"a>=1"', '">=3.8"', "'b; os_name'", "3", "true", '"""x\\\n y"""', "=", "=", "=", ".", "[", "]", "{", "}", ",", "\n",
        "\n", " ", "\r\n", "# ddlint: x\n",
    ]
)  # fmt: skip


@given(st.lists(_WORDS, max_size=25).map("".join))
@settings(deadline=None, max_examples=400)
def test_law_any_text_gives_a_manifest(text: str) -> None:
    manifest = read(pyproject, text)

    _assert_lawful(manifest)


def _assert_lawful(manifest: Manifest) -> None:
    text = manifest.source.text
    for found in manifest.dependencies:
        _assert_dependency(manifest, found)
    places = [python.at for python in manifest.pythons] + [include.at for include in manifest.includes]
    for span in (*places, *(problem.at for problem in manifest.problems)):
        _assert_within(span, text)
    assert all(problem.message.isprintable() for problem in manifest.problems)


def _assert_dependency(manifest: Manifest, found: Dependency) -> None:
    for span in (found.at, found.name_at, found.specifier_at, found.marker_at):
        _assert_within(span, manifest.source.text)
    name = manifest.source.slice(found.name_at)
    assert not found.name or normalize(name.strip("\"'")) == found.name or "\\" in name
    assert found.written.isprintable()


def _assert_within(span: Span, text: str) -> None:
    assert 0 <= span.start <= span.end <= len(text)
