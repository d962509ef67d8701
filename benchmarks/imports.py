"""Count the instructions that each imported module takes by itself, in a run over 50 requirement lines with findings.

    python3.11 benchmarks/imports.py [--least PERCENT]

A module that takes 2 % of the run or more has to be named in docs/speed.md, where somebody says what it is good for:
one that is not ends with 1. Like `instructions.py`, it needs valgrind and the Python of Debian 12; it ends with 2 where
one is missing. What is counted is what `exec_module` does: it reads the compiled module and runs it.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.instructions import CASES, PLACE, MissingError, environment, prepared  # noqa: E402  as in the others

PAGE = ROOT / "docs" / "speed.md"
CASE = "requirements, 50 lines"
LEAST = 2.0
ELSE = "(all else)"
TOTAL = re.compile(r"^(?:summary|totals): (\d+)", re.MULTILINE)
DRIVER = """
import os, sys
from importlib.machinery import SourceFileLoader
log, execute = open(sys.argv[1], "w", buffering=1), SourceFileLoader.exec_module

def mark(text):
    log.write(text + "\\n")
    os.getppid()

def exec_module(self, module):
    mark(module.__name__)
    try:
        execute(self, module)
    finally:
        mark("")

SourceFileLoader.exec_module = exec_module
sys.argv = ["ddlint", *sys.argv[2:]]
from ddlint.__main__ import process
process()
"""
"""Calls a function of the C library, where callgrind writes what it has counted, before and after each module."""


def shares(marks: list[str], counts: list[int]) -> dict[str, int]:
    """Return the instructions of each module without those that it imports.

    Before the first mark and after the last one there is a count too. A mark is the name of a module that begins, or
    empty where the one that began last ends.
    """
    found: dict[str, int] = {}
    open_ = [ELSE]
    for mark, count in zip([*marks, ""], counts, strict=True):
        found[open_[-1]] = found.get(open_[-1], 0) + count
        if mark:
            open_.append(mark)
        elif len(open_) > 1:
            open_.pop()
    return found


def unnamed(found: dict[str, int], page: str, least: float) -> list[str]:
    """Return the modules that take that many percent or more and that a page does not name in a code span."""
    total = sum(found.values())
    named = set(re.findall(r"`([\w.]+)`", page))
    return [
        name for name, count in found.items() if name != ELSE and count * 100 >= total * least and name not in named
    ]


def table(found: dict[str, int], start: int, least: float) -> list[str]:
    """Return the rows of the page: the start of Python, the modules that take much, the others, and the work itself."""
    total = sum(found.values())
    large = {name: count for name, count in found.items() if name != ELSE and count * 100 >= total * least}
    own, others = (
        {
            name: count
            for name, count in found.items()
            if name not in large and name != ELSE and is_own is (name.partition(".")[0] == "ddlint")
        }
        for is_own in (True, False)
    )
    rows = [
        ("the start of Python", start),
        *((f"`{name}`", count) for name, count in sorted(large.items(), key=lambda each: -each[1])),
        (f"{len(others)} other modules", sum(others.values())),
        (f"{len(own)} other modules of ddlint", sum(own.values())),
        ("reading, judging and printing", found[ELSE] - start),
        ("all", total),
    ]
    return [f"| {title:<45} | {count / 1e6:>6.1f} | {count / total:>6.1%} |" for title, count in rows]


def counted(python: Path, place: Path) -> dict[str, int]:
    """Run the case below callgrind, and return what each module takes."""
    case = next(case for case in CASES if case.title == CASE)
    folder, driver, log, out = (place / name for name in ("project", "driver.py", "marks", "counts"))
    folder.mkdir()
    case.write(folder)
    driver.write_text(DRIVER, encoding="utf-8")
    words = (str(python), "-I", str(driver), str(log), *case.words)
    given = environment(place, is_cached=False)
    subprocess.run(words, cwd=folder, env=given, check=False, stdout=subprocess.DEVNULL)
    totals = dumped(words, folder, out, given)
    marks = log.read_text(encoding="utf-8").split("\n")[:-1]
    if len(totals) != len(marks) + 1:
        raise MissingError(f"callgrind has written {len(totals)} counts for {len(marks)} marks")
    return shares(marks, totals)


def dumped(words: tuple[str, ...], folder: Path, out: Path, given: dict[str, str]) -> list[int]:
    """Run a program below callgrind, and return the instructions before, between and after its marks."""
    done = subprocess.run(
        ("valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", "--dump-before=getppid", *words),
        cwd=folder, env=given, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    if done.returncode not in (0, 1):
        raise MissingError(f"the run ended with {done.returncode}: {done.stderr[-500:].strip()}")
    paths = sorted(out.parent.glob(f"{out.name}.*"), key=lambda path: int(path.suffix[1:]))
    texts = [path.read_text(encoding="utf-8") for path in (*paths, *([out] if out.exists() else []))]
    return [int(found[1]) for text in texts if (found := TOTAL.search(text))]


def main() -> int:
    parser = argparse.ArgumentParser(description="count the instructions of each import")
    parser.add_argument("--least", type=float, default=LEAST, metavar="PERCENT", help="what has to be named")
    options = parser.parse_args()
    try:
        python = prepared(PLACE)
        found = counted(python, PLACE)
        nothing = (str(python), "-I", "-c", "pass")
        start = sum(dumped(nothing, PLACE, PLACE / "empty", environment(PLACE, is_cached=False)))
    except MissingError as error:
        print(f"NOT COUNTED: {error}", file=sys.stderr)
        return 2
    finally:
        shutil.rmtree(PLACE, ignore_errors=True)
    print("Million instructions, and their share:\n")
    print("\n".join(table(found, start, options.least)))
    missing = unnamed(found, PAGE.read_text(encoding="utf-8"), options.least)
    if missing:
        print(f"docs/speed.md does not name {', '.join(missing)}", file=sys.stderr)
    return int(bool(missing))


if __name__ == "__main__":
    os.umask(0o022)
    sys.exit(main())
