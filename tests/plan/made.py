"""Plans made in a test: of texts of files by name, under a small pack of its own.

Lines of `tracelib`: 1.0 and 1.1 (end of life), 2.0 and 2.1 (maintenance), 3.0; the pack is in `pack/`, short enough to
read beside the tests.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from ddlint.cli.plan import target_of
from ddlint.core.model import Judging, Manifest, Project
from ddlint.core.source import Source
from ddlint.inputs import INPUTS, pattern_of
from ddlint.pack.loader import load
from ddlint.plan.build import build_plan
from ddlint.plan.columns import cells
from ddlint.plan.model import Document, Kind, Plan
from ddlint.project.resolve import resolve, variants

if TYPE_CHECKING:
    from ddlint.pack.pack import Pack

ROOT = "/home/ana/shop"
DAY = "2026-11-21"
JUDGING = Judging(DAY)


@cache
def pack() -> Pack:
    return load(Path(__file__).parent / "pack")


def read(files: dict[str, str]) -> tuple[Manifest, ...]:
    """Read texts by the inputs that their names choose."""
    return tuple(parsed(Source(f"{ROOT}/{name}", text)) for name, text in files.items())


def parsed(source: Source) -> Manifest:
    module = next(one.module for one in INPUTS if re.search(pattern_of(one), source.path))
    made: Manifest = import_module(f"ddlint.inputs.{module}").parse(source)
    return made


def resolved(files: dict[str, str], settings: Judging = JUDGING) -> Project:
    return resolve(ROOT, read(files), pack(), settings)


def plan_of(files: dict[str, str], to: str = "", settings: Judging = JUDGING) -> Plan:
    """Give the plan of files."""
    as_if = variants(resolve(ROOT, read(files), pack(), settings), pack(), settings)
    return build_plan(resolved(files, settings), pack(), target_of(pack(), to), as_if)


def of(*requirements: str) -> dict[str, str]:
    """Give the files of a project with these requirements."""
    return {"requirements.txt": "".join(f"{each}\n" for each in requirements)}


def document(*plans: Plan) -> Document:
    return Document("0.0.0", DAY, ROOT, plans)


def statuses(plan: Plan, kind: Kind, name: str) -> str:
    """Give the statuses of a row over the lines, by their first three letters."""
    row = next(row for row in plan.rows if (row.kind, row.name) == (kind, name))
    return " ".join(cell.status.value[:3] for _, cell in cells(plan, row))


def told(plan: Plan) -> list[str]:
    """Give the changes on a line each: step, code, subject, and what is to be written."""
    return [
        " ".join(
            [
                change.step,
                change.code or "-",
                change.subject,
                *(edit.write for edit in change.edits if edit.write),
                *([] if change.is_new else ["(old)"]),
                *(["(notice)"] if change.severity is not None and change.severity.value == "notice" else []),
            ]
        )
        for change in plan.changes
    ]
