"""Every error that rests on what happens when a release meets a library was seen: none follows from a document alone."""

from __future__ import annotations

import pytest

from ddlint.core.model import Dependency, NormalizedName
from ddlint.core.source import Span
from ddlint.pack.install_rows import BadPair
from ddlint.pack.loader import builtin
from ddlint.pack.pack import Pack, series_of
from ddlint.pack.support import SupportStatus, evaluate
from ddlint.pack.support_rows import Effect, Observation, Sighting
from ddlint.versions.specifiers import allows

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
