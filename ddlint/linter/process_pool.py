"""Processes that share the work of a large run: each works through its own share and hands over what comes of it."""

from __future__ import annotations

import os

from ddlint.core.errors import DdlintError
from ddlint.core.filesystem import ProcessPool
from ddlint.core.namedtuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from typing import Any

    Work = Callable[[Any], Iterable[Any]]

START: str | None = None
"""How processes are started; as is usual on the machine without it."""
_MOST = 16
"""More processes than that wait for one another."""


class _End(NamedTuple):
    """The last that a process hands over."""


def pool_of(jobs: int) -> ProcessPool | None:
    """Give the crew for `--jobs`; 0 takes what the machine has."""
    size = jobs or min(_processors(), _MOST)
    return ProcessPool(size, _run, is_asked_for=jobs > 1) if size > 1 else None


def _processors() -> int:
    """Count the processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _run(work: Work, batches: Sequence[Any]) -> Iterator[Any]:
    """Give what `work` gives of each share, in any order."""
    from multiprocessing import get_context
    from multiprocessing.connection import wait

    context = get_context(START)
    open_, processes = [], []
    for batch in batches:
        here, there = context.Pipe(duplex=False)
        process = context.Process(target=_worker, args=(there, work, batch), daemon=True)  # type: ignore[attr-defined]  # typeshed leaves it out
        process.start()
        there.close()
        open_.append(here)
        processes.append(process)
    try:
        while open_:
            for ready in wait(open_):
                found = _received(ready)  # type: ignore[arg-type]
                if isinstance(found, _End):
                    open_.remove(ready)  # type: ignore[arg-type]
                else:
                    yield found
    finally:
        for process in processes:
            process.terminate()
            process.join()


def _received(connection: Connection) -> Any:
    try:
        return connection.recv()
    except EOFError as error:
        hint = "the lines above tell of a bug of ddlint; without any there may be too little memory: try `--jobs 1`"
        raise DdlintError("a process ended before its work was done", hint=hint) from error


def _worker(connection: Connection, work: Work, batch: Any) -> None:
    """Hand over what comes of a share; what goes wrong here is printed by the machinery of processes."""
    try:
        for each in work(batch):
            connection.send(each)
        connection.send(_End())
    except (KeyboardInterrupt, BrokenPipeError):  # whoever waits for it has stopped
        os._exit(1)
