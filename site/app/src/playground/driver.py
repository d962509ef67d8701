"""What the worker of the playground calls: ddlint's own command line, with what it prints as texts."""

from __future__ import annotations

import io
import os
import sys
from contextlib import redirect_stderr, redirect_stdout

MODULES, PROJECT = "/modules", "/project"
sys.path.insert(0, MODULES)
os.makedirs(PROJECT, exist_ok=True)  # noqa: PTH103  pathlib takes long to import
os.chdir(PROJECT)

from ddlint.cli.main import run  # noqa: E402  the modules are on the path only now
from ddlint.pack.loader import builtin  # noqa: E402  as above


def command(words: list[str]) -> tuple[int, str, str]:
    """Run the command line and return its exit code, what it prints, and what it notes."""
    printed, noted = io.StringIO(), io.StringIO()
    with redirect_stdout(printed), redirect_stderr(noted):
        code = run(list(words))
    return code, printed.getvalue(), noted.getvalue()


def series() -> list[str]:
    """Return the series that a plan can lead to, the newest first."""
    return list(reversed(builtin().all_series))
