"""The settings that runtime hints make, and which releases of the subject run with them."""

from __future__ import annotations

from collections.abc import Callable

from ddlint.checks.common.context import CheckContext, bounded_resolutions, on_every_tracer
from ddlint.checks.common.tracer import ResolutionGroup
from ddlint.core.model import EnvironmentVariable, Place, Resolution, Tracer
from ddlint.core.namedtuple import NamedTuple

_ON = frozenset({"1", "true", "yes", "on"})


class SettingAt(NamedTuple):
    """A setting, and the file that makes it."""

    path: str
    variable: EnvironmentVariable

    @property
    def name(self) -> str:
        """The name of the variable."""
        return self.variable.name

    @property
    def value(self) -> str | None:
        """Its value in lower case; `None` where it is set from elsewhere."""
        value = self.variable.value
        return None if value is None else value.strip().lower()

    def place(self, message: str = "") -> Place:
        """Return where it is set."""
        return Place(self.path, self.variable.at, message)


def settings(context: CheckContext) -> tuple[SettingAt, ...]:
    """Return every setting of the project, in the order of the files."""
    return tuple(
        SettingAt(manifest.path, variable) for manifest in context.project.manifests for variable in manifest.settings
    )


def settings_named(context: CheckContext, name: str) -> tuple[SettingAt, ...]:
    """Return the settings of one variable."""
    return tuple(made for made in settings(context) if made.name == name)


def is_switched_off(made: SettingAt, wanted: str) -> bool:
    """Return whether a setting says for sure something else than what is wanted, however that is spelled."""
    if made.value is None:
        return False
    is_switch = wanted in _ON
    return made.value not in _ON if is_switch else made.value != wanted


def affected_releases(
    context: CheckContext, path: str, is_so: Callable[[Resolution], object]
) -> ResolutionGroup | None:
    """Return the releases that run with what a file sets and of which something is so; every tracer has to have one."""

    def find(tracer: Tracer) -> list[Resolution]:
        return [each for each in _running(context, tracer, path) if is_so(each)]

    own = tuple(tracer for tracer in context.project.tracers if path in tracer.files)
    found = on_every_tracer(own or context.project.tracers, find)
    return ResolutionGroup(found[0], tuple(found[1])) if found else None


def _running(context: CheckContext, tracer: Tracer, path: str) -> tuple[Resolution, ...]:
    """Return the resolutions on the Pythons that a file names; on all, where it names none."""
    told = tuple(each for each in bounded_resolutions(tracer) if each.release)
    named = {python.minor for python in context.project.pythons if any(each.path == path for each in python.places)}
    return tuple(each for each in told if each.python in named) or told
