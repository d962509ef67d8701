"""What `ddlint pack` says of a pack: the mistakes that keep it from loading, and those that would mislead a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ddlint.pack._compile import compile_rows
from ddlint.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

    from ddlint.pack._document import Mistake
    from ddlint.pack._gather import Gathered, Place, Row

_BASES = ("declared", "published", "documented", "tested")
_TRAP = regex(r"<=\s*[0-9]+(\.[0-9]+)?\s*(,|$)")
_CLAUSE = regex(r"(~=|==|!=|<=|>=|<|>)\s*([^,\s]+)")


def mistakes(directory: Traversable) -> tuple[Mistake, ...]:
    """Give every mistake of the pack in `directory`, by file and line; none where all is well."""
    compiled, gathered = compile_rows(directory)
    _complain_of_days(gathered, compiled["version"])
    for place, row in _runs(gathered):
        _complain_of_specifier(place, row["spec"], may_trap="tested" in place.steps or row.get("verbatim", False))
        _complain_of_edges(place, row["spec"], row.get("examples", {}), ("ok", "bad"))
    for place, row in gathered.many("bad_pairs"):
        if "versions" in row:
            _complain_of_specifier(place, row["versions"], may_trap=row.get("verbatim", False), step="versions")
            _complain_of_edges(place, row["versions"], row.get("examples", {}), ("bad", "ok"))
    if not gathered.mistakes:
        _complain_of_sources(gathered, {key for key, *_ in compiled["evidence"]})
    return tuple(gathered.mistakes)


def _runs(gathered: Gathered) -> Iterator[tuple[Place, Row]]:
    """Give every row of support that states versions of a distribution."""
    for place, entry in gathered.integrations:
        for name, bases in entry["distributions"].items():
            for basis in _BASES if ":" not in name else ():
                for number, row in enumerate(bases.get(basis, [])):
                    if row["spec"] not in {"", "*"}:
                        yield place / "distributions" / name / basis / number, row


def _complain_of_specifier(place: Place, specifier: str, *, may_trap: bool, step: str = "spec") -> None:
    from packaging.specifiers import SpecifierSet  # noqa: PLC0415 - import time

    if specifier != "*" and SpecifierSet(specifier).is_unsatisfiable():
        place.complain(f"no version can satisfy `{specifier}`", step)
    if not may_trap and (trap := _TRAP.search(specifier)):
        bound = trap[0].strip(" ,")
        place.complain(
            f"`{bound}` excludes the later patch releases of that version; write `<` the next one, "
            "or `verbatim: true` where the source itself says so",
            step,
        )


def _complain_of_edges(place: Place, specifier: str, examples: Row, sides: tuple[str, str]) -> None:
    """Note every bound that no example stands at: the versions inside go to the first side."""
    from packaging.version import InvalidVersion, Version  # noqa: PLC0415 - import time

    inside, outside = ({Version(text) for text in examples.get(side, [])} for side in sides)
    for operator, text in _CLAUSE.findall(specifier):
        try:
            bound = Version(text)
        except InvalidVersion:
            continue
        side, found = (sides[0], inside) if "=" in operator and operator != "!=" else (sides[1], outside)
        if bound not in found:
            place.complain(f"no example of `{side}` stands at the edge `{operator}{text}`")


def _complain_of_days(gathered: Gathered, version: str) -> None:
    """Note every release that is younger than the pack."""
    today = version.replace(".", "-")
    for place, value in gathered.topics.get("releases", []):
        for number, group in enumerate(value["groups"]):
            for release, day in group["released"].items():
                if day > today:
                    place.complain(
                        f"`{release}` was released after the day of the pack, {version}",
                        "groups",
                        number,
                        "released",
                        release,
                    )


def _complain_of_sources(gathered: Gathered, used: set[str]) -> None:
    for place, value in gathered.topics.get("sources", []):
        for key in value.keys() - used:
            place.complain(f"no row names the source `{key}`", key)
