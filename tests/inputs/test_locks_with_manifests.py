"""Each lock beside its manifest: what is locked is judged in its fork, and the requirement that brought it in is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cases.runner import lint

if TYPE_CHECKING:
    from pathlib import Path

BAD, GOOD = "0.9", "3.0.0"
_PROJECT = """\
[project]
name = "shop"
requires-python = ">=3.9,<3.13"
dependencies = [
    "ddtrace==4.16.0",
    "shop-a",
    "shop-b>=1",
]
"""
_POETRY = """\
[tool.poetry.dependencies]
python = ">=3.9,<3.13"
ddtrace = "4.16.0"
shop-a = "*"
shop-b = ">=1"
"""
_PIXI = """\
[dependencies]
python = "3.12.*"
shop-a = "*"
shop-b = ">=1"

[pypi-dependencies]
ddtrace = "==4.16.0"
"""
_CONDA = """\
dependencies:
- python=3.12
- shop-a
- shop-b>=1
- pip:
  - ddtrace==4.16.0
"""
EDGES = {"ddtrace": "", "shop-a": "shop-mid", "shop-mid": "flask", "shop-b": "flask", "flask": ""}
"""Both ways lead to flask; the one through `shop-b` is shorter."""


def _version(name: str) -> str:
    return {"ddtrace": "4.16.0", "flask": BAD}.get(name, "1.0")


def _uv(extra: str = "") -> str:
    return 'version = 1\nrequires-python = ">=3.9, <3.13"\n' + "".join(
        f'\n[[package]]\nname = "{name}"\nversion = "{_version(name)}"\n{extra if name == "flask" else ""}'
        + (f'dependencies = [\n    {{ name = "{needed}" }},\n]\n' if needed else "")
        for name, needed in EDGES.items()
    )


def _poetry(extra: str = "") -> str:
    return "".join(
        f'[[package]]\nname = "{name}"\nversion = "{_version(name)}"\noptional = false\n{extra if name == "flask" else ""}'
        + (f'\n[package.dependencies]\n{needed} = "*"\n' if needed else "")
        + "\n"
        for name, needed in EDGES.items()
    )


def _pdm(extra: str = "") -> str:
    return "".join(
        f'[[package]]\nname = "{name}"\nversion = "{_version(name)}"\n{extra if name == "flask" else ""}'
        + (f'dependencies = [\n    "{needed}>=0",\n]\n' if needed else "")
        + "\n"
        for name, needed in EDGES.items()
    )


def _pylock() -> str:
    return "".join(
        f'[[packages]]\nname = "{name}"\nversion = "{_version(name)}"\n'
        + (f'dependencies = [{{ name = "{needed}" }}]\n' if needed else "")
        + "\n"
        for name, needed in EDGES.items()
    )


def _conda_lock() -> str:
    return "package:\n" + "".join(
        f"- name: {name}\n  version: {_version(name)}\n  manager: pip\n  platform: linux-64\n"
        f"  dependencies:\n    {needed or 'wrapt'}: ''\n  category: main\n"
        for name, needed in EDGES.items()
    )


def _pixi_lock() -> str:
    return "version: 6\npackages:\n" + "".join(
        f"- pypi: https://files.example/{name}.whl\n  name: {name}\n  version: {_version(name)}\n"
        f"  requires_dist:\n  - {needed or 'wrapt'}>=0\n"
        for name, needed in EDGES.items()
    )


LOCKS: dict[str, tuple[dict[str, str], str, str]] = {
    "uv": ({"pyproject.toml": _PROJECT, "uv.lock": _uv()}, "uv.lock", "pyproject.toml:7:6"),
    "poetry": ({"pyproject.toml": _POETRY, "poetry.lock": _poetry()}, "poetry.lock", "pyproject.toml:5:11"),
    "poetry 2": ({"pyproject.toml": _PROJECT, "poetry.lock": _poetry()}, "poetry.lock", "pyproject.toml:7:6"),
    "pdm": ({"pyproject.toml": _PROJECT, "pdm.lock": _pdm()}, "pdm.lock", "pyproject.toml:7:6"),
    "pylock": ({"pyproject.toml": _PROJECT, "pylock.toml": _pylock()}, "pylock.toml", "pyproject.toml:7:6"),
    "a named pylock": (
        {"pyproject.toml": _PROJECT, "pylock.prod.toml": _pylock()},
        "pylock.prod.toml",
        "pyproject.toml:7:6",
    ),
    "conda": ({"environment.yml": _CONDA, "conda-lock.yml": _conda_lock()}, "conda-lock.yml", "environment.yml:4:3"),
    "pixi": ({"pixi.toml": _PIXI, "pixi.lock": _pixi_lock()}, "pixi.lock", "pixi.toml:4:11"),
}


def _write(directory: Path, files: dict[str, str]) -> None:
    (directory / ".git").mkdir()
    for name, text in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _said(directory: Path, code: str) -> list[str]:
    """Give the findings of a code, each with its related places."""
    found: list[str] = []
    for line in lint(directory).splitlines():
        if not line.startswith(" "):
            found.append(line)
        else:
            found[-1] += f"\n{line}"
    return [each for each in found if f" {code} " in each]


@pytest.mark.parametrize("files, lock, place", LOCKS.values(), ids=LOCKS)
def test_the_shortest_way_to_what_is_declared(files: dict[str, str], lock: str, place: str, tmp_path: Path) -> None:
    _write(tmp_path, files)
    (said,) = _said(tmp_path, "DD301")
    line = next(number for number, text in enumerate(files[lock].splitlines(), 1) if BAD in text)

    assert said.startswith(f"{lock}:{line}:"), said
    assert f"  {place}: brought in from here: shop-b -> flask" in said, said


def test_what_is_declared_itself_needs_no_way(tmp_path: Path) -> None:
    project = _PROJECT.replace('"shop-a"', '"flask"')
    _write(tmp_path, {"pyproject.toml": project, "uv.lock": _uv()})
    (said,) = _said(tmp_path, "DD301")

    assert "pyproject.toml:6:6: declared here" in said, said
    assert "brought in" not in said


def test_a_lock_without_edges_names_what_it_can(tmp_path: Path) -> None:
    pipfile = '[packages]\nddtrace = "==4.16.0"\nshop = "*"\n[requires]\npython_version = "3.12"\n'
    lock = '{"default": {"ddtrace": {"version": "==4.16.0"},\n"flask": {"version": "==0.9"}}}'
    _write(tmp_path, {"Pipfile": pipfile, "Pipfile.lock": lock})
    (said,) = _said(tmp_path, "DD301")

    assert said.startswith("Pipfile.lock:2:23: warning DD301 "), said
    assert "brought in" not in said


def _forks(first: str, second: str) -> str:
    return (
        "".join(
            f'[[package]]\nname = "flask"\nversion = "{version}"\nresolution-markers = [\n    "{marker}",\n]\n'
            for version, marker in ((BAD, first), (GOOD, second))
        )
        + '[[package]]\nname = "ddtrace"\nversion = "4.16.0"\n'
    )


def test_each_fork_is_judged_on_its_own_pythons(tmp_path: Path) -> None:
    lock = _forks("python_full_version < '3.11'", "python_full_version >= '3.11'")
    _write(tmp_path, {"pyproject.toml": _PROJECT, "uv.lock": lock})
    (said,) = _said(tmp_path, "DD301")

    assert said.startswith("uv.lock:3:12: "), said
    assert "on Python 3.9 and 3.10" in said, said


def test_a_fork_for_a_python_that_is_not_declared_is_dead(tmp_path: Path) -> None:
    lock = _forks("python_full_version < '3.9'", "python_full_version >= '3.9'")
    _write(tmp_path, {"pyproject.toml": _PROJECT, "uv.lock": lock})

    assert _said(tmp_path, "DD301") == []


GROUPS: dict[str, tuple[dict[str, str], str]] = {
    "uv": (
        {
            "uv.lock": '[[package]]\nname = "shop"\nversion = "1"\nsource = { virtual = "." }\n'
            '[package.dev-dependencies]\ndev = [{ name = "flask" }]\nextra = [{ name = "flask" }]\n' + _uv()
        },
        "group:dev",
    ),
    "poetry": ({"poetry.lock": _poetry('groups = ["dev", "extra"]\n')}, "group:dev"),
    "pdm": ({"pdm.lock": _pdm('groups = ["dev", "extra"]\n')}, "group:dev"),
}


@pytest.mark.parametrize(
    "chosen, is_judged", [(None, True), (["dev"], True), (["extra"], True), (["docs"], False), ([], False)]
)
@pytest.mark.parametrize("files, scope", GROUPS.values(), ids=GROUPS)
def test_the_config_chooses_groups(
    files: dict[str, str], scope: str, chosen: list[str] | None, is_judged: bool, tmp_path: Path
) -> None:
    config = "" if chosen is None else f"\n[tool.ddlint]\ngroups = {chosen}\n"
    edges = {name: text.replace('{ name = "flask" },\n', '{ name = "wrapt" },\n') for name, text in files.items()}
    _write(tmp_path, {"pyproject.toml": _PROJECT + config, **(edges if "uv.lock" in files else files)})

    assert bool(_said(tmp_path, "DD301")) is is_judged


def test_members_of_a_workspace_are_judged_with_the_lock_at_its_root(tmp_path: Path) -> None:
    root = '[project]\nname = "all"\nrequires-python = ">=3.12,<3.13"\n[tool.uv.workspace]\nmembers = ["packages/*"]\n'
    member = '[project]\nname = "api"\nrequires-python = ">=3.12,<3.13"\ndependencies = ["ddtrace", "flask"]\n'
    _write(tmp_path, {"pyproject.toml": root, "packages/api/pyproject.toml": member, "uv.lock": _uv()})
    (said,) = _said(tmp_path, "DD301")

    assert said.startswith("uv.lock:"), said
    assert "packages/api/pyproject.toml:4:29: declared here" in said, said
