"""Where a project says something, as a reader finds it."""

from __future__ import annotations

from ddlint.core.model import Located, Origin, Place, Project
from ddlint.core.source import Source, Span
from ddlint.plan.model import Declaration, Kind, Location
from ddlint.versions.specifiers import pin

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.plan.libraries import Library


def source_of(project: Project, path: str) -> Source | None:
    """Return the source of a file of the project."""
    return next((each.source for each in project.manifests if each.path == path), None)


def location_of(project: Project, path: str, at: Span) -> Location | None:
    """Return where a span starts; nothing for a place in no file of the project, such as a config."""
    source = source_of(project, path)
    if source is None:
        return None
    position = source.position(min(max(at.start, 0), len(source.text)))
    return Location(path, position.line, position.column)


def declaration_at(project: Project, located: Located, *, is_resolved: bool = False) -> Declaration:
    """Return a requirement as it is written, or the version of a lock entry."""
    dependency = located.dependency
    version = pin(dependency.specifier)
    is_locked = is_resolved or dependency.origin is Origin.LOCKED
    text = version if is_locked and version else dependency.written
    origin = Origin.LOCKED if is_locked else dependency.origin
    return Declaration(text, origin.value, location_of(project, located.path, dependency.at))


def related_place(project: Project, place: Place) -> Declaration:
    """Return a place with what is to be said of it there."""
    return Declaration(place.message, "place", location_of(project, place.path, place.at))


def declarations_of(project: Project, kind: Kind, name: str, library: Library | None) -> tuple[Declaration, ...]:
    """Return all that a project says of what a row is about, each place once."""
    if library is not None:
        resolved = frozenset(library.judged) - frozenset(library.asked)
        every = dict.fromkeys((*library.asked, *library.judged))
        return tuple(declaration_at(project, each, is_resolved=_is_answer(each, resolved)) for each in every)
    if kind is Kind.PYTHON:
        places = (place for python in project.pythons if python.minor == name for place in python.places)
        return tuple(
            Declaration(place.message, "declared", location_of(project, place.path, place.at)) for place in places
        )
    return tuple(
        Declaration(platform.token, "declared" if path else "config", location_of(project, path, platform.at))
        for path, platform in project.platforms
        if f"{platform.token} {platform.version}".strip() == name
    )


def _is_answer(located: Located, resolved: frozenset[Located]) -> bool:
    return located in resolved and located.dependency.origin is Origin.DECLARED
