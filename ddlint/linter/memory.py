"""Environments with the contents of others are judged once in a run; what was found is moved to the files of each.

Nothing that judges an environment opens a file or knows where the checkout is: it sees the manifests, their paths, and
the text around what they declare. So the paths inside of the project may be others. What is read of a text is noted.
"""

from __future__ import annotations

from collections.abc import Callable

from ddlint.core.model import Located, Manifest, Place, Project, Tracer
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.paths import is_inside, parent
from ddlint.core.report import Finding
from ddlint.core.source import Source, Span
from ddlint.linter.findings import Judged, without_requirements

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Hashable

    from ddlint.core.model import Judging
    from ddlint.project.environments import EnvironmentFiles

_MOST = 1_000
"""So many are kept, the last ones: each holds what its files declare."""


class Memory:
    """What the environments of a project came to, by all that this depends on."""

    def __init__(self) -> None:
        self._known: dict[Hashable, _Entry] = {}

    def judged(
        self,
        directory: str,
        environments: tuple[EnvironmentFiles, ...],
        settings: Judging,
        judge: Callable[[tuple[EnvironmentFiles, ...]], Judged],
        *,
        is_whole: bool = True,
    ) -> Judged:
        """Return what `judge` makes of environments; it is not asked again where it was asked of the same.

        Unless it `is_whole`, the projects lack the requirements that their tracers and Pythons come from.
        """
        contents = _contents(directory, environments)
        if contents is None:
            return judge(environments)
        own = {manifest.path: manifest for each in environments for manifest in each.manifests}
        entry = self._known.get((settings, contents))
        if entry is None or not entry.fits(directory, own):
            if len(self._known) >= _MOST:
                del self._known[next(iter(self._known))]
            entry = self._known[settings, contents] = _entry(directory, environments, judge)
        return _Move(entry.directory, directory, own).judged(entry.judged if is_whole else entry.slim)


class _Noted(Source):
    """A source that notes what is read of its text."""

    __slots__ = ("_of", "is_read", "slices")

    def __init__(self, of: Source) -> None:
        self._of = of
        self.slices: dict[Span, str] = {}
        self.is_read = False
        """Whether all of the text was read."""
        super().__init__(of.path, "", of.encoding, of.bom)

    @property
    def text(self) -> str:
        self.is_read = True
        return self._of.text

    @text.setter
    def text(self, _: str) -> None:
        """Keep the text of the other one."""

    def slice(self, span: Span) -> str:
        found = self.slices[span] = self._of.slice(span)
        return found

    def fits(self, other: Source) -> bool:
        """Return whether what was read is the same in another source."""
        if self.is_read:
            return self._of.text == other.text
        return all(other.slice(span) == text for span, text in self.slices.items())


class _Entry(NamedTuple):
    """What was judged first."""

    directory: str
    judged: Judged
    slim: Judged
    sources: tuple[_Noted, ...]

    def fits(self, directory: str, own: dict[str, Manifest]) -> bool:
        """Return whether the files of another project say the same where this was judged by their text."""
        moved = _mover(self.directory, directory)
        return all(each.fits(own[moved(each.path)].source) for each in self.sources)


def _entry(
    directory: str,
    environments: tuple[EnvironmentFiles, ...],
    judge: Callable[[tuple[EnvironmentFiles, ...]], Judged],
) -> _Entry:
    noted: dict[str, _Noted] = {}
    copies = []
    for each in environments:
        manifests = []
        for manifest in each.manifests:
            source = noted.setdefault(manifest.path, _Noted(manifest.source))
            manifests.append(manifest._replace(source=source))
        copies.append(each._replace(manifests=tuple(manifests)))
    judged = judge(tuple(copies))
    slim = judged._replace(projects=tuple((without_requirements(project), pack) for project, pack in judged.projects))
    return _Entry(directory, judged, slim, tuple(each for each in noted.values() if each.is_read or each.slices))


def _contents(directory: str, environments: tuple[EnvironmentFiles, ...]) -> Hashable:
    """Return all that judging depends on but for texts, with paths relative to the project; `None` if it is not known.

    A file outside of the project may only be one above it: then it is so for every project that has it. Whose
    distribution a file describes is not among it: that only says which files belong to an environment.
    """
    inside = f"{directory.rstrip('/')}/"
    start = len(inside)
    shown: dict[str, Hashable] = {}
    contents = []
    for each in environments:
        if each.injected:
            return None
        manifests = []
        for manifest in each.manifests:
            path = manifest.path
            if path not in shown:
                is_inner = path.startswith(inside)
                if not (is_inner or is_inside(directory, parent(path))) or any(
                    "/" in one for one in manifest.compiled_from
                ):
                    return None
                shown[path] = path[start:] if is_inner else (path, path < directory)
            manifests.append((shown[path], manifest.input, _asked(manifest), manifest[3:-1]))
        named = {path for paths in (each.constraints, each.loose, *each.batches) for path in paths}
        if not named <= shown.keys():
            return None
        sets = tuple(
            frozenset(shown[path] for path in paths) for paths in (each.constraints, each.loose, *each.batches)
        )
        contents.append((each.kind, each.name, each.reasons, each.is_secondary, sets, tuple(manifests)))
    return tuple(contents)


def _asked(manifest: Manifest) -> Hashable:
    """Return what a file asks for; of a lock its text, so that no entry is made."""
    return manifest.dependencies if isinstance(manifest.dependencies, tuple) else manifest.source.text


def _mover(old: str, new: str) -> Callable[[str], str]:
    """Return the function that gives a path of one project in another one."""
    inside, base = f"{old.rstrip('/')}/", f"{new.rstrip('/')}/"
    start = len(inside)
    return lambda path: f"{base}{path[start:]}" if path.startswith(inside) else path


class _Move:
    """Moves what was found in one project to another one."""

    def __init__(self, old: str, new: str, own: dict[str, Manifest]) -> None:
        self._new = new
        self._own = own
        """The files of the other project."""
        self._mover = _mover(old, new)
        self._located: dict[int, tuple[Located, ...]] = {}
        """By the identity of what they were before: most Pythons get what the others do."""

    def judged(self, judged: Judged) -> Judged:
        return Judged(
            tuple((self._project(project), pack) for project, pack in judged.projects),
            tuple(tuple(map(self._finding, each)) for each in judged.findings),
        )

    def _finding(self, finding: Finding) -> Finding:
        fix = finding.fix
        if fix is not None:
            fix = fix._replace(edits=tuple(each._replace(path=self._moved(each.path)) for each in fix.edits))
        return finding._replace(at=self._place(finding.at), related=tuple(map(self._place, finding.related)), fix=fix)

    def _place(self, place: Place) -> Place:
        return Place(self._moved(place.path), place.at, place.message)

    def _project(self, project: Project) -> Project:
        return project._replace(
            path=self._new,
            manifests=tuple(map(self._manifest, project.manifests)),
            pythons=tuple(each._replace(places=tuple(map(self._place, each.places))) for each in project.pythons),
            tracers=tuple(map(self._tracer, project.tracers)),
            platforms=tuple((self._moved(path), platform) for path, platform in project.platforms),
            constraints=self._paths(project.constraints),
            loose=self._paths(project.loose),
            batches=tuple(map(self._paths, project.batches)),
        )

    def _manifest(self, manifest: Manifest) -> Manifest:
        own = self._own[self._moved(manifest.path)]
        return manifest._replace(source=own.source, distribution=own.distribution)

    def _tracer(self, tracer: Tracer) -> Tracer:
        return tracer._replace(
            files=self._paths(tracer.files),
            resolutions=tuple(
                each._replace(by=self._requirements(each.by)) if each.by else each for each in tracer.resolutions
            ),
            declared=self._requirements(tracer.declared),
        )

    def _requirements(self, located: tuple[Located, ...]) -> tuple[Located, ...]:
        if id(located) not in self._located:
            self._located[id(located)] = tuple(Located(self._moved(each.path), each.dependency) for each in located)
        return self._located[id(located)]

    def _paths(self, paths: frozenset[str]) -> frozenset[str]:
        return frozenset(map(self._moved, paths)) if paths else paths

    def _moved(self, path: str) -> str:
        """Return the path of a file, the same object that the file has: thousands of projects are kept."""
        found = self._mover(path)
        return self._own[found].path if found in self._own else found
