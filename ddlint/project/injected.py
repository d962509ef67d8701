"""The subject as deployments bring it in without a requirement: by injection, or in a layer of functions.

Inputs read what deployments state (`Workload`), and packs know which of that brings the subject (`Injector`). Each
workload that gets it is an environment: what it runs, as far as the files say, with the release that is brought.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from ddlint.core.lazy_regex import regex
from ddlint.core.model import (
    Dependency,
    InjectionHint,
    Located,
    Manifest,
    PythonRequirement,
    Resolution,
    Tracer,
    Workload,
)
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.paths import is_inside, joined, parent, relative
from ddlint.core.source import Span
from ddlint.pack.install_rows import Injector, LayerRelease
from ddlint.project.environments import EnvironmentFiles, join_manifests, on_exact_pythons

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.pack.pack import Pack
    from ddlint.project.tracer import Grid
    from ddlint.project.workspace import Layout

INJECTED, LAYER = "injected", "layer"
KINDS = frozenset({INJECTED, LAYER})
"""Environments into which something other than an installer brings the subject."""
_BASES = frozenset({"image", "service", "project", "locked project", "requirement file"})
_IMAGES = frozenset({"image", "service"})
_TAG = regex(r"v?(?P<version>[0-9]{1,9}(?:\.[0-9]{1,9}){0,3}(?:(?:a|b|rc)[0-9]{1,9})?)(?:-[a-z0-9-]{1,40})?")
_OF_LAYERS = frozenset({"layer", "newest"})
"""What values of `Injector.reads` are about layers of functions."""
_NEWEST = frozenset({"", "latest", "default", "all"})
_LAYER_NAME = regex(r"(?P<major>[23])(?P<minor>[0-9]{1,2})(?:-ARM)?")
_ONE_PYTHON = "python_version == "
_MOST_WORKLOADS = 200
_OF_TESTS = regex(r"(?:^|/)(?:[a-z]+[_-])?(?:tests?|fixtures?|testdata|snapshots?|__tests__|__snapshots__|e2e)/")
"""Folders whose manifests are deployed for tests alone, or by nobody."""


class Brought(NamedTuple):
    """A workload into which the subject is brought."""

    manifest: Manifest
    workload: Workload
    row: Injector
    dependencies: tuple[Dependency, ...]
    """The subject as if it were required: one for each of the Pythons on which a layer has another release."""
    excluded: frozenset[str]
    """Distributions that are not deployed although they are required."""

    @property
    def kind(self) -> str:
        """The kind of the environment."""
        return self.dependencies[0].injector


def brought_in(manifests: Iterable[Manifest], pack: Pack) -> tuple[Brought, ...]:
    """Return the workloads that get the subject of a pack, in the order of the files."""
    rows = {(row.kind, row.name): row for row in pack.rows(Injector)}
    if not rows:
        return ()
    found = (each for manifest in manifests for each in _in_manifest(manifest, rows, pack))
    return tuple(islice(found, _MOST_WORKLOADS))


def _in_manifest(manifest: Manifest, rows: dict[tuple[str, str], Injector], pack: Pack) -> Iterator[Brought]:
    images = {name.rpartition("/")[2] for name in (image.name for image in manifest.images)}
    variables = {setting.name for setting in manifest.settings}
    workloads = manifest.workloads
    if any((kind == "image" and name in images) or (kind == "variable" and name in variables) for kind, name in rows):
        workloads = (*workloads, _whole(manifest))
    for workload in workloads:
        off: dict[str, bool] = {}
        for hint in workload.hints:
            row = _row_of(hint, rows)
            if row is None or off.get(row.row):
                continue
            off[row.row] = _is_off(row, workload)
            if off[row.row]:
                continue
            if dependencies := _dependencies(hint, row, pack):
                excluded = frozenset(each.name for each in workload.hints if each.kind == "excluded")
                yield Brought(manifest, workload, row, dependencies, excluded)
                break


def _whole(manifest: Manifest) -> Workload:
    """Return all that a file deploys, with its images and settings as hints."""
    images = (
        InjectionHint("image", name := image.name.rpartition("/")[2], image.tag, image.at, f"{name}:{image.tag}")
        for image in manifest.images
    )
    variables = (
        InjectionHint("variable", each.name, each.value or "$", each.at, f"{each.name}={each.value}")
        for each in manifest.settings
    )
    hints = (*images, *variables)
    return Workload("", "", hints[0].at, hints, manifest.pythons, manifest.platforms, manifest.settings)


def _row_of(hint: InjectionHint, rows: dict[tuple[str, str], Injector]) -> Injector | None:
    if found := rows.get((hint.kind, hint.name)):
        return found
    if hint.kind == "key":
        return next((row for (kind, name), row in rows.items() if kind == "key" and _ends_in(hint.name, name)), None)
    if hint.kind == "layer":
        named = ((name, row) for (kind, name), row in rows.items() if kind == "layer" and hint.name.startswith(name))
        return next((row for name, row in named if _LAYER_NAME.fullmatch(hint.name, len(name))), None)
    return None


def _ends_in(path: str, name: str) -> bool:
    return path == name or path.endswith(f".{name}")


def _is_off(row: Injector, workload: Workload) -> bool:
    """Return whether something beside it switches an injection off."""
    return any(
        hint.value.strip().lower() == "false" and any(_ends_in(hint.name, name) for name in row.unless)
        for hint in workload.hints
    )


# What is brought in, as if it were required.


def _dependencies(hint: InjectionHint, row: Injector, pack: Pack) -> tuple[Dependency, ...]:
    """Return the subject as a hint brings it; nothing where the release cannot be known."""
    match row.reads:
        case "layer":
            return tuple(_of_layer(hint, row, pack))
        case "libraries":
            return tuple(islice(_of_libraries(hint, row, pack), 1))
        case "newest":
            return (_dependency(hint, row, pack, ""),)
        case "image":
            name, _, tag = hint.value.partition("@")[0].rpartition("/")[2].partition(":")
            hint, specifier = hint._replace(written=f"{name}:{tag}"), specifier_of(tag)
        case _:
            specifier = specifier_of(hint.value)
    return () if specifier is None else (_dependency(hint, row, pack, specifier),)


def specifier_of(tag: str) -> str | None:
    """Return the releases that the tag of an image means; `None` where it cannot be known.

    `v3` is the newest of a major version, `v3.10` of a series, and `latest` the newest of all.
    """
    if tag.strip() in _NEWEST:
        return ""
    match = _TAG.fullmatch(tag.strip())
    if match is None:
        return None
    version = match["version"]
    return f"=={version}.*" if version.count(".") < 2 and version.replace(".", "").isdigit() else f"=={version}"


def _dependency(hint: InjectionHint, row: Injector, pack: Pack, specifier: str, marker: str = "") -> Dependency:
    """Return the subject as if a hint required it."""
    kind = LAYER if row.reads in _OF_LAYERS else INJECTED
    return Dependency(
        pack.subject, specifier, hint.at, hint.at, hint.written, marker=marker, brought_by=row.row, injector=kind
    )


def _of_libraries(hint: InjectionHint, row: Injector, pack: Pack) -> Iterator[Dependency]:
    """Yield what a list such as `java:1,python:3` says of the language."""
    start = hint.at.start
    is_exact = hint.at.end - hint.at.start == len(hint.value)
    for part in hint.value.split(","):
        language, _, version = part.strip().partition(":")
        at = Span(start, start + len(part)) if is_exact else hint.at
        start += len(part) + 1
        if language in {row.language, "all"} and (specifier := specifier_of(version)) is not None:
            yield _dependency(hint._replace(at=at, written=part.strip()), row, pack, specifier)


def _of_layer(hint: InjectionHint, row: Injector, pack: Pack) -> Iterator[Dependency]:
    """Yield what a layer was built with; one that the pack does not know yet counts as its newest."""
    if not hint.value.isdigit():
        return
    known, number = pack.rows(LayerRelease), int(hint.value)
    newest = max((int(each.last) for each in known), default=0)
    number = min(number, newest)
    python = _python_of(hint, row)
    for each in known:
        if int(each.first) <= number <= int(each.last):
            break
    else:
        number = _next_layer(number, known)
    for each in known:
        if int(each.first) <= number <= int(each.last):
            marker = _marker(each.python)
            if python:
                from ddlint.versions.specifiers import allowed_minors

                if each.python and not allowed_minors(each.python, (python,)):
                    continue
                marker = f'{_ONE_PYTHON}"{python}"'
            yield _dependency(hint, row, pack, f"=={each.release}", marker)


def _next_layer(number: int, known: tuple[LayerRelease, ...]) -> int:
    """Return the first later layer that is known, where the one before has a release of the same major; 0 for none."""
    before = [each for each in known if int(each.last) < number]
    later = [each for each in known if int(each.first) > number]
    if not before or not later:
        return 0
    last, first = max(before, key=lambda each: int(each.last)), min(later, key=lambda each: int(each.first))
    return int(first.first) if first.release.partition(".")[0] == last.release.partition(".")[0] else 0


def _python_of(hint: InjectionHint, row: Injector) -> str:
    """Return the Python of a layer, which its name says; a key is about those of all Pythons."""
    match = _LAYER_NAME.fullmatch(hint.name, len(row.name)) if hint.kind == "layer" else None
    return f"{match['major']}.{match['minor']}" if match is not None else ""


def _marker(pythons: str) -> str:
    from ddlint.project.tracer import marker_of

    return marker_of(pythons) if pythons else ""


# The environments.


def with_injected(
    environments: tuple[EnvironmentFiles, ...], manifests: tuple[Manifest, ...], layout: Layout, pack: Pack
) -> tuple[EnvironmentFiles, ...]:
    """Return the environments of a project with those that get the subject without a requirement.

    Where the subject is installed in what a workload runs too, that environment keeps what is brought in beside it.
    """
    brought = brought_in(manifests, pack)
    if not brought:
        return environments
    every = {each.name: each for each in environments}
    made: list[EnvironmentFiles] = []
    for each in _together(brought):
        bases = _bases(each, environments, layout)
        if bases is None:
            continue
        is_sure = len(bases) == 1 and _is_sure(each, bases[0])
        installing = [base for base in bases if _installs(base, each, pack)]
        if is_sure and installing:
            known = every[bases[0].name]
            extra = Located(each.manifest.path, each.dependencies[0])
            every[known.name] = known._replace(injected=tuple(dict.fromkeys((*known.injected, extra))))
            continue
        running = [base for base in bases if base not in installing and (is_sure or each.kind == INJECTED)]
        if not running or not is_sure:
            made.append(_environment(each, None, layout, pack, is_sure=True))
        made += (_environment(each, base, layout, pack, is_sure=is_sure) for base in running)
    return (*every.values(), *made)


def _together(brought: tuple[Brought, ...]) -> Iterator[Brought]:
    """Yield workloads of one file that get the same in the same way as one, with all its locations."""
    groups: dict[tuple[object, ...], list[Brought]] = {}
    for each in brought:
        workload = each.workload
        stated = tuple((one.name, one.value) for one in workload.settings)
        same = tuple((one.written, one.specifier, one.marker) for one in each.dependencies)
        pythons = tuple(one.specifier for one in workload.pythons)
        key = (each.manifest.path, each.row.row, same, pythons, stated, workload.code, each.excluded)
        groups.setdefault(key, []).append(each)
    for group in groups.values():
        found = tuple(dict.fromkeys(one for each in group for one in each.dependencies))
        yield group[0]._replace(dependencies=found)


def _bases(
    brought: Brought, environments: tuple[EnvironmentFiles, ...], layout: Layout
) -> tuple[EnvironmentFiles, ...] | None:
    """Return the environments that a workload may run; `None` where it is one of another project.

    A function names the directory of its code. Else it is what the project of its file ships: its images, or where it
    builds none its requirements. What is for a whole cluster or machine names nothing.
    """
    shipped = [each for each in environments if each.kind in _BASES and not each.is_secondary]
    path, code = brought.manifest.path, brought.workload.code
    own = [each for each in shipped if any(manifest.path == path for manifest in each.manifests)]
    if code:
        directory = joined(parent(path), code)
        if not is_inside(directory, layout.root):
            return ()
        if layout.home_of(f"{directory}/.") != layout.directory:
            return None if layout.directory != layout.home_of(path) or _is_home(directory, layout) else ()
        return tuple(each for each in shipped if each.manifests and parent(each.manifests[0].path) == directory)
    if path in layout.lent:
        return None
    if brought.row.is_for_all:
        return tuple(each for each in own if each.kind in _IMAGES)[:1]
    images = tuple(each for each in shipped if each.kind in _IMAGES)
    return images if images and brought.kind == INJECTED else tuple(each for each in shipped if each not in images)


def _is_sure(brought: Brought, base: EnvironmentFiles) -> bool:
    """Return whether a workload surely runs what is the only choice: a function runs what is beside its file."""
    is_beside = any(parent(manifest.path) == parent(brought.manifest.path) for manifest in base.manifests[:1])
    return brought.kind == INJECTED or bool(brought.workload.code) or is_beside


def _is_home(directory: str, layout: Layout) -> bool:
    """Return whether a directory is one of another project, which judges the function itself."""
    return layout.home_of(f"{directory}/.") in layout.homes


def _installs(base: EnvironmentFiles, brought: Brought, pack: Pack) -> bool:
    """Return whether an environment installs the subject by itself, and deploys it."""
    names = {pack.subject, *pack.dependents} - {each.lower() for each in brought.excluded}
    if "*" in brought.excluded:
        return False
    return any(each.scope == "" for manifest in base.manifests for each in manifest.named(names))


def _environment(
    brought: Brought, base: EnvironmentFiles | None, layout: Layout, pack: Pack, *, is_sure: bool
) -> EnvironmentFiles:
    workload, path = brought.workload, brought.manifest.path
    own = brought.manifest._replace(
        dependencies=brought.dependencies,
        pythons=_pythons(brought),
        platforms=workload.platforms,
        settings=workload.settings,
        images=(),
        includes=(),
        problems=(),
        environments=(),
    )
    manifests = {each.path: each for each in base.manifests} if base is not None else {}
    manifests[path] = join_manifests(own, manifests[path]) if path in manifests else own
    shown = relative(path, layout.directory)
    named = f" ({workload.noun} {workload.name})" if workload.noun and workload.name else ""
    runs = f" with {base.name}" if base is not None else ""
    verb = "injects" if brought.kind == INJECTED else "is a layer with"
    reasons = [f"`{brought.dependencies[0].written}` {verb} {pack.subject}"]
    if base is not None:
        how = "is what it runs" if is_sure else "is perhaps what it runs"
        reasons += [f"{base.name} {how}", *base.reasons]
    return EnvironmentFiles(
        brought.kind,
        f"{shown}{named}{runs}",
        on_exact_pythons(tuple(manifests.values()), {path}),
        base.constraints if base is not None else frozenset(),
        tuple(reasons),
        is_secondary=not is_sure or _OF_TESTS.search(relative(path, layout.root)) is not None,
        loose=base.loose if base is not None else frozenset(),
        batches=base.batches if base is not None else (),
    )


def _pythons(brought: Brought) -> tuple[PythonRequirement, ...]:
    """Return the Pythons of a workload, or else the one that its layer is for."""
    if brought.workload.pythons or brought.kind != LAYER:
        return brought.workload.pythons
    found = brought.dependencies[0]
    version = found.marker.rpartition("== ")[2].strip('"') if "==" in found.marker else ""
    return (PythonRequirement(f"=={version}.*", found.at, found.written, is_exact=True),) if version else ()


# The release.


def injected_tracer(manifests: tuple[Manifest, ...], pack: Pack, grid: Grid) -> Tracer | None:
    """Return the subject as something other than an installer brings it; nothing where nothing does.

    The release is the same on every Python, and where injection does not accept a Python there is none. Nor is there
    where a function runs on another Python than its layer is for.
    """
    from ddlint.pack.releases import select_release

    found = tuple(
        Located(manifest.path, each) for manifest in manifests for each in manifest.dependencies if each.injector
    )
    if not found:
        return None
    files = frozenset(manifest.path for manifest in manifests)
    resolutions = []
    for minor in grid.minors if grid.is_declared else ("",):
        for located in found:
            if minor and not grid.live(located.dependency, (minor,)):
                continue
            choice = select_release(pack, (located.dependency.specifier,))
            is_taken = located.dependency.injector != INJECTED or accepts(pack, choice.series, minor)
            release = choice.release if is_taken else ""
            resolutions.append(
                Resolution(
                    minor,
                    release,
                    located.dependency.injector,
                    by=(located,),
                    series=choice.series if release else "",
                    is_newer=choice.is_newer and is_taken,
                )
            )
            break
        else:
            if minor and all(each.dependency.marker.startswith(_ONE_PYTHON) for each in found):
                resolutions.append(Resolution(minor, "", LAYER, by=found[:1]))
    made = Tracer(files, tuple(resolutions), found)
    if any(each.release for each in resolutions):
        return made
    return made._replace(stand_in=select_release(pack, (found[0].dependency.specifier,)).release)


def accepts(pack: Pack, series: str, minor: str) -> bool:
    """Return whether injection of a series accepts a Python; where nothing is known of the series, it does."""
    from ddlint.pack.support import injection_of
    from ddlint.versions.specifiers import allowed_minors

    row = injection_of(pack, series) if series and minor else None
    return row is None or bool(allowed_minors(row.pythons, (minor,)))
