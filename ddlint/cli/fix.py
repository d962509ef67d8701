"""`--fix` and `--diff`: make the fixes of what was found, write them or show them, and say what came of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from ddlint.cli import host, terminal
from ddlint.config.settings import quoted
from ddlint.core.errors import DdlintError
from ddlint.core.paths import parent, relative
from ddlint.core.text import counted, escape, guard
from ddlint.core.unified_diff import split_lines, unified_hunks
from ddlint.linter.fixer import FixOptions, fix
from ddlint.project.installs import lock_command, made_from, upgrade_command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.cli.build_request import Options
    from ddlint.linter.fixer import Change, Fixed, FixOutcome
    from ddlint.linter.lint_project import Request
    from ddlint.linter.run import Outcome


def refuse(options: Options) -> None:
    """Refuse options that do not go together."""
    if options.unsafe_fixes and not (options.fix or options.diff):
        raise DdlintError("`--unsafe-fixes` does nothing alone", hint="add `--fix` or `--diff`")
    if not (options.fix or options.diff):
        return
    if options.write_baseline:
        raise DdlintError("`--write-baseline` and fixes do not go together", hint="fix first, then write the baseline")
    if options.diff and options.output_file:
        raise DdlintError("`--diff` prints a diff and no report", hint="leave `--output-file` out")
    if "-" in options.paths and not options.diff:
        raise DdlintError("`--fix` cannot write to standard input", hint="use `--diff`, which prints what it would do")


def fixed(request: Request, outcome: Outcome, options: Options) -> Fixed:
    """Make the fixes that are asked for; they are written only with `--fix`, and `--diff` prints them instead."""
    is_read_from_input = "-" in options.paths
    reason_of = (lambda _: "") if is_read_from_input else host.unwritable_reason
    asked = FixOptions(options.unsafe_fixes, reason_of)
    if options.unsafe_fixes:
        from ddlint.cli.plan_fixes import offer

        asked = asked._replace(offer=offer)
    made = fix(request, outcome, asked)
    if options.diff:
        text, withheld = _diffs(made, request.cwd)
        is_read = terminal.is_terminal(sys.stdout) or terminal.is_ci()
        terminal.say(guard(text) if is_read else text, sys.stdout)
    else:
        withheld = []
        write_changes(made.changes, request.cwd)
    if not options.quiet:
        lines = [*_lines(made, request.cwd, is_done=not options.diff), *withheld]
        host.note("".join(f"ddlint: {line}\n" for line in lines))
    return made


def write_changes(changes: tuple[Change, ...], cwd: str) -> None:
    """Write files; where one cannot be written, the error names those that were written before."""
    for number, change in enumerate(changes):
        try:
            host.replace_file(change.before.path, change.old_data, change.data)
        except DdlintError as error:
            shown = error.message.replace(change.before.path, relative(change.before.path, cwd))
            written = ", ".join(quoted(relative(each.before.path, cwd)) for each in changes[:number])
            verb = "was" if number == 1 else "were"
            count = f"{number} of {len(changes)} files {verb} written before: {written}"
            raise DdlintError(shown, hint=count if number else error.hint) from error


def _diffs(made: Fixed, cwd: str) -> tuple[str, list[str]]:
    """Return the diffs of all files, and a sentence for each file of which changes are left out."""
    texts, withheld = [], []
    for change in made.changes:
        path = relative(change.before.path, cwd)
        old, new = split_lines(change.before.text), split_lines(change.after)
        hunks, secret = unified_hunks(old, new)
        if hunks:
            texts.append("".join((f"--- {path}\n", f"+++ {path}\n", *hunks)))
        if secret:
            what = f"{counted(secret, 'change')} of {quoted(path)}"
            withheld.append(f"{what} not shown, because the lines hold a secret; `--fix` writes them")
    return "".join(texts), withheld


def _lines(made: Fixed, cwd: str, *, is_done: bool) -> Iterator[str]:
    """Return what was fixed, what was not and why, and which locks are to be made again."""
    findings, files = counted(len(made.made), "finding"), counted(len(made.changes), "file")
    if made.made:
        yield f"{'fixed' if is_done else 'would fix'} {findings} in {files}"
    elif not made.refused:
        yield _idle(made)
    lines = (f"  {_where(outcome, cwd)}: {outcome.finding.code} {_title(outcome)}" for outcome in made.made)
    yield from dict.fromkeys(lines) if is_done else ()
    for outcome in made.refused:
        reason = escape(outcome.reason)
        yield f"not fixed, {_where(outcome, cwd)}: {outcome.finding.code} {_title(outcome)}: {reason}"
    if made.changes:
        yield from _locks(made, cwd)


def _idle(made: Fixed) -> str:
    """Return that nothing was fixed, and what would be by another option."""
    unsafe = sum(finding.fix is not None and not finding.fix.is_safe for finding in made.outcome.filtered.shown)
    return f"nothing to fix safely; {counted(unsafe, 'finding')} with `--unsafe-fixes`" if unsafe else "nothing to fix"


def _where(outcome: FixOutcome, cwd: str) -> str:
    return f"{escape(relative(outcome.finding.at.path, cwd))}:{outcome.line}"


def _title(outcome: FixOutcome) -> str:
    return escape(outcome.finding.fix.title) if outcome.finding.fix else ""


def _locks(made: Fixed, cwd: str) -> Iterator[str]:
    changed = {change.before.path for change in made.changes}
    locks: dict[str, None] = {}
    for project in made.outcome.run.projects:
        for path in changed & {manifest.path for manifest in project.manifests}:
            locks.update(dict.fromkeys(made_from(path, project.manifests)))
    for lock in sorted(locks):
        held = sorted({each.finding.subject for each in made.made if each.finding.at.path == lock})
        command = upgrade_command(lock, held[0]) if held else lock_command(lock)  # locking alone keeps what is allowed
        folder = relative(parent(lock), cwd)
        place = f" in {quoted(folder)}" if folder not in ("", ".") else ""
        yield f"{quoted(relative(lock, cwd))} stays as it is; " + (
            f"run `{command}`{place} to make it again" if command else "make it again"
        )
