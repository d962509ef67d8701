"""What the checks of the subject itself share: where its release is decided, its support level, and words for both."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import lru_cache

from ddlint.checks.common.context import CheckContext, bounded_resolutions
from ddlint.checks.common.messages import joined, key, on_pythons, quoted, subject
from ddlint.core.model import Located, NormalizedName, Place, Project, Resolution, Severity, Tracer
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.report import Finding
from ddlint.core.source import Span
from ddlint.core.text import placed
from ddlint.pack.pack import Pack
from ddlint.pack.releases import installs_on, release_index, select_release
from ddlint.pack.support_rows import Level, SupportLevel
from ddlint.versions.markers import both
from ddlint.versions.specifiers import allows, is_contradiction, pin, range_of


class ResolutionGroup(NamedTuple):
    """Resolutions of one tracer that have the same cause."""

    tracer: Tracer
    resolutions: tuple[Resolution, ...]
    here: Located | None = None
    """Where a finding on it is reported, if not at what decides it."""

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
    deciding = group.here or next(iter(group.first.by or group.tracer.declared), None)
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
        if is_contradiction(text):
            return True
        together = together & one if together is not None and one is not None else None
    return together is not None and together.is_empty


class LevelStatus(NamedTuple):
    """The level of a series, and whether it has ended."""

    level: SupportLevel
    has_ended: bool


@lru_cache(maxsize=1024)
def level_status(pack: Pack, series: str, as_of: str) -> LevelStatus | None:
    """Return how the newest document puts a series; its last day still counts as supported."""
    stated = [level for level in pack.levels if series and allows(level.specifier, series)]
    newest = max(stated, key=lambda level: level.evidence.as_of, default=None)
    return LevelStatus(newest, _has_ended(newest, as_of)) if newest is not None else None


def series_at_level(pack: Pack, level: SupportLevel) -> str:
    """Name the series of a level: `the 2.x series` where they are those of one major, else by their specifier."""
    all_series = [series for series in pack.all_series if allows(level.specifier, series)]
    majors = {series.partition(".")[0] for series in all_series}
    same = [series for series in pack.all_series if series.partition(".")[0] in majors]
    return (
        f"the {majors.pop()}.x series"
        if len(majors) == 1 and all_series == same
        else f"a series in `{level.specifier}`"
    )


def _has_ended(level: SupportLevel, as_of: str) -> bool:
    return level.level is Level.END_OF_LIFE or bool(level.until and level.until < as_of)


def upgrade_advice(context: CheckContext, group: ResolutionGroup) -> str:
    """Return the advice to move to a supported series; empty where there is none."""
    good = _supported_series(context)
    return upgrade_help(context, group, good) if good else ""


def _supported_series(context: CheckContext) -> str:
    """Return the specifier of the newest series with full support; empty where there is none."""
    as_of = context.project.as_of
    every = (each for each in context.pack.levels if each.level is Level.GENERAL_AVAILABILITY)
    good = [each.specifier for each in every if not _has_ended(each, as_of)]
    return good[-1] if good else ""


def upgrade_help(context: CheckContext, group: ResolutionGroup, specifier: str) -> str:
    """Return the advice to move to releases, and to drop the Pythons that they do not install on."""
    newest = select_release(context.pack, (specifier,)).release
    release = release_index(context.pack).find(newest) if newest else None
    lacking = [
        each.python for each in group.resolutions if release is not None and not installs_on(release, each.python)
    ]
    advice = f"move to `{context.pack.subject}{specifier}`"
    if any(located.dependency.injector for each in group.resolutions for located in each.by):
        return f"name a version with {context.pack.subject} `{specifier}`"
    gone = on_pythons(context, lacking).removeprefix(" on ")
    return f"{advice} and drop {gone}" if lacking else advice


class LevelText(NamedTuple):
    """What a check says of a release series."""

    code: str
    severity: Severity
    says: Callable[[SupportLevel], tuple[str, str, str]]
    """Return how a sentence on the series ends, in three forms.

    `the 2.x series, ` "whose support has ended"; `the 2.x series ` "has no support"; the label of the requirement.
    """


class AgedRelease(NamedTuple):
    """Releases of one series that a requirement gives, and the level of that series."""

    group: ResolutionGroup
    level: SupportLevel


def on_support_level(
    project: Project, pack: Pack, concerns: Callable[[LevelStatus], bool]
) -> Iterator[tuple[AgedRelease, ...]]:
    """Return the releases whose series has a support level, grouped by the requirement that leads to them."""

    def level_of(resolution: Resolution) -> SupportLevel | None:
        found = level_status(pack, resolution.series, project.as_of)
        return found.level if found is not None and concerns(found) else None

    for tracer in project.tracers:
        all_series: dict[tuple[Located, ...], list[AgedRelease]] = {}
        for group in group_by_requirement(tracer, bounded_resolutions(tracer), level_of):
            if level := level_of(group.first):
                all_series.setdefault(group.first.by[:1], []).append(AgedRelease(group, level))
        yield from map(tuple, all_series.values())


def series_finding(context: CheckContext, aged: tuple[AgedRelease, ...], telling: LevelText) -> Finding:
    """Return the finding on releases of one level; all but the series of most Pythons are in notes."""
    first = max(reversed(aged), key=lambda each: len(each.group.resolutions))
    others = [each for each in aged if each is not first]
    group = _where_it_is_held(context, first.group)
    advice = upgrade_advice(
        context, ResolutionGroup(group.tracer, tuple(one for each in aged for one in each.group.resolutions))
    )
    brought = _brought_in(context, group)
    if name := _name_at(context, brought) if advice else "":
        wanted = f"{context.pack.subject}{_supported_series(context)}"
        advice = f"take a version of {name} that asks for `{wanted}`"
    notes = [f"{_releases_phrase(context, each)} {_series_phrase(context, each, telling)}" for each in others]
    described = describe(context, group)
    if described.is_range:
        end = f"; {series_at_level(context.pack, first.level)} {telling.says(first.level)[1]}"
    else:
        end = f" {_series_phrase(context, first, telling)}"
    message, where = placed(described.text, described.where, end)
    return Finding(
        telling.code,
        telling.severity,
        context.pack.subject,
        message,
        place(context, group, telling.says(first.level)[2]),
        first.level.row,
        (*related(context, group), *brought),
        tuple(dict.fromkeys(each.level.evidence for each in (first, *others))),
        (*where, *notes),
        f"{advice}; `ddlint plan` lists what that takes" if advice else "",
        key=group.key,
    )


def _where_it_is_held(context: CheckContext, group: ResolutionGroup) -> ResolutionGroup:
    """Return a group that is reported at the requirement which keeps a lock from every supported series, if one does.

    Locking again moves what nothing holds, and there the entry of the lock is what is to be changed.
    """
    entry, good = anchor(context, group), _supported_series(context)
    if entry is None or not good or not context.is_resolved(entry):
        return group
    held = (
        each
        for each in context.siblings(entry)
        if not context.is_resolved(each) and is_contradictory((each.dependency.specifier, good))
    )
    return group._replace(here=next(held, None))


def _brought_in(context: CheckContext, group: ResolutionGroup) -> tuple[Place, ...]:
    """Return the requirement that brings in a lock entry which no file of the project asks for."""
    entry = anchor(context, group)
    return path_if_undeclared(context, entry) if entry is not None else ()


def _name_at(context: CheckContext, places: tuple[Place, ...]) -> str:
    """Return what is required at the first of some places; empty where there is none."""
    here = [(each.path, each.at) for each in places[:1]]
    return next((each.dependency.name for each in context.written if (each.path, each.dependency.at) in here), "")


def path_from_declared(context: CheckContext, located: Located) -> tuple[Place, ...]:
    """Return the declared requirement that brought a lock entry in, with the names on the way, if there is one."""
    if all(context.is_resolved(each) for each in context.written):
        return ()
    needs: dict[NormalizedName, set[NormalizedName]] = {}
    for dependent, required in context.edges(located.path):
        for name in required:
            needs.setdefault(name, set()).add(dependent)
    ways: dict[NormalizedName, tuple[NormalizedName, ...]] = {located.dependency.name: (located.dependency.name,)}
    waiting = [located.dependency.name]
    while waiting:
        name = waiting.pop(0)
        if len(ways[name]) > 1 and (root := _declared(context, name, located)) is not None:
            way = " -> ".join(ways[name])
            return (Place(root.path, root.dependency.at, f"brought in from here: {way}"),)
        for parent in sorted(needs.get(name, ())):
            if parent not in ways:
                ways[parent] = (parent, *ways[name])
                waiting.append(parent)
    return ()


def _declared(context: CheckContext, name: NormalizedName, located: Located) -> Located | None:
    paths = context.installed_with(located.path)
    same = (each for each in context.by_name.get(name, []) if each.path in paths and not context.is_resolved(each))
    return next(same, None)


def path_if_undeclared(context: CheckContext, located: Located) -> tuple[Place, ...]:
    """Return that path for an entry of a lock that the project does not declare itself."""
    is_alone = context.is_resolved(located) and _declared(context, located.dependency.name, located) is None
    return path_from_declared(context, located) if is_alone else ()


def _releases_phrase(context: CheckContext, aged: AgedRelease) -> str:
    resolutions = aged.group.resolutions
    releases = subject(context, (each.release for each in resolutions))
    return f"{releases}{on_pythons(context, (each.python for each in resolutions))}"


def _series_phrase(context: CheckContext, aged: AgedRelease, telling: LevelText) -> str:
    verb = verb_for(aged.group, "is", "are")
    return f"{verb} of {series_at_level(context.pack, aged.level)}, {telling.says(aged.level)[0]}"


def tracer_place(context: CheckContext, tracer: Tracer, message: str = "") -> Place:
    """Return the place of the subject's requirement; the start of the first file where it is given from outside."""
    if tracer.resolutions:
        return place(context, ResolutionGroup(tracer, tracer.resolutions), message)
    for located in tracer.declared:
        return Place(located.path, located.dependency.at, message)
    return Place(context.project.manifests[0].path, Span(0, 0), message)
