"""Make the environment of one container of a pod or a task, whose settings are not those of its neighbours."""

from __future__ import annotations

from collections.abc import Sequence

from ddlint.core.model import EnvironmentSpec, EnvironmentVariable, Platform, PythonRequirement
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.source import Span
from ddlint.inputs.common.other_languages import is_other_language

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.inputs.common.manifest import Item


class Container(NamedTuple):
    """What a container is called, and what it runs."""

    name: str
    at: Span
    image: str = ""
    command: str = ""


def container_spec(container: Container, items: Sequence[Item], others: Sequence[EnvironmentSpec]) -> EnvironmentSpec:
    """Return a container with what was read of it, under a name that none of `others` has."""
    name = container.name
    if not name or any(each.name == name for each in others):
        name = f"{name} {len(others) + 1}".strip()
    settings = tuple(item for item in items if isinstance(item, EnvironmentVariable))
    return EnvironmentSpec(
        "service",
        name,
        container.at,
        pythons=tuple(item for item in items if isinstance(item, PythonRequirement)),
        platforms=tuple(item for item in items if isinstance(item, Platform)),
        settings=settings,
        image=container.image,
        is_foreign=is_other_language(container.image, container.command, (each.name for each in settings)),
    )
