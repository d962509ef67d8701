"""GitLab's code quality report: a JSON array, paths relative to the scanned root, a fingerprint for each finding.

GitLab shows no check names, so the description starts with the code. Its reader stops at the first entry it refuses.
"""

from __future__ import annotations

from ddlint.core.model import Severity
from ddlint.core.report import Finding, Report
from ddlint.core.text import escape
from ddlint.outputs.common.fingerprint import semantic
from ddlint.outputs.common.json_record import dumps
from ddlint.outputs.common.locations import where

_LEVELS = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTICE: "info"}


def render(report: Report) -> str:
    """Return the array, empty when nothing was found."""
    pairs = zip(report.findings, semantic(report), strict=True)
    return dumps([_issue(report, finding, name) for finding, name in pairs])


def _issue(report: Report, finding: Finding, fingerprint: str) -> dict[str, object]:
    at = where(report, finding.at, report.root)
    return {
        "description": f"{escape(finding.code)} {escape(finding.message)}",
        "check_name": escape(finding.code),
        "fingerprint": fingerprint,
        "severity": _LEVELS[finding.severity],
        "location": {"path": at.path, "lines": {"begin": at.start.line, "end": at.end.line}},
    }
