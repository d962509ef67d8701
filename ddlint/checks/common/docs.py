"""The documentation of checks, from their docstrings: for `ddlint rule` and for formats that carry it."""

from __future__ import annotations

from importlib import import_module

from ddlint import HOME, __version__
from ddlint.checks import CHECKS, ERRORS, NOTICES
from ddlint.core.model import RuleText, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


def texts() -> Mapping[str, RuleText]:
    """Give the documentation of every check, by code."""
    return {code: text(code, name, module) for code, name, module in CHECKS}


def text(code: str, name: str, module: str) -> RuleText:
    """Give the documentation of one check."""
    page = (import_module(f"ddlint.checks.{module}").__doc__ or "").strip()
    short, _, rest = page.partition("\n\n")
    chapters = dict(_chapters(rest))
    full = " ".join(chapters.get(title, "") for title in ("What it does", "Why it matters"))
    url = f"{HOME}/blob/v{__version__}/docs/checks.md#{code.lower()}-{name}"
    return RuleText(" ".join(short.split()), full.strip(), f"# {code} {name}\n\n{page}\n", level(code), url)


def level(code: str) -> Severity:
    """Give the level of a finding that says nothing else."""
    if code in ERRORS:
        return Severity.ERROR
    return Severity.NOTICE if code in NOTICES else Severity.WARNING


def _chapters(page: str) -> list[tuple[str, str]]:
    """Give the headings of a page with the words below them, on one line."""
    parts = f"\n{page}".split("\n## ")[1:]
    return [(title.strip(), " ".join(body.split())) for title, _, body in (part.partition("\n") for part in parts)]
