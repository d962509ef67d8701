"""Judge every library of a project, and choose where a judgement is told.

A declaration, its constraint and its lock that say the same are told once. A lock entry that is worse than what is
declared is told at the lock, with the declaration beside it.
"""

from __future__ import annotations

from ddlint.checks.common.context import scene
from ddlint.checks.common.judgement import TELLING, Judgement, Kind, outcome, specifiers
from ddlint.core.model import Origin
from ddlint.versions.specifiers import Verdict, verdict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.checks.common.context import Scene
    from ddlint.core.model import Located, Project
    from ddlint.pack.pack import Pack


def judgements(project: Project, pack: Pack) -> tuple[Judgement, ...]:
    """Judge every library of a project, each cause once, in the order of the files."""
    here = scene(project, pack)
    if here.judgements is None:
        every = {located: judged(here, located) for located in here.known()}
        here.judgements = tuple(told for located in every if (told := _told(here, every, located)) is not None)
    return here.judgements


def judged(scene: Scene, located: Located) -> Judgement:
    """Judge a requirement: the worst on any Python counts, and the mildest of several tracers."""
    mildest = Judgement(located, Kind.FINE, ())
    for number, tracer in enumerate(scene.tracers(located)):
        outcomes = [outcome(scene.pack, located, each) for each in scene.resolutions(tracer, located)]
        worst = min((each.kind for each in outcomes), default=Kind.FINE)
        if number == 0 or worst > mildest.kind:
            mildest = Judgement(located, worst, tuple(each for each in outcomes if each.kind is worst))
    return mildest


def _told(scene: Scene, every: dict[Located, Judgement], located: Located) -> Judgement | None:
    """Give what is to be told at a place; nothing where it is told beside another place, or is no demand at all."""
    if scene.is_foreign(located):
        return None
    found = every[located]
    beside = tuple(every[each] for each in scene.beside(located) if each in every)
    if scene.is_resolved(located):
        return _told_lock(scene, found, beside)
    if scene.role(located) is Origin.CONSTRAINT:
        return _told_constraint(scene, found, beside)
    return _told_demand(scene, found, beside)


def _told_lock(scene: Scene, found: Judgement, beside: tuple[Judgement, ...]) -> Judgement | None:
    """Tell a lock entry, unless what is declared is told for the same reason."""
    written = tuple(each for each in beside if not scene.is_resolved(each.located))
    if found.kind in TELLING and any(each.kind is found.kind for each in written):
        return None
    return found._replace(beside=tuple(each.located for each in written if not _narrows(scene, each)))


def _told_constraint(scene: Scene, found: Judgement, beside: tuple[Judgement, ...]) -> Judgement | None:
    """Tell a constraint on what is asked for, unless the demand is told for the same reason."""
    asked = tuple(each for each in beside if not _narrows(scene, each))
    if not asked or any(each.kind is found.kind for each in asked):
        return None
    return found._replace(beside=tuple(each.located for each in asked))


def _told_demand(scene: Scene, found: Judgement, beside: tuple[Judgement, ...]) -> Judgement | None:
    """Tell a declaration, unless an override replaces it, or what narrows it is worse and so told in its stead."""
    is_declared = scene.role(found.located) is Origin.DECLARED
    if is_declared and any(scene.role(each.located) is Origin.OVERRIDE for each in beside):
        return None
    narrower = tuple(each for each in beside if _narrows(scene, each))
    if any(each.kind < found.kind and each.kind in TELLING for each in narrower):
        return None
    same = tuple(each for each in narrower if each.kind is found.kind)
    shown = tuple(each.located for each in (same or narrower))
    return found._replace(beside=shown, is_answered=_is_answered(found, narrower))


def _narrows(scene: Scene, judgement: Judgement) -> bool:
    return scene.is_resolved(judgement.located) or scene.role(judgement.located) is Origin.CONSTRAINT


def _is_answered(found: Judgement, narrower: tuple[Judgement, ...]) -> bool:
    """Tell whether what narrows a requirement leaves only supported versions."""
    if not narrower or any(each.kind in {Kind.UNSUPPORTED, Kind.PARTLY, Kind.UNKNOWN} for each in narrower):
        return False
    return all(each.kind is not Kind.UNBOUNDED or _is_met_together(found, each) for each in narrower)


def _is_met_together(found: Judgement, narrower: Judgement) -> bool:
    both = f"{found.located.dependency.specifier},{narrower.located.dependency.specifier}".strip(",")
    met = {verdict(both, specifiers(each.rows)) for each in found.outcomes}
    return met <= {Verdict.SUPPORTED, Verdict.UNBOUNDED}
