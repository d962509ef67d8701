"""A fresh clone tests itself with versions that are known to work; others are tried every night."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.repository.source_tree import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable

PIN = re.compile(r"[A-Za-z0-9._-]+==[0-9][0-9A-Za-z.]*")
"""A name and a version: no hash, no host, no marker."""


def lines(name: str) -> list[str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def pins(*names: str) -> dict[str, str]:
    found = (line.split("==") for name in names for line in lines(name) if "==" in line)
    return {canonicalize_name(name): version for name, version in found}


def dependencies() -> Iterable[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return map(Requirement, project["project"]["dependencies"])


@pytest.mark.parametrize(
    "name",
    [
        *("constraints.txt", "requirements-dev.txt", "requirements-ci.txt", "requirements-docs.txt"),
        "benchmarks/requirements-peers.txt",
    ],
)
def test_only_exact_versions(name: str) -> None:
    assert [line for line in lines(name) if not PIN.fullmatch(line) and not line.startswith(("-c ", "-r "))] == []


def test_the_second_command_of_the_readme_uses_the_constraints() -> None:
    commands = re.findall(
        r"^```sh\n(.*?)^```$", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )

    assert "--requirement requirements-dev.txt" in commands[1]
    assert "-c constraints.txt" in lines("requirements-dev.txt")


def test_every_runtime_dependency_is_pinned_within_its_range() -> None:
    pinned = pins("constraints.txt")
    wrong = {each.name: pinned.get(canonicalize_name(each.name)) for each in dependencies()}

    assert {name: at for name, at in wrong.items() if at is None} == {}
    assert [str(each) for each in dependencies() if not each.specifier.contains(pinned[each.name])] == []


def test_every_range_has_a_floor_that_a_session_can_install() -> None:
    assert [str(each) for each in dependencies() if [part.operator for part in each.specifier] != [">="]] == []


def test_what_the_wheel_is_built_with_has_the_same_ranges() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    ranges = {each.name: each.specifier for each in dependencies()}
    built = {each.name: each.specifier for each in map(Requirement, project["build-system"]["requires"])}

    assert {name: ranges[name] for name in ranges.keys() & built.keys()} == {
        name: built[name] for name in ranges.keys() & built.keys()
    }


def test_other_versions_are_tried_every_night() -> None:
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "nightly.yml").read_text(encoding="utf-8"))
    job = workflow["jobs"]["dependencies"]

    assert job["strategy"]["matrix"]["session"] == ["lowest", "newest"]


def test_every_python_that_is_promised_is_tested() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    promised = {each.rpartition(" :: ")[2] for each in project["classifiers"] if re.search(r":: 3\.\d", each)}
    matrix = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))["jobs"]["tests"]
    tested = {*matrix["strategy"]["matrix"]["python"]}
    tested |= {each["python"] for each in matrix["strategy"]["matrix"]["include"]}

    assert promised <= tested
