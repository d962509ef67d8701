"""Which Pythons a project declares, and which release of the subject each set of files gets on each of them.

What is locked counts, else what an installer takes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ddlint.core.model import (
    Certainty,
    Dependency,
    Located,
    Manifest,
    Origin,
    Place,
    Python,
    PythonRequirement,
    Resolution,
    Tracer,
)
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.paths import name_of, parent
from ddlint.pack.releases import installs_on, release_index, satisfying, select_release, supported_pythons
from ddlint.project.installs import PIP, Installer, is_lock, role
from ddlint.versions.markers import applies, both, together
from ddlint.versions.ranges import Version
from ddlint.versions.specifiers import (
    Verdict,
    allowed_minors,
    allows,
    ascending,
    exact_minor,
    has_bottom,
    has_top,
    is_older,
    pin,
    verdict,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.pack.pack import Pack

    _ByMinor = dict[str, tuple[tuple[Located, ...], ...]]
    _Statement = tuple[str, PythonRequirement]


_EXTRA = "extra:"


class Declared(NamedTuple):
    """What a project states of its Pythons."""

    pythons: tuple[Python, ...]
    """The minors, ascending; those of a range count as bounded until the release of the subject is known."""
    ranges: tuple[str, ...]
    """The specifiers of its ranges, of which all must be met."""


def declared_extras(manifests: tuple[Manifest, ...]) -> frozenset[str]:
    """Return the names of the extras that the files of a project define."""
    scopes = {scope for manifest in manifests for each in manifest.dependencies for scope in each.scopes}
    scopes |= {each.scope for manifest in manifests for each in manifest.scope_includes}
    return frozenset(scope.removeprefix(_EXTRA) for scope in scopes if scope.startswith(_EXTRA))


def active_pythons(
    dependency: Dependency, minors: tuple[str, ...], systems: tuple[str, ...], extras: Callable[[], frozenset[str]]
) -> tuple[str, ...]:
    """Return those of `minors` on which a requirement is installed; none where its marker is dead.

    The markers of a lock name extras of other packages too, so only a declared one asks for those of the project.
    """
    marker = dependency.marker
    if not marker:
        return minors
    is_free = dependency.origin is Origin.LOCKED or "extra" not in marker
    return applies(marker, minors, systems, None if is_free else extras())


def declared_pythons(manifests: tuple[Manifest, ...], known: tuple[str, ...], directory: str = "") -> Declared:
    """Read the statements: hints and version files name a Python, the others give ranges.

    A project beats its scripts, which have an environment of their own, and a manifest beats its lock. But a lock that
    is above `directory` was made for all members of a workspace: it has none but the Pythons of all of them.
    """
    every = [(manifest.path, stated) for manifest in manifests for stated in manifest.pythons]
    exact = _ruling(each for each in every if exact_minor(each[1].specifier) and each[1].is_exact)
    ranges = _ruling(each for each in every if not (exact_minor(each[1].specifier) and each[1].is_exact))
    named = {exact_minor(stated.specifier) for _, stated in exact}
    shared = tuple(stated.specifier for path, stated in every if is_lock(path) and _is_above(path, directory))
    between = _between((*(stated.specifier for _, stated in ranges), *shared), known)
    pythons = tuple(
        Python(
            minor,
            Certainty.EXACT if minor in named else Certainty.BOUNDED,
            tuple(_places(minor, exact)) + (tuple(_places(minor, ranges)) if minor in between else ()),
        )
        for minor in ascending((*named, *between))
    )
    return Declared(pythons, (*(stated.specifier for _, stated in ranges), *shared) if between else ())


def _is_above(path: str, directory: str) -> bool:
    return directory.startswith(f"{parent(path).rstrip('/')}/")


def _ruling(statements: Iterable[_Statement]) -> list[_Statement]:
    every = list(statements)
    for rank in range(3):
        if chosen := [each for each in every if _rank(each[0]) == rank]:
            return chosen
    return []


def _rank(path: str) -> int:
    if is_lock(path):
        return 2
    return 1 if path.endswith(".py") and name_of(path) != "setup.py" else 0


def _between(ranges: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
    """Return the minors that every range allows; where ranges exclude one another, those of any."""
    if not ranges:
        return ()
    sets = [set(allowed_minors(text, known)) for text in ranges]
    return tuple(minor for minor in known if minor in (set.intersection(*sets) or set.union(*sets)))


def _places(minor: str, statements: list[_Statement]) -> Iterable[Place]:
    for path, stated in statements:
        if allowed_minors(stated.specifier, (minor,)):
            yield Place(path, stated.at, stated.written)


def with_certainty(
    declared: Declared, known: tuple[str, ...], supported_pythons: Callable[[], tuple[str, ...]]
) -> tuple[Python, ...]:
    """Mark as open what only a missing bound allows: the minors beyond those that the resolved release supports.

    The lowest minor of all is bounded where a bound or a statement names it, and so is the highest one.
    """
    minors = [python.minor for python in declared.pythons]
    bounded = {python.minor for python in declared.pythons if python.certainty is Certainty.BOUNDED}
    is_open_above = not any(has_top(text, known[-1]) for text in declared.ranges)
    is_open_below = not any(has_bottom(text) for text in declared.ranges)
    supported = supported_pythons() if bounded and (is_open_above or is_open_below) else ()
    opens: set[str] = set()
    if supported and is_open_above:
        opens |= {minor for minor in minors[1:] if is_older(supported[-1], minor)}
    if supported and is_open_below:
        opens |= {minor for minor in minors[:-1] if is_older(minor, supported[0])}
    return tuple(
        python._replace(certainty=Certainty.OPEN) if python.minor in opens & bounded else python
        for python in declared.pythons
    )


class Grid(NamedTuple):
    """The environments that requirements are tried in."""

    minors: tuple[str, ...]
    """Those that the project declares, or else every known one."""
    systems: tuple[str, ...]
    is_declared: bool
    """Whether the project declares its Pythons."""
    extras: Callable[[], frozenset[str]] = frozenset
    """Return those that the project declares; few markers ask for them."""
    installer: Installer = PIP

    def live(self, dependency: Dependency, minors: tuple[str, ...]) -> tuple[str, ...]:
        """Return those of `minors` on which a requirement is installed."""
        return active_pythons(dependency, minors, self.systems, self.extras)


class _Found(NamedTuple):
    located: Located
    role: Origin


def tracer_of(manifests: tuple[Manifest, ...], constraints: frozenset[str], pack: Pack, grid: Grid) -> Tracer | None:
    """Return the subject as an environment asks for it; nothing where no requirement and no lock entry does."""
    found = tuple(_mentions(manifests, constraints, pack, grid))
    is_asked = any(each.role is not Origin.CONSTRAINT for each in found)
    brought = tuple(_brought(manifests, constraints, pack, grid))
    found = (*found, *(each._replace(role=Origin.CONSTRAINT) if is_asked else each for each in brought))
    if not any(each.role is not Origin.CONSTRAINT for each in found):
        return None
    return _tracer(frozenset(manifest.path for manifest in manifests), found, pack, grid)


def given(specifier: str, origin: str, files: frozenset[str], pack: Pack, grid: Grid) -> Tracer:
    """Return the tracer of `--tracer` or of the config; a bare version means `==`."""
    text = f"=={specifier.strip()}" if specifier.strip()[:1].isdigit() else specifier.strip()
    minors = grid.minors if grid.is_declared else ("",)
    choices = [(minor, select_release(pack, (text,), minor, is_capped=grid.installer.is_capped)) for minor in minors]
    resolutions = tuple(
        Resolution(minor, choice.release, origin, series=choice.series, is_newer=choice.is_newer)
        for minor, choice in choices
    )
    return _with_stand_in(Tracer(files, resolutions, installer=grid.installer.tool), (text,), pack)


def supported(tracers: tuple[Tracer, ...], pack: Pack) -> tuple[str, ...]:
    """Return the minors that the newest of the resolved releases supports; none where nothing is resolved."""
    releases = [each.release for tracer in tracers for each in tracer.resolutions if each.release]
    releases += [tracer.stand_in for tracer in tracers if tracer.stand_in]
    newest = max(dict.fromkeys(releases), key=Version, default="")
    return supported_pythons(pack, newest) if newest else ()


def _brought(manifests: tuple[Manifest, ...], constraints: frozenset[str], pack: Pack, grid: Grid) -> Iterator[_Found]:
    """Yield the requirements of others that bring the subject, each with the range of it that their metadata states."""
    for manifest in manifests:
        for dependency in manifest.named(pack.dependents) if manifest.path not in constraints else ():
            is_asked = dependency.origin is Origin.DECLARED
            if is_asked and dependency.is_known and dependency.scope != "build" and grid.live(dependency, grid.minors):
                for brought in _as_brought(dependency, pack):
                    yield _Found(Located(manifest.path, brought), Origin.DECLARED)


def _as_brought(dependency: Dependency, pack: Pack) -> tuple[Dependency, ...]:
    """Return what the newest version that a requirement allows demands of the subject: one for each of its Pythons."""
    from ddlint.pack.install_rows import Dependent

    rows = [row for row in pack.rows(Dependent) if row.distribution == dependency.name]
    met = [row for row in rows if verdict(dependency.specifier, (row.versions,)) is not Verdict.UNSUPPORTED]
    return tuple(
        dependency._replace(
            name=pack.subject,
            specifier=row.specifier,
            marker=both(dependency.marker, marker_of(row.python)),
            extras=(),
            brought_by=dependency.name,
        )
        for row in met
        if row.versions == met[-1].versions
    )


def marker_of(pythons: str) -> str:
    """Return a specifier of Pythons as a marker: `python_version >= "3.8" and python_version < "3.10"`."""
    clauses = (clause.strip() for clause in pythons.split(",") if clause.strip())
    parts = ((clause.rstrip("0123456789.*"), clause.lstrip("<>=!~ ")) for clause in clauses)
    return " and ".join(f'python_version {operator.strip()} "{minor}"' for operator, minor in parts)


def _mentions(manifests: tuple[Manifest, ...], constraints: frozenset[str], pack: Pack, grid: Grid) -> Iterator[_Found]:
    for manifest in manifests:
        for dependency in manifest.named({pack.subject}):
            if dependency.scope != "build" and grid.live(dependency, grid.minors):
                yield _Found(Located(manifest.path, dependency), role(dependency.origin, manifest.path, constraints))


def _tracer(files: frozenset[str], found: tuple[_Found, ...], pack: Pack, grid: Grid) -> Tracer:
    declared = tuple(
        each.located for each in found if each.role is not Origin.CONSTRAINT or not each.located.dependency.brought_by
    )
    every = _on_all(found, pack, grid)
    if grid.installer.forks and grid.is_declared:
        from ddlint.project.locking import unforked

        every = unforked(every)
    by_minor = {minor: tuple(each for each in decisions if _is_decided(each)) for minor, decisions in every.items()}
    if any(every.values()) and not any(by_minor.values()):
        return Tracer(files, (), declared, is_known=False)
    made = _on_each(by_minor, pack, grid.installer) if grid.is_declared else _on_any(by_minor, pack, grid.installer)
    texts = next((_texts(each.by) for each in made if each.by), ())
    installer = grid.installer
    is_chosen = any(each.origin != "locked" for each in made)
    if is_chosen and (installer.needs_one_for_all if grid.is_declared else installer.locks_for_any):
        from ddlint.project.locking import locked_for_all

        made = locked_for_all(made, installer, pack, lambda minor: tuple(_decisions(found, minor, pack, grid)))
    return _with_stand_in(
        Tracer(files, made, declared, installer=installer.tool if is_chosen and not installer.has_lock else ""),
        texts,
        pack,
    )


def _on_all(found: tuple[_Found, ...], pack: Pack, grid: Grid) -> _ByMinor:
    """Return what decides on each Python; without markers, and with one lock entry at most, that is the same on all."""
    is_same = not any(each.located.dependency.marker for each in found)
    if is_same and sum(each.role is Origin.LOCKED for each in found) < 2:
        return dict.fromkeys(grid.minors, tuple(_decisions(found, grid.minors[0], pack, grid)) if grid.minors else ())
    return {minor: tuple(_decisions(found, minor, pack, grid)) for minor in grid.minors}


def _is_decided(located: tuple[Located, ...]) -> bool:
    return all(_is_told(each) for each in located)


def _with_stand_in(tracer: Tracer, texts: tuple[str, ...], pack: Pack) -> Tracer:
    if any(each.release for each in tracer.resolutions):
        return tracer
    return tracer._replace(stand_in=select_release(pack, texts).release)


def _texts(located: tuple[Located, ...]) -> tuple[str, ...]:
    return tuple(each.dependency.specifier for each in located)


def _is_told(located: Located) -> bool:
    dependency = located.dependency
    return dependency.is_known and verdict(dependency.specifier, ("",)) is not Verdict.UNKNOWN


def _decisions(found: tuple[_Found, ...], minor: str, pack: Pack, grid: Grid) -> Iterator[tuple[Located, ...]]:
    """Yield what decides on one Python, once for each kind of machine that gets something else there."""
    live = [each for each in found if grid.live(each.located.dependency, (minor,))]
    markers = tuple(dict.fromkeys(each.located.dependency.marker for each in live))
    made: dict[tuple[Located, ...], None] = {}
    for place in together(markers, minor, grid.systems) if any(markers) else (frozenset(markers),):
        met = [each for each in live if each.located.dependency.marker in place]
        if decided := _deciding(found, met, minor, pack):
            made[decided] = None
    has_lock = any(each[0].dependency.origin is Origin.LOCKED for each in made)
    yield from (each for each in made if not has_lock or each[0].dependency.origin is Origin.LOCKED)


def _deciding(found: tuple[_Found, ...], live: list[_Found], minor: str, pack: Pack) -> tuple[Located, ...]:
    """Return what decides in one place, the deciding one first: a lock entry, or all requirements together.

    What brings the subject narrows what is asked of it, but for what it excludes altogether, which is DD501.
    An override replaces every requirement, also where its marker takes the subject away.
    """
    declared = [each.located for each in live if each.role is Origin.DECLARED]
    overrides = [each.located for each in live if each.role is Origin.OVERRIDE]
    is_overridden = any(each.role is Origin.OVERRIDE for each in found)
    if is_overridden:
        declared = []
    elif not declared and any(each.role is Origin.DECLARED for each in found):
        return ()
    locked = [each.located for each in live if each.role is Origin.LOCKED and _is_told(each.located)]
    if locked:
        return (_entry(locked, overrides or declared, minor, pack),)
    constraints = [each.located for each in live if each.role is Origin.CONSTRAINT]
    asked = [*(overrides or declared), *constraints] if overrides or declared else []
    if any(each.dependency.brought_by for each in asked) and not satisfying(pack, _texts(tuple(asked))):
        asked = [each for each in asked if not each.dependency.brought_by] or asked
    return tuple(sorted(asked, key=lambda each: not pin(each.dependency.specifier)))


def _entry(locked: list[Located], asked: list[Located], minor: str, pack: Pack) -> Located:
    """Choose among several lock entries: one that meets the requirement, then one that installs, then the newest."""
    if len(locked) == 1:
        return locked[0]
    releases = release_index(pack)

    def preference(entry: Located) -> tuple[bool, bool, Version]:
        text = pin(entry.dependency.specifier) or "0"
        known = releases.find(text)
        is_asked = all(allows(each.dependency.specifier, text) for each in asked)
        return (is_asked, known is None or installs_on(known, minor), Version(text))

    return max(locked, key=preference)


def _resolution(minor: str, located: tuple[Located, ...], pack: Pack, installer: Installer) -> Resolution:
    choice = select_release(
        pack, _texts(located), minor, is_capped=installer.is_capped, takes_early=installer.tool == "pip"
    )
    is_locked = located[0].dependency.origin is Origin.LOCKED
    is_brought = bool(located[0].dependency.brought_by)
    origin = "locked" if is_locked else "dependent" if is_brought else "declared"
    return Resolution(minor, choice.release, origin, Certainty.BOUNDED, located, choice.series, choice.is_newer)


def _on_each(by_minor: _ByMinor, pack: Pack, installer: Installer) -> tuple[Resolution, ...]:
    return tuple(
        _resolution(minor, located, pack, installer) for minor, decisions in by_minor.items() for located in decisions
    )


def _on_any(by_minor: _ByMinor, pack: Pack, installer: Installer) -> tuple[Resolution, ...]:
    """Return the resolutions of a project that declares no Python: those on the one with the newest release."""
    deciding = set(by_minor.values())
    if len(deciding) < 2:
        return tuple(_resolution("", located, pack, installer) for decisions in deciding for located in decisions)
    made = _on_each(by_minor, pack, installer)
    newest = max(made, key=lambda each: Version(each.release or "0"))
    there = (each for each in made if each.python == newest.python)
    return tuple(dict.fromkeys(each._replace(python="") for each in (newest, *there)))
