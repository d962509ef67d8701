"""A plan as one HTML page that holds all it needs: to attach to a ticket, to open from a disk.

It has no script and asks no server for anything; its own policy forbids both, whatever a project is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from ddlint.checks import CODES
from ddlint.core.model import Severity
from ddlint.core.text import counted
from ddlint.outputs.common.locations import page_address, shown
from ddlint.plan import phrases as words
from ddlint.plan.html_matrix import Tips, matrix
from ddlint.plan.html_style import STYLE
from ddlint.plan.html_text import cited, code, plain, prose
from ddlint.plan.model import Change, Document, Hunk, Plan, Removed, Rewrite

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
    """Return the page: a table of the verdicts where there are several plans, then each plan."""
    title = _title(document, document.plans[0]) if len(document.plans) == 1 else words.sums(document)
    parts = [f"<title>{plain(title)}</title>", f"<style>{STYLE}</style>", "</head>", "<body>", "<main>"]
    if len(document.plans) != 1:
        parts += _overview(document)
    tips = Tips()
    for number, plan in enumerate(document.plans, 1):
        parts += _plan(document, plan, number, tips)
    if document.untraced:
        paths = ", ".join(code(shown(path, document.cwd)) for path in document.untraced)
        parts.append(f"<p>No plan where no tracer is required: {paths}.</p>")
    parts += [_foot(document), "</main>", "</body>", "</html>"]
    return _HEAD + "\n".join(parts) + "\n"


def _title(document: Document, plan: Plan) -> str:
    return f"{plan.subject} in {words.name_of(document, plan)}: {words.headline(plan)}"


def _foot(document: Document) -> str:
    packs = dict.fromkeys(f"{plan.pack} {plan.pack_version}" for plan in document.plans)
    rules = f" with the rules {', '.join(packs)}" if packs else ""
    text = f"Made by ddlint {document.version}{rules}, judged as on {document.as_of}."
    return f'<footer class="quiet"><p>{plain(text)} This page holds all it shows and loads nothing.</p></footer>'


def _overview(document: Document) -> Iterator[str]:
    if not document.plans:
        yield "<h1>No plan</h1><p>No project was found that requires a tracer.</p>"
        return
    yield f"<h1>{prose(words.sums(document))}</h1>"
    yield '<ul class="sums">'
    for kind, name in _SUMS.items():
        if number := sum(words.ending(plan) is kind for plan in document.plans):
            yield f'<li class="{kind.value}"><b>{number}</b> {name}</li>'
    required = [change for plan in document.plans for change in plan.required]
    yield f"<li><b>{len(required)}</b> changes</li>"
    yield f"<li><b>{sum(not change.is_new for change in required)}</b> of them overdue</li>"
    yield "</ul>"
    yield '<div class="scroll"><table class="plain">'
    yield f"<thead><tr>{''.join(f'<th scope=col>{name}</th>' for name in words.OVERVIEW)}</tr></thead><tbody>"
    for number, plan in enumerate(document.plans, 1):
        first, *rest, verdict = words.overview(document, plan)
        cells = "".join(f"<td>{plain(cell)}</td>" for cell in rest)
        last = f'<td><span class="dot {words.ending(plan).value}" aria-hidden="true"></span> {prose(verdict)}</td>'
        yield f'<tr><th scope="row"><a href="#plan-{number}">{plain(first)}</a></th>{cells}{last}</tr>'
    yield "</tbody></table></div>"


_SUMS = {
    words.Verdict.CHANGES: "with changes",
    words.Verdict.BLOCKED: "cannot reach the goal",
    words.Verdict.DONE: "with nothing to change",
}


def _plan(document: Document, plan: Plan, number: int, tips: Tips) -> Iterator[str]:
    level = 2 if len(document.plans) == 1 else 3
    yield f'<section id="plan-{number}">'
    yield f'<div class="verdict {words.ending(plan).value}">'
    where = f"<small>{plain(plan.subject)} in {code(words.name_of(document, plan))}</small>"
    yield f"{where}<h{level - 1}>{prose(words.headline(plan))}</h{level - 1}></div>"
    yield from _summary(plan)
    if plan.hops:
        for hop in plan.hops:
            required = [change for change in hop.changes if not change.is_notice]
            yield f"<h{level}>Step to {plain(hop.target)}: {counted(len(required), 'change')}</h{level}>"
            yield from _steps(document, plan, required, f"{number}-{hop.target}")
            title = f"Removed between {hop.start or 'today'} and {hop.target}"
            yield from _removed(title, hop.removed, level + 1)
    elif plan.required:
        title = "In the way, and what else would change" if plan.blockers else "Steps"
        yield f"<h{level}>{title}</h{level}>"
        yield from _steps(document, plan, plan.required, f"{number}")
    if plan.commands:
        yield f'<h{level}>Then run</h{level}><ul class="commands">'
        for each in plan.commands:
            place = words.folder(document, each)
            yield f"<li>{code(each.text)}{f' in {code(place)}' if place else ''}</li>"
        yield "</ul>"
    yield from _worth(document, plan, level)
    yield from matrix(document, plan, tips, level)
    yield "</section>"


def _summary(plan: Plan) -> Iterator[str]:
    yield '<dl class="facts">'
    for name, group in groupby(words.summary(plan), key=itemgetter(0)):
        yield f"<dt>{name}</dt>{''.join(f'<dd>{prose(text)}</dd>' for _, text in group)}"
    yield "</dl>"


def _steps(document: Document, plan: Plan, changes: Sequence[Change], name: str) -> Iterator[str]:
    if changes:
        yield '<ol class="steps">'
        for number, change in enumerate(changes, 1):
            yield _change(document, plan, change, number, f"s{name}-{number}")
        yield "</ol>"


_EDGES = {
    None: "move",
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTICE: "notice",
}


def _change(document: Document, plan: Plan, change: Change, number: int, name: str) -> str:
    """Return a step: a box to tick, why on the left, and on the right what changes."""
    level = 3 if len(document.plans) == 1 else 4
    told = " ".join(f'<span class="flag">{_flag(document, flag)}</span>' for flag in words.flags(change))
    why = f"<p>{prose(change.message)}</p>" + _list(prose(note) for note in change.notes)
    sources = _list((f"{cited(evidence)}" for evidence in change.evidence), "sources")
    done = f'<input type="checkbox" id="{plain(name)}"><label for="{plain(name)}">'
    return (
        f'<li class="{_EDGES[change.severity]}"><h{level}>{done}{number}. {plain(words.title(change))}</label> {told}'
        f"</h{level}><div>{why}{sources}</div><div>{_what(document, plan, change)}</div></li>"
    )


def _flag(document: Document, flag: str) -> str:
    """Return a flag, as a link to its page where it is the code of a check and that has an address."""
    page = page_address(document.home, document.version, flag) if flag in CODES else ""
    return f'<a href="{plain(page)}" rel="noopener noreferrer">{plain(flag)}</a>' if page else plain(flag)


def _what(document: Document, plan: Plan, change: Change) -> str:
    parts = [
        f'<p class="file">{code(shown(path, document.cwd))}</p><pre class="diff">{"".join(map(_diff, hunks))}</pre>'
        for path, hunks in groupby(change.hunks, key=lambda hunk: hunk.path)
    ]
    if words.by_command(plan, change):
        parts.append("<p>The command below makes this change.</p>")
    elif words.by_hand(change):
        parts.append(f"<p><b>By hand:</b> {prose(change.help)}</p>" if change.help else "<p><b>By hand</b></p>")
    if words.by_hand(change):
        parts.append(_list(_place(document, edit) for edit in change.edits))
    return "".join(parts)


def _diff(hunk: Hunk) -> str:
    old = "".join(f"<del>{hunk.line + number:>4} - {plain(line)}</del>\n" for number, line in enumerate(hunk.removed))
    return old + "".join(f"<ins>     + {plain(line)}</ins>\n" for line in hunk.added)


def _place(document: Document, edit: Rewrite) -> str:
    place = code(words.where(document, edit.at)) or "outside the files of the project"
    if edit.write and edit.was:
        return f"{place}: write <ins>{code(edit.write)}</ins> for <del>{code(edit.was)}</del>"
    return f"{place}: now {code(edit.was)}" if edit.was else place


def _list(items: Iterable[str], kind: str = "") -> str:
    told = "".join(f"<li>{item}</li>" for item in items)
    return f"<ul{f' class={kind}' if kind else ''}>{told}</ul>" if told else ""


def _worth(document: Document, plan: Plan, level: int) -> Iterator[str]:
    for title, changes in (("Worth knowing", plan.notices), ("Solved by the move", plan.solved)):
        if changes:
            yield f'<h{level}>{title}</h{level}><ul class="notices">'
            for change in changes:
                flag = f'<span class="flag">{_flag(document, change.code)}</span> ' if change.code else ""
                yield f"<li>{flag}{prose(change.message)}</li>"
            yield "</ul>"
    if not plan.hops:
        yield from _removed(words.removed_title(plan), words.removed_interfaces(plan), level)
    yield from _removed(f"Deprecated in {plan.target}", words.announced(plan), level)


def _removed(title: str, every: Sequence[Removed], level: int) -> Iterator[str]:
    """List everything that the project uses or code may use; long lists of names are folded."""
    listed, hidden = words.shown_removals(every, len(every))
    if not listed:
        return
    yield f"<h{level}>{prose(title)}</h{level}>"
    yield _list((prose(words.removed_text(one)) for one in listed if one.kind != "API"), "notices")
    interfaces = [one for one in listed if one.kind == "API"]
    if interfaces:
        few, _ = words.shown_removals(interfaces, _FEW_REMOVED)
        yield _list((_interface(one) for one in few), "notices")
        yield _folded(interfaces, len(few))
    if hidden:
        yield f'<p class="quiet">{hidden} more of which nothing is seen here.</p>'


_FEW_REMOVED = 6
"""How many interfaces are shown at once; a list of all is folded."""


def _interface(one: Removed) -> str:
    documents = ", ".join(cited(evidence._replace(section="")) for evidence in one.evidence[:1])
    return f"{prose(words.removed_text(one))} <small>{documents}</small>"


def _folded(interfaces: Sequence[Removed], shown_ones: int) -> str:
    """Return every name as a list that opens, where more than what is shown are removed."""
    number = sum(len(one.names or (one.name,)) for one in interfaces)
    if len(interfaces) == shown_ones and number == shown_ones:
        return ""
    every = _list(
        f"{plain(one.version or 'later')} {', '.join(code(name) for name in one.names or (one.name,))}"
        for one in interfaces
    )
    title = f"all {counted(number, 'name')}, to search your code for"
    return f'<details class="removed-names"><summary>{title}</summary>{every}</details>'
