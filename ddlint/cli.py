"""The roof: from arguments and environment to a request, from a report to text and an exit code."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

from ddlint import HOME, __version__, machine
from ddlint.commands import telling
from ddlint.errors import DdlintError
from ddlint.manual import COMMANDS
from ddlint.options import CODES, config_of, parser
from ddlint.paths import relative
from ddlint.sinks import sinks_of
from ddlint.values import is_code, nearest, quoted
from ddlint.world import World

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from ddlint.engine import Outcome, Request
    from ddlint.model import Finding, Project, Report
    from ddlint.pack.pack import Pack
    from ddlint.source import Unread

_WITH_RULES = frozenset({"json", "json-lines", "rdjson", "sarif"})
_WITH_STANDINGS = frozenset({"markdown"})
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
    if options.version:
        from ddlint.pack.edition import banner  # noqa: PLC0415 - import time

        machine.say(banner(__version__, options.as_of or machine.today()), sys.stdout)
        return CLEAN
    from ddlint.engine import check, report  # noqa: PLC0415 - import time

    is_fixing = options.fix or options.diff or options.unsafe_fixes
    if is_fixing:
        from ddlint.commands import fixes  # noqa: PLC0415 - import time

        fixes.refuse(options)
    sinks = sinks_of(options, _default_format())
    request = _request(options)
    outcome = check(request)
    telling.tell(outcome.run, outcome.triage.stale, is_quiet=options.quiet)
    if options.verbose:
        telling.explain(outcome)
    if options.write_baseline:
        return _write_baseline(outcome, machine.absolute(options.write_baseline))
    if is_fixing:
        fixed = fixes.fixed(request, outcome, options)
        if options.diff:
            return FOUND if fixed.changes and not options.exit_zero else CLEAN
        outcome = fixed.outcome
    made = _completed(report(outcome), outcome, {sink.format for sink in sinks})
    for sink in sinks:
        is_coloured = machine.is_coloured(options.color, is_printed=not sink.path)
        text = import_module(f"ddlint.outputs.{sink.format.replace('-', '_')}").render(
            made._replace(is_coloured=is_coloured)
        )
        _put(text, sink.path)
    if options.statistics:
        telling.count(made)
    return FOUND if outcome.triage.is_failed and not options.exit_zero else CLEAN


def _default_format() -> str:
    from ddlint.outputs import OUTPUTS  # noqa: PLC0415 - import time

    named = machine.variable("DDLINT_OUTPUT_FORMAT")
    if named and named not in OUTPUTS:
        raise DdlintError(f"DDLINT_OUTPUT_FORMAT does not take {quoted(named)}", hint=nearest(named, OUTPUTS))
    return named or OUTPUTS[0]


def _completed(report: Report, outcome: Outcome, formats: set[str]) -> Report:
    """Add what only some formats carry: where ddlint lives, the documentation of checks, the support table."""
    report = report._replace(home=HOME)
    if formats & _WITH_RULES:
        from ddlint.documentation import texts  # noqa: PLC0415 - import time

        report = report._replace(rules=texts())
    if formats & _WITH_STANDINGS:
        from ddlint.standings import standings  # noqa: PLC0415 - import time

        traced = [(project, pack) for project, pack in outcome.projects if project.tracers]
        rows = (row for project, pack in traced for row in standings(project, pack, _of(project, outcome)))
        report = report._replace(standings=tuple(rows))
    return report


def _of(project: Project, outcome: Outcome) -> list[Finding]:
    """Give the findings in the files of a project, hidden ones too."""
    paths = {manifest.path for manifest in project.manifests}
    return [finding for finding in outcome.triage.standing if finding.at.path in paths]


def _put(text: str, path: str) -> None:
    if path:
        machine.write_file(path, text)
    else:
        machine.say(text, sys.stdout)


def _inspect(options: argparse.Namespace) -> int:
    from ddlint.engine import read, resolved  # noqa: PLC0415 - import time

    request = _request(options)
    run = read(request)
    seen = [(project, pack.name) for each in run.projects for project, pack in resolved(run, each)]
    as_ = import_module(f"ddlint.commands.inspect_{options.output_format}")
    _put(as_.render(seen, request.cwd), options.output_file)
    telling.tell(run, {}, is_quiet=options.quiet)
    return CLEAN


def _plan(options: argparse.Namespace) -> int:
    from ddlint.commands.plan import plans, render  # noqa: PLC0415 - import time
    from ddlint.plan import FORMATS  # noqa: PLC0415 - import time

    run, document = plans(_request(options), options.to)
    telling.tell(run, {}, is_quiet=options.quiet)
    for sink in sinks_of(options, FORMATS[0], FORMATS):
        is_coloured = machine.is_coloured(options.color, is_printed=not sink.path)
        _put(render(document, sink.format, is_coloured=is_coloured), sink.path)
    return CLEAN


def _rule(options: argparse.Namespace) -> int:
    from ddlint.commands import rule  # noqa: PLC0415 - import time

    is_json = options.output_format == "json"
    name = options.name
    if options.all or not name:
        text = rule.explain_checks(CODES, is_json=is_json) if options.all or is_json else rule.overview()
    elif is_code(name.upper(), CODES):
        text = rule.explain_checks((code for code in CODES if code.startswith(name.upper())), is_json=is_json)
    else:
        text = rule.explain_row(name, _packs(tuple(map(machine.absolute, options.rules))), is_json=is_json)
    _put(text, "")
    return CLEAN


def _pack(options: argparse.Namespace) -> int:
    from pathlib import Path  # noqa: PLC0415 - import time

    from ddlint.pack.check import mistakes  # noqa: PLC0415 - import time

    if not Path(options.directory).is_dir():
        raise DdlintError(f"{quoted(options.directory)} is no folder", hint="name the one with the pack.yaml")
    found = mistakes(Path(options.directory))
    _put("".join(f"{mistake.place}: {mistake.message}\n" for mistake in found), "")
    machine.say(f"ddlint: {len(found)} mistakes in {quoted(options.directory)}\n", sys.stderr)
    return FOUND if found else CLEAN


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


def _write_baseline(outcome: Outcome, path: str) -> int:
    from ddlint.baseline import dump_baseline  # noqa: PLC0415 - import time

    standing = outcome.triage.standing
    machine.write_file(path, dump_baseline(path, standing))
    shown = quoted(relative(path, outcome.run.request.cwd))
    machine.say(f"ddlint: wrote {len(standing)} findings to {shown}\n", sys.stderr)
    return CLEAN


_COMMANDS = {"check": _check, "inspect": _inspect, "plan": _plan, "rule": _rule, "pack": _pack}
