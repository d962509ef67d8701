"""Every fact shown equals the rules: 500 cells of the built pages, drawn by a seed, and what the engine answers for each."""

from __future__ import annotations

import random
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pytest

from ddlint.checks.common.variables import variables_of
from ddlint.checks.common.wheels import wheels_of
from ddlint.pack.explain import anchor, rules_by_series
from ddlint.pack.loader import builtin
from ddlint.pack.releases import release_index, supported_pythons
from ddlint.pack.support import applicable_rows, default_of
from ddlint.pack.topic import slug
from tests.site.html_tables import Tables
from tools.site.places import SITE

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.site
SEED, CELLS = 20261128, 500
PACK = builtin()
DEFAULTS = {"on": "yes", "off": "no", "on under a condition": "conditional", "": ""}
DISTRIBUTIONS = {anchor(name): name for name in PACK.distributions}
VARIABLES = {anchor(name): name for name in variables_of(PACK).rows}


class Cell(NamedTuple):
    """A fact as a page shows it, and as the engine answers."""

    page: str
    about: tuple[str, ...]
    shown: str
    answer: str


@cache
def tables(page: str) -> Tables:
    return Tables((SITE / page / "index.html").read_text(encoding="utf-8"))


def newest(series: str) -> str:
    return release_index(PACK).newest_of[series].version


def ruled(name: str, series: str) -> str:
    """Return what `ddlint rule` says decides for a distribution in a series: `>=1.1.4 (declared`."""
    for line in rules_by_series(name, PACK):
        found = re.match(r"(\S+)(?: to (\S+))? {2,}(.*)", line)
        assert found, line
        if PACK.holds(series, found[1], found[2] or found[1]):
            return found[3]
    return ""


def as_ruled(versions: str, basis: str) -> str:
    """Return cells of a page in the words of `ddlint rule`."""
    if versions.startswith("removed in "):
        return f"no longer instrumented, since {versions.removeprefix('removed in ')}"
    return "only tested: what lies outside is a notice" if basis == "tested only" else f"{versions} ({basis}"


def in_run(draw: random.Random, run: str) -> str:
    first, _, last = run.partition(" to ")
    return draw.choice([each for each in PACK.all_series if PACK.holds(each, first, last or first)])


def integration_cells(draw: random.Random) -> Iterator[Cell]:
    page = draw.choice(sorted(path.parent.name for path in (SITE / "integrations").glob("*/index.html")))
    integration = next(
        row.integration for name in PACK.distributions for row in PACK.support(name) if slug(row.integration) == page
    )
    for heading, (head, *rows) in tables(f"integrations/{page}").tables:
        for run, *cells in rows:
            if head[1] == "supported versions":
                series = in_run(draw, run)
                name = DISTRIBUTIONS[heading]
                yield Cell(
                    page, (name, series), as_ruled(*cells[:2]), ruled(name, series).partition(", off")[0].rstrip(")")
                )
            elif heading == "switch":
                series = in_run(draw, run)
                found = default_of(PACK, integration, series)
                assert found
                yield Cell(page, (series,), f"{DEFAULTS[cells[0]]} {cells[1]}", f"{found.is_on} {found.switch}")


def series_cells(draw: random.Random) -> Iterator[Cell]:
    series = draw.choice(PACK.all_series)
    for heading, (head, *rows) in tables(f"series/{series}").tables:
        if heading == "wheels" and head[0] == "Python":
            for python, *cells in rows:
                minor = python.removeprefix("Python ")
                wheels = {each.platform: each.floor for each in wheels_of(PACK, newest(series), minor) or ()}
                for platform, cell in zip(head[1:], cells, strict=True):
                    yield Cell(series, (minor, platform), cell, wheels.get(platform, "source"))
        elif heading == "integrations":
            for library, versions, basis, tested, _ in rows:
                yield Cell(
                    series,
                    (library,),
                    as_ruled(versions, basis),
                    ruled(library, series).partition(", off")[0].rstrip(")"),
                )
                found = applicable_rows(PACK, library, newest(series), series).tested
                yield Cell(
                    series, (library, "tested"), tested, " or ".join(dict.fromkeys(row.specifier for row in found))
                )
        elif heading == "releases":
            for version, day, pythons, state in rows:
                release = release_index(PACK).find(version)
                assert release
                state_of_it = "yanked" if release.is_yanked else "released"
                answer = f"{release.released} {release.requires_python} {state_of_it}"
                yield Cell(series, (version,), f"{day} {pythons} {state}", answer)


def setting_cells(draw: random.Random) -> Iterator[Cell]:
    page = draw.choice(sorted(path.parent.name for path in (SITE / "settings").glob("*/index.html")))
    for heading, text in tables(f"settings/{page}").paragraphs:
        if heading in VARIABLES and text.startswith("Read by "):
            runs = [run.split(" to ") for run in text.removeprefix("Read by ddtrace ").rstrip(".").split(", ")]
            series = draw.choice(PACK.all_series)
            shown = any(PACK.holds(series, run[0], run[-1]) for run in runs)
            yield Cell(page, (heading, series), str(shown), str(variables_of(PACK).reads(VARIABLES[heading], series)))


def index_cells(draw: random.Random) -> Iterator[Cell]:
    (_, (_, *rows)) = tables("series").tables[0]
    for series, release, _, pythons, _ in draw.sample(rows, 5):
        yield Cell("series", (series,), release, newest(series))
        yield Cell("series", (series,), pythons, ", ".join(supported_pythons(PACK, release)))


def test_500_cells_equal_what_the_engine_answers() -> None:
    draw = random.Random(SEED)
    kinds = (integration_cells, series_cells, setting_cells, index_cells)
    found: dict[str, list[Cell]] = {kind.__name__: [] for kind in kinds}
    while min(map(len, found.values())) < CELLS // len(kinds):
        for kind in kinds:
            found[kind.__name__] += kind(draw)
    cells = [cell for each in found.values() for cell in draw.sample(each, CELLS // len(kinds))]

    assert len(cells) == CELLS
    assert [cell for cell in cells if cell.shown != cell.answer] == []
