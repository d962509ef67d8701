"""The command line: what may be said, what it means, and which word was meant. It touches nothing but its arguments."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ddlint.checks import CHECKS
from ddlint.cli.argparser import (
    ABOUT,
    EPILOG,
    USAGE,
    Parser,
    all_of,
    codes_of,
    formatter,
    is_pattern,
    number,
    one_of,
    some_of,
)
from ddlint.config.settings import Config, ConfigValue, Pattern, Selection
from ddlint.config.validators import (
    PLATFORM_WORDS,
    is_day,
    is_minor,
    is_platform,
    is_specifier,
    package_name_hint,
)
from ddlint.core.model import Severity
from ddlint.outputs import NAMES

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

CODES = frozenset(check.code for check in CHECKS)
_LEVELS = tuple(level.value for level in Severity)
_codes = codes_of(CODES)
_WITHOUT_PATHS = frozenset({"rule", "pack", "server"})
_TEXT_OR_JSON = ("text", "json")
SHELLS = ("bash", "zsh", "tcsh")


def parsed(command: str, words: Sequence[str]) -> argparse.Namespace:
    """Parse the arguments of a command; what follows `--` is a path, whatever it starts with."""
    end = words.index("--") if "--" in words else len(words)
    before, behind = list(words[:end]), list(words[end + 1 :])
    if command in _WITHOUT_PATHS:
        return parser(command).parse_intermixed_args(before + behind)
    options = parser(command).parse_intermixed_args(before)
    options.paths += behind
    return options


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
        made.add_argument("-V", "--version", action="store_true", help="print the version and the day of the rules")
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
        type=some_of(_codes),
        metavar="CODES",
        help="only these codes or names of checks; `DD3` is every DD3xx (default: all)",
    )
    add("--ignore", action="append", type=_codes, metavar="CODES", help="all but these")
    add(
        "--extend-select",
        action="append",
        type=_codes,
        metavar="CODES",
        help="these beside those that the config selects",
    )
    add(
        "--extend-ignore",
        action="append",
        type=_codes,
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


def _flat(values: Sequence[list[str]] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple(word for each in values for word in each)


def config_of(options: argparse.Namespace, cwd: str, absolute: Callable[[str], str]) -> Config:
    """Return what the command line says of judging, in the words of a config."""
    given = vars(options)
    level = {level.value: level for level in Severity}
    selection = Selection(
        _flat(given.get("select")),
        _flat(given.get("ignore")),
        _flat(given.get("extend_select")) or (),
        _flat(given.get("extend_ignore")) or (),
    )
    patterns = _flat(options.exclude)
    mildest = given.get("min_severity") or ("notice" if given.get("pedantic") else None)
    return Config(
        selections=() if selection == Selection() else (selection,),
        exclude=None if patterns is None else tuple(Pattern(cwd, pattern) for pattern in patterns),
        respect_gitignore=False if options.no_respect_gitignore else None,
        fail_on=level.get(given.get("fail_on") or ""),
        min_severity=level.get(mildest or ""),
        rules=tuple(ConfigValue(absolute(path)) for path in options.rules) or None,
        tracer_option=options.tracer or "",
        python_version=options.python_version or "",
        platforms=_flat(options.platform),
        baseline=ConfigValue(absolute(options.baseline)) if given.get("baseline") else ConfigValue(""),
        pedantic=given.get("pedantic") or None,
        require_tracer=given.get("require_tracer") or None,
    )
