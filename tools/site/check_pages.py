"""Write the page of every check: its docstring, and a project with what ddlint really prints about it."""

from __future__ import annotations

import importlib
import re
import shlex
import shutil
import tempfile
import textwrap
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from ddlint.checks import CHECKS, Check
from ddlint.config.keys import KEYS
from tools.site.command import printed
from tools.site.documents import put
from tools.site.markdown import fenced, page, table
from tools.site.places import ROOT

CASES = ROOT / "tests" / "cases"
APART = {"expected.txt", "options.txt"}
_FINDING = re.compile(r"^(?!  ).*?: (error|warning|notice) (DD\d{3}) ")
_FIX = re.compile(r"^  fix \((safe|unsafe)\): (.*)$")
LANGUAGES = {
    ".toml": "toml",
    ".lock": "toml",
    ".json": "json",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".py": "python",
    ".ini": "ini",
}


def write() -> None:
    """Write the page of every check, and the table of them."""
    put("checks/index.md", _index())
    for check in CHECKS:
        put(f"checks/{check.code.lower()}.md", _page(check))


def short(check: Check) -> str:
    """Return the first sentence of the docstring of a check, without its full stop."""
    return " ".join(_documentation(check).partition("\n\n")[0].split()).removesuffix(".")


def _documentation(check: Check) -> str:
    return textwrap.dedent(importlib.import_module(f"ddlint.checks.{check.module}").__doc__ or "").strip()


def _index() -> str:
    rows = [(f"[{each.code}]({each.code.lower()}.md)", each.name, each.level.value, short(each)) for each in CHECKS]
    return page(
        "Checks",
        "Every check of ddlint: what it reports, at which level, and what to do.",
        "# Checks\n",
        "Every finding has the code of its check. Codes are stable, and names work wherever codes do.\n",
        table(("code", "name", "level", "what it does"), rows),
    )


def _page(check: Check) -> str:
    first, _, rest = _documentation(check).partition("\n\n")
    return page(
        f"{check.code} {check.name}",
        " ".join(first.split()),
        f"# {check.code} {check.name}\n",
        " ".join(first.split()) + "\n",
        rest + "\n",
        *_example(check),
        "## Options\n",
        _options(check, rest),
        "## Fix safety\n",
        _fixes(check),
        "## Since\n",
        f"{_since(check)}\n",
    )


def _example(check: Check) -> Iterator[str]:
    """Yield a project and what ddlint prints about it: the shortest case that the check reports."""
    case = example_of(check)
    yield "## What ddlint prints\n"
    for path in _files(case):
        name = path.relative_to(case).as_posix().removesuffix(".case")
        yield f"`{name}`:\n"
        yield fenced(path.read_text(encoding="utf-8", errors="replace"), LANGUAGES.get(Path(name).suffix, ""))
    words, text = output(check, case)
    yield f"`{words}`:\n"
    yield fenced(text)


@cache
def example_of(check: Check) -> Path:
    """Return the shortest case whose first finding is of a check, of those that are text and few files."""
    cases = [
        path.parent
        for path in sorted(CASES.glob("*/*/expected.txt"))
        if check.code in _codes(path) and not (path.parent / "pack").exists() and _files(path.parent)
    ]
    return min(cases, key=_order)


def _order(case: Path) -> tuple[bool, bool, bool, int]:
    """Sort cases: text before bytes, one finding before several, few files before many, and short before long."""
    files = _files(case)
    size = sum(len(path.read_bytes()) for path in files)
    return not all(map(_is_text, files)), len(_codes(case / "expected.txt")) > 1, len(files) > 2, size


@cache
def _codes(expected: Path) -> list[str]:
    found = map(_FINDING.match, expected.read_text(encoding="utf-8").splitlines())
    return [each[2] for each in found if each]


@cache
def _files(case: Path) -> list[Path]:
    return [path for path in sorted(case.rglob("*")) if path.is_file() and path.name not in APART]


def _is_text(path: Path) -> bool:
    return bool(path.stat().st_size) and path.read_bytes().isascii()


def output(check: Check, case: Path) -> tuple[str, str]:
    """Return the command of an example and what it prints, run on a copy of the case."""
    path = case / "options.txt"
    given = path.read_text(encoding="utf-8").strip() if path.exists() else ""
    words = ["--min-severity", "notice", *shlex.split(given)]
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch, "project")
        shutil.copytree(case, copy, ignore=shutil.ignore_patterns(*APART))
        for file in copy.rglob("*.case"):
            file.rename(file.with_name(file.name.removesuffix(".case")))
        text = printed(words, copy)
    if check.code not in text:
        raise SystemExit(f"the example of {check.code}, {case.name}, is not reported: {text}")
    return f"ddlint {shlex.join(words)}", text


def _options(check: Check, text: str) -> str:
    named = [key for key in KEYS if f"`{key}" in text or f"`--{key}" in text]
    about = f"`{'`, `'.join(named)}` and the options in [configuration](../configuration.md)" if named else ""
    silence = f"`--ignore {check.code}` leaves it out, `--select {check.code}` runs it alone"
    inline = f"`# ddlint: ignore[{check.code}] reason` [silences one finding](../suppressing.md)"
    also = f" It reads {about}." if about else ""
    return f"{silence}, and {inline}.{also}\n"


def _fixes(check: Check) -> str:
    """Say which fixes the findings of a check have, from every case that reports it."""
    found = fixes()[check.code]
    if not found:
        return "No finding of this check has a fix.\n"
    kinds = {
        "safe": "`--fix` applies it",
        "unsafe": "it may change what is installed or how the application runs, so `--fix --unsafe-fixes` applies it",
    }
    lines = [f"- {kind}: {kinds[kind]}; for example: {titles[0]}" for kind, titles in sorted(found.items())]
    return "A finding may have a [fix](../fixing.md):\n\n" + "\n".join(lines) + "\n"


@cache
def fixes() -> dict[str, dict[str, list[str]]]:
    """Return the titles of the fixes that the cases show, by code and by safety."""
    found: dict[str, dict[str, list[str]]] = {check.code: {} for check in CHECKS}
    for path in sorted(CASES.glob("*/*/expected.txt")):
        code = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if finding := _FINDING.match(line):
                code = finding[2]
            elif (fix := _FIX.match(line)) and code in found:
                found[code].setdefault(fix[1], []).append(fix[2])
    return found


def _since(check: Check) -> str:
    """Return the version of ddlint that has a check first, as the changelog says."""
    sections = re.split(r"^## ", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    for section in sections:
        title, _, body = section.partition("\n")
        if re.search(rf"^- New checks?:[^\n]*\b{check.code}\b", body, re.MULTILINE):
            return "The next release." if title.strip() == "Unreleased" else f"ddlint {title.split()[0]}."
    return f"ddlint {sections[-1].split()[0]}."
