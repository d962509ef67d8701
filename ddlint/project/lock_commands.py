"""The commands that make a lock again after what it was made from has changed. ddlint runs none of them."""

from __future__ import annotations

from ddlint.core.paths import name_of
from ddlint.inputs import BY_MODULE, INCLUDED, lock_named

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.inputs import Input


def lock_command(path: str) -> str:
    """Return the command that makes a lock or a compiled file again; empty where several tools may do it."""
    record = _record(name_of(path))
    return record.lock_command.format(stem=_stem(path)) if record else ""


def upgrade_command(path: str, package: str) -> str:
    """Return the command that locks another version of one package; empty where several tools may do it."""
    record = _record(name_of(path))
    return record.upgrade_command.format(stem=_stem(path), package=package) if record else ""


def _record(name: str) -> Input | None:
    return BY_MODULE[INCLUDED] if name.endswith(".txt") else lock_named(name)


def _stem(path: str) -> str:
    return name_of(path).rpartition(".")[0]
