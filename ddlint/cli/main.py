"""The commands: from arguments and environment to a request, from a report to text and an exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

from ddlint import __version__
from ddlint.checks import CODES
from ddlint.cli import COMMANDS, host, stderr, terminal
from ddlint.cli.build_request import Options, completed, output_targets, packs_of, parsed, request_of
from ddlint.config.settings import did_you_mean, quoted
from ddlint.core.errors import DdlintError
from ddlint.core.redact import mask
from ddlint.core.report import Report
from ddlint.core.text import escape, guard

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.cli.build_request import OutputTarget
    from ddlint.linter.run import Outcome

CLEAN, FOUND, FAILED = 0, 1, 2


def run(arguments: Sequence[str]) -> int:
    """Run the command and return the exit code; a mistake of the caller is printed on standard error."""
    try:
        return _run(arguments)
    except DdlintError as error:
        host.note(f"ddlint: {error}\n")
        return FAILED


def _run(arguments: Sequence[str]) -> int:
    command = arguments[0] if arguments and arguments[0] in COMMANDS else ""
    if arguments and arguments[0] == "help":
        return _help(arguments[1:])
    try:
        options = parsed(command or "check", arguments[1:] if command else arguments)
    except SystemExit:  # of `--help`: what it printed still has to reach somebody
        terminal.say("", sys.stdout)
        return CLEAN
    return _COMMANDS[command or "check"](options)


def _help(words: Sequence[str]) -> int:
    """Print the help of a command; that of `ddlint` without one."""
    command = words[0] if words else "check"
    if command not in COMMANDS:
        raise DdlintError(f"there is no command {quoted(command)}", hint=did_you_mean(command, COMMANDS))
    from ddlint.cli.argparser import parser

    terminal.say(parser(command).format_help(), sys.stdout)
    return CLEAN


def _check(options: Options) -> int:
    if options.print_completion:
        from ddlint.cli.completion import script

        terminal.say(script(options.print_completion), sys.stdout)
        return CLEAN
    if options.version:
        from ddlint.pack.version import banner

        today = options.as_of or host.today()
        terminal.say(banner(__version__, today), sys.stdout)
        if options.verbose:
            from ddlint.pack.ages import ages
            from ddlint.pack.loader import builtin

            terminal.say(ages(builtin(), today), sys.stdout)
        return CLEAN
    from ddlint.linter.run import check, report
    from ddlint.outputs import output_of

    is_fixing = bool(options.fix or options.diff or options.unsafe_fixes)
    if is_fixing:
        from ddlint.cli import fix as fixes

        fixes.refuse(options)
    _refuse_cache(options)
    sinks = output_targets(options, _default_format())
    formats = {sink.format for sink in sinks}
    progress = stderr.Progress(is_wanted=not options.quiet)
    request = request_of(options, progress, has_table=any(output_of(name).reads_table for name in formats))
    request = request._replace(is_fixing=is_fixing)
    try:
        outcome = check(request)
    finally:
        progress.end()
    stderr.tell(outcome.run, outcome.filtered.stale, is_quiet=options.quiet)
    if options.verbose:
        stderr.explain(outcome)
    if options.write_baseline:
        return _write_baseline(outcome, options.write_baseline, is_quiet=options.quiet)
    if is_fixing:
        fixed = fixes.fixed(request, outcome, options)
        if options.diff:
            return FOUND if fixed.changes and not options.exit_zero else CLEAN
        outcome = fixed.outcome
    made = completed(report(outcome), outcome, formats)._replace(is_quiet=options.quiet)
    _render(made, sinks, options.color)
    if options.statistics:
        stderr.count(made)
    code = FOUND if outcome.filtered.is_failed and not options.exit_zero else CLEAN
    _keep(code, is_safe=not is_fixing and not options.output_file and "-" not in options.paths)
    return code


def _keep(code: int, *, is_safe: bool) -> None:
    """Keep what this call said for a later one, where results are kept."""
    if terminal.said is not None:
        from ddlint.cli import cache

        cache.store(code, is_safe=is_safe)


def _refuse_cache(options: Options) -> None:
    """Refuse a folder for the cache that a checkout might bring, with entries of its own."""
    if not options.cache_dir:
        return
    from ddlint.cli import cache

    if cache.is_of_checkout(host.absolute(options.cache_dir), options.paths):
        message = f"--cache-dir: {quoted(options.cache_dir)} is in a checkout or in what is linted"
        raise DdlintError(message, hint="name a folder outside: results that a checkout brings are not trusted")


def _default_format() -> str:
    from ddlint.outputs import NAMES

    named = terminal.variable("DDLINT_OUTPUT_FORMAT")
    if named and named not in NAMES:
        raise DdlintError(f"DDLINT_OUTPUT_FORMAT does not take {quoted(named)}", hint=did_you_mean(named, NAMES))
    return named or NAMES[0]


def _render(report: Report, sinks: tuple[OutputTarget, ...], color: str) -> None:
    """Write a report in every format that is asked for, each to its place."""
    from ddlint.outputs import output_of

    for sink in sinks:
        is_coloured = host.is_coloured(color, is_printed=not sink.path)
        width = 0 if sink.path else terminal.width()
        output = output_of(sink.format)
        text: str = import_module(output.module).render(report._replace(is_coloured=is_coloured, width=width))
        _put(text if output.writes_commands else guard(text, is_styled=is_coloured), sink.path)


def _put(text: str, path: str) -> None:
    """Write a text that went through `guard` to a file, or print it."""
    if path:
        host.write_file(path, text)
    else:
        terminal.say(text, sys.stdout)


def _inspect(options: Options) -> int:
    from ddlint.linter.run import read, resolved

    progress = stderr.Progress(is_wanted=not options.quiet)
    request = request_of(options, progress)
    run = read(request)
    seen = [(each, tuple((project, pack.name) for project, pack in resolved(run, each))) for each in run.projects]
    as_ = import_module(f"ddlint.cli.inspect_{options.output_format}")
    _put(guard(as_.render(seen, request.cwd)), options.output_file)
    stderr.tell(run, {}, is_quiet=options.quiet)
    return CLEAN


def _plan(options: Options) -> int:
    from ddlint.cli.plan import plans, render
    from ddlint.plan import FORMATS

    request = request_of(options, stderr.Progress(is_wanted=False))
    if options.write and "-" in options.paths:
        raise DdlintError("`--write` cannot write to standard input", hint="name the file")
    run, document = plans(request, options.to, options.via)
    stderr.tell(run, {}, is_quiet=options.quiet)
    for sink in output_targets(options, FORMATS[0], FORMATS):
        is_coloured = host.is_coloured(options.color, is_printed=not sink.path)
        text = render(document, sink.format, is_coloured=is_coloured)
        is_read = sink.format != "patch" or (not sink.path and (terminal.is_terminal(sys.stdout) or terminal.is_ci()))
        _put(guard(text, is_styled=is_coloured) if is_read else text, sink.path)
    if not options.write:
        return CLEAN
    from ddlint.cli.plan_writer import write

    return CLEAN if write(run, document, is_quiet=options.quiet) else FOUND


def _rule(options: Options) -> int:
    from ddlint.cli import rule

    is_json = options.output_format == "json"
    name = options.name
    if options.all or not name:
        text = rule.explain_checks(CODES, is_json=is_json) if options.all or is_json else rule.overview()
    elif codes := rule.meant(name):
        text = rule.explain_checks(codes, is_json=is_json)
    else:
        text = rule.explain_row(name, packs_of(tuple(map(host.absolute, options.rules))), is_json=is_json)
    _put(guard(text), "")
    return CLEAN


def _pack(options: Options) -> int:
    from ddlint.cli.pack_folder import PackFolder
    from ddlint.pack.build.validate import mistakes

    folder = PackFolder(options.directory)
    if not folder.is_dir():
        raise DdlintError(f"{quoted(options.directory)} is no folder", hint="name the one with the pack.yaml")
    if not (folder / "pack.yaml").is_file():
        raise DdlintError(f"{quoted(options.directory)} is no pack: it has no pack.yaml")
    found = mistakes(folder)
    _put(guard(mask("".join(f"{escape(mistake.place)}: {escape(mistake.message)}\n" for mistake in found))), "")
    count = "1 mistake" if len(found) == 1 else f"{len(found) or 'no'} mistakes"
    host.note(f"ddlint: {count} in {quoted(options.directory)}\n")
    return FOUND if found else CLEAN


def _server(_: Options) -> int:
    from ddlint.cli.server import serve

    serve()
    return CLEAN


def _write_baseline(outcome: Outcome, path: str, *, is_quiet: bool) -> int:
    from ddlint.linter.baseline import dump_baseline

    unsuppressed = outcome.filtered.unsuppressed
    host.write_file(path, dump_baseline(host.absolute(path), unsuppressed))
    if not is_quiet:
        count = f"{len(unsuppressed)} finding{'' if len(unsuppressed) == 1 else 's'}"
        host.note(f"ddlint: wrote {count} to {quoted(path)}\n")
    return CLEAN


_COMMANDS = {"check": _check, "inspect": _inspect, "plan": _plan, "rule": _rule, "pack": _pack, "server": _server}
