"""The completion of the command line for a shell, made by shtab from the parsers."""

from __future__ import annotations

from importlib import import_module

from ddlint.cli import COMMANDS
from ddlint.cli.argparser import parser
from ddlint.core.errors import DdlintError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import Any

_FIRST = "_ddlint_command_or_path"
"""The function of a shell that completes the first word: a command, or a path."""
_PREAMBLE = {
    "bash": f'{_FIRST}() {{ compgen -W \'{" ".join(COMMANDS)}\' -- "$1"; compgen -f -- "$1"; }}',
    "zsh": f"{_FIRST}() {{ _alternative 'commands:command:({' '.join(COMMANDS)})' 'files:path:_files' }}",
}
_FILES = frozenset({"PATH", "FILE", "DIR", "[FMT:]FILE"})


def script(shell: str) -> str:
    """Return the completion script for a shell; a `DdlintError` where shtab is not installed."""
    try:
        shtab = import_module("shtab")
    except ModuleNotFoundError as error:
        raise DdlintError("completion needs shtab", hint="install `ddlint[completion]`") from error
    top = parser("check")
    commands = top.add_subparsers()
    for command in COMMANDS:
        one = parser(command)
        _complete_files(one, shtab)
        commands.add_parser(
            command, parents=[one], add_help=False, usage=one.usage, description=(one.description or "").split("\n")[0]
        )
    _complete_files(top, shtab)
    for action in top._actions:
        if action.metavar == "PATH":
            action.complete = {"bash": _FIRST, "zsh": _FIRST, "tcsh": "f"}  # type: ignore[attr-defined]  # it is shtab's
    text: str = shtab.complete(top, shell, preamble=_PREAMBLE)
    return text


def _complete_files(made: argparse.ArgumentParser, shtab: Any) -> None:
    for action in made._actions:
        if action.metavar in _FILES:
            action.complete = shtab.DIRECTORY if action.metavar == "DIR" else shtab.FILE  # type: ignore[attr-defined]  # it is shtab's
