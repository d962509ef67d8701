"""Every case folder gives what its `expected.txt` says."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ddlint.core.model import Severity
from ddlint.core.redact import masked_report
from ddlint.core.text import LONGEST_MESSAGE
from ddlint.outputs import full
from tests.cases.accept import found, seen
from tests.cases.runner import reported

if TYPE_CHECKING:
    from ddlint.core.report import Finding, Report

HERE = Path(__file__).parent
CASES = sorted(path.parent for path in HERE.rglob("expected.txt"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.relative_to(HERE).as_posix())
def test_a_case_gives_what_it_expects(case: Path) -> None:
    assert found(case) == (case / "expected.txt").read_text(encoding="utf-8")


@cache
def every_finding() -> tuple[tuple[str, Report, Finding], ...]:
    """Each finding of each case, with its report and the name of the case."""
    reports = ((case.relative_to(HERE).as_posix(), masked_report(seen(case, reported))) for case in CASES)
    return tuple((name, made, finding) for name, made in reports for finding in made.findings)


def test_every_message_is_short_and_advice_is_in_the_help() -> None:
    long = {(name, each.message) for name, _, each in every_finding() if len(each.message) > LONGEST_MESSAGE}
    advised = {
        (name, each.message)
        for name, _, each in every_finding()
        if each.help and re.search(r"; (?:use|take|move|set|remove|raise|write|correct)\b", each.message)
    }

    assert long == set()
    assert advised == set()


def lines_of(made: Report, finding: Finding) -> int:
    """Return how many lines the format `full` takes for a finding."""
    return full.render(made._replace(findings=(finding,))).partition("\n\n")[0].count("\n") + 1


def test_a_finding_takes_few_lines() -> None:
    """Six to nine are what is aimed at: more only where there are many places, or notes beside a fix."""
    heights = [lines_of(made, finding) for _, made, finding in every_finding()]
    plain = {
        (name, finding.message, lines_of(made, finding))
        for name, made, finding in every_finding()
        if len(finding.related) < 2 and not finding.notes and lines_of(made, finding) > 10
    }

    assert plain == set()
    assert max(heights) <= 13
    assert sum(height <= 9 for height in heights) >= 0.8 * len(heights)


def test_no_place_repeats_what_the_message_says() -> None:
    repeated = {
        (name, finding.message)
        for name, _, finding in every_finding()
        if len(finding.at.message) > 12 and finding.at.message in finding.message
    }

    assert repeated == set()


OF_FILES = {"DD001", "DD002", "DD003", "DD004", "DD005", "DD006", "DD009"}
"""What these say is in the files themselves."""
UNKNOWN = {
    "DD103": {Severity.NOTICE},
    "DD107": {Severity.NOTICE, Severity.WARNING},
    "DD108": {Severity.NOTICE, Severity.ERROR},
}
"""What these say at those levels is that something is not known."""


def test_whoever_is_stopped_is_told_by_which_document() -> None:
    """A finding that rests on facts names its row and the document with its day, so that it can be looked up."""
    silent = {
        (name, finding.code)
        for name, _, finding in every_finding()
        if finding.code not in OF_FILES
        and finding.severity not in UNKNOWN.get(finding.code, ())
        and not (finding.row and finding.evidence and all(each.as_of for each in finding.evidence))
    }

    assert silent == set()
