"""The documentation of checks, from their docstrings: for `ddlint rule` and for formats that carry it."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from ddlint import HOME, __version__
from ddlint.checks import CHECKS, Check
from ddlint.core.report import RuleText
from ddlint.outputs.common.locations import page_address


def texts() -> Mapping[str, RuleText]:
    """Return the documentation of every check, by code."""
    return {check.code: text(check) for check in CHECKS}


def text(check: Check) -> RuleText:
    """Return the documentation of one check."""
    page = (import_module(f"ddlint.checks.{check.module}").__doc__ or "").strip()
    short, _, rest = page.partition("\n\n")
    chapters = dict(_chapters(rest))
    full = " ".join(chapters.get(title, "") for title in ("What it does", "Why it matters"))
    url = page_address(HOME, __version__, check.code)
    return RuleText(" ".join(short.split()), full.strip(), f"# {check.code} {check.name}\n\n{page}\n", check.level, url)


def _chapters(page: str) -> list[tuple[str, str]]:
    """Return the headings of a page with the words below them, on one line."""
    parts = f"\n{page}".split("\n## ")[1:]
    return [(title.strip(), " ".join(body.split())) for title, _, body in (part.partition("\n") for part in parts)]
