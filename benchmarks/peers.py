"""Other programs on the files that ddlint reads: what each takes, and what ddlint takes of it.

They are in an environment of their own with the versions of requirements-peers.txt. Those that do something like it
in Python are peers; ruff, uv and a bare `tomllib` are the limit of what can be reached.
"""

from __future__ import annotations

import platform
import re
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks import samples
from benchmarks.cases import EMPTY, LOCK, TRACKED, Room
from benchmarks.timing import Call, FailedError, environment, in_turns, ratio, timed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.timing import Taken

PINS = Path(__file__).with_name("requirements-peers.txt")
PLACE = Path(__file__).resolve().parents[1] / "build" / "peers"
SHOWN = ("deptry", "fawltydeps", "cyclonedx-bom", "validate-pyproject", "pip-audit", "uv", "ruff")
"""The distributions whose versions are printed."""


class Peer(NamedTuple):
    words: str
    """Its call; `{}` is the path that ddlint gets, `{folder}` the folder of it."""
    at_most: float | None = None
    """What ddlint may take of its time."""


class Match(NamedTuple):
    title: str
    path: Callable[[Room], str]
    """Writes the project."""
    words: str
    """The call of ddlint."""
    peers: tuple[Peer, ...]
    runs: int | None = None


def locked_project(room: Room) -> str:
    """Write a uv.lock with the pyproject.toml that uv asks for, and return the path of the lock."""
    manifest, lock = samples.lock_with_manifest(LOCK)
    path = room.file("uv.lock", lock)
    Path(path).with_name("pyproject.toml").write_text(manifest, encoding="utf-8")
    return path


def one_project(room: Room) -> str:
    """Write a project with 17 modules, and return its folder."""
    return str(Path(room.tree(1)) / "team-0" / "service-0")


TOMLLIB = "python -c 'import sys, tomllib; tomllib.load(open(sys.argv[1], \"rb\"))' {}"
MATCHES = (
    Match(
        "--version", lambda _: "", "--version",
        (
            Peer("deptry --version", 2 / 10), Peer("pip-audit --version"),
            Peer("ruff --version"), Peer("uv --version"),
        ),
    ),
    Match(
        "requirements, 50 lines", lambda room: room.file("requirements.txt", TRACKED), "--isolated {}",
        (Peer("fawltydeps --list-deps --deps {}", 1 / 3), Peer("cyclonedx-py requirements {}", 1 / 25)),
    ),
    Match(
        "pyproject, 10 KB", lambda room: room.file("pyproject.toml", samples.pyproject(10_000)), "--isolated {}",
        (Peer("validate-pyproject {}", 1 / 2), Peer("ruff check --isolated --no-cache --select RUF200 {}")),
    ),
    Match(
        "uv.lock, 1.56 MB", locked_project, "--isolated {}",
        (Peer("uv export --frozen --offline --quiet --project {folder}", 2.0), Peer(TOMLLIB, 1 / 3)),
    ),
    Match(
        "one project, 17 modules", one_project, "--isolated {}",
        (Peer("deptry {}"), Peer("ruff check --isolated --no-cache {}")),
    ),
    Match(
        "1,000 projects, -j 2", lambda room: room.tree(1_000, is_long=True), "--isolated -j 2 {}",
        (Peer("fawltydeps --list-deps {}", 1 / 8), Peer("ruff check --isolated --no-cache {}")), runs=3,
    ),
)  # fmt: skip


def prepared(place: Path = PLACE) -> Path:
    """Return the folder of the programs, in an environment that is made where there is none with these versions."""
    programs = place / ("Scripts" if sys.platform == "win32" else "bin")
    wanted = f"# {sys.version}\n{PINS.read_text(encoding='utf-8')}"
    made = place / "made-of.txt"
    if made.exists() and made.read_text(encoding="utf-8") == wanted:
        return programs
    print(f"installing the peers of {PINS.name} into {place.parent.name}/{place.name}", file=sys.stderr)
    shutil.rmtree(place, ignore_errors=True)
    pip = (str(programs / "python"), "-m", "pip", "--disable-pip-version-check", "--quiet", "install")
    for words in ((sys.executable, "-m", "venv", str(place)), (*pip, "--requirement", str(PINS))):
        done = subprocess.run(
            words, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment()
        )
        if done.returncode:
            raise FailedError(f"the peers cannot be installed: {done.stdout[-500:].strip()}")
    made.write_text(wanted, encoding="utf-8")
    return programs


def call_of(peer: Peer, path: str, programs: Path, folder: str) -> Call:
    """Return the call of a peer in the folder of its own, with its caches there and without a network."""
    program, *words = shlex.split(peer.words)
    places = {"{}": path, "{folder}": str(Path(path).parent)}
    own = {"UV_CACHE_DIR": f"{folder}/uv", "XDG_CACHE_HOME": f"{folder}/caches", "UV_OFFLINE": "1"}
    return Call((str(programs / program), *(places.get(word, word) for word in words)), environment(**own), folder)


def name_of(peer: Peer) -> str:
    """Return what a peer is called in the table."""
    return "tomllib.load" if peer.words == TOMLLIB else " ".join(re.sub(r" \{\w*\}", "", peer.words).split())


class Row(NamedTuple):
    title: str
    own: float
    peer: str
    other: float
    part: float
    at_most: float | None

    @property
    def is_over(self) -> bool:
        return self.at_most is not None and self.part > self.at_most


def rows(title: str, peers: Sequence[Peer], turns: Sequence[Sequence[Taken]]) -> list[Row]:
    """Return a row for each peer, of turns of the empty program, ddlint and the peers."""
    own = ratio(turns, of=1)
    return [
        Row(title, own, name_of(peer), ratio(turns, of=place), ratio(turns, of=1, to=place), peer.at_most)
        for place, peer in enumerate(peers, 2)
    ]


def line(row: Row) -> str:
    """Return a row of the table, which is one of Markdown too."""
    most = f"{row.at_most:.2f}" if row.at_most else ""
    said = "" if not row.at_most else "over" if row.is_over else "ok"
    figures = f"{row.other:>7.2f}x | {row.part:>13.3f} | {most:>7} | {said:<4}"
    return f"| {row.title:<23} | {row.own:>7.2f}x | {row.peer:<53} | {figures} |"


def versions() -> str:
    """Return what is measured with what, and when."""
    pins = dict(re.findall(r"^([\w.-]+)==(\S+)$", PINS.read_text(encoding="utf-8"), re.MULTILINE))
    return f"{time.strftime('%Y-%m-%d')}, {platform.python_implementation()} {platform.python_version()}; " + ", ".join(
        f"{name} {pins[name]}" for name in SHOWN
    )


def working(peers: Sequence[Peer], path: str, programs: Path, folder: str) -> list[tuple[Peer, Call]]:
    """Return the peers that do their work on a file, with their calls; of each other one say what went wrong."""
    found = []
    for peer in peers:
        call = call_of(peer, path, programs, folder)
        try:
            timed(call)
        except FailedError as error:
            print(f"NOT MEASURED: {error}", file=sys.stderr)
        else:
            found.append((peer, call))
    return found


def compare(room: Room, only: str, runs: int) -> bool:
    """Print what ddlint and its peers take, and return whether ddlint takes more of one than it may."""
    programs = prepared()
    print(versions())
    print("Ratios are to `python -c pass`, medians of runs in turns.\n")
    print(f"| {'case':<23} | {'ddlint':>8} | {'peer':<53} | {'its':>8} | {'ddlint / peer':>13} | at most |      |")
    print("|---|---|---|---|---|---|---|")
    is_over = False
    folder = room.folder / "peers"
    folder.mkdir()
    for match in (match for match in MATCHES if only in match.title):
        path = match.path(room)
        own = tuple(path if word == "{}" else word for word in shlex.split(match.words))
        others = working(match.peers, path, programs, str(folder))
        calls = [
            Call(EMPTY, environment()),
            Call((room.command, *own), environment(DDLINT_NO_CACHE="1")),
            *(call for _, call in others),
        ]
        turns = in_turns(calls, min(runs, match.runs or runs))
        for row in rows(match.title, [peer for peer, _ in others], turns):
            is_over |= row.is_over
            print(line(row), flush=True)
    return is_over
