"""The parser of command lines: its options, what its help says, and how it reports a wrong call."""

from __future__ import annotations

import argparse
import re

from ddlint.cli.argument_types import all_of, codes, is_pattern, number, one_of, some_of
from ddlint.config.settings import (
    PLATFORM_WORDS,
    did_you_mean,
    is_day,
    is_minor,
    is_platform,
    is_specifier,
    package_name_hint,
    quoted,
)
from ddlint.core.errors import DdlintError
from ddlint.core.model import Severity
from ddlint.outputs import NAMES

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
_LEVELS = tuple(level.value for level in Severity)
WITHOUT_PATHS = frozenset({"rule", "pack", "server"})
_TEXT_OR_JSON = ("text", "json")
SHELLS = ("bash", "zsh", "tcsh")
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
  DDLINT_CACHE_DIR           where results are kept, as --cache-dir
  DDLINT_NO_CACHE            keep none, as --no-cache; in a CI none are kept
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


def parser(command: str) -> argparse.ArgumentParser:
    """Return the parser of one command; `check` has the options of most."""
    made = Parser(
        prog="ddlint" if command == "check" else f"ddlint {command}",
        usage=USAGE[command],
        description=ABOUT[command],
        epilog=EPILOG[command],
        formatter_class=formatter,
        allow_abbrev=False,
    )
    if command == "rule":
        _of_rule(made)
    elif command == "pack":
        made.add_argument("directory", metavar="DIR", help="the folder with the pack.yaml")
    elif command != "server":
        made.add_argument(
            "paths", nargs="*", default=[], metavar="PATH", help="files and folders; `-` is standard input"
        )
        _of_input(made, is_check=command == "check")
        _of_judging(made)
        {"inspect": _of_inspect, "plan": _of_plan}.get(command, _of_check)(made)
    if command == "check":
        says = "print the version and the day of the rules; with -v that of each kind of fact"
        made.add_argument("-V", "--version", action="store_true", help=says)
        made.add_argument(
            "--print-completion",
            choices=SHELLS,
            metavar="SHELL",
            help="print the completion for bash, zsh or tcsh (needs `ddlint[completion]`)",
        )
    return made


def _add_text_or_json(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "--output-format",
        "--format",
        default=_TEXT_OR_JSON[0],
        choices=_TEXT_OR_JSON,
        metavar="FMT",
        help="text or json (default: text)",
    )


def _of_rule(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "name",
        nargs="?",
        default="",
        metavar="CODE | ROW",
        help="such as DD301, unsupported-dependency or ddtrace/flask",
    )
    made.add_argument("--all", action="store_true", help="explain every check")
    _add_text_or_json(made)
    made.add_argument(
        "--rules",
        action="append",
        default=[],
        metavar="DIR",
        help="a pack of your own, beside the built-in one; may be repeated",
    )


def _of_inspect(made: argparse.ArgumentParser) -> None:
    _add_text_or_json(made)
    made.add_argument("-o", "--output-file", default="", metavar="FILE", help="write there instead of printing")
    made.add_argument("-q", "--quiet", action="store_true", help="print nothing but what was asked for")


def _of_plan(made: argparse.ArgumentParser) -> None:
    from ddlint.plan import FORMATS

    group = made.add_argument_group("plan")
    add = group.add_argument
    add("--to", default="", metavar="VERSION", help="the release to reach, or its series; the newest without it")
    add(
        "--via",
        default="",
        metavar="VERSIONS",
        help="the releases to pass on the way, or `majors`: the newest of each major",
    )
    add("--write", action="store_true", help="make the changes in the files, and print what remains to be run")
    add(
        "--output-format",
        "--format",
        choices=FORMATS,
        metavar="FMT",
        help=f"{', '.join(FORMATS)} (default: {FORMATS[0]})",
    )
    add(
        "-o",
        "--output-file",
        action="append",
        default=[],
        metavar="[FMT:]FILE",
        help="write there instead of printing; may be given for several formats",
    )
    add(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        metavar="WHEN",
        help="auto, always or never (default: auto)",
    )
    add("-q", "--quiet", action="store_true", help="print nothing but what was asked for")


def _of_input(made: argparse.ArgumentParser, *, is_check: bool) -> None:
    group = made.add_argument_group("input and config")
    add = group.add_argument
    add("--config", default="", metavar="FILE", help="use this config for everything (default: the nearest one)")
    add("--isolated", "--no-config", action="store_true", help="read no config")
    add(
        "--exclude",
        action="append",
        type=all_of(is_pattern, "no pattern of paths"),
        metavar="PATTERN",
        help="leave out files and folders, such as `legacy/**`, instead of `exclude` of the config",
    )
    add("--force-exclude", action="store_true", help="leave out what is excluded also where it is named")
    add("--no-respect-gitignore", action="store_true", help="read what git ignores too")
    add(
        "--stdin-filename",
        default="",
        metavar="NAME",
        help="the name under which `-` is read (default: requirements.txt)",
    )
    if is_check:
        add(
            "-j",
            "--jobs",
            type=number,
            default=0,
            metavar="N",
            help="how many processes share the work (default: 0, which decides itself)",
        )
        add(
            "--no-cache",
            action="store_true",
            help="neither look for results of earlier calls nor keep those of this one",
        )
        add(
            "--cache-dir",
            default="",
            metavar="DIR",
            help="keep results there, outside of what is linted (default: ddlint in the user's folder for caches)",
        )


def _of_judging(made: argparse.ArgumentParser) -> None:
    group = made.add_argument_group("judging")
    add = group.add_argument
    add(
        "--tracer",
        type=one_of(is_specifier, "no specifier such as `>=2.1,<3`, and no version", package_name_hint),
        metavar="SPEC",
        help="judge as if this ddtrace were required, such as `4.16.0` or `>=4,<5`",
    )
    add(
        "--python-version",
        type=one_of(is_minor, "no minor of Python such as `3.12`"),
        metavar="X.Y",
        help="judge for this Python alone, such as 3.12",
    )
    add(
        "--platform",
        action="append",
        type=all_of(is_platform, f"no {PLATFORM_WORDS}"),
        metavar="P",
        help="judge for these platforms, such as musllinux-x86_64 or win-amd64",
    )
    add(
        "--as-of",
        type=one_of(is_day, "no day such as `2030-01-31`"),
        metavar="DATE",
        help="judge as on that day, such as 2030-01-31 (default: today)",
    )
    add(
        "--rules",
        action="append",
        default=[],
        metavar="DIR",
        help="a pack of your own, beside the built-in one; may be repeated",
    )


def _of_check(made: argparse.ArgumentParser) -> None:
    group = made.add_argument_group("what is reported")
    add = group.add_argument
    add(
        "--select",
        action="append",
        type=some_of(codes),
        metavar="CODES",
        help="only these codes or names of checks; `DD3` is every DD3xx (default: all)",
    )
    add("--ignore", action="append", type=codes, metavar="CODES", help="all but these")
    add(
        "--extend-select",
        action="append",
        type=codes,
        metavar="CODES",
        help="these beside those that the config selects",
    )
    add(
        "--extend-ignore",
        action="append",
        type=codes,
        metavar="CODES",
        help="not these either, beside those that the config ignores",
    )
    add(
        "--min-severity",
        choices=_LEVELS,
        metavar="LEVEL",
        help="hide lower levels: error, warning or notice (default: warning)",
    )
    add(
        "--fail-on",
        choices=_LEVELS,
        metavar="LEVEL",
        help="exit with 1 from this level on: error, warning or notice (default: warning)",
    )
    add("--pedantic", action="store_true", help="report everything, also what is likely intended")
    add("--require-tracer", action="store_true", help="exit with 1 where no tracer is found, so nothing is checked")
    add(
        "--ignore-suppressions",
        action="store_true",
        help="report what comments, `suppress` and baselines of the checkout silence",
    )
    add("--baseline", default="", metavar="FILE", help="report only what is not in this file")
    add("--write-baseline", default="", metavar="FILE", help="write what is found to this file, and exit with 0")
    add("-e", "--exit-zero", action="store_true", help="exit with 0 also where there are findings")
    group = made.add_argument_group("fixes")
    add = group.add_argument
    add("--fix", action="store_true", help="make the fixes that are safe, and report what is left")
    add(
        "--unsafe-fixes", action="store_true", help="with --fix or --diff: also those that may change what is installed"
    )
    add("--diff", action="store_true", help="write nothing, and print what --fix would do; exit with 1 if it would")
    group = made.add_argument_group("output")
    add = group.add_argument
    add("--output-format", "--format", choices=NAMES, metavar="FMT", help=f"{', '.join(NAMES)} (default: {NAMES[0]})")
    add(
        "-o",
        "--output-file",
        action="append",
        default=[],
        metavar="[FMT:]FILE",
        help="write there instead of printing; may be given for several formats",
    )
    add("--statistics", action="store_true", help="count the findings by code, on standard error")
    add(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        metavar="WHEN",
        help="auto, always or never (default: auto)",
    )
    add("-q", "--quiet", action="store_true", help="print findings and nothing else")
    add("-v", "--verbose", action="store_true", help="report on standard error what was decided, and why")
