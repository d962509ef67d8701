"""Reading and writing the files of a pack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


def load(text: str) -> Any:
    """Read YAML with the fast loader where there is one."""
    import yaml

    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def load_file(path: Path) -> Any:
    """Read a YAML file; one of comments alone holds nothing."""
    return load(path.read_text(encoding="utf-8")) or {}


def write(path: Path, text: str) -> None:
    """Write a file the same on every system."""
    path.write_text(text, encoding="utf-8", newline="\n")
