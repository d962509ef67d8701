"""Processes that divide the work of a large run: each works on one batch and sends back the results."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence

from ddlint.core import watch
from ddlint.core.errors import DdlintError
from ddlint.core.namedtuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess
    from typing import Any

    from ddlint.core.watch import Watch

    Work = Callable[[Any], Iterable[Any]]

START: str | None = None
"""How processes are started; as is usual on the machine without it."""


class _End(NamedTuple):
    """The last message of a worker."""

    watch: Watch | None
    """What it has asked of the file system, where that is kept."""


def run_batches(work: Work, batches: Sequence[Any]) -> Iterator[Any]:
    """Yield what `work` yields for each batch, in any order; a batch that gets no process is worked on here."""
    try:
        from multiprocessing.connection import wait
    except ImportError:  # a Python that was built without them
        for batch in batches:
            yield from work(batch)
        return
    processes, waiting = _started(work, batches)
    open_ = [connection for connection, _ in processes]
    try:
        for batch in waiting:
            yield from work(batch)
        while open_:
            for ready in wait(open_):
                found = _received(ready)  # type: ignore[arg-type]
                if isinstance(found, _End):
                    open_.remove(ready)  # type: ignore[arg-type]
                    if watch.current is not None and found.watch is not None:
                        watch.current.add(found.watch)
                else:
                    yield found
    finally:
        for connection, process in processes:
            process.terminate()
            process.join()
            connection.close()


def _started(work: Work, batches: Sequence[Any]) -> tuple[list[tuple[Connection, BaseProcess]], list[Any]]:
    """Start a process for each batch; the second list has the batches for which the system gave none.

    A process that is spawned imports modules before it gets the path of this one. It must not find them in the current
    folder, which may be a checkout that nobody trusts, so it starts as `python -P` does and without PYTHONPATH; what
    it imports later it finds on the path of this process.
    """
    from multiprocessing import get_context

    context = get_context(START)
    started: list[tuple[Connection, BaseProcess]] = []
    start = watch.current.start if watch.current is not None else None
    before = {name: os.environ.get(name) for name in ("PYTHONSAFEPATH", "PYTHONPATH")}
    os.environ.pop("PYTHONPATH", None)
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        for number, batch in enumerate(batches):
            try:
                here, there = context.Pipe(duplex=False)
                process = context.Process(target=_worker, args=(there, work, batch, start), daemon=True)  # type: ignore[attr-defined]  # typeshed leaves it out
                process.start()
            except (OSError, ImportError):  # too many processes or open files; a Python that was built without them
                return started, list(batches[number:])
            there.close()
            started.append((here, process))
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
    return started, []


def _received(connection: Connection) -> Any:
    try:
        return connection.recv()
    except EOFError as error:
        hint = "the lines above tell of a bug of ddlint; without any there may be too little memory: try `--jobs 1`"
        raise DdlintError("a process ended before its work was done", hint=hint) from error


def _worker(connection: Connection, work: Work, batch: Any, start: int | None) -> None:
    """Send what `work` yields for a batch; an exception is printed by `multiprocessing`."""
    watch.current = None if start is None else watch.Watch(start)
    from threading import Thread

    Thread(target=_end_with_parent, daemon=True).start()
    try:
        for each in work(batch):
            connection.send(each)
        connection.send(_End(watch.current))
    except (KeyboardInterrupt, BrokenPipeError):  # the parent has stopped
        os._exit(1)


def _end_with_parent() -> None:
    """End this process when its parent is gone: killed outright, it closes no pipe that other workers hold open."""
    from multiprocessing import parent_process

    if parent := parent_process():
        parent.join()
        os._exit(1)
