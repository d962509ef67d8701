"""What `ddlint inspect` shows, for people: every project, the release it gets, and what stands where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ddlint.commands.secrets import shown_value
from ddlint.inputs._written import written
from ddlint.paths import relative

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ddlint.model import Dependency, Manifest, Project, Resolution, Tracer
    from ddlint.source import Source, Span

_Line = tuple["Span", str, str]


def render(projects: Iterable[tuple[Project, str]], cwd: str) -> str:
    """Give the projects with their files; `cwd` is what paths are relative to."""
    return "\n".join("\n".join(_project(project, pack, cwd)) + "\n" for project, pack in projects)


def _project(project: Project, pack: str, cwd: str) -> Iterator[str]:
    yield from decisions(project, pack, cwd)
    for manifest in project.manifests:
        yield from _file(manifest, cwd)


def decisions(project: Project, pack: str, cwd: str) -> Iterator[str]:
    """Say what a project is judged for: its Pythons and platforms, and the release it gets on each, and why."""
    yield f"project {written(relative(project.path, cwd))}"
    pythons = [f"{python.minor} ({python.certainty.value})" for python in project.pythons]
    if pythons:
        yield f"  Python {', '.join(pythons)}"
    platforms = sorted({platform.token for _, platform in project.platforms})
    if platforms:
        yield f"  platform {', '.join(platforms)}"
    if project.capabilities:
        yield f"  capabilities {', '.join(sorted(project.capabilities))}"
    yield from _tracers(project, pack, cwd)


def _tracers(project: Project, pack: str, cwd: str) -> Iterator[str]:
    sources = {manifest.path: manifest.source for manifest in project.manifests}
    if not project.tracers:
        yield "  no tracer: nothing is judged"
    for tracer in project.tracers:
        if not tracer.is_known:
            yield f"  {pack} of a version that cannot be told{_told(tracer, sources, cwd)}"
        for resolution in tracer.resolutions:
            yield f"  {pack} {_resolution(resolution, sources, cwd)}"


def _told(tracer: Tracer, sources: dict[str, Source], cwd: str) -> str:
    return "".join(f", {_place(each.path, each.dependency, sources, cwd)}" for each in tracer.declared[:1])


def _resolution(resolution: Resolution, sources: dict[str, Source], cwd: str) -> str:
    release = resolution.release or "cannot be installed"
    python = f" on Python {resolution.python} ({resolution.certainty.value})" if resolution.python else ""
    by = "".join(f", {_place(each.path, each.dependency, sources, cwd)}" for each in resolution.by[:1])
    newer = f", judged as {resolution.line}" if resolution.is_newer else ""
    return f"{release}{python}: {resolution.origin}{by}{newer}"


def _place(path: str, dependency: Dependency, sources: dict[str, Source], cwd: str) -> str:
    line, column = sources[path].position(dependency.at.start)
    return f"`{dependency.written}` at {written(relative(path, cwd))}:{line}:{column}"


def _file(manifest: Manifest, cwd: str) -> Iterator[str]:
    yield f"  {written(relative(manifest.path, cwd))} ({manifest.input})"
    for span, kind, words in sorted(_lines(manifest)):
        line, column = manifest.source.position(span.start)
        yield f"    {f'{line}:{column}':<10}{kind:<12}{words}"


def _lines(manifest: Manifest) -> Iterator[_Line]:
    for dependency in manifest.dependencies:
        yield dependency.at, dependency.origin.value, _dependency(dependency)
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
    for problem in manifest.problems:
        yield problem.at, problem.code, problem.message


def _dependency(dependency: Dependency) -> str:
    notes = [written(", ".join((dependency.scope, *dependency.also_for)))] if dependency.scope else []
    if not dependency.is_known:
        notes.append("its version cannot be told")
    shown = dependency.written
    if dependency.origin.value == "locked":
        shown = f"{dependency.name} {dependency.specifier.removeprefix('==')}".rstrip()
    if dependency.marker and dependency.marker not in shown:
        notes.append(written(dependency.marker))
    return f"{shown}  ({'; '.join(notes)})" if notes else shown
