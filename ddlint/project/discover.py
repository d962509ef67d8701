"""From the paths of a call to projects and the files they read (DESIGN §3). Only `walk.py` lists files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from ddlint.core.namedtuple import NamedTuple
from ddlint.core.paths import is_inside, name_of, parent
from ddlint.core.source import Unread
from ddlint.inputs import HINTS, INCLUDED
from ddlint.project.walk import Candidate, Folder, GitIgnore, input_of, is_folder, listed, root_of, walk

_REQUIREMENT_FOLDERS = frozenset({"requirements", "reqs", "deps"})
_WORKFLOWS = "/.github/workflows"
_NONE: frozenset[str] = frozenset()


class Found(NamedTuple):
    """A directory that is a project, and the files that belong to it."""

    directory: str
    root: str
    """The scanned root: includes and links stay inside it."""
    files: tuple[Candidate, ...]
    """Sorted by path; those of other folders last."""
    named: frozenset[str] | None = None
    """Findings are printed for these files and folders only; `None` prints all."""
    is_context: bool = False
    """Whether only its lock counts, for the projects below it, and it is not judged itself."""
    is_tentative: bool = False
    """Whether it has hints alone, so that it is a project only if one of them installs packages."""
    lent: frozenset[str] = frozenset()
    """Paths of the hints among `files` that are in folders above, or elsewhere and install files of the project."""


class Search(NamedTuple):
    """What `discover` found."""

    projects: tuple[Found, ...]
    """Sorted by directory."""
    unlisted: tuple[tuple[str, str], ...] = ()
    """(directory, reason) of each that could not be listed."""
    unknown: tuple[str, ...] = ()
    """Named files that no input reads."""
    is_left_out: bool = False
    """Whether all that was named is excluded."""
    environments: int = 0
    """How many directories were passed over for the file that marks a virtual environment."""
    ignored: int = 0
    """How many files that inputs read git ignores."""


class _Start(NamedTuple):
    """A directory to walk, because of one path of the call."""

    directory: str
    root: str
    named: str = ""
    """The file or folder that findings are printed for; empty prints all."""
    file: Candidate | None = None


def discover(
    paths: Iterable[str],
    is_excluded: Callable[[str], bool],
    read: Callable[[str], bytes | Unread] | None = None,
) -> Search:
    """Find the projects that hold `paths`, absolute files and folders.

    `is_excluded` tells what a walk leaves out; `read` reads the files that say what git ignores, and without it nothing
    is ignored.
    """
    starts, unknown = [], []
    for path in paths:
        if is_folder(path):
            starts.append(_start_of_folder(path))
        elif name := input_of(path, root_of(parent(path)), is_named=True):
            starts.append(_start_of_file(Candidate(path, name)))
        else:
            unknown.append(path)
    projects: dict[str, Found] = {}
    unlisted: set[tuple[str, str]] = set()
    environments, ignored = 0, 0
    for (directory, root), group in _by_directory(starts):
        listing = walk(directory, root, is_excluded, GitIgnore(root, read) if read else None)
        unlisted.update(listing.unlisted)
        environments += listing.environments
        ignored += listing.ignored
        folders = _with_named(listing.folders, group)
        for found in _grouped(folders, _above(directory, root), root):
            _merge(projects, _named(found, group))
    ordered = sorted(projects.values(), key=lambda found: found.directory)
    return Search(tuple(ordered), tuple(sorted(unlisted)), tuple(unknown), environments=environments, ignored=ignored)


def _by_directory(starts: list[_Start]) -> Iterator[tuple[tuple[str, str], list[_Start]]]:
    groups: dict[tuple[str, str], list[_Start]] = {}
    for start in starts:
        groups.setdefault((start.directory, start.root), []).append(start)
    yield from sorted(groups.items())


def _start_of_folder(path: str) -> _Start:
    root = root_of(path)
    if path != root and _is_requirement_folder(listed(path, root)):
        return _Start(parent(path), root, path)
    return _Start(path, root)


def _start_of_file(file: Candidate) -> _Start:
    directory = _anchor(parent(file.path))
    root = root_of(directory)
    if file.input in HINTS:
        return _Start(_home_of_hint(directory, root), root, file.path, file)
    folder = Folder(directory, (*listed(directory, root).files, file))
    home = parent(directory) if _is_requirement_folder(folder) else directory
    return _Start(home, root if is_inside(home, root) else home, file.path, file)


def _home_of_hint(directory: str, root: str) -> str:
    """Return the nearest project at or above a directory, or the directory itself where there is none."""
    home = directory
    while not _declaring(listed(home, root)):
        if home == root or not is_inside(home, root):
            return directory
        home = parent(home)
    return home


def _declaring(folder: Folder) -> tuple[Candidate, ...]:
    return tuple(file for file in folder.files if file.input not in HINTS)


def _is_requirement_folder(folder: Folder) -> bool:
    """Whether a folder only holds requirement files for the directory above it."""
    files = _declaring(folder)
    is_named_so = name_of(folder.path).lower() in _REQUIREMENT_FOLDERS
    return is_named_so and bool(files) and all(file.input == INCLUDED for file in files)


def _anchor(directory: str) -> str:
    """Return the directory that the files in `directory` speak of."""
    return directory.removesuffix(_WORKFLOWS) or "/"


def _above(directory: str, root: str) -> tuple[Folder, ...]:
    """List the folders above `directory` up to the root, and the workflows there."""
    folders = []
    while directory != root and is_inside(directory, root):
        directory = parent(directory)
        folders.append(listed(directory, root))
        folders.append(listed(directory.rstrip("/") + _WORKFLOWS, root))
    return tuple(folder for folder in folders if folder.files)


def _with_named(folders: tuple[Folder, ...], group: list[_Start]) -> tuple[Folder, ...]:
    """Add the files that were named, although the walk left them out."""
    files = {folder.path: set(folder.files) for folder in folders}
    for file in (start.file for start in group if start.file):
        known = files.setdefault(parent(file.path), set())
        if all(file.path != other.path for other in known):
            known.add(file)
    return tuple(Folder(path, tuple(sorted(known))) for path, known in sorted(files.items()))


def _grouped(folders: tuple[Folder, ...], above: tuple[Folder, ...], root: str) -> Iterator[Found]:
    """Assign each project its own files, and its hints: its own, else those of the nearest folder above."""
    files: dict[str, list[Candidate]] = {}
    hints: dict[str, list[Candidate]] = {}
    for folder in chain(folders, above):
        if declared := _declaring(folder):
            home = parent(folder.path) if folder.path != root and _is_requirement_folder(folder) else folder.path
            files.setdefault(home, []).extend(declared)
        if len(declared) < len(folder.files):
            hints.setdefault(_anchor(folder.path), []).extend(file for file in folder.files if file.input in HINTS)
    owned: dict[str, list[Candidate]] = {}
    for anchor, found in hints.items():
        owned.setdefault(_owner(anchor, files, root) or anchor, []).extend(found)
    context = {_anchor(folder.path) for folder in above}
    for home in dict.fromkeys((*files, *owned)):
        declaring, own = files.get(home, []), owned.get(home, [])
        lent = tuple(each for each in _lent(home, hints, root) if each not in own)
        every = (*sorted((*declaring, *own)), *lent)
        paths = frozenset(each.path for each in lent) if lent else _NONE
        yield Found(home, root, every, is_context=home in context, is_tentative=not declaring, lent=paths)


def _owner(anchor: str, files: dict[str, list[Candidate]], root: str) -> str:
    """Return the nearest project at or above a folder with hints; empty where there is none."""
    home = anchor
    while home not in files:
        if home == root or not is_inside(home, root):
            return ""
        home = parent(home)
    return home


def _lent(home: str, hints: dict[str, list[Candidate]], root: str) -> tuple[Candidate, ...]:
    """Return the hints of all folders above a project, the nearest first."""
    found: list[Candidate] = []
    while home != root and is_inside(home, root):
        home = parent(home)
        found += sorted(hints.get(home, ()))
    return tuple(found)


def with_hints_elsewhere(projects: tuple[Found, ...], reached: Iterable[tuple[str, str]]) -> tuple[Found, ...]:
    """Return the projects, each with the hints elsewhere in its root that install its files.

    `reached` are pairs of the path of a hint and the directory of a project whose files it installs.
    """
    candidates = {file.path: file for found in projects for file in found.files if file.input in HINTS}
    more: dict[str, dict[Candidate, None]] = {}
    for path, directory in reached:
        if path in candidates:
            more.setdefault(directory, {})[candidates[path]] = None
    return tuple(_with_hints(found, tuple(more.get(found.directory, ()))) for found in projects)


def _with_hints(found: Found, hints: tuple[Candidate, ...]) -> Found:
    known = {file.path for file in found.files}
    new = tuple(file for file in hints if file.path not in known)
    return found._replace(files=(*found.files, *new), lent=found.lent | {file.path for file in new}) if new else found


def _named(found: Found, group: list[_Start]) -> Found:
    """Mark the files of a project that were asked for; of a project without any only the lock counts."""
    if found.is_context or any(not start.named for start in group):
        return found
    paths = [file.path for file in found.files]
    named = {start.named for start in group if any(is_inside(path, start.named) for path in paths)}
    return found._replace(named=frozenset(named), is_context=not named)


def _merge(projects: dict[str, Found], found: Found) -> None:
    """Keep one project for one directory, though several paths of the call lead to it."""
    known = projects.get(found.directory)
    if known is None or (known.is_context and not found.is_context):
        projects[found.directory] = found
    elif not found.is_context:
        files = dict.fromkeys((*known.files, *found.files))
        named = None if known.named is None or found.named is None else known.named | found.named
        projects[found.directory] = found._replace(files=tuple(files), named=named)
