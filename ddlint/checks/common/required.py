"""The settings that a protection capability needs, and that are off or missing in a project."""

from __future__ import annotations

from ddlint.checks.common.protection import Active, active, concerning, run_together, served
from ddlint.checks.common.settings import Made, is_off, set_to
from ddlint.core.namedtuple import NamedTuple
from ddlint.pack.protection_rows import RequiredSetting
from ddlint.project.settings import pairs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.checks.common.context import Scene
    from ddlint.core.model import Located


_ON = frozenset({"1", "true", "yes", "on"})


class Need(NamedTuple):
    """A setting that a capability needs; it is off, or nothing sets it."""

    row: RequiredSetting
    found: Active
    off: tuple[Made, ...]
    """The settings that switch it off; none where it is missing."""
    uses: tuple[Located, ...] = ()
    """The requirements of the library that needs it."""


def needs(scene: Scene) -> Iterator[Need]:
    """Yield what is needed and not there, once for each setting."""
    for row in scene.pack.rows(RequiredSetting):
        if row.distribution:
            wanting: tuple[Active, ...] = concerning(scene, "framework")[:1]
        else:
            asked = (each for each in active(scene) if each.is_asked and each.capability.is_supported)
            wanting = tuple(each for each in asked if each.capability.name in row.capabilities)
        uses = served(scene, row.distribution) if row.distribution else ()
        for found in wanting if uses or not row.distribution else ():
            if (need := _need(scene, row, found)) is not None:
                yield need._replace(uses=uses)
                break


def _need(scene: Scene, row: RequiredSetting, found: Active) -> Need | None:
    every = set_to(scene, row.variable)
    if any(not is_off(each, row.value) for each in every) or _is_decided(scene, row):
        return None
    return Need(row, found, run_together(scene, found, row.variable))


def _is_decided(scene: Scene, row: RequiredSetting) -> bool:
    """Tell whether another variable switches it on, as far as can be told."""
    made = ((each, text) for name, text in row.instead for each in set_to(scene, name))
    return any(each.value is None or _holds(each.value, text.lower()) for each, text in made)


def _holds(value: str, text: str) -> bool:
    """Tell whether a value has a text in it, but not as what a list switches off: `text:false`."""
    return text in value and (pairs(value).get(text) or "true") in _ON
