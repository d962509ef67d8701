"""A JSON object a line for each finding, as in `json`, with the version of the contract: for streams and `jq`."""

from __future__ import annotations

from ddlint.core.report import Report
from ddlint.outputs.common.json_record import VERSION, dumps, record


def render(report: Report) -> str:
    """Return the findings a line each, and nothing else."""
    return "".join(dumps({"version": VERSION, **record(report, finding)}, indent=None) for finding in report.findings)
