"""Count the instructions of eight runs, and compare them with the committed figures.

    python3.11 benchmarks/instructions.py [--update] [--repeat N] [--only WORD]

Counts do not depend on what else the machine does, so that a change of 3 % is one of the code: that much more fails,
that much less asks for `--update`. They do depend on the interpreter: `instructions.json` names the one that its
figures are of, that of Debian 12. This script builds a wheel and installs it into an environment of its own, with the
versions of constraints.txt, and needs `python3.11-venv` and `valgrind` of Debian. Where one is missing or is another
nothing is compared: it says so and ends with 2.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import samples  # noqa: E402  the checkout is on the path only now

if TYPE_CHECKING:
    from collections.abc import Callable

TABLE = Path(__file__).with_suffix(".json")
PLACE = Path(tempfile.gettempdir()) / "ddlint-instructions"
"""Always the same, as the lengths of paths are part of what is counted."""
DAY = "2026-11-21"
MOST = 0.03
SAME, CHANGED, NOT_COMPARED = 0, 1, 2
TARGET = """
import platform
from importlib.metadata import version
library = " ".join(platform.libc_ver())
print(f"CPython {platform.python_version()}, {platform.python_compiler()}, {library}, {platform.machine()}, "
      f"packaging {version('packaging')}")
"""


class Case(NamedTuple):
    title: str
    write: Callable[[Path], object]
    """Writes the project into a folder."""
    words: tuple[str, ...]
    is_cached: bool = False
    """Whether the result comes from an earlier run."""


def one_file(name: str, text: str) -> Callable[[Path], object]:
    """Return a function that writes a project of one file."""
    return lambda folder: (folder / name).write_text(text, encoding="utf-8")


LINT = ("--isolated", "--as-of", DAY)
CASES = (
    Case("--version", lambda _: None, ("--version",)),
    Case("requirements, 50 lines", one_file("requirements.txt", samples.tracked_requirements(50)), LINT),
    Case("requirements, no known name", one_file("requirements.txt", samples.unknown_requirements(50)), LINT),
    Case("pyproject, 10 KB", one_file("pyproject.toml", samples.pyproject(10_000)), LINT),
    Case("uv.lock, 1.56 MB, no known name", one_file("uv.lock", samples.lock(1_560_000, known=())), LINT),
    Case("uv.lock, 1.56 MB, findings", one_file("uv.lock", samples.lock(1_560_000)), LINT),
    Case("100 projects", lambda folder: samples.tree(folder, 100), (*LINT, "-j", "1")),
    Case("100 projects, from the cache", lambda folder: samples.tree(folder, 100), (*LINT, "-j", "1"), is_cached=True),
)


class MissingError(Exception):
    """Nothing can be compared here."""


def prepared(place: Path) -> Path:
    """Return the Python of a new environment with a wheel of the checkout."""
    if platform.system() != "Linux":
        raise MissingError("valgrind counts on Linux")
    missing = [name for name in ("python3.11", "valgrind") if not shutil.which(name, path="/usr/bin:/bin")]
    if missing:
        raise MissingError(f"{' and '.join(missing)} of Debian is not installed in /usr/bin")
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(mode=0o700)
    python = place / "venv/bin/python"
    run("/usr/bin/python3.11", "-m", "venv", str(place / "venv"))
    pip = (str(python), "-m", "pip", "--disable-pip-version-check", "--quiet")
    run(*pip, "wheel", "--no-deps", "--wheel-dir", str(place / "wheel"), str(ROOT))
    wheel = next((place / "wheel").glob("ddlint-*.whl"))
    run(*pip, "install", "--constraint", str(ROOT / "constraints.txt"), str(wheel))
    return python


def run(*words: str) -> str:
    """Run a program that has to succeed, and return what it prints."""
    done = subprocess.run(words, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        raise MissingError(f"`{' '.join(words)}` failed: {done.stdout[-500:].strip()}")
    return done.stdout


def environment(place: Path, *, is_cached: bool) -> dict[str, str]:
    """Return the environment of a run: all of it, as its size is part of what is counted."""
    given = {"PATH": "/usr/bin:/bin", "HOME": str(place / "home"), "LANG": "C.UTF-8", "PYTHONHASHSEED": "0"}
    # The C library takes other functions on other processors: here those that all have.
    given["GLIBC_TUNABLES"] = "glibc.cpu.hwcaps=-AVX2_Usable,-AVX2,-AVX512F,-AVX512VL,-AVX512BW,-ERMS,-FSRM,-EVEX"
    return given if is_cached else {**given, "DDLINT_NO_CACHE": "1"}


def counted(case: Case, python: Path, place: Path) -> int:
    """Count the instructions of one run of a case."""
    folder = place / "project"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(place / "home", ignore_errors=True)
    folder.mkdir()
    case.write(folder)
    words = (str(python), "-I", str(python.parent / "ddlint"), *case.words)
    given = environment(place, is_cached=case.is_cached)
    if case.is_cached:
        age(folder)
        subprocess.run(words, cwd=folder, env=given, check=False, stdout=subprocess.DEVNULL)
    done = subprocess.run(
        ("valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *words),
        cwd=folder, env=given, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    found = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode not in (0, 1) or not found:
        raise MissingError(f"`{case.title}` ended with {done.returncode}: {done.stderr[-500:].strip()}")
    return int(found[1])


def age(folder: Path) -> None:
    """Wait until the files are so old that the cache trusts their times."""
    import time

    newest = max(path.stat().st_ctime for path in folder.rglob("*"))
    time.sleep(max(0.0, newest + 2.1 - time.time()))


def compare(known: dict[str, int], found: dict[str, int]) -> tuple[int, list[str]]:
    """Return how a comparison ends, and a line for each case."""
    lines, code = [], SAME
    for title, count in found.items():
        before = known.get(title, 0)
        more = count - before
        is_changed = abs(more) > MOST * before
        if not before or (is_changed and more > 0):
            code = CHANGED
        verdict = f"{more / before:+.1%}" if before else "no figure"
        if before and is_changed:
            verdict += "  too many" if more > 0 else "  fewer: --update"
        lines.append(f"{title:<34}{before:>15,}{count:>15,}  {verdict}")
    return code, lines


def measured(only: str, repeat: int, target: str) -> tuple[str, dict[str, int]]:
    """Return the interpreter and the counts of the cases; a `MissingError` where it is none of which there are figures.

    Without a `target` it may be any.
    """
    python = prepared(PLACE)
    here = run(str(python), "-I", "-c", TARGET).strip()
    if target and here != target:
        raise MissingError(f"the figures are of {target}, and this is {here}")
    found: dict[str, int] = {}
    for case in (case for case in CASES if only in case.title):
        counts = [counted(case, python, PLACE) for _ in range(repeat)]
        found[case.title] = min(counts)
        print(f"{case.title:<34}{(max(counts) - min(counts)) / min(counts):>10.3%} of spread", flush=True)
    return here, found


def main() -> int:
    parser = argparse.ArgumentParser(description="count the instructions of eight runs")
    parser.add_argument("--update", action="store_true", help="write what is counted into the table")
    parser.add_argument("--repeat", type=int, default=1, metavar="N", help="count each N times, and print the spread")
    parser.add_argument("--only", default="", metavar="WORD", help="the cases with this word in their title")
    options = parser.parse_args()
    table = json.loads(TABLE.read_text(encoding="utf-8")) if TABLE.exists() else {}
    known: dict[str, int] = table.get("instructions", {})
    try:
        if not table and not options.update:
            print("NOT COMPARED: there are no figures; `--update` writes them", file=sys.stderr)
            return NOT_COMPARED
        target, found = measured(options.only, options.repeat, "" if options.update else table["target"])
    except MissingError as error:
        print(f"NOT COMPARED: {error}", file=sys.stderr)
        return NOT_COMPARED
    finally:
        shutil.rmtree(PLACE, ignore_errors=True)
    code, lines = compare(known, found)
    print(f"{target}\n{'case':<34}{'known':>15}{'counted':>15}")
    print("\n".join(lines))
    if options.update:
        both = {**known, **found}
        ordered = {case.title: both[case.title] for case in CASES if case.title in both}
        TABLE.write_text(json.dumps({"target": target, "instructions": ordered}, indent=2) + "\n", encoding="utf-8")
        return SAME
    return code


if __name__ == "__main__":
    os.umask(0o022)
    sys.exit(main())
