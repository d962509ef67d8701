from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ddlint.core.report import Fix
from ddlint.outputs import concise, grouped, pylint
from tests.outputs.sample import CLEAN, FINDINGS, REPORT

if TYPE_CHECKING:
    from types import ModuleType


def test_concise_is_a_line_each_and_the_closing_lines() -> None:
    actual = concise.render(REPORT._replace(findings=FINDINGS[5:6], suppressed=(), hidden={}, untraced=0))

    assert actual.splitlines() == [
        "requirements.txt:2:1: DD301 error: `weblib==1.11.29` is outside the supported range >=2.2",
        "Found 1 error.",
        "Fixable: 1 with `--fix --unsafe-fixes`.",
    ]


@pytest.mark.parametrize("style, before", [(concise, "error: "), (grouped, "")])
def test_what_a_fix_mends_is_marked(style: ModuleType, before: str) -> None:
    safe = FINDINGS[5]._replace(fix=Fix("change it", is_safe=True, edits=()))
    lines = style.render(CLEAN._replace(findings=(FINDINGS[5], safe))).splitlines()

    assert [line.partition("DD301")[2].strip() for line in lines if "DD301" in line] == [
        f"{before}`weblib==1.11.29` is outside the supported range >=2.2",
        f"[*] {before}`weblib==1.11.29` is outside the supported range >=2.2",
    ]
    assert "Fixable: 1 with `--fix` [*] and 1 with `--fix --unsafe-fixes`." in lines


def test_concise_is_relative_to_the_current_directory() -> None:
    report = REPORT._replace(cwd=f"{REPORT.cwd}/api", findings=FINDINGS[3:6:2])

    assert [line.split(": ")[0] for line in concise.render(report).splitlines()[:2]] == [
        "pyproject.toml:5:4",
        "../requirements.txt:2:1",
    ]


def test_grouped_aligns_the_findings_of_a_file() -> None:
    notice = FINDINGS[6]._replace(at=FINDINGS[2].at)
    report = CLEAN._replace(findings=(FINDINGS[2], notice, FINDINGS[5]))

    assert grouped.render(report).splitlines()[:8] == [
        "Dockerfile:",
        "  2:288  warning  DD601  `OLD` is ignored since 4.0",
        "  2:288  notice   DD303  `sqllib 2.0` is newer than 1.9, the newest tested",
        "",
        "requirements.txt:",
        "  2:1  error  DD301  `weblib==1.11.29` is outside the supported range >=2.2",
        "",
        "Found 1 error, 1 warning, 1 notice.",
    ]


def test_pylint_has_no_column_and_no_closing_lines() -> None:
    assert (
        pylint.render(REPORT._replace(findings=FINDINGS[2:3])) == "Dockerfile:2: [DD601] `OLD` is ignored since 4.0\n"
    )
    assert pylint.render(CLEAN) == ""
