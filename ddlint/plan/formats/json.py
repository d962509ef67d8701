"""A plan as one JSON object, for programs: version 2, which changes only by addition. `plan.schema.json` describes it.

An edit names exactly the text that it replaces: by line and column in code points, and by offset in bytes of the file.
"""

from __future__ import annotations

from ddlint.core.report import Evidence
from ddlint.core.text import encodable
from ddlint.outputs.common.json_record import dumps
from ddlint.outputs.common.locations import relative
from ddlint.plan import phrases as words
from ddlint.plan.model import (
    Blocker,
    Change,
    Command,
    CurrentRelease,
    Declaration,
    Document,
    Hop,
    Location,
    Plan,
    Point,
    Removed,
    Rewrite,
    Row,
    Run,
    Series,
    Stop,
    TextEdit,
)

VERSION = 2


def render(document: Document) -> str:
    """Return every plan with each series, each row of the matrix and each change, as ASCII JSON."""
    data = {
        "version": VERSION,
        "tool": {"name": "ddlint", "version": document.version},
        "as_of": document.as_of,
        "plans": [_plan(document, plan) for plan in document.plans],
        "untraced": [relative(path, document.cwd) for path in document.untraced],
    }
    return dumps(data)


def _plan(document: Document, plan: Plan) -> dict[str, object]:
    return {
        "project": relative(plan.project, document.cwd),
        "environment": encodable(plan.name),
        "pack": {"name": encodable(plan.pack), "version": encodable(plan.pack_version)},
        "subject": encodable(plan.subject),
        "target": plan.target,
        "verdict": {
            "status": words.ending(plan).value,
            "text": encodable(words.headline(plan)),
            "changes": len(plan.required),
            "overdue": sum(not change.is_new for change in plan.required),
            "blockers": [_blocker(each) for each in plan.blockers],
        },
        "current": [_taken(document, one) for one in plan.current],
        "changes": [_change(document, change) for change in plan.changes],
        "commands": [_command(document, each) for each in plan.commands],
        "hops": [_hop(document, each) for each in plan.hops],
        "stops": [_stop(each) for each in plan.stops],
        "removed": [_removed(each) for each in plan.removed],
        "announced": [_removed(each) for each in plan.announced],
        "solved": [_change(document, change) for change in plan.solved],
        "newest_fit": plan.newest_fit or None,
        "series": [_series_row(series) for series in plan.all_series],
        "rows": [_row(document, row) for row in plan.rows],
    }


def _blocker(each: Blocker) -> dict[str, object]:
    return {"subject": encodable(each.subject), "reason": encodable(each.reason), "last": each.last or None}


def _command(document: Document, each: Command) -> dict[str, object]:
    return {
        "command": encodable(each.text),
        "directory": relative(each.folder, document.cwd),
        "path": relative(each.path, document.cwd),
    }


def _hop(document: Document, each: Hop) -> dict[str, object]:
    return {
        "start": each.start or None,
        "target": each.target,
        "changes": [_change(document, change) for change in each.changes],
        "removed": [_removed(one) for one in each.removed],
    }


def _stop(each: Stop) -> dict[str, object]:
    return {
        "release": each.release,
        "warns_of": [encodable(name) for name in each.warns_of],
        "removed_in": list(each.removed_in),
        "ended": each.has_ended,
    }


def _removed(each: Removed) -> dict[str, object]:
    return {
        "kind": each.kind,
        "name": encodable(each.name),
        "names": [encodable(name) for name in each.names or (each.name,)],
        "version": each.version or None,
        "successor": encodable(each.successor) or None,
        "note": encodable(each.note),
        "used": each.is_used,
        "evidence": [_evidence(evidence) for evidence in each.evidence],
    }


def _taken(document: Document, one: CurrentRelease) -> dict[str, object]:
    return {
        "release": one.release or None,
        "series": one.series or None,
        "origin": one.origin,
        "pythons": list(one.pythons),
        "by": [_found(document, each) for each in one.by],
    }


def _series_row(series: Series) -> dict[str, object]:
    return {
        "series": series.name,
        "release": series.release,
        "released": series.released or None,
        "level": series.level or None,
        "until": series.until or None,
        "pythons": series.pythons._asdict(),
        "platforms": series.platforms._asdict(),
        "libraries": {
            **series.supported._asdict(),
            "by_status": {status.value: number for status, number in series.libraries},
        },
        "fits": series.fits,
        "against": [encodable(reason) for reason in series.against],
    }


def _row(document: Document, row: Row) -> dict[str, object]:
    return {
        "kind": row.kind.value,
        "name": encodable(row.name),
        "declared": row.is_declared,
        "found": [_found(document, one) for one in row.found],
        "runs": [_run(run) for run in row.runs],
    }


def _run(run: Run) -> dict[str, object]:
    cell = run.cell
    return {
        "first": run.first,
        "last": run.last,
        "status": cell.status.value,
        "effect": cell.effect or None,
        "supported": encodable(cell.supported),
        "note": encodable(cell.note),
        "basis": cell.basis,
        "row": encodable(cell.row),
        "evidence": [_evidence(evidence) for evidence in cell.evidence],
    }


def _change(document: Document, change: Change) -> dict[str, object]:
    return {
        "step": change.step,
        "code": change.code or None,
        "severity": change.severity.value if change.severity is not None else None,
        "subject": encodable(change.subject),
        "message": encodable(change.message),
        "help": encodable(change.help),
        "successor": encodable(change.successor) or None,
        "required": not change.is_notice,
        "overdue": not change.is_new,
        "blocker": change.is_blocker,
        "edits": [_edit(document, edit) for edit in change.text_edits],
        "places": [_place(document, edit) for edit in change.edits],
        "related": [_found(document, one) for one in change.also],
        "notes": [encodable(note) for note in change.notes],
        "row": encodable(change.row),
        "evidence": [_evidence(evidence) for evidence in change.evidence],
    }


def _edit(document: Document, edit: TextEdit) -> dict[str, object]:
    return {
        "path": relative(edit.path, document.cwd),
        "start": _point(edit.start),
        "end": _point(edit.end),
        "was": encodable(edit.was),
        "text": encodable(edit.text),
        "encoding": edit.encoding,
    }


def _point(point: Point) -> dict[str, object]:
    return point._asdict()


def _place(document: Document, edit: Rewrite) -> dict[str, object]:
    return {**_spot(document, edit.at), "was": encodable(edit.was) or None, "write": encodable(edit.write) or None}


def _found(document: Document, one: Declaration) -> dict[str, object]:
    return {"text": encodable(one.text), "origin": one.origin, **_spot(document, one.at)}


def _spot(document: Document, spot: Location | None) -> dict[str, object]:
    if spot is None:
        return {"path": None, "start": None}
    return {"path": relative(spot.path, document.cwd), "start": {"line": spot.line, "column": spot.column}}


def _evidence(evidence: Evidence) -> dict[str, object]:
    return {key: encodable(value) for key, value in evidence._asdict().items()}
