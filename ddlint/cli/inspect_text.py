"""What `ddlint inspect` shows, for people: every project, the release it gets, and the location of each value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from ddlint.core.model import Certainty, Dependency, Located, Manifest, Project, Resolution
from ddlint.core.paths import relative
from ddlint.core.redact import mask_quoted, shown_value, written
from ddlint.core.source import Source, Span
from ddlint.core.text import escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.project.workspace import Gathered

_Line = tuple[Span, str, str]


def render(projects: Iterable[tuple[Gathered, tuple[tuple[Project, str], ...]]], cwd: str) -> str:
    """Return each project with its environments and its files; `cwd` is what paths are relative to."""
    return "\n".join("\n".join(_project(gathered, each, cwd)) + "\n" for gathered, each in projects)


def _project(gathered: Gathered, each: tuple[tuple[Project, str], ...], cwd: str) -> Iterator[str]:
    yield f"project {written(relative(gathered.directory, cwd))}"
    for project, pack in each:
        yield from environment_lines(project, pack, cwd)
    for manifest in gathered.manifests:
        yield from _file(manifest, cwd)


def decisions(project: Project, pack: str, cwd: str) -> Iterator[str]:
    """Yield what an environment is judged for, below the project that it is of."""
    yield f"project {written(relative(project.path, cwd))}"
    yield from environment_lines(project, pack, cwd)


def environment_lines(project: Project, pack: str, cwd: str) -> Iterator[str]:
    """Yield the name of an environment, its Pythons and platforms, the release it gets on each, and why."""
    if project.name:
        aside = "; what is found here is a notice" if project.is_secondary else ""
        yield f"  environment {written(project.name)} ({project.kind}{aside})"
    indent = "    " if project.name else "  "
    yield from (indent + line for line in _details(project, pack, cwd))


def _details(project: Project, pack: str, cwd: str) -> Iterator[str]:
    if project.pythons:
        runs = groupby(project.pythons, key=lambda python: python.certainty.value)
        told = (f"{_listed([each.minor for each in run])} ({certainty})" for certainty, run in runs)
        yield f"Python {', '.join(told)}"
    platforms = sorted({platform.token for _, platform in project.platforms})
    if platforms:
        yield f"platform {', '.join(platforms)}"
    if project.capabilities:
        yield f"capabilities {', '.join(sorted(project.capabilities))}"
    yield from _tracers(project, pack, cwd)
    for reason in project.reasons:
        yield written(reason)
    for path in sorted(project.loose):
        yield f"{written(relative(path, cwd))} perhaps does not reach it: what is found there is a notice"


def _listed(minors: list[str]) -> str:
    """Write Pythons that follow each other: `3.9`, `3.9 and 3.10`, `3.9 to 3.14`."""
    return minors[0] if len(minors) == 1 else f"{minors[0]} {'to' if len(minors) > 2 else 'and'} {minors[-1]}"


def _tracers(project: Project, pack: str, cwd: str) -> Iterator[str]:
    sources = {manifest.path: manifest.source for manifest in project.manifests}
    if not project.tracers:
        yield "no tracer: nothing is judged"
    for tracer in project.tracers:
        if len(project.tracers) > 1:
            yield f"for {', '.join(written(relative(path, cwd)) for path in sorted(tracer.files))}"
        if not tracer.is_known:
            yield f"{pack} of a version that is not known{_places(tracer.declared, sources, cwd)}"
        for _, group in groupby(tracer.resolutions, key=_decision):
            run = tuple(group)
            yield f"{_resolution(run, pack)}{_places(run[0].by, sources, cwd)}"
        if tracer.stand_in:
            yield f"{pack} {tracer.stand_in} is what libraries are judged with instead"


def _decision(resolution: Resolution) -> Resolution:
    """Return what Pythons share that get the same release for the same reason."""
    return resolution._replace(python="", certainty=Certainty.BOUNDED)


_REASONS = {
    "locked": "as it is locked",
    "declared": "the newest that installs there and meets what is asked for",
    "dependent": "the newest that fits what brings it",
    "injected": "as it is injected",
    "layer": "as the layer was built with",
    "config": "as `tracer` of the config says",
    "option": "as `--tracer` says",
}
_NONE = "no release installs there and meets what is asked for"


def _resolution(run: tuple[Resolution, ...], pack: str) -> str:
    """Return what is installed on Pythons that follow each other, and why that."""
    first = run[0]
    on = f" on Python {_listed([each.python for each in run])}" if first.python else ""
    if not first.release and first.origin == "injected":
        return f"{pack}{on}: injection does not accept that Python"
    if not first.release:
        is_locked = first.origin == "locked"
        return f"{pack}{on}: {'what is locked does not install there' if is_locked else _NONE}"
    newer = f" (not known yet, judged as {first.series})" if first.is_newer else ""
    return f"{pack} {first.release}{newer}{on}, {_REASONS.get(first.origin, first.origin)}"


def _places(by: tuple[Located, ...], sources: dict[str, Source], cwd: str) -> str:
    """Name the requirements and lock entries that decided."""
    named = (_place(each.path, each.dependency, sources, cwd) for each in by)
    listed = ", ".join(dict.fromkeys(named))
    return f": {listed}" if listed else ""


def _place(path: str, dependency: Dependency, sources: dict[str, Source], cwd: str) -> str:
    line, column = sources[path].position(dependency.at.start)
    shown = mask_quoted(dependency.written, sources[path], dependency.at)
    return f"`{shown}` at {written(relative(path, cwd))}:{line}:{column}"


def _file(manifest: Manifest, cwd: str) -> Iterator[str]:
    path = written(relative(manifest.path, cwd))
    obeyed = path.startswith((":", "##"))  # by the runner of a CI, were it the first thing on a line
    yield f"  {'./' * obeyed}{path} ({manifest.input})"
    for span, kind, words in sorted(_lines(manifest)):
        line, column = manifest.source.position(span.start)
        yield f"    {f'{line}:{column}':<10}{kind:<12}{escape(mask_quoted(words, manifest.source, span))}"


def _lines(manifest: Manifest) -> Iterator[_Line]:
    for dependency in manifest.dependencies:
        yield dependency.at, dependency.origin.value, _dependency(dependency, manifest.source)
    for python in manifest.pythons:
        yield python.at, "python", f"{python.written}{' (exact)' if python.is_exact else ''}"
    for setting in manifest.settings:
        value = shown_value(setting)
        yield setting.at, "setting", f"{written(setting.name)}{'' if value is None else f'={value}'}"
    for platform in manifest.platforms:
        yield platform.at, "platform", f"{platform.token} {platform.version}".rstrip()
    for image in manifest.images:
        yield image.at, "image", written(f"{image.name}:{image.tag}")
    for include in manifest.includes:
        yield include.at, "constraints" if include.is_constraint else "include", written(include.target)
    for scope in manifest.scope_includes:
        yield scope.at, "include", written(f"{scope.target}  ({scope.scope})")
    for problem in manifest.problems:
        yield problem.at, problem.code, problem.message


def _dependency(dependency: Dependency, source: Source) -> str:
    scopes = written(", ".join((dependency.scope, *dependency.also_for)))
    notes = [mask_quoted(scopes, source, Span(0, len(source.text)))] if dependency.scope else []
    if not dependency.is_known:
        notes.append("its version is not known")
    shown = dependency.written
    if dependency.origin.value == "locked":
        shown = f"{dependency.name} {dependency.specifier.removeprefix('==')}".rstrip()
    if dependency.extras and "[" not in shown:
        notes.append(f"extras {', '.join(dependency.extras)}")
    if dependency.marker and dependency.marker not in shown:
        notes.append(written(dependency.marker))
    return f"{shown}  ({'; '.join(notes)})" if notes else shown
