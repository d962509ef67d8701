"""All ways to lint a folder that must not change a byte of what is printed, compared within this process.

Files that say nothing without a tracer are passed over or read, every memory of a run is kept or taken away, the result
is worked out or comes from the cache, and one process does the work or several. What is compared first is all that was
read, or the whole report, and not its text: only where two of them differ, every format decides.
"""

from __future__ import annotations

import contextlib
import io
import os
import pickle
import shutil
from functools import cached_property
from importlib import import_module
from itertools import product
from typing import TYPE_CHECKING, NamedTuple
from unittest.mock import patch

from ddlint.cli import cache, inspect_json, stderr, terminal
from ddlint.cli.build_request import completed, parsed, request_of
from ddlint.cli.main import run
from ddlint.core import watch
from ddlint.core.errors import DdlintError
from ddlint.core.source import ProcessPool, Source
from ddlint.core.text import guard
from ddlint.linter.process_pool import run_batches
from ddlint.linter.run import check, read, report, resolved
from ddlint.outputs import output_of
from ddlint.pack import loader
from tests.folder import cached_builtin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from ddlint.cli.build_request import Options
    from ddlint.core.model import Project
    from ddlint.linter.run import Outcome as Found
    from ddlint.linter.run import Run
    from ddlint.pack.pack import Pack
    from ddlint.project.workspace import Gathered

    Memories = Mapping[str, Callable[[], contextlib.AbstractContextManager[object]]]

FORMATS = ("json", "full", "sarif", "markdown")
"""What is rendered: for machines, for people, for code scanning, for summaries."""
JOBS = (2, 3)
OF_JUDGING = frozenset({"environments"})
"""Memories of what was judged; without one of the others it is enough to compare what was read."""
OF_CALLS = ("of the command line", "from the cache")
_HAS_TABLE = any(output_of(name).reads_table for name in FORMATS)


class Seen:
    """What a run has found."""

    def __init__(self, outcome: Found | None, err: str) -> None:
        """Keep what came of a run; nothing of one that was refused."""
        self.outcome, self.err = outcome, err
        self.report = None if outcome is None else report(outcome)
        self._texts: dict[str, str] = {}

    @property
    def code(self) -> int:
        """The exit code of `check`."""
        return 2 if self.report is None else int(self.report.is_failed)

    def printed(self, name: str) -> str:
        """Return what a format prints."""
        if self.report is None or self.outcome is None:
            return ""
        if name not in self._texts:
            output = output_of(name)
            text: str = import_module(output.module).render(completed(self.report, self.outcome, {name}))
            self._texts[name] = text if output.writes_commands else guard(text)
        return self._texts[name]

    @cached_property
    def resolved(self) -> list[tuple[Gathered, tuple[tuple[Project, str], ...]]]:
        """What `inspect` shows of it."""
        if self.outcome is None:
            return []
        run = self.outcome.run
        each_resolved = ((each, resolved(run, each)) for each in run.projects)
        return [
            (each._replace(layout=None), tuple((project, pack.name) for project, pack in of))
            for each, of in each_resolved
        ]


class Outcome(NamedTuple):
    """What came of a folder."""

    different: tuple[str, ...]
    """The ways that do not print the same."""
    outputs: int
    """How many outputs were compared with those of the plain way."""
    is_replayed: bool
    """Whether a result came from the cache; none does of a run that was refused or could not read all."""


def look(options: Options, *, is_skimming: bool = True, pool: ProcessPool | None = None) -> Seen:
    """Lint as `check` with these options does, in the current folder."""
    err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")
    with contextlib.redirect_stderr(err):
        try:
            request = request_of(options, stderr.Progress(is_wanted=False), has_table=_HAS_TABLE)
            outcome = check(request._replace(is_skimming=is_skimming, pool=pool))
        except DdlintError as error:
            return Seen(None, f"ddlint: {error}\n")
        stderr.tell(outcome.run, outcome.filtered.stale, is_quiet=options.quiet)
    err.flush()
    return Seen(outcome, err.buffer.getvalue().decode())


def _same_source(one: Source, other: object) -> bool:
    return isinstance(other, Source) and (one.path, one.text, one.bom) == (other.path, other.text, other.bom)


def _table_of(seen: Seen) -> object:
    return seen.outcome.support_table if seen.outcome else ()


def is_same(one: Seen, other: Seen, formats: Sequence[str]) -> bool:
    """Whether two runs print the same: all of the report is equal, or what every one of these formats prints."""
    if (one.code, one.err) != (other.code, other.err):
        return False
    with patch.object(Source, "__eq__", _same_source):
        if (one.report, _table_of(one)) == (other.report, _table_of(other)):
            return True
    return all(one.printed(name) == other.printed(name) for name in formats)


def is_same_inside(one: Seen, other: Seen) -> bool:
    """Whether `inspect` prints the same of two runs."""
    with patch.object(Source, "__eq__", _same_source):
        if one.resolved == other.resolved:
            return True
    return inspect_json.render(one.resolved, "/") == inspect_json.render(other.resolved, "/")


def has_read_the_same(options: Options, seen: Seen) -> bool:
    """Whether all that is read now is what a run has read: then it is judged, printed and inspected as that was."""
    request = request_of(options, stderr.Progress(is_wanted=False), has_table=_HAS_TABLE)
    try:
        found = read(request)
    except DdlintError:
        return False
    return seen.outcome is not None and _parts(found) == _parts(seen.outcome.run)


def _parts(run: Run) -> tuple[object, ...]:
    """Return all of what was read that can be compared: functions cannot."""
    targets = run.targets
    apart = (targets.search, targets.unlisted, targets.excluded, targets.is_tracer_required, targets.batch.found)
    layouts = [each.layout._replace(exists=bool) if each.layout else None for each in run.projects]
    return (*apart, [each._replace(layout=None) for each in run.projects], layouts, run.packs)


def in_turn(work: Callable[[Any], Iterable[Any]], batches: Sequence[Any]) -> Iterator[Any]:
    """Do the work of processes in this one, the last share first, and hand all over as they do: as bytes."""
    for batch in reversed(batches):
        yield from [pickle.loads(pickle.dumps(each)) for each in work(batch)]


def called(words: Sequence[str]) -> tuple[tuple[int, str, str], bool]:
    """Call the command line with the cache, and return what it prints and whether that came from the cache."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        known = cache.replay(words)
        code = run(words) if known is None else known
    cache.current, watch.current, terminal.said = None, None, None
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode())
    return (code, texts[0], texts[1]), known is not None


@contextlib.contextmanager
def quiet_place(results: Path, pack: Pack | None) -> Iterator[None]:
    """Run where nothing of the environment matters, with an empty cache of results, and judge by one pack."""
    shutil.rmtree(results, ignore_errors=True)
    gone = {*terminal._CI, *cache.VARIABLES, "DDLINT_NO_CACHE", "XDG_CACHE_HOME"}
    kept = {name: value for name, value in os.environ.items() if name not in gone}
    with (
        patch.dict(os.environ, {**kept, "DDLINT_CACHE_DIR": str(results)}, clear=True),
        patch.object(loader, "builtin", lambda: pack or cached_builtin()),
        patch.object(cache, "_code", list),  # the code is the same
    ):
        yield


def compared(
    words: Sequence[str],
    results: Path,
    memories: Memories,
    *,
    formats: Sequence[str] = FORMATS,
    pack: Pack | None = None,
    has_processes: bool = False,
) -> Outcome:
    """Lint in the current folder in all ways.

    The command line prints `formats`, each worked out and from the cache below `results`. With processes, the shares of
    several are worked on by as many too, not only one after the other here.
    """
    pools = {"": in_turn, **({" in processes": run_batches} if has_processes else {})}
    with quiet_place(results, pack):
        options = parsed("check", words)
        plain, whole = look(options), look(options, is_skimming=False)
        different = [] if is_same(plain, whole, formats) else ["files that say nothing"]
        different += _without_memories(options, (plain, whole), memories, formats)
        projects = len(plain.outcome.run.projects) if plain.outcome else 0
        ways = [(jobs, where) for jobs, where in product(JOBS, pools) if jobs <= max(2, projects)]
        for jobs, where in ways:
            how = pools[where]
            if not is_same(plain, look(options, pool=ProcessPool(jobs, how, is_asked_for=True)), formats):
                different.append(f"-j {jobs}{where}")
        is_replayed = True
        for name in formats:
            told, is_from_cache = _of_command_line((*words, "-j", "2" if has_processes else "1"), plain, name)
            different += told
            is_replayed &= is_from_cache
    compared_reports = 2 + len(memories) + len(ways) + 2
    return Outcome(tuple(different), compared_reports * len(formats) + len(memories), is_replayed)


def _without_memories(
    options: Options, expected: tuple[Seen, Seen], memories: Memories, formats: Sequence[str]
) -> Iterator[str]:
    """Yield the memories without which something else is printed: of each where all is read, and of all together."""
    plain, whole = expected
    for name, forgetting in memories.items():
        with forgetting(), patch.object(Source, "__eq__", _same_source):
            is_read_alike = name not in OF_JUDGING and has_read_the_same(options, whole)
        if is_read_alike:
            continue
        with forgetting():
            found = look(options, is_skimming=False)
            is_alike = is_same(whole, found, formats) and is_same_inside(whole, found)
        if not is_alike:
            yield name
    with contextlib.ExitStack() as stack:
        for forgetting in memories.values():
            stack.enter_context(forgetting())
        if not is_same(plain, look(options), formats):
            yield "all memories"


def _of_command_line(words: Sequence[str], plain: Seen, name: str) -> tuple[list[str], bool]:
    """Return which of two calls do not print what is expected, and whether the second one is from the cache."""
    expected = (plain.code, plain.printed(name), plain.err)
    calls = [called(("check", *words, "--output-format", name)) for _ in range(2)]
    different = [f"{name} {where}" for where, (said, _) in zip(OF_CALLS, calls, strict=True) if said != expected]
    return different, calls[1][1]
