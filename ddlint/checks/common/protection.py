"""Which protection capabilities are switched on in a project, by what, which libraries they meet, what they need."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from ddlint.checks.common.context import CheckContext, on_every_tracer, pairs
from ddlint.checks.common.messages import joined
from ddlint.checks.common.settings import SettingAt, is_switched_off, settings, settings_named
from ddlint.checks.common.tracer import ResolutionGroup, tracer_place
from ddlint.core.lazy_regex import regex
from ddlint.core.model import Located, Origin, Place, Resolution, Tracer
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.paths import name_of
from ddlint.core.text import shortest_that_fits
from ddlint.pack.protection_rows import Capability, RequiredSetting

_PLAIN = regex(r"[\w.:,+-]{1,60}", re.ASCII)
_WORDS = regex(r"[a-z]+")
_DEVELOPMENT = regex(
    r"bench(mark)?s?|build|checks?|ci|dev(elop(ment)?)?|doc(s|umentation)?|lint(ing)?|qa|test(s|ing)?|tox|typ(es|ing)"
)
"""Words in the name of a group, an extra or a requirement file that say: not for what is deployed."""


class EnabledCapability(NamedTuple):
    """A capability that is switched on."""

    capability: Capability
    made: tuple[SettingAt, ...]
    """The settings that switch it on; none where the configuration of ddlint names it."""
    is_asked: bool = True
    """False where nothing but the capability that it is a part of has it on."""

    def says(self, *rests: str) -> str:
        """Return a message on it: "HTTP Monitoring (`DD_APPSEC_ENABLED=true`) …", by its setting alone if too long.

        The first of several endings is taken that fits.
        """
        by = f"`{quoted_setting(self.made[0])}`" if self.made else "in `capabilities`"
        short = by if self.made else self.capability.title
        names = (f"{self.capability.title} ({by})", short)
        return shortest_that_fits(*(f"{name} {rest}" for rest in rests for name in names))


def enabled_capabilities(context: CheckContext) -> tuple[EnabledCapability, ...]:
    """Return the capabilities that the configuration or settings switch on, in the order of the pack."""
    rows = [row for row in context.pack.rows(Capability) if row.is_ruling]
    asked = {row.name: found for row in rows if (found := _switched_on(context, row)) is not None}
    whole = {row.name: row for row in rows}
    every = (asked.get(row.name) or _switched_on_by_parent(context, row, asked) for row in rows)
    return tuple(each for each in every if each is not None and not _is_idle(context, each, whole))


def _switched_on(context: CheckContext, row: Capability) -> EnabledCapability | None:
    if row.name in context.project.capabilities:
        return EnabledCapability(row, ())
    made = tuple(
        each for name, values in row.variables for each in settings_named(context, name) if each.value in values
    )
    return EnabledCapability(row, made) if made else None


def _switched_on_by_parent(
    context: CheckContext, row: Capability, asked: dict[str, EnabledCapability]
) -> EnabledCapability | None:
    """Return a capability that the one it is a part of has on by default."""
    if row.part_of not in asked or not row.is_supported or _is_off(context, row):
        return None
    return EnabledCapability(row, asked[row.part_of].made, is_asked=False)


def _is_off(context: CheckContext, row: Capability) -> bool:
    """Return whether settings switch a capability off for sure."""
    made = [(each, values) for name, values in row.variables for each in settings_named(context, name)]
    return bool(made) and all(each.value is not None and each.value not in values for each, values in made)


def _is_idle(context: CheckContext, found: EnabledCapability, whole: dict[str, Capability]) -> bool:
    """Return whether a setting is of no use, because the capability that it switches on a part of is off."""
    parent = whole.get(found.capability.part_of)
    is_named = parent is not None and parent.name in context.project.capabilities
    return bool(found.made) and parent is not None and not is_named and _is_off(context, parent)


def enabled_for(context: CheckContext, what: str) -> tuple[EnabledCapability, ...]:
    """Return the capabilities that protect only where something is covered: `framework`, `sink`."""
    return tuple(
        each
        for each in enabled_capabilities(context)
        if what in each.capability.concerns and each.capability.is_supported
    )


def is_product(context: CheckContext, found: EnabledCapability) -> bool:
    """Return whether a capability is wanted for itself, and not for a setting that others need and that serves more."""
    needed = {row.variable for row in context.pack.rows(RequiredSetting)}
    return not found.made or any(each.name not in needed for each in found.made)


def place(context: CheckContext, found: EnabledCapability, tracer: Tracer, label: str = "") -> Place:
    """Return the place of a finding on a capability: the setting that switches it on, else the subject as declared."""
    if found.made:
        return found.made[0].place(label)
    written = next((each for each in tracer.declared if not context.is_resolved(each)), None)
    return Place(written.path, written.dependency.at, label) if written else tracer_place(context, tracer, label)


def related_places(made: Iterable[SettingAt], label: str = "also here") -> tuple[Place, ...]:
    """Return the other settings that say the same, as related places."""
    return tuple(each.place(label) for each in made)


def quoted_setting(made: SettingAt) -> str:
    """Quote a setting as `NAME=value`, without its value where that is long or no plain word."""
    value = (made.variable.value or "").strip()
    return f"{made.name}={value}" if _PLAIN.fullmatch(value) else made.name


def run_beside(context: CheckContext, found: EnabledCapability, name: str) -> tuple[SettingAt, ...]:
    """Return those settings of another variable that hold where a capability is on.

    Two files that both set a variable are two environments: what one of them says is not said of the other.
    """
    every = settings_named(context, name)
    on = {each.path for each in found.made}
    if not on:
        return every
    variables = {each.name for each in found.made}
    apart = {each.path for each in settings(context) if each.name in variables} - on
    is_open = not on <= {each.path for each in every}
    return tuple(each for each in every if each.path in on or (is_open and each.path not in apart))


def where_all(context: CheckContext, located: Located, is_so: Callable[[Resolution], bool]) -> ResolutionGroup | None:
    """Return the releases beside a requirement of which something is so; every tracer has to have one."""

    def find(tracer: Tracer) -> list[Resolution]:
        return [each for each in context.resolutions(tracer, located) if is_so(each)]

    found = on_every_tracer(context.tracers(located), find)
    return ResolutionGroup(found[0], tuple(found[1])) if found else None


def deployed_requirements(context: CheckContext, name: str) -> tuple[Located, ...]:
    """Return the declared requirements of a library that is deployed; a lock entry alone is no use of it."""
    return tuple(
        each
        for each in context.by_name.get(name, ())
        if not context.is_resolved(each)
        and context.role(each) is Origin.DECLARED
        and context.active_pythons(each)
        and not _is_for_development(each)
        and each.path not in context.generated
    )


def _is_for_development(located: Located) -> bool:
    """Return whether a requirement is for working on the project: for its tests, its documentation."""
    scope, _, name = located.dependency.scope.partition(":")
    file = name_of(located.path).lower()
    words = _WORDS.findall(name.lower()) + (_WORDS.findall(file) if file.endswith((".txt", ".in", ".pip")) else [])
    return scope == "env" or any(_DEVELOPMENT.fullmatch(word) for word in words)


def places_of(uses: Iterable[Located], label: str) -> tuple[Place, ...]:
    """Return the places of requirements."""
    return tuple(Place(each.path, each.dependency.at, label) for each in uses)


def coverage_phrase(names: Iterable[str]) -> str:
    """Return what is covered; nothing where nothing is."""
    listed = joined(names)
    return f"covered: {listed}" if listed else ""


_ON = frozenset({"1", "true", "yes", "on"})


class MissingSetting(NamedTuple):
    """A setting that a capability needs; it is off, or nothing sets it."""

    row: RequiredSetting
    found: EnabledCapability
    off: tuple[SettingAt, ...]
    """The settings that switch it off; none where it is missing."""
    uses: tuple[Located, ...] = ()
    """The requirements of the library that needs it."""


def missing_settings(context: CheckContext) -> Iterator[MissingSetting]:
    """Yield what is needed and not there, once for each setting."""
    for row in context.pack.rows(RequiredSetting):
        if row.distribution:
            wanting: tuple[EnabledCapability, ...] = enabled_for(context, "framework")[:1]
        else:
            asked = (each for each in enabled_capabilities(context) if each.is_asked and each.capability.is_supported)
            wanting = tuple(each for each in asked if each.capability.name in row.capabilities)
        uses = deployed_requirements(context, row.distribution) if row.distribution else ()
        for found in wanting if uses or not row.distribution else ():
            if (need := _missing_setting(context, row, found)) is not None:
                yield need._replace(uses=uses)
                break


def _missing_setting(context: CheckContext, row: RequiredSetting, found: EnabledCapability) -> MissingSetting | None:
    every = settings_named(context, row.variable)
    if any(not is_switched_off(each, row.value) for each in every) or _is_decided(context, row):
        return None
    return MissingSetting(row, found, run_beside(context, found, row.variable))


def _is_decided(context: CheckContext, row: RequiredSetting) -> bool:
    """Return whether another variable switches it on, or may."""
    made = ((each, text) for name, text in row.instead for each in settings_named(context, name))
    return any(each.value is None or _holds(each.value, text.lower()) for each, text in made)


def _holds(value: str, text: str) -> bool:
    """Return whether a value has a text in it, but not as what a list switches off: `text:false`."""
    return text in value and (pairs(value).get(text) or "true") in _ON
