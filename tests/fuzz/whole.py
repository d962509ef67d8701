"""A whole run over a project with one fuzzed file in it: every check, every format, `inspect`; and what they may print."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from ddlint.cli import host, inspect_json, inspect_text
from ddlint.cli.build_request import completed
from ddlint.config.settings import Config
from ddlint.core.errors import DdlintError
from ddlint.core.model import Severity
from ddlint.core.source import FileSystem
from ddlint.linter.lint_project import Request
from ddlint.linter.run import check, report, resolved
from ddlint.outputs import NAMES
from ddlint.pack.loader import builtin

if TYPE_CHECKING:
    from pathlib import Path

    from ddlint.linter.run import Outcome
    from ddlint.pack.pack import Pack
    from tests.fuzz.subjects import Subject

DAY = "2026-11-21"
_FOR_PROGRAMS = ("json", "sarif", "gitlab", "rdjson")
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""What moves a cursor, changes a colour, ends a line or turns the direction of text."""


@cache
def _pack() -> Pack:
    return builtin()


def _request(folder: Path, *, is_pedantic: bool) -> Request:
    return Request(
        paths=(folder.as_posix(),),
        cwd=folder.as_posix(),
        as_of=DAY,
        files=FileSystem(host.read_file, host.real_path),
        packs=lambda _: (_pack(),),
        options=Config(pedantic=is_pedantic, min_severity=Severity.NOTICE),
    )


def rendered(outcome: Outcome) -> dict[str, str]:
    """Everything there is to print of a run, by format."""
    made = completed(report(outcome), outcome, set(NAMES))
    texts: dict[str, str] = {
        name: import_module(f"ddlint.outputs.{name.replace('-', '_')}").render(made) for name in NAMES
    }
    run = outcome.run
    seen = [(each, tuple((project, pack.name) for project, pack in resolved(run, each))) for each in run.projects]
    return texts | {
        "inspect": inspect_text.render(seen, run.request.cwd),
        "inspect-json": inspect_json.render(seen, run.request.cwd),
    }


def run_over(folder: Path) -> dict[str, str]:
    """Judge a folder and give what every format prints of it."""
    return rendered(check(_request(folder, is_pedantic=True)))


def judge_texts(texts: dict[str, str]) -> None:
    """Check what no format may print."""
    for name, text in texts.items():
        found = _STEERING.search(text)
        assert found is None, (name, text[max(found.start() - 60, 0) : found.end() + 20])
        assert text.endswith("\n") or not text, name
    for name in (*_FOR_PROGRAMS, "inspect-json"):
        json.loads(texts[name])
    for line in texts["json-lines"].splitlines():
        json.loads(line)
    ET.fromstring(texts["junit"])


def judge_whole(folder: Path, subject: Subject, data: bytes) -> dict[str, str]:
    """Put the file into a project that has the tracer, and run everything."""
    path = folder / subject.path
    path.parent.mkdir(parents=True, exist_ok=True)
    (folder / "requirements").mkdir(exist_ok=True)
    (folder / "requirements" / "base.txt").write_text("ddtrace>=1.0,<3\n", encoding="utf-8")
    path.write_bytes(data)
    try:
        texts = run_over(folder)
    except DdlintError:
        if subject.name != "pyproject":  # a wrong `[tool.ddlint]` is the one mistake of a project's file
            raise
        return {}
    finally:
        path.unlink()
    judge_texts(texts)
    return texts
