"""What `ddlint inspect` shows, as JSON: version 1 of a contract that changes only by addition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ddlint.core.model import Dependency, Manifest, Place, Project, Resolution, Tracer
from ddlint.core.paths import relative
from ddlint.core.redact import mask_quoted, shown_value, written
from ddlint.core.source import Source, Span
from ddlint.outputs.common.json_record import dumps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.project.workspace import Gathered

VERSION = 1
_Data = dict[str, object]


def render(projects: Iterable[tuple[Gathered, tuple[tuple[Project, str], ...]]], cwd: str) -> str:
    """Return the files, the projects and their environments, each with the name of the pack that judged it."""
    listed = tuple(projects)
    manifests = {manifest.path: manifest for gathered, _ in listed for manifest in gathered.manifests}
    data = {
        "version": VERSION,
        "files": [_file(manifest, cwd) for _, manifest in sorted(manifests.items())],
        "projects": [_project(gathered, each, cwd) for gathered, each in listed],
        "environments": [
            _environment(project, pack, cwd) for _, each in listed for project, pack in each if project.name
        ],
    }
    return dumps(data)


def _file(manifest: Manifest, cwd: str) -> _Data:
    source = manifest.source
    return {
        "path": relative(manifest.path, cwd),
        "input": manifest.input,
        "dependencies": [_dependency(each, source) for each in manifest.dependencies],
        "pythons": [
            {
                "specifier": each.specifier,
                "written": mask_quoted(each.written, source, each.at),
                "exact": each.is_exact,
                **_range(each.at, source),
            }
            for each in manifest.pythons
        ],
        "settings": [
            {"name": written(each.name), "value": shown_value(each), **_range(each.at, source)}
            for each in manifest.settings
        ],
        "platforms": [
            {"platform": each.token, "version": each.version, **_range(each.at, source)} for each in manifest.platforms
        ],
        "images": [
            {"name": written(each.name), "tag": written(each.tag), **_range(each.at, source)}
            for each in manifest.images
        ],
        "includes": [
            {"target": written(each.target), "constraint": each.is_constraint, **_range(each.at, source)}
            for each in manifest.includes
        ],
        "scope_includes": [
            {"scope": each.scope, "target": each.target, **_range(each.at, source)} for each in manifest.scope_includes
        ],
        "problems": [
            {"code": each.code, "message": mask_quoted(each.message, source, each.at), **_range(each.at, source)}
            for each in manifest.problems
        ],
    }


def _dependency(dependency: Dependency, source: Source) -> _Data:
    return {
        "name": mask_quoted(dependency.name, source, dependency.at),
        "specifier": written(dependency.specifier),
        "marker": mask_quoted(written(dependency.marker), source, dependency.at),
        "extras": list(dependency.extras),
        "origin": dependency.origin.value,
        "scope": mask_quoted(dependency.scope, source, Span(0, len(source.text))),
        "also_for": [mask_quoted(each, source, Span(0, len(source.text))) for each in dependency.also_for],
        "known": dependency.is_known,
        **_range(dependency.at, source),
    }


def _range(span: Span, source: Source) -> _Data:
    return {"start": _position(span.start, source), "end": _position(span.end, source)}


def _position(offset: int, source: Source) -> _Data:
    return dict(source.position(offset)._asdict())


def _project(gathered: Gathered, each: tuple[tuple[Project, str], ...], cwd: str) -> _Data:
    """Return a project with what its environments get, as they are one after the other."""
    pythons: dict[str, _Data] = {}
    for project, _ in each:
        for python in _pythons(project, cwd):
            pythons.setdefault(str(python["minor"]), python)
    return {
        "path": relative(gathered.directory, cwd),
        "pack": each[0][1] if each else "",
        "files": [relative(manifest.path, cwd) for manifest in gathered.manifests],
        "tracer": [one for project, _ in each for one in _tracers(project, cwd)],
        "pythons": [pythons[minor] for minor in sorted(pythons, key=lambda text: [*map(int, text.split("."))])],
        "platforms": sorted({platform.token for project, _ in each for _, platform in project.platforms}),
        "capabilities": sorted({name for project, _ in each for name in project.capabilities}),
    }


def _environment(project: Project, pack: str, cwd: str) -> _Data:
    return {
        "project": relative(project.path, cwd),
        "name": written(project.name),
        "kind": project.kind,
        "pack": pack,
        "files": [relative(manifest.path, cwd) for manifest in project.manifests],
        "constraints": sorted(relative(path, cwd) for path in project.constraints),
        "reasons": [written(reason) for reason in project.reasons],
        "secondary": project.is_secondary,
        "uncertain_files": sorted(relative(path, cwd) for path in project.loose),
        "tracer": _tracers(project, cwd),
        "pythons": _pythons(project, cwd),
        "platforms": sorted({platform.token for _, platform in project.platforms}),
    }


def _sources(project: Project) -> dict[str, Source]:
    return {manifest.path: manifest.source for manifest in project.manifests}


def _tracers(project: Project, cwd: str) -> list[_Data]:
    return [each for tracer in project.tracers for each in _tracer(tracer, _sources(project), cwd)]


def _pythons(project: Project, cwd: str) -> list[_Data]:
    return [
        {
            "minor": python.minor,
            "certainty": python.certainty.value,
            "places": [_place(place, _sources(project), cwd) for place in python.places],
        }
        for python in project.pythons
    ]


def _tracer(tracer: Tracer, sources: dict[str, Source], cwd: str) -> Iterator[_Data]:
    """Return an entry for every Python; a single one where the version is unknown."""
    unknown = Resolution("", "", "unknown", by=tracer.declared)
    for each in tracer.resolutions if tracer.is_known else (unknown,):
        yield {
            "python": each.python or None,
            "release": each.release or None,
            "origin": each.origin,
            "certainty": each.certainty.value,
            "series": each.series or None,
            "newer": each.is_newer,
            "stand_in": tracer.stand_in or None,
            "files": sorted(relative(path, cwd) for path in tracer.files),
            "by": [
                {"path": relative(by.path, cwd), "written": by.dependency.written}
                | _range(by.dependency.at, sources[by.path])
                for by in each.by
            ],
        }


def _place(place: Place, sources: dict[str, Source], cwd: str) -> _Data:
    at = _range(place.at, sources[place.path]) if place.path in sources else {}
    return {"path": relative(place.path, cwd), **at}
