"""The statements that packs make in one row, in words."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from ddlint.model import Evidence
from ddlint.pack import facts, protection
from ddlint.pack.rows import Support
from ddlint.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ddlint.pack.pack import Pack

_KINDS = tuple(
    kind
    for module in (facts, protection)
    for kind in vars(module).values()
    if isinstance(kind, type) and "row" in getattr(kind, "_fields", ())
)


class Statement(NamedTuple):
    """One statement of a row."""

    topic: str
    """What it is about, as a heading."""
    words: str
    """What it says, on one line."""
    fields: tuple[tuple[str, str], ...]
    evidence: tuple[Evidence, ...]


def rows(pack: Pack) -> frozenset[str]:
    """Give the names of the rows of a pack."""
    return frozenset(str(fields["row"]) for _, fields in _every(pack))


def statements(row: str, pack: Pack) -> tuple[Statement, ...]:
    """Give what a pack states in a row, in its order."""
    return tuple(_statement(kind, fields) for kind, fields in _every(pack) if fields["row"] == row)


def _every(pack: Pack) -> Iterator[tuple[type, dict[str, object]]]:
    """Give the type and the fields of every row."""
    every: list[NamedTuple] = [each for name in pack.distributions for each in pack.support(name)]
    every += [*pack.removals(), *pack.levels]
    for kind in _KINDS:
        every += pack.rows(kind)
    for each in every:
        yield type(each), dict(each._asdict())


def _statement(kind: type, fields: dict[str, object]) -> Statement:
    evidence = [each for name in ("evidence", "others") for each in _documents(fields.pop(name, None))]
    fields.pop("row")
    shown = tuple(
        (name.removeprefix("is_").replace("_", " "), text) for name, value in fields.items() if (text := _text(value))
    )
    if kind is Support:
        return Statement(*_support(dict(shown)), shown, tuple(evidence))
    words = "; ".join(f"{name}: {value}" for name, value in shown)
    return Statement(_spaced(kind.__name__), words, shown, tuple(evidence))


def _support(fields: dict[str, str]) -> tuple[str, str]:
    lines = fields["first"] if fields["first"] == fields["last"] else f"{fields['first']} to {fields['last']}"
    notes = [f"on by default: {fields['default']}"] if "default" in fields else []
    notes += ["pinned in the test matrix"] if "pinned" in fields else []
    aside = f"  ({', '.join(notes)})" if notes else ""
    topic = f"versions of {fields['distribution']}, {fields['basis']}"
    return topic, f"{lines:<14}{fields.get('specifier', 'every version')}{aside}"


def _documents(value: object) -> Iterable[Evidence]:
    if isinstance(value, Evidence):
        return (value,)
    return tuple(each for each in value if isinstance(each, Evidence)) if isinstance(value, tuple) else ()


def _text(value: object) -> str:
    """Give a field in words; empty where it says nothing."""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, tuple):
        return ", ".join(" ".join(map(str, each)) if isinstance(each, tuple) else str(each) for each in value)
    return str(value)


def _spaced(name: str) -> str:
    """Give the name of a type as words: `RemovedSetting` is `removed setting`."""
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()
