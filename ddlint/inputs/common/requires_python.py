"""Read a statement of which Pythons a project runs on: PEP 440 clauses, or one Python by its number."""

from __future__ import annotations

from collections.abc import Callable

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Problem, PythonRequirement
from ddlint.core.redact import written
from ddlint.core.source import Span
from ddlint.inputs.common.requirement import is_template
from ddlint.versions.ranges import clauses_of

_BARE = regex(r"[ \t]*+(?P<version>v?[0-9]++(?>(?:\.[0-9]++)*))(?P<wild>\.[*x])?[ \t]*+")
_NAMED = regex(r"(?i)[ \t]*+(?P<name>c?python)(?=[ \t]*+[=<>!~^])")
_EXACT = regex(r"[0-9]{1,4}\.[0-9]{1,4}(?:\.[0-9]{1,4})?")
_LONGEST = 2000
_HUGE = 300
_HUGE_NUMBER = regex(rf"[0-9]{{{_HUGE}}}")


def exact_python(text: str) -> str:
    """Return the specifier of the one Python that `3.12` or `3.12.1` names; empty where `text` names none."""
    if not _EXACT.fullmatch(text):
        return ""
    return f"=={text}" if text.count(".") > 1 else f"=={text}.*"


def read_python_range(text: str, locate: Callable[[int, int], Span]) -> PythonRequirement | Problem | None:
    """Read PEP 440 clauses; nothing is declared by an empty text or a template."""
    if not text.strip() or is_template(text):
        return None
    if len(text) > _LONGEST or not _is_specifier(text):
        start, end, reason = _fault(text)
        return Problem(
            "DD003", f"`{written(text, 80)}` is not a range of Pythons: {reason}", locate(start, max(start, end))
        )
    first = len(text) - len(text.lstrip())
    specifier = ",".join(clause for clause in "".join(text.split()).split(",") if clause)
    return PythonRequirement(specifier, locate(first, len(text.rstrip())), written(text))


def _is_specifier(text: str) -> bool:
    if len(text) >= _HUGE and _HUGE_NUMBER.search(text):
        return False
    try:
        clauses_of(text)
    except ValueError:
        return False
    return True


def _fault(text: str) -> tuple[int, int, str]:
    """Report where the mistake is and what to write, in the words for requirements."""
    from ddlint.inputs.common.requirement_errors import find_fault

    if len(text) > _LONGEST:
        return 0, len(text), f"it is longer than {_LONGEST} characters"
    if match := _BARE.fullmatch(text):
        version = match["version"].lstrip("v")
        hint = f"`=={version}.*`" if match["wild"] else f"`>={version}`"
        return *match.span("version"), f"it has no operator; write {hint}"
    if match := _NAMED.match(text):
        return *match.span("name"), f"only bounds belong here; leave out `{match['name']}`"
    if "|" in text:
        return (
            text.index("|"),
            text.rindex("|") + 1,
            "`|` is unknown to PEP 440; write one range, with `!=` for its gaps",
        )
    start, end, reason = find_fault(f"python{text}")
    shift = len("python")
    return max(0, start - shift), max(0, end - shift), reason
