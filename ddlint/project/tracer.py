"""Which release of the subject each set of files gets, on each Python: what is locked, else what an installer takes."""

from __future__ import annotations

from packaging.version import Version

from ddlint.core.model import Certainty, Located, Origin, Resolution, Tracer
from ddlint.core.namedtuple import NamedTuple
from ddlint.pack.releases import installs_on, release_index, select_release, supported_pythons
from ddlint.project.installs import role
from ddlint.project.python_versions import active_pythons
from ddlint.versions.markers import applies, both
from ddlint.versions.specifiers import Verdict, allows, pin, verdict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ddlint.core.model import Dependency, Manifest
    from ddlint.pack.pack import Pack


class Grid(NamedTuple):
    """The environments that requirements are tried in."""

    minors: tuple[str, ...]
    """Those that the project declares, or else every known one."""
    systems: tuple[str, ...]
    is_declared: bool
    """Whether the project declares its Pythons."""
    extras: Callable[[], frozenset[str]] = frozenset
    """Give those that the project declares; few markers ask for them."""

    def live(self, dependency: Dependency, minors: tuple[str, ...]) -> tuple[str, ...]:
        """Return those of `minors` on which a requirement is installed."""
        return active_pythons(dependency, minors, self.systems, self.extras)


class _Found(NamedTuple):
    located: Located
    role: Origin


def tracer_of(manifests: tuple[Manifest, ...], constraints: frozenset[str], pack: Pack, grid: Grid) -> Tracer | None:
    """Return the subject as an environment asks for it; nothing where no requirement and no lock entry does."""
    found = tuple(_mentions(manifests, constraints, pack, grid))
    if not any(each.role is not Origin.CONSTRAINT for each in found):
        found = (*found, *_brought(manifests, constraints, pack, grid))
    if not any(each.role is not Origin.CONSTRAINT for each in found):
        return None
    return _forked(frozenset(manifest.path for manifest in manifests), found, pack, grid)


def _forked(files: frozenset[str], found: tuple[_Found, ...], pack: Pack, grid: Grid) -> Tracer:
    """Return one tracer, with several releases on a Python where markers, of a system say, tell them apart."""
    whole = _tracer(files, found, pack, grid)
    if not whole.is_known or not _is_forked(whole, found):
        return whole
    markers = dict.fromkeys(each.located.dependency.marker for each in found if each.role is not Origin.CONSTRAINT)
    parts = dict.fromkeys(
        tuple(
            each for each in found if applies(both(marker, each.located.dependency.marker), grid.minors, grid.systems)
        )
        for marker in markers
    )
    made = [_tracer(files, part, pack, grid) for part in parts]
    if len(made) < 2 or not all(each.is_known for each in made):
        return whole
    return whole._replace(
        resolutions=tuple(dict.fromkeys(one for each in made for one in each.resolutions)),
        stand_in=next((each.stand_in for each in made if each.stand_in), ""),
    )


def _is_forked(whole: Tracer, found: tuple[_Found, ...]) -> bool:
    """Return whether requirements exclude one another, or an entry of the lock is chosen on no Python."""
    if not any(each.release for each in whole.resolutions):
        return True
    locked = {each.located for each in found if each.role is Origin.LOCKED}
    return len(locked) > 1 and not locked <= {located for each in whole.resolutions for located in each.by}


def given(specifier: str, origin: str, files: frozenset[str], pack: Pack, grid: Grid) -> Tracer:
    """Return the tracer of `--tracer` or of the config; a bare version means `==`."""
    text = f"=={specifier.strip()}" if specifier.strip()[:1].isdigit() else specifier.strip()
    choices = [(minor, select_release(pack, (text,), minor)) for minor in (grid.minors if grid.is_declared else ("",))]
    resolutions = tuple(
        Resolution(minor, choice.release, origin, line=choice.line, is_newer=choice.is_newer)
        for minor, choice in choices
    )
    return _with_stand_in(Tracer(files, resolutions), (text,), pack)


def supported(tracers: tuple[Tracer, ...], pack: Pack) -> tuple[str, ...]:
    """Return the minors that the newest of the resolved releases supports; none where nothing is resolved."""
    releases = [each.release for tracer in tracers for each in tracer.resolutions if each.release]
    releases += [tracer.stand_in for tracer in tracers if tracer.stand_in]
    newest = max(dict.fromkeys(releases), key=Version, default="")
    return supported_pythons(pack, newest) if newest else ()


def _brought(manifests: tuple[Manifest, ...], constraints: frozenset[str], pack: Pack, grid: Grid) -> Iterator[_Found]:
    """Yield the requirements of others that bring the subject, each with the range of it that their metadata states."""
    for manifest in manifests:
        for dependency in manifest.dependencies if manifest.path not in constraints else ():
            is_asked = dependency.name in pack.dependents and dependency.origin is Origin.DECLARED
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
        for dependency in manifest.dependencies:
            is_asked = dependency.name == pack.subject and dependency.scope != "build"
            if is_asked and grid.live(dependency, grid.minors):
                yield _Found(Located(manifest.path, dependency), role(dependency.origin, manifest.path, constraints))


def _tracer(files: frozenset[str], found: tuple[_Found, ...], pack: Pack, grid: Grid) -> Tracer:
    declared = tuple(each.located for each in found)
    by_minor = {minor: _deciding(found, minor, pack, grid) for minor in grid.minors}
    if any(not _is_told(each) for located in by_minor.values() for each in located):
        return Tracer(files, (), declared, is_known=False)
    made = _on_each(by_minor, pack) if grid.is_declared else _on_any(by_minor, pack)
    texts = next((_texts(each.by) for each in made if each.by), ())
    return _with_stand_in(Tracer(files, made, declared), texts, pack)


def _with_stand_in(tracer: Tracer, texts: tuple[str, ...], pack: Pack) -> Tracer:
    if any(each.release for each in tracer.resolutions):
        return tracer
    return tracer._replace(stand_in=select_release(pack, texts).release)


def _texts(located: tuple[Located, ...]) -> tuple[str, ...]:
    return tuple(each.dependency.specifier for each in located)


def _is_told(located: Located) -> bool:
    dependency = located.dependency
    return dependency.is_known and verdict(dependency.specifier, ("",)) is not Verdict.UNKNOWN


def _deciding(found: tuple[_Found, ...], minor: str, pack: Pack, grid: Grid) -> tuple[Located, ...]:
    """Return what decides on one Python, the deciding one first: a lock entry, or all requirements together."""
    live = [each for each in found if grid.live(each.located.dependency, (minor,))]
    declared = [each.located for each in live if each.role is Origin.DECLARED]
    overrides = [each.located for each in live if each.role is Origin.OVERRIDE]
    if not declared and any(each.role is Origin.DECLARED for each in found):
        return tuple(overrides)
    locked = [each.located for each in live if each.role is Origin.LOCKED and _is_told(each.located)]
    if locked:
        return (_entry(locked, overrides or declared, minor, pack),)
    constraints = [each.located for each in live if each.role is Origin.CONSTRAINT]
    asked = (overrides or [*declared, *constraints]) if overrides or declared else []
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


def _resolution(minor: str, located: tuple[Located, ...], pack: Pack) -> Resolution:
    choice = select_release(pack, _texts(located), minor)
    is_locked = located[0].dependency.origin is Origin.LOCKED
    is_brought = bool(located[0].dependency.brought_by)
    origin = "locked" if is_locked else "dependent" if is_brought else "declared"
    return Resolution(minor, choice.release, origin, Certainty.BOUNDED, located, choice.line, choice.is_newer)


def _on_each(by_minor: dict[str, tuple[Located, ...]], pack: Pack) -> tuple[Resolution, ...]:
    return tuple(_resolution(minor, located, pack) for minor, located in by_minor.items() if located)


def _on_any(by_minor: dict[str, tuple[Located, ...]], pack: Pack) -> tuple[Resolution, ...]:
    """Return the one resolution of a project that declares no Python: the newest release on any."""
    deciding = set(by_minor.values())
    if len(deciding) < 2:
        return tuple(_resolution("", located, pack) for located in deciding if located)
    newest = max(_on_each(by_minor, pack), key=lambda each: Version(each.release or "0"))
    return (newest._replace(python=""),)
