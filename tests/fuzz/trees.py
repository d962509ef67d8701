"""Whole trees, packs and configs, through every command and format: `python -m tests.fuzz.trees --minutes 10 --seed 1`.

Each round builds a tree of fuzzed files, some with hostile names, secrets and text that steers, and makes one of the calls
of `tests.security.streams` over it. What it prints and writes must hold no secret and no command of a CI, and the call
must end within its time and memory. What broke ddlint is printed with its seed, and can be built again with `--seed`.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from tests.core.test_redact import ENV, PHRASES
from tests.fuzz.mutate import mutated
from tests.fuzz.subjects import Subject, subjects
from tests.fuzz.tally import say
from tests.repository.source_tree import ROOT
from tests.security.streams import BROKEN_PACK, PACK, calls, steering, streams
from tests.security.tree import NAMES, put

if TYPE_CHECKING:
    from collections.abc import Iterator

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
PUMPS = (b"-a", b"a.", b"import a.a\n", b"[a.a.a]\n", b"a: &a [*a]\n", b"((", b"{{", b"=,", b"\\\n", b"$A", b"'", b" ")
SECONDS = 20.0
"""Of the processor, for one call."""
CONFIGS = (
    b"fail-on = 'error'\nexclude = ['a/**']\n",
    b"select = ['DD3']\nbaseline = 'b.json'\n[severity]\nDD301 = 'notice'\n",
    b"rules = ['pack']\n[[suppress]]\nrule = 'DD301'\nreason = 'x'\nexpires = 2026-01-01\n",
)
CALLS = tuple(calls())


class Broken(NamedTuple):
    seed: int
    words: tuple[str, ...]
    why: str


def build(random: Random, top: Path, chosen: tuple[Subject, ...]) -> int:
    """Build a tree and return how many bytes its files have."""
    size = 0
    (top / ".git").mkdir(parents=True)
    for _ in range(random.randint(1, 3)):
        folder = top / random.choice(FOLDERS)
        put(folder / "requirements.txt", "ddtrace==4.16.0\ndjango==1.11.29\n")
        for _ in range(random.randint(1, 3)):
            subject = random.choice(chosen)
            data = _content(random, subject)
            size += len(data)
            put(folder / _name(random, subject.path), data)
    if random.random() < 0.3:
        put(top / "ddlint.toml", _maybe_mutated(random, random.choice(CONFIGS)))
    for name in (PACK, BROKEN_PACK):
        shutil.copytree(ROOT / "examples/own-pack/rules", top / name)
    changed = random.choice(sorted((top / random.choice((PACK, BROKEN_PACK))).rglob("*.yaml")))
    put(changed, mutated(random, changed.read_bytes(), [b"title: '\\e[31m::error::'\n"]))
    return size


def _content(random: Random, subject: Subject) -> bytes:
    if random.random() < 0.05:
        return random.choice(PUMPS) * random.randint(1, 20_000)
    data = _maybe_mutated(random, random.choice(subject.seeds), subject.seeds)
    lines = data.split(b"\n")
    for text in (random.choice(FORMS), random.choice(FORGED)):
        if random.random() < 0.5:
            prefix = random.choice((b"", b"# ", b"x==", b"django==1.0 # "))
            lines.insert(random.randint(0, len(lines)), prefix + text.encode())
    return b"\n".join(lines)


def _maybe_mutated(random: Random, data: bytes, others: tuple[bytes, ...] = ()) -> bytes:
    return mutated(random, data, others or (data,)) if random.random() < 0.6 else data


def _name(random: Random, path: str) -> str:
    """Return a name of the kind, or sometimes one that is pumped."""
    if random.random() < 0.9:
        return path
    return f"{path}{random.choice(('-a', '.a', '_', 'é')) * random.randint(1, 60)}{random.choice(('', '!'))}"


def faults(words: tuple[str, ...], top: Path, size: int) -> Iterator[str]:
    """Make a call and yield what is wrong with it."""
    tracemalloc.start()
    start = time.process_time()
    try:
        texts = streams(words, top)
    except BaseException as error:  # noqa: BLE001 - whatever comes out is what is looked for
        yield f"raised {type(error).__name__}: {error}"
        texts = {}
    taken = time.process_time() - start
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    if taken > SECONDS:
        yield f"took {taken:.1f} s"
    if peak > (150 << 20) + 40 * size:
        yield f"took {peak >> 20} MiB for {size} bytes"
    for name, text in texts.items():
        if SECRET in text:
            at = text.index(SECRET)
            yield f"{name} shows a secret: {text[max(0, at - 100) : at + 20]!r}"
        for line in steering(words, name, text)[:1]:
            yield f"{name} steers: {line[:200]!r}"


def attempt(seed: int, chosen: tuple[Subject, ...]) -> list[Broken]:
    """Build the tree of a seed and make one call over it."""
    random = Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder).resolve() / "tree"
        size = build(random, top, chosen)
        words = random.choice(CALLS)
        return [Broken(seed, words, why) for why in faults(words, top, size)]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.trees")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=0, help="of the first tree; the next one has the next")
    options = parser.parse_args()
    chosen, stop, seed, broken = subjects(), time.monotonic() + 60 * options.minutes, options.seed, 0
    while time.monotonic() < stop:
        for each in attempt(seed, chosen):
            say("\n  ".join((str(each.seed), " ".join(each.words)[:120], each.why)))
            broken += 1
        seed += 1
    say(f"{seed - options.seed} trees, {broken} broken")
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
