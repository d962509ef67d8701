"""The parser of command lines: what its help says, and how it reports a wrong call and reads values."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable

from ddlint.config.validators import code_hint, code_of, did_you_mean, quoted
from ddlint.core.errors import DdlintError
from ddlint.core.paths import glob

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

    from _typeshed import SupportsWrite


USAGE = {
    "check": "ddlint [check] [PATH ...] [options]",
    "inspect": "ddlint inspect [PATH ...] [options]",
    "plan": "ddlint plan [PATH ...] [--to VERSION] [--write] [options]",
    "rule": "ddlint rule [CODE | ROW] [--all] [--output-format text|json]",
    "pack": "ddlint pack DIR",
    "server": "ddlint server",
}
COMMANDS = tuple(USAGE)
ABOUT = {
    "check": """Check whether Datadog's Python tracer ddtrace supports what a project declares:
libraries, Pythons, platforms and settings. ddlint reads files only.

commands, each with its own --help (or `ddlint help COMMAND`):
  ddlint [check] [PATH ...]  findings; PATH is a file or a folder, default "."
  ddlint inspect [PATH ...]  what was read: environments, Pythons, settings
  ddlint plan [PATH ...]     the way to a release of ddtrace; `--write` makes
                             its changes
  ddlint rule [CODE | ROW]   explain a check or a row, with its evidence
  ddlint pack DIR            check a pack: schema, meaning, examples
  ddlint server              the language server, for editors""",
    "inspect": """Show what is read of each project: its dependencies, Pythons and settings with
their locations, and which release of ddtrace it gets, and why. It judges
nothing.""",
    "plan": """Plan the way to a release of ddtrace, Datadog's Python tracer: whether it can be
reached, what has to change, in which order, and what every series supports.
`--write` makes the changes; locks stay as they are, and the commands that make
them are printed.""",
    "rule": """Explain a check or several (`DD3` is every DD3xx), or all that is known in one
row of the rules on ddtrace, with the documents it rests on. Without a name,
list the checks.""",
    "pack": """Check a pack: its schema, its meaning, and its examples.""",
    "server": """Serve an editor over standard input and output by the Language Server Protocol:
findings as you type, what ddtrace supports beside a requirement, and fixes.
It needs `ddlint[lsp]`.""",
}
_ENVIRONMENT = """environment variables:
  DDLINT_CONFIG              the config, as --config
  DDLINT_OUTPUT_FORMAT       the format, as --output-format
  DDLINT_FILES_URL           where the files can be read, for the links of the
                             markdown format; the action sets it
  COLUMNS                    the width of text; the terminal's without it
  NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE
                             no colours, or colours although no terminal reads"""
_EXIT = "exit codes: 0 done, 2 a wrong call, config or pack"
EPILOG = {
    "check": f"""examples:
  ddlint                                 check the current folder
  ddlint services/shop --fail-on error   check one project
  ddlint --select DD3,end-of-life-tracer only these checks
  ddlint --diff --unsafe-fixes           show what would be fixed
  ddlint --output-format sarif -o ddlint.sarif
  ddlint --tracer 4.16.0                 as if ddtrace 4.16.0 were required

{_ENVIRONMENT}

exit codes: 0 clean, 1 findings at or above --fail-on, 2 a wrong call, config or
pack""",
    "inspect": f"""examples:
  ddlint inspect services/shop
  ddlint inspect --output-format json

{_EXIT}""",
    "plan": """examples:
  ddlint plan                            the way to the newest release
  ddlint plan --to 4.16 --via majors     in steps, one for each major
  ddlint plan --to 4.16 --write          make the changes
  ddlint plan --output-format html -o plan.html

exit codes: 0, also where the release cannot be reached; 1 with --write where a
plan could not be written; 2 a wrong call, config or pack""",
    "rule": f"""examples:
  ddlint rule DD301
  ddlint rule unsupported-dependency
  ddlint rule ddtrace/flask

{_EXIT}""",
    "pack": """examples:
  ddlint pack rules/ddtrace

exit codes: 0 the pack is correct, 1 mistakes in it, 2 a wrong call""",
    "server": """examples:
  ddlint server                          started by an editor, not by hand

exit codes: 0 the editor is done, 2 a wrong call""",
}


class Parser(argparse.ArgumentParser):
    """Raises a wrong call as a `DdlintError`, with the word that was probably meant."""

    def error(self, message: str) -> NoReturn:
        """Raise what argparse found wrong."""
        raise DdlintError(self._clearer(message), hint=f"usage: {self.usage}; see `{self.prog} --help`")

    def print_help(self, file: SupportsWrite[str] | None = None) -> None:
        """Print the help; a closed stream is reported when it is flushed, as newer Pythons do."""
        try:
            super().print_help(file)
        except OSError:
            return

    def _clearer(self, message: str) -> str:
        if unknown := re.match(r"unrecognized arguments: (\S+)", message):
            word = unknown[1].partition("=")[0]
            if not word.startswith("-"):
                return f"`{self.prog}` takes no further {quoted(word)}"
            known = [each for action in self._actions for each in action.option_strings]
            return f"{quoted(word)} is no option of `{self.prog}`{_meant(word, known)}"
        if choice := re.match(r"argument (\S+): invalid choice: '([^']*)' \(choose from (.*)\)$", message):
            known = [each.strip("' ") for each in choice[3].split(",")]
            hint = did_you_mean(choice[2], known)
            return f"{choice[1].split('/')[0]} does not take {quoted(choice[2])}: {hint}"
        return re.sub(r"^argument (\S+?)(/\S+)?: ", r"\1: ", message)


def _meant(word: str, known: list[str]) -> str:
    hint = did_you_mean(word, known)
    return f"; {hint}" if hint.startswith("did") else ""


class _Layout(argparse.RawDescriptionHelpFormatter):
    """Keeps words with hyphens, such as the names of formats, on one line."""

    def _split_lines(self, text: str, width: int) -> list[str]:
        from textwrap import wrap

        return wrap(" ".join(text.split()), width, break_on_hyphens=False)


def formatter(prog: str) -> argparse.HelpFormatter:
    """Return the layout of the help: at most 80 columns, whatever the terminal."""
    return _Layout(prog, max_help_position=32, width=80)


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def all_of(test: Callable[[str], bool], words: str) -> Callable[[str], list[str]]:
    """Return the reader of values parted by commas; of one that does not pass `test`, argparse says it is `words`."""

    def read(text: str) -> list[str]:
        for word in _words(text):
            if not test(word):
                raise argparse.ArgumentTypeError(f"{quoted(word)} is {words}")
        return _words(text)

    return read


def codes_of(known: frozenset[str]) -> Callable[[str], list[str]]:
    """Return the reader of codes, starts of codes and names of checks, parted by commas."""

    def read(text: str) -> list[str]:
        codes = []
        for word in _words(text):
            code = code_of(word, known)
            if not code:
                hint = code_hint(word, known)
                raise argparse.ArgumentTypeError(
                    f"{quoted(word)} is no code and no check of ddlint{f'; {hint}' if hint else ''}"
                )
            codes.append(code)
        return codes

    return read


def some_of(read: Callable[[str], list[str]]) -> Callable[[str], list[str]]:
    """Return the reader of codes of which there must be one: none is a variable that was left empty."""

    def read_some(text: str) -> list[str]:
        if not _words(text):
            raise argparse.ArgumentTypeError("no code is named, so nothing would be looked for")
        return read(text)

    return read_some


def one_of(test: Callable[[str], bool], words: str, hint: Callable[[str], str] = lambda _: "") -> Callable[[str], str]:
    """Return the reader of one value, which must pass `test`; `hint` says what may be meant by one that does not."""

    def read(text: str) -> str:
        if not test(text):
            meant = hint(text)
            raise argparse.ArgumentTypeError(f"{quoted(text)} is {words}{f'; {meant}' if meant else ''}")
        return text

    return read


def number(text: str) -> int:
    """Read a number of processes, at most four digits; argparse reports anything else."""
    if not text.isdecimal() or not text.isascii() or len(text) > 4:
        raise argparse.ArgumentTypeError(f"{quoted(text)} is no number of processes such as `4`; 0 decides by itself")
    return int(text)


def is_pattern(text: str) -> bool:
    """Whether `text` is a pattern of paths."""
    try:
        glob(text)
    except re.error:
        return False
    return True
