"""The projects of a run: how files are read, where they are, and what of them `inspect` shows and checks judge."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import import_module

from ddlint.core.model import Include, Manifest, NormalizedName, Place, Problem, Severity
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.paths import glob, is_inside, is_template, is_url, name_of, parent, relative, resolve_include
from ddlint.core.redact import mask_quoted, written
from ddlint.core.source import Source, Span, Undecodable, Unread, decode
from ddlint.inputs import BY_MODULE, INCLUDED
from ddlint.project.walk import is_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.config.settings import Config
    from ddlint.core.source import FileSystem


_imported = cache(import_module)
_MOST_INCLUDES = 500
"""In one file; real files have fewer, and a generated one would take long."""
_MOST_FILES = 5_000
"""Of one project, for the same reason."""
_START = Span(0, 0)
_SKIMMED = frozenset({INCLUDED, "uv_lock"})
"""The inputs of which files may be passed over."""


class Reader:
    """Reads files for one run, each file once."""

    def __init__(self, files: FileSystem) -> None:
        self._files = files
        self.real = cache(files.real)
        """Give a path with its links resolved."""
        self._known: dict[str, Manifest | Unread] = {}
        self._parsed: dict[tuple[str, str, str], Manifest] = {}
        """By input, file name and text, which are all that an input knows of a file."""
        self._skimmed: dict[str, tuple[Source, str]] = {}
        """What was passed over: it is read when all that a file says is asked for."""

    def is_link(self, path: str) -> bool:
        """Whether the last part of a path is a link."""
        return self.real(path) != f"{self.real(parent(path)).rstrip('/')}/{name_of(path)}"

    def project(
        self, files: Iterable[tuple[str, str]], root: str, sought: frozenset[NormalizedName] = frozenset()
    ) -> tuple[Manifest, ...]:
        """Return the manifests of files, as (path, input), and of what they include inside `root`.

        Where something is `sought`, a file that has nothing to say without it may give an empty manifest.
        """
        chain = _Chain(self, root, sought)
        for path, name in files:
            chain.add(path, name)
        return tuple(chain.manifests.values())

    def manifest(self, path: str, name: str, sought: frozenset[NormalizedName] = frozenset()) -> Manifest | Unread:
        """Read one file with one input; a file that is there but cannot be read gives a manifest that says so."""
        if path in self._known:
            return self._known[path]
        if path in self._skimmed:
            source, name = self._skimmed[path]
            if sought:
                return Manifest(source, BY_MODULE[name].name)
            del self._skimmed[path]
        else:
            read = self._source(path, name)
            if not isinstance(read, Source):
                self._known[path] = read
                return read
            source = read
            if sought and _says_nothing(name, source, sought):
                self._skimmed[path] = source, name
                return Manifest(source, BY_MODULE[name].name)
        self._known[path] = self._parse(source, name)
        return self._known[path]

    def forget(self) -> None:
        """Forget what was read: each project has what it needs of it."""
        self._known.clear()
        self._parsed.clear()
        self._skimmed.clear()

    def has_read(self, manifests: tuple[Manifest, ...]) -> bool:
        """Return whether manifests are what their files say: none was passed over, and none led to others."""
        return all(self._known.get(each.path) is each for each in manifests)

    def _source(self, path: str, name: str) -> Source | Manifest | Unread:
        record = BY_MODULE[name]
        data = self._files.read(path)
        if isinstance(data, Unread):
            return data if data.is_missing else _unreadable(path, record.name, f"it cannot be read: {data.reason}")
        source = decode(path, data, has_cookie=record.has_cookie)
        if isinstance(source, Undecodable):
            unread = _unreadable(path, record.name, f"it cannot be decoded: {source.reason}")
            return unread._replace(source=Source(path, data.decode("latin-1")))  # so that what it names can be seen
        return source

    def _parse(self, source: Source, name: str) -> Manifest:
        key = (name, name_of(source.path), source.text)
        if known := self._parsed.get(key):
            return known._replace(source=Source(source.path, known.source.text, source.encoding, source.bom))
        manifest: Manifest = _imported(f"ddlint.inputs.{name}").parse(source)
        if manifest.problems:
            manifest = manifest._replace(problems=tuple(_masked(each, source) for each in manifest.problems))
        self._parsed[key] = manifest
        return manifest


def _says_nothing(name: str, source: Source, sought: frozenset[NormalizedName]) -> bool:
    if name not in _SKIMMED or any(each in source.text for each in sought):
        return False
    from ddlint.inputs.common.skim import says_nothing

    return says_nothing(name, source, sought)


def _masked(problem: Problem, source: Source) -> Problem:
    """Return a problem without the secrets of its lines: what it quotes may be one by what precedes it."""
    return problem._replace(message=mask_quoted(problem.message, source, problem.at))


def _unreadable(path: str, name: str, reason: str) -> Manifest:
    return Manifest(Source(path, ""), name, problems=(Problem("DD001", reason, _START),))


def holds_no_requirements(manifest: Manifest) -> bool:
    """Whether the first three lines of a requirements file are none, as where it is a key or a config in truth."""
    if manifest.input != BY_MODULE[INCLUDED].name:
        return False
    lines = [(problem.at.start, True) for problem in manifest.problems if problem.code == "DD003"]
    lines += [(dependency.at.start, False) for dependency in manifest.dependencies]
    lines += [(include.at.start, False) for include in manifest.includes]
    first = sorted(lines)[:3]
    is_key = manifest.source.text.lstrip().startswith("-----BEGIN ")  # its second line reads as the name of a package
    return is_key or (bool(first) and all(is_problem for _, is_problem in first))


class _Chain:
    """Follows the includes of one project, depth first; `_open` are the files on the way to the one that is read."""

    def __init__(self, reader: Reader, root: str, sought: frozenset[NormalizedName]) -> None:
        self._reader = reader
        self._sought = sought
        """Nothing once it is found: then every file is read as a whole."""
        self._root = root
        self._real_root = reader.real(root)
        self._open: dict[str, Place] = {}
        """By real path: the include that is being followed there."""
        self.manifests: dict[str, Manifest] = {}

    def add(self, path: str, name: str) -> None:
        """Read a file of the project, unless an include led to it before."""
        if path in self.manifests:
            return
        manifest = self._reader.manifest(path, name, self._sought)
        if isinstance(manifest, Unread):
            manifest = _unreadable(path, BY_MODULE[name].name, f"it cannot be read: {manifest.reason}")
        if holds_no_requirements(manifest) and self._reader.is_link(path):
            reason = "this is a link to a file whose first lines are no requirements, so nothing of it is shown"
            manifest = Manifest(Source(path, ""), manifest.input, problems=(Problem("DD003", reason, _START),))
        self.manifests[path] = manifest
        if manifest.includes:
            self._follow(manifest)
        if self._sought and manifest.named(self._sought):
            self._sought = frozenset()

    def _follow(self, manifest: Manifest) -> None:
        """Follow includes without recursion, so that no chain of them is too long."""
        waiting: list[tuple[Manifest, Iterator[Include], list[Problem]]] = []

        def enter(entered: Manifest) -> None:
            self.manifests[entered.path] = entered
            self._open[self._reader.real(entered.path)] = Place(entered.path, _START)
            waiting.append((entered, iter(entered.includes[:_MOST_INCLUDES]), _too_many(entered)))

        enter(manifest)
        while waiting:
            current, includes, problems = waiting[-1]
            include = next(includes, None)
            if include is None:
                waiting.pop()
                del self._open[self._reader.real(current.path)]
                self.manifests[current.path] = current._replace(problems=(*current.problems, *problems))
                continue
            self._open[self._reader.real(current.path)] = Place(current.path, include.at, _INCLUDES_IT)
            found = self._include(current, include)
            if isinstance(found, Problem):
                problems.append(found)
            elif found is not None:
                enter(found)

    def _include(self, manifest: Manifest, include: Include) -> Manifest | Problem | None:
        """Return what an include names, nothing where it was read before or is not known, or what is wrong with it."""
        if is_template(include.target):
            return None
        shown = written(include.target, 200)
        if is_url(include.target):
            return _problem(include, f"`{shown}` is not followed: ddlint fetches nothing", Severity.NOTICE)
        path = resolve_include(manifest.path, include.target)
        real = self._reader.real(path)
        if not is_inside(real, self._real_root):
            return _problem(include, f"`{shown}` is outside the project, so it is not opened", Severity.NOTICE)
        if real in self._open:
            return self._cycle(include, real)
        return None if path in self.manifests else self._opened(include, path, shown)

    def _opened(self, include: Include, path: str, shown: str) -> Manifest | Problem:
        if len(self.manifests) >= _MOST_FILES:
            return _problem(include, f"`{shown}` is not opened: the project includes more than {_MOST_FILES} files")
        found = self._reader.manifest(path, INCLUDED, self._sought)
        if isinstance(found, Unread):
            return _problem(
                include, f"`{shown}` cannot be followed: {found.reason}; correct the path or remove the line"
            )
        if holds_no_requirements(found):
            return _problem(include, f"`{shown}` is not read: its first lines are no requirements")
        return found

    def _cycle(self, include: Include, real: str) -> Problem:
        way = list(self._open)
        places = tuple(self._open[each] for each in way[way.index(real) : -1])
        shown = written(include.target, 200)
        message = f"`{shown}` is this file itself"
        if places:
            steps = [f"`{written(relative(place.path, self._root))}`" for place in places[1:]]
            through = f", through {' and '.join(steps)}" if steps else ""
            message = f"`{shown}` includes this file in turn{through}"
        return _problem(include, f"{message}; remove one of the includes", related=places)


_INCLUDES_IT = "this include is part of the cycle"


def _problem(
    include: Include, message: str, severity: Severity = Severity.ERROR, related: tuple[Place, ...] = ()
) -> Problem:
    return Problem("DD004", message, include.at, severity=severity, related=related)


def _too_many(manifest: Manifest) -> list[Problem]:
    if len(manifest.includes) <= _MOST_INCLUDES:
        return []
    message = f"only the first {_MOST_INCLUDES} of {len(manifest.includes)} includes of this file are followed"
    return [_problem(manifest.includes[_MOST_INCLUDES], message)]


class Layout(NamedTuple):
    """Where the files of a project are among all that a run looks at."""

    directory: str
    """Of the project, absolute."""
    root: str
    homes: frozenset[str] = frozenset()
    """The directories of all projects of the run."""
    exists: Callable[[str], bool] = lambda _: False
    """Tell whether a file inside the root exists."""
    lent: frozenset[str] = frozenset()
    """Paths of hints in folders above the project, and elsewhere in the root where they install its files."""

    def home_of(self, path: str) -> str:
        """Return the directory of the project that a file belongs to; its own directory where that is none."""
        directory = parent(path)
        while directory not in self.homes:
            if directory == self.root or not is_inside(directory, self.root):
                return parent(path)
            directory = parent(directory)
        return directory


def exists_inside(root: str, reader: Reader) -> Callable[[str], bool]:
    """Return a function that tells whether a path is a file, and no link leads out of the root."""
    real_root = reader.real(root)
    return lambda path: is_file(path) and is_inside(reader.real(path), real_root)


_ALWAYS = ("", "build")


class Gathered(NamedTuple):
    """A project before it is judged."""

    directory: str
    root: str
    config: Config
    manifests: tuple[Manifest, ...]
    named: frozenset[str] | None = None
    """Findings are printed for these files and folders only; `None` prints all."""
    is_context: bool = False
    """Whether only its lock counts, and it is not judged."""
    is_tentative: bool = False
    """Whether it has runtime hints alone."""
    layout: Layout | None = None
    """Where its files are among all that the run looks at; `None` of one that another process has read."""

    @property
    def is_project(self) -> bool:
        """Whether something is installed here: a Dockerfile that installs packages is a dependency file."""
        dependencies = (dependency for manifest in self.manifests for dependency in manifest.dependencies)
        return not self.is_tentative or any(not dependency.scope for dependency in dependencies)

    def mentions(self, names: Iterable[NormalizedName]) -> bool:
        """Whether a requirement or a lock entry of one of `names` is in it."""
        wanted = frozenset(names)
        return any(manifest.named(wanted) for manifest in self.manifests)


def in_groups(manifest: Manifest, groups: tuple[str, ...] | None) -> Manifest:
    """Return a manifest with what is always installed, and with the groups and extras that were chosen."""
    if groups is None:
        return manifest
    scopes = _with_included(manifest, groups)
    chosen = tuple(each for each in manifest.dependencies if each.scope in _ALWAYS or each.scopes & scopes)
    return manifest._replace(dependencies=chosen)


def _with_included(manifest: Manifest, groups: tuple[str, ...]) -> set[str]:
    """Return the scopes of the groups and extras that were chosen, and of all that these pull in."""
    every = {each.scope for each in manifest.scope_includes}.union(*(each.scopes for each in manifest.dependencies))
    scopes = {scope for scope in every if scope.partition(":")[2] in groups}
    size = -1
    while len(scopes) != size:
        size = len(scopes)
        scopes |= {each.target for each in manifest.scope_includes if each.scope in scopes}
    return scopes


def with_workspace_locks(
    projects: tuple[Gathered, ...], locks: frozenset[str], subjects: tuple[NormalizedName, ...]
) -> Iterator[Gathered]:
    """Add the lock of a workspace to its members that ask for a subject, and leave out what has only a lock.

    `locks` are the paths of the files that are one.
    """
    workspaces = tuple(_workspaces(projects, locks))
    for project in projects:
        if project.is_context:
            continue
        lent = [lock for each in workspaces if each.covers(project.directory) for lock in each.locks]
        if lent and project.mentions(subjects):
            paths = {manifest.path for manifest in project.manifests}
            more = tuple(lock for lock in lent if lock.path not in paths)
            yield project._replace(manifests=(*project.manifests, *more))
        else:
            yield project


class _Workspace(NamedTuple):
    directory: str
    members: tuple[str, ...]
    locks: tuple[Manifest, ...]

    def covers(self, directory: str) -> bool:
        if directory == self.directory or not is_inside(directory, self.directory):
            return False
        path = relative(directory, self.directory)
        among = [member for member in self.members if glob(f"/{member.removeprefix('!')}").fullmatch(path)]
        return bool(among) and not any(member.startswith("!") for member in among)


def _workspaces(projects: tuple[Gathered, ...], locks: frozenset[str]) -> Iterator[_Workspace]:
    for project in projects:
        for manifest in project.manifests:
            if manifest.members:
                beside = parent(manifest.path)
                found = tuple(each for each in project.manifests if each.path in locks and parent(each.path) == beside)
                yield _Workspace(beside, manifest.members, found)
