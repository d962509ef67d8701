"""Show what an input found, a line each, so that a table of cases can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ddlint.core.source import Source

if TYPE_CHECKING:
    from types import ModuleType

    from ddlint.core.model import Dependency, Manifest, ProjectInstall
    from ddlint.core.source import Span


def place(source: Source, span: Span) -> str:
    position = source.position(span.start)
    return f"{position.line}:{position.column}"


def _dependency(source: Source, found: Dependency) -> str:
    parts = [place(source, found.at), found.name or "?", found.specifier]
    parts += [f"[{','.join(found.extras)}]"] if found.extras else []
    parts += [f"; {found.marker}"] if found.marker else []
    parts += [f"@{found.scope}"] if found.scope else []
    parts += ["unknown"] if not found.is_known else []
    return " ".join(part for part in parts if part)


def shown(manifest: Manifest) -> list[str]:
    """Give dependencies, then all else; a mark tells them apart: none, `python`, `->`, `=>` (a constraint), `DD003` ..."""
    source = manifest.source
    return [
        *(_dependency(source, found) for found in manifest.dependencies),
        *(f"{place(source, x.at)} python {x.specifier}{' exact' * x.is_exact}" for x in manifest.pythons),
        *(f"{place(source, x.at)} set {x.name}={x.value}" for x in manifest.settings),
        *(f"{place(source, x.at)} on {x.token} {x.version}".rstrip() for x in manifest.platforms),
        *(f"{place(source, x.at)} image {x.name}:{x.tag}" for x in manifest.images),
        *(f"{place(source, x.at)} {'=>' if x.is_constraint else '->'} {x.target}" for x in manifest.includes),
        *(f"{place(source, x.at)} {x.code} {source.slice(x.at)}" for x in manifest.problems),
    ]


def described(manifest: Manifest) -> list[str]:
    """Give the environments that a file describes: a line for each, and below it a line for each thing it has."""
    source = manifest.source
    lines = []
    for one in manifest.environments:
        fields = (
            *("final" for _ in range(one.kind == "image" and one.is_final)),
            *(
                f"{name}={value}"
                for name in ("image", "context", "dockerfile", "target")
                if (value := getattr(one, name))
            ),
            *(f"env_file={each}" for each in one.env_files),
            *(f"copies {a} to {b}" for a, b in one.copies),
            *(f"from stage {each}" for each in one.stages),
        )
        lines.append(" ".join([f"{place(source, one.at)} {one.kind} {one.name}", *fields]))
        lines += (f"  {_dependency(source, each)}" for each in one.dependencies)
        lines += (f"  {place(source, each.at)} {_install(each)}" for each in one.installs)
        lines += (f"  python {each.specifier}" for each in one.pythons)
        lines += (f"  on {each.token}" for each in one.platforms)
        lines += (f"  set {each.name}={each.value}" for each in one.settings)
        lines += (f"  runs {each.text}" for each in one.commands)
    return lines


def _install(install: ProjectInstall) -> str:
    kind = "constraint" if install.is_constraint else "file" if install.is_file else "project"
    lock = " with its lock" if install.uses_lock else ""
    scopes = f" {','.join(install.scopes)}" if install.scopes else ""
    return f"{install.tool} {kind} {install.target}{lock}{scopes}"


def read(module: ModuleType, text: str, path: str = "/project/file") -> Manifest:
    """Read `text` as a file of that input."""
    manifest: Manifest = module.parse(Source(path, text))
    return manifest


def assert_lawful(manifest: Manifest) -> None:
    """Check what holds of every manifest: spans lie in the file, and what is shown is one printable line."""
    length = len(manifest.source.text)
    spans = [
        span
        for found in manifest.dependencies
        for span in (found.at, found.name_at, found.specifier_at, found.marker_at)
    ]
    items = (
        manifest.pythons,
        manifest.settings,
        manifest.platforms,
        manifest.images,
        manifest.includes,
        manifest.problems,
    )
    spans += [item.at for group in items for item in group]
    for one in manifest.environments:
        parts = (one.dependencies, one.installs, one.pythons, one.platforms, one.settings, one.commands)
        spans += [one.at, *(item.at for part in parts for item in part)]
    assert len({one.name for one in manifest.environments}) == len(manifest.environments)
    assert all(0 <= span.start <= span.end <= length for span in spans)
    for found in manifest.dependencies:
        assert found.written.isprintable()
        is_apart = found.name_at.end <= found.at.start  # a key before its value, a name above a version
        assert found.at.start <= found.name_at.start or is_apart or not found.name
    for problem in manifest.problems:
        assert problem.message.isprintable(), problem.message
