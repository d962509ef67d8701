"""Every case folder gives what its `expected.txt` says."""

from __future__ import annotations

from pathlib import Path

import pytest

from ddlint.core.model import Severity
from tests.cases.accept import found, seen
from tests.cases.runner import reported

HERE = Path(__file__).parent
CASES = sorted(path.parent for path in HERE.rglob("expected.txt"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.relative_to(HERE).as_posix())
def test_a_case_gives_what_it_expects(case: Path) -> None:
    assert found(case) == (case / "expected.txt").read_text(encoding="utf-8")


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
        (case.relative_to(HERE).as_posix(), finding.code)
        for case in CASES
        for finding in seen(case, reported).findings
        if finding.code not in OF_FILES
        and finding.severity not in UNKNOWN.get(finding.code, ())
        and not (finding.row and finding.evidence and all(each.as_of for each in finding.evidence))
    }

    assert silent == set()
