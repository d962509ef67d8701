"""Standard output and standard error, what reads them, and the environment: all that a run from the cache needs."""

from __future__ import annotations

import errno
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

_CI = ("CI", "GITHUB_ACTIONS", "TF_BUILD", "GITLAB_CI", "JENKINS_URL", "TEAMCITY_VERSION", "BUILDKITE", "CIRCLECI")
"""Variables of which every CI sets one."""

said: list[tuple[str, str]] | None = None
"""What was said, as (`out` or `err`, text), where it is kept to be said again."""


def variable(name: str) -> str:
    """Return a variable of the environment; empty where it is not set."""
    return os.environ.get(name, "")


def is_ci() -> bool:
    """Whether a CI runs this process: it reads the output for commands, although it is no terminal."""
    return any(variable(name) for name in _CI)


def say(text: str, stream: TextIO | None) -> None:
    """Print guarded text that belongs to the result, as `show` does, and keep it where it is to be said again."""
    if said is not None and text:
        said.append(("out" if stream is sys.stdout else "err", text))
    show(text, stream)


def show(text: str, stream: TextIO | None) -> None:
    """Print guarded text to a stream, in UTF-8 or what it can show; a stream that was closed is no error.

    Any other reason that it cannot be written, such as a full disk, is a `DdlintError`.
    """
    try:
        write(text, stream)
    except OSError as error:
        from ddlint.core.errors import DdlintError

        raise DdlintError(f"the output cannot be written: {(error.strerror or str(error)).lower()}") from error


def write(text: str, stream: TextIO | None) -> None:
    """Print text as `show` does; what keeps it from being written is an `OSError`."""
    if stream is None:
        return
    try:
        _plain(stream)
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        _drop(stream)
    except OSError as error:
        _drop(stream)
        if os.altsep and error.errno == errno.EINVAL:  # what Windows says of a pipe that nobody reads
            return
        raise


def _drop(stream: TextIO) -> None:
    """Lead what a stream still holds to nowhere, so that the end of the process does not trip over it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a stream is a terminal."""
    return stream is not None and not stream.closed and stream.isatty()


def width() -> int:
    """Return how many columns standard output has: those of `COLUMNS`, else of the terminal; 0 for a pipe or a file."""
    named = variable("COLUMNS")
    if named.isascii() and named.isdecimal() and 0 < len(named) <= 4:
        return int(named)
    if not is_terminal(sys.stdout):
        return 0
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns
    except OSError:
        return 0


def _plain(stream: TextIO) -> None:
    """Let a stream show what it cannot encode as an escape, and end lines with LF everywhere.

    Files and pipes get UTF-8, also on Windows, unless PYTHONIOENCODING names another encoding.
    """
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        is_chosen = is_terminal(stream) or bool(variable("PYTHONIOENCODING"))
        reconfigure(encoding=stream.encoding if is_chosen else "utf-8", errors="backslashreplace", newline="\n")
