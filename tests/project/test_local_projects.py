"""What a requirement brings that names a project by its path; whole projects are in `tests/cases/environments`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.folder import Folder

LIB = """\
[project]
name = "lib"
requires-python = ">=3.9,<3.15"
dependencies = ["ddtrace==4.16.0"]
"""
BROKEN = "pymongo==4.18.0"
"""It breaks with that release."""


@pytest.mark.parametrize(
    ("line", "lib", "is_brought"),
    [
        ("-e ../lib", LIB, True),
        ("../lib", LIB, True),
        ("lib @ file:../lib", LIB, True),
        ("../lib ; python_version < '3'", LIB, False),
        ("-e ../lib[trace]", LIB.replace("dependencies =", "[project.optional-dependencies]\ntrace ="), True),
        ("-e ../lib", LIB.replace("dependencies =", "[project.optional-dependencies]\ntrace ="), False),
        ("-e ../lib", LIB.replace("dependencies =", "[dependency-groups]\ndev ="), False),
        ("-e ../lib", LIB.replace("dependencies =", "[build-system]\nrequires ="), False),
        ("-e ../other", LIB, False),
        ("-e ../../../outside", LIB, False),
    ],
)
def test_what_is_installed_with_it(folder: Folder, line: str, lib: str, is_brought: bool) -> None:
    folder.put("app/requirements.txt", f"{line}\n{BROKEN}\n")
    folder.put("lib/pyproject.toml", lib)
    found = [place for place in folder.check().places if place.startswith("app/")]
    assert found == (["app/requirements.txt:2:1 DD502"] if is_brought else [])


def test_a_chain_with_a_circle(folder: Folder) -> None:
    folder.put("app/requirements.txt", f"-e ../one\n{BROKEN}\n")
    folder.put("one/pyproject.toml", '[project]\nname = "one"\ndependencies = ["two @ file:../two"]\n')
    folder.put("two/pyproject.toml", LIB.replace('["', '["one @ file:../one", "'))
    assert "app/requirements.txt:2:1 DD502" in folder.check().places


def test_a_lock_of_it_is_not_used(folder: Folder) -> None:
    folder.put("app/requirements.txt", f"-e ../lib\n{BROKEN}\n")
    folder.put("lib/pyproject.toml", LIB.replace("==4.16.0", ""))
    folder.put("lib/poetry.lock", '[[package]]\nname = "ddtrace"\nversion = "1.18.0"\n[metadata]\n')
    assert "DD101" not in " ".join(line for line in folder.check("app").lines)


def test_what_both_find_in_a_file_is_one_finding(folder: Folder) -> None:
    for name in ("app", "shop"):
        folder.put(f"{name}/requirements.txt", "-e ../lib\n")
    folder.put("lib/pyproject.toml", LIB.replace("4.16.0", "2.21.12"))
    assert sorted(folder.check().places) == ["lib/pyproject.toml:3:20 DD202", "lib/pyproject.toml:4:18 DD101"]


def test_a_comment_that_only_another_project_needs_is_used(folder: Folder) -> None:
    folder.put("app/requirements.txt", "-e ../lib\nddtrace<4.16\n")
    folder.put("lib/pyproject.toml", LIB.replace('0"]', '0"]  # ddlint: ignore[DD005] the application decides'))
    assert not [place for place in folder.check().places if "DD009" in place]


def test_a_member_that_is_left_out_of_the_workspace_is_not_found(folder: Folder) -> None:
    folder.put("pyproject.toml", '[tool.uv.workspace]\nmembers = ["packages/*"]\n')
    source = "[tool.uv.sources]\nlib = { workspace = true }\n"
    folder.put("packages/app/pyproject.toml", f'[project]\nname = "app"\ndependencies = ["lib", "{BROKEN}"]\n{source}')
    folder.put("elsewhere/lib/pyproject.toml", LIB)
    assert folder.check().places == []
    folder.put("packages/lib/pyproject.toml", LIB)
    assert folder.check().places == ["packages/app/pyproject.toml:3:25 DD502"]
