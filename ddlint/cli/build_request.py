"""From the options of a call to a request (paths, config, packs, processes), and to reports and their places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from ddlint import HOME
from ddlint.cli import COMMANDS, host, terminal
from ddlint.config.settings import Config, ConfigValue, Pattern, Selection, did_you_mean, quoted
from ddlint.core.errors import DdlintError
from ddlint.core.lazy_regex import regex
from ddlint.core.model import Severity
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.paths import relative
from ddlint.core.redact import mask, masked_report
from ddlint.core.report import Report
from ddlint.core.source import FileSystem, ProcessPool, Unread
from ddlint.outputs import NAMES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ddlint.cli.stderr import Progress
    from ddlint.linter.lint_project import Request
    from ddlint.linter.run import Outcome
    from ddlint.pack.pack import Pack


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
    "cache_dir": "",
    "write_baseline": "",
    "color": "auto",
    "jobs": 0,
    "isolated": False,
    "no_cache": False,
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
"""What `check` is when only paths are given; a test compares it with the parser, and so with flags."""


def parsed(command: str, words: Sequence[str]) -> Options:
    """Parse the arguments of a command; what follows `--` is a path, whatever it starts with."""
    plain = _plain(words) if command == "check" else None
    if plain is not None:
        return plain
    from ddlint.cli.argparser import WITHOUT_PATHS, parser

    end = words.index("--") if "--" in words else len(words)
    before, behind = list(words[:end]), list(words[end + 1 :])
    if command in WITHOUT_PATHS:
        return parser(command).parse_intermixed_args(before + behind, Options())
    options: Options = parser(command).parse_intermixed_args(before, Options())
    options.paths.extend(behind)
    return options


_FLAGS = {f"--{name.replace('_', '-')}": name for name, value in _ABSENT.items() if value is False}
"""The options of `check` that take no value."""


def _plain(words: Sequence[str]) -> Options | None:
    """Parse paths, flags and the name of a format, which is what hooks pass; nothing for any other words.

    It needs no parser: making one takes a tenth of a short run.
    """
    given: dict[str, bool | str] = {}
    paths: list[str] = []
    left = iter(words)
    for word in left:
        if word in _FLAGS:
            given[_FLAGS[word]] = True
        elif word == "--output-format":
            name = next(left, "")
            if name not in NAMES:
                return None
            given["output_format"] = name
        elif word.startswith("-"):
            return None
        else:
            paths.append(word)
    return Options(**{**_ABSENT, **given}, paths=paths, rules=[], output_file=[])


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


_NAME = regex(r"[a-z][a-z-]+")
"""What may be meant for the name of a format; a single letter is a drive."""


def request_of(options: Options, progress: Progress, *, has_table: bool = False) -> Request:
    """Return what a call asks the engine for."""
    from ddlint.linter.lint_project import Request

    if options.stdin_filename and "-" not in options.paths:
        raise DdlintError("`--stdin-filename` does nothing alone", hint="add `-`, which reads standard input")
    cwd = host.cwd()
    config = _config(options)
    paths = [_path(path, options) for path in options.paths] or [cwd]
    return Request(
        paths=tuple(dict.fromkeys(paths)),
        cwd=cwd,
        as_of=options.as_of or host.today(),
        files=FileSystem(_reader(options), host.real_path),
        packs=partial(packs_of, trusted=None if config else tuple(map(host.absolute, options.rules))),
        options=config_of(options, cwd, host.absolute),
        config=config,
        is_isolated=options.isolated,
        is_exclusion_forced=options.force_exclude,
        has_baseline=not getattr(options, "write_baseline", ""),
        has_table=has_table,
        is_explained=getattr(options, "verbose", False),
        is_unsuppressed=getattr(options, "ignore_suppressions", False),
        pool=pool_of(options.jobs) if "jobs" in options and "-" not in options.paths else None,
        progress=progress.tell,
    )


def _path(path: str, options: Options) -> str:
    from ddlint.project.walk import exists

    if path == "-":
        return host.absolute(options.stdin_filename or _OF_INPUT)
    if reason := host.open_error(path):
        raise DdlintError(f"{quoted(path)} cannot be reached: {reason}")
    if not path or not exists(path):
        meant = did_you_mean(path, COMMANDS)
        hint = f"{meant} it is a command" if meant.startswith("did") else "name a file or a folder that is there"
        raise DdlintError(f"there is no file or folder {quoted(path)}", hint=hint)
    return host.absolute(path)


_OF_INPUT = "requirements.txt"
"""What standard input is read as."""


def _reader(options: Options) -> Callable[[str], bytes | Unread]:
    """Return the function that reads files; standard input replaces the file of the name it was given."""
    if "-" not in options.paths:
        return host.read_file
    name, data = host.absolute(options.stdin_filename or _OF_INPUT), host.read_input()
    return lambda path: data if path == name else host.read_file(path)


def _config(options: Options) -> str:
    """Return the path of the config that is named; `--isolated` is stronger than the environment."""
    if options.isolated and options.config:
        raise DdlintError("`--isolated` reads no config and `--config` names one", hint="leave one of them out")
    named = options.config or ("" if options.isolated else terminal.variable("DDLINT_CONFIG"))
    return host.absolute(named) if named else ""


def packs_of(directories: tuple[str, ...], trusted: tuple[str, ...] | None = None) -> tuple[Pack, ...]:
    """Return the built-in pack and those in `directories`; one of the same name replaces it.

    That may only be one of the `trusted` directories, where they are given: a checkout must not replace the rules that
    it is judged by.
    """
    from ddlint.pack.loader import builtin, load

    packs = {builtin().name: builtin()}
    for directory in directories:
        from ddlint.cli.pack_folder import PackFolder

        pack = load(PackFolder(directory))
        if pack.name == builtin().name and trusted is not None and directory not in trusted:
            shown = quoted(relative(directory, host.cwd()))
            message = f"the pack in {shown} has the name of the built-in one, {quoted(pack.name)}"
            raise DdlintError(
                message, hint="rename it; only `--rules`, or a config of `--config`, replaces built-in rules"
            )
        packs[pack.name] = pack
    return tuple(packs.values())


class OutputTarget(NamedTuple):
    """Where a report goes, and in which format."""

    format: str
    path: str
    """As it was given; empty for standard output."""


def output_targets(options: Options, default: str, formats: Sequence[str] = NAMES) -> tuple[OutputTarget, ...]:
    """Return where reports go. A format that is asked for with none but named files beside it is printed as well."""
    targets = [_target(value, formats) for value in options.output_file]
    main = options.output_format or default
    if not targets or (options.output_format and all(target.format for target in targets)):
        targets.append(OutputTarget(main, "-"))
    _refuse_twins(targets)
    return tuple(OutputTarget(target.format or main, "" if target.path == "-" else target.path) for target in targets)


def _target(value: str, formats: Sequence[str]) -> OutputTarget:
    name, colon, path = value.partition(":")
    if not colon or name not in formats:
        hint = did_you_mean(name, formats) if colon and _NAME.fullmatch(name) else ""
        if hint.startswith("did"):
            raise DdlintError(f"--output-file: {quoted(name)} is no format", hint=hint)
        name, path = "", value
    if not path:
        raise DdlintError(f"--output-file: {quoted(value)} names no file", hint="write `FORMAT:FILE`; `-` prints")
    return OutputTarget(name, path)


def _refuse_twins(targets: Sequence[OutputTarget]) -> None:
    paths = [target.path for target in targets]
    twice = [path for path in paths if paths.count(path) > 1]
    if twice:
        raise DdlintError(f"--output-file: {quoted(twice[0])} is named for two reports", hint="name a file for each")


_MOST_PROCESSES = 16
"""More of them wait for one another."""


def pool_of(jobs: int) -> ProcessPool | None:
    """Return the pool for `--jobs`; 0 takes what the machine has."""
    size = jobs or min(host.processors(), _MOST_PROCESSES)
    return ProcessPool(size, _run_batches, is_asked_for=jobs > 1) if size > 1 else None


def _run_batches(work: Callable[[Any], Iterable[Any]], batches: Sequence[Any]) -> Iterator[Any]:
    from ddlint.linter.process_pool import run_batches

    return run_batches(work, batches)


def completed(report: Report, outcome: Outcome, formats: set[str]) -> Report:
    """Add what only some formats carry (the documentation of checks, the support table), and mask secrets."""
    from ddlint.outputs import output_of

    report = report._replace(home=HOME, files_url=mask(terminal.variable("DDLINT_FILES_URL")))
    if any(output_of(name).reads_rules for name in formats):
        from ddlint.checks.common.docs import texts

        report = report._replace(rules=texts())
    return masked_report(report._replace(support_table=outcome.support_table))
