"""Which manifests of a project are installed together: a root file, what it includes, and the lock beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ddlint.model import Origin
from ddlint.paths import is_template, is_url, parent, resolve_include
from ddlint.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.model import Manifest

_LOCKS = {
    "pyproject.toml": ("uv.lock", "poetry.lock", "pdm.lock", "pixi.lock", "pylock.toml"),
    "Pipfile": ("Pipfile.lock",),
    "pixi.toml": ("pixi.lock",),
    "environment.yml": ("conda-lock.yml", "conda-lock.yaml"),
    "environment.yaml": ("conda-lock.yml", "conda-lock.yaml"),
}
"""The locks of a manifest; `pylock.NAME.toml` and `NAME.conda-lock.yml` are locks as well."""
_SIBLINGS = ("pyproject.toml", "setup.cfg", "setup.py", "uv.toml", "hatch.toml")
"""They describe one distribution together; the first that is there stands for it."""


class Install(NamedTuple):
    """The files that are installed together, from one root."""

    root: str
    files: tuple[str, ...]
    """Paths, the root first."""
    constraints: frozenset[str]
    """Those of `files` that only narrow what the others ask for."""


def name_of(path: str) -> str:
    """Give the last part of a path."""
    return path.rpartition("/")[2]


def is_lock(path: str) -> bool:
    """Tell whether a tool writes the file at `path`, so that nobody edits it by hand."""
    name = name_of(path)
    return path.endswith(".py.lock") or any(_is_lock_of(owner, name) for owner in _LOCKS)


def _is_lock_of(owner: str, name: str) -> bool:
    parts = name.split(".")
    kind = "pylock" if parts[0] == "pylock" else "conda-lock" if "conda-lock" in parts else ""
    return (f"{kind}.{parts[-1]}" if kind else name) in _LOCKS.get(owner, ())


def compiled(manifests: tuple[Manifest, ...]) -> frozenset[str]:
    """Give the paths of requirement files that a tool compiles from an `.in` file beside them."""
    paths = {manifest.path for manifest in manifests}
    return frozenset(path for path in paths if path.endswith(".txt") and f"{path.removesuffix('.txt')}.in" in paths)


def made_from(path: str, manifests: tuple[Manifest, ...]) -> tuple[str, ...]:
    """Give the locks and compiled files that a tool makes from the file at `path`."""
    paths, written = {manifest.path for manifest in manifests}, compiled(manifests)
    siblings = (f"{parent(path)}/{each}" for each in _SIBLINGS if name_of(path) in _SIBLINGS)
    owners = dict.fromkeys((path, *(each for each in siblings if each in paths)))
    found = (each for owner in owners for each in _beside(owner, paths))
    return tuple(dict.fromkeys(each for each in found if is_lock(each) or each in written))


def installs(manifests: tuple[Manifest, ...]) -> tuple[Install, ...]:
    """Give one install for each file that no other pulls in, in the order of the manifests."""
    edges = {manifest.path: tuple(_edges(manifest, manifests)) for manifest in manifests}
    targets = {target for path, each in edges.items() for target, _ in each if target != path}
    roots = [path for path in edges if path not in targets]
    made = [_install(root, edges) for root in roots]
    reached = {path for install in made for path in install.files}
    for path in edges:
        if path not in reached:
            made.append(_install(path, edges))
            reached.update(made[-1].files)
    return tuple(made)


def _install(root: str, edges: dict[str, tuple[tuple[str, bool], ...]]) -> Install:
    is_constraint = {root: False}
    waiting = [root]
    while waiting:
        path = waiting.pop(0)
        for target, narrows in edges[path]:
            weaker = narrows or is_constraint[path]
            if target not in is_constraint or (is_constraint[target] and not weaker):
                is_constraint[target] = weaker
                waiting.append(target)
    return Install(root, tuple(is_constraint), frozenset(path for path, narrows in is_constraint.items() if narrows))


def _edges(manifest: Manifest, manifests: tuple[Manifest, ...]) -> Iterator[tuple[str, bool]]:
    paths = {each.path for each in manifests}
    for include in manifest.includes:
        if not is_url(include.target) and not is_template(include.target):
            target = resolve_include(manifest.path, include.target)
            if target in paths:
                yield target, include.is_constraint
    for path in _beside(manifest.path, paths):
        yield path, False


def _beside(path: str, paths: set[str]) -> Iterator[str]:
    """Give the files that belong to the one at `path` without an include: its locks and its siblings."""
    directory, name = parent(path), name_of(path)
    if path.endswith(".in") and f"{path.removesuffix('.in')}.txt" in paths:
        yield f"{path.removesuffix('.in')}.txt"
    if f"{path}.lock" in paths and path.endswith(".py"):
        yield f"{path}.lock"
    siblings = [f"{directory}/{each}" for each in _SIBLINGS if f"{directory}/{each}" in paths]
    if siblings and siblings[0] == path:
        yield from siblings[1:]
    if name in _LOCKS:
        yield from _nearest(directory, [each for each in paths if _is_lock_of(name, name_of(each))])


def _nearest(directory: str, locks: list[str]) -> list[str]:
    """Give the locks in a directory, or else in the nearest one above it: a workspace has one lock at its root."""
    above = [lock for lock in locks if directory == parent(lock) or directory.startswith(f"{parent(lock)}/")]
    deepest = max((len(parent(lock)) for lock in above), default=0)
    return sorted(lock for lock in above if len(parent(lock)) == deepest)


def role(origin: Origin, path: str, install: Install) -> Origin:
    """Give the part a requirement plays in an install: what is declared in a file of constraints only narrows."""
    return Origin.CONSTRAINT if origin is Origin.DECLARED and path in install.constraints else origin


def is_sibling(path: str, other: str) -> bool:
    """Tell whether two different files describe one distribution, so that they repeat each other."""
    return path != other and name_of(path) in _SIBLINGS and name_of(other) in _SIBLINGS
