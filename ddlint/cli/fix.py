"""`--fix` and `--diff`: make the fixes of what was found, write them or show them, and say what came of it."""

from __future__ import annotations

import sys
from difflib import SequenceMatcher

from ddlint.cli import host
from ddlint.config.validators import quoted
from ddlint.core.errors import DdlintError
from ddlint.core.paths import parent, relative
from ddlint.core.redact import holds_secret, mask_in_place
from ddlint.core.text import counted, escape, guard
from ddlint.linter.fixer import FixOptions, fix
from ddlint.project.installs import made_from
from ddlint.project.lock_commands import lock_command

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from ddlint.linter.fixer import Change, Fixed, FixOutcome
    from ddlint.linter.request import Request
    from ddlint.linter.run import Outcome

_CONTEXT = 3
_NO_LINE_END = "\\ No newline at end of file\n"


def refuse(options: argparse.Namespace) -> None:
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


def fixed(request: Request, outcome: Outcome, options: argparse.Namespace) -> Fixed:
    """Make the fixes that are asked for; they are written only with `--fix`, and `--diff` prints them instead."""
    is_read_from_input = "-" in options.paths
    reason_of = (lambda _: "") if is_read_from_input else host.unwritable_reason
    made = fix(request, outcome, FixOptions(options.unsafe_fixes, reason_of))
    if options.diff:
        text, withheld = _diffs(made, request.cwd)
        is_read = host.is_terminal(sys.stdout) or host.is_ci()
        host.say(guard(text) if is_read else text, sys.stdout)
    else:
        withheld = []
        _write(made.changes, request.cwd)
    if not options.quiet:
        lines = [*_lines(made, request.cwd, is_done=not options.diff), *withheld]
        host.note("".join(f"ddlint: {line}\n" for line in lines))
    return made


def _write(changes: tuple[Change, ...], cwd: str) -> None:
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
        old, new = _lines_of(change.before.text), _lines_of(change.after)
        hunks, secret = _hunks(old, new)
        if hunks:
            texts.append("".join((f"--- {path}\n", f"+++ {path}\n", *hunks)))
        if secret:
            what = f"{counted(secret, 'change')} of {quoted(path)}"
            withheld.append(f"{what} not shown, because the lines hold a secret; `--fix` writes them")
    return "".join(texts), withheld


def _hunks(old: list[str], new: list[str]) -> tuple[list[str], int]:
    """Return the hunks of a unified diff without the lines that hold a secret, and how many are left out for one."""
    hunks: list[str] = []
    withheld = shift = 0
    for group in SequenceMatcher(None, old, new).get_grouped_opcodes(_CONTEXT):
        changed = [code for code in group if code[0] != "equal"]
        (_, first, _, new_first, _), (_, _, last, _, new_last) = changed[0], changed[-1]
        secret = {number for number in range(group[0][1], group[-1][2]) if _is_secret(old, number)}
        start = max([group[0][1], *(number + 1 for number in secret if number < first)])
        stop = min([group[-1][2], *(number for number in secret if number >= last)])
        is_anchored = stop > last or last == len(old)  # `git apply` takes a hunk without context below for the end
        is_open = not secret & {*range(first, last)} and not holds_secret("".join(new[new_first:new_last]))
        if not (is_anchored and is_open):
            withheld += 1
            shift += (last - first) - (new_last - new_first)
            continue
        lines = [f" {line}" for line in old[start:first]]
        for tag, old_start, old_stop, new_start, new_stop in group[
            group.index(changed[0]) : group.index(changed[-1]) + 1
        ]:
            lines += [f"{' ' if tag == 'equal' else '-'}{line}" for line in old[old_start:old_stop]]
            lines += [f"+{line}" for line in new[new_start:new_stop] if tag != "equal"]
        lines += [f" {line}" for line in old[last:stop]]
        length = (first - start) + (new_last - new_first) + (stop - last)
        head = f"@@ -{_range(start, stop - start)} +{_range(new_first - (first - start) + shift, length)} @@\n"
        hunks.append(head + "".join(line if line.endswith("\n") else f"{line}\n{_NO_LINE_END}" for line in lines))
    return hunks, withheld


def _is_secret(lines: list[str], number: int) -> bool:
    """Whether a line holds a secret, as what it is on its page: a line before may name what it sets."""
    text = "".join(lines[max(number - 2, 0) : number + 1])
    return not mask_in_place(text).endswith(lines[number])


def _range(start: int, length: int) -> str:
    """Return a range of lines as unified diffs write it."""
    if length == 1:
        return f"{start + 1}"
    return f"{start + 1 if length else start},{length}"


def _lines_of(text: str) -> list[str]:
    """Split at LF alone, as `patch` does: the CR of a line end is a part of its line."""
    lines = [f"{line}\n" for line in text.split("\n")]
    return [*lines[:-1], lines[-1][:-1]] if lines[-1] != "\n" else lines[:-1]


def _lines(made: Fixed, cwd: str, *, is_done: bool) -> Iterator[str]:
    """Say what was fixed, what was not and why, and which locks are to be made again."""
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
    """Say that nothing was fixed, and what would be by another option."""
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
        command = lock_command(lock)
        folder = relative(parent(lock), cwd)
        place = f" in {quoted(folder)}" if folder not in ("", ".") else ""
        yield f"{quoted(relative(lock, cwd))} stays as it is; " + (
            f"run `{command}`{place} to make it again" if command else "make it again"
        )
