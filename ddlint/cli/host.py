"""The machine ddlint runs on: the one place that opens files, reads the environment, and writes."""

from __future__ import annotations

import errno
import os
import stat
import sys
import time
from functools import lru_cache

from ddlint.cli.terminal import is_terminal, say, variable
from ddlint.core import watch
from ddlint.core.errors import DdlintError
from ddlint.core.paths import drive_in_capitals
from ddlint.core.redact import mask
from ddlint.core.source import Unread
from ddlint.core.text import guard
from ddlint.project.walk import real, real_in

_LARGEST = 64 * 1024 * 1024


def cwd() -> str:
    """Return the current directory, absolute and with `/`; a `DdlintError` where it was removed."""
    try:
        found = os.getcwd().replace(os.sep, "/")
    except FileNotFoundError as error:
        raise DdlintError("the current directory is gone", hint="change to one that exists") from error
    return drive_in_capitals(found) if os.altsep else found


def absolute(path: str) -> str:
    """Return a path of the command line, absolute and with `/`; links stay as they are."""
    found = os.path.abspath(path).replace(os.sep, "/")
    return drive_in_capitals(found) if os.altsep else f"/{found.lstrip('/')}"


def today() -> str:
    """Return the day, ISO 8601."""
    return time.strftime("%Y-%m-%d")


def processors() -> int:
    """Return the number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def open_error(path: str) -> str:
    """Return what keeps us from a path although something may be there; empty where nothing does."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as error:
        return (error.strerror or str(error)).lower()
    return ""


def read_file(path: str) -> bytes | Unread:
    """Return the bytes of a regular file; folders, pipes, devices, and what belongs to version control are not opened.

    What was looked at may be another thing when it is opened, so the opened file is looked at once more.
    """
    found = _read_or_reason(path)
    if watch.current is not None and isinstance(found, Unread):
        watch.current.asked("unread", path, found.reason)
        watch.current.is_whole &= found.is_missing
    return found


def _read_or_reason(path: str) -> bytes | Unread:
    try:
        return _read(path)
    except FileNotFoundError:
        return Unread("there is no such file", is_missing=True)
    except NotADirectoryError:
        return Unread("there is no such folder", is_missing=True)
    except OSError as error:
        is_no_name = error.errno == errno.ENAMETOOLONG
        reason = (error.strerror or "it cannot be opened").lower()
        return Unread(reason, is_missing=is_no_name, is_forbidden=error.errno == errno.EACCES)
    except ValueError:
        return Unread("no file can have that name", is_missing=True)


def _read(path: str) -> bytes | Unread:
    if is_version_control(path) or is_version_control(_real_folder(path)):
        return _OF_VERSION_CONTROL
    if refused := _refused(os.stat(path)):
        return refused
    handle, is_link = _opened(path)
    try:
        if is_link and is_version_control(real(path)):
            return _OF_VERSION_CONTROL
        found = os.fstat(handle)
        data = _refused(found) or _bytes(handle, found.st_size)
        if watch.current is not None and isinstance(data, bytes):
            folder = path.rpartition("/")[0] or "/"
            watch.current.asked("real", folder, _real(folder))  # which may be known from before
            watch.current.read(path, found, data)
        return data
    finally:
        os.close(handle)


_OF_VERSION_CONTROL = Unread("it belongs to version control, so it is never opened", is_missing=True)
_METADATA = frozenset({".git", ".hg", ".svn", "git~1"})
"""Folders of version control, the last as Windows shortens `.git`: they hold tokens and the code of hooks."""


def is_version_control(path: str) -> bool:
    """Whether an absolute path leads below `.git`, `.hg` or `.svn`; a work tree that lies there is a checkout."""
    lowered = path.lower()
    if not any(name in lowered for name in _METADATA):
        return False
    parts = lowered.split("/")
    last = max((number for number, part in enumerate(parts) if part in _METADATA), default=0)
    folders = ("/".join(path.split("/")[:end]) for end in range(last + 2, len(parts)))
    return bool(last) and not any(os.path.lexists(f"{folder}/.git") for folder in folders)


@lru_cache(maxsize=1000)
def _real(folder: str) -> str:
    """Return a folder with every link resolved, by what is known of those above: links are looked for once in each."""
    above = folder.rpartition("/")[0]
    return real_in(_real(above), folder) if above and folder.count("/") < _DEEPEST else real(folder)


_DEEPEST = 100
"""Of a folder further down, the links are looked for in the whole path."""


def _real_folder(path: str) -> str:
    folder, _, name = path.rpartition("/")
    return f"{_real(folder or '/')}/{name}"


def _opened(path: str) -> tuple[int, bool]:
    """Open a file and say whether the last part of its path is a link; a pipe is not waited for."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    if not hasattr(os, "O_NOFOLLOW"):
        return os.open(path, flags), os.path.islink(path)
    try:
        return os.open(path, flags | os.O_NOFOLLOW), False
    except OSError as error:
        if error.errno not in _IS_LINK:
            raise
    return os.open(path, flags), True


_IS_LINK = (errno.ELOOP, errno.EMLINK)
"""What systems say of a link that is not to be followed; BSD has the second."""


def _refused(found: os.stat_result) -> Unread | None:
    if stat.S_ISDIR(found.st_mode):
        return Unread("it is a folder", is_missing=True)
    if not stat.S_ISREG(found.st_mode):
        return Unread("it is neither a file nor a link to one")
    return _too_large() if found.st_size > _LARGEST else None


def _too_large() -> Unread:
    return Unread(f"it is larger than {_LARGEST // 1024 // 1024} MiB")


def _bytes(handle: int, size: int) -> bytes | Unread:
    """Read an open file up to the limit, however much it grows; what has no size may have no end."""
    chunks, left = [], _LARGEST + 1
    while left and (chunk := os.read(handle, min(left, size + 1 if size else 65_536))):
        chunks.append(chunk)
        left -= len(chunk)
    return b"".join(chunks) if left else _too_large()


def real_path(path: str) -> str:
    """Return a path with every link resolved; a name that no file can have stays as it is."""
    try:
        return real_in(_real(path.rpartition("/")[0] or "/"), path)
    except (OSError, ValueError):
        return path


def read_input() -> bytes:
    """Return what comes in on standard input."""
    if sys.stdin is None:
        raise DdlintError("standard input is closed", hint="name a file, or pipe one in")
    try:
        return sys.stdin.buffer.read(_LARGEST + 1)
    except OSError as error:
        raise DdlintError(f"standard input cannot be read: {(error.strerror or str(error)).lower()}") from error


def write_file(path: str, text: str) -> None:
    """Write a file that the command line named; a `DdlintError` where that cannot be.

    A file is replaced at once, so that the old one survives a full disk, and a link is replaced, not followed: it may
    lead out of the checkout. Pipes and devices are written to as they are.
    """
    data = text.encode("utf-8", "backslashreplace")
    try:
        found = _lstat(path)
        if found is None or stat.S_ISREG(found.st_mode) or (stat.S_ISLNK(found.st_mode) and not _is_special(path)):
            _replace(path, data, found if found and stat.S_ISREG(found.st_mode) else None)
        else:
            with open(path, "wb") as file:
                file.write(data)
    except (OSError, ValueError) as error:
        raise _unwritten(path, error) from error


def _lstat(path: str) -> os.stat_result | None:
    try:
        return os.lstat(path)
    except FileNotFoundError:
        return None


def _is_special(path: str) -> bool:
    """Whether a link leads to a pipe, a device or a folder: `/dev/stdout`."""
    return os.path.exists(path) and not os.path.isfile(path)


def _unwritten(path: str, error: OSError | ValueError) -> DdlintError:
    reason = error.strerror or str(error) if isinstance(error, OSError) else "no file can have that name"
    return DdlintError(f"`{path}` cannot be written: {reason.lower()}")


def unwritable_reason(path: str) -> str:
    """Return why the file at a path is not to be replaced; empty where it may be."""
    if os.path.islink(path):
        return "it is a link to another file"
    if not os.access(path, os.W_OK):
        return "it is write-protected"
    if not os.access(os.path.dirname(path), os.W_OK):
        return "its folder is write-protected"
    names = os.stat(path).st_nlink
    return f"it has {names} names (hard links), of which only one would change" if names > 1 else ""


def replace_file(path: str, old: bytes, new: bytes) -> None:
    """Put new bytes in the place of a file's old ones, all at once, and keep its mode and owner.

    A `DdlintError` where it holds other bytes than `old` by now, or cannot be written: then nothing has changed.
    """
    if read_file(path) != old:
        raise DdlintError(f"`{path}` has changed since it was read, so it was not written", hint="run ddlint again")
    try:
        _replace(path, new, os.stat(path))
    except OSError as error:
        raise _unwritten(path, error) from error


def _replace(path: str, data: bytes, like: os.stat_result | None) -> None:
    """Write a new file beside `path` and put it in its place, with the mode and the owner of the one before it."""
    beside = f"{path}.{os.getpid()}.ddlint"
    try:
        with open(beside, "xb") as file:
            if like:
                os.chmod(beside, stat.S_IMODE(like.st_mode))
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if like and hasattr(os, "chown"):
            _keep_owner(beside, like)
        os.replace(beside, path)
    except FileExistsError:  # somebody else's
        raise
    except OSError:
        _forget(beside)
        raise


def _keep_owner(path: str, like: os.stat_result) -> None:
    try:
        os.chown(path, like.st_uid, like.st_gid)
    except PermissionError:
        return


def _forget(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        return


def note(text: str) -> None:
    """Print what is no finding to standard error: without secrets, and with nothing that steers a terminal or a CI."""
    say(guard(mask(text)), sys.stderr)


def is_coloured(choice: str, *, is_printed: bool) -> bool:
    """Decide as https://no-color.org, https://force-color.org and https://bixense.com/clicolors say."""
    if choice != "auto":
        return choice == "always"
    if not is_printed or variable("NO_COLOR"):
        return False
    if variable("FORCE_COLOR") or variable("CLICOLOR_FORCE") not in ("", "0"):
        return True
    return is_terminal(sys.stdout) and variable("TERM") != "dumb"
