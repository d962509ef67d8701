"""Pythons on which a release cannot be installed: what documents say of it, and what to ask for there instead."""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.checks.common.context import CheckContext
from ddlint.checks.common.fixes import narrow_fix
from ddlint.core.model import Certainty, Project, Severity
from ddlint.core.report import Evidence, Finding
from ddlint.pack.install_rows import Runtime
from ddlint.pack.pack import Pack
from ddlint.pack.releases import select_release
from ddlint.plan.runtimes import runtime_evidence
from ddlint.versions.specifiers import allows

_CODE = "DD201"


def lacking(project: Project, finding: Finding) -> tuple[str, ...]:
    """Return the Pythons of a finding: those that its location allows and that have no release."""
    places = {python.minor: python.places[:1] for python in project.pythons}
    is_open = finding.severity is Severity.NOTICE
    found = dict.fromkeys(
        each.python
        for tracer in project.tracers
        for each in tracer.resolutions
        if each.python and not each.release and (each.certainty is Certainty.OPEN) == is_open
    )
    return tuple(
        minor
        for minor in found
        if not places.get(minor) or (places[minor][0].path, places[minor][0].at) == (finding.at.path, finding.at.at)
    )


def without_lost(project: Project, pack: Pack, finding: Finding) -> Finding:
    """Return a finding whose fix drops every Python that is lost, also those reported at another location."""
    if finding.code != _CODE or finding.fix is None:
        return finding
    lost = tuple(
        each.python
        for tracer in project.tracers
        for each in tracer.resolutions
        if each.python and not each.release and each.certainty is not Certainty.OPEN
    )
    return finding._replace(fix=narrow_fix(CheckContext(project, pack), finding.at, lost) or finding.fix)


def evidence_of(project: Project, pack: Pack, target: str, finding: Finding) -> tuple[Evidence, ...]:
    """Return the documents that say since when the Pythons of a finding are left out, or else which ones there are."""
    gone = (each for minor in lacking(project, finding) for each in runtime_evidence(pack, minor, target))
    tables = (row.evidence for row in pack.rows(Runtime) if row.is_ruling and allows(row.releases, target))
    return tuple(dict.fromkeys(gone)) or tuple(dict.fromkeys(tables))


def kept(project: Project, pack: Pack, finding: Finding) -> Iterator[str]:
    """Return what to require on the Pythons that are lost, where a release is left for them."""
    groups: dict[str, list[str]] = {}
    for minor in lacking(project, finding):
        if last := select_release(pack, ("",), minor).release:
            groups.setdefault(last, []).append(minor)
    for release, minors in groups.items():
        first, last = f'python_version >= "{minors[0]}"', f'python_version <= "{minors[-1]}"'
        marker = f"{first} and {last}" if len(minors) > 1 else f'python_version == "{minors[0]}"'
        yield f"to keep that Python, ask there for `{pack.subject}=={release}; {marker}`"
