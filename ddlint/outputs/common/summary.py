"""What the formats for people say at the end: what was found, hidden, silenced, and what was not checked."""

from __future__ import annotations

from ddlint.core.model import Severity
from ddlint.core.report import Finding, Report
from ddlint.core.text import counted, escape
from ddlint.outputs.common.locations import shown


def nothing_checked(report: Report) -> str:
    """Return the sentence for a run that judged nothing; empty for one that did."""
    if any(project.is_judged for project in report.projects):
        return ""
    if not report.projects:
        return f"nothing was checked: {report.why_empty or 'no dependency file was found'}"
    subjects = " or ".join(map(escape, report.subjects)) or "tracer"
    traced = sum(bool(project.tracers) for project in report.projects)
    if traced:
        return f"nothing was checked: no release of {subjects} is known in {counted(traced, 'project')}"
    return f"nothing was checked: no {subjects} was found in {counted(report.untraced, 'project')}"


def level_of_nothing(report: Report) -> str:
    """Return the level at which a run that judged nothing says so."""
    return "error" if report.is_tracer_required else "warning"


_LEFT_OUT = {
    "excluded": ("path", "excluded"),
    "ignored": ("finding", "turned off"),
    "lowered": ("finding", "given a lower level"),
}


def left_out(report: Report) -> str:
    """Return the line that counts what was left out, and names the rules of others; empty where that is nothing."""
    counts = dict(report.left_out)
    environments, ignored = counts.pop("environments", 0), counts.pop("gitignored", 0)
    parts = [f"{counted(number, _LEFT_OUT[kind][0])} {_LEFT_OUT[kind][1]}" for kind, number in counts.items() if number]
    sentences = [f"Left out by the configuration: {', '.join(parts)}."] if parts else []
    if environments:
        sentences.append(f"Left out as a virtual environment: {counted(environments, 'folder')} with a `pyvenv.cfg`.")
    if ignored:
        sentences.append(f"Left out as git ignores {'it' if ignored == 1 else 'them'}: {counted(ignored, 'file')}.")
    if report.own_packs:
        named = ", ".join(f"{escape(name)} {escape(version)}" for name, version in report.own_packs)
        sentences.append(f"Rules that are not built in: {named}.")
    return " ".join(sentences)


_MARK = "[*]"
_OUTSIDE = " Where it is installed from outside, name it with `--tracer` or with `tracer` in the configuration."


def mark(finding: Finding) -> str:
    """Return the mark of a finding that `--fix` makes go away, with a blank behind it; nothing for another one."""
    return f"{_MARK} " if finding.fix and finding.fix.is_safe else ""


def closing(report: Report, *, is_marked: bool = False) -> tuple[str, ...]:
    """Return the closing lines, each a sentence; a report without findings gets a single one, a quiet one none.

    With `is_marked` they explain the mark.
    """
    if report.is_quiet:
        return ()
    told = (
        *(_found(report), _hidden(report), _fixable(report, f" {_MARK}" if is_marked else "")),
        *(left_out(report), _untraced(report)),
    )
    lines = tuple(line for line in told if line)
    nothing = nothing_checked(report)
    first = (f"{level_of_nothing(report)}: {nothing}",) if nothing else ()
    return (*first, *(lines if report.findings else (" ".join(lines),)))


def tally(report: Report) -> str:
    """Return `1 error, 2 warnings` of the findings that are shown."""
    severities = [finding.severity for finding in report.findings]
    counts = [(severities.count(severity), severity.value) for severity in Severity]
    return ", ".join(counted(number, noun) for number, noun in counts if number)


def _found(report: Report) -> str:
    silenced = _silenced(report)
    if report.findings:
        return f"Found {tally(report)}{f' ({silenced})' if silenced else ''}."
    if not report.files:
        return "No findings: no file was read."
    packs = ", ".join(f"{escape(name)} {escape(version)}" for name, version in report.packs)
    aside = "; ".join(part for part in (packs and f"rules: {packs}", silenced) if part)
    return f"No findings in {counted(report.files, 'file')}{f' ({aside})' if aside else ''}."


def _silenced(report: Report) -> str:
    by_baseline = sum(suppressed.by == "baseline" for suppressed in report.suppressed)
    counts = ((len(report.suppressed) - by_baseline, "suppressed"), (by_baseline, "in the baseline"))
    return ", ".join(f"{number} {what}" for number, what in counts if number)


def _hidden(report: Report) -> str:
    hidden = [severity for severity in Severity if report.hidden.get(severity.value)]
    if not hidden:
        return ""
    counts = " and ".join(counted(report.hidden[severity.value], severity.value) for severity in hidden)
    them = "it" if sum(report.hidden.values()) == 1 else "them"
    return f"{counts} hidden; show {them} with `--min-severity {hidden[-1].value}`."


def _fixable(report: Report, mark: str) -> str:
    fixes = [finding.fix for finding in report.findings if finding.fix]
    safe = sum(fix.is_safe for fix in fixes)
    counts = ((safe, f"`--fix`{mark}"), (len(fixes) - safe, "`--fix --unsafe-fixes`"))
    text = " and ".join(f"{number} with {option}" for number, option in counts if number)
    return f"Fixable: {text}." if text else ""


def _untraced(report: Report) -> str:
    if not report.untraced:
        return ""
    if report.untraced == len(report.projects):
        return _OUTSIDE.strip()
    paths = [shown(project.path, report.cwd) for project in report.projects if not project.tracers]
    listed = f": {', '.join(f'`{path}`' for path in paths)}" if 0 < len(paths) <= 3 else ""
    if report.untraced == 1:
        return f"1 project declares no tracer and was not judged{listed}."
    return f"{report.untraced} projects declare no tracer and were not judged{listed}."
