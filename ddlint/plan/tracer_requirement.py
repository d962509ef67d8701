"""The requirement of the subject itself: what is written today, and what to write for a release."""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.checks import Step
from ddlint.checks.common.fixes import handwritten, refusal
from ddlint.core.model import Located, Origin
from ddlint.core.report import Finding
from ddlint.pack.releases import installs_on, release_index
from ddlint.plan.locations import location_of, source_of
from ddlint.plan.model import Change, Rewrite
from ddlint.plan.rewrites import asked, dependency_at, dependent_text, respecify
from ddlint.project.installs import is_lock
from ddlint.versions.specifiers import allows, pin

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.checks.common.context import CheckContext


def declared(context: CheckContext) -> tuple[Located, ...]:
    """Return every requirement and lock entry of the subject, each once."""
    return tuple(dict.fromkeys(each for tracer in context.project.tracers for each in tracer.declared))


def left_alone(context: CheckContext, target: str) -> frozenset[str]:
    """Return the Pythons that a requirement of their own gives an older release, as `target` has none for them."""
    release = release_index(context.pack).find(target)
    asked_for = [each for each in declared(context) if not _is_resolved(context, each)]
    if release is None:
        return frozenset()
    found: set[str] = set()
    for each in asked_for:
        minors = frozenset(context.active_pythons(each))
        others = frozenset(minor for other in asked_for if other != each for minor in context.active_pythons(other))
        if each.dependency.marker and others - minors and not any(installs_on(release, minor) for minor in minors):
            found |= minors
    return frozenset(found)


def subject_change(context: CheckContext, target: str, today: tuple[Finding, ...]) -> Iterator[Change]:
    """Yield the one change of all requirements that exclude `target`, and of the locks that hold another release.

    `today` are the findings on the release that is left: they say why it is overdue.
    """
    pack, project = context.pack, context.project
    spared = left_alone(context, target)
    edits, locks = [], []
    why_not: dict[str, None] = {}
    for each in declared(context):
        dependency = each.dependency
        minors = frozenset(context.active_pythons(each))
        if (allows(dependency.specifier, target) and dependency.is_known) or (minors and minors <= spared):
            continue
        if _is_resolved(context, each):
            here = location_of(project, each.path, dependency.at)
            locks.append(Rewrite(here, pin(dependency.specifier) or dependency.written))
        else:
            edits.append(_rewritten(context, each, target))
            manifest = handwritten(context, each.path)
            if manifest is not None and (reason := refusal(manifest, dependency)):
                why_not.setdefault(f"`--write` leaves it alone: {reason}")
    if not edits and not locks:
        return
    goal = f"{pack.subject} {target}"
    texts = list(dict.fromkeys(f"`{each.was}`" for each in edits))
    says = " and ".join(texts[:2]) + (f" and {len(texts) - 2} more" if len(texts) > 2 else "")
    if edits:
        message = f"{says} {'does' if len(texts) == 1 else 'do'} not allow {goal}"
        help_ = f"require {goal}" if any(each.write for each in edits) else f"require {goal} there by hand"
    else:
        message, help_ = f"the lock holds {pack.subject} {locks[0].was}", f"lock {goal}"
    ended = today[0] if today else None
    yield Change(
        Step.SUBJECT,
        ended.code if ended is not None else "",
        ended.severity if ended is not None else None,
        pack.subject,
        ended.message if ended is not None else message,
        help_,
        (*edits, *locks),
        notes=tuple(why_not),
        row=ended.row if ended is not None else "",
        evidence=ended.evidence if ended is not None else (),
        is_new=ended is None,
    )


def _is_resolved(context: CheckContext, located: Located) -> bool:
    return located.dependency.origin is Origin.LOCKED or located.path in context.compiled or is_lock(located.path)


def _rewritten(context: CheckContext, located: Located, target: str) -> Rewrite:
    dependency, project = located.dependency, context.project
    source = source_of(project, located.path)
    here = location_of(project, located.path, dependency.at)
    if not dependency.is_known or source is None:
        return Rewrite(here, dependency.written)
    if dependency.brought_by:
        written = dependency_at(project, located.path, dependency.at) or dependency
        return respecify(context, located.path, written, dependent_text(context.pack, source, written, target))
    now = source.slice(dependency.specifier_at).strip(" ()")
    return respecify(context, located.path, dependency, asked(now, dependency.specifier, target))
