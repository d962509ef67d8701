"""Laws of the built-in pack: nothing is lost, every row is judged, has evidence, and stands once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from ddlint.core.report import Evidence
from ddlint.pack import install_rows as facts
from ddlint.pack import protection_rows as protection
from ddlint.pack.install_rows import BadPair, Dependent, Metadata, Requirement, Wheel
from ddlint.pack.loader import builtin, compile_pack, load, parts_in, write_parts
from ddlint.pack.pack import Pack
from ddlint.pack.protection_rows import AgentImage, Capability, Framework, RequiredSetting, Setting, Sink

RULES = Path(__file__).parents[2] / "rules"
PACK = builtin()
KINDS: list[type[NamedTuple]] = [
    kind
    for module in (facts, protection)
    for kind in vars(module).values()
    if isinstance(kind, type) and kind.__module__ == module.__name__
]
SUPPORT = [support for name in PACK.distributions for support in PACK.support(name)]


def test_compiled_form_equals_the_yaml() -> None:
    compiled = parts_in(write_parts(compile_pack(RULES / "ddtrace")))

    assert Pack.from_compiled(compiled) == load(RULES / "ddtrace")


def test_compiled_form_is_small() -> None:
    assert len(write_parts(compile_pack(RULES / "ddtrace"))) < 360_000


def test_counts() -> None:
    seeds = {
        (support.evidence.title, support.evidence.section)
        for support in SUPPORT
        if support.evidence and support.basis.value == "published"
    }

    assert len([release for release in PACK.releases if release.released <= "2026-11-21"]) == 637
    assert sum(support.basis.value != "published" for support in SUPPORT) >= 757
    assert len(seeds) == 121


def test_every_row_has_evidence() -> None:
    cited = [
        *(row.evidence for row in SUPPORT),
        *(row.evidence for row in PACK.levels),
        *(row.evidence for row in PACK.level_history),
        *(row.evidence for row in PACK.removals()),
        *(row[kind._fields.index("evidence")] for kind in KINDS for row in PACK.rows(kind)),
    ]

    for evidence in cited:
        assert isinstance(evidence, Evidence)
        assert evidence.title
        assert evidence.as_of


def test_order_of_lines_and_releases() -> None:
    assert PACK.all_series[0] == "0.5"
    assert PACK.position("0.10") > PACK.position("0.9")
    known = [release.version for release in PACK.releases]
    assert known.index("4.16.0") == known.index("4.15.7") + 1
    assert known == sorted(known, key=Version)
    assert PACK.all_series[-1] == PACK.series(known[-1])


@pytest.mark.parametrize(
    "release, line",
    [("4.16.0", "4.16"), ("v4.0", "4.0"), ("4", "4.0"), ("4.17.0rc1", "4.17"), ("2026.1.3", "2026.1"), ("main", "")],
)
def test_line_of_a_release(release: str, line: str) -> None:
    assert PACK.series(release) == line


def test_knows_distributions_only() -> None:
    assert PACK.knows("ddtrace")
    assert PACK.knows("flask")
    assert not PACK.knows("stdlib:asyncio")
    assert not PACK.knows("left-pad")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_type_has_rows(kind: type[NamedTuple]) -> None:
    assert PACK.rows(kind)


def test_rows_name_their_place_in_the_pack() -> None:
    for kind in KINDS:
        for row in PACK.rows(kind):
            assert re.fullmatch(r"ddtrace/[A-Za-z0-9_.*:-]+", row[0]), row


@pytest.mark.parametrize(
    "name, releases",
    [
        ("wrapt", {("2.11.7", "2.21.11"), ("3.0.0", "3.15.0"), ("3.16.0", "3.16.1")}),
        ("setuptools", {("0.5.3", "2.1.9")}),
        ("left-pad", set()),
    ],
)
def test_rows_about_one_distribution(name: str, releases: set[tuple[str, str]]) -> None:
    pairs = PACK.about(BadPair, name)

    assert set(pairs[0].releases if pairs else ()) == releases


def test_an_open_bad_pair_is_admitted_by_the_requirement_of_its_releases() -> None:
    """`is_open` says that an installer may take a bad version: what the subject requires must admit one."""
    position = {release.version: number for number, release in enumerate(PACK.releases)}
    for pair in PACK.rows(BadPair):
        if not pair.is_open:
            continue
        bad = SpecifierSet(pair.versions)
        for first, last in pair.releases:
            for required in PACK.about(Requirement, pair.distribution):
                starts, ends = position[required.first], position[required.last]
                if starts <= position[last] and position[first] <= ends and not required.marker and not required.extra:
                    assert not (bad & SpecifierSet(required.specifier)).is_unsatisfiable(), (pair, required)


def test_every_variable_that_rows_name_is_a_setting() -> None:
    known = {setting.variable for setting in PACK.rows(Setting)}

    assert {row.variable for row in PACK.rows(RequiredSetting)} <= known
    assert {variable for row in PACK.rows(Capability) for variable, _ in row.variables} <= known


def test_what_is_covered_agrees_with_the_tables() -> None:
    cells = {
        (cell.table, name)
        for cell in PACK.rows(protection.Protection)
        if cell.is_covered
        for name in cell.distributions
    }
    frameworks = {name for table, name in cells if table == "web framework"}
    sinks = {name for table, name in cells if table in {"data store", "networking"} and ":" not in name}

    brought_along = {"djangorestframework"}

    assert {row.distribution for row in PACK.rows(Framework) if row.is_covered} == frameworks | brought_along
    assert {row.distribution for row in PACK.rows(Sink) if row.is_covered} == sinks


def test_what_is_built_on_a_framework_is_covered() -> None:
    covered = {row.distribution for row in PACK.rows(Framework) if row.is_covered}

    assert {name for row in PACK.rows(Framework) for name in row.built_on_by} <= covered


def test_release_runs() -> None:
    assert PACK.has("4.0.1", "4.0.0", "4.1.0")
    assert PACK.has("0.10.0", "0.9.0", "0.10.0")
    assert not PACK.has("4.2.0", "4.0.0", "4.1.0")
    assert not PACK.has("9.9.9", "4.0.0", "4.1.0")


def test_every_release_is_in_the_run_of_its_metadata() -> None:
    runs = PACK.rows(Metadata)
    found = {
        each.version: [run.requires_python for run in runs if PACK.has(each.version, run.first, run.last)]
        for each in PACK.releases
    }

    assert found == {each.version: [each.requires_python] for each in PACK.releases}
    assert {(run.row, run.evidence.title) for run in runs} == {("ddtrace/releases", "the package index")}


def test_examples_of_wheels() -> None:
    """Alpine before 0.56, Windows 3.13 with 2.x, i686 with 4.x, musl 3.15."""
    wheels = PACK.rows(Wheel)

    def has(release: str, python: str, platform: str) -> bool:
        return any(
            (wheel.python, wheel.platform) == (python, platform) and PACK.has(release, wheel.first, wheel.last)
            for wheel in wheels
        )

    assert has("0.56.0", "3.9", "musllinux-x86_64")
    assert not has("0.55.4", "3.9", "musllinux-x86_64")
    assert has("2.21.12", "3.13", "manylinux-x86_64")
    assert not has("2.21.12", "3.13", "win-amd64")
    assert has("3.19.9", "3.9", "manylinux-i686")
    assert not has("4.0.0", "3.9", "manylinux-i686")


def test_images_of_the_agent_and_dependents() -> None:
    assert {image.subject for image in PACK.rows(AgentImage)} == {"datadog-agent"}
    demands = {
        row.specifier for row in PACK.about(Dependent, "datadog-lambda") if "8.121.0" in SpecifierSet(row.versions)
    }
    assert demands == {">=3.19.1,<4"}
