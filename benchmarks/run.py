"""Whole-process times of ddlint as ratios to `python -c pass`, taken in alternation, and peak memory.

    python benchmarks/run.py [--runs N] [--check] [FILE ...]

Ratios hold on any machine where seconds do not; the targets are those of docs/speed.md. Files named on the command
line are measured too, each on its own. `--check` fails when a ratio is above what it must be.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

MEASURE = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


class Case(NamedTuple):
    title: str
    words: tuple[str, ...]
    must: float | None = None
    aim: float | None = None


class Measured(NamedTuple):
    case: Case
    ratio: float
    milliseconds: float
    mebibytes: float


def tracked_requirements(count: int) -> str:
    """A requirements file with names that the rules know, every tenth outside what they support."""
    names = ("django", "flask", "requests", "redis", "celery", "sqlalchemy", "psycopg", "boto3", "jinja2", "aiohttp")
    lines = ["ddtrace==3.19.9"]
    for index in range(count - 1):
        name = names[index % len(names)] if index < len(names) else f"internal-service-{index}"
        lines.append(f"{name}==0.0.1" if index == 0 else f"{name}>=1.0,<99  # used by module {index}")
    return "\n".join(lines) + "\n"


def unknown_requirements(count: int) -> str:
    """A requirements file that no rule names a package of."""
    return "".join(f"internal-service-{index}==1.{index}.0\n" for index in range(count))


def pyproject(size: int) -> str:
    """A pyproject.toml of that many bytes, with extras and groups."""
    lines = ["[project]", 'name = "measured"', 'version = "1.0"', 'requires-python = ">=3.9"', "dependencies = ["]
    lines += [
        '    "ddtrace>=4,<5",',
        '    "flask>=0.5",  # raised when the old host goes',
        "]",
        "",
        "[dependency-groups]",
    ]
    text = "\n".join(lines) + "\n"
    index = 0
    while len(text) < size:
        entry = "".join(f'    "internal-library-{index}-{part}>={part}.0,<9",\n' for part in range(8))
        text += f"group-{index} = [\n{entry}]\n"
        index += 1
    return text


def lock(size: int) -> str:
    """A uv.lock of that many bytes: many packages with many wheels, as real ones are."""
    head = ['version = 1\nrevision = 3\nrequires-python = ">=3.10"\n']
    head += [
        locked(name, version, 12) for name, version in (("ddtrace", "4.0.0"), ("flask", "0.5"), ("redis", "5.0.0"))
    ]
    total, index = sum(map(len, head)), 0
    while total < size:
        head.append(locked(f"internal-library-{index}", f"1.{index}.0", 10))
        total += len(head[-1])
        index += 1
    return "\n".join(head)


def locked(name: str, version: str, wheels: int) -> str:
    """One entry of a uv.lock."""
    place = f"https://index.example/files/{name}-{version}"
    files = "".join(
        f'    {{ url = "{place}-cp31{number}-cp31{number}-manylinux_2_28_x86_64.whl", '
        f'hash = "sha256:{number:064x}", size = {1000 + number} }},\n'
        for number in range(wheels)
    )
    return (
        f'[[package]]\nname = "{name}"\nversion = "{version}"\n'
        'source = { registry = "https://index.example/simple" }\n'
        f'sdist = {{ url = "{place}.tar.gz", hash = "sha256:{0:064x}", size = 9 }}\nwheels = [\n{files}]\n'
    )


def cases(folder: Path, command: str, named: list[str]) -> list[Case]:
    """The cases of the targets, each file in a directory of its own, and the files that were named."""

    def lint(title: str, name: str, text: str, must: float, aim: float) -> Case:
        path = folder / str(len(text)) / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return Case(title, (command, "--isolated", str(path)), must, aim)

    return [
        Case("--version", (command, "--version"), 2.0, 1.6),
        lint("requirements, 50 lines", "requirements.txt", tracked_requirements(50), 6.0, 5.0),
        lint("requirements, no known name", "requirements.txt", unknown_requirements(50), 3.0, 2.5),
        lint("pyproject, 10 KB", "pyproject.toml", pyproject(10_000), 6.5, 5.5),
        lint("uv.lock, 1.5 MB", "uv.lock", lock(1_500_000), 6.5, 4.0),
        *(Case(Path(name).name, (command, "--isolated", name)) for name in named),
    ]


def seconds(words: tuple[str, ...]) -> float:
    start = time.perf_counter()
    done = subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    taken = time.perf_counter() - start
    if done.returncode > 1:
        sys.exit(f"`{' '.join(words)}` ended with {done.returncode}: there is nothing to measure")
    return taken


def peak(words: tuple[str, ...]) -> float:
    """The peak resident memory of the process, in MiB; 0 where the platform does not tell."""
    if sys.platform == "win32":
        return 0.0
    told = subprocess.run([sys.executable, "-c", MEASURE, *words], capture_output=True, text=True, check=True)
    return int(told.stdout) / (1024 * 1024 if sys.platform == "darwin" else 1024)


def measure(case: Case, runs: int) -> Measured:
    """Run the case and the empty program in turns, so that both meet the same load."""
    empty = (sys.executable, "-c", "pass")
    seconds(case.words)
    pairs = [(seconds(empty), seconds(case.words)) for _ in range(runs)]
    ratio = statistics.median(own / base for base, own in pairs)
    return Measured(case, ratio, statistics.median(own for _, own in pairs) * 1000, peak(case.words))


def row(measured: Measured) -> str:
    case = measured.case
    limits = "".join(f"{limit:>7.1f}x" if limit else f"{'':>8}" for limit in (case.must, case.aim))
    verdict = "" if not case.must else "  over" if measured.ratio > case.must else "  ok"
    numbers = f"{measured.ratio:>7.2f}x {measured.milliseconds:>8.1f} {measured.mebibytes:>7.1f}"
    return f"{case.title:<30.30}{numbers}{limits}{verdict}"


def command() -> str:
    """The `ddlint` that is installed beside this Python."""
    found = shutil.which("ddlint", path=sysconfig.get_path("scripts"))
    if not found:
        sys.exit(f"ddlint is not installed for {sys.executable}")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description="time ddlint against an empty Python program")
    parser.add_argument("--runs", type=int, default=15, help="how often each case runs (default: 15)")
    parser.add_argument("--check", action="store_true", help="exit 1 when a ratio is above its limit")
    parser.add_argument("files", nargs="*", metavar="FILE", help="files to measure too")
    options = parser.parse_args()
    print(f"{'case':<30}{'ratio':>8} {'ms':>8} {'MiB':>7}{'must':>8}{'aim':>8}")
    is_over = False
    with tempfile.TemporaryDirectory() as folder:
        for case in cases(Path(folder), command(), options.files):
            measured = measure(case, options.runs)
            is_over |= bool(case.must and measured.ratio > case.must)
            print(row(measured), flush=True)
    return int(options.check and is_over)


if __name__ == "__main__":
    sys.exit(main())
