"""What a run asks of the file system, kept with the answers, so that a later run can tell whether they still hold.

Nothing is kept unless somebody starts it; then `project/walk` and `cli/host`, which ask, tell `current`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

TYPE_CHECKING = False
if TYPE_CHECKING:
    _Entry = os.DirEntry[str]

RESTING = 2_000_000_000
"""So many nanoseconds a file must have been left alone, before its times prove that it is the same: the coarsest clocks
of file systems (FAT) count two seconds. One that is younger is compared by its content."""


class Watch:
    """What one run has asked, and the answers."""

    def __init__(self, start: int) -> None:
        self.start = start
        """When the run began, in nanoseconds."""
        self.files: dict[str, tuple[str, str]] = {}
        """Of each file that was read: its signature and the digest of its content."""
        self.folders: dict[str, tuple[str, tuple[str, ...]]] = {}
        """Of each folder that was listed: its signature and its entries, each a letter and a name."""
        self.answers: dict[tuple[str, str], str] = {}
        """All else that was asked of a path, by kind (a key of `cli/cache.ASKED`) and path."""
        self.is_whole = True
        """False once something was asked that cannot be compared later."""

    def read(self, path: str, found: os.stat_result, data: bytes) -> None:
        """Keep what a file held; `found` is from before it was read."""
        row = (signature(found, self.start), digest(data))
        self.is_whole &= self.files.setdefault(path, row)[1] == row[1]

    def listed(self, path: str, found: os.stat_result, entries: Iterable[_Entry]) -> None:
        """Keep what a folder held; `found` is from before it was listed."""
        row = (signature(found, self.start), names_of(entries))
        self.is_whole &= self.folders.setdefault(path, row)[1] == row[1]

    def asked(self, kind: str, path: str, answer: str) -> None:
        """Keep the answer to a question on a path."""
        self.is_whole &= self.answers.setdefault((kind, path), answer) == answer

    def fail(self) -> None:
        """Note that what was asked cannot be compared later."""
        self.is_whole = False

    def add(self, other: Watch) -> None:
        """Add what another process has asked for the same run."""
        self.files.update(other.files)
        self.folders.update(other.folders)
        self.answers.update(other.answers)
        self.is_whole &= other.is_whole

    def remaining(self) -> Iterator[tuple[str, str, str]]:
        """Yield the answers, as (kind, path, answer), that do not follow from the folders that were listed.

        An entry stays, with its kind, while its folder holds the same entries; so a path without links in a listed
        folder is without links as long as the folder is.
        """
        entries = {path: {name[1:]: name[0] for name in names} for path, (_, names) in self.folders.items()}
        tops: dict[str, None] = {}
        for (kind, path), answer in self.answers.items():
            folder, _, name = path.rpartition("/")
            if kind == "real" and answer == path:
                tops[_top(path, entries)] = None
                continue
            known = entries.get(folder or "/")
            if known is None or _FOLLOWING.get(known.get(name, ""), {}).get(kind) != answer:
                yield kind, path, answer
        for path in tops:
            yield "real", path, path


_FOLLOWING = {
    "": {"exists": "", "folder": "", "file": "", "link": "", "unread": "there is no such file"},
    "d": {"exists": "1", "folder": "1", "file": "", "link": ""},
    "f": {"exists": "1", "folder": "", "file": "1", "link": ""},
}
"""The answers that follow from the kind of an entry, the first of one that is not there."""

current: Watch | None = None
"""What is being kept; nothing where nobody started it."""


def _top(path: str, listed: dict[str, dict[str, str]]) -> str:
    """Return the highest folder that a path leads to through listed folders only."""
    while (folder := path.rpartition("/")[0] or "/") in listed and folder != path:
        path = folder
    return path


def signature(found: os.stat_result, now: int) -> str:
    """Return what changes whenever a file or folder does; empty where it changed too shortly before `now`."""
    if max(found.st_mtime_ns, found.st_ctime_ns) > now - RESTING:
        return ""
    return f"{found.st_ino} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}"


def digest(data: bytes) -> str:
    """Return the digest of a content."""
    from hashlib import blake2b

    return blake2b(data, digest_size=20).hexdigest()


def names_of(entries: Iterable[_Entry]) -> tuple[str, ...]:
    """Return the entries of a folder, each a letter for its kind and its name."""
    return tuple(sorted(f"{_kind(entry)}{entry.name}" for entry in entries))


def _kind(entry: _Entry) -> str:
    if entry.is_symlink():
        return "l"
    if entry.is_dir(follow_symlinks=False):
        return "d"
    return "f" if entry.is_file(follow_symlinks=False) else "o"


def digest_of_names(names: tuple[str, ...]) -> str:
    """Return the digest of the entries of a folder."""
    return digest("/".join(names).encode("utf-8", "surrogateescape"))
