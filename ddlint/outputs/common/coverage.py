"""What a run did not check: said first where it checked nothing, and counted where something was left out."""

from __future__ import annotations

from ddlint.core.report import Report
from ddlint.core.text import counted, escape


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
