"""Lint a case folder as the command line would, and write what was found as its `expected.txt` has it.

A case is a folder of input files with an `expected.txt`: a line for each finding, and below it, indented, a line for each
related place and for the fix. `options.txt` holds options of the command line; the day is 2026-11-21 unless they say
otherwise. `python -m tests.cases.accept tests/cases/CHECK/CASE` writes what is found, to be read before it is committed.
"""

from __future__ import annotations

import shlex
from functools import cache
from typing import TYPE_CHECKING

from ddlint.cli import host
from ddlint.cli.build_request import config_of, parsed
from ddlint.core.model import Severity
from ddlint.core.paths import relative
from ddlint.core.source import FileSystem
from ddlint.linter.lint_project import Request
from ddlint.linter.run import check, report
from ddlint.pack.loader import builtin, load

if TYPE_CHECKING:
    from pathlib import Path

    from ddlint.core.model import Place
    from ddlint.core.report import Finding, Report
    from ddlint.pack.pack import Pack

TODAY = "2026-11-21"
APART = ("expected.txt", "options.txt", "pack")
"""What in a case folder is not linted."""
PLAIN = ".case"
"""Taken off the end of a file's name: for files that other tools would read here and stumble over."""


@cache
def builtin_pack() -> Pack:
    """Give the pack that ddlint brings, read once."""
    return builtin()


def lint(directory: Path, words: str = "", pack: Path | None = None) -> str:
    """Lint a folder with options, and write what is found."""
    made = reported(directory, words, pack)
    return "".join(_told(made, finding) for finding in made.findings)


def reported(directory: Path, words: str = "", pack: Path | None = None) -> Report:
    """Lint a folder with options; findings of every severity are told."""
    here = directory.as_posix()
    options = parsed("check", shlex.split(words))
    config = config_of(options, here, host.absolute)._replace(min_severity=Severity.NOTICE)
    packs = (load(pack),) if pack else (builtin_pack(),)
    request = Request(
        (here,),
        here,
        options.as_of or TODAY,
        FileSystem(host.read_file, host.real_path),
        lambda _: packs,
        config,
    )
    return report(check(request))


def assert_well_said(finding: Finding) -> None:
    """Check what holds of every finding: sentences in one line, without a full stop and without empty ones."""
    said = (finding.message, *finding.notes, *([finding.help] if finding.help else []))
    assert all(each and each.isprintable() and not each.endswith((".", " ")) for each in said), said
    assert all(place.message for place in finding.related), finding.related


def _told(made: Report, finding: Finding) -> str:
    assert_well_said(finding)
    lines = [f"{_at(made, finding.at)}: {finding.severity.value} {finding.code} {finding.message}"]
    lines += [f"  {_at(made, place)}: {place.message}" for place in finding.related]
    if finding.fix:
        lines.append(f"  fix ({'safe' if finding.fix.is_safe else 'unsafe'}): {finding.fix.title}")
    return "".join(f"{line}\n" for line in lines)


def _at(made: Report, place: Place) -> str:
    position = made.sources[place.path].position(place.at.start)
    return f"{relative(place.path, made.cwd)}:{position.line}:{position.column}"
