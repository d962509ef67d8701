"""The examples of a row: versions at the edge of its range, judged when the row is read."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.pack.build.collect import CollectedPack, Place, Row

_RANGES = {
    "levels": "releases",
    "level_history": "releases",
    "runtimes": "releases",
    "runtime_history": "releases",
    "injection": "pythons",
    "dependents": "subject",
    "bad_pairs": "versions",
    "removals": "version",
    "removed_settings": "version",
}
"""Topics whose rows have examples, and the key that their examples are at the edge of."""


def judged_rows(gathered: CollectedPack) -> Iterator[tuple[Place, Row, str]]:
    """Give every row beside integrations that has examples of its own, and the specifier they are held against."""
    for topic, key in _RANGES.items():
        for place, row in gathered.many(topic):
            if key in row:
                yield place, row, f"<{row[key]}" if key == "version" else row[key]
    for place, row in requirements(gathered):
        yield place, row, row["spec"]


def requirements(gathered: CollectedPack) -> Iterator[tuple[Place, Row]]:
    """Give every row of the requirements of the subject."""
    for place, value in gathered.topics.get("requirements", []):
        for name, runs in value["distributions"].items():
            for number, run in enumerate(runs):
                yield place / "distributions" / name / number, run


def complain_of_examples(row: Row, place: Place, spec: str) -> None:
    """Note every example that is on the wrong side of a specifier; what is inside that of a bad pair is bad."""
    from packaging.specifiers import SpecifierSet

    inside = "bad" if place.steps[0] == "bad_pairs" or row.get("effect", "works") != "works" else "ok"
    supported = SpecifierSet("" if spec == "*" else spec)
    for side in ("ok", "bad"):
        for number, version in enumerate(row.get("examples", {}).get(side, [])):
            is_inside = supported.contains(version, prereleases=True)
            if is_inside is not (side == inside):
                word = "inside" if is_inside else "outside"
                place.complain(f"the example `{version}` is {word} `{spec}`", "examples", side, number)
