"""What every reader's findings go through on their way into a manifest."""

from __future__ import annotations

from ddlint.core.source import Source
from ddlint.inputs import pyproject

TOLD = (
    "reading stops here, as 15,000 requirements and settings were read; split the file, or leave it out with `exclude`"
)


def test_more_requirements_than_anybody_writes_are_told_at_the_next_one() -> None:
    names = "".join(f'"a{number}",\n' for number in range(15_001))
    source = Source("/p/pyproject.toml", f"[project]\ndependencies = [\n{names}]\n")

    manifest = pyproject.parse(source)

    assert len(manifest.dependencies) == 15_000
    assert [(each.code, each.message, source.slice(each.at)) for each in manifest.problems] == [
        ("DD003", TOLD, "a15000")
    ]
