"""Which directory a requirement names."""

from __future__ import annotations

import pytest

from ddlint.core.model import WORKSPACE
from ddlint.core.source import Source
from ddlint.inputs import pipfile, pyproject, requirements_txt
from ddlint.inputs.common.local_directory import local_of


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
