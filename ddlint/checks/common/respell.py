"""Fixes of requirements that are none for want of a character: one that only looks right, an operator of elsewhere."""

from __future__ import annotations

from ddlint.core.edits import HANDWRITTEN
from ddlint.core.lazy_regex import regex
from ddlint.core.lookalikes import OPERATORS, lookalike
from ddlint.core.model import Edit, Fix

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.core.model import Manifest, Problem

_BEFORE = regex(r"[A-Za-z0-9._-]+[ \t]*(?:\[[^\[\]\"']*\][ \t]*)?$")
_AFTER = regex(r"[ \t]*[A-Za-z0-9.!+*_-]+[ \t]*(?:[,;#\"'\r\n]|$)")


def respelt(manifest: Manifest, problem: Problem) -> Fix | None:
    """Give the fix that writes what is meant; it is unsafe where more than one thing may be."""
    text, at = manifest.source.text, problem.at
    written = manifest.source.slice(at)
    if manifest.input not in HANDWRITTEN:
        return None
    if meant := OPERATORS.get(written) or (lookalike(written) if len(written) == 1 else ""):
        return _fix(manifest, problem, meant, is_safe=True)
    is_pin = written == "=" and _AFTER.match(text, at.end) and _BEFORE.search(text[max(0, at.start - 200) : at.start])
    return _fix(manifest, problem, "==", is_safe=False) if is_pin else None


def _fix(manifest: Manifest, problem: Problem, text: str, *, is_safe: bool) -> Fix:
    written = manifest.source.slice(problem.at)
    return Fix(f"change `{written}` to `{text}`", is_safe, (Edit(manifest.path, problem.at, text),))
