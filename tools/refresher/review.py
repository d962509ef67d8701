"""What a person has to look at after a refresh: the mistakes of the pack as it stands now."""

from __future__ import annotations

from pathlib import Path


def review(folder: Path) -> list[str]:
    """Give a note for each, such as a release that no support level holds for."""
    from ddlint.pack.build.validate import mistakes

    return [
        f"{Path(found.path).relative_to(folder).as_posix()}:{found.line}:{found.column}: {found.message}"
        for found in mistakes(folder)
    ]
