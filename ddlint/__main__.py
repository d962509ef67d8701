"""The console entry: `ddlint` and `python -m ddlint`."""

from __future__ import annotations

from ddlint.cli.startup import main, process

__all__ = ["main", "process"]

if __name__ == "__main__":
    process()
