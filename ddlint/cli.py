"""The roof: from arguments and environment to a request, from a report to text and an exit code."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

from ddlint import __version__, machine
from ddlint.errors import DdlintError
from ddlint.options import COMMANDS, config_of, parser, sinks_of
from ddlint.paths import relative
from ddlint.values import nearest, quoted
from ddlint.world import World

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from ddlint.engine import Outcome, Request
    from ddlint.model import Report
    from ddlint.pack.pack import Pack
    from ddlint.source import Unread

_FOR_PEOPLE = frozenset({"full", "concise", "grouped"})
CLEAN, FOUND, FAILED = 0, 1, 2


def run(arguments: Sequence[str]) -> int:
    """Do what the arguments ask for and give the exit code; a mistake of the caller is told on standard error."""
    try:
        command = arguments[0] if arguments and arguments[0] in COMMANDS else ""
        options = parser(command or "check").parse_intermixed_args(list(arguments[1:] if command else arguments))
        return _COMMANDS[command or "check"](options)
    except DdlintError as error:
        machine.say(f"ddlint: {error}\n", sys.stderr)
        return FAILED
    except SystemExit as stop:  # `--help`
        return stop.code if isinstance(stop.code, int) else FAILED


def _check(options: argparse.Namespace) -> int:
    from ddlint.engine import check, report  # noqa: PLC0415 - import time

    if options.version:
        machine.say(f"ddlint {__version__}\n", sys.stdout)
        return CLEAN
    sinks = sinks_of(options, _default_format())
    request = _request(options)
    outcome = check(request)
    _tell(outcome, options)
    if options.write_baseline:
        return _write_baseline(outcome, machine.absolute(options.write_baseline))
    made = report(outcome)
    for sink in sinks:
        made_for = made._replace(is_coloured=not sink.path and _is_coloured(options.color))
        text = import_module(f"ddlint.outputs.{sink.format.replace('-', '_')}").render(made_for)
        if sink.path:
            machine.write_file(sink.path, text)
        else:
            machine.say(text, sys.stdout)
    if options.statistics:
        _count(made)
    return FOUND if outcome.triage.is_failed and not options.exit_zero else CLEAN


def _default_format() -> str:
    from ddlint.outputs import OUTPUTS  # noqa: PLC0415 - import time

    named = machine.variable("DDLINT_OUTPUT_FORMAT")
    if named and named not in OUTPUTS:
        raise DdlintError(f"DDLINT_OUTPUT_FORMAT does not take {quoted(named)}", hint=nearest(named, OUTPUTS))
    return named or OUTPUTS[0]


def _is_coloured(wish: str) -> bool:
    """Decide as https://no-color.org, https://force-color.org and https://bixense.com/clicolors say."""
    if wish != "auto":
        return wish == "always"
    if machine.variable("NO_COLOR"):
        return False
    if machine.variable("FORCE_COLOR") or machine.variable("CLICOLOR_FORCE") not in ("", "0"):
        return True
    return sys.stdout.isatty() and machine.variable("TERM") != "dumb"


def _request(options: argparse.Namespace) -> Request:
    from ddlint.engine import Request  # noqa: PLC0415 - import time

    cwd = machine.here()
    paths = [_path(path, options) for path in options.paths] or [cwd]
    return Request(
        paths=tuple(dict.fromkeys(paths)),
        cwd=cwd,
        as_of=options.as_of or machine.today(),
        world=World(_reader(options), machine.real_path),
        packs=_packs,
        options=config_of(options, cwd, machine.absolute),
        config=_config(options),
        is_isolated=options.isolated,
        is_exclusion_forced=options.force_exclude,
        has_baseline=not getattr(options, "write_baseline", ""),
    )


def _path(path: str, options: argparse.Namespace) -> str:
    from ddlint.discover.walk import exists  # noqa: PLC0415 - import time

    if path == "-":
        return machine.absolute(options.stdin_filename or _OF_INPUT)
    if not path or not exists(path):
        meant = nearest(path, COMMANDS)
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


def _packs(directories: tuple[str, ...]) -> tuple[Pack, ...]:
    """Give the built-in pack and those in `directories`; one of the same name replaces it."""
    from ddlint.pack.load import builtin, load  # noqa: PLC0415 - import time

    packs = [builtin()]
    if directories:
        from pathlib import Path  # noqa: PLC0415 - import time

        packs += [load(Path(directory)) for directory in directories]
    return tuple({pack.name: pack for pack in packs}.values())


def _tell(outcome: Outcome, options: argparse.Namespace) -> None:
    """Say on standard error what is no finding."""
    if options.quiet:
        return
    run, cwd = outcome.run, outcome.run.request.cwd
    lines = [f"the folder {quoted(relative(path, cwd))} cannot be listed: {why}" for path, why in run.search.unlisted]
    lines += [f"{quoted(relative(path, cwd))} is no file that ddlint reads" for path in run.search.unknown]
    if not run.projects:
        lines.append("nothing to lint: no dependency file was found")
    for path, count in outcome.triage.stale.items():
        if count:
            told = f"{count} findings in {quoted(relative(path, cwd))} are gone; `--write-baseline` leaves them out"
            lines.append(told)
    if lines:
        machine.say("".join(f"ddlint: {line}\n" for line in lines), sys.stderr)


def _write_baseline(outcome: Outcome, path: str) -> int:
    from ddlint.baseline import dump_baseline  # noqa: PLC0415 - import time

    standing = outcome.triage.standing
    machine.write_file(path, dump_baseline(path, standing))
    shown = quoted(relative(path, outcome.run.request.cwd))
    machine.say(f"ddlint: wrote {len(standing)} findings to {shown}\n", sys.stderr)
    return CLEAN


def _count(report: Report) -> None:
    counts: dict[str, int] = {}
    for finding in report.findings:
        counts[finding.code] = counts.get(finding.code, 0) + 1
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    machine.say("".join(f"{count:6} {code} {report.names[code]}\n" for code, count in ordered), sys.stderr)


_COMMANDS = {"check": _check}
