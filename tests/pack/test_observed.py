"""Every error that rests on what happens when a release meets a library was seen: none follows from a document alone."""

from __future__ import annotations

import re

import pytest

from ddlint.checks import known_bad_pair, removed_integration, unsupported_dependency
from ddlint.core.model import Dependency, NormalizedName, Severity
from ddlint.core.source import Span
from ddlint.pack.install_rows import BadPair
from ddlint.pack.loader import builtin
from ddlint.pack.pack import Pack, series_of
from ddlint.pack.support import SupportStatus, applicable_rows, compare, consequence_of, evaluate, unsupported_level
from ddlint.pack.support_rows import Effect, Observation, Sighting
from ddlint.versions.specifiers import allows
from tests.checks.built import project, requirements

PACK = builtin()
HURT = frozenset({Effect.BREAKS.value, Effect.REFUSED.value})


def newest_of_majors(pack: Pack) -> list[str]:
    newest = {each.version.partition(".")[0]: each.version for each in pack.releases}
    return list(newest.values())[-3:]


NEWEST = newest_of_majors(PACK)


def was_seen(distribution: str, release: str, versions: str) -> bool:
    """Return whether a release was run with one of the versions, and failed."""
    return any(
        each.release == release and any(allows(versions, version) for version, _, _ in each.failed)
        for each in PACK.sightings(distribution)
    )


@pytest.mark.parametrize("release", NEWEST)
def test_a_bad_pair_that_is_an_error_was_run(release: str) -> None:
    unseen = [
        f"{row.distribution}{row.versions}"
        for row in PACK.rows(BadPair)
        if row.severity == "error" and any(PACK.has(release, *run) for run in row.releases)
        if not was_seen(row.distribution, release, row.versions)
        if not any(f"{PACK.subject} {release} installed" in each.title for each in (row.evidence, *row.others))
    ]

    assert unseen == []


@pytest.mark.parametrize("release", NEWEST)
def test_an_observation_that_is_an_error_was_run(release: str) -> None:
    unseen = [
        f"{row.distribution}{row.specifier}"
        for row in PACK.rows(Observation)
        if row.effect in HURT and PACK.holds(series_of(release), row.first, row.last)
        if not was_seen(row.distribution, release, row.specifier)
        if release not in {seen for seen, _, _ in row.seen}
    ]

    assert unseen == []


def test_what_was_run_is_most_of_what_is_instrumented() -> None:
    rows = [row for name in PACK.distributions for row in PACK.sightings(name)]
    combinations = [
        (row.distribution, row.integration, row.python, row.release, version)
        for row in rows
        for version in (*row.traced, *row.patched, *(each for each, _, _ in row.failed))
    ]

    assert set(map(type, rows)) == {Sighting}
    assert len(combinations) == len(set(combinations))
    assert len({row.integration for row in rows}) > 80
    assert {row.release for row in rows} >= set(NEWEST)


def test_a_requirement_is_tested_where_one_of_its_versions_was_seen_to_work() -> None:
    """As with the versions of a test matrix: the others of them count with it. Two integrations may disagree."""
    untested = []
    for name in PACK.distributions:
        sightings = PACK.sightings(name)
        is_of_one = len({each.integration for each in sightings}) == 1
        for sighting in sightings if is_of_one else ():
            for version in sighting.traced:
                specifier = f"=={'.'.join(version.split('.')[:2])}.*"
                dependency = Dependency(NormalizedName(name), specifier, Span(0, 0), Span(0, 0), "")
                found = evaluate(PACK, dependency, sighting.release, series_of(sighting.release))
                if found.status is SupportStatus.UNTESTED:
                    untested.append((name, specifier, sighting.release))

    assert untested == []


def versions_of(distribution: str, release: str) -> list[str]:
    """Return versions at the edges of what is stated for a release, those that were run, and ends beyond them."""
    rows = applicable_rows(PACK, NormalizedName(distribution), release, series_of(release)).rows
    stated = {version for row in rows for version in re.findall(r"\d[\d.]*\d|\d", row.specifier)}
    stated |= {
        version for row in PACK.about(BadPair, distribution) for version in re.findall(r"\d[\d.]*", row.versions)
    }
    run = {
        version
        for each in PACK.sightings(distribution)
        for version in (*each.traced, *each.patched, *(failed for failed, _, _ in each.failed))
    }
    return sorted({*stated, *run, "0.0.1", "9999"} if rows else stated)


@pytest.mark.parametrize("release", NEWEST)
def test_every_error_about_a_library_names_a_run(release: str) -> None:
    """Of DD301, DD304 and DD502, for each version that a row or a run names."""
    errors: dict[str, list[str]] = {}
    unseen = []
    for name in (each for each in PACK.distributions if ":" not in each):
        for version in versions_of(name, release):
            judged = project(requirements(f"ddtrace=={release}", f"{name}=={version}"), rules=PACK)
            for check in (unsupported_dependency, removed_integration, known_bad_pair):
                for found in check.run(judged, PACK):
                    if found.severity is Severity.ERROR and found.subject == name:
                        errors.setdefault(found.code, []).append(f"{name} {version}")
                        if not any(
                            f"{PACK.subject} " in each.title and "installed" in each.title for each in found.evidence
                        ):
                            unseen.append(f"{found.code} {name} {version}")

    assert unseen == []
    assert len(errors["DD301"]) >= 5
    assert len(errors["DD502"]) >= 5
    assert "DD304" not in errors


@pytest.mark.parametrize("release", NEWEST)
def test_what_a_release_that_checks_versions_skips_is_an_error_where_it_was_seen(release: str) -> None:
    series, levels = series_of(release), set()
    for name in PACK.distributions:
        rows = applicable_rows(PACK, NormalizedName(name), release, series).rows
        for version in versions_of(name, release) if rows else ():
            if compare(f"=={version}", rows).status is SupportStatus.UNSUPPORTED:
                found = consequence_of(PACK, rows, series, f"=={version}", is_checked=True)
                is_seen = found.observation is not None and found.is_confirmed
                level = unsupported_level(found.effect, is_ceiling=False, is_off=False, is_seen=is_seen)
                levels.add((level, found.observation is not None))

    assert (Severity.ERROR, False) not in levels
    assert (Severity.ERROR, True) in levels
