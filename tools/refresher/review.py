"""What has to be reviewed after a refresh: the mistakes of the pack as it is now."""

from __future__ import annotations

from pathlib import Path


def review(folder: Path) -> list[str]:
    """Return a note for each, such as a release without a support level."""
    from ddlint.pack.build.validate import mistakes

    return [
        f"{Path(found.path).relative_to(folder).as_posix()}:{found.line}:{found.column}: {found.message}"
        for found in mistakes(folder)
    ]
