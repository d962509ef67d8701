"""Report a library of which only versions are required that the tracer was not tested with.

## What it does

Reports a pin, a lock entry or a range that lies wholly above the newest, or wholly below the oldest version with which
the resolved series was tested. It is only ever a notice: what was tested says nothing of what is supported.

## Why it matters

Newer versions usually work. But when a new version of a library breaks its instrumentation, it is among these.

## Example

    ddtrace==4.13.1
    flask==3.1.4       # tested with versions up to 3.1.3

## What to do

Nothing, if it works. Where you need what was tested, keep the library within that range.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.checks import check_of
from ddlint.checks.common.context import CheckContext, context_of
from ddlint.checks.common.judgement import FindingText, group_by_cause, library_finding, reported_verdicts
from ddlint.checks.common.messages import on_pythons, quoted, subject
from ddlint.core.model import Project
from ddlint.core.report import Finding
from ddlint.core.text import fitted
from ddlint.pack.install_rows import Dependent
from ddlint.pack.pack import Pack
from ddlint.pack.support import SupportStatus
from ddlint.versions.specifiers import Verdict, clauses, verdict, version

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.pack.support import ReleaseVerdict, RequirementVerdict

CHECK = check_of(__name__)


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a notice for each library that is required in untested versions only."""
    context = context_of(project, pack)
    for library in reported_verdicts(project, pack):
        if library.status is SupportStatus.UNTESTED and not _is_expected(pack, library):
            yield library_finding(context, library, _telling(context, library))


def _is_expected(pack: Pack, library: RequirementVerdict) -> bool:
    """Return whether other versions say nothing: of a dependent of the subject, or where the matrix pins the newest."""
    if pack.about(Dependent, library.located.dependency.name):
        return True
    first = group_by_cause(library)[0][0]
    _, newest = _ends(first)
    is_newer = verdict(library.located.dependency.specifier, (f"<={newest}",)) is Verdict.UNSUPPORTED
    return is_newer and any(row.is_pinned for row in first.rows)


def _telling(context: CheckContext, library: RequirementVerdict) -> FindingText:
    first = group_by_cause(library)[0]
    oldest, newest = _ends(first[0])
    releases = dict.fromkeys(each.resolution.release for each in first)
    side = _side(library, oldest, newest)
    tested = f"{oldest} to {newest}" if oldest != newest else oldest
    plural, where = "was" if len(releases) == 1 else "were", _where(context, first)
    head = f"{quoted(context, library.located)} is {side} {subject(context, releases)} {plural} tested with"
    message, notes = fitted(head, where)
    advice = f"keep it within {tested} if you need what was tested"
    return FindingText(CHECK.code, CHECK.level, message, advice, notes, label=f"tested: {tested}")


def _where(context: CheckContext, outcomes: list[ReleaseVerdict]) -> str:
    """Return on which Pythons, where several releases are resolved: each was tested with other versions."""
    resolutions = (each for tracer in context.project.tracers for each in tracer.resolutions)
    several = len({each.release for each in resolutions if each.release}) > 1
    return on_pythons(context, (each.resolution.python for each in outcomes)) if several else ""


def _ends(outcome: ReleaseVerdict) -> tuple[str, str]:
    """Return the oldest and the newest tested version as the rows write them."""
    written = [clause for row in outcome.rows for clause in clauses(row.specifier) or ()]
    lower = [clause.version for clause in written if clause.operator in {">=", "=="}]
    upper = [clause.version for clause in written if clause.operator in {"<=", "=="}]
    return _extreme(lower, is_newest=False), _extreme(upper, is_newest=True)


def _extreme(texts: list[str], *, is_newest: bool) -> str:
    ordered = sorted((found, text) for text in texts if (found := version(text)) is not None)
    return ordered[-1 if is_newest else 0][1] if ordered else ""


def _side(found: RequirementVerdict, oldest: str, newest: str) -> str:
    specifier = found.located.dependency.specifier
    if verdict(specifier, (f">={oldest}",)) is Verdict.UNSUPPORTED:
        return f"older than {oldest}, the oldest version that"
    if verdict(specifier, (f"<={newest}",)) is Verdict.UNSUPPORTED:
        return f"newer than {newest}, the newest version that"
    return "between the versions that"
