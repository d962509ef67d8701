"""What the checks of the subject itself share: where its release is decided, and how that is said."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import lru_cache

from ddlint.checks.common.context import CheckContext
from ddlint.checks.common.messages import joined, key, on_pythons, quoted, subject
from ddlint.core.model import Located, Place, Resolution, Tracer
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.source import Span
from ddlint.versions.markers import both
from ddlint.versions.specifiers import Verdict, allows, pin, range_of, verdict


class ResolutionGroup(NamedTuple):
    """Resolutions of one tracer that have the same cause."""

    tracer: Tracer
    resolutions: tuple[Resolution, ...]

    @property
    def first(self) -> Resolution:
        """The first of them."""
        return self.resolutions[0]

    @property
    def key(self) -> str:
        """The specifier that decides them, for baselines; empty where the subject comes from outside."""
        return key(self.first.by[0].dependency.specifier) if self.first.by else ""


def group_by_requirement(
    tracer: Tracer, resolutions: Iterable[Resolution], cause: Callable[[Resolution], Hashable]
) -> Iterator[ResolutionGroup]:
    """Group resolutions by their requirement and by a cause; those with the cause `None` are dropped."""
    groups: dict[Hashable, list[Resolution]] = {}
    for each in resolutions:
        if (found := cause(each)) is not None:
            groups.setdefault((each.by[:1], found), []).append(each)
    for group in groups.values():
        yield ResolutionGroup(tracer, tuple(group))


def anchor(context: CheckContext, group: ResolutionGroup) -> Located | None:
    """Return where a finding on the release is reported: at the requirement or lock entry that decides it.

    A pin that the lock repeats is reported where it is declared; with `--tracer`, at what is declared.
    """
    deciding = next(iter(group.first.by or group.tracer.declared), None)
    if deciding is None or not context.is_resolved(deciding):
        return deciding
    same = (each for each in context.siblings(deciding) if _pins(each, group.first.release))
    return next(same, deciding)


def _pins(located: Located, release: str) -> bool:
    return bool(pin(located.dependency.specifier)) and allows(located.dependency.specifier, release)


def place(context: CheckContext, group: ResolutionGroup, message: str = "") -> Place:
    """Return the location of a finding on the release; for a tracer from outside the start of the first file."""
    found = anchor(context, group)
    if found is not None:
        return Place(found.path, found.dependency.at, message)
    path = next((each.path for each in context.project.manifests if each.path in group.tracer.files), "")
    return Place(path, Span(0, 0), message)


def related(context: CheckContext, group: ResolutionGroup) -> tuple[Place, ...]:
    """Return the other places that require the subject, besides the one of the finding."""
    here = anchor(context, group)
    if here is None:
        return ()
    others = dict.fromkeys((*group.first.by, *context.siblings(here)))
    asked = (each for each in others if each != here and _share_a_python(context, here, each))
    return tuple(Place(each.path, each.dependency.at, _label(context, each)) for each in asked)


def _share_a_python(context: CheckContext, one: Located, two: Located) -> bool:
    """Return whether there is an environment that both are installed in."""
    return bool(context.holds_on(both(one.dependency.marker, two.dependency.marker)))


def _label(context: CheckContext, located: Located) -> str:
    return "resolved here" if context.is_resolved(located) else "declared here"


class Description(NamedTuple):
    """What is required, as a message begins."""

    text: str
    """"`ddtrace==2.9.2`", or what a range gives: "`ddtrace<4` gives ddtrace 3.19.9"."""
    where: str
    """On which Pythons: " on Python 3.8"."""
    is_range: bool
    """Whether the text is a sentence on what a range gives."""


def describe(context: CheckContext, group: ResolutionGroup) -> Description:
    """Return what is required, and what it gives where it is no pin."""
    found = anchor(context, group)
    releases = tuple(dict.fromkeys(each.release for each in group.resolutions))
    where = on_pythons(context, (each.python for each in group.resolutions))
    if found is None or group.first.origin == "option":
        return Description(subject(context, releases), where, is_range=False)
    is_plain = len(releases) == 1 and _pins(found, releases[0]) and not found.dependency.injector
    if is_plain:
        return Description(quoted(context, found), where, is_range=False)
    return Description(f"{quoted(context, found)} gives {subject(context, releases)}", where, is_range=True)


def verb_for(group: ResolutionGroup, one: str, several: str) -> str:
    """Return the form of a verb that fits how many releases there are."""
    return one if len({each.release for each in group.resolutions}) == 1 else several


def requirements_text(context: CheckContext, located: Iterable[Located]) -> str:
    """Quote requirements of one release: "`tracelib>=2`", "`tracelib>=2` and `tracelib<3`"."""
    return joined(dict.fromkeys(quoted(context, each) for each in located))


def is_early(resolution: Resolution) -> bool:
    """Return whether pip takes a pre-release that nobody pins, as no final release installs on a Python."""
    is_asked = any(pin(text) for text in specifiers_of(resolution))
    return "rc" in resolution.release and bool(resolution.by) and not is_asked


def specifiers_of(resolution: Resolution) -> tuple[str, ...]:
    """Return the specifiers that decide a resolution."""
    return tuple(each.dependency.specifier for each in resolution.by)


@lru_cache(maxsize=4096)
def is_contradictory(specifiers: tuple[str, ...]) -> bool:
    """Return whether specifiers can never be met, alone or together."""
    together = range_of("")
    for text in specifiers:
        one = range_of(text)
        if verdict(text, ("",)) is Verdict.CONTRADICTION:
            return True
        together = together & one if together is not None and one is not None else None
    return together is not None and together.is_empty
