"""The examples of a row: versions at the edge of its range, judged when the row is read."""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.pack.topics import TOPICS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.pack.build.collect import CollectedPack, Place, Row


def judged_rows(collected: CollectedPack) -> Iterator[tuple[Place, Row, str]]:
    """Return every row beside integrations that has examples of its own, and the specifier they are compared with."""
    for topic in TOPICS.values():
        for place, row in collected.many(topic.key) if topic.edge else ():
            if topic.edge in row:
                yield place, row, f"<{row[topic.edge]}" if topic.edge == "version" else row[topic.edge]
    for place, row in requirements(collected):
        yield place, row, row["spec"]


def requirements(collected: CollectedPack) -> Iterator[tuple[Place, Row]]:
    """Return every row of the requirements of the subject."""
    for place, value in collected.topics.get("requirements", []):
        for name, runs in value["distributions"].items():
            for number, run in enumerate(runs):
                yield place / "distributions" / name / number, run


def complain_of_examples(row: Row, place: Place, spec: str) -> None:
    """Report every example that is on the wrong side of a specifier; what is inside that of a bad pair is bad."""
    from packaging.specifiers import SpecifierSet

    inside = "bad" if place.steps[0] == "bad_pairs" or row.get("effect", "works") != "works" else "ok"
    supported = SpecifierSet("" if spec == "*" else spec)
    for side in ("ok", "bad"):
        for number, version in enumerate(row.get("examples", {}).get(side, [])):
            is_inside = supported.contains(version, prereleases=True)
            if is_inside is not (side == inside):
                word = "inside" if is_inside else "outside"
                place.complain(f"the example `{version}` is {word} `{spec}`", "examples", side, number)
