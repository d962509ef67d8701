"""A judgement on a library as a finding: the message, its places, its evidence, and what to do."""

from __future__ import annotations

from ddlint.checks.common.fixes import as_fix, as_notes, raised
from ddlint.checks.common.lock_path import demands
from ddlint.checks.common.messages import joined, key, on_pythons, subject, supported, tracer_places
from ddlint.core.model import Finding, Fix, Origin, Place, Severity
from ddlint.core.namedtuple import NamedTuple
from ddlint.pack.support import default_of, is_integration_off
from ddlint.versions.specifiers import pin

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from ddlint.checks.common.context import Scene
    from ddlint.checks.common.fixes import Kept
    from ddlint.checks.common.judgement import Judgement, Outcome
    from ddlint.core.model import Evidence, Located
    from ddlint.pack.support_rows import Support

_MILDER = {Severity.ERROR: Severity.WARNING, Severity.WARNING: Severity.NOTICE, Severity.NOTICE: Severity.NOTICE}


class Telling(NamedTuple):
    """What a check says of a judgement."""

    code: str
    severity: Severity
    message: str
    help: str = ""
    notes: tuple[str, ...] = ()
    is_fixable: bool = False


def causes(judgement: Judgement) -> list[list[Outcome]]:
    """Group outcomes by what is supported: the same cause on several Pythons and releases is one."""
    groups: dict[tuple[str, ...], list[Outcome]] = {}
    for each in judgement.outcomes:
        groups.setdefault(tuple(row.specifier for row in each.rows), []).append(each)
    return list(groups.values())


def who(scene: Scene, outcomes: Iterable[Outcome], verb: str = "support") -> str:
    """Say which releases do it, and where: `tracelib 3.2.0 supports on Python 3.9 and 3.10`."""
    group = list(outcomes)
    releases = list(dict.fromkeys(each.resolution.release for each in group))
    ending = "s" if len(releases) == 1 else ""
    return f"{subject(scene, releases)} {verb}{ending}{on_pythons(scene, (each.resolution.python for each in group))}"


def by_integration(scene: Scene, judgement: Judgement) -> str:
    """Name the integrations of rows, with a blank before, where the library has several and fails only some."""
    names = dict.fromkeys(row.integration for each in judgement.outcomes for row in each.rows)
    every = {row.integration for row in scene.pack.support(judgement.located.dependency.name)}
    return f" for its integration {joined(f'`{name}`' for name in names)}" if len(names) < len(every) else ""


def is_switched_off(scene: Scene, judgement: Judgement) -> bool:
    """Tell whether every integration that a finding is about is off."""
    pairs = {(row.integration, each.resolution.line) for each in judgement.outcomes for row in each.rows}
    defaults = [default_of(scene.pack, integration, line) for integration, line in pairs]
    return bool(defaults) and all(is_integration_off(each, scene.settings) for each in defaults)


def told(scene: Scene, judgement: Judgement, telling: Telling) -> Finding:
    """Make the finding, one level milder where the integration is off."""
    located = judgement.located
    rows = tuple(dict.fromkeys(row for each in judgement.outcomes for row in each.rows))
    off = is_switched_off(scene, judgement)
    ranges, specifiers = supported(rows), tuple(dict.fromkeys(row.specifier for row in rows))
    fix = _raised(scene, judgement, specifiers) if telling.is_fixable else None
    notes = (*telling.notes, *_other_causes(scene, judgement), *_switch_note(scene, judgement, off=off))
    return Finding(
        telling.code,
        _MILDER[telling.severity] if off else telling.severity,
        located.dependency.name,
        telling.message,
        Place(located.path, located.dependency.at, f"supported: {ranges.replace('`', '')}" if rows else ""),
        rows[0].row if rows else "",
        (*_beside(scene, judgement), *tracer_places(scene, (each.resolution for each in judgement.outcomes))),
        evidence(rows),
        (*notes, *as_notes(fix)),
        telling.help,
        as_fix(fix),
        key(located.dependency.specifier),
    )


def _raised(scene: Scene, judgement: Judgement, supported: tuple[str, ...]) -> Fix | Kept | None:
    """Give the fix for a requirement, and with it for the constraints that say the same."""
    fix = raised(scene, judgement.located, supported, is_met=judgement.is_answered)
    narrower = (each for each in judgement.beside if scene.role(each) is Origin.CONSTRAINT)
    for each in narrower if isinstance(fix, Fix) else ():
        other = raised(scene, each, supported, is_met=judgement.is_answered)
        if isinstance(other, Fix) and isinstance(fix, Fix):
            fix = fix._replace(edits=(*fix.edits, *other.edits))
    return fix


def evidence(rows: Iterable[Support]) -> tuple[Evidence, ...]:
    """Give the documents that rows rest on, each once."""
    return tuple(dict.fromkeys(row.evidence for row in rows if row.evidence is not None))


def _beside(scene: Scene, judgement: Judgement) -> tuple[Place, ...]:
    """Give the places that say the same, or that brought a lock entry in."""
    if judgement.beside:
        return tuple(Place(each.path, each.dependency.at, _label(scene, each)) for each in judgement.beside)
    return demands(scene, judgement.located) if scene.is_resolved(judgement.located) else ()


def _label(scene: Scene, located: Located) -> str:
    if scene.role(located) is Origin.CONSTRAINT:
        return "constrained here"
    if not scene.is_resolved(located):
        return "declared here"
    version = pin(located.dependency.specifier)
    return f"locked to {version} here" if version else "resolved here"


def _other_causes(scene: Scene, judgement: Judgement) -> tuple[str, ...]:
    return tuple(
        f"{who(scene, group)}: {supported(row for each in group for row in each.rows)}"
        for group in causes(judgement)[1:]
    )


def _switch_note(scene: Scene, judgement: Judgement, *, off: bool) -> tuple[str, ...]:
    first = judgement.outcomes[0]
    default = default_of(scene.pack, first.rows[0].integration, first.resolution.line) if off and first.rows else None
    if default is None:
        return ()
    switch = f"; `{default.switch}` switches it on" if default.switch else ""
    return (f"the integration is off here, so this is one level milder{switch}",)
