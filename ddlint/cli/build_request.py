"""From the options of a call to a request: which paths, which files, which packs, and who does the work."""

from __future__ import annotations

from ddlint.cli import host as machine
from ddlint.cli.help_text import COMMANDS
from ddlint.cli.options import config_of
from ddlint.config.validators import did_you_mean, quoted
from ddlint.core.errors import DdlintError
from ddlint.core.filesystem import World
from ddlint.linter.process_pool import crew_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from ddlint.cli.progress import Progress
    from ddlint.core.source import Unread
    from ddlint.linter.request import Request
    from ddlint.pack.pack import Pack


def request_of(options: argparse.Namespace, progress: Progress, *, has_table: bool = False) -> Request:
    """Give what a call asks the engine for."""
    from ddlint.linter.request import Request  # noqa: PLC0415 - import time

    if options.stdin_filename and "-" not in options.paths:
        raise DdlintError("`--stdin-filename` does nothing alone", hint="add `-`, which reads standard input")
    cwd = machine.here()
    paths = [_path(path, options) for path in options.paths] or [cwd]
    return Request(
        paths=tuple(dict.fromkeys(paths)),
        cwd=cwd,
        as_of=options.as_of or machine.today(),
        world=World(_reader(options), machine.real_path),
        packs=packs_of,
        options=config_of(options, cwd, machine.absolute),
        config=_config(options),
        is_isolated=options.isolated,
        is_exclusion_forced=options.force_exclude,
        has_baseline=not getattr(options, "write_baseline", ""),
        has_table=has_table,
        is_explained=getattr(options, "verbose", False),
        crew=crew_of(options.jobs) if "jobs" in options and "-" not in options.paths else None,
        progress=progress.tell,
    )


def _path(path: str, options: argparse.Namespace) -> str:
    from ddlint.project.walk import exists  # noqa: PLC0415 - import time

    if path == "-":
        return machine.absolute(options.stdin_filename or _OF_INPUT)
    if reason := machine.hindrance(path):
        raise DdlintError(f"{quoted(path)} cannot be reached: {reason}")
    if not path or not exists(path):
        meant = did_you_mean(path, COMMANDS)
        hint = f"{meant} it is a command" if meant.startswith("did") else "name a file or a folder that is there"
        raise DdlintError(f"there is no file or folder {quoted(path)}", hint=hint)
    return machine.absolute(path)


_OF_INPUT = "requirements.txt"
"""What standard input is read as."""


def _reader(options: argparse.Namespace) -> Callable[[str], bytes | Unread]:
    """Give the function that reads files; standard input stands in for the file whose name it was given."""
    if "-" not in options.paths:
        return machine.read_file
    name, data = machine.absolute(options.stdin_filename or _OF_INPUT), machine.read_input()
    return lambda path: data if path == name else machine.read_file(path)


def _config(options: argparse.Namespace) -> str:
    """Give the path of the config that is named; `--isolated` is stronger than the environment."""
    if options.isolated and options.config:
        raise DdlintError("`--isolated` reads no config and `--config` names one", hint="leave one of them out")
    named = options.config or ("" if options.isolated else machine.variable("DDLINT_CONFIG"))
    return machine.absolute(named) if named else ""


def packs_of(directories: tuple[str, ...]) -> tuple[Pack, ...]:
    """Give the built-in pack and those in `directories`; one of the same name replaces it."""
    from ddlint.pack.loader import builtin, load  # noqa: PLC0415 - import time

    packs = [builtin()]
    if directories:
        from pathlib import Path  # noqa: PLC0415 - import time

        packs += [load(Path(directory)) for directory in directories]
    return tuple({pack.name: pack for pack in packs}.values())
