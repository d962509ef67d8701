"""Which environments a project has: what is installed together, on which Pythons, with which settings (DESIGN §1).

An environment is a choice among what the files of a project say: its manifests are copies that keep only the
requirements, Pythons, platforms and settings that belong to it. Nothing is shared between two environments but files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ddlint.core.lazy_regex import regex
from ddlint.core.model import EnvironmentSpec, Located, LockEntries, Manifest, ProjectInstall, PythonRequirement
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.paths import is_inside, joined, name_of, parent, relative
from ddlint.core.redact import mask_quoted
from ddlint.core.source import Span
from ddlint.inputs import DESCRIPTIONS, HINT_NAMES, INCLUDED
from ddlint.project.installs import Brought, Install, Installed, closure, installs, is_lock
from ddlint.project.walk import Candidate, input_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.project.workspace import Layout

_PROJECT_FILES = ("pyproject.toml", "setup.py", "setup.cfg", "Pipfile", "pixi.toml")
_PROJECT_LOCKS = ("poetry.lock", "uv.lock", "pdm.lock", "Pipfile.lock", "pixi.lock")
_OTHER_FILES = (
    "package.json",
    "pom.xml",
    "build.gradle",
    "build.gradle.kts",
    "go.mod",
    "Gemfile",
    "Cargo.toml",
    "composer.json",
)
"""What manifests of other languages are called."""
_OWN_FILES = (*_PROJECT_FILES, "requirements.txt", "manage.py", "main.py", "app.py")
_OF_TOOL = {"pipenv": ("Pipfile",), "pixi": ("pixi.toml", "pyproject.toml")}
"""The files that an installer reads in a directory, where they are not those of pip."""
_REQUIREMENT_FILE = "requirements.txt"
"""The input whose files are installed by their names."""
_RUNNERS = frozenset({"tox", "nox", "hatch"})
"""Tools that make environments of their own, which their files describe."""
ENV_FILE = "env_file"
"""The input that reads files of settings."""
_SHIPPED = frozenset({"image", "service", "project", "locked project", "requirement file"})
"""The kinds that run the application; the others test or build it, so deployment settings are not theirs."""
_DOCUMENTATION = "docs?|documentation|sphinx|mkdocs|rtd|readthedocs"
_SECONDARY = regex(
    rf"(?i)(?:^|/)(?:{_DOCUMENTATION})/|(?:^|[/. _(:-])(?:{_DOCUMENTATION}|lint(?:ing|ers?|s)?|format(?:ting)?|fmt"
    r"|pre-?commit|typing|types|mypy|flake8|pylint|ruff|release|publish|changelog|build|packaging)(?:$|[. _)-][^/]*$)"
)
"""Of the path of a requirement file, or the name of an environment: it builds documentation, lints or releases."""

_SECONDARY_WORDS = (
    *(
        "doc",
        "sphin",
        "rtd",
        "lint",
        "fmt",
        "format",
        "commit",
        "typ",
        "myp",
        "flake",
        "ruf",
        "releas",
        "publi",
        "chang",
    ),
    *("build", "packag"),
)
"""One of these is in every text that `_SECONDARY` matches; most have none, and the expression takes long to compile."""

_DOCUMENTS = regex(rf"(?i)(?:^|[/. _-])(?:{_DOCUMENTATION})(?:$|[/. _-])")
"""Of a job, by its name or that of its workflow: other jobs build what is tested and shipped."""


class EnvironmentFiles(NamedTuple):
    """An environment before its Pythons and its release of the subject are resolved."""

    kind: str
    """`image`, `service`, `project`, `locked project`, `requirement file`, `tox`, `nox`, `hatch`, `job`, `hook` …"""
    name: str
    """Unique in the project: `Dockerfile`, `Dockerfile (stage api)`, `compose.yaml (service web)`, `tox.ini (py38)`."""
    manifests: tuple[Manifest, ...]
    """Copies that keep what belongs to the environment."""
    constraints: frozenset[str] = frozenset()
    """Paths of the files that only narrow what the others ask for."""
    reasons: tuple[str, ...] = ()
    """For `inspect`: why each file belongs to it, a sentence each."""
    is_secondary: bool = False
    """Whether it only builds documentation, lints or releases."""
    loose: frozenset[str] = frozenset()
    """Paths of hints that perhaps do not reach it: what is found there is a notice at most."""
    batches: tuple[frozenset[str], ...] = ()
    """The paths that each command installs, where several do one after the other."""
    injected: tuple[Located, ...] = ()
    """What else brings the subject in, where a requirement of these files does."""


class _Target(NamedTuple):
    """What an install line names, as paths of the root."""

    install: ProjectInstall
    path: str
    """The requirement file, or a file of the project that is installed; empty where it is not known."""


def targets(manifest: Manifest, spec: EnvironmentSpec, contexts: tuple[str, ...], layout: Layout) -> tuple[str, ...]:
    """Return the paths that an environment installs from; those that are not known are left out."""
    found = (_target(manifest, spec, install, contexts, layout) for install in spec.installs)
    return tuple(dict.fromkeys(each.path for each in found if each.path))


def _target(
    manifest: Manifest, spec: EnvironmentSpec, install: ProjectInstall, contexts: tuple[str, ...], layout: Layout
) -> _Target:
    for context in contexts or _contexts(manifest, spec, layout):
        for path in _candidates(spec, install, context):
            if is_inside(path, layout.root) and layout.exists(path):
                return _Target(install, path)
    return _Target(install, "")


def _contexts(manifest: Manifest, spec: EnvironmentSpec, layout: Layout) -> Iterator[str]:
    """Yield the directories that paths may be relative to: of an image nobody builds, each one up to the root."""
    directory = parent(manifest.path)
    if spec.kind == "job":
        yield directory.removesuffix("/.github/workflows") or "/"
        return
    yield directory
    while spec.kind == "image" and directory != layout.root and is_inside(directory, layout.root):
        directory = parent(directory)
        yield directory


def _candidates(spec: EnvironmentSpec, install: ProjectInstall, context: str) -> Iterator[str]:
    """Yield where an install line may find its file, the likeliest first."""
    if spec.kind != "image":
        path = joined(context, install.target)
        yield from [path] if install.is_file else _manifests_in(path, install)
        return
    parts = [part for part in install.target.split("/") if part not in ("", ".", "..")]
    tails = ["/".join(parts[start:]) for start in range(len(parts))]
    if install.is_file and parts:
        for source, target in spec.copies:
            if name_of(target) == parts[-1] or (name_of(source) == parts[-1] and not _is_plain_file(target)):
                yield joined(context, source)
        yield from (joined(context, tail) for tail in tails)
        yield from (joined(joined(context, source), tail) for source, _ in spec.copies for tail in tails)
    elif not install.is_file:
        named = (*_PROJECT_FILES, *_PROJECT_LOCKS)
        for source, _ in spec.copies:
            if name_of(source) in named:
                yield from _manifests_in(joined(context, parent(source) if "/" in source else "."), install)
        for tail in (*tails, "."):
            yield from _manifests_in(joined(context, tail), install)
        for source, _ in spec.copies:
            yield from _manifests_in(joined(context, source), install)


def _is_plain_file(target: str) -> bool:
    return not target.endswith(("/", ".")) and "." in name_of(target)


def _manifests_in(directory: str, install: ProjectInstall) -> Iterator[str]:
    yield from (f"{directory.rstrip('/')}/{name}" for name in _OF_TOOL.get(install.tool, _PROJECT_FILES[:3]))


def installed_paths(manifests: tuple[Manifest, ...], layout: Layout) -> tuple[Candidate, ...]:
    """Return the files that environments install, and those of settings, each with the input that reads it."""
    contexts = build_contexts(manifests)
    found: dict[Candidate, None] = {}
    for manifest in manifests:
        for spec in manifest.environments:
            for path in targets(manifest, spec, contexts.get(manifest.path, ()), layout):
                found[Candidate(path, input_of(path, layout.root, is_named=True) or INCLUDED)] = None
            for each in spec.env_files:
                path = joined(parent(manifest.path), each)
                if is_inside(path, layout.root) and layout.exists(path):
                    found[Candidate(path, ENV_FILE)] = None
    return tuple(found)


def directories_reached(manifests: tuple[Manifest, ...], layout: Layout) -> Iterator[tuple[str, str]]:
    """Yield (path of a hint, directory of a project) where the hint installs the project, or builds its image."""
    manifests = with_images_of_folders(manifests, layout.root)
    contexts = build_contexts(manifests)
    by_path = {manifest.path: manifest for manifest in manifests}
    of_image: dict[str, set[str]] = {}
    for manifest in manifests:
        for spec in manifest.environments:
            found = targets(manifest, spec, contexts.get(manifest.path, ()), layout)
            for path in found:
                home = layout.home_of(path)
                of_image.setdefault(manifest.path, set()).add(home)
                yield manifest.path, home
    for manifest in manifests:
        for spec in manifest.environments:
            if spec.context or spec.dockerfile:
                path, context = _dockerfile_of(manifest, spec)
                home = layout.home_of(path) if path in by_path else layout.home_of(f"{context}/.")
                for directory in of_image.get(path) or {home}:
                    yield manifest.path, directory
                    if path in by_path:
                        yield path, directory


def build_contexts(manifests: Iterable[Manifest]) -> dict[str, tuple[str, ...]]:
    """Return the build contexts that services name for a Dockerfile, by its path."""
    found: dict[str, tuple[str, ...]] = {}
    for manifest in manifests:
        for spec in manifest.environments:
            if spec.context:
                path, context = _dockerfile_of(manifest, spec)
                found[path] = tuple(dict.fromkeys((*found.get(path, ()), context)))
    return found


def with_images_of_folders(manifests: tuple[Manifest, ...], root: str) -> tuple[Manifest, ...]:
    """Return files in which a service that runs an image names its Dockerfile, where only one can be meant.

    The image `registry.example/shop-api:2` is that of `api/Dockerfile`. Where that is built is not known.
    """
    folders: dict[str, list[str]] = {}
    for manifest in manifests:
        if name_of(manifest.path) == "Dockerfile" and parent(manifest.path) != root:
            folders.setdefault(name_of(parent(manifest.path)).lower(), []).append(manifest.path)
    return tuple(_with_folders(each, folders) for each in manifests) if folders else manifests


def _with_folders(manifest: Manifest, folders: dict[str, list[str]]) -> Manifest:
    if manifest.problems or not any(each.image and not each.is_foreign for each in manifest.environments):
        return manifest
    made = []
    for spec in manifest.environments:
        named = name_of(spec.image).partition("@")[0].partition(":")[0].lower()
        same = folders.get(named) or [
            path for folder, paths in folders.items() if named.endswith((f"-{folder}", f"_{folder}")) for path in paths
        ]
        is_meant = bool(spec.image) and not (spec.context or spec.is_foreign) and len(same) == 1
        made.append(spec._replace(dockerfile=relative(same[0], parent(manifest.path))) if is_meant else spec)
    return manifest._replace(environments=tuple(made))


def _dockerfile_of(manifest: Manifest, spec: EnvironmentSpec) -> tuple[str, str]:
    context = joined(parent(manifest.path), spec.context)
    return joined(context, spec.dockerfile or "Dockerfile"), context


def environments(manifests: tuple[Manifest, ...], layout: Layout) -> tuple[EnvironmentFiles, ...]:
    """Return the environments of a project, in the order of its files."""
    return tuple(_Builder(manifests, layout).build())


class _Builder:
    """Makes the environments of one project; what several of them need is found once."""

    def __init__(self, manifests: tuple[Manifest, ...], layout: Layout) -> None:
        self._layout = layout
        manifests = with_images_of_folders(manifests, layout.root)
        self._by_path = {manifest.path: manifest for manifest in manifests}
        self._described = tuple(each for each in manifests if each.environments)
        described = {each.path for each in self._described}
        self._hints = tuple(each for each in manifests if _is_hint(each) and each.path not in described)
        hinting = {each.path for each in self._hints}
        self._declared = tuple(
            each
            for each in manifests
            if each.path not in hinting and (each.path not in described or name_of(each.path) in DESCRIPTIONS)
        )
        self._units = installs(self._declared)
        self._contexts = build_contexts(self._described)
        self._claimed: set[str] = set()
        """Requirement files that an image or a service installs: a project is one whatever installs it."""

    def build(self) -> Iterator[EnvironmentFiles]:
        """Yield what files describe, then what nothing above installs."""
        if len(self._by_path) == 1 and self._declared and not self._described:
            yield self._of_unit(self._units[0], (), frozenset())
            return
        described = [*self._images_and_services(), *self._others()]
        hints, loose = self._free_hints()
        shipped = [each for each in self._units if each.root not in self._claimed and self._is_own(each.root)]
        units = [self._of_unit(unit, hints, loose) for unit in shipped]
        several = len(units) + sum(each.kind in _SHIPPED for each in described) > 1
        for each in (*described, *units):
            if each.kind in _SHIPPED and not each.is_secondary:
                yield self._with_settings(each, hints, loose, is_shared=several)
            else:
                yield each

    def _is_own(self, path: str) -> bool:
        """Return whether a file is of this project, and not one of another that is read for an environment."""
        return self._layout.home_of(path) == self._layout.directory

    # What files describe: images and the services that build them, then test environments, jobs and hooks.

    def _images_and_services(self) -> Iterator[EnvironmentFiles]:
        built: dict[tuple[str, str], list[EnvironmentFiles]] = {}
        for manifest in self._described:
            for spec in manifest.environments:
                if spec.kind == "service" and (spec.context or spec.dockerfile):
                    path, _ = _dockerfile_of(manifest, spec)
                    if stage := self._stage(path, spec.target):
                        made = self._of_spec(self._by_path[path], stage, ((manifest, spec),))
                        if made:
                            built.setdefault((path, stage.name), []).append(made)
        for manifest in self._described:
            for spec in manifest.environments:
                if spec.kind == "image":
                    services = built.get((manifest.path, spec.name), [])
                    yield from services
                    if spec.is_final and not services and (made := self._of_spec(manifest, spec, ())):
                        yield made

    def _stage(self, path: str, target: str) -> EnvironmentSpec | None:
        stages = self._by_path[path].environments if path in self._by_path else ()
        if target:
            return next((each for each in stages if each.name.lower() == target.lower()), None)
        return next((each for each in stages if each.is_final), None)

    def _others(self) -> Iterator[EnvironmentFiles]:
        for manifest in self._described:
            for spec in manifest.environments:
                if spec.kind not in {"image", "service"} and (made := self._of_spec(manifest, spec, ())):
                    yield made

    def _of_spec(
        self, manifest: Manifest, spec: EnvironmentSpec, services: tuple[tuple[Manifest, EnvironmentSpec], ...]
    ) -> EnvironmentFiles | None:
        """Return the environment that a stage, a service or a section describes, if it is one of this project."""
        spec = self._with_copied_stages(manifest, spec)
        if spec.kind == "job":
            spec = spec._replace(installs=tuple(each for each in spec.installs if each.tool not in _RUNNERS))
        contexts = self._contexts.get(manifest.path, ())
        found = [_target(manifest, spec, install, contexts, self._layout) for install in spec.installs]
        named = [each for each in found if each.path]
        homes = [self._layout.home_of(each.path) for each in named]
        is_own = homes[0] == self._layout.directory if homes else manifest.path not in self._layout.lent
        if not is_own or not (named or spec.dependencies):
            return None
        chosen = _Chosen()
        chosen.add(_kept(manifest, spec), is_constraint=False)
        words = [Installed(each.at.start) for each in spec.dependencies]
        constraints: frozenset[str] = frozenset()
        for each in named:
            paths = self._install(each, chosen, is_exact=len(named) == len(found))
            if each.install.is_constraint:
                constraints |= paths
            else:
                words.append(Installed(each.install.at.start, paths))
        for of_service, service in services:
            chosen.add(_kept(of_service, service), is_constraint=False)
            chosen.settings_from(self._env_files(of_service, service))
        kind = "service" if services else spec.kind
        commands = tuple((0, word) for word in words)
        manifests = chosen.manifests()
        if len(words) > 1:
            from ddlint.project.commands import numbered, without_replaced

            commands = numbered(manifest, words)
            manifests = without_replaced(manifests, manifest.path, commands)
        manifests = on_exact_pythons(manifests, {manifest.path, *(each.path for each, _ in services)})
        label = services[0] if services else (manifest, spec)
        name = self._name(*label)
        reasons = [self._reason(each) for each in found]
        if kind in {"image", "service"}:
            self._claimed |= {
                unit.root
                for each in named
                for unit in self._units
                if each.path in unit.files and self._by_path[unit.root].input == _REQUIREMENT_FILE
            }
        return EnvironmentFiles(
            kind,
            name,
            manifests,
            chosen.constraints,
            tuple(reasons),
            kind == "hook" or _is_secondary(name if kind == "job" else spec.name, kind),
            batches=tuple(batch | constraints for batch in _batches(commands, manifest.path)),
        )

    def _with_copied_stages(self, manifest: Manifest, spec: EnvironmentSpec) -> EnvironmentSpec:
        """Return a stage with what is installed in the stages that it copies files from.

        One without a Python of its own, such as a bare system, runs the Python of the first that installs something.
        """
        by_name = {each.name.lower(): each for each in manifest.environments if each.kind == "image"}
        seen, waiting = {spec.name.lower()}, list(spec.stages)
        while waiting:
            name = waiting.pop(0).lower()
            other = by_name.get(name)
            if name in seen or other is None:
                continue
            seen.add(name)
            waiting += other.stages
            if not spec.pythons and (other.installs or other.dependencies):
                spec = spec._replace(pythons=other.pythons, platforms=spec.platforms or other.platforms)
            spec = spec._replace(
                dependencies=tuple(dict.fromkeys((*spec.dependencies, *other.dependencies))),
                installs=tuple(dict.fromkeys((*spec.installs, *other.installs))),
                copies=tuple(dict.fromkeys((*spec.copies, *other.copies))),
            )
        return spec

    def _install(self, target: _Target, chosen: _Chosen, *, is_exact: bool) -> frozenset[str]:
        """Choose the files that one install line brings, and return their paths."""
        unit = next((each for each in self._units if target.path == each.root), None)
        locked = [each for each in self._units if target.path in each.locks]
        unit = unit or min(locked, key=lambda each: len(each.files), default=None)
        unit = unit or closure(target.path, self._declared)
        is_project = not name_of(target.path).endswith((".txt", ".in", ".pip"))
        drops_locks = is_project and is_exact and not target.install.uses_lock
        brought = dict(unit.brought)
        has_own = any(
            self._by_path[path].pythons for path in unit.files if path in self._by_path and path not in brought
        )
        for path in unit.files:
            manifest = self._by_path.get(path)
            if manifest is None or (drops_locks and is_lock(path)):
                continue
            kept = in_scopes(manifest, target.install.scopes) if is_project else manifest
            if path in brought:
                kept = as_brought(manifest, brought[path])
                kept = kept._replace(pythons=()) if has_own else kept
            chosen.add(kept, is_constraint=target.install.is_constraint or path in unit.constraints)
        return frozenset(unit.files)

    def _env_files(self, manifest: Manifest, spec: EnvironmentSpec) -> tuple[Manifest, ...]:
        paths = (joined(parent(manifest.path), each) for each in spec.env_files)
        return tuple(self._by_path[path] for path in paths if path in self._by_path)

    # What nothing describes: projects, locks and requirement files.

    def _of_unit(self, unit: Install, hints: tuple[Manifest, ...], loose: frozenset[str]) -> EnvironmentFiles:
        brought = dict(unit.brought)
        found = [_on_own_python(_alone(self._by_path[path])) for path in unit.files if path in self._by_path]
        manifests = [as_brought(each, brought[each.path]) if each.path in brought else each for each in found]
        root = self._by_path[unit.root]
        is_file = root.input == _REQUIREMENT_FILE
        kind = "requirement file" if is_file else "project"
        if unit.locks:
            kind = "locked project"
        statements = [
            each._replace(dependencies=(), settings=(), platforms=(), images=()) for each in hints if each.pythons
        ]
        has_own = any(each.pythons for each in manifests if each.path not in brought)
        if is_file and not has_own and not statements:
            statements = [
                each._replace(dependencies=(), includes=(), problems=(), settings=())
                for each in self._declared
                if each.pythons and parent(each.path) == self._layout.directory and not is_lock(each.path)
            ]
        if any(each.compiled_for for each in manifests):
            statements = []
        if brought and (has_own or statements):
            manifests = [each._replace(pythons=()) if each.path in brought else each for each in manifests]
        reasons = tuple(self._because(unit, path) for path in unit.files[1:])
        every = (*manifests, *statements)
        return EnvironmentFiles(
            kind,
            self._shown(unit.root),
            _within_range(every),
            unit.constraints,
            reasons,
            _is_secondary(relative(unit.root, self._layout.root), kind),
            loose & {each.path for each in statements},
        )

    def _because(self, unit: Install, path: str) -> str:
        if path in unit.constraints:
            return f"{self._shown(path)} constrains it"
        if path in unit.locks:
            return f"{self._shown(path)} is its lock"
        if path in dict(unit.brought):
            return f"{self._shown(path)} is of a project that a requirement names by its path"
        return f"{self._shown(path)} is included"

    # Hints that name no environment: version files, settings, images that install nothing that can be told.

    def _free_hints(self) -> tuple[tuple[Manifest, ...], frozenset[str]]:
        """Return the hints for what nothing describes, and the paths of those that may be meant for another project."""
        own: list[Manifest] = []
        lent: list[Manifest] = []
        for manifest in (*self._hints, *self._described):
            free = self._free(manifest)
            (lent if manifest.path in self._layout.lent else own).append(free)
        has_pythons = any(each.pythons for each in (*own, *self._declared))
        has_settings = any(each.settings for each in own)
        has_platforms = any(each.platforms for each in own)
        for manifest in sorted(lent, key=lambda each: -len(_anchor(each.path))):  # the nearest folder first
            kept = manifest._replace(
                pythons=() if has_pythons else manifest.pythons,
                settings=() if has_settings else manifest.settings,
                platforms=() if has_platforms else manifest.platforms,
            )
            own.append(kept)
        others = len(self._layout.homes) > 1
        loose = frozenset(each.path for each in lent) if others else frozenset()
        return tuple(own), loose

    def _free(self, manifest: Manifest) -> Manifest:
        """Return of a hint what belongs to no environment that it describes."""
        if not manifest.environments:
            return manifest
        specs = tuple(each for each in manifest.environments if self._is_free(manifest, each))
        if not specs and not any(each.is_foreign for each in manifest.environments):
            return Manifest(manifest.source, manifest.input)
        described = {item for each in manifest.environments for item in each.settings}
        return manifest._replace(
            dependencies=(),
            includes=(),
            environments=tuple(
                each._replace(context="", dockerfile="", commands=()) for each in specs if each.kind == "service"
            ),
            pythons=tuple(item for each in specs for item in each.pythons),
            platforms=tuple(item for each in specs for item in each.platforms),
            settings=(
                *(item for item in manifest.settings if item not in described),
                *(item for each in specs for item in each.settings),
            ),
        )

    def _is_free(self, manifest: Manifest, spec: EnvironmentSpec) -> bool:
        if spec.is_foreign:
            return False
        if spec.kind == "image":
            whole = self._with_copied_stages(manifest, spec)
            contexts = self._contexts.get(manifest.path, ())
            return spec.is_final and not whole.dependencies and not targets(manifest, whole, contexts, self._layout)
        if spec.kind == "service":
            if self._is_beside(manifest):
                return False
            path, _ = _dockerfile_of(manifest, spec) if spec.context or spec.dockerfile else ("", "")
            stage = self._stage(path, spec.target)
            if not path or stage is not None:
                return stage is None or self._is_free(self._by_path[path], stage)
            return self._layout.home_of(path) == self._layout.directory and not self._is_foreign(parent(path))
        return False

    def _is_beside(self, manifest: Manifest) -> bool:
        """Return whether a hint is in a folder that is not above the project: of it counts what names the project."""
        path = manifest.path
        return path in self._layout.lent and not is_inside(self._layout.directory, _anchor(path))

    def _is_foreign(self, context: str) -> bool:
        """Return whether a directory that an image is built from holds a program in another language alone."""
        named, own = ((f"{context}/{name}" for name in names) for names in (_OTHER_FILES, _OWN_FILES))
        return any(map(self._layout.exists, named)) and not any(map(self._layout.exists, own))

    def _with_settings(
        self, environment: EnvironmentFiles, hints: tuple[Manifest, ...], loose: frozenset[str], *, is_shared: bool
    ) -> EnvironmentFiles:
        """Return an environment with the settings, platforms and images that hints state for the whole project."""
        known = {each.path for each in environment.manifests}
        is_unit = environment.kind not in {"image", "service"}
        more = [
            each._replace(
                dependencies=(), pythons=(), includes=(), problems=(), platforms=each.platforms if is_unit else ()
            )
            for each in hints
            if each.settings or each.images or (each.platforms and is_unit)
        ]
        merged = [each for each in more if each.path not in known]
        hinted = {each.path: each for each in more}
        kept = tuple(
            join_manifests(manifest, hinted[manifest.path]) if manifest.path in hinted else manifest
            for manifest in environment.manifests
        )
        shared = frozenset(each.path for each in more) if is_shared else frozenset()
        # A file that describes the environment reaches it; what it sets for others perhaps does not.
        own = frozenset(path for path, each in hinted.items() if path in known and not each.settings)
        uncertain = environment.loose | shared | (loose & {each.path for each in more})
        return environment._replace(manifests=(*kept, *merged), loose=uncertain - own)

    # Names

    def _shown(self, path: str) -> str:
        return relative(path, self._layout.directory)

    def _name(self, manifest: Manifest, spec: EnvironmentSpec) -> str:
        shown = self._shown(manifest.path)
        if spec.kind == "image" and spec.is_final:
            return shown
        noun = {"image": "stage ", "service": "service ", "job": "job ", "hook": "hook "}.get(spec.kind, "")
        return f"{shown} ({noun}{mask_quoted(spec.name, manifest.source, Span(0, len(manifest.source.text)))})"

    def _reason(self, target: _Target) -> str:
        install = target.install
        what = f"{'-c ' if install.is_constraint else '-r '}{install.target}" if install.is_file else install.target
        if not target.path:
            return f"`{install.tool}` installs `{what}`, which is not found"
        return f"`{install.tool}` installs {self._shown(target.path)} (`{what}`)"


class _Chosen:
    """The files of one environment while it is made: each once, and a constraint only where nothing asks for it."""

    def __init__(self) -> None:
        self._manifests: dict[str, Manifest] = {}
        self._constraints: dict[str, bool] = {}

    def add(self, manifest: Manifest, *, is_constraint: bool) -> None:
        """Add what an environment takes of a file."""
        known = self._manifests.get(manifest.path)
        self._manifests[manifest.path] = manifest if known is None else join_manifests(known, manifest)
        self._constraints[manifest.path] = is_constraint and self._constraints.get(manifest.path, True)

    def settings_from(self, manifests: tuple[Manifest, ...]) -> None:
        """Add files of settings."""
        for each in manifests:
            self.add(each._replace(dependencies=(), pythons=(), includes=()), is_constraint=False)

    def manifests(self) -> tuple[Manifest, ...]:
        """Return them in the order in which they were added."""
        return tuple(self._manifests.values())

    @property
    def constraints(self) -> frozenset[str]:
        """Return the paths of those that only narrow."""
        return frozenset(path for path, only in self._constraints.items() if only)


def join_manifests(one: Manifest, other: Manifest) -> Manifest:
    """Return a file with what two environments take of it."""
    return one._replace(
        dependencies=tuple(dict.fromkeys((*one.dependencies, *other.dependencies))),
        pythons=tuple(dict.fromkeys((*one.pythons, *other.pythons))),
        settings=tuple(dict.fromkeys((*one.settings, *other.settings))),
        platforms=tuple(dict.fromkeys((*one.platforms, *other.platforms))),
        images=tuple(dict.fromkeys((*one.images, *other.images))),
    )


def _kept(manifest: Manifest, spec: EnvironmentSpec) -> Manifest:
    """Return a file with what it says of one environment."""
    return manifest._replace(
        dependencies=spec.dependencies,
        pythons=spec.pythons,
        platforms=spec.platforms,
        settings=spec.settings,
        images=manifest.images if spec.kind in {"image", "service"} else (),
        includes=(),
        environments=(spec,),
    )


def in_scopes(manifest: Manifest, scopes: tuple[str, ...]) -> Manifest:
    """Return a manifest with what is always installed, and with the extras and groups that are named.

    `*` is all of them, `group:*` and `extra:*` are all of a kind, and `!group:NAME` is left out of those.
    """
    if "*" in scopes:
        return manifest
    entries = manifest.dependencies
    lock = entries if isinstance(entries, LockEntries) else None
    known = {scope for each in manifest.written for scope in each.scopes} if lock is None else set(lock.scopes)
    known |= {each.scope for each in manifest.scope_includes}
    kinds = tuple(scope.removesuffix("*") for scope in scopes if scope.endswith(":*"))
    without = {scope.removeprefix("!") for scope in scopes if scope.startswith("!")}
    chosen = {"", "build", *scopes, *(scope for scope in known if kinds and scope.startswith(kinds))} - without
    size = 0
    while len(chosen) != size:
        size = len(chosen)
        chosen |= {each.target for each in manifest.scope_includes if each.scope in chosen}
    kept = tuple(each for each in entries if each.scopes & chosen) if lock is None else lock.in_scopes(chosen)
    return manifest if len(kept) == len(manifest.dependencies) else manifest._replace(dependencies=kept)


def as_brought(manifest: Manifest, how: Brought) -> Manifest:
    """Return what a requirement that names a project by its path brings of it: its extras, and no group."""
    from ddlint.core.model import Origin
    from ddlint.versions.markers import both

    dependencies = tuple(
        each._replace(scope=how.scope, also_for=(), marker=both(how.marker, each.marker))
        for each in in_scopes(manifest, how.extras).dependencies
        if each.origin is Origin.DECLARED and each.scope != "build"
    )
    return manifest._replace(dependencies=dependencies, scope_includes=(), environments=())


def _batches(commands: tuple[tuple[int, Installed], ...], path: str) -> Iterator[frozenset[str]]:
    """Yield the files that each command installs; the one that holds the commands where they name requirements."""
    numbers = dict.fromkeys(number for number, word in commands if word.paths)
    for number in numbers:
        words = [word for each, word in commands if each == number]
        yield frozenset().union(*(word.paths or {path} for word in words))


def _alone(manifest: Manifest) -> Manifest:
    """Return a file that describes a project without the environments that it describes too."""
    if not manifest.environments:
        return manifest
    kept = tuple(each for each in manifest.dependencies if not each.scope.startswith("env:"))
    return manifest._replace(dependencies=kept, environments=())


def _on_own_python(manifest: Manifest) -> Manifest:
    """Return a compiled file with the Python that it was compiled for as the one it is installed on."""
    return manifest._replace(pythons=(manifest.compiled_for,)) if manifest.compiled_for else manifest


def _is_hint(manifest: Manifest) -> bool:
    return manifest.input in HINT_NAMES


def _anchor(path: str) -> str:
    return parent(path).removesuffix("/.github/workflows")


def is_secondary_name(name: str) -> bool:
    """Return whether an environment of that name only builds documentation, lints or releases."""
    lowered = name.lower()
    return any(word in lowered for word in _SECONDARY_WORDS) and bool(_SECONDARY.search(name))


def _is_secondary(name: str, kind: str) -> bool:
    if kind == "job":
        return bool(_DOCUMENTS.search(name))
    return kind in {"requirement file", "locked project", "tox", "nox", "hatch", "hook"} and is_secondary_name(name)


def on_exact_pythons(manifests: tuple[Manifest, ...], described: set[str]) -> tuple[Manifest, ...]:
    """Return the files of an environment that names its own Pythons: the ranges of the others only restrict them."""
    exact = [stated for each in manifests if each.path in described for stated in each.pythons]
    if not exact:
        return _within_range(manifests)
    kept = _met(exact, manifests, described)
    if not kept:
        return tuple(each._replace(pythons=()) if each.path in described else each for each in manifests)
    return tuple(
        each._replace(
            pythons=tuple(stated for stated in each.pythons if stated in kept) if each.path in described else ()
        )
        for each in manifests
    )


def _within_range(manifests: tuple[Manifest, ...]) -> tuple[Manifest, ...]:
    """Return files without the exact Pythons that a range which one of them declares leaves out."""
    exact = [stated for each in manifests for stated in each.pythons if stated.is_exact]
    ranges = [stated for each in manifests for stated in each.pythons if not stated.is_exact]
    if not exact or not ranges:
        return manifests
    kept = _met(exact, manifests, set())
    return tuple(
        each._replace(pythons=tuple(stated for stated in each.pythons if not stated.is_exact or stated in kept))
        for each in manifests
    )


def _met(
    exact: list[PythonRequirement], manifests: tuple[Manifest, ...], described: set[str]
) -> list[PythonRequirement]:
    from ddlint.versions.specifiers import allowed_minors, exact_minor

    ranges = [
        stated.specifier
        for each in manifests
        if each.path not in described and not is_lock(each.path)
        for stated in each.pythons
        if not stated.is_exact
    ]
    return [
        stated
        for stated in exact
        if not (minor := exact_minor(stated.specifier)) or all(allowed_minors(text, (minor,)) for text in ranges)
    ]
