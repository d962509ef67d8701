"""Entries 53 to 71: TOML in the spellings that few readers place right."""

from __future__ import annotations

from tests.inputs.tricky.case import Case

_FILE = "pyproject.toml"
_POETRY = "[tool.poetry.dependencies]\n"


def _deps(literal: str) -> str:
    return f"[project]\ndependencies = {literal}\n"


SHAPES = (
    Case(53, 'tool . poetry . dependencies . a = "1"\n', ("1:37-1:38 a ==1@1:37-1:38",), _FILE),
    Case(
        53,
        '[ project . optional-dependencies ]\nx = ["a"]\n[ project . urls ]\nHome = "x"\n',
        ("2:7-2:8 a @extra:x",),
        _FILE,
    ),
    Case(
        55,
        '[tool.poetry]\nname = "x"\n[build-system]\nrequires = ["b"]\n[tool.poetry.dependencies]\nc = "^1.2"\n',
        ("4:14-4:15 b @build", "6:6-6:10 c >=1.2,<2@6:6-6:10"),
        _FILE,
    ),
    Case(56, '["project"."optional-dependencies"]\na=["x"]\n', ("2:5-2:6 x @extra:a",), _FILE),
    Case(56, 'project.dependencies = ["django"]\n', ("1:26-1:32 django",), _FILE),
    Case(56, '[project]\noptional-dependencies.test=["a>=1"]\n', ("2:30-2:34 a >=1@2:31-2:34 @extra:test",), _FILE),
    Case(57, '\ufeff[project]\ndependencies=["x"]\n', ("2:16-2:17 x",), _FILE),
    Case(57, '\ufeffproject.dependencies=["x"]\n', ("1:24-1:25 x",), _FILE),
    Case(
        58,
        _deps('[ # c\n  "x", # c2\n  "y" , "z"\n  ,\n]'),
        ("3:4-3:5 x", "4:4-4:5 y", "4:10-4:11 z"),
        _FILE,
    ),
)

STRINGS = (
    Case(59, _deps('["django\\u003e=1.8,<3"]'), ("2:18-2:37 django >=1.8,<3@2:24-2:37",), _FILE),
    Case(60, _deps('["""django \\\n   >=1.8"""]'), ("2:20-3:9 django >=1.8@3:4-3:9",), _FILE),
    Case(
        61,
        _deps('["é>=1", "django>=1"]'),
        ("2:26-2:35 django >=1@2:32-2:35", "2:18-2:19 DD003 U+00E9"),
        _FILE,
    ),
    Case(
        61,
        'project = { description = "\U0001f600", dependencies = ["django>=1"] }\n',
        ("1:49-1:58 django >=1@1:55-1:58",),
        _FILE,
    ),
    Case(
        62,
        'project = {\n  description = "\\e", # c\n  dependencies = ["a"],\n}\n',
        ("3:20-3:21 a",),
        _FILE,
    ),
    Case(63, '[project]\r\ndependencies = [\r\n  "a",\r\n  "b"\r\n]\r\n', ("3:4-3:5 a", "4:4-4:5 b"), _FILE),
    Case(63, '[project]\r\ndependencies = [\n  "a",\r\n  "b"\n]\r\n', ("3:4-3:5 a", "4:4-4:5 b"), _FILE),
    Case(63, '[project]\ndependencies = ["a"]', ("2:18-2:19 a",), _FILE),
    Case(
        63, '[project]\rdependencies = ["a"]\n', ("1:10-2:1 DD002 a carriage return alone ends no line in TOML",), _FILE
    ),
    Case(64, '[project]\nname = "x"\nname = "y"\n', ("3:1-3:5 DD002 `name` is defined a second time",), _FILE),
    Case(
        64, '[project]\nname = "x"\n[tool]\n[project]\n', ("4:2-4:9 DD002 `project` is defined a second time",), _FILE
    ),
)

MEANINGS = (
    Case(
        65,
        f'{_POETRY}foo = [{{version="^1",python="<3.8"}},{{version="^2",python=">=3.8"}}]\n',
        (
            '2:18-2:20 foo >=1,<2@2:18-2:20 ; python_version < "3.8"@2:30-2:34',
            '2:47-2:49 foo >=2,<3@2:47-2:49 ; python_version >= "3.8"@2:59-2:64',
        ),
        _FILE,
    ),
    Case(
        66,
        f'{_POETRY}python = "^3.8"\n[tool.poetry.group.dev.dependencies]\npython = "^3.9"\na = "*"\n',
        ("5:6-5:7 a @group:dev", "2:11-2:15 python >=3.8,<4"),
        _FILE,
    ),
    Case(
        67,
        f'[project]\ndynamic=["dependencies"]\n{_POETRY}a = "^1"\n',
        ("4:6-4:8 a >=1,<2@4:6-4:8",),
        _FILE,
    ),
    Case(
        67,
        f'[project]\ndependencies = ["a>=1"]\n{_POETRY}a = {{ source = "x" }}\n',
        ("2:18-2:22 a >=1@2:19-2:22",),
        _FILE,
    ),
    Case(
        68,
        '[dependency-groups]\na=[{include-group="b"}]\nb=[{include-group="a"}]\n',
        ("3:20-3:21 DD004 closes a cycle of groups, `a -> b -> a`",),
        _FILE,
    ),
    Case(
        68,
        '[dependency-groups]\n"a.b"=["x"]\nc=[{include-group="A_b"}]\n',
        ("2:9-2:10 x @group:a-b",),
        _FILE,
    ),
    Case(
        68,
        '[dependency-groups]\na=[{include-groups="b"}, {include-group="a", x=1}]\n',
        ("2:4-2:24 DD003 is no member of a group", "2:26-2:50 DD003 is no member of a group"),
        _FILE,
    ),
)


def _python(text: str, *expected: str) -> Case:
    return Case(69, f'[project]\nrequires-python = "{text}"\n', expected, _FILE)


PYTHONS = (
    _python(">=3.8, <3.13,", "2:20-2:33 python >=3.8,<3.13"),
    _python("3.8", "2:20-2:23 DD003 it has no operator; write `>=3.8`"),
    _python(">=3.8 <4", "2:25-2:26 DD003 a comma is missing between two bounds"),
    _python("^3.8", "2:20-2:21 DD003 `^` is Poetry's operator"),
    _python(">= 3.8", "2:20-2:26 python >=3.8"),
)

BROKEN = (
    Case(70, "a = " + "[" * 20_000, ("1:5-1:6 DD002 nested too deeply",), _FILE),
    Case(70, "a = " + "[" * 20_000 + "]" * 20_000, ("1:5-1:6 DD002 nested too deeply",), _FILE),
    Case(
        70,
        '[project]\n<<<<<<< HEAD\nname = "x"\n=======\nname = "y"\n>>>>>>> b\n',
        ("2:1-2:13 DD002 merge conflict",),
        _FILE,
    ),
)

CASES = (*SHAPES, *STRINGS, *MEANINGS, *PYTHONS, *BROKEN)

VALUES: tuple[tuple[int, str, dict[str, str]], ...] = (
    (53, 'tool . poetry . version = "1"\n', {"tool.poetry.version": "1:27-1:30"}),
    (53, '[ project . urls ]\na = "x"\n', {"project.urls.a": "2:5-2:8"}),
    (54, "[[p]]\nn=1\n[x]\na=1\n[[p]]\nn=2\n", {"p.0.n": "2:3-2:4", "x.a": "4:3-4:4", "p.1.n": "6:3-6:4"}),
    (57, '[project]\nname="x"\n', {"project.name": "2:6-2:9"}),
    (
        58,
        'a = [ # c\n  "x", # c2\n  "y" , "z"\n  ,\n]\n',
        {"a": "1:5-5:2", "a.0": "2:3-2:6", "a.1": "3:3-3:6", "a.2": "3:9-3:12"},
    ),
    (62, 'a = { b = 1, # c\n  c = "\\e" }\n', {"a.b": "1:11-1:12", "a.c": "2:7-2:11"}),
    (63, "a = 1\r\nb = 2\nc = 3", {"a": "1:5-1:6", "b": "2:5-2:6", "c": "3:5-3:6"}),
    (71, '3.8 = "x"\n', {"3.8": "1:7-1:10"}),
    (71, '"3.8" = "x"\n', {"3.8": "1:9-1:12"}),
)
"""The places of values by their path, where nothing is declared."""
