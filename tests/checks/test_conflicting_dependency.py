"""DD501: what the tracer requires, and what others demand of it."""

from __future__ import annotations

import re

import pytest

from ddlint.core.model import Severity
from tests.checks.built import JUDGING, findings, lock, pyproject, requirements, said, where

CODE = "DD501"


@pytest.mark.parametrize(
    ("tracer", "other", "is_told"),
    [
        ("ddtrace==2.21.12", "wrapt==2.0.0", True),
        ("ddtrace==2.21.12", "wrapt==1.17.3", False),
        ("ddtrace==2.21.11", "wrapt==2.0.0", False),
        ("ddtrace==3.19.0", "wrapt==2.9", False),
        ("ddtrace==3.19.0", "wrapt==3.0", True),
        ("ddtrace==3.19.0", "wrapt>=3", True),
        ("ddtrace==3.19.0", "wrapt>=2.9", False),
        ("ddtrace==3.19.0", "wrapt", False),
        ("ddtrace==4.8.6", "wrapt==2.2.0", False),
        ("ddtrace==4.8.7", "wrapt==2.2.0", True),
        ("ddtrace==4.8.7", "wrapt==2.2.1", False),
        ("ddtrace==4.8.7", "wrapt===2.2.0", True),
        ("ddtrace==4.8.7", "wrapt @ https://example.invalid/wrapt.whl", False),
        ("ddtrace==4.8.7", "wrapt==${WRAPT}", False),
        ("ddtrace==4.8.7", "wrapt>=3,<2", False),
        ("ddtrace==2.0.0", "psutil==5.9.0", True),
        ("ddtrace==2.0.0", "psutil==5.6.7", False),
        ("ddtrace==1.1.4", "protobuf>=4", True),
        ("ddtrace==1.1.3", "protobuf>=4", False),
        ("ddtrace==3.0.0", "envier~=0.5", False),
        ("ddtrace==3.1.1", "envier~=0.5", False),
        ("ddtrace==3.1.1", "envier==0.5.2", True),
        ("ddtrace[opentracing]==4.16.0", "opentracing==3.0", True),
        ("ddtrace==4.16.0", "opentracing==3.0", False),
        ("ddtrace==4.17.0", "wrapt==3.0", True),
        ("ddtrace==4.16.0rc1", "wrapt==3.0", True),
        ("ddtrace @ https://example.invalid/d.whl", "wrapt==3.0", False),
        ("ddtrace==4.16.0", "wrapt==3.0; python_version < '3'", False),
        ("ddtrace==4.16.0", "wrapt==3.0; python_version < '3.10'", True),
    ],
)
def test_catches_what_its_requirements_exclude(tracer: str, other: str, *, is_told: bool) -> None:
    expected = [f"requirements.txt:2:1 error {re.split('[^a-z-]', other)[0]}"] if is_told else []

    assert said(CODE, requirements(tracer, other)) == expected


@pytest.mark.parametrize(
    ("pythons", "pin", "told"),
    [
        (">=3.9,<3.11", "0.13.0", ""),
        (">=3.9,<3.12", "0.13.0", "3.11"),
        (">=3.11,<3.15", "0.17.0", ""),
        (">=3.11,<3.15", "0.15.1", "3.13 and 3.14"),
        (">=3.9", "0.13.0", "3.11 to 3.14"),
        ("", "0.13.0", ""),
        ("", "1.0", "everywhere"),
    ],
)
def test_a_requirement_with_a_marker_counts_on_its_pythons(pythons: str, pin: str, told: str) -> None:
    """Of several Pythons with different requirements, the message names those of the first; no Python needs all."""
    found = findings(CODE, pyproject("ddtrace==4.16.0", f"bytecode=={pin}", python=pythons))

    assert [each.subject for each in found] == (["bytecode"] if told else [])
    assert told in {"", "everywhere"} or f"on Python {told[:4]}" in " ".join((found[0].message, *found[0].notes))


@pytest.mark.parametrize(
    ("tracer", "library", "is_told"),
    [
        ("ddtrace>=4", "datadog-lambda==8.121.0", True),
        ("ddtrace==4.16.0", "datadog-lambda==8.121.0", True),
        ("ddtrace==3.19.9", "datadog-lambda==8.121.0", False),
        ("ddtrace==3.19.0", "datadog-lambda==8.121.0", True),
        ("ddtrace", "datadog-lambda==8.121.0", False),
        ("ddtrace>=3", "datadog-lambda==8.121.0", False),
        ("ddtrace<3", "datadog-lambda==8.121.0", True),
        ("ddtrace>=4", "datadog-lambda>=8.121.0", False),
        ("ddtrace>=4", "datadog-lambda==8.123.0", False),
        ("ddtrace>=4", "datadog-lambda", False),
        ("ddtrace>=4", "datadog-lambda==8.122.0", False),
        ("ddtrace==4.6.1", "datadog-lambda==8.130.0", True),
        ("ddtrace==4.7.0", "datadog-lambda==8.130.0", False),
        ("ddtrace==4.6.1", "datadog-lambda==8.122.0", False),
    ],
)
def test_catches_what_a_dependent_excludes(tracer: str, library: str, *, is_told: bool) -> None:
    """No Python is declared: what is so on some only is not told."""
    manifest = pyproject(tracer, library, python=">=3.10,<3.13")
    expected = ["pyproject.toml:7:6 error datadog-lambda"] if is_told else []

    assert said(CODE, manifest) == expected


@pytest.mark.parametrize(
    ("pythons", "told"),
    [(">=3.10,<3.13", []), (">=3.9,<3.13", ["3.9"]), ("", [])],
)
def test_a_dependent_demands_by_python(pythons: str, told: list[str]) -> None:
    found = findings(CODE, pyproject("ddtrace>=4", "datadog-lambda==8.122.0", python=pythons))

    assert [each.message.partition(" on Python ")[2].partition(";")[0] for each in found] == told


def test_what_a_dependent_requires_of_others_counts_too() -> None:
    manifest = requirements("ddtrace==3.19.9", "wrapt==2.0.1", "datadog-lambda==8.121.0")

    [finding] = findings(CODE, manifest)

    assert finding.message == (
        "`wrapt==2.0.1` conflicts with `wrapt>=1.11.2,<2.0.0`, which datadog-lambda 8.121.0 requires"
    )
    assert [where(place, manifest) for place in finding.related] == ["requirements.txt:3:1", "requirements.txt:1:1"]


def test_files_that_are_not_installed_together_do_not_demand_of_each_other() -> None:
    old = requirements("ddtrace==3.19.9", "datadog-lambda==8.121.0", path="old.txt")
    new = requirements("ddtrace==4.16.0", "wrapt==2.0.1", path="new.txt")

    assert said(CODE, old, new) == []


def test_an_older_release_makes_it_a_warning() -> None:
    [finding] = findings(CODE, requirements("ddtrace>=2", "envier==0.5.2"))

    assert (finding.severity, "installers fall back to 3.1.0" in finding.notes) == (Severity.WARNING, True)


@pytest.mark.parametrize("tracer", ["ddtrace==4.16.0", "ddtrace>=3.2", "ddtrace~=4.16"])
def test_without_an_older_release_it_is_an_error(tracer: str) -> None:
    assert said(CODE, requirements(tracer, "envier==0.5.2")) == ["requirements.txt:2:1 error envier"]


def test_a_declaration_and_its_lock_are_one_finding() -> None:
    poetry = '[tool.poetry.dependencies]\nddtrace = "4.16.0"\nwrapt = "2.2.0"\n'
    manifests = (pyproject(more=poetry), lock("ddtrace==4.16.0", "wrapt==2.2.0"))

    [finding] = findings(CODE, *manifests)

    assert where(finding.at, *manifests).startswith("pyproject.toml")
    assert [where(place, *manifests) for place in finding.related] == ["poetry.lock:8:12", "poetry.lock:3:12"]


def test_a_fork_in_a_lock_is_free_where_one_version_is() -> None:
    manifest = pyproject("ddtrace==4.16.0", "bytecode", python=">=3.10,<3.13")
    single = lock("ddtrace==4.16.0", "bytecode==0.13.0")
    forked = lock("ddtrace==4.16.0", "bytecode==0.13.0", "bytecode==0.17.0")

    assert said(CODE, manifest, single) == ["poetry.lock:8:12 error bytecode"]
    assert said(CODE, manifest, forked) == []


def test_an_override_replaces_what_is_declared_and_is_told_mildly() -> None:
    more = '[tool.uv]\noverride-dependencies = ["wrapt==2.2.0"]\n'

    assert said(CODE, pyproject("ddtrace==4.16.0", "wrapt==3.0", more=more)) == ["pyproject.toml:9:27 warning wrapt"]


@pytest.mark.parametrize(
    ("scope", "is_told"),
    [
        ('[dependency-groups]\ndev = ["wrapt==3.0"]\n', True),
        ('[project.optional-dependencies]\nx = ["wrapt==3.0"]\n', True),
        ('[build-system]\nrequires = ["wrapt==3.0"]\n', False),
        ('[tool.hatch.envs.lint]\ndependencies = ["wrapt==3.0"]\n', False),
    ],
)
def test_counts_what_is_installed_with_it(scope: str, *, is_told: bool) -> None:
    assert bool(said(CODE, pyproject("ddtrace==4.16.0", more=scope))) is is_told


def test_two_extras_are_not_installed_together() -> None:
    more = '[project.optional-dependencies]\ntrace = ["ddtrace==4.16.0"]\nold = ["wrapt==3.0"]\n'
    same = '[project.optional-dependencies]\ntrace = ["ddtrace==4.16.0", "wrapt==3.0"]\n'

    assert said(CODE, pyproject(more=more)) == []
    assert len(said(CODE, pyproject(more=same))) == 1


def test_every_tracer_has_to_conflict() -> None:
    old, new = requirements("ddtrace==3.18.1", path="a.txt"), requirements("ddtrace==4.16.0", path="b.txt")
    dev = requirements("wrapt==3.0", path="requirements-dev.txt")

    assert said(CODE, old, new, dev) == []
    assert said(CODE, new, dev) == ["requirements-dev.txt:1:1 error wrapt"]


def test_a_tracer_from_outside_is_held_to_what_dependents_demand() -> None:
    settings = JUDGING._replace(tracer="4.16.0")
    manifest = requirements("ddtrace==3.19.9", "datadog-lambda==8.121.0")

    assert said(CODE, manifest) == []
    assert said(CODE, manifest, settings=settings) == ["requirements.txt:2:1 error datadog-lambda"]
