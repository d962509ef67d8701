"""The addresses of the pages of checks; none until ddlint is published."""

from __future__ import annotations

from ddlint.core.report import Report


def page_of(report: Report, code: str) -> str:
    """Return the address of the page of a check; empty where ddlint has no address, or no such check."""
    name = report.names.get(code)
    return page_address(report.home, report.version, code, name) if report.home and name else ""


def page_address(home: str, version: str, code: str, name: str) -> str:
    """Return the address of the page of a check as of a version of ddlint; empty where `home` is."""
    return f"{home}/blob/v{version}/docs/checks.md#{code.lower()}-{name}" if home else ""
