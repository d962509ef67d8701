"""The completion of the command line for a shell, made by shtab from the parsers."""

from __future__ import annotations

from importlib import import_module

from ddlint.cli.argparser import COMMANDS
from ddlint.cli.options import parser
from ddlint.core.errors import DdlintError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import Any

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
    text: str = shtab.complete(top, shell)
    return text


def _complete_files(made: argparse.ArgumentParser, shtab: Any) -> None:
    for action in made._actions:
        if action.metavar in _FILES:
            action.complete = shtab.DIRECTORY if action.metavar == "DIR" else shtab.FILE  # type: ignore[attr-defined]  # it is shtab's
