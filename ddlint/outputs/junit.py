"""JUnit XML that the schema of Jenkins accepts: a suite for each file, a failure for each finding.

A file without findings is a passed test, one of a project that was not judged a skipped one, and so is what was
suppressed.
"""

from __future__ import annotations

from collections.abc import Iterable

from ddlint.core.namedtuple import NamedTuple
from ddlint.core.report import Finding, Report, Suppressed
from ddlint.core.text import escape, further
from ddlint.outputs.common.locations import line, relative

_QUOTED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


class _Case(NamedTuple):
    name: str
    kind: str = ""
    """`failure`, `skipped`, or empty for a passed test."""
    body: str = ""


def render(report: Report) -> str:
    """Return the suites in order of their paths."""
    report = report._replace(is_coloured=False)
    suites = [_suite(relative(path, report.cwd), cases) for path, cases in sorted(_cases(report).items())]
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites name="ddlint">', *suites, "</testsuites>", ""]
    return "\n".join(lines).encode("ascii", "xmlcharrefreplace").decode("ascii")


def _cases(report: Report) -> dict[str, list[_Case]]:
    cases: dict[str, list[_Case]] = {}
    for finding in report.findings:
        cases.setdefault(finding.at.path, []).append(_failed(report, finding))
    for suppressed in report.suppressed:
        cases.setdefault(suppressed.finding.at.path, []).append(_skipped(suppressed))
    for project in report.projects:
        for manifest in project.manifests:
            cases.setdefault(manifest.path, [_Case("ddlint") if project.tracers else _untraced()])
    return cases


def _failed(report: Report, finding: Finding) -> _Case:
    remarks = [f"note: {escape(note)}" for note in finding.notes]
    advice = further(finding.message, finding.help)
    remarks += [f"help: {escape(advice)}"] if advice else []
    text = "\n".join([line(report, finding, report.cwd), *remarks])
    attributes = f'message="{_quoted(finding.message)}" type="{finding.severity.value}"'
    return _Case(_name(finding), "failure", f"<failure {attributes}>{text.translate(_QUOTED)}</failure>")


def _skipped(suppressed: Suppressed) -> _Case:
    reason = f": {suppressed.reason}" if suppressed.reason else ""
    return _Case(_name(suppressed.finding), "skipped", f'<skipped message="{_quoted(suppressed.by + reason)}"/>')


def _untraced() -> _Case:
    return _Case("ddlint", "skipped", '<skipped message="the project declares no tracer and was not judged"/>')


def _name(finding: Finding) -> str:
    return f"{finding.code} {finding.subject}"


def _suite(path: str, cases: list[_Case]) -> str:
    name = _quoted(path)
    kinds = [case.kind for case in cases]
    counts = f'tests="{len(cases)}" failures="{kinds.count("failure")}" errors="0" skipped="{kinds.count("skipped")}"'
    return "\n".join([f'  <testsuite name="{name}" {counts}>', *_tests(name, cases), "  </testsuite>"])


def _tests(suite: str, cases: list[_Case]) -> Iterable[str]:
    """Return the tests; of two with one name the second gets ` (2)`, because services identify tests by name."""
    seen: dict[str, int] = {}
    for case in cases:
        seen[case.name] = seen.get(case.name, 0) + 1
        count = f" ({seen[case.name]})" if seen[case.name] > 1 else ""
        attributes = f'classname="{suite}" name="{_quoted(case.name)}{count}"'
        yield f"    <testcase {attributes}>{case.body}</testcase>" if case.body else f"    <testcase {attributes}/>"


def _quoted(text: str) -> str:
    return escape(text).translate(_QUOTED)
