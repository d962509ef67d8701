"""What a call asks for, as its options say it, and what they mean for a config."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ddlint.config.settings import Config, ConfigValue, Pattern, Selection
from ddlint.core.model import Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Options:
    """The value of every option of a command by its name, as `argparse.Namespace` has it."""

    def __init__(self, **values: Any) -> None:
        self.__dict__.update(values)

    def __contains__(self, name: str) -> bool:
        """Whether the command has an option."""
        return name in self.__dict__

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Return the value of an option."""


_ABSENT = {
    "select": None,
    "ignore": None,
    "extend_select": None,
    "extend_ignore": None,
    "exclude": None,
    "tracer": None,
    "python_version": None,
    "platform": None,
    "as_of": None,
    "min_severity": None,
    "fail_on": None,
    "output_format": None,
    "print_completion": None,
    "config": "",
    "stdin_filename": "",
    "baseline": "",
    "write_baseline": "",
    "color": "auto",
    "jobs": 0,
    "isolated": False,
    "force_exclude": False,
    "no_respect_gitignore": False,
    "pedantic": False,
    "require_tracer": False,
    "ignore_suppressions": False,
    "exit_zero": False,
    "fix": False,
    "unsafe_fixes": False,
    "diff": False,
    "statistics": False,
    "quiet": False,
    "verbose": False,
    "version": False,
}
"""What `check` is when only paths are given; a test compares it with the parser."""


def parsed(command: str, words: Sequence[str]) -> Options:
    """Parse the arguments of a command; what follows `--` is a path, whatever it starts with.

    A `check` of paths alone, the call of most hooks, needs no parser: making one takes a tenth of a short run.
    """
    if command == "check" and not any(word.startswith("-") for word in words):
        return Options(**_ABSENT, paths=list(words), rules=[], output_file=[])
    from ddlint.cli.argparser import WITHOUT_PATHS, parser

    end = words.index("--") if "--" in words else len(words)
    before, behind = list(words[:end]), list(words[end + 1 :])
    if command in WITHOUT_PATHS:
        return parser(command).parse_intermixed_args(before + behind, Options())
    options: Options = parser(command).parse_intermixed_args(before, Options())
    options.paths.extend(behind)
    return options


def _flat(values: Sequence[list[str]] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple(word for each in values for word in each)


def config_of(options: Options, cwd: str, absolute: Callable[[str], str]) -> Config:
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
