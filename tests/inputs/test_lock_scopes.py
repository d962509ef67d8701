"""For which extras and groups a locked version is there; and that a choice of groups keeps all that they need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ddlint.inputs import pdm_lock, pipfile_lock, poetry_lock, pylock, uv_lock
from ddlint.project.workspace import in_groups
from tests.inputs.shown import read

if TYPE_CHECKING:
    from types import ModuleType

UV = """\
version = 1

[[package]]
name = "own"
version = "1"
source = { virtual = "." }
dependencies = [
    { name = "main" },
]

[package.optional-dependencies]
fast = [
    { name = "both" },
]

[package.dev-dependencies]
dev = [
    { name = "both" },
    { name = "tool" },
]
docs = [
    { name = "both" },
    { name = "main" },
]
"""
UV_NEEDS = {"main": "", "both": "deep", "deep": "both", "tool": "main"}


def _uv() -> str:
    packages = (
        f'\n[[package]]\nname = "{name}"\nversion = "1"\n'
        + (f'dependencies = [\n    {{ name = "{needed}" }},\n]\n' if needed else "")
        for name, needed in UV_NEEDS.items()
    )
    return UV + "".join(packages)


def _packages(array: str, *packages: tuple[str, str]) -> str:
    return "".join(f'[[{array}]]\nname = "{name}"\nversion = "1"\n{more}\n' for name, more in packages)


LOCKS: dict[str, tuple[ModuleType, str, dict[str, list[str]]]] = {
    "uv": (
        uv_lock,
        _uv(),
        {
            "main": [""],
            "both": ["extra:fast", "group:dev", "group:docs"],
            "deep": ["extra:fast", "group:dev", "group:docs"],
            "tool": ["group:dev"],
        },
    ),
    "poetry": (
        poetry_lock,
        _packages(
            "package",
            ("a", 'groups = ["main", "dev"]'),
            ("b", 'groups = ["dev", "docs"]'),
            ("c", 'groups = ["main", "docs"]\noptional = true'),
            ("d", 'groups = ["main"]\noptional = true'),
        )
        + '[extras]\nx = ["c"]\ny = ["c", "d"]\n',
        {
            "a": [""],
            "b": ["group:dev", "group:docs"],
            "c": ["extra:x", "extra:y", "group:docs"],
            "d": ["extra:y"],
        },
    ),
    "poetry 1": (
        poetry_lock,
        _packages("package", ("a", 'category = "main"'), ("b", 'category = "dev"')),
        {"a": [""], "b": ["group:dev"]},
    ),
    "pdm": (
        pdm_lock,
        _packages("package", ("a", 'groups = ["default", "x"]'), ("b", 'groups = ["x", "Y_z"]'), ("c", "")),
        {"a": [""], "b": ["group:x", "group:y-z"], "c": [""]},
    ),
    "pylock": (
        pylock,
        'default-groups = ["run"]\n'
        + _packages(
            "packages",
            ("a", ""),
            ("b", "marker = \"'x' in extras or 'dev' in dependency_groups\""),
            ("c", "marker = \"python_version < '3.9' or 'dev' in dependency_groups\""),
            ("d", "marker = \"'default' in dependency_groups or 'dev' in dependency_groups\""),
            ("e", "marker = \"'run' in dependency_groups or 'dev' in dependency_groups\""),
            ("f", "marker = \"'dev' in dependency_groups and python_version < '3.9'\""),
            ("g", "marker = \"'dev' not in dependency_groups\""),
        ),
        {
            "a": [""],
            "b": ["extra:x", "group:dev"],
            "c": [""],
            "d": [""],
            "e": [""],
            "f": ["group:dev"],
            "g": [""],
        },
    ),
    "pipenv": (
        pipfile_lock,
        '{"default": {"a": {"version": "==1"}}, "develop": {"b": {"version": "==1"}}, "docs": {"c": {"version": "==1"}}}',
        {"a": [""], "b": ["group:dev"], "c": ["group:docs"]},
    ),
}


@pytest.mark.parametrize("module, text, expected", LOCKS.values(), ids=LOCKS)
def test_every_scope_of_an_entry(module: ModuleType, text: str, expected: dict[str, list[str]]) -> None:
    found = {each.name: sorted(each.scopes) for each in read(module, text).dependencies}

    assert expected == found


@pytest.mark.parametrize("module, text, expected", LOCKS.values(), ids=LOCKS)
@pytest.mark.parametrize("chosen", ["dev", "docs", "fast", "x", "nothing"])
def test_a_choice_keeps_what_any_of_it_needs(
    module: ModuleType, text: str, expected: dict[str, list[str]], chosen: str
) -> None:
    kept = {each.name for each in in_groups(read(module, text), (chosen,)).dependencies}

    assert kept == {name for name, scopes in expected.items() if {"", f"group:{chosen}", f"extra:{chosen}"} & {*scopes}}


def test_very_many_scopes_take_no_time() -> None:
    """With thousands of groups that all need all, each name still has one of them."""
    groups = "".join(f'g{index} = [{{ name = "p0" }}]\n' for index in range(2_000))
    packages = "".join(
        f'[[package]]\nname = "p{index}"\nversion = "1"\ndependencies = [{{ name = "p{index + 1}" }}]\n'
        for index in range(2_000)
    )
    own = (
        f'[[package]]\nname = "own"\nversion = "1"\nsource = {{ virtual = "." }}\n[package.dev-dependencies]\n{groups}'
    )

    found = read(uv_lock, own + packages).dependencies

    assert len(found) == 2_000
    assert all(0 < len(each.scopes) <= 51 for each in found)
