"""`ddlint plan --write`: make the changes of plans in their files, and say what remains to be run."""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.cli import host
from ddlint.cli.fix import write_changes
from ddlint.config.settings import quoted
from ddlint.core.paths import is_inside, relative
from ddlint.core.report import Edit, apply_edits, syntax_error_after
from ddlint.core.source import Source
from ddlint.core.text import counted, escape
from ddlint.linter.fixer import Change as FileChange
from ddlint.plan import phrases as words
from ddlint.plan.text_edits import combined, edits_by_file, first_changes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.linter.run import Run
    from ddlint.plan.model import Document, Plan


def write(run: Run, document: Document, *, is_quiet: bool) -> bool:
    """Write what the plans change; return whether all of them could be written, as far as a text of theirs is known.

    A plan whose target cannot be reached is left alone, and so is one of which a file cannot be written.
    """
    sources = {each.path: each.source for project in run.projects for each in project.manifests}
    reasons = {plan: reason for plan in document.plans if (reason := refusal(run, plan, sources))}
    texts, at_odds = combined(plan for plan in document.plans if plan not in reasons)
    reasons |= dict.fromkeys(at_odds, "another plan changes the same text in a different way")
    changes = tuple(FileChange(sources[path], apply_edits(sources[path].text, texts[path])) for path in sorted(texts))
    write_changes(changes, document.cwd)
    if not is_quiet:
        host.note("".join(f"ddlint: {line}\n" for line in _lines(document, changes, reasons)))
    return not reasons


def refusal(run: Run, plan: Plan, sources: dict[str, Source]) -> str:
    """Return why a plan is not written; empty where it is."""
    if plan.blockers and not plan.hops:
        return f"{plan.subject} {plan.target} cannot be reached: {words.obstacles(plan)}"
    for path, edits in edits_by_file(first_changes(plan)).items():
        if reason := _reason(run, sources.get(path), path, edits):
            return f"{quoted(relative(path, run.request.cwd))}: {reason}"
    return ""


def _reason(run: Run, source: Source | None, path: str, edits: tuple[Edit, ...]) -> str:
    """Return why a file is not written."""
    real = run.request.files.real
    if source is None or not any(is_inside(real(path), real(each.root)) for each in run.projects):
        return "it is outside of what is planned"
    text = apply_edits(source.text, edits)
    try:
        text.encode(source.encoding)
    except UnicodeEncodeError:
        return f"it cannot be written in the encoding of the file, {source.encoding}"
    if FileChange(source, source.text).old_data != run.request.files.read(path):
        return "its bytes do not follow from its text, so they could not all be kept"
    return host.unwritable_reason(path) or syntax_error_after(path, source.text, text)


def _lines(document: Document, changes: tuple[FileChange, ...], reasons: dict[Plan, str]) -> Iterator[str]:
    """Return what was written, what was not and why, what is left to do, and what is to be run."""
    if changes:
        names = ", ".join(quoted(relative(each.before.path, document.cwd)) for each in changes)
        yield f"changed {counted(len(changes), 'file')}: {names}"
    else:
        yield "nothing to write"
    left: dict[str, None] = {}
    for plan in document.plans:
        where = quoted(words.name_of(document, plan))
        if plan in reasons:
            yield f"{where} stays as it is: {escape(reasons[plan])}"
            continue
        for change in first_changes(plan):
            if words.by_hand(change) and not words.by_command(plan, change):
                todo = f": {change.help}" if change.help else ""
                left[f"by hand, in {where}: {escape(f'{words.title(change)}{todo}')}"] = None
    yield from left
    commands = dict.fromkeys(
        (each.text, words.folder(document, each))
        for plan in document.plans
        if plan not in reasons
        for each in plan.commands
    )
    for text, folder in commands:
        yield f"now run `{escape(text)}`{f' in {quoted(folder)}' if folder else ''}"
