"""What `ddlint pack` says of a pack: the mistakes that keep it from loading, and those that would mislead a reader."""

from __future__ import annotations

from ddlint.core.lazy_regex import regex
from ddlint.pack.build.compile import compile_rows
from ddlint.pack.build.examples import judged_rows
from ddlint.pack.build.validate_meaning import complain_of_meaning, observations, runs_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from ddlint.pack.build.collect import CollectedPack, Place, Row
    from ddlint.pack.build.yaml_document import Mistake

_TRAP = regex(r"<=\s*[0-9]+(\.[0-9]+)?\s*(,|$)")
_CLAUSE = regex(r"(~=|==|!=|<=|>=|<|>)\s*([^,\s]+)")


def mistakes(directory: Traversable) -> tuple[Mistake, ...]:
    """Return every mistake of the pack in `directory`, by file and line; none where all is well."""
    compiled, collected = compile_rows(directory)
    complain_of_meaning(collected)
    for place, row in runs_of(collected):
        may_trap = "tested" in place.steps or "tested_on" in place.steps or row.get("verbatim", False)
        _complain_of_trap(place, row["spec"], may_trap=may_trap)
        _complain_of_edges(place, row["spec"], row.get("examples", {}), ("ok", "bad"))
    for place, row in observations(collected):
        _complain_of_trap(place, row["spec"], may_trap=row.get("verbatim", False))
        sides = ("ok", "bad") if row["effect"] == "works" else ("bad", "ok")
        _complain_of_edges(place, row["spec"], row.get("examples", {}), sides)
    for place, row, specifier in judged_rows(collected):
        is_pair = place.steps[0] == "bad_pairs"
        if is_pair:
            _complain_of_trap(place, specifier, may_trap=row.get("verbatim", False), step="versions")
        _complain_of_edges(place, specifier, row.get("examples", {}), ("bad", "ok") if is_pair else ("ok", "bad"))
    if not collected.mistakes:
        _complain_of_sources(collected, {cited.partition("|")[0] for cited in compiled["evidence"]})
    return tuple(collected.mistakes)


def _complain_of_trap(place: Place, specifier: str, *, may_trap: bool, step: str = "spec") -> None:
    if not may_trap and (trap := _TRAP.search(specifier)):
        bound = trap[0].strip(" ,")
        place.complain(
            f"`{bound}` excludes the later patch releases of that version; write `<` the next one, "
            "or `verbatim: true` where the source itself says so",
            step,
        )


def _complain_of_edges(place: Place, specifier: str, examples: Row, sides: tuple[str, str]) -> None:
    """Report every bound without an example: the versions inside go to the first side."""
    from packaging.specifiers import SpecifierSet
    from packaging.version import InvalidVersion, Version

    if specifier == "*" or SpecifierSet(specifier).is_unsatisfiable():
        return
    inside, outside = ({Version(text) for text in examples.get(side, [])} for side in sides)
    for operator, text in _CLAUSE.findall(specifier):
        try:
            bound = Version(text)
        except InvalidVersion:
            continue
        side, found = (sides[0], inside) if "=" in operator and operator != "!=" else (sides[1], outside)
        if bound not in found:
            place.complain(f"no example of `{side}` is at the edge `{operator}{text}`")


def _complain_of_sources(collected: CollectedPack, used: set[str]) -> None:
    for place, value in collected.topics.get("sources", []):
        for key in value.keys() - used:
            place.complain(f"no row names the source `{key}`", key, is_key=True)
