"""Entries 72 to 80: locks that a line reader takes wrong."""

from __future__ import annotations

from tests.inputs.tricky.case import Case

_A = '[[package]]\nname = "a"\nversion = "1"\n'
_EVIL = 'description = """\n[[package]]\nname = "evil"\nversion = "9"\n"""\n'
_TOML = ("uv.lock", "poetry.lock", "pdm.lock")
_EVERY = (*_TOML, "pylock.toml")

PACKAGES = (
    Case(72, "[[packages]]\nname = 'attrs'\nversion = '24.2.0'\n", ("3:12-3:18 attrs ==24.2.0 locked",), "pylock.toml"),
    Case(72, 'packages = [{name="a",version="1"}]\n', ("1:32-1:33 a ==1 locked",), "pylock.toml"),
    Case(
        72,
        '[[packages]]\nname = "a"\n[packages.vcs]\ntype = "git"\n[[packages]]\nname = "b"\n[packages.directory]\npath = "."\n'
        '[[packages]]\nname = "c"\nversion = "3"\n',
        ("11:12-11:13 c ==3 locked",),
        "pylock.toml",
    ),
    *(Case(73, f"{_A}{_EVIL}", ("3:12-3:13 a ==1 locked",), file) for file in _TOML),
    *(Case(74, f"[[package]] # c\n{_A[12:]}", ("3:12-3:13 a ==1 locked",), file) for file in _TOML),
    *(Case(74, f"[[ package ]]\n{_A[12:]}", ("3:12-3:13 a ==1 locked",), file) for file in _TOML),
    *(Case(74, '  [[package]]\n  name = "a"\n\tversion = "1"\n', ("3:13-3:14 a ==1 locked",), file) for file in _TOML),
    *(Case(74, f'[["package"]]\n{_A[12:]}', ("3:12-3:13 a ==1 locked",), file) for file in _TOML),
    *(
        Case(75, f'{_A}[package.source]\nname="src"\nversion="2"\n', ("3:12-3:13 a ==1 locked",), file)
        for file in _TOML
    ),
    *(Case(75, '[[package]]\nversion = "1"\nname = "a"\n', ("2:12-2:13 a ==1 locked",), file) for file in _TOML),
    *(Case(75, f'{_A}\n[metadata]\nname = "b"\nversion = "2"\n', ("3:12-3:13 a ==1 locked",), file) for file in _TOML),
    *(
        Case(
            76,
            f'name = "b"\nversion = 1\n[manifest]\nname = "c"\nversion = "2"\n{_A}',
            ("8:12-8:13 a ==1 locked",),
            file,
        )
        for file in _TOML
    ),
    Case(
        76,
        '{"name": "b", "version": "==2", "default": {"a": {"version": "==1"}}, "b": 1}',
        ("1:63-1:66 a ==1 locked",),
        "Pipfile.lock",
    ),
)

TOOLS = (
    Case(
        77,
        f'version = 1\n[[package]]\nname = "me"\nsource = {{ editable = "." }}\n{_A}',
        ("7:12-7:13 a ==1 locked",),
        "uv.lock",
    ),
    Case(
        77,
        "".join(
            f'[[package]]\nname = "a"\nversion = "{index}"\nresolution-markers = [\n    "{marker}",\n]\n'
            for index, marker in enumerate(
                ("python_full_version < '3.9'", "python_full_version == '3.9.*'", "python_full_version >= '3.10'")
            )
        ),
        (
            "3:12-3:13 a ==0 ; python_full_version < '3.9' locked",
            "9:12-9:13 a ==1 ; python_full_version == '3.9.*' locked",
            "15:12-15:13 a ==2 ; python_full_version >= '3.10' locked",
        ),
        "uv.lock",
    ),
    Case(78, f'{_A}category = "dev"\n', ("3:12-3:13 a ==1 @group:dev locked",), "poetry.lock"),
    Case(78, f'{_A}category = "main"\n', ("3:12-3:13 a ==1 locked",), "poetry.lock"),
    Case(
        78,
        f'{_A}groups = ["dev"]\nmarkers = "python_version < \'3.9\'"\n',
        ("3:12-3:13 a ==1 ; python_version < '3.9' @group:dev locked",),
        "poetry.lock",
    ),
    Case(78, f'{_A}{_A}extras = ["x"]\n', ("3:12-3:13 a ==1 locked",), "pdm.lock"),
    Case(78, f'{_A}extras = ["x"]\n', ("3:12-3:13 a ==1 [x] locked",), "pdm.lock"),
    Case(
        79,
        '{"_meta":{"version":"==9","requires":{"python_version":"3.9"}},"default":{"a":{"version":"==1.0"}}'
        ',"develop":{"b":{"version":"==2"}},"docs":{"c":{"version":"==3"}}}',
        (
            *("1:91-1:96 a ==1.0 locked", "1:127-1:130 b ==2 @group:dev locked"),
            *("1:158-1:161 c ==3 @group:docs locked", "1:57-1:60 python ==3.9.* exact"),
        ),
        "Pipfile.lock",
    ),
    Case(
        79,
        '{"default": {"a": {"version": "==1"}, "a": {"version": "==2"}}}',
        ("1:57-1:60 a ==2 locked",),
        "Pipfile.lock",
    ),
    Case(79, '{"default": {"\\u0064jango": {"version": "==1"}}}', ("1:42-1:45 django ==1 locked",), "Pipfile.lock"),
)

BROKEN = (
    *(Case(80, f'{_A}\n[[package]]\nname = "b"\nvers', ("7:5-7:5 DD002 =",), file) for file in _TOML),
    Case(80, '[[packages]]\nname = "b"\nversion = "1', ("3:11-3:12 DD002 this string is never closed",), "pylock.toml"),
    Case(80, '{"default": {"a": {"version": "==1"', ("1:36-1:36 DD002 the file ends too early",), "Pipfile.lock"),
    *(Case(80, "", (), file) for file in _EVERY),
    Case(80, "", ("1:1-1:1 DD002 the file is empty",), "Pipfile.lock"),
    *(Case(80, "{}", ("1:1-1:3 DD002 `{}` is not TOML here",), file) for file in _EVERY),
    Case(80, "{}", (), "Pipfile.lock"),
    *(Case(80, "this is no TOML\n", ("1:6-1:16 DD002 expected '=' after a key",), file) for file in _EVERY),
    Case(80, "this is no JSON\n", ("1:1-1:16 DD002 is not JSON here",), "Pipfile.lock"),
)


def _whole(case: Case) -> Case:
    """End a lock of Poetry with the table that it needs to be whole."""
    if case.file != "poetry.lock" or not isinstance(case.text, str) or "[metadata]" in case.text:
        return case
    return case._replace(text=case.text + "[metadata]\nx = 1\n")


CASES = (*map(_whole, PACKAGES), *map(_whole, TOOLS), *BROKEN)
