"""What a run says on standard error: all that is no finding."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping

from ddlint.cli import host, terminal
from ddlint.config.settings import quoted
from ddlint.core.paths import relative
from ddlint.core.redact import mask_quoted, written
from ddlint.core.report import Report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.linter.run import Outcome, Run

_PATIENCE = 1.0
_PAUSE = 0.1
_CLEAR = "\r\x1b[K"


class Progress:
    """Writes a line over itself on standard error."""

    def __init__(self, *, is_wanted: bool) -> None:
        self._next = time.monotonic() + _PATIENCE
        self._is_wanted = is_wanted and terminal.is_terminal(sys.stderr) and terminal.variable("TERM") != "dumb"
        self._is_shown = False

    def tell(self, doing: str, done: int, total: int) -> None:
        """Return how many of `total` projects are done, at most ten times a second."""
        if not self._is_wanted or (now := time.monotonic()) < self._next:
            return
        self._next = now + _PAUSE
        self._is_shown = True
        terminal.show(f"{_CLEAR}ddlint: {doing} {done} of {total} projects", sys.stderr)

    def end(self) -> None:
        """Take the line away, before anything else is said."""
        if self._is_shown:
            terminal.show(_CLEAR, sys.stderr)
        self._is_wanted = self._is_shown = False


def tell(run: Run, stale: Mapping[str, int], *, is_quiet: bool) -> None:
    """Report on standard error what is no finding."""
    from ddlint.linter.run import why_empty

    cwd = run.request.cwd
    lines = [f"the folder {quoted(relative(path, cwd))} cannot be listed: {why}" for path, why in run.search.unlisted]
    lines += [f"{quoted(relative(path, cwd))} is no file that ddlint reads" for path in run.search.unknown]
    if why := why_empty(run):
        lines.append(f"nothing to lint: {why}")
    for path, count in stale.items():
        what = "1 finding" if count == 1 else f"{count} findings"
        verb, them = ("is", "it") if count == 1 else ("are", "them")
        gone = f"{what} of {quoted(relative(path, cwd))} {verb} gone; `--write-baseline` leaves {them} out"
        lines += [gone] if count else []
    if lines and not is_quiet:
        host.note("".join(f"ddlint: {line}\n" for line in lines))


def explain(outcome: Outcome) -> None:
    """Return which release every project gets on which Python, which row rules for every library, and why."""
    from ddlint.cli.inspect_text import decisions

    cwd = outcome.run.request.cwd
    lines: list[str] = []
    for (project, pack), reasons in zip(outcome.projects, outcome.reasons, strict=True):
        lines += decisions(project, pack.name, cwd)
        sources = {manifest.path: manifest.source for manifest in project.manifests}
        for place in reasons:
            at = sources[place.path].position(place.at.start)
            message = mask_quoted(place.message, sources[place.path], place.at)
            lines.append(f"  {written(relative(place.path, cwd))}:{at.line}:{at.column}: {message}")
    host.note("".join(f"ddlint: {line}\n" for line in lines))


def count(report: Report) -> None:
    """Return how often each code was found."""
    counts: dict[str, int] = {}
    for finding in report.findings:
        counts[finding.code] = counts.get(finding.code, 0) + 1
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    host.note("".join(f"{count:6} {code} {report.names[code]}\n" for code, count in ordered))
