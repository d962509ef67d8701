"""A pack in memory: typed rows made from its compiled form, for the names that are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from functools import cache, cached_property, lru_cache

from ddlint.core.lazy_regex import regex
from ddlint.core.model import NormalizedName
from ddlint.core.report import Evidence
from ddlint.pack.support_rows import Basis, Default, Level, Release, Removal, Sighting, Source, Support, SupportLevel

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    from ddlint.core.namedtuple import NamedTuple

    _Row = TypeVar("_Row", bound=NamedTuple)
    _Item = TypeVar("_Item")

_ENUMS: dict[str, type[Enum]] = {"basis": Basis, "level": Level}
"""Fields of rows that are members of an enumeration."""
_PACKED = {"Sighting": "sightings", "RangeOnPython": "tested_on"}
"""The part of the compiled form that has the rows of a type, for types of which few runs need a row."""
_NUMBERS = regex(r"v?(?:\d+!)?(\d+)(?:\.(\d+))?")


@lru_cache(maxsize=1000)
def series_of(release: str) -> str:
    """Return the series of a release, its first two numbers: `4.16` of `4.16.0`; empty where there is no number."""
    numbers = _NUMBERS.match(release.strip())
    return f"{int(numbers[1])}.{int(numbers[2] or 0)}" if numbers else ""


class Pack:
    """What is known of one subject distribution. Two packs are equal when they say the same."""

    def __init__(self, compiled: Mapping[str, Any]) -> None:
        self._compiled = compiled
        self._cache: dict[str, Any] = {}
        self._cited: dict[int, Evidence] = {}
        self.name: str = compiled["name"]
        self.version: str = compiled["version"]
        """The day of the data, `2026.11.21`."""
        self._hash = hash((self.name, self.version))
        self.is_builtin = False
        """Whether ddlint brings it."""
        self.subject = NormalizedName(compiled["subject"])

    @classmethod
    def from_compiled(cls, compiled: Mapping[str, Any]) -> Pack:
        """Return the pack that `compile_pack` compiled."""
        return cls(compiled)

    def __eq__(self, other: object) -> bool:
        """Compare what is said."""
        return self is other or (isinstance(other, Pack) and self._compiled == other._compiled)

    def __hash__(self) -> int:
        """Hash the name and the day."""
        return self._hash

    def __repr__(self) -> str:
        """Name the pack and its day."""
        return f"Pack({self.name!r}, {self.version!r})"

    @cached_property
    def pythons(self) -> tuple[str, ...]:
        """The known minors of CPython, ascending."""
        return tuple(self._compiled["pythons"])

    @cached_property
    def all_series(self) -> tuple[str, ...]:
        """The known series, ascending."""
        return tuple(self._compiled["series"])

    @cached_property
    def _position(self) -> dict[str, int]:
        return {series: number for number, series in enumerate(self.all_series)}

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(self._compiled["names"])

    def knows(self, name: str) -> bool:
        """Return whether any row is about a distribution, or it is the subject."""
        return name in self._names

    @cached_property
    def dependents(self) -> frozenset[NormalizedName]:
        """The distributions that bring the subject: one text, so that most runs need not decode JSON for it."""
        return frozenset(NormalizedName(name) for name in self._compiled.get("dependents", "").split())

    @cached_property
    def required_by_dependents(self) -> frozenset[str]:
        """The distributions that those require, the subject among them."""
        return frozenset(self._compiled.get("required_by_dependents", "").split())

    def series(self, release: str) -> str:
        """Return the series of a release, its first two numbers: `4.16` of `4.16.0`; empty where there is no number."""
        return series_of(release)

    def position(self, series: str) -> int:
        """Return the position of a series among the known ones, from 0; -1 for one that is not known."""
        return self._position.get(series, -1)

    def holds(self, series: str, first: str, last: str) -> bool:
        """Return whether a known series lies in the run from `first` to `last`, both inclusive."""
        return series in self._position and self.position(first) <= self._position[series] <= self.position(last)

    def has(self, release: str, first: str, last: str) -> bool:
        """Return whether a known release lies in the run of releases from `first` to `last`, both inclusive."""
        if "numbers" not in self._cache:
            self._cache["numbers"] = {row[0]: number for number, row in enumerate(self._compiled["releases"])}
        numbers: dict[str, int] = self._cache["numbers"]
        return release in numbers and numbers.get(first, 0) <= numbers[release] <= numbers.get(last, -1)

    def _kept(self, key: str, make: Callable[[], Iterable[_Item]]) -> tuple[_Item, ...]:
        """Return what was made under a key before, or make it."""
        if key not in self._cache:
            self._cache[key] = tuple(make())
        kept: tuple[_Item, ...] = self._cache[key]
        return kept

    @property
    def releases(self) -> tuple[Release, ...]:
        """The final releases, ascending."""
        pythons = self._compiled["requires_python"]
        rows = self._compiled["releases"]
        return self._kept(
            "releases",
            lambda: (Release(version, day, pythons[python], yanked) for version, day, python, yanked in rows),
        )

    @property
    def levels(self) -> tuple[SupportLevel, ...]:
        """The support levels that rule."""
        return self._levels("levels")

    @property
    def level_history(self) -> tuple[SupportLevel, ...]:
        """What documents said of the support levels over time: evidence only."""
        return self._levels("level_history")

    def _levels(self, topic: str) -> tuple[SupportLevel, ...]:
        return self._kept(topic, lambda: (self._row(SupportLevel, values) for values in self._compiled[topic]))

    @property
    def sources(self) -> Mapping[str, Source]:
        """The documents that rows name, by key."""
        return {key: Source(key, *fields) for key, fields in self._compiled["sources"].items()}

    def support(self, name: str) -> tuple[Support, ...]:
        """Return what every integration of a distribution supports: all bases and runs, in the order of the pack."""
        return tuple(self.support_row(name, number) for number in range(len(self._supports(name))))

    def support_runs(self, name: str) -> tuple[tuple[int, int, str, str], ...]:
        """Return (first series, last series, integration, basis) of each row of `support`; series as positions.

        A distribution has rows of all series, and few of them concern one release: the others need not be made.
        """
        return self._kept(
            f"runs of {name}",
            lambda: (
                (self.position(first), self.position(last), integration, basis)
                for _, integration, _, basis, first, last, *_ in self._supports(name)
            ),
        )

    def support_row(self, name: str, number: int) -> Support:
        """Return a row of `support` by its number."""
        key = f"{number} of {name}"
        return self._kept(key, lambda: (self._row(Support, self._supports(name)[number]),))[0]

    def integrations(self, name: str) -> tuple[str, ...]:
        """Return the integrations that have rows of support for a distribution."""
        return tuple(dict.fromkeys(run[2] for run in self.support_runs(name)))

    def _supports(self, name: str) -> list[list[Any]]:
        rows: list[list[Any]] = self._compiled["support"].get(name, [])
        return rows

    def _unpacked(self, kind: str) -> str:
        """Return the rows of a type that is packed, for few runs ask for it: a line for each distribution."""
        key = f"packed {kind}"
        if key not in self._cache:
            packed = self._compiled.get(_PACKED[kind], "")
            if packed:
                import zlib
                from binascii import a2b_base64

                packed = zlib.decompress(a2b_base64(packed)).decode("ascii")
            self._cache[key] = packed
        text: str = self._cache[key]
        return text

    def _packed_of(self, kind: str, name: str) -> list[list[Any]]:
        text = self._unpacked(kind)
        start = text.find(f"\n{name}\t")
        if start < 0:
            return []
        from json import loads

        start += len(name) + 2
        rows: list[list[Any]] = loads(text[start : text.index("\n", start)])
        return rows

    def sightings(self, name: str) -> tuple[Sighting, ...]:
        """Return what releases did with versions of a distribution that were run."""
        return self._kept(
            f"sightings of {name}",
            lambda: (self._row(Sighting, values) for values in self._packed_of("Sighting", name)),
        )

    @property
    def distributions(self) -> tuple[str, ...]:
        """The names that have rows of support, `stdlib:` and `spec:` ones included."""
        return tuple(self._compiled["support"])

    def defaults(self, integration: str) -> tuple[Default, ...]:
        """Return whether an integration is on by default, by run of series."""
        return self._kept(
            f"defaults of {integration}",
            lambda: (self._row(Default, values) for values in self._compiled["defaults"].get(integration, ())),
        )

    def removals(self, name: str = "") -> tuple[Removal, ...]:
        """Return what was removed of a distribution; without a name, every removal of the pack."""
        return self._kept(
            f"removals of {name}",
            lambda: (
                self._row(Removal, values) for values in self._compiled["removals"] if not name or values[2] == name
            ),
        )

    def rows(self, kind: type[_Row]) -> tuple[_Row, ...]:
        """Return every row of a type of `install_rows` or `protection_rows`, in the order of the pack."""
        name = kind.__name__
        return self._kept(name, lambda: (self._row(kind, values) for values in self._raw(name)))

    def _raw(self, kind: str) -> Iterable[list[Any]]:
        """Return the compiled rows of a type; variables are packed, so that runs without settings read less."""
        if kind in _PACKED:
            names = (line.partition("\t")[0] for line in self._unpacked(kind).split("\n") if line)
            return (values for name in names for values in self._packed_of(kind, name))
        rows: Iterable[list[Any]] = self._compiled["facts"].get(kind, ())
        if kind != "Variable":
            return rows
        from ddlint.pack.packed_names import unpack_names

        return (
            [f"{self.name}/{name}", name, reads, cited]
            for packed, cited in rows
            for pattern, reads, parts in unpack_names(packed)
            for name in (pattern.replace("*", part) for part in parts)
        )

    def _row(self, kind: type[_Row], values: list[Any]) -> _Row:
        """Return a row from its compiled fields, of which the last one is the number of its evidence."""
        *fields, cited = values
        made = [_frozen(value) if type(value) is list else value for value in fields]
        for place, enum in _enums_of(kind):
            made[place] = enum(made[place])
        made.append(self.evidence(cited))
        if kind._fields[-1] == "others":
            made.append(self.others(cited))
        return kind._make(made)

    def has_rows(self, kind: type[NamedTuple]) -> bool:
        """Return whether there is a row of a type; none is made."""
        return any(True for _ in self._raw(kind.__name__))

    def about(self, kind: type[_Row], value: str | bool, field: str = "distribution") -> tuple[_Row, ...]:
        """Return the rows of a type that have `value` in a field, in the order of the pack; no other row is made."""
        found = self._raw_by(kind, field).get(value)
        if not found:
            return ()
        key = f"{kind.__name__} by {field} {value}"
        return self._kept(key, lambda: (self._row(kind, values) for values in found))

    def values(self, kind: type[NamedTuple], field: str = "distribution") -> Iterable[Any]:
        """Return what rows of a type have in a field, each value once, in the order of the pack; no row is made."""
        return self._raw_by(kind, field).keys()

    def covers(self, kind: type[_Row], release: str, value: str, field: str) -> bool:
        """Return whether one of those rows has a known release in its run of releases; no row is made."""
        return any(True for _ in self._covering(kind, release, value, field))

    def covering(self, kind: type[_Row], release: str, value: str, field: str) -> tuple[_Row, ...]:
        """Return those of them that have a known release in their run of releases; no other row is made."""
        return tuple(self._row(kind, values) for values in self._covering(kind, release, value, field))

    def _covering(self, kind: type[_Row], release: str, value: str, field: str) -> Iterator[list[Any]]:
        first, last = kind._fields.index("first"), kind._fields.index("last")
        rows = self._raw_by(kind, field).get(value, ())
        return (each for each in rows if self.has(release, each[first], each[last]))

    def _raw_by(self, kind: type[_Row], field: str) -> dict[Any, list[list[Any]]]:
        key = f"{kind.__name__} by {field}"
        if key not in self._cache:
            index: dict[Any, list[list[Any]]] = {}
            place = kind._fields.index(field)
            for values in self._raw(kind.__name__):
                index.setdefault(values[place], []).append(values)
            self._cache[key] = index
        found: dict[Any, list[list[Any]]] = self._cache[key]
        return found

    @property
    def switched(self) -> tuple[str, ...]:
        """The integrations that have defaults."""
        return tuple(self._compiled["defaults"])

    def days_read(self, table: str, name: str) -> tuple[str, ...]:
        """Return the day on which the document of each row of a table was read, ISO 8601."""
        rows = self._compiled[table] if not name else self._compiled[table].get(name, ())
        keys = (self._compiled["evidence"][_first(values[-1])].partition("|")[0] for values in rows)
        return tuple(self._compiled["sources"][key][3] for key in keys)

    def others(self, cited: int | list[int]) -> tuple[Evidence, ...]:
        """Return the documents that a row names beside the one that rules."""
        return () if isinstance(cited, int) else tuple(self.evidence(number) for number in cited[1:])

    def evidence(self, cited: int | list[int]) -> Evidence:
        """Return the entry of the table of evidence that a row rests on."""
        number = _first(cited)
        if number not in self._cited:
            self._cited[number] = self._evidence(number)
        return self._cited[number]

    @cached_property
    def _documents(self) -> tuple[list[str], Mapping[str, list[str]]]:
        return self._compiled["evidence"], self._compiled["sources"]

    def _evidence(self, number: int) -> Evidence:
        cited, sources = self._documents
        key, revision, day, section = cited[number].split("|", 3)
        title, url, *_ = sources[key]
        facts = {"revision": revision, "section": section}
        return Evidence(_fill(title, facts), section, day, _fill(url, facts))


@cache
def _enums_of(kind: type[NamedTuple]) -> tuple[tuple[int, type[Enum]], ...]:
    """Return the positions of the fields of a type that are members of an enumeration, and which."""
    return tuple((kind._fields.index(name), enum) for name, enum in _ENUMS.items() if name in kind._fields)


def _first(cited: int | list[int]) -> int:
    return cited if isinstance(cited, int) else cited[0]


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value


def _fill(text: str, facts: Mapping[str, str]) -> str:
    for name, value in facts.items() if "{" in text else ():
        text = text.replace(f"{{{name}}}", value)
    return text
