"""Report a requirement that is not PEP 508, or a version specifier that is not PEP 440.

## What it does

Says which requirement or Python specifier cannot be understood, and what was probably meant where that is known. All
other requirements of the file are judged. In a project without a tracer it says so of a requirement of the tracer only.

## Why it matters

An installer stops at such a line, or worse, an older one reads it as something else.

## Example

    flask=2.0        # one `=` only
    django^4.2       # an operator of Poetry in a requirements file

## What to do

Write it as a requirement: `flask==2.0`, `django>=4.2,<5`. `--fix` replaces characters that only look
right, and operators such as `=>`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.checks import check_of
from ddlint.checks.common.problems import problem_findings
from ddlint.core.lazy_regex import regex
from ddlint.core.model import NormalizedName, Place, Project, normalize
from ddlint.core.report import Finding
from ddlint.pack.pack import Pack

CHECK = check_of(__name__)

_NAME = regex(r"[A-Za-z0-9]+(?:[-_.]+[A-Za-z0-9]+)*")


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a finding for each requirement that cannot be understood; without a tracer only for those that name it."""
    for finding in problem_findings(project, CHECK.code):
        if project.tracers or _names(project, finding.at, pack.subject):
            yield finding


def _names(project: Project, at: Place, subject: NormalizedName) -> bool:
    """Return whether the requirement at a place starts with a name: at the start of its line, a string or a word."""
    source = next(each.source for each in project.manifests if each.path == at.path)
    head = source.text[source.line_span(source.position(at.at.start).line).start : at.at.end]
    string = head[max(head.rfind("'"), head.rfind('"')) + 1 :]
    starts = (head.lstrip(" \t-\"'"), string.lstrip(), head.rsplit(maxsplit=1)[-1] if head.strip() else "")
    return any(match is not None and normalize(match[0]) == subject for match in map(_NAME.match, starts))
