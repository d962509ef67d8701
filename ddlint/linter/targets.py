"""Where the projects of a request are, and which config holds for each."""

from __future__ import annotations

from collections.abc import Callable

from ddlint.checks import CODES
from ddlint.config.loader import Configs
from ddlint.config.settings import Config, extended, is_excluded
from ddlint.config.validators import quoted
from ddlint.core.errors import DdlintError
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.paths import is_inside, parent, relative
from ddlint.core.source import Unread
from ddlint.linter.lint_project import Batch
from ddlint.project.discover import discover
from ddlint.project.installs import is_lock
from ddlint.project.read import Reader
from ddlint.project.walk import is_folder, root_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.config.settings import ConfigValue
    from ddlint.linter.request import Request
    from ddlint.project.discover import Found, Search


class Targets(NamedTuple):
    """The projects of a request, and the configs that hold for them."""

    configs: Configs
    search: Search
    batch: Batch
    unlisted: tuple[tuple[str, str, Config], ...] = ()
    """(directory, reason, its config) of each that was asked for and could not be listed."""
    excluded: int = 0
    """How many files and folders `exclude` left out."""
    is_tracer_required: bool = False
    """Whether a config asks for a tracer."""


def targets_of(request: Request) -> Targets:
    """Find the projects of a request, and the config of each."""
    configs = Configs(request.files, request.cwd, CODES)
    starts = {path: _config_at(request, configs, path) for path in request.paths}
    paths = [path for path in request.paths if not (request.is_exclusion_forced and is_excluded(starts[path], path))]
    excluded = {path for path in request.paths if path not in paths}
    search = discover(paths, _excluding(starts, excluded), _ignoring(request, starts))._replace(is_left_out=not paths)
    if len(search.projects) > 1:
        from ddlint.project.assign import assigned

        search = search._replace(projects=assigned(search.projects, Reader(request.files)))
    lenders = _lenders(search)
    found = tuple(
        (each, _config_of(request, configs, each.directory, each.root))
        for each in search.projects
        if not each.is_context or each.directory in lenders
    )
    unlisted = tuple(
        (path, reason, _config_of(request, configs, path, root_of(path)))
        for path, reason in search.unlisted
        if any(is_inside(path, asked) for asked in request.paths)
    )
    homes = frozenset(each.directory for each in search.projects if not each.is_tentative)
    for each, config in found:
        named = each.named or frozenset()
        if config.exclude:  # that of the project, where the one of the folder above leaves nothing out
            excluded.update(one.path for one in each.files if one.path not in named and is_excluded(config, one.path))
    is_required = any(config.require_tracer for config in (*starts.values(), *(config for _, config in found)))
    batch = Batch(request, found, _directories(request, found), homes)
    return Targets(configs, search, batch, unlisted, len(excluded), is_required)


def _directories(request: Request, found: tuple[tuple[Found, Config], ...]) -> tuple[str, ...]:
    """Return the folders of the packs that are named; one that does not exist is a `DdlintError` at its name."""
    roots = {each: found.root for found, config in found for each in config.rules or ()}
    for each, root in roots.items():
        shown = quoted(relative(each.text, request.cwd))
        if not is_folder(each.text):
            message = f"{shown} is no folder with a pack"
            raise DdlintError(message, place=each.at, hint="a pack is a folder with a pack.yaml")
        refuse_outside(request, each, root)
    return tuple(dict.fromkeys(each.text for each in roots))


def refuse_outside(request: Request, value: ConfigValue, root: str) -> None:
    """Refuse a path outside of the root, or of the current folder, that a config there names; a call may name any."""
    is_trusted = not value.at or bool(request.config)
    top = request.cwd if is_inside(root, request.cwd) else root
    if not is_trusted and not is_inside(request.files.real(value.text), request.files.real(top)):
        message = f"{quoted(relative(value.text, request.cwd))} lies outside of what is linted, so it is not opened"
        raise DdlintError(message, place=value.at, hint="name it on the command line, or in a config of `--config`")


def _config_at(request: Request, configs: Configs, path: str) -> Config:
    directory = path if is_folder(path) else parent(path)
    return _config_of(request, configs, directory, root_of(directory))


def _config_of(request: Request, configs: Configs, directory: str, root: str) -> Config:
    """Return the config that holds for a directory, under what the command line says."""
    if request.is_isolated:
        return request.options
    found = configs.named(request.config) if request.config else configs.nearest(directory, root)
    return extended(found, request.options)


def _excluding(starts: dict[str, Config], excluded: set[str]) -> Callable[[str], bool]:
    """Return the function that says what a walk leaves out, and adds it to `excluded`."""
    if not any(config.exclude for config in starts.values()):
        return lambda _: False

    def is_left_out(path: str) -> bool:
        if is_excluded(_nearest(starts, path), path):
            excluded.add(path)
            return True
        return False

    return is_left_out


def _ignoring(request: Request, starts: dict[str, Config]) -> Callable[[str], bytes | Unread] | None:
    """Return the function that reads what git ignores; nothing where no config wants that respected."""
    is_wanted = any(config.respect_gitignore is not False for config in starts.values())
    return request.files.read if is_wanted else None


def _nearest(starts: dict[str, Config], path: str) -> Config:
    holding = [start for start in starts if is_inside(path, start)]
    return starts[max(holding, key=len)] if holding else Config()


def _lenders(search: Search) -> frozenset[str]:
    """Return the folders above the projects that have a lock to give."""
    return frozenset(
        found.directory
        for found in search.projects
        if found.is_context and any(is_lock(file.path) for file in found.files)
    )
