"""The examples of a row: versions at the edge of its range, judged when the row is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ddlint.pack._gather import Place, Row


def complain_of_examples(row: Row, place: Place) -> None:
    """Note every example that is on the wrong side of the row's specifier."""
    from packaging.specifiers import SpecifierSet  # noqa: PLC0415 - import time

    spec = row["spec"]
    supported = SpecifierSet("" if spec == "*" else spec)
    for side in ("ok", "bad"):
        for number, version in enumerate(row.get("examples", {}).get(side, [])):
            is_inside = supported.contains(version, prereleases=True)
            if is_inside is not (side == "ok"):
                word = "inside" if is_inside else "outside"
                place.complain(f"the example `{version}` is {word} `{spec}`", "examples", side, number)
