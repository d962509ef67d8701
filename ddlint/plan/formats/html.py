"""A plan as one HTML page that holds all it needs: to attach to a ticket, to open from a disk.

It has no script and asks no server for anything; its own policy forbids both, whatever a project is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from ddlint.core.model import Severity
from ddlint.outputs.common.locations import shown
from ddlint.plan import phrases as words
from ddlint.plan.html_matrix import Tips, matrix
from ddlint.plan.html_style import STYLE
from ddlint.plan.html_text import cited, code, plain, prose
from ddlint.plan.model import Change, Document, Plan, Rewrite

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
_HEAD = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
"""


def render(document: Document) -> str:
    """Return the page: an overview where there are several plans, then each plan."""
    title = _title(document, document.plans[0]) if len(document.plans) == 1 else "The plan of every project"
    parts = [f"<title>{plain(title)}</title>", f"<style>{STYLE}</style>", "</head>", "<body>", "<main>"]
    parts.append(f"<h1>{prose(title)}</h1>")
    if len(document.plans) != 1:
        parts += _overview(document)
    tips = Tips()
    for number, plan in enumerate(document.plans, 1):
        parts += _plan(document, plan, number, tips)
    if document.untraced:
        paths = ", ".join(code(shown(path, document.cwd)) for path in document.untraced)
        parts.append(f"<p>No plan for what declares no tracer: {paths}.</p>")
    parts += [_foot(document), "</main>", "</body>", "</html>"]
    return _HEAD + "\n".join(parts) + "\n"


def _title(document: Document, plan: Plan) -> str:
    return f"{plan.subject}: from today to {plan.target}, in {shown(plan.project, document.cwd)}"


def _foot(document: Document) -> str:
    packs = dict.fromkeys(f"{plan.pack} {plan.pack_version}" for plan in document.plans)
    rules = f" with the rules {', '.join(packs)}" if packs else ""
    told = f"Made by ddlint {document.version}{rules}, judged as on {document.as_of}."
    return f'<footer class="quiet"><p>{plain(told)} This page holds all it shows and loads nothing.</p></footer>'


def _overview(document: Document) -> Iterator[str]:
    if not document.plans:
        yield "<p>No project was found that declares a tracer.</p>"
        return
    yield '<div class="scroll"><table class="plain">'
    yield f"<thead><tr>{''.join(f'<th scope=col>{name}</th>' for name in words.OVERVIEW)}</tr></thead><tbody>"
    for number, plan in enumerate(document.plans, 1):
        first, *rest = words.overview(document, plan)
        cells = "".join(f"<td>{plain(cell)}</td>" for cell in rest)
        yield f'<tr><th scope="row"><a href="#plan-{number}">{plain(first)}</a></th>{cells}</tr>'
    yield "</tbody></table></div>"


def _plan(document: Document, plan: Plan, number: int, tips: Tips) -> Iterator[str]:
    is_alone = len(document.plans) == 1
    level = 2 if is_alone else 3
    yield f'<section id="plan-{number}">'
    if not is_alone:
        yield f"<h2>{prose(_title(document, plan))}</h2>"
    yield from _summary(plan)
    yield from _changes(document, plan, level)
    yield f"<h{level}>Support by line</h{level}>"
    yield from matrix(document, plan, tips)
    yield "</section>"


def _summary(plan: Plan) -> Iterator[str]:
    yield '<dl class="facts">'
    for name, group in groupby(words.summary(plan), key=itemgetter(0)):
        yield f"<dt>{name}</dt>{''.join(f'<dd>{prose(text)}</dd>' for _, text in group)}"
    yield "</dl>"


def _changes(document: Document, plan: Plan, level: int) -> Iterator[str]:
    title = f"To reach {plan.subject} {plan.target}: {words.tally(plan)}"
    yield f"<h{level}>{plain(title)}</h{level}>"
    todo = words.required_changes(plan)
    if todo:
        yield '<ol class="changes">'
        yield from (_change(document, change, level + 1, f"{number}. ") for number, change in enumerate(todo, 1))
        yield "</ol>"
    bare = [change._replace(help="", notes=()) for change in plan.solved]
    for title, changes in (("Worth knowing", words.worth(plan)), ("Solved by the move", bare)):
        if changes:
            yield f'<h{level}>{title}</h{level}><ul class="changes">'
            yield from (_change(document, change, level + 1) for change in changes)
            yield "</ul>"


_EDGES = {
    None: "move",
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTICE: "notice",
}


def _change(document: Document, change: Change, level: int, number: str = "") -> str:
    flags = [change.code, *([] if change.severity is None else [change.severity.value])]
    flags += [] if change.is_new else [words.ALREADY]
    told = " ".join(f'<span class="flag">{plain(flag)}</span>' for flag in flags if flag)
    return (
        f'<li class="{_EDGES[change.severity]}"><h{level}>{number}{plain(words.title(change))} {told}</h{level}>'
        f"<p>{prose(change.message)}</p>"
        + (f"<p><b>To do:</b> {prose(change.help)}</p>" if change.help else "")
        + _list(_edit(document, edit) for edit in change.edits)
        + _list(prose(note) for note in change.notes)
        + _list(f"Evidence: {cited(evidence)}" for evidence in change.evidence)
        + "</li>"
    )


def _list(items: Iterable[str]) -> str:
    told = "".join(f"<li>{item}</li>" for item in items)
    return f"<ul>{told}</ul>" if told else ""


def _edit(document: Document, edit: Rewrite) -> str:
    place = code(words.where(document, edit.at)) or "outside the files of the project"
    if edit.write and edit.was:
        return f"{place}: write <ins>{code(edit.write)}</ins> for <del>{code(edit.was)}</del>"
    return f"{place}: now {code(edit.was)}" if edit.was else place
