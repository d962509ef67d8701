"""Print one table of the reports of many repositories: `merge_reports.py FOLDER`, used by lint-repositories.yml.

FOLDER holds a folder for each repository, with its name in `repository`, the exit code of ddlint in `exit-code` and
the report in `report.json`. REPOSITORIES is the JSON array of those that were asked for. The exit code is 1 where one
has findings that fail, and 2 where a report is missing.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # the checkout

from ddlint.core.text import counted, guard
from ddlint.outputs.common.locations import line_address
from ddlint.outputs.common.markdown_table import code, linked, prose, table

if TYPE_CHECKING:
    from collections.abc import Iterable

BUDGET = 450_000
"""Bytes of each of the two tables; GitHub drops a summary above 1 MiB as a whole."""
LEVELS = ("error", "warning", "notice")
ICONS = {"error": "\N{LARGE RED CIRCLE}", "warning": "\N{LARGE YELLOW CIRCLE}", "notice": "\N{LARGE BLUE CIRCLE}"}
PASSED, FAILED, NOTHING = "\N{WHITE HEAVY CHECK MARK}", "\N{CROSS MARK}", "\N{LARGE YELLOW CIRCLE}"


class Linted(NamedTuple):
    """What came of one repository."""

    repository: str
    exit_code: int
    report: dict[str, Any]
    """Empty where there is none."""


def read(folder: Path, asked: Iterable[str]) -> list[Linted]:
    """Return what came of each repository that was asked for; one without a report has failed."""
    found = {}
    for path in folder.glob("*/report.json"):
        name, exit_code = (
            (path.parent / each).read_text(encoding="utf-8").strip() for each in ("repository", "exit-code")
        )
        found[name] = Linted(name, int(exit_code), json.loads(path.read_text(encoding="utf-8")))
    return [found.get(name, Linted(name, 2, {})) for name in dict.fromkeys(asked)]


def verdict(linted: Linted) -> str:
    """Return the verdict on a repository."""
    if not linted.report:
        return f"{FAILED} no report"
    if linted.exit_code:
        return f"{FAILED} failed"
    if not any(project["tracer"] for project in linted.report["projects"]):
        return f"{NOTHING} nothing checked"
    return f"{PASSED} passed"


def releases(report: dict[str, Any]) -> str:
    """Return the releases of the tracer that a repository gets."""
    found = (each["release"] for project in report.get("projects", ()) for each in project["tracer"])
    return ", ".join(dict.fromkeys(release for release in found if release))


def row(linted: Linted) -> tuple[str, ...]:
    """Return the row of a repository."""
    summary = linted.report.get("summary", {})
    counts = (str(summary.get(level, "")) for level in LEVELS)
    return (prose(linted.repository), verdict(linted), prose(releases(linted.report)), *counts)


def finding(linted: Linted, found: dict[str, Any], server: str) -> tuple[str, ...]:
    """Return the row of a finding."""
    line, column = found["start"]["line"], found["start"]["column"]
    files_url = f"{server}/{linted.repository}/blob/HEAD" if server else ""
    at = linked(code(f"{found['path']}:{line}:{column}"), line_address(files_url, found["path"], line))
    return (
        prose(linted.repository),
        f"{ICONS[found['severity']]}&nbsp;{found['severity']}",
        found["code"],
        at,
        prose(found["message"]),
    )


def render(every: list[Linted], server: str) -> str:
    """Return the verdict, a table of the repositories, and one of their findings, folded."""
    bad = sum(linted.exit_code != 0 for linted in every)
    findings = [(linted, each) for linted in every for each in linted.report.get("findings", ())]
    head = f"{FAILED} ddlint failed in {bad} of" if bad else f"{PASSED} ddlint passed in"
    lines = [
        f"# {head} {len(every)} {'repository' if len(every) == 1 else 'repositories'}",
        "",
        *table(
            ("repository", "verdict", "release", "errors", "warnings", "notices"), map(row, every), len(every), BUDGET
        ),
    ]
    if findings:
        rows = (finding(linted, each, server) for linted, each in findings)
        columns = ("repository", "level", "check", "location", "finding")
        title = counted(len(findings), "finding")
        lines += [
            "",
            "<details>",
            f"<summary>{title}</summary>",
            "",
            *table(columns, rows, len(findings), BUDGET),
            "",
            "</details>",
        ]
    return "".join(f"{line}\n" for line in lines)


def main() -> int:
    """Print the tables and return the exit code."""
    every = read(Path(sys.argv[1]), json.loads(os.environ["REPOSITORIES"]))
    sys.stdout.write(guard(render(every, os.environ.get("GITHUB_SERVER_URL", ""))))
    return max((linted.exit_code for linted in every), default=0)


if __name__ == "__main__":
    sys.exit(main())
