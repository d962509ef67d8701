"""The projects of a run: where their files are, and what was read of them, which `inspect` shows and checks judge."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ddlint.core.model import Manifest, NormalizedName
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.paths import glob, is_inside, parent, relative
from ddlint.project.walk import is_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.config.settings import Config
    from ddlint.project.read import Reader


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
        return any(dependency.name in wanted for manifest in self.manifests for dependency in manifest.dependencies)


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
