"""The cache of results: what a call said, kept with all that it asked of the file system.

A later call of the same words in the same folder says it again where each answer is still the same, and imports nothing
else of ddlint for that. What is kept is data that is compared and printed, never code. Wherever anything is not as it
should be, there is no entry, and the call does its work.
"""

from __future__ import annotations

import os
import stat
import sys
import time
from binascii import crc32
from collections.abc import Callable, Sequence

from ddlint import __version__
from ddlint.cli import COMMANDS, terminal
from ddlint.core import watch
from ddlint.core.watch import Watch, digest, digest_of_names, names_of, signature

_FORMAT = "ddlint results 1"
"""The first field of an entry; another form of them has another number."""
_END = "the end"
_ENDING = ".results"
_TAG = "CACHEDIR.TAG"
_TAG_TEXT = b"""Signature: 8a477f597d28d172789f06886806bc55
# Results of ddlint. It may be deleted at any time. See https://bford.info/cachedir/
"""
_LARGEST = 16 * 1024 * 1024
"""Bytes of an entry."""
_LARGEST_FILE = 64 * 1024 * 1024
"""Bytes of a file that a run reads."""
_MOST_BYTES = 64 * 1024 * 1024
_MOST_ENTRIES = 200
_OLDEST = 30 * 24 * 3600
"""Seconds since an entry was last of use."""
_ABANDONED = 3600
"""Seconds after which a file that is still being written is nobody's any more."""
_USED = 24 * 3600
"""Seconds after which a use of an entry is noted again."""
_HIDDEN = 0o022
"""What nobody but the owner may do with the folder and its entries: write."""
VARIABLES = (
    *("DDLINT_CONFIG", "DDLINT_OUTPUT_FORMAT", "DDLINT_FILES_URL", "COLUMNS", "NO_COLOR", "FORCE_COLOR"),
    *("CLICOLOR_FORCE", "TERM", "PYTHONPATH"),
)
"""Those of the environment that a result depends on."""
_OPEN = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)
_IS_KNOWN = hasattr(os, "geteuid") and os.open in os.supports_dir_fd and os.scandir in os.supports_fd
"""Whether this system can say who owns a folder and open what is in it by its handle: Windows cannot."""
ASKED: dict[str, Callable[[str], bool | str]] = {
    "exists": os.path.lexists,
    "folder": os.path.isdir,
    "file": os.path.isfile,
    "link": os.path.islink,
    "real": os.path.realpath,
}
"""What was asked of a path, and how to ask again."""


class Call:
    """One call, as far as a result of it may be kept."""

    def __init__(self, words: Sequence[str], folder: str) -> None:
        self.folder = folder
        self.key = _key(words)
        self.name = f"{crc32(self.key.encode('utf-8', 'surrogateescape')):08x}{_ENDING}"
        self.watch = Watch(time.time_ns())


current: Call | None = None
"""The call of this process, while its result may be kept."""


def replay(words: Sequence[str]) -> int | None:
    """Print again what the same call printed before, and return its exit code; nothing where that is not known.

    From then on what is asked and said is kept, for `store`.
    """
    global current
    current, watch.current, terminal.said = None, None, None
    folder = folder_of(words)
    if not folder:
        return None
    try:
        call = Call(words, folder)
    except OSError:  # the current folder is gone
        return None
    try:
        kept = _kept(call)
    except (OSError, ValueError):  # also what cannot be decoded, and what is no number
        kept = None
    if kept is None:
        current, watch.current, terminal.said = call, call.watch, []
        return None
    code, said = kept
    try:
        for stream, text in said:
            terminal.write(text, sys.stdout if stream == "out" else sys.stderr)
    except OSError as error:
        from ddlint.cli.host import note

        note(f"ddlint: the output cannot be written: {(error.strerror or str(error)).lower()}\n")
        return 2
    return code


def store(code: int, *, is_safe: bool) -> None:
    """Keep what this call said, where `is_safe` says that it only depends on what it asked."""
    global current
    call, said = current, terminal.said
    current, watch.current, terminal.said = None, None, None
    if call is None or said is None or not is_safe or not call.watch.is_whole:
        return
    fields = _fields(call, code, said)
    if fields is not None:
        _write(call, fields)


def folder_of(words: Sequence[str]) -> str:
    """Return the folder of the cache for a call; empty where nothing is to be kept or looked for.

    That is so in a CI, for other commands than `check`, and where the folder is inside of the current one or of a
    checkout, which might bring entries of its own.
    """
    if not _IS_KNOWN or (words and words[0] in COMMANDS and words[0] != "check") or "--no-cache" in words:
        return ""
    if terminal.variable("DDLINT_NO_CACHE") not in ("", "0") or terminal.is_ci():
        return ""
    given = _named(words)
    named = given or terminal.variable("DDLINT_CACHE_DIR") or _usual()
    folder = os.path.abspath(named) if named else ""
    return "" if is_of_checkout(folder, [word for word in words if word != given]) else folder


def _named(words: Sequence[str]) -> str:
    """Return what `--cache-dir` names; the last one counts."""
    named = ""
    for number, word in enumerate(words):
        if word == "--":
            break
        if word == "--cache-dir":
            named = words[number + 1] if number + 1 < len(words) else ""
        elif word.startswith("--cache-dir="):
            named = word.partition("=")[2]
    return named


def _usual() -> str:
    """Return the folder for ddlint among the caches of the user; empty without a home."""
    home = terminal.variable("HOME")
    chosen = terminal.variable("XDG_CACHE_HOME")
    if os.path.isabs(chosen):
        return f"{chosen}/ddlint"
    if not os.path.isabs(home):
        return ""
    return f"{home}/Library/Caches/ddlint" if sys.platform == "darwin" else f"{home}/.cache/ddlint"


def is_of_checkout(folder: str, words: Sequence[str]) -> bool:
    """Whether a folder, or what it leads to, is in the current one, in one that a call names, or below a `.git`."""
    if not folder:
        return False
    try:
        current_one = os.getcwd()
        real = os.path.realpath(folder)
        tops = {current_one, *(os.path.realpath(os.path.join(current_one, word)) for word in words if _is_name(word))}
    except (OSError, ValueError):
        return True
    if any(f"{each}/".startswith(f"{top.rstrip('/')}/") for top in tops for each in (folder, real)):
        return True
    return any(os.path.lexists(f"{above}/.git") for each in {folder, real} for above in _above(each))


def _is_name(word: str) -> bool:
    """Whether a word may name a folder to be linted."""
    return not word.startswith("-") and os.path.isdir(word)


def _above(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]


def _key(words: Sequence[str]) -> str:
    """Return all that decides a result and is no file."""
    fields = (
        *(_FORMAT, __version__, sys.version, sys.prefix, os.path.dirname(__file__), os.getcwd()),
        *(time.strftime("%Y-%m-%d"), str(terminal.is_terminal(sys.stdout)), str(terminal.width())),
        *(terminal.variable(name) for name in VARIABLES),
        *words,
    )
    return "".join(f"{len(field)}:{field}," for field in fields)


def _opened(folder: str) -> int | None:
    """Open the folder, if it is one, is ours, and nobody else may write to it."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | _OPEN)
    found = os.fstat(handle)
    if found.st_uid == os.geteuid() and not found.st_mode & _HIDDEN:
        return handle
    os.close(handle)
    return None


def _kept(call: Call) -> tuple[int, list[tuple[str, ...]]] | None:
    """Return the exit code of a call, and what it said; nothing where no entry holds."""
    folder = _opened(call.folder)
    if folder is None:
        return None
    try:
        data = _data(folder, call.name)
        fields = data.decode("utf-8", "surrogateescape").split("\0") if data else []
        if len(fields) < _HEAD or fields[0] != _FORMAT or fields[1] != call.key or fields[-1] != _END:
            return None
        code, files, folders, answers, said = _parts(fields)
        if fields[-2] not in ("0", "1") or not _is_same_code(code):
            return None
        changed = _changed(files, _digest_of_file, call.watch.start)
        changed |= _changed(folders, _digest_of_folder, call.watch.start)
        if any(_ask(kind, path) != answer for kind, path, answer in zip(*answers, strict=True)):
            return None
        if any(changed.values()):
            _renew(fields, changed)
            _put(folder, call.name, "\0".join(fields))
        return int(fields[-2]), list(zip(*said, strict=True))
    except _Changed:
        return None
    finally:
        os.close(folder)


class _Changed(Exception):  # noqa: N818 - it is no error
    """A file or a folder holds something else than it did."""


def _parts(fields: list[str]) -> list[list[list[str]]]:
    """Return the rows of each kind, by column; a `ValueError` where there are not as many as there should be."""
    counts = [int(field) for field in fields[2:_HEAD]]
    parts, start = [], _HEAD
    for count, width in zip(counts, _WIDTHS, strict=True):
        end = start + count * width
        parts.append([fields[start + place : end : width] for place in range(width)])
        start = end
    if min(counts) < 0 or len(fields) != start + 2:
        raise ValueError("it is no entry")
    return parts


_HEAD = 7
"""Fields before the rows: the format, the key, and how many rows of each kind there are."""
_WIDTHS = (2, 3, 3, 3, 2)
"""Columns of the rows of each kind: code, files, folders, answers, and what was said."""


def _data(folder: int, name: str) -> bytes:
    """Return the bytes of an entry, and note that it is of use; nothing where it is not ours."""
    handle = os.open(name, os.O_RDONLY | _OPEN, dir_fd=folder)
    try:
        found = os.fstat(handle)
        is_ours = stat.S_ISREG(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & _HIDDEN
        if not is_ours or found.st_size > _LARGEST:
            return b""
        if found.st_mtime < time.time() - _USED:
            _note_use(handle)
        with open(handle, "rb", closefd=False) as file:
            return file.read(_LARGEST)
    finally:
        os.close(handle)


def _note_use(handle: int) -> None:
    try:
        os.utime(handle)
    except OSError:
        return


def _is_same_code(code: list[list[str]]) -> bool:
    """Whether the modules and the rules are those that the result came of."""
    return all(signature(os.stat(path), _ALWAYS) == kept for path, kept in zip(*code, strict=True))


_ALWAYS = 1 << 62
"""A time at which no file is too young."""


def _changed(rows: list[list[str]], digest_of: Callable[[str], str], start: int) -> dict[str, str]:
    """Return the new signatures of those files or folders of which only the times have changed."""
    changed: dict[str, str] = {}
    for path, kept, content in zip(*rows, strict=True):
        found = os.stat(path)
        if not kept or signature(found, _ALWAYS) != kept:
            if digest_of(path) != content:
                raise _Changed
            changed[path] = signature(found, start)
    return changed


def _renew(fields: list[str], changed: dict[str, str]) -> None:
    """Put new signatures into an entry, so that the next call need not read those files again."""
    start = _HEAD + _WIDTHS[0] * int(fields[2])
    for place in range(start, start + 3 * (int(fields[3]) + int(fields[4])), 3):
        fields[place + 1] = changed.get(fields[place], fields[place + 1])


def _ask(kind: str, path: str) -> str:
    """Ask again what was asked of a path."""
    if kind == "unread":
        from ddlint.cli.host import read_file

        found = read_file(path)
        return "" if isinstance(found, bytes) else found.reason
    if kind not in ASKED:
        raise ValueError(kind)
    answer = ASKED[kind](path)
    return answer if isinstance(answer, str) else "1" if answer else ""


def _digest_of_file(path: str) -> str:
    """Return the digest of a regular file; empty for anything else."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    with open(handle, "rb") as file:
        is_file = stat.S_ISREG(os.fstat(handle).st_mode)
        return digest(file.read(_LARGEST_FILE + 1)) if is_file else ""


def _digest_of_folder(path: str) -> str:
    with os.scandir(path) as entries:
        return digest_of_names(names_of(entries))


def _fields(call: Call, code: int, said: list[tuple[str, str]]) -> list[str] | None:
    """Return the fields of an entry; nothing where the code has only just changed, or a field cannot be one."""
    keeping = call.watch
    own = [(path, signature(os.stat(path), keeping.start)) for path in _code()]
    files = [(path, *row) for path, row in keeping.files.items()]
    folders = [(path, kept, digest_of_names(names)) for path, (kept, names) in keeping.folders.items()]
    answers = list(keeping.remaining())
    parts: tuple[Sequence[tuple[str, ...]], ...] = (own, files, folders, answers, said)
    rows = [field for part in parts for row in part for field in row]
    fields = [_FORMAT, call.key, *(str(len(part)) for part in parts), *rows, str(code), _END]
    return None if any(not kept for _, kept in own) or any("\0" in field for field in fields) else fields


def _code() -> list[str]:
    """Return the files that a run consists of: modules that are not Python's own, and the built-in rules."""
    from ddlint.pack import COMPILED, RULES

    library = os.path.dirname(os.__file__)
    named = [getattr(module, "__file__", None) for module in tuple(sys.modules.values())]
    paths = [path for path in named if isinstance(path, str) and not _is_of_python(path, library)]
    rules = COMPILED if os.path.isdir(COMPILED) else RULES
    for folder, _, names in os.walk(rules):
        paths += [folder, *(f"{folder}/{name}" for name in names)]
    return list(dict.fromkeys(paths))


def _is_of_python(path: str, library: str) -> bool:
    return path.startswith(f"{library}/") and "-packages/" not in path


def _write(call: Call, fields: list[str]) -> None:
    """Write an entry; that it cannot be written is no mistake."""
    try:
        os.makedirs(call.folder, 0o700, exist_ok=True)
        folder = _opened(call.folder)
    except OSError:
        return
    if folder is None:
        return
    try:
        _put(folder, call.name, "\0".join(fields))
        _evict(folder)
    except OSError:
        return
    finally:
        os.close(folder)


def _put(folder: int, name: str, text: str) -> None:
    """Put an entry in its place, whole or not at all."""
    data = text.encode("utf-8", "surrogateescape")
    if len(data) > _LARGEST:
        return
    beside = f"{name}.{os.getpid()}"
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _OPEN, 0o600, dir_fd=folder)
        with open(handle, "wb") as file:
            file.write(data)
        os.replace(beside, name, src_dir_fd=folder, dst_dir_fd=folder)
    except OSError:
        _remove(folder, beside)


def _evict(folder: int) -> None:
    """Remove what is old, and of the rest the oldest, until it is few enough; mark the folder as a cache."""
    now = time.time()
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            name, ending, beside = entry.name.partition(_ENDING)
            if ending and len(name) == len("01234567"):
                row = entry.stat(follow_symlinks=False)
                oldest = _ABANDONED if beside else _OLDEST
                if row.st_mtime < now - oldest:
                    _remove(folder, entry.name)
                elif not beside:
                    found.append((row.st_mtime, row.st_size, entry.name))
    total = 0
    for number, (_, size, name) in enumerate(sorted(found, reverse=True)):
        total += size
        if number >= _MOST_ENTRIES or total > _MOST_BYTES:
            _remove(folder, name)
    if not os.access(_TAG, os.F_OK, dir_fd=folder):
        handle = os.open(_TAG, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _OPEN, 0o600, dir_fd=folder)
        with open(handle, "wb") as file:
            file.write(_TAG_TEXT)


def _remove(folder: int, name: str) -> None:
    try:
        os.unlink(name, dir_fd=folder)
    except OSError:
        return
