"""The settings of a project, with the switches of integrations as a list that overrules them puts them."""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Project

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.pack.pack import Pack

_PAIR = regex(r"(?P<integration>[^\s,:]+)(?::(?P<value>[^\s,:]*))?")
"""`tornado:true` of a list that is parted by commas or blanks; what has no value is left to the reader's intent."""


def switched(project: Project, pack: Pack) -> dict[str, str | None]:
    """Return every setting by its name, and its value: `None` where that is set from elsewhere."""
    made = {each.name: each.value for manifest in project.manifests for each in manifest.settings}
    if made:
        from ddlint.pack.protection_rows import Setting
        from ddlint.pack.support_rows import OnlySwitch

        for only in pack.rows(OnlySwitch):
            if only.variable in made:
                named = pairs(made[only.variable] or "")
                made |= {f"{only.variable}={name}:true": text for name, text in named.items()}
        for row in pack.rows(Setting):
            if row.is_overruling and row.variable in made:
                made.update(_overruled(pack, made[row.variable]))
    return made


def _overruled(pack: Pack, value: str | None) -> Iterator[tuple[str, str | None]]:
    """Yield the switches that a list sets; all of them, to what is not known here, where it is set from elsewhere."""
    if value is None:
        every = {each for name in pack.distributions for each in pack.integrations(name)}
        named: dict[str, str | None] = dict.fromkeys(sorted(every))
    else:
        named = pairs(value)
    for integration, text in named.items():
        for switch in dict.fromkeys(row.switch for row in pack.defaults(integration) if row.switch):
            yield switch, text


def pairs(value: str) -> dict[str, str | None]:
    """Read `integration:bool,...`; an integration without a value has `None`."""
    return {match["integration"]: match["value"] for match in _PAIR.finditer(value)}
