"""A pack about an invented subject, `tracelib`, with rows written where a test needs them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from ddlint.core.model import Dependency, Judging, Manifest, NormalizedName, Origin, PythonRequirement
from ddlint.core.report import Evidence
from ddlint.core.source import Source, Span
from ddlint.pack.install_rows import Dependent
from ddlint.pack.pack import Pack, series_of
from ddlint.pack.support_rows import Basis, Default, Level, Release, Removal, Sighting, Support, SupportLevel

if TYPE_CHECKING:
    from ddlint.core.model import Include

_Row = TypeVar("_Row", bound=NamedTuple)
EVIDENCE = Evidence("tracelib manual", "support", "2026-01-01", "https://docs.example/tracelib")
PYTHONS = ("2.7", "3.6", "3.7", "3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14")
RELEASES = (
    Release("1.0.0", "2020-01-01", ""),
    Release("1.0.1", "2020-02-01", ""),
    Release("1.1.0", "2020-03-01", ">=2.7,!=3.0.*"),
    Release("1.1.1", "2020-04-01", ">=2.7,!=3.0.*", is_yanked=True),
    Release("1.2.0", "2021-01-01", ">=2.7,!=3.0.*"),
    Release("2.0.0", "2022-01-01", ">=3.7"),
    Release("2.1.0", "2023-01-01", ">=3.7"),
    Release("2.1.1", "2023-02-01", ">=3.7"),
    Release("3.0.0", "2024-01-01", ">=3.9"),
    Release("3.1.0", "2025-01-01", ">=3.9,<3.14"),
    Release("3.1.1", "2025-02-01", ">=3.9,<3.14"),
    Release("3.2.0", "2026-01-01", ">=3.9,<3.14"),
)
LEVELS = (
    SupportLevel("tracelib/lines", "<2", Level.END_OF_LIFE, "", "", EVIDENCE),
    SupportLevel("tracelib/lines", ">=2,<3", Level.MAINTENANCE, "2026-05-31", "", EVIDENCE),
    SupportLevel("tracelib/lines", ">=3,<4", Level.GENERAL_AVAILABILITY, "", "", EVIDENCE),
)


def support(name: str, basis: str, lines: str, specifier: str, integration: str = "", *, default: str = "") -> Support:
    """Write a row shortly: `support("webby", "declared", "2.1-3.2", ">=2.2")`."""
    first, _, last = lines.partition("-")
    return Support(
        f"tracelib/{name}",
        integration or name,
        NormalizedName(name),
        Basis(basis),
        first,
        last or first,
        specifier,
        default=default,
        evidence=EVIDENCE,
    )


def removal(
    name: str, version: str, kind: str = "integration", successor: str = "", deprecated_in: str = ""
) -> Removal:
    """Write the end of a distribution's integration."""
    gone = (version, deprecated_in, successor, "", "", "", "warning")
    return Removal(f"tracelib/{name}", kind, NormalizedName(name), "", *gone, EVIDENCE)


def default(integration: str, lines: str, is_on: str, switch: str = "") -> Default:
    """Write whether an integration is on."""
    first, _, last = lines.partition("-")
    return Default(integration, first, last or first, is_on, switch, evidence=EVIDENCE)


class FakePack(Pack):
    """A pack from rows, equal to itself alone."""

    def __init__(
        self,
        rows: tuple[Support, ...] = (),
        removals: tuple[Removal, ...] = (),
        defaults: tuple[Default, ...] = (),
        releases: tuple[Release, ...] = RELEASES,
        facts: tuple[NamedTuple, ...] = (),
    ) -> None:
        self._facts = facts
        self.name, self.version, self.subject = "tracelib", "2026.01.01", NormalizedName("tracelib")
        self.pythons = PYTHONS
        self.all_series = tuple(dict.fromkeys(series_of(release.version) for release in releases))
        self._position = {series: number for number, series in enumerate(self.all_series)}
        self._rows, self._removals, self._defaults, self._releases = rows, removals, defaults, releases
        self._names = frozenset(
            {"tracelib", *(row.distribution for row in rows), *(gone.distribution for gone in removals)}
            | {getattr(fact, "distribution", "") for fact in facts}
        )

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)

    @property
    def releases(self) -> tuple[Release, ...]:
        return self._releases

    @property
    def levels(self) -> tuple[SupportLevel, ...]:
        return LEVELS

    def support(self, name: str) -> tuple[Support, ...]:
        return tuple(row for row in self._rows if row.distribution == name)

    def support_runs(self, name: str) -> tuple[tuple[int, int, str, str], ...]:
        return tuple(
            (self.position(row.first), self.position(row.last), row.integration, row.basis.value)
            for row in self.support(name)
        )

    def support_row(self, name: str, number: int) -> Support:
        return self.support(name)[number]

    def defaults(self, integration: str) -> tuple[Default, ...]:
        return tuple(row for row in self._defaults if row.integration == integration)

    def removals(self, name: str = "") -> tuple[Removal, ...]:
        return tuple(row for row in self._removals if not name or row.distribution == name)

    @cached_property
    def dependents(self) -> frozenset[NormalizedName]:
        return frozenset(row.distribution for row in self.rows(Dependent))

    @cached_property
    def required_by_dependents(self) -> frozenset[str]:
        return frozenset(name for row in self.rows(Dependent) for name, _ in row.requires)

    def has(self, release: str, first: str, last: str) -> bool:
        known = [each.version for each in self._releases]
        return release in known and known.index(first) <= known.index(release) <= known.index(last)

    def rows(self, kind: type[_Row]) -> tuple[_Row, ...]:
        return tuple(row for row in self._facts if isinstance(row, kind))

    def sightings(self, name: str) -> tuple[Sighting, ...]:
        return self.about(Sighting, name)

    def about(self, kind: type[_Row], value: str | bool, field: str = "distribution") -> tuple[_Row, ...]:
        return tuple(row for row in self.rows(kind) if getattr(row, field, "") == value)

    def covers(self, kind: type[_Row], release: str, value: str, field: str) -> bool:
        return any(
            self.has(release, getattr(row, "first", ""), getattr(row, "last", ""))
            for row in self.about(kind, value, field)
        )


JUDGING = Judging("2026-02-01")


def requirement(text: str, *, scope: str = "", origin: Origin = Origin.DECLARED, is_known: bool = True) -> Dependency:
    """Read `name[extra] specifier ; marker` as one dependency; the spans are those of the text alone."""
    head, _, marker = text.partition(";")
    head = head.strip()
    size = next((place for place, sign in enumerate(head) if sign in "=<>~! "), len(head))
    name, specifier = head[:size], head[size:].strip()
    start = head.index(specifier) if specifier else size
    return Dependency(
        NormalizedName(name),
        specifier,
        Span(0, len(head)),
        Span(start, len(head)),
        head,
        origin=origin,
        scope=scope,
        marker=marker.strip(),
        is_known=is_known,
    )


def manifest(
    path: str,
    *requirements: str | Dependency,
    pythons: tuple[PythonRequirement, ...] = (),
    includes: tuple[Include, ...] = (),
    origin: Origin = Origin.DECLARED,
) -> Manifest:
    """Make a manifest of one line for each requirement, with their true places."""
    lines, found, offset = [], [], 0
    for each in requirements:
        one = requirement(each, origin=origin) if isinstance(each, str) else each
        found.append(
            one._replace(
                at=Span(one.at.start + offset, one.at.end + offset),
                specifier_at=Span(one.specifier_at.start + offset, one.specifier_at.end + offset),
            )
        )
        lines.append(one.written + (f" ; {one.marker}" if one.marker else ""))
        offset += len(lines[-1]) + 1
    source = Source(f"/p/{path}", "".join(f"{line}\n" for line in lines))
    return Manifest(source, path, tuple(found), pythons, includes=includes)


def python(specifier: str, *, is_exact: bool = False) -> PythonRequirement:
    """State Pythons, at no true place."""
    return PythonRequirement(specifier, Span(0, 0), specifier, is_exact)
