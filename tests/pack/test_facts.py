"""Every row of the facts the pack was made from, rebuilt from the pack and compared: nothing lost, nothing added.

The facts are CSV files outside this repository; `DDLINT_FACTS` names their folder.
"""

from __future__ import annotations

import csv
import os
import re
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from packaging.specifiers import SpecifierSet

from ddlint.pack.install_rows import Dependent, Injection, RangeOnPython, Requirement, Runtime, Wheel
from ddlint.pack.loader import builtin
from ddlint.pack.protection_rows import (
    Capability,
    FrameworkMinimum,
    Protection,
    RemovedSetting,
    RequiredSetting,
    Setting,
    Site,
)
from ddlint.pack.support_rows import Basis, Support
from tests.pack.yaml_of import yaml_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ddlint.core.report import Evidence

FOLDER = os.environ.get("DDLINT_FACTS", "")
PACK = builtin()
RELEASES = [release.version for release in PACK.releases]

pytestmark = pytest.mark.skipif(not FOLDER, reason="DDLINT_FACTS names no folder with the facts")


def facts(name: str) -> list[dict[str, str]]:
    with Path(FOLDER, name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def tell(name: str, count: int, what: str) -> None:
    """Say how much was compared; `pytest -s` shows it."""
    sys.stdout.write(f"{name}: {count} {what}\n")


def same(name: str, rebuilt: Iterable[tuple[object, ...]], *columns: str) -> None:
    """Compare rows as a multiset: on the named columns of the file."""
    expected: Counter[tuple[object, ...]] = Counter(tuple(row[column] for column in columns) for row in facts(name))
    actual: Counter[tuple[object, ...]] = Counter(rebuilt)
    tell(name, expected.total(), "rows")

    assert actual - expected == Counter()
    assert expected - actual == Counter()


def support() -> Iterator[Support]:
    return (row for name in PACK.distributions for row in PACK.support(name))


@cache
def raw_specifiers() -> dict[tuple[str, str, str, str], str]:
    """The specifiers as the YAML has them: `*` and the empty text both admit every version."""
    return {
        (entry["integration"], name, basis, run["series"].partition("-")[0]): run["spec"]
        for entry in yaml_of("integrations")
        for name, bases in entry["distributions"].items()
        for basis, runs in bases.items()
        if basis not in {"tested_on", "module"}
        for run in runs
    }


def revision(evidence: Evidence | None) -> str:
    assert evidence
    return next(iter(re.findall(r"\d+\.\d+\.\d+", evidence.title)), "")


def source_of_support(row: Support) -> str:
    assert row.evidence
    title, version = row.evidence.title, revision(row.evidence)
    if "source distribution" in title:
        return f"{row.evidence.section} in PyPI sdist {version}"
    if "test matrix" in title:
        return f"{title.rpartition(', ')[2]}@v{version}"
    path = "docs/index.rst" if "docs/index.rst" in title else row.evidence.section
    return f"{path}@v{version}"


def test_integrations() -> None:
    rebuilt = []
    for row in support():
        if row.basis in {Basis.PUBLISHED, Basis.OBSERVED}:
            continue
        spec = raw_specifiers()[row.integration, row.distribution, row.basis.value, row.first]
        low = re.search(r">=([^,]+)", spec)
        high = re.search(r"<=([^,]+)", spec) if row.basis is Basis.TESTED else None
        rebuilt.append(
            (
                row.distribution,
                row.integration,
                row.basis.value,
                row.first,
                row.last,
                low[1] if low else "",
                high[1] if high else "",
                "" if row.basis is Basis.TESTED else spec,
                row.default,
                "yes" if row.is_pinned else "",
                source_of_support(row),
            )
        )

    same(
        "integrations.csv",
        rebuilt,
        "distribution",
        "integration",
        "basis",
        "from_line",
        "to_line",
        "min_version",
        "max_tested_version",
        "spec",
        "auto_instrumented",
        "pinned",
        "source",
    )


def test_integrations_by_python() -> None:
    rebuilt = []
    for row in PACK.rows(RangeOnPython):
        bounds = re.fullmatch(r">=(.+),<=(.+)", row.specifier)
        low, high = bounds.groups() if bounds else ("", "")
        name = f"supported_versions.json@v{revision(row.evidence)}"
        rebuilt.append((row.distribution, row.integration, row.python, row.first, row.last, low, high, name))

    same(
        "integrations_by_python.csv",
        rebuilt,
        "distribution",
        "integration",
        "python",
        "from_line",
        "to_line",
        "min_tested_version",
        "max_tested_version",
        "source",
    )


def test_auto_instrumentation() -> None:
    names = {entry["integration"] for entry in yaml_of("integrations")}
    rebuilt = [
        (name, row.first, row.last, "no" if row.command else row.is_on)
        for name in names
        for row in PACK.defaults(name)
        if row.integration == name and row.switch
    ]

    same("auto_instrumentation.csv", rebuilt, "integration", "from_line", "to_line", "auto_patched")


def test_package_map() -> None:
    rows: dict[tuple[str, str], list[Support]] = {}
    for row in support():
        if row.basis not in {Basis.PUBLISHED, Basis.OBSERVED}:
            rows.setdefault((row.distribution, row.integration), []).append(row)
    order = ["0.4", *PACK.all_series].index
    rebuilt = [
        (
            name,
            integration,
            name.partition(":")[0] if ":" in name else "PyPI",
            min((row.first for row in found), key=order),
            max((row.last for row in found), key=order),
            " ".join(sorted({row.basis.value for row in found})),
        )
        for (name, integration), found in rows.items()
    ]

    same(
        "package_map.csv",
        rebuilt,
        "distribution",
        "integration",
        "kind",
        "first_line_seen",
        "last_line_seen",
        "bases",
    )


def test_seeds() -> None:
    languages = {"French": ("000_3dca0ff65a628b7c", "fr"), "Japanese": ("002_494f43a6dcbc8768", "ja")}
    rows: dict[tuple[str, ...], set[str]] = {}
    for row in support():
        if row.basis is Basis.PUBLISHED:
            assert row.evidence
            language = next((word for word in languages if word in row.evidence.title), "English")
            seed, code = languages.get(language, ("001_f00f9677d92ad990", "en"))
            cell = re.fullmatch(r"(.+?): (.+), line (\d+)", row.evidence.section)
            assert cell
            kind = "minimum" if row.specifier else "fully supported"
            era = f"{row.first}-{row.last}"
            key = (f"{seed}.txt", code, cell[1], cell[2], row.specifier.removeprefix(">="), kind, era, cell[3])
            rows.setdefault(key, set()).add(row.distribution)
    expected = {
        (
            row["seed"],
            row["language"],
            row["section"],
            row["label"],
            row["min_version"],
            row["kind"],
            row["ddtrace_era"],
            row["seed_line"],
        ): set(row["distributions"].split())
        for row in facts("documented_minimums.csv")
    }
    tell("documented_minimums.csv", len(expected), "rows")

    assert len(expected) == 121
    assert rows == expected


def test_releases() -> None:
    assert all(row["has_sdist"] == "yes" and row["free_threaded_wheels"] == "no" for row in facts("releases.csv"))
    wheels = PACK.rows(Wheel)
    position = {version: number for number, version in enumerate(RELEASES)}
    pythons: dict[str, set[str]] = {}
    platforms: dict[str, set[str]] = {}
    for wheel in wheels:
        for version in RELEASES[position[wheel.first] : position[wheel.last] + 1]:
            pythons.setdefault(version, set()).add(wheel.python)
            platforms.setdefault(version, set()).add(wheel.platform)
    rebuilt = [
        (
            release.version,
            release.released,
            release.requires_python,
            "yes" if release.is_yanked else "no",
            frozenset(pythons.get(release.version, ())),
            frozenset(platforms.get(release.version, ())),
        )
        for release in PACK.releases
    ]
    expected = [
        (
            row["version"],
            row["upload_date"],
            row["requires_python"],
            row["yanked"],
            frozenset(row["wheel_pythons"].split()),
            frozenset(row["wheel_platforms"].split()),
        )
        for row in facts("releases.csv")
    ]
    tell("releases.csv", len(expected), "rows")

    assert rebuilt == expected


def triples(runs: Iterable[tuple[str, str, str, str, str]]) -> set[tuple[str, str, str, str]]:
    position = {version: number for number, version in enumerate(RELEASES)}
    return {
        (version, python, platform, floor)
        for python, platform, first, last, floor in runs
        for version in RELEASES[position[first] : position[last] + 1]
    }


def test_wheels() -> None:
    columns = ("python", "platform", "from_version", "to_version", "tag_floor")
    rebuilt = [(row.python, row.platform, row.first, row.last, row.floor) for row in PACK.rows(Wheel)]
    found = triples(rebuilt)
    tell("wheels.csv", len(found), "triples")

    same("wheels.csv", rebuilt, *columns)
    assert len(found) == 32_626
    assert found == triples(tuple(row[column] for column in columns) for row in facts("wheels.csv"))  # type: ignore[misc]  # five columns


def test_release_lines() -> None:
    words = {"end-of-life": "End of Life", "maintenance": "Maintenance", "general-availability": "General Availability"}
    rebuilt = [(row.specifier, words[row.level.value], row.until, row.minimum_agent) for row in PACK.levels]

    same("release_lines.csv", rebuilt, "line", "level", "end_of_support", "min_agent")
    assert {row["source"].partition(" groups")[0].partition(";")[0] for row in facts("release_lines.csv")} == {
        history_source(row.evidence) for row in PACK.levels
    }


def test_release_lines_bounds() -> None:
    rebuilt = []
    for level in PACK.levels:
        held = [release for release in PACK.releases if SpecifierSet(level.specifier).contains(release.version)]
        rebuilt.append((level.specifier, held[0].version, held[0].released, held[-1].version, held[-1].released))

    same(
        "release_lines.csv",
        rebuilt,
        "line",
        "first_release",
        "first_release_date",
        "last_release",
        "last_release_date",
    )


def history_source(evidence: Evidence) -> str:
    if "docs/versioning.rst" in evidence.title:
        return f"docs/versioning.rst@v{revision(evidence)}"
    if "supported_versions.html" in evidence.title:
        commit = evidence.title.rpartition(" ")[2]
        return f"DataDog/documentation layouts/partials/trace_collection/python/supported_versions.html@{commit}"
    return {
        "App and API Protection)": "seed 004",
        "for the releases 1.x and 2.x)": "seed 003",
    }[re.sub(r".*documentation, ", "", evidence.title)]


def test_release_level_history() -> None:
    words = {"end-of-life": "End of Life", "maintenance": "Maintenance", "general-availability": "General Availability"}
    rebuilt = [
        (
            history_source(row.evidence),
            row.specifier,
            words[row.level.value] + (f" (until {row.until})" if row.until else ""),
            row.minimum_agent,
        )
        for row in PACK.level_history
    ]

    named = [(_version_of(source), source, *rest) for source, *rest in rebuilt]
    same("release_level_history.csv", named, "source_version", "source", "line", "level", "min_agent")


def _version_of(source: str) -> str:
    """Give what the facts call the revision of a document."""
    version = re.search(r"@v(.+)", source)
    return version[1] if version else "3.x docs" if "DataDog/documentation" in source else source


def seed_number(evidence: Evidence) -> str:
    for word, seed in {"French": "000", "English": "001", "Japanese": "002"}.items():
        if word in evidence.title:
            return f"seed {seed}"
    return history_source(evidence)


def test_documented_runtimes() -> None:
    rebuilt = []
    for row in PACK.rows(Runtime):
        python, _, releases = row.written.partition("; ")
        rebuilt.append(
            (seed_number(row.evidence), row.system, row.machines, row.implementation, python, releases or row.releases)
        )

    same("documented_runtimes.csv", rebuilt, "source", "os", "cpu", "runtime", "python", "ddtrace")


def test_ssi_runtimes() -> None:
    rebuilt = []
    for row in PACK.rows(Injection):
        bounds = re.fullmatch(r">=(.+),<(.+)", row.pythons)
        assert bounds
        rebuilt.append(
            (row.first, row.last, bounds[1], bounds[2], "yes" if row.is_safe else "no", row.evidence.section)
        )

    same(
        "ssi_runtimes.csv",
        rebuilt,
        "from_line",
        "to_line",
        "python_min_inclusive",
        "python_max_exclusive",
        "sets_safe_instrumentation",
        "source",
    )


def requirement_source(evidence: Evidence) -> str:
    version = revision(evidence)
    if "source distribution" in evidence.title:
        return f"pyproject.toml in PyPI sdist {version}"
    return f"{evidence.title.rpartition(', ')[2]}@v{version}"


def test_dependencies() -> None:
    rebuilt = [
        (row.distribution, row.extra, row.first, row.last, row.specifier, row.marker, requirement_source(row.evidence))
        for row in PACK.rows(Requirement)
    ]

    same(
        "dependencies.csv",
        rebuilt,
        "dependency",
        "extra",
        "from_version",
        "to_version",
        "specifier",
        "marker",
        "source",
    )


def test_dependents() -> None:
    known = facts("dependents.csv")
    wrong = [
        fact
        for fact in known
        if not any(
            row.distribution == fact["package"]
            and row.python == fact["python_marker"]
            and SpecifierSet(row.versions).contains(fact["version"])
            and SpecifierSet(row.specifier) == SpecifierSet(fact["ddtrace_specifier"])
            and all(name in fact["other"] for name, _ in row.requires)
            for row in PACK.rows(Dependent)
        )
    ]
    tell("dependents.csv", len(known), "rows")

    assert wrong == []


def test_removed_integrations() -> None:
    rows: dict[str, list[str]] = {}
    seen: dict[str, tuple[str, ...]] = {}
    for row in PACK.removals():
        rows.setdefault(row.name, []).append(row.distribution)
        seen[row.name] = (row.kind, row.version, row.deprecated_in, row.successor, row.note)
        assert row.evidence
    rebuilt = [(name, " ".join(rows[name]), *told) for name, told in seen.items()]

    same(
        "removed_integrations.csv",
        rebuilt,
        "name",
        "distribution",
        "kind",
        "version",
        "deprecated_in",
        "replacement",
        "note",
    )


def test_removed_integrations_rest_on_the_documents_of_the_facts() -> None:
    """Every file at a tag that the facts name is among the evidence, as section and revision."""
    cited: dict[str, set[tuple[str, str]]] = {}
    for row in PACK.removals():
        documents = (row.evidence, *row.others)
        cited.setdefault(row.name, set()).update((each.section, revision(each)) for each in documents)
    named = {
        (row["name"], path, version)
        for row in facts("removed_integrations.csv")
        for path, version in re.findall(r"(releasenotes/\S+|CHANGELOG\.md)@v([\d.]+)", row["source"])
    }
    tell("removed_integrations.csv", len(named), "documents")

    missing = {(name, path, version) for name, path, version in named if not _is_cited(path, version, cited[name])}
    assert len(named) > 20
    assert missing == set()


def _is_cited(path: str, version: str, cited: set[tuple[str, str]]) -> bool:
    return (path, version) in cited or (path == "CHANGELOG.md" and version in {found for _, found in cited})


def settings_source(evidence: Evidence) -> str:
    version = revision(evidence)
    if "CHANGELOG" in evidence.title:
        return f"CHANGELOG.md@v{version} {evidence.section}"
    path = "docs/upgrading.rst" if "upgrading" in evidence.title else evidence.section
    return f"{path}@v{version}"


CORRECTED = {
    "DD_REMOTECONFIG_POLL_SECONDS": None,
    "DD_TRACE_OBFUSCATION_QUERY_STRING_PATERN": (
        "DD_TRACE_OBFUSCATION_QUERY_STRING_PATTERN",
        "DD_TRACE_OBFUSCATION_QUERY_STRING_REGEXP",
    ),
    "DEFAULT_RUNTIME_METRICS_INTERVAL": ("DD_RUNTIME_METRICS_INTERVAL", ""),
    "DD_EXCEPTION_DEBUGGING_ENABLED": ("DD_EXCEPTION_DEBUGGING_ENABLED", "DD_EXCEPTION_REPLAY_ENABLED"),
    "DD_DYNAMIC_INSTRUMENTATION_UPLOAD_FLUSH_INTERVAL": (
        "DD_DYNAMIC_INSTRUMENTATION_UPLOAD_FLUSH_INTERVAL",
        "DD_DYNAMIC_INSTRUMENTATION_UPLOAD_INTERVAL_SECONDS",
    ),
}
"""What documents say of a variable and the code contradicts: (name, successor) of the code; `None` where it is read."""


def test_removed_config() -> None:
    """Every variable of the documents has its row; the rows that only the code knows are verified by a tool."""
    rebuilt = {
        (row.note or row.variable, row.version, row.successor, settings_source(row.evidence))
        for row in PACK.rows(RemovedSetting)
        if "read by syntax tree" not in row.evidence.title
    }
    stated = facts("removed_config.csv")
    expected = set()
    for row in stated:
        if meant := CORRECTED.get(row["env_var"], (row["env_var"], row["replacement"])):
            expected.add((meant[0], row["removed_in"], meant[1], row["source"]))
    tell("removed_config.csv", len(stated), "rows")

    assert CORRECTED.keys() <= {row["env_var"] for row in stated}
    assert rebuilt == expected


def test_env_switches() -> None:
    rebuilt = [
        (
            row.variable,
            row.says or "see name",
            row.kind,
            row.default or "unset",
            f"supported-configurations.json@v{revision(row.evidence)}",
        )
        for row in PACK.rows(Setting)
    ]

    same("env_switches.csv", rebuilt, "env_var", "switches", "type", "default", "source")


def protection_source(evidence: Evidence) -> str:
    if "DataDog/documentation" in evidence.title:
        return f"DataDog/documentation {evidence.section}@{evidence.title.rpartition(' ')[2]}"
    return f"dd-trace-py {evidence.section}" if evidence.title == "dd-trace-py repository" else "seed 004"


def test_aap() -> None:
    rows = [
        (row.title, row.is_supported, row.minimum, protection_source(row.evidence)) for row in PACK.rows(Capability)
    ]
    expected = [
        (row["capability"], row["supported"] == "yes", row["min_version"], row["source"]) for row in facts("aap.csv")
    ]
    tell("aap.csv", len(expected), "rows")

    assert Counter(rows) == Counter(expected)


def test_aap_support() -> None:
    rebuilt = [
        (
            row.table,
            row.name,
            " ".join(row.distributions),
            row.capability,
            "yes" if row.is_covered else "",
            row.note,
            protection_source(row.evidence),
        )
        for row in PACK.rows(Protection)
    ]

    same("aap_support.csv", rebuilt, "section", "name", "distributions", "capability", "value", "note", "source")


def test_aap_limits() -> None:
    required = {row.variable: row for row in PACK.rows(RequiredSetting)}
    tornado = required["DD_TRACE_TORNADO_ENABLED"]
    remote = required["DD_REMOTE_CONFIGURATION_ENABLED"]
    current = next(row for row in PACK.levels if row.specifier == ">=4.0,<5")
    documents = [current.evidence, tornado.evidence, remote.evidence]
    documents += [row.evidence for row in PACK.rows(Capability) if row.is_ruling and not row.is_supported]
    documents += [row.evidence for row in PACK.rows(Site)]
    rebuilt = [
        ("min_agent", current.minimum_agent, "for ddtrace >=2.0"),
        ("required_env", f"{tornado.variable}={tornado.value}", "needed for the Tornado integration"),
        (
            "required_feature",
            "Remote Configuration",
            "required by AAP; included in the listed minimum tracer versions",
        ),
        *(
            ("unsupported_capability", row.title, "")
            for row in PACK.rows(Capability)
            if row.is_ruling and not row.is_supported
        ),
        *(("unsupported_site", row.site, row.note) for row in PACK.rows(Site)),
    ]

    sourced = [(*row, protection_source(document)) for row, document in zip(rebuilt, documents, strict=True)]
    same("aap_limits.csv", sourced, "kind", "value", "note", "source")
    assert remote.value == "true"


def test_aap_framework_minimums() -> None:
    rebuilt = [
        (row.title, row.distribution, row.versions, row.capability, protection_source(row.evidence))
        for row in PACK.rows(FrameworkMinimum)
    ]

    same("aap_framework_minimums.csv", rebuilt, "framework", "distribution", "versions", "capability", "source")


def test_line_tags() -> None:
    order = ["0.3", "0.4", *PACK.all_series]
    covered: dict[str, set[str]] = {}
    for row in support():
        for line in order[order.index(row.first) : order.index(row.last) + 1]:
            covered.setdefault(row.basis.value, set()).add(line)
    tags: dict[str, str] = yaml_of("tags")
    rebuilt = [
        (
            line,
            tag,
            *("yes" if line in covered[basis] else "no" for basis in ("documented", "tested", "declared")),
        )
        for line, tag in tags.items()
    ]

    same("line_tags.csv", rebuilt, "line", "source_tag", "documented", "tested", "declared")


def test_every_file_of_facts_is_compared() -> None:
    names = {path.name for path in Path(FOLDER).glob("*.csv")}
    tests = Path(__file__).read_text(encoding="utf-8")

    assert {name for name in names if f'"{name}"' not in tests} == set()
    columns = {(name, column) for name in names for column in facts(name)[0]}
    tell("columns", len(columns), f"in {len(names)} files")
    assert {(name, column) for name, column in columns if f'"{column}"' not in tests} == set()
