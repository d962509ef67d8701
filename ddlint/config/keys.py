"""The keys of `[tool.ddlint]`, and what each may hold."""

from __future__ import annotations

from collections.abc import Callable

from ddlint.config.readers import (
    read_checked,
    read_code,
    read_day,
    read_each,
    read_level,
    read_levels,
    read_name,
    read_path,
    read_pattern,
    read_patterns,
    read_per_file,
    read_rule,
    read_sibling,
    read_switch,
    read_table,
    read_text,
    read_values,
    within_limit,
)
from ddlint.config.settings import (
    PLATFORM_WORDS,
    Config,
    ConfigValue,
    Selection,
    Suppression,
    did_you_mean,
    is_minor,
    is_platform,
    is_specifier,
    package_name_hint,
    quoted,
)
from ddlint.core.errors import DdlintError
from ddlint.core.model import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ddlint.config.readers import Node, ReadContext

_SUPPRESSION: dict[str, tuple[str, Callable[[ReadContext, Node], Any]]] = {
    "rule": ("rule", read_rule),
    "package": ("package", read_name),
    "path": ("path", read_pattern),
    "reason": ("reason", read_text),
    "expires": ("expires", read_day),
}


def _suppressions(where: ReadContext, node: Node) -> tuple[Suppression, ...]:
    if not isinstance(node.value, list):
        raise where.mistake(node.at, f"expected an array of tables, found {node.kind}")
    found: list[Suppression | None] = []
    for element in within_limit(where, node, node.elements()):
        try:
            found.append(_suppression(where, element))
        except DdlintError as error:
            where.mistakes.append(error)
    return tuple(each for each in found if each is not None)


def _suppression(where: ReadContext, node: Node) -> Suppression | None:
    """Read an entry; nothing where something else is wrong with it."""
    known = len(where.mistakes)
    fields = _fields(where, node, _SUPPRESSION)
    if len(where.mistakes) > known:
        return None
    if "rule" not in fields:
        raise where.mistake(node.at, "a suppression needs a `rule`", "name a code such as `DD301`, or a row")
    return Suppression(at=Place(where.source.path, node.at), **fields)


_BARE = "in this file settings are written without `[tool.ddlint]`"
_SELECTION: dict[str, tuple[str, Callable[[ReadContext, Node], Any]]] = {
    "select": ("select", read_each(read_code)),
    "ignore": ("ignore", read_each(read_code)),
    "extend-select": ("extend_select", read_each(read_code)),
    "extend-ignore": ("extend_ignore", read_each(read_code)),
}
_OTHERS: dict[str, tuple[str, Callable[[ReadContext, Node], Any]]] = {
    "extend": ("extend", read_sibling),
    "exclude": ("exclude", read_patterns),
    "respect-gitignore": ("respect_gitignore", read_switch),
    "per-file-ignores": ("per_file_ignores", read_per_file),
    "severity": ("severity", read_levels),
    "groups": ("groups", read_each(read_name)),
    "fail-on": ("fail_on", read_level),
    "min-severity": ("min_severity", read_level),
    "rules": ("rules", read_each(read_path)),
    "tracer": (
        "tracer",
        read_checked(is_specifier, "a specifier such as `>=2.1,<3`, nor a version", package_name_hint),
    ),
    "python-version": ("python_version", read_checked(is_minor, "a minor of Python such as `3.12`")),
    "platforms": ("platforms", read_each(read_checked(is_platform, f"a {PLATFORM_WORDS}"))),
    "capabilities": ("capabilities", read_values),
    "baseline": ("baseline", read_path),
    "pedantic": ("pedantic", read_switch),
    "require-tracer": ("require_tracer", read_switch),
    "suppress": ("suppressions", _suppressions),
}
KEYS: tuple[str, ...] = (*_SELECTION, *_OTHERS)
"""Every key, for the schema, tests and documentation."""
SUPPRESSION_KEYS: tuple[str, ...] = tuple(_SUPPRESSION)


def _fields(
    where: ReadContext, node: Node, keys: dict[str, tuple[str, Callable[[ReadContext, Node], Any]]]
) -> dict[str, Any]:
    fields = {}
    for key, value in read_table(where, node):
        if key not in keys:
            hint = _BARE if key == "tool" and keys is not _SUPPRESSION else did_you_mean(key, keys)
            where.mistakes.append(where.mistake(value.key_at, f"{quoted(key)} is no setting of ddlint", hint))
            continue
        name, read = keys[key]
        try:
            fields[name] = read(where, value)
        except DdlintError as error:
            where.mistakes.append(error)
    return fields


def read_config(where: ReadContext, table: Node) -> tuple[Config, ConfigValue | None]:
    """Return the config that a table holds, and the path of the file it extends, or nothing."""
    fields = _fields(where, table, _SELECTION | _OTHERS)
    if where.mistakes:
        first, *others = where.mistakes
        raise DdlintError(
            first.message, place=first.place, hint=first.hint, excerpt=first.excerpt, others=others
        ) from None
    extends = fields.pop("extend", None)
    selection = Selection(**{name: fields.pop(name) for name, _ in _SELECTION.values() if name in fields})
    return Config(directory=where.directory, selections=(selection,), **fields), extends
