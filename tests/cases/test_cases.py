"""Every case folder gives what its `expected.txt` says, and every check has cases that catch and that do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from ddlint.checks import CHECKS
from ddlint.checks.common.docs import level
from ddlint.core.model import Severity
from tests.cases.accept import found, seen
from tests.cases.runner import reported

HERE = Path(__file__).parent
CASES = sorted(path.parent for path in HERE.rglob("expected.txt"))
NAMES = {code: name for code, name, _ in CHECKS}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.relative_to(HERE).as_posix())
def test_a_case_gives_what_it_expects(case: Path) -> None:
    assert found(case) == (case / "expected.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", NAMES)
def test_a_check_catches_and_catches_not(code: str) -> None:
    """A folder of cases is named like its check; at least one holds a finding of it, and at least one none."""
    folder = HERE / NAMES[code].replace("-", "_")
    told = [
        f" {code} " in (case / "expected.txt").read_text(encoding="utf-8") for case in CASES if folder in case.parents
    ]

    assert True in told
    assert False in told


@pytest.mark.parametrize("code", NAMES)
def test_a_check_has_the_level_that_is_documented(code: str) -> None:
    """At least in one case: `ERRORS` and `NOTICES` say what documentation and schemas call its level."""
    texts = [(case / "expected.txt").read_text(encoding="utf-8") for case in CASES]

    assert any(f": {level(code).value} {code} " in text for text in texts)


OF_FILES = {"DD001", "DD002", "DD003", "DD004", "DD005", "DD009"}
"""What these say stands in the files themselves."""
UNKNOWN = {"DD103": Severity.NOTICE, "DD107": Severity.NOTICE}
"""What these say at that level is that something is not known."""


def test_whoever_is_stopped_is_told_by_which_document() -> None:
    """A finding that rests on facts names its row and the document with its day, so that it can be looked up."""
    silent = {
        (case.relative_to(HERE).as_posix(), finding.code)
        for case in CASES
        for finding in seen(case, reported).findings
        if finding.code not in OF_FILES
        and finding.severity is not UNKNOWN.get(finding.code)
        and not (finding.row and finding.evidence and all(each.as_of for each in finding.evidence))
    }

    assert silent == set()
