"""Which Pythons a project declares, where, and how sure each is."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ddlint.core.model import Certainty, Dependency, Manifest, Origin, Place, Python, PythonRequirement
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.paths import name_of, parent
from ddlint.project.installs import is_lock
from ddlint.versions.markers import applies
from ddlint.versions.specifiers import allowed_minors, ascending, exact_minor, has_bottom, has_top, is_older

TYPE_CHECKING = False
if TYPE_CHECKING:
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
