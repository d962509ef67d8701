"""A plan as one JSON object, for programs: version 1, which changes only by addition."""

from __future__ import annotations

from ddlint.core.report import Evidence
from ddlint.core.text import encodable
from ddlint.outputs.common.json_record import dumps
from ddlint.outputs.common.locations import relative
from ddlint.plan.model import Change, CurrentRelease, Declaration, Document, Line, Location, Plan, Rewrite, Row, Run

VERSION = 1


def render(document: Document) -> str:
    """Return every plan with each line, each row of the matrix and each change, as ASCII JSON."""
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
        "pack": {"name": encodable(plan.pack), "version": encodable(plan.pack_version)},
        "subject": encodable(plan.subject),
        "current": [_taken(document, one) for one in plan.current],
        "newest_fit": plan.newest_fit or None,
        "closest": plan.closest or None,
        "target": plan.target,
        "lines": [_line(line) for line in plan.lines],
        "rows": [_row(document, row) for row in plan.rows],
        "changes": [_change(document, change) for change in plan.changes],
        "solved": [_change(document, change) for change in plan.solved],
    }


def _taken(document: Document, one: CurrentRelease) -> dict[str, object]:
    return {
        "release": one.release or None,
        "line": one.line or None,
        "origin": one.origin,
        "pythons": list(one.pythons),
        "by": [_found(document, each) for each in one.by],
    }


def _line(line: Line) -> dict[str, object]:
    return {
        "line": line.line,
        "release": line.release,
        "released": line.released or None,
        "level": line.level or None,
        "until": line.until or None,
        "pythons": line.pythons._asdict(),
        "platforms": line.platforms._asdict(),
        "libraries": {
            **line.supported._asdict(),
            "by_status": {status.value: number for status, number in line.libraries},
        },
        "fits": line.fits,
        "blockers": [encodable(blocker) for blocker in line.blockers],
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
        "supported": encodable(cell.supported),
        "note": encodable(cell.note),
        "basis": cell.basis,
        "row": encodable(cell.row),
        "evidence": [_evidence(evidence) for evidence in cell.evidence],
    }


def _change(document: Document, change: Change) -> dict[str, object]:
    return {
        "step": change.step.value,
        "code": change.code or None,
        "severity": change.severity.value if change.severity is not None else None,
        "subject": encodable(change.subject),
        "message": encodable(change.message),
        "help": encodable(change.help),
        "successor": encodable(change.successor) or None,
        "new": change.is_new,
        "edits": [_edit(document, edit) for edit in change.edits],
        "related": [_found(document, one) for one in change.also],
        "notes": [encodable(note) for note in change.notes],
        "row": encodable(change.row),
        "evidence": [_evidence(evidence) for evidence in change.evidence],
    }


def _edit(document: Document, edit: Rewrite) -> dict[str, object]:
    return {**_spot(document, edit.at), "was": encodable(edit.was) or None, "write": encodable(edit.write) or None}


def _found(document: Document, one: Declaration) -> dict[str, object]:
    return {"text": encodable(one.text), "origin": one.origin, **_spot(document, one.at)}


def _spot(document: Document, spot: Location | None) -> dict[str, object]:
    if spot is None:
        return {"path": None, "start": None}
    return {"path": relative(spot.path, document.cwd), "start": {"line": spot.line, "column": spot.column}}


def _evidence(evidence: Evidence) -> dict[str, object]:
    return {key: encodable(value) for key, value in evidence._asdict().items()}
