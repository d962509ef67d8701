"""List the files that inputs may read, without what git ignores: the half of discovering that asks the file system.

Files are chosen by name alone; nothing is opened here but `.gitignore`. A link is followed where it stays inside the
scanned root, and every directory is listed once. The patterns of git (gitignore(5)) are read here, as `pathspec` takes
longer to import than a project takes to lint; a law holds them to git itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from ddlint.core import watch
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.paths import drive_in_capitals, glob, is_inside, name_of, parent, relative
from ddlint.core.source import Unread
from ddlint.inputs import INCLUDED, input_for, may_be_read

TYPE_CHECKING = False
if TYPE_CHECKING:
    _Entry = os.DirEntry[str]


_GITIGNORE = ".gitignore"
_WILD = frozenset("*?[")
_MOST = 5_000
"""So many patterns of one file are read: guards against hostile files."""
_LONGEST = 1_000
"""Characters of a pattern, likewise."""


class _Rule(NamedTuple):
    """One pattern. Most are a name or an ending, which need no expression."""

    is_negated: bool
    is_folder: bool
    """Whether it holds for folders only."""
    name: str
    """A plain name at any depth; empty where the pattern is more than that."""
    ending: str
    """`.pyc` of `*.pyc`, likewise."""
    pattern: str
    """As `paths.glob` takes it; empty where one of the former says it all."""
    word: str
    """The longest plain part of the pattern, which is in every path that it matches."""

    def holds(self, path: str, name: str) -> bool:
        """Return whether it matches a path relative to the folder of its file, whose last part is `name`."""
        if self.name:
            return name == self.name
        if self.ending:
            return name.endswith(self.ending)
        return self.word in path and glob(self.pattern, holds_below=False).fullmatch(path) is not None


class _Rules:
    """The patterns of one file, the last one first, and what shows quickly that none of them holds."""

    __slots__ = ("_endings", "_names", "_words", "every")

    def __init__(self, every: tuple[_Rule, ...]) -> None:
        self.every = every
        self._names = frozenset(each.name for each in every if each.name)
        self._endings = tuple(each.ending for each in every if each.ending)
        self._words = tuple(dict.fromkeys(each.word for each in every if each.pattern))

    def may_hold(self, path: str, name: str) -> bool:
        """Return whether one of them may match a path whose last part is `name`."""
        return name in self._names or name.endswith(self._endings) or any(word in path for word in self._words)


_Chained = tuple[tuple[str, _Rules], ...]


class GitIgnore:
    """Tells which files and folders below a root git ignores; every pattern file is read once."""

    def __init__(self, root: str, read: Callable[[str], bytes | Unread]) -> None:
        self._root = root
        self._read = read
        self._chains: dict[str, _Chained] = {}
        """For a folder: (folder, its rules, the last one first) of itself and of those above, the deepest first."""

    def enter(self, directory: str, *, has_patterns: bool) -> None:
        """Note a folder that is listed, so that nothing is looked for where no patterns are."""
        above = self._chain(parent(directory)) if directory != self._root else ()
        self._chains[directory] = self._with_own(directory, above) if has_patterns else above

    def is_ignored(self, path: str, *, is_folder: bool) -> bool:
        """Return whether git ignores `path`, no folder above which is ignored: the deepest and last pattern decides."""
        name = name_of(path)
        for directory, rules in self._chain(parent(path)):
            if not rules.may_hold(path, name):
                continue
            below = relative(path, directory)
            for rule in rules.every:
                if (is_folder or not rule.is_folder) and rule.holds(below, name):
                    return not rule.is_negated
        return False

    def _chain(self, directory: str) -> _Chained:
        """Return the rules that hold in a folder; of folders that were not listed, the files are looked for."""
        unknown = []
        while directory not in self._chains and is_inside(directory, self._root):
            unknown.append(directory)
            if directory == self._root:
                break
            directory = parent(directory)
        chain = self._chains.get(directory, ())
        for each in reversed(unknown):
            chain = self._chains[each] = self._with_own(each, chain)
        return chain

    def _with_own(self, directory: str, above: _Chained) -> _Chained:
        rules = tuple(reversed(tuple(self._read_rules(f"{directory.rstrip('/')}/{_GITIGNORE}"))))
        return ((directory, _Rules(rules)), *above) if rules else above

    def _read_rules(self, path: str) -> Iterator[_Rule]:
        data = self._read(path)
        if isinstance(data, Unread):
            return
        for line in data.decode("utf-8", "replace").removeprefix("\ufeff").splitlines()[:_MOST]:
            rule = _rule(line)
            if rule is not None:
                yield rule


def _rule(line: str) -> _Rule | None:
    """Return the rule of a line; nothing for comments, and for escapes within a pattern."""
    text = line.rstrip("\r\n")
    while text.endswith(" ") and not text.endswith("\\ "):
        text = text[:-1]
    if not text or text.startswith("#") or len(text) > _LONGEST:
        return None
    is_negated = text.startswith("!")
    text = text.removeprefix("!")
    if text.startswith(("\\#", "\\!")):
        text = text[1:]
    text = text.replace("\\ ", " ")
    is_folder = text.endswith("/")
    bare = text.rstrip("/")
    if not bare or "\\" in bare or not _is_valid(bare):
        return None
    is_anywhere = "/" not in bare
    if is_anywhere and not _WILD & set(bare):
        return _Rule(is_negated, is_folder, bare, "", "", "")
    if is_anywhere and bare.startswith("*") and not _WILD & set(bare[1:]):
        return _Rule(is_negated, is_folder, "", bare[1:], "", "") if bare != "*" else _any(is_negated, is_folder)
    return _Rule(is_negated, is_folder, "", "", bare, _longest_word(bare))


def _any(is_negated: bool, is_folder: bool) -> _Rule:
    return _Rule(is_negated, is_folder, "", "", "*", "")


def _is_valid(pattern: str) -> bool:
    import re

    try:
        return "[" not in pattern or bool(glob(pattern))
    except re.error:
        return False


def _longest_word(pattern: str) -> str:
    words, depth = [""], 0
    for character in pattern:
        if character == "[" or depth:
            depth = 0 if character == "]" and words[-1:] == [""] and depth > 1 else depth + 1
            if words[-1]:
                words.append("")
        elif character in _WILD or character == "/":
            words.append("")
        else:
            words[-1] += character
    return max(words, key=len)


_SKIPPED = frozenset(
    """
    .git .hg .svn .bzr .jj .sl _darcs CVS
    .venv venv .virtualenv virtualenv site-packages dist-packages __pypackages__ .pixi .conda
    node_modules bower_components
    buck-out .eggs
    __pycache__ .cache .tox .nox .mypy_cache .pytest_cache .ruff_cache .hypothesis .ipynb_checkpoints .pytype .uv-cache
    .terraform .serverless .aws-sam .next .gradle
    """.split()  # noqa: SIM905 - names in rows read better than a list of strings
)
_SKIPPED_ENDS = (".egg-info", ".dist-info")
_VIRTUAL_ENVIRONMENT = "pyvenv.cfg"


class Candidate(NamedTuple):
    """A file by whose name an input reads it."""

    path: str
    input: str
    """The module of the input."""


class Folder(NamedTuple):
    """A directory with the candidates that are in it, sorted."""

    path: str
    files: tuple[Candidate, ...]


class Listing(NamedTuple):
    """What a walk found."""

    folders: tuple[Folder, ...]
    """Those with candidates, sorted by path."""
    unlisted: tuple[tuple[str, str], ...] = ()
    """(directory, reason) of each that could not be listed."""
    environments: int = 0
    """How many directories were passed over for the file that marks a virtual environment."""
    ignored: int = 0
    """How many files that inputs read git ignores, in directories that it does not ignore as a whole."""


def root_of(directory: str) -> str:
    """Return the nearest directory, at or above `directory`, that holds `.git`; else `directory`."""
    above = directory
    while not exists(f"{above}/.git"):
        if parent(above) == above:
            return directory
        above = parent(above)
    return above


def is_folder(path: str) -> bool:
    """Whether `path` is a directory, or a link to one."""
    return _kept("folder", path, os.path.isdir(path))


def is_file(path: str) -> bool:
    """Whether `path` is a regular file, or a link to one."""
    return _kept("file", path, os.path.isfile(path))


def size_of(path: str) -> int:
    """Return how many bytes a file has; 0 where that is not known."""
    try:
        return os.stat(path).st_size
    except OSError:
        return 0


def exists(path: str) -> bool:
    """Whether something is at `path`, be it a link to nothing."""
    return _kept("exists", path, os.path.lexists(path))


def is_link(path: str) -> bool:
    """Whether `path` is a link."""
    return _kept("link", path, os.path.islink(path))


def real(path: str) -> str:
    """Return `path` with every link resolved."""
    found = os.path.realpath(path).replace(os.sep, "/")
    if watch.current is not None:
        watch.current.asked("real", path, found)
    return drive_in_capitals(found) if os.altsep else found


def real_in(folder: str, path: str) -> str:
    """Return `path` with every link resolved, where its folder is `folder` with every link resolved."""
    name = name_of(path)
    found = f"{folder.rstrip('/')}/{name}"
    is_plain = not (os.altsep or path.startswith("//") or "\0" in path or name in {"", ".", ".."})
    if not is_plain or os.path.islink(found):
        return real(path)
    if watch.current is not None:
        watch.current.asked("real", path, found)
    return found


def entries_of(path: str) -> list[_Entry]:
    """Return the entries of a folder; an `OSError` where it cannot be listed."""
    keeping = watch.current
    if keeping is None:
        with os.scandir(path) as entries:
            return list(entries)
    try:
        before = os.stat(path)
        with os.scandir(path) as entries:
            found = list(entries)
    except FileNotFoundError:
        keeping.asked("exists", path, "")
        raise
    except OSError:
        keeping.fail()
        raise
    keeping.listed(path, before, found)
    return found


def _kept(kind: str, path: str, is_so: bool) -> bool:
    if watch.current is not None:
        watch.current.asked(kind, path, "1" if is_so else "")
    return is_so


def input_of(path: str, root: str, *, is_named: bool = False) -> str:
    """Return the module of the input that reads `path`, by its name below `root`; empty for none.

    Some inputs read a file only when the call names it, and so is a text file of another name read.
    """
    below = "/" + relative(path, root)
    if found := input_for(below):
        return found.module if is_named or not found.is_on_request else ""
    return INCLUDED if is_named and path.endswith((".txt", ".in", ".pip")) else ""


def walk(top: str, root: str, is_excluded: Callable[[str], bool], ignored: GitIgnore | None = None) -> Listing:
    """List `top` and all below it, but for what is excluded, what git ignores, and what installers and tools make."""
    return _Walk(root, is_excluded, ignored).run(top)


def listed(directory: str, root: str) -> Folder:
    """List one directory, and nothing below it; what cannot be listed is empty."""
    return _Walk(root, lambda _: False).folder(directory)


class _Walk:
    """One walk: what is still to be listed, and what was."""

    def __init__(self, root: str, is_excluded: Callable[[str], bool], ignored: GitIgnore | None = None) -> None:
        self._ignored = ignored
        self._root = root
        self._real_root = real(root)
        self._is_excluded = is_excluded
        self._waiting: list[tuple[str, str]] = []
        """(path, real path) of directories."""
        self._links: list[str] = []
        self._seen: set[str] = set()
        self._folders: list[Folder] = []
        self._unlisted: list[tuple[str, str]] = []
        self._environments = 0
        self._ignored_files = 0

    def run(self, top: str) -> Listing:
        top_real = real(top)
        self._waiting.append((top, top_real))
        self._drain(top)
        while self._links:
            links, self._links = sorted(self._links), []
            for path in links:
                target = real(path)
                if is_inside(target, self._real_root) and not is_inside(top_real, target):
                    self._waiting.append((path, target))
                    self._drain(top)
        folders, unlisted = tuple(sorted(self._folders)), tuple(sorted(self._unlisted))
        return Listing(folders, unlisted, self._environments, self._ignored_files)

    def folder(self, directory: str) -> Folder:
        self._list(directory, "", is_top=True)
        return self._folders[0] if self._folders else Folder(directory, ())

    def _drain(self, top: str) -> None:
        while self._waiting:
            path, target = self._waiting.pop()
            if target not in self._seen:
                self._seen.add(target)
                self._list(path, target, is_top=path == top)

    def _list(self, path: str, target: str, *, is_top: bool) -> None:
        try:
            found = entries_of(path)
        except OSError as error:
            self._unlisted.append((path, (error.strerror or "it cannot be listed").lower()))
            return
        names = [entry.name for entry in found]
        if not is_top and _VIRTUAL_ENVIRONMENT in names:
            self._environments += 1
            return
        if self._ignored is not None:
            self._ignored.enter(path, has_patterns=_GITIGNORE in names)
        base, real_base = path.rstrip("/"), target.rstrip("/")
        near = [each for each in found if may_be_read(each.name) or not each.is_file(follow_symlinks=False)]
        files = [file for entry in near if (file := self._entry(entry, base, real_base))]
        if files:
            self._folders.append(Folder(path, tuple(sorted(files))))

    def _entry(self, entry: _Entry, base: str, target: str) -> Candidate | None:
        """Return a file that an input reads; note a directory to be listed later."""
        path = f"{base}/{entry.name}"
        if entry.is_symlink() or _is_junction(entry):
            return self._link(path, entry.name)
        if not entry.is_dir(follow_symlinks=False):
            return self._candidate(path)
        if not _is_skipped(entry.name) and not self._is_left_out(path, is_folder=True):
            self._waiting.append((path, f"{target}/{entry.name}"))
        return None

    def _is_left_out(self, path: str, *, is_folder: bool) -> bool:
        return self._is_ignored(path, is_folder=is_folder) or self._is_excluded(path)

    def _is_ignored(self, path: str, *, is_folder: bool) -> bool:
        return self._ignored is not None and self._ignored.is_ignored(path, is_folder=is_folder)

    def _link(self, path: str, name: str) -> Candidate | None:
        if is_folder(path):
            if not _is_skipped(name) and not self._is_left_out(path, is_folder=False):
                self._links.append(path)
            return None
        file = self._candidate(path)
        return file if file and is_inside(real(path), self._real_root) else None

    def _candidate(self, path: str) -> Candidate | None:
        name = input_of(path, self._root)
        if name and self._is_ignored(path, is_folder=False):
            self._ignored_files += 1
            return None
        return Candidate(path, name) if name and not self._is_excluded(path) else None


def _is_junction(entry: _Entry) -> bool:
    """Whether an entry is a folder of Windows that leads elsewhere, which it does not take for a link."""
    found = entry.stat(follow_symlinks=False) if os.altsep else None
    return bool(getattr(found, "st_reparse_tag", 0))


def _is_skipped(name: str) -> bool:
    return name in _SKIPPED or name.endswith(_SKIPPED_ENDS)
