"""What is demanded of a library, or of the subject, by others: the subject's own requirements, and its dependents."""

from __future__ import annotations

from ddlint.core.namedtuple import NamedTuple
from ddlint.pack.install_rows import Dependent, Requirement
from ddlint.pack.releases import closest_release
from ddlint.versions.pythons import allowed_minors
from ddlint.versions.specifiers import Verdict, pin, verdict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.checks.common.context import Scene
    from ddlint.core.model import Evidence, Located, Resolution, Tracer


class Demand(NamedTuple):
    """One demand: who makes it, and of what."""

    by: str
    """Who, in words: `tracelib 3.2.0`."""
    name: str
    specifier: str
    row: str
    evidence: Evidence
    located: Located | None = None
    """The requirement of the dependent; `None` where the subject itself demands."""


class Asking(NamedTuple):
    """A release of the subject on one Python, with the extras that are asked for."""

    release: str
    minor: str
    extras: frozenset[str] = frozenset()


def asking(tracer: Tracer, resolution: Resolution, minor: str) -> Asking:
    """Give how a tracer asks for a release."""
    extras = frozenset(extra for each in tracer.declared for extra in each.dependency.extras)
    return Asking(resolution.release, minor, extras)


def of_subject(scene: Scene, asking: Asking, name: str) -> Iterator[Demand]:
    """Give what a release requires of a distribution on one Python."""
    known = closest_release(scene.pack, asking.release)
    release = known.version if known is not None else ""
    for row in scene.pack.about(Requirement, name):
        is_asked = not row.extra or row.extra in asking.extras
        is_of_it = is_asked and scene.pack.has(release, row.first, row.last)
        if is_of_it and asking.minor in scene.holds_on(row.marker):
            yield Demand(f"{scene.pack.subject} {asking.release}", name, row.specifier, row.row, row.evidence)


def of_dependent(scene: Scene, located: Located, minor: str) -> Iterator[Demand]:
    """Give what a library demands of the subject, and of what that requires too; nothing for unknown versions."""
    name, version = located.dependency.name, pin(located.dependency.specifier)
    for row in scene.pack.about(Dependent, name) if version else ():
        if (
            not allowed_minors(row.python, (minor,))
            or verdict(f"=={version}", (row.versions,)) is not Verdict.SUPPORTED
        ):
            continue
        for other, specifier in ((scene.pack.subject, row.specifier), *row.requires):
            yield Demand(f"{name} {version}", other, specifier, row.row, row.evidence, located)
