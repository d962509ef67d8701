"""The start and the end of a process: what is done once for speed, and what happens before anything is imported.

Each measure has its figure, with it and without it, in docs/speed.md.
"""

from __future__ import annotations

import gc
import os
import sys


def process() -> None:
    """Run ddlint as a process of its own, and end it without freeing its memory piece by piece."""
    leave_out_current_folder()
    code = main()
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    finally:
        os._exit(code)


def main() -> int:
    """Run ddlint with the arguments of the process and return its exit code."""
    arguments = sys.argv[1:]
    if arguments in (["--version"], ["-V"]):
        return _version()
    gc.set_threshold(100_000)  # a run makes little garbage, so looking for it often is time lost
    try:
        known = _replayed(arguments)
        if known is not None:
            return known
        from ddlint.cli.main import run

        return run(arguments)
    except KeyboardInterrupt:
        return 130
    except Exception:  # noqa: BLE001 - a bug must not exit with 1, which means findings
        return _bug()


def _replayed(arguments: list[str]) -> int | None:
    """Print again what the same call said before; a CI, which keeps no results, does not even import what would."""
    from ddlint.cli import terminal

    terminal.said = None
    if terminal.is_ci():
        return None
    from ddlint.cli import cache

    return cache.replay(arguments)


def leave_out_current_folder() -> None:
    """Import nothing from the current folder: it may be a checkout that nobody trusts.

    `python -m` puts it first on the path, and PYTHONPATH may name it, a folder in it, or one that holds it. Installed
    packages stay on the path wherever they are, also in a virtual environment in that folder.
    """
    try:
        current = os.path.realpath(os.getcwd())
    except OSError:  # it was removed, so nothing can be imported from it
        return
    given = os.environ.get("PYTHONPATH")
    named = {os.path.realpath(path) for path in given.split(os.pathsep)} if given else set()
    untrusted = {path for path in named if _is_around(path, current)}
    if sys.path and not sys.flags.safe_path and os.path.realpath(sys.path[0]) == current:
        del sys.path[0]
    sys.path[:] = [path for path in sys.path if path and os.path.realpath(path) not in untrusted]


def _is_around(path: str, folder: str) -> bool:
    """Whether a path lies in a folder or holds it."""
    return f"{path}{os.sep}".startswith(f"{folder}{os.sep}") or f"{folder}{os.sep}".startswith(f"{path}{os.sep}")


def _version() -> int:
    import time

    from ddlint import __version__
    from ddlint.pack.version import banner

    try:
        print(banner(__version__, time.strftime("%Y-%m-%d")), end="", flush=True)
    except OSError:  # the reader has closed the stream
        os._exit(0)
    return 0


def _bug() -> int:
    from traceback import format_exc

    from ddlint.cli.host import note

    advice = "ddlint: this is a bug of ddlint, not of your project; please report it with the lines above"
    note(f"{format_exc()}\n{advice}\n")
    return 2
