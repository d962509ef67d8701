"""What an editor shows of a run: the findings, what is known at a position, and the text of files that are not saved.

Nothing here knows the protocol: `cli/server` turns it into messages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ddlint.checks.common.messages import joined
from ddlint.cli import host
from ddlint.cli.build_request import completed, parsed, request_of
from ddlint.cli.stderr import Progress
from ddlint.core.model import Dependency, Manifest, Resolution
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.paths import is_inside, parent
from ddlint.core.report import Finding, Report
from ddlint.core.source import FileSystem, Source, Span
from ddlint.linter.run import Outcome, check, report
from ddlint.outputs.common.locations import page_of
from ddlint.outputs.common.markdown_table import code, linked, prose
from ddlint.project.walk import input_of, root_of


class Hover(NamedTuple):
    """What is shown beside the pointer."""

    at: Span
    text: str
    """Markdown."""


class Checked(NamedTuple):
    """One run."""

    outcome: Outcome
    report: Report

    def source(self, path: str) -> Source | None:
        """Return the text that was judged of a file."""
        return self.report.sources.get(path)

    def findings(self, path: str) -> Iterator[Finding]:
        """Yield the findings in a file."""
        return (finding for finding in self.report.findings if finding.at.path == path)

    def hover(self, path: str, offset: int) -> Hover | None:
        """Return what is known of the requirement at an offset, and what was found there."""
        dependency = next((each for each in self._dependencies(path) if _covers(each.at, offset)), None)
        findings = [finding for finding in self.findings(path) if _covers(finding.at.at, offset)]
        lines = [*(self._support(path, dependency) if dependency else ()), *map(self._said, findings)]
        if not lines:
            return None
        return Hover(dependency.at if dependency else findings[0].at.at, "\n\n".join(lines))

    def _dependencies(self, path: str) -> Iterator[Dependency]:
        for manifest in self._manifests():
            if manifest.path == path:
                yield from manifest.dependencies

    def _manifests(self) -> Iterator[Manifest]:
        return (manifest for gathered in self.outcome.run.projects for manifest in gathered.manifests)

    def _support(self, path: str, dependency: Dependency) -> Iterator[str]:
        subjects = {pack.subject for pack in self.outcome.run.packs}
        for project in self.report.projects:
            if dependency.name in subjects and project.path in self._homes(path):
                releases = (each for tracer in project.tracers if path in tracer.files for each in tracer.resolutions)
                yield from _releases(dependency, releases)
        rows = [each for each in self.report.support_table if each.name == dependency.name]
        for row in dict.fromkeys(
            each._replace(found="", project="") for each in rows if each.project in self._homes(path)
        ):
            what = "every version" if not row.supported and not row.aside else code(row.supported) or prose(row.aside)
            yield f"**{prose(dependency.name)}**: {prose(self._subject())} {prose(row.tracer)} supports {what}"

    def _subject(self) -> str:
        return " or ".join(self.report.subjects)

    def _homes(self, path: str) -> frozenset[str]:
        """Return the projects that read a file."""
        projects = self.outcome.run.projects
        return frozenset(each.directory for each in projects if any(one.path == path for one in each.manifests))

    def _said(self, finding: Finding) -> str:
        check_ = linked(f"{finding.code} {self.report.names.get(finding.code, '')}", page_of(self.report, finding.code))
        advice = f"  \n{prose(finding.help)}" if finding.help else ""
        evidence = (f"{each.says or each.section} ({each.title}, {each.as_of})" for each in finding.evidence)
        says = "".join(f"  \n{prose(text)}" for text in evidence)
        return f"{finding.severity.value} {check_}: {prose(finding.message)}{advice}{says}"


def _releases(dependency: Dependency, resolutions: Iterable[Resolution]) -> Iterator[str]:
    """Yield which release each Python gets."""
    by_release: dict[str, list[str]] = {}
    for each in resolutions:
        by_release.setdefault(each.release, []).append(each.python)
    for release, pythons in by_release.items():
        where = joined([python for python in dict.fromkeys(pythons) if python], "and")
        gets = f"gives {prose(release)}" if release else "no release can be installed"
        yield f"**{prose(dependency.name)}**: {gets}{f' on Python {where}' if where else ''}"


def _covers(span: Span, offset: int) -> bool:
    return span.start <= offset <= span.end


def is_read(path: str) -> bool:
    """Whether ddlint reads a file of that name."""
    return bool(input_of(path, root_of(parent(path)), is_named=True))


def checked(texts: Mapping[str, str], folders: Iterable[str]) -> Checked:
    """Lint the files of `texts`, absolute paths and what an editor shows of them, with the projects around them.

    Every other file is read from the disk. `folders` are those that the editor has open. A broken config is a
    `DdlintError`.
    """
    paths = tuple(sorted(path for path in texts if is_read(path)))
    options = parsed("check", ["--jobs", "1"])
    request = request_of(options, Progress(is_wanted=False), has_table=True)
    within = (folder for folder in folders if paths and is_inside(paths[0], folder))
    cwd = next(within, parent(paths[0]) if paths else request.cwd)

    def read(path: str) -> object:
        return texts[path].encode() if path in texts else host.read_file(path)

    files = FileSystem(read, host.real_path)  # type: ignore[arg-type]
    outcome = check(request._replace(paths=paths, cwd=cwd, files=files, is_fixing=True))
    return Checked(outcome, completed(report(outcome), outcome, {"json"}))
