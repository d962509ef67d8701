"""Whole trees, packs, configs and baselines, through every command and format: `python -m tests.fuzz.trees --files 1000000`.

Each seed builds a tree of fuzzed files, some with hostile names, secrets and text that steers, beside links, pipes and a
`.git` that nobody may open, and makes one call over it. Each file that the call reads is judged as `tests.fuzz.judge` does
(time, memory, every span inside the file). What the call prints and writes must hold no secret, no command of a CI, nothing
that steers a terminal and no traceback; a program can read what is for programs, and every place in it is inside the file;
and the call ends within its time and memory. What broke is printed with its seed, and is built again with `--seed`.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import shutil
import sys
import tempfile
import time
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

from ddlint.outputs import NAMES as OUTPUTS
from ddlint.project import workspace
from tests.core.test_redact import ENV, PHRASES
from tests.fuzz.judge import SECONDS_PER_MEGABYTE, judge_manifest
from tests.fuzz.limits import FLOOR, TIMES, HangsError, Peak, ended_after, now
from tests.fuzz.mutate import mutated
from tests.fuzz.pumps import TOKENS, heads
from tests.fuzz.subjects import Subject, subjects
from tests.fuzz.tally import say
from tests.inputs.names import NAMES as FILE_NAMES
from tests.repository.source_tree import ROOT
from tests.security.streams import BROKEN_PACK, DAY, PACK, SHOWN, calls, steering, streams
from tests.security.tree import NAMES, put

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.core.model import Manifest
    from ddlint.core.source import Source

SECRET = "hunter2"
FORMS = tuple(form.replace("\\\n", " ").replace("\n", " ") for form in (*ENV.values(), *PHRASES.values()))
FORGED = (
    "::error file=a::b",
    "\u3000::error::b",
    "##[error]b",
    "##vso[task.complete]",
    "\x1b]52;c;aGk=\x07",
    "\u202eb",
    "b\u200bb",
    "\ufe0f",
)
FOLDERS = ("", "a", "b/c", "docs", *(name.replace("/", "∕") for name in (*NAMES, *FORGED)))
PUMPED = 0.01
"""How many files are one token over and over."""
SIZES = (2.0, 5.4)
"""The size of those, as powers of ten: up to 250,000 bytes."""
HANG = 30.0
"""Seconds of the processor after which a call is ended."""
GRACE = 3.0
"""Seconds that a call may take beside what its files may: a pack is compiled, modules are imported."""
CONFIGS = (
    b"fail-on = 'error'\nexclude = ['a/**']\n",
    b"select = ['DD3']\nbaseline = 'b.json'\n[severity]\nDD301 = 'notice'\n",
    b"rules = ['pack']\n[[suppress]]\nrule = 'DD301'\nreason = 'x'\nexpires = 2026-01-01\n",
    b"[per-file-ignores]\n'a/*' = ['DD301']\n[tracer]\nspecifier = '>=4'\n",
    b"extend = 'a/ddlint.toml'\nmin-severity = 'notice'\npython-version = '3.12'\nplatforms = ['linux']\n",
)
CONFIG_NAMES = ("ddlint.toml", ".ddlint.toml")
BASELINE = "b.json"
BASELINES = (
    b'{"version": 1, "findings": [{"path": "requirements.txt", "code": "DD301", "subject": "django", "count": 1}]}\n',
    b'{"version": 1, "tool": "ddlint", "entries": {"a/requirements.txt": {"DD301": {"django": 2}}}}\n',
)
OWN = (
    ("check", "--fix", "--unsafe-fixes", *SHOWN),
    ("check", "-v", "--statistics", *DAY),
    ("check", "--ignore-suppressions", "--require-tracer", "--no-respect-gitignore", *DAY),
    ("check", "--baseline", BASELINE, *SHOWN),
    ("check", "--config", "ddlint.toml", *DAY),
    ("check", "--color", "always", "--output-format", "full", *SHOWN),
    ("check", "-", "--stdin-filename", "requirements.txt", *SHOWN),
    ("check", "--tracer", ">=2,<5", "--python-version", "3.12", "--platform", "linux", *SHOWN),
    ("inspect",),
    ("plan", *DAY),
)
CALLS = (*calls(), *OWN)


class Broken(NamedTuple):
    """What went wrong in the tree of a seed."""

    seed: int
    words: tuple[str, ...]
    why: str


class Tree(NamedTuple):
    """What was built."""

    top: Path
    files: int
    size: int
    scripts: tuple[str, ...] = ()
    """Files that are read only when the call names them."""


def build(random: Random, folder: Path, chosen: tuple[Subject, ...], words: tuple[str, ...], files: int) -> Tree:
    """Build a tree for a call, of about so many fuzzed files; a call about a pack alone gets packs alone."""
    top = folder / "tree"
    put(top / ".git/config", f"[http]\nextraheader = AUTHORIZATION: basic {SECRET}\n")
    put(folder / "outside.txt", f"django==1.0 # {SECRET}\n{SECRET}\n")
    count, size = _packs(random, top)
    if words[0] in ("rule", "pack"):
        return Tree(top, count, size)
    scripts: list[str] = []
    while count < files:
        place = random.choice(FOLDERS)
        made = f"{count}/{place}" if place and random.random() < 0.5 else f"{place}/{count}"
        if random.random() < 0.4:
            put(top / made / "requirements.txt", "ddtrace==4.16.0\ndjango==1.11.29\n")
        for _ in range(random.randint(2, 7)):
            subject = random.choice(chosen)
            data = _content(random, subject)
            name = _name(random, subject)
            put(top / made / name, data)
            count, size = count + 1, size + len(data)
            if subject.name == "script" and "\n" not in made + name:
                scripts.append(f"./{made}/{name}")
    count += _configs(random, top, is_read="--isolated" not in words)
    _special(random, top)
    return Tree(top, count, size, tuple(scripts))


def _packs(random: Random, top: Path) -> tuple[int, int]:
    """Put two packs with a few changed files; return how many these are, and the size of all."""
    count = 0
    for name in (PACK, BROKEN_PACK):
        shutil.copytree(ROOT / "examples/own-pack/rules", top / name)
        paths = sorted((top / name).rglob("*.yaml"))
        for path in random.sample(paths, random.randint(0, len(paths))):
            lines = [b"title: '\\e[31m::error::'\n", f"title: {random.choice(FORMS)!r}\n".encode(), path.read_bytes()]
            data = mutated(random, path.read_bytes(), lines)
            put(path, random.choice(TOKENS).encode() * random.randint(1, 20_000) if random.random() < 0.02 else data)
            count += 1
    return count, sum(path.stat().st_size for path in top.rglob("*.yaml"))


def _configs(random: Random, top: Path, *, is_read: bool) -> int:
    """Put configs and baselines; those that a call reads hold often, as one that does not ends the call."""
    count = 0
    for folder in (top, top / "a", top / "b"):
        if random.random() < (0.5 if is_read else 0.1):
            data = random.choice(CONFIGS)
            put(folder / random.choice(CONFIG_NAMES), mutated(random, data, CONFIGS) if random.random() < 0.4 else data)
            count += 1
    data = random.choice(BASELINES)
    put(top / BASELINE, mutated(random, data, BASELINES) if random.random() < 0.7 else data)
    return count + 1


def _special(random: Random, top: Path) -> None:
    """Put links, pipes and includes that lead where nobody may look."""
    here = top / "special"
    here.mkdir()
    targets = (
        "../.git/config",
        "../../outside.txt",
        "..",
        "requirements.txt",
        "/dev/zero",
        "/etc/passwd",
        "../pack",
        "nothing",
    )
    put(here / "requirements.txt", f"ddtrace==4.16.0\n-r {random.choice(targets)}\n-c {random.choice(targets)}\n")
    for name in random.sample(("requirements-a.txt", "pyproject.toml", "Dockerfile", "uv.lock", ".env", "sub"), 2):
        (here / name).symlink_to(random.choice(targets))
    if random.random() < 0.3:
        os.mkfifo(here / "Pipfile")


def _content(random: Random, subject: Subject) -> bytes:
    luck = random.random()
    if luck < PUMPED:
        pump = random.choice(TOKENS).encode()
        head = random.choice((*heads(subject), random.choice(subject.seeds)[: random.randint(0, 200)]))
        return head + pump * (int(10 ** random.uniform(*SIZES)) // len(pump))
    data = mutated(random, random.choice(subject.seeds), subject.seeds) if luck < 0.9 else random.choice(subject.seeds)
    lines = data.split(b"\n")
    for text in (random.choice(FORMS), random.choice(FORGED)):
        if random.random() < 0.4:
            prefix = random.choice((b"", b"# ", b"x==", b"django==1.0 # "))
            lines.insert(random.randint(0, len(lines)), prefix + text.encode())
    return b"\n".join(lines)


def _name(random: Random, subject: Subject) -> str:
    """Return a name of the input, or sometimes one that is pumped."""
    path = random.choice(FILE_NAMES[subject.name].split())
    if random.random() < 0.97:
        return path
    room = 250 - len(path.rpartition("/")[2].encode())
    pump = random.choice(("-a", ".a", "_", "é", "-", "."))
    return f"{path}{pump * random.randint(1, room // len(pump.encode()))}{random.choice(('', '!'))}"


class Judged:
    """An input whose every manifest is judged when it is read."""

    def __init__(self, name: str, found: list[str]) -> None:
        self._module, self._name, self._found = import_module(name), name.rpartition(".")[2], found

    def parse(self, source: Source) -> Manifest:
        size = len(source.text.encode("utf-8", "surrogatepass"))
        peak = Peak() if size > 20_000 else None
        start = now()
        manifest: Manifest = self._module.parse(source)
        taken, memory = now() - start, peak.bytes() if peak else 0
        if taken > GRACE / 6 + SECONDS_PER_MEGABYTE * size / 1e6:
            self._found.append(f"{self._name} took {taken:.2f} s for {size} bytes: {source.text[:40]!r}")
        if memory > FLOOR + TIMES * size:
            self._found.append(f"{self._name} took {memory >> 20} MiB for {size} bytes: {source.text[:40]!r}")
        try:
            judge_manifest(self._name, manifest)
        except AssertionError as error:
            self._found.append(f"{self._name} reads wrongly: {str(error)[:300]}: {source.path}")
        return manifest


@contextmanager
def judged_reading(found: list[str]) -> Iterator[None]:
    """Judge each file that is read meanwhile, and put what is wrong with it into `found`."""
    before, made = workspace._imported, {}

    def imported(name: str) -> Judged:
        if name not in made:
            made[name] = Judged(name, found)
        return made[name]

    vars(workspace)["_imported"] = imported
    try:
        yield
    finally:
        vars(workspace)["_imported"] = before


def faults(words: tuple[str, ...], tree: Tree) -> Iterator[str]:
    """Make a call over a tree and yield what is wrong with it."""
    words = _with_scripts(words, tree)
    found: list[str] = []
    texts: dict[str, str] = {}
    peak, start = Peak(), now()
    try:
        with judged_reading(found), ended_after(HANG), _standard_input(b"ddtrace==4.16.0\ndjango==1.0 # ::error::b\n"):
            texts = streams(words, tree.top)
    except (Exception, HangsError, SystemExit) as error:  # noqa: BLE001 - whatever comes out is what is looked for
        yield f"raised {type(error).__name__}: {str(error)[:300]}"
    taken, memory = now() - start, peak.bytes()
    yield from found
    if taken > GRACE + 2 * SECONDS_PER_MEGABYTE * tree.size / 1e6 + 0.01 * tree.files:
        yield f"took {taken:.1f} s for {tree.size} bytes"
    if memory > FLOOR + TIMES * tree.size:
        yield f"took {memory >> 20} MiB for {tree.size} bytes"
    for name, text in texts.items():
        yield from _faults_of(words, name, text, tree.top)


def _with_scripts(words: tuple[str, ...], tree: Tree) -> tuple[str, ...]:
    is_over_folder = words[0] in ("check", "inspect", "plan") and "-" not in words and "no such" not in words[1:2]
    return (*words, ".", *tree.scripts) if is_over_folder and tree.scripts else words


@contextmanager
def _standard_input(data: bytes) -> Iterator[None]:
    before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(data), encoding="utf-8")
    try:
        yield
    finally:
        sys.stdin = before


def _faults_of(words: tuple[str, ...], name: str, text: str, top: Path) -> Iterator[str]:
    if SECRET in text:
        at = text.index(SECRET)
        yield f"{name} shows a secret: {text[max(0, at - 100) : at + 20]!r}"
    if "Traceback (most recent call last)" in text:
        yield f"{name} has a traceback: {text[-300:]!r}"
    styled = text.replace("\x1b[0m", "") if "--color" in words else text
    for line in () if styled is not text else steering(words, name, text)[:1]:
        yield f"{name} steers: {line[:200]!r}"
    try:
        _read_back(words, name, text, top)
    except (ValueError, ET.ParseError, AssertionError) as error:
        yield f"{name} is not as its readers need it: {type(error).__name__}: {str(error)[:200]}"


def _read_back(words: tuple[str, ...], name: str, text: str, top: Path) -> None:
    """Read what is for programs, and check that the places of the JSON report are inside their files."""
    form = name.removesuffix(".out") if name.removesuffix(".out") in OUTPUTS else ""
    if name == "stdout" and words[0] == "check" and "--output-format" in words and text:
        form = words[words.index("--output-format") + 1]
    if form in ("sarif", "gitlab", "rdjson"):
        json.loads(text)
    elif form == "json-lines":
        for line in text.splitlines():
            json.loads(line)
    elif form == "junit":
        ET.fromstring(text)
    elif form == "json":
        lengths: dict[str, int] = {}
        for finding in json.loads(text)["findings"]:
            path = finding["path"]
            if path not in lengths and (top / path).is_file():
                data = (top / path).read_bytes()
                lengths[path] = (
                    1
                    + len(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").splitlines(keepends=False))
                    + data.count(0)
                )
            assert 1 <= finding["start"]["line"] <= finding["end"]["line"], finding
            assert path not in lengths or finding["end"]["line"] <= lengths[path], finding


def attempt(seed: int, chosen: tuple[Subject, ...], files: int = 6) -> tuple[int, list[Broken]]:
    """Build the tree of a seed, make one call over it, and return how many files it had and what is wrong."""
    random, words = Random(seed), CALLS[seed % len(CALLS)]
    memory = "/dev/shm"  # where nothing is written to a disk
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        tree = build(random, Path(folder).resolve(), chosen, words, files // _dearness(words))
        return tree.files, [Broken(seed, words, why) for why in faults(words, tree)]


def _dearness(words: tuple[str, ...]) -> int:
    """Return how many times as long a call takes for a file as most do."""
    if words[0] == "plan":
        return 20
    return 5 if "--fix" in words or "--diff" in words else 1


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.trees")
    parser.add_argument("--minutes", type=float, default=1e6, help="stop after so long")
    parser.add_argument("--files", type=int, default=100_000, help="stop after so many files")
    parser.add_argument("--each", type=int, default=60, help="files of one tree")
    parser.add_argument("--seed", type=int, default=0, help="of the first tree; the next one has the next")
    options = parser.parse_args()
    os.environ["CI"] = "true"
    chosen, begun, seed, files, broken = subjects(), time.monotonic(), options.seed, 0, 0
    told = begun
    while files < options.files and time.monotonic() - begun < 60 * options.minutes:
        count, found = attempt(seed, chosen, options.each)
        files, seed = files + count, seed + 1
        for each in found:
            say("\n  ".join((f"BROKEN seed {each.seed}", " ".join(each.words)[:120], each.why)))
            broken += 1
        if time.monotonic() - told > 30:
            told = time.monotonic()
            say(_progress(options.seed, seed, files, broken, told - begun))
    say(f"done: {_progress(options.seed, seed, files, broken, time.monotonic() - begun)}")
    return int(bool(broken))


def _progress(first: int, seed: int, files: int, broken: int, seconds: float) -> str:
    day = time.strftime("%H:%M:%S")
    return f"{day} seeds {first} to {seed - 1}: {files} files, {broken} broken, {seconds:.0f} s, {60 * files / seconds:.0f} a minute"


if __name__ == "__main__":
    sys.exit(main())
