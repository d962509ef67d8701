"""Pythons on which a release cannot be installed: what documents say of it, and what to ask for there instead.

Poetry and PDM lock for the whole range of Pythons that a project declares, so that range may not reach beyond what the
release allows: https://python-poetry.org/docs/faq/#why-is-the-dependency-resolution-process-slow
"""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.checks import Step
from ddlint.checks.common.context import CheckContext
from ddlint.checks.common.fixes import handwritten, narrow_fix
from ddlint.checks.common.tracer import level_status
from ddlint.core.lazy_regex import regex
from ddlint.core.model import Certainty, Project, PythonRequirement, Severity
from ddlint.core.paths import name_of, parent
from ddlint.core.report import Edit, Evidence, Finding
from ddlint.pack.install_rows import Runtime
from ddlint.pack.pack import Pack
from ddlint.pack.releases import metadata, release_index, select_release
from ddlint.plan.locations import location_of
from ddlint.plan.model import Change, Rewrite
from ddlint.plan.runtimes import runtime_evidence
from ddlint.versions.ranges import Version
from ddlint.versions.specifiers import allows, clauses, range_of

_CODE = "DD201"
_LOCKS = {"poetry.lock": "Poetry", "pdm.lock": "PDM"}
_TABLES = ((regex(r"(?m)^[ \t]*\[tool\.poetry(\.|\])"), "Poetry"), (regex(r"(?m)^[ \t]*\[tool\.pdm(\.|\])"), "PDM"))
_OTHERS = frozenset({"uv.lock", "pixi.lock", "Pipfile.lock"})
_BLANK = regex(r",(\s*)")


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


def kept(project: Project, pack: Pack, finding: Finding) -> tuple[str, ...]:
    """Return what to require on the Pythons that are lost, where a release of a supported series is left for them."""
    groups: dict[str, list[str]] = {}
    for minor in lacking(project, finding):
        last = select_release(pack, ("",), minor).release
        level = level_status(pack, pack.series(last), project.as_of) if last else None
        if last and not (level is not None and level.has_ended):
            groups.setdefault(last, []).append(minor)
    return tuple(
        f"to keep that Python, ask there for `{pack.subject}=={release}; {_marker(minors)}`"
        for release, minors in groups.items()
    )


def _marker(minors: list[str]) -> str:
    first, last = f'python_version >= "{minors[0]}"', f'python_version <= "{minors[-1]}"'
    return f"{first} and {last}" if len(minors) > 1 else f'python_version == "{minors[0]}"'


def installer_of(project: Project, path: str) -> str:
    """Return `Poetry` or `PDM` where it locks the manifest at a path, else nothing."""
    if name_of(path) != "pyproject.toml":
        return ""
    names = {name_of(each.path) for each in project.manifests if parent(each.path) == parent(path)}
    if found := next((tool for name, tool in _LOCKS.items() if name in names), ""):
        return found
    text = next(each.source.text for each in project.manifests if each.path == path)
    tables = (tool for pattern, tool in _TABLES if pattern.search(text))
    return "" if names & _OTHERS else next(tables, "")


def installer_bounds(context: CheckContext, target: str) -> Iterator[Change]:
    """Yield the change of a range of Pythons that Poetry or PDM can lock no release for."""
    project, release = context.project, release_index(context.pack).find(target)
    if release is None or not release.requires_python:
        return
    names = {each.dependency.name for tracer in project.tracers for each in tracer.declared}
    for manifest in project.manifests:
        tool = installer_of(project, manifest.path)
        asking = manifest.named(names)
        if not tool or not asking or all("python" in each.marker for each in asking):
            continue
        for stated in manifest.pythons:
            text = _within(stated, release.requires_python)
            if stated.is_exact or not text:
                continue
            written = manifest.source.slice(stated.at)
            is_edited = handwritten(context, manifest.path) is not None
            here = location_of(project, manifest.path, stated.at)
            yield Change(
                Step.PYTHON,
                _CODE,
                Severity.ERROR,
                "python",
                f"{tool} locks for all of `{written}`, and {context.pack.subject} {target} needs Python "
                f"`{release.requires_python}`",
                f"write `{text}`, or ask for {context.pack.subject} with a marker of that range",
                (Rewrite(here, written, text, (Edit(manifest.path, stated.at, text),) if is_edited else ()),),
                evidence=metadata(context.pack)[1],
            )


def _within(stated: PythonRequirement, needed: str) -> str:
    """Return a range of Pythons cut to what a release needs; empty where it lies in it, or cannot be cut."""
    here, there = range_of(stated.specifier), range_of(needed)
    if here is None or there is None or (here - there).is_empty or (here & there).is_empty:
        return ""
    written = clauses(stated.specifier) or ()
    floors = [each.version for each in (*written, *(clauses(needed) or ())) if each.operator in {">=", "~="}]
    caps = [each for each in (*written, *(clauses(needed) or ())) if each.operator in {"<", "<="}]
    holes = [str(each) for each in written if each.operator == "!="]
    if not floors or not caps or any(each.operator in {"==", "===", ">"} for each in written):
        return ""
    gap = _BLANK.search(stated.written)
    cap = min(caps, key=lambda each: (Version(each.version), each.operator))
    return f",{gap[1] if gap else ''}".join((f">={max(floors, key=Version)}", f"{cap}", *holes))
