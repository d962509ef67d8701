"""What the checks of libraries look at: live requirements, which of them belong together, and their tracers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice

from ddlint.core.lazy_regex import regex
from ddlint.core.model import (
    Certainty,
    Located,
    LockEntries,
    Manifest,
    NormalizedName,
    Origin,
    Project,
    Resolution,
    Tracer,
)
from ddlint.core.paths import parent
from ddlint.pack.releases import known_series_of, supported_pythons
from ddlint.project.installs import Install, compiled, is_generated, role
from ddlint.project.tracer import active_pythons, declared_extras
from ddlint.versions.markers import applies, both, systems_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    from ddlint.pack.pack import Pack
    from ddlint.pack.support import RequirementVerdict

    _Found = TypeVar("_Found")


_MOST_SIBLINGS = 100
"""Nobody asks for one package so often in files that are installed together; of more, only the first count."""


class EntriesByName(Mapping[str, list[Located]]):
    """The entries of each name in the order of the files, also those whose marker is dead; made when asked for."""

    def __init__(self, manifests: tuple[Manifest, ...]) -> None:
        self._order = {manifest.path: number for number, manifest in enumerate(manifests)}
        self._locks = [
            (each.path, each.dependencies) for each in manifests if isinstance(each.dependencies, LockEntries)
        ]
        self._merged: dict[str, list[Located]] = {}
        self.written: dict[str, list[Located]] = {}
        """The same without locks whose entries are made when they are asked for."""
        for manifest in manifests:
            for each in manifest.written:
                if each.scope != "build":
                    self.written.setdefault(each.name, []).append(Located(manifest.path, each))

    def __getitem__(self, name: str) -> list[Located]:
        """Return the entries of a name that has some."""
        if not self._locks:
            return self.written[name]
        if name not in self:
            raise KeyError(name)
        if name not in self._merged:
            wanted = {NormalizedName(name)}
            locked = (Located(path, each) for path, entries in self._locks for each in entries.named(wanted))
            every = (*self.written.get(name, ()), *locked)
            self._merged[name] = sorted(every, key=lambda each: self._order[each.path])
        return self._merged[name]

    def __contains__(self, name: object) -> bool:
        """Return whether something has a name."""
        return name in self.written or any(name in entries.names for _, entries in self._locks)

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        return iter(dict.fromkeys((*self.written, *(name for _, entries in self._locks for name in entries.names))))

    def __len__(self) -> int:
        """Count the names."""
        return sum(1 for _ in self)


class CheckContext:
    """A project with what follows from it for every check; made once for each project and pack."""

    __slots__ = (
        "_entries",
        "_extras",
        "_installed",
        "_known",
        "_minors",
        "_needed",
        "_resolutions",
        "_roles",
        "_siblings",
        "by_name",
        "compiled",
        "generated",
        "installs",
        "pack",
        "project",
        "settings",
        "systems",
        "verdicts",
    )

    def __init__(self, project: Project, pack: Pack) -> None:
        self.project, self.pack = project, pack
        self.verdicts: tuple[RequirementVerdict, ...] | None = None
        """Of its libraries; `judgements` of `_told` makes them once."""
        self._needed: dict[str, set[NormalizedName]] = {}
        self._resolutions: dict[tuple[int, str], tuple[Tracer, tuple[Resolution, ...]]] = {}
        self._roles: dict[tuple[Origin, str], Origin] = {}
        self._siblings: dict[tuple[NormalizedName, str], tuple[Located, ...]] = {}
        self._extras: frozenset[str] | None = None
        self._installed: dict[str, frozenset[str]] = {}
        paths = tuple(manifest.path for manifest in project.manifests)
        self.installs = (Install(paths[0], paths, project.constraints),) if paths else ()
        """Which files are installed together."""
        self.compiled = compiled(project.manifests)
        """Paths of requirement files that a tool made from others."""
        self.generated = frozenset(each.path for each in project.manifests if is_generated(each.source))
        """Paths of files whose head says that a tool wrote them."""
        self.settings = switched(project, pack)
        self._known: tuple[Located, ...] | None = None
        self._minors = tuple(python.minor for python in project.pythons) or pack.pythons
        self.systems = systems_of(tuple(platform.token for _, platform in project.platforms))
        """Values of `sys_platform` that it may run on: all, where no platform is named."""
        self._entries: tuple[Located, ...] | None = None
        self.by_name = EntriesByName(project.manifests)
        """Every requirement and lock entry by normalized name; what only builds the project is left out."""

    @property
    def entries(self) -> tuple[Located, ...]:
        """Every requirement and lock entry, in the order of the files: that makes all entries of a lock."""
        if self._entries is None:
            self._entries = tuple(
                Located(manifest.path, dependency)
                for manifest in self.project.manifests
                for dependency in manifest.dependencies
                if dependency.scope != "build"
            )
        return self._entries

    @property
    def written(self) -> Iterator[Located]:
        """The same without locks whose entries are made when they are asked for."""
        return (located for entries in self.by_name.written.values() for located in entries)

    def edges(self, path: str) -> Iterator[tuple[NormalizedName, tuple[NormalizedName, ...]]]:
        """Yield the name of each entry of a file with the names that it depends on."""
        manifest = next(each for each in self.project.manifests if each.path == path)
        entries = manifest.dependencies
        if isinstance(entries, LockEntries):
            return entries.edges()
        return ((each.name, each.requires) for each in entries if each.scope != "build")

    def active_pythons(self, located: Located) -> tuple[str, ...]:
        """Return the Pythons on which a requirement is installed; none where its marker is dead."""
        return active_pythons(located.dependency, self._minors, self.systems, self.extras)

    def extras(self) -> frozenset[str]:
        """Return the extras that the project declares; found once, as few markers ask for them."""
        if self._extras is None:
            self._extras = declared_extras(self.project.manifests)
        return self._extras

    def holds_on(self, marker: str) -> tuple[str, ...]:
        """Return the Pythons on which a marker holds."""
        return applies(marker, self._minors, self.systems)

    def known(self) -> tuple[Located, ...]:
        """Return the live requirements that the pack says something about, but for the subject itself."""
        if self._known is None:
            named = (NormalizedName(name) for name in self.by_name if name != self.pack.subject)
            names = {name for name in named if self.pack.knows(name)}
            every = (
                Located(manifest.path, each)
                for manifest in self.project.manifests
                for each in manifest.named(names)
                if each.scope != "build"
            )
            self._known = tuple(located for located in every if self.active_pythons(located))
        return self._known

    def tracers(self, located: Located) -> tuple[Tracer, ...]:
        """Return the tracers that a requirement is judged with: those installed with its file, or else all."""
        own = tuple(tracer for tracer in self.project.tracers if located.path in tracer.files)
        return own or self.project.tracers

    def is_resolved(self, located: Located) -> bool:
        """Return whether a tool wrote the entry, so that it is the version that a declaration got."""
        return located.dependency.origin is Origin.LOCKED or located.path in self.compiled

    def is_foreign(self, located: Located) -> bool:
        """Return whether an entry is in a lock above the project, and nothing that this declares leads to it."""
        directory = parent(located.path)
        is_above = self.is_resolved(located) and self.project.path.startswith(f"{directory.rstrip('/')}/")
        return is_above and located.dependency.name not in self.needed(located.path)

    def needed(self, path: str) -> set[NormalizedName]:
        """Return the names that the edges of a lock lead to from what the project declares."""
        if path not in self._needed:
            edges: dict[NormalizedName, list[NormalizedName]] = {}
            for name, required in self.edges(path):
                edges.setdefault(name, []).extend(required)
            waiting = [each.dependency.name for each in self.written if not self.is_resolved(each)]
            found = set(waiting)
            while waiting:
                new = {name for name in edges.get(waiting.pop(), ()) if name not in found}
                found |= new
                waiting += new
            self._needed[path] = found
        return self._needed[path]

    def siblings(self, located: Located) -> tuple[Located, ...]:
        """Return the other live entries of the same name that are installed with this one."""
        name, path = located.dependency.name, located.path
        if (name, path) not in self._siblings:
            paths = self.installed_with(path)
            live = (each for each in self.by_name.get(name, ()) if each.path in paths and self.active_pythons(each))
            self._siblings[name, path] = tuple(islice(live, _MOST_SIBLINGS))
        return tuple(each for each in self._siblings[name, path] if each != located)

    def installed_with(self, path: str) -> frozenset[str]:
        """Return the paths of the files that are installed together with one, which is one of them."""
        if path not in self._installed:
            found = (each for install in self.installs if path in install.files for each in install.files)
            self._installed[path] = frozenset(found)
        return self._installed[path]

    def role(self, located: Located) -> Origin:
        """Return the part an entry plays: a declaration in a file that is only ever a constraint is one."""
        origin, path = located.dependency.origin, located.path
        if (origin, path) not in self._roles:
            self._roles[origin, path] = role(origin, path, self.project.constraints)
        return self._roles[origin, path]

    def resolutions(self, tracer: Tracer, located: Located) -> tuple[Resolution, ...]:
        """Return the releases that a requirement meets, one for each Python that is not open (all, where all are)."""
        key = (id(tracer), located.dependency.marker)
        if key not in self._resolutions:
            self._resolutions[key] = tracer, self._met(tracer, located)
        return self._resolutions[key][1]

    def _met(self, tracer: Tracer, located: Located) -> tuple[Resolution, ...]:
        live = self.active_pythons(located)
        told = tuple(each for each in bounded_resolutions(tracer) if each.release)
        if told:
            return tuple(each for each in told if self._meets(each, located, live))
        if not tracer.stand_in:
            return ()
        return (
            Resolution(
                "", tracer.stand_in, "declared", series=known_series_of(self.pack, tracer.stand_in), by=_by(tracer)
            ),
        )

    def _meets(self, resolution: Resolution, located: Located, live: tuple[str, ...]) -> bool:
        """Return whether a requirement and a release are installed together on a Python that both markers allow."""
        own, minors = located.dependency.marker, live
        if resolution.python:
            minors = (resolution.python,) if resolution.python in live else ()
        elif own:
            supported = supported_pythons(self.pack, resolution.release)
            minors = tuple(minor for minor in live if minor in supported)
        if not own:
            return bool(minors)
        others = {each.dependency.marker for each in resolution.by} or {""}
        return any(applies(both(own, other), minors, self.systems) for other in others)


def _by(tracer: Tracer) -> tuple[Located, ...]:
    return next((each.by for each in tracer.resolutions if each.by), tracer.declared)


def bounded_resolutions(tracer: Tracer) -> tuple[Resolution, ...]:
    """Return the resolutions on Pythons that are not open, or all where every Python is open."""
    sure = tuple(each for each in tracer.resolutions if each.certainty is not Certainty.OPEN)
    return sure or tracer.resolutions


def on_every_tracer(
    tracers: Iterable[Tracer], find: Callable[[Tracer], list[_Found]]
) -> tuple[Tracer, list[_Found]] | None:
    """Return the first tracer with what is found for it; nothing unless something is found for every one."""
    first: tuple[Tracer, list[_Found]] | None = None
    for tracer in tracers:
        found = find(tracer)
        if not found:
            return None
        first = first or (tracer, found)
    return first


_LAST: list[CheckContext] = []


def context_of(project: Project, pack: Pack) -> CheckContext:
    """Return the context of a project; the last one is kept for the next check."""
    if not (_LAST and _LAST[0].project is project and _LAST[0].pack is pack):
        _LAST[:] = [CheckContext(project, pack)]
    return _LAST[0]


_PAIR = regex(r"(?P<integration>[^\s,:]+)(?::(?P<value>[^\s,:]*))?")
"""`tornado:true` of a list that is parted by commas or blanks; what has no value is left to the reader's intent."""


def switched(project: Project, pack: Pack) -> dict[str, str | None]:
    """Return every setting by its name, and its value: `None` where that is set from elsewhere."""
    made = {each.name: each.value for manifest in project.manifests for each in manifest.settings}
    if made:
        from ddlint.pack.protection_rows import Setting
        from ddlint.pack.support_rows import OnlySwitch

        for only in pack.rows(OnlySwitch):
            if only.variable in made:
                named = pairs(made[only.variable] or "")
                made |= {f"{only.variable}={name}:true": text for name, text in named.items()}
        for row in pack.rows(Setting):
            if row.is_overruling and row.variable in made:
                made.update(_overruled(pack, made[row.variable]))
    return made


def _overruled(pack: Pack, value: str | None) -> Iterator[tuple[str, str | None]]:
    """Yield the switches that a list sets; all of them, to what is not known here, where it is set from elsewhere."""
    if value is None:
        every = {each for name in pack.distributions for each in pack.integrations(name)}
        named: dict[str, str | None] = dict.fromkeys(sorted(every))
    else:
        named = pairs(value)
    for integration, text in named.items():
        for switch in dict.fromkeys(row.switch for row in pack.defaults(integration) if row.switch):
            yield switch, text


def pairs(value: str) -> dict[str, str | None]:
    """Read `integration:bool,...`; an integration without a value has `None`."""
    return {match["integration"]: match["value"] for match in _PAIR.finditer(value)}
