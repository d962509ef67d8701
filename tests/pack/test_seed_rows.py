"""Every row of every table of the pages: what they say `yes` to passes, and everything else is told.

`pytest -rP tests/pack/test_seed_rows.py` shows how much was held against what.
"""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from pathlib import Path

import pytest

from ddlint.pack.protection_rows import Framework, Protection, Sink
from tests.cases.runner import builtin_pack, lint
from tests.pack.seed_rows import (
    EXCLUDED,
    FRAMEWORKS,
    LIBRARIES,
    NEWEST,
    SEED_ROWS,
    SINKS,
    UNPROTECTED,
    UNWATCHED,
    UNWATCHED_MODULES,
    Probe,
    SeedRow,
    requirements,
    setting,
)

PACK = builtin_pack()
FOLDER = os.environ.get("DDLINT_FACTS", "")
SEEDS = Path(FOLDER).parent / "seeds"
_TOLD = re.compile(r"(?P<at>\S+:\d+:\d+): (?P<what>\w+ DD\d{3}) ")


def told(probe: Probe, folder: Path) -> list[str]:
    """Lint a probe, and give the place, severity and code of each finding."""
    for name, text in probe.files.items():
        (folder / name).write_text(text, encoding="utf-8")
    found = (_TOLD.match(line) for line in lint(folder, probe.words).splitlines() if probe.about in line)
    return [f"{match['at']} {match['what']}" for match in found if match]


def title(row: SeedRow) -> str:
    return f"{row.pages[0]} {row.name}"


@pytest.mark.parametrize("row", [row for row in SEED_ROWS if row.probes], ids=title)
def test_a_row_of_a_page(row: SeedRow, tmp_path: Path) -> None:
    found = {}
    for number, probe in enumerate(row.probes):
        folder = tmp_path / str(number)
        folder.mkdir()
        found[probe.shows] = told(probe, folder)

    assert found == {probe.shows: list(probe.told) for probe in row.probes}


def test_a_row_that_was_replaced_names_its_successor() -> None:
    pages = {page for row in SEED_ROWS if row.probes for page in row.pages}

    assert all(row.replaced_by in pages for row in SEED_ROWS if not row.probes)
    assert all(not row.replaced_by for row in SEED_ROWS if row.probes)


@pytest.mark.parametrize("releases, platforms", EXCLUDED, ids=lambda value: value if isinstance(value, str) else "")
def test_what_no_runtime_table_has(releases: str, platforms: tuple[str, ...], tmp_path: Path) -> None:
    asked = requirements(f"ddtrace{releases}")
    images = {"manylinux-i686": "i386/python:3.9", "musllinux-i686": "i386/python:3.9-alpine", "pypy": "pypy:3.9"}
    for platform in platforms:
        folder = tmp_path / platform
        folder.mkdir()
        probe = Probe(platform, {**asked, "Dockerfile": f"FROM {images[platform]}\n"}, "--select DD2")

        assert told(probe, folder) == ["Dockerfile:1:6 warning DD203"]


@pytest.mark.parametrize("distribution, version", UNPROTECTED)
def test_a_web_framework_that_the_newest_page_leaves_out(distribution: str, version: str, tmp_path: Path) -> None:
    files = {**requirements(NEWEST, f"{distribution}=={version}"), **setting(DD_APPSEC_ENABLED="true")}

    assert told(Probe("", files, "--select DD403"), tmp_path) == [".env:1:19 warning DD403"]


@pytest.mark.parametrize("requirement", UNWATCHED)
def test_a_driver_or_client_that_the_newest_page_leaves_out(requirement: str, tmp_path: Path) -> None:
    files = {**requirements(NEWEST, "flask==3.0.3", requirement), **setting(DD_APPSEC_ENABLED="true")}

    assert told(Probe("", files, "--select DD404"), tmp_path) == ["requirements.txt:3:1 notice DD404"]


def test_a_module_whose_cell_is_missing(tmp_path: Path) -> None:
    """`webbrowser` has no cell for request forgery, `subprocess` none for the shell: told on request, once each."""
    files = {**requirements(NEWEST, "flask==3.0.3"), **setting(DD_APPSEC_ENABLED="true")}
    probe = Probe("", files, "--select DD404 --pedantic")
    found = told(probe, tmp_path)
    words = lint(tmp_path, probe.words)

    assert found == [".env:1:19 notice DD404"] * len(UNWATCHED_MODULES)
    assert [module for module in UNWATCHED_MODULES if f"`{module}`" in words] == list(UNWATCHED_MODULES)


@pytest.mark.parametrize("site", ["app.ddog-gov.com", "ddog-gov.com", "us2.ddog-gov.com", "app.us2.ddog-gov.com"])
def test_a_site_that_the_newest_page_excludes(site: str, tmp_path: Path) -> None:
    files = {**requirements(NEWEST, "flask==3.0.3"), **setting(DD_APPSEC_ENABLED="true", DD_SITE=site)}

    assert told(Probe("", files, "--select DD4"), tmp_path) == [".env:2:9 warning DD406"]


def test_the_release_that_has_every_capability(tmp_path: Path) -> None:
    names = "http-monitoring exploit-prevention api-security account-takeover-protection runtime-activation sca iast"
    config = {"ddlint.toml": f"capabilities = {names.split()}\n"}
    for release, expected in (("4.6.0", []), ("4.5.10", ["requirements.txt:1:1 warning DD401"])):
        folder = tmp_path / release
        folder.mkdir()

        assert told(Probe("", {**requirements(f"ddtrace=={release}"), **config}, "--select DD4"), folder) == expected


def test_pythons_in_the_words_above_the_tables(tmp_path: Path) -> None:
    """Pages 000 to 002: 3.4 up to 0.35, 2.7 and 3.5 or later in the releases of their time."""
    for release, minor, expected in (
        ("0.35.2", "3.4", []),
        ("0.36.0", "3.4", ["requirements.txt:1:1 error DD201"]),
        ("0.46.0", "2.7", []),
        ("0.46.0", "3.5", []),
    ):
        folder = tmp_path / f"{release}-{minor}"
        folder.mkdir()
        probe = Probe("", requirements(f"ddtrace=={release}"), f"--select DD201 --python-version {minor}")

        assert told(probe, folder) == expected


def test_the_lists_agree_with_the_pack() -> None:
    named = {name for _, names, *_ in LIBRARIES for name in names.split()}
    cells = {(cell.distributions, cell.capability, cell.is_covered) for cell in PACK.rows(Protection)}
    modules = {((name,), attack, is_covered) for _, name, attack, is_covered in SINKS if name.startswith("stdlib:")}
    frameworks = {row.distribution for row in PACK.rows(Framework) if not row.is_covered}
    sinks = {row.distribution for row in PACK.rows(Sink) if not row.is_covered}

    assert {name for name in named if not PACK.support(name)} == set()
    assert modules <= cells
    assert frameworks == {name for name, _ in UNPROTECTED}
    assert sinks == {requirement.partition("==")[0] for requirement in UNWATCHED}
    assert {name for _, _, name, _ in FRAMEWORKS} <= {row.distribution for row in PACK.rows(Framework)}


def test_how_much_is_held_against_what(capsys: pytest.CaptureFixture[str]) -> None:
    """The counts of the rows of each page, and of the projects that cover them."""
    pages = Counter(page.partition(":")[0] for row in SEED_ROWS for page in row.pages)
    probes = Counter(page.partition(":")[0] for row in SEED_ROWS for page in row.pages for _ in row.probes)
    lines = [f"page {page}: {pages[page]} rows, {probes[page]} projects" for page in sorted(pages)]
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(lines) + "\n")

    assert pages == {"000": 40, "001": 41, "002": 40, "003": 8, "004": 53}


@pytest.mark.skipif(not SEEDS.is_dir() or not FOLDER, reason="DDLINT_FACTS names no folder beside the pages")
def test_every_row_of_every_page_is_listed() -> None:
    """The rows are found by their bars; the head of a table and the rule below it are none."""
    expected = set()
    for page in sorted(SEEDS.glob("*.txt")):
        lines = page.read_text(encoding="utf-8").splitlines()
        ruled = {number + 2 for number, line in enumerate(lines) if re.match(r"\| *-", line)}
        heads = {number - 1 for number in ruled}
        expected |= {
            f"{page.name[:3]}:{number}"
            for number, line in enumerate(lines, start=1)
            if line.startswith("|") and number + 1 not in heads and number + 1 not in ruled
        }
    listed = [page for row in SEED_ROWS for page in row.pages]
    sys.stdout.write(f"{len(expected)} rows\n")

    assert sorted(listed) == sorted(expected)
