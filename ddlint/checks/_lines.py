"""Which lines of the subject support a requirement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ddlint.releases import catalogue
from ddlint.support import judge, ruling
from ddlint.verdict import Verdict

if TYPE_CHECKING:
    from ddlint.model import Dependency
    from ddlint.pack.pack import Pack


def last_line(pack: Pack, dependency: Dependency) -> str:
    """Give the newest line that supports a requirement by a row; empty where none does."""
    newest = catalogue(pack).newest_of
    for line in reversed(pack.lines):
        rows = ruling(pack, dependency.name, str(newest[line]), line).rows if line in newest else ()
        if rows and judge(dependency.specifier, rows).verdict is Verdict.SUPPORTED:
            return line
    return ""
