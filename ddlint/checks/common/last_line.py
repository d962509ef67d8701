"""Which lines of the subject support a requirement."""

from __future__ import annotations

from functools import lru_cache

from ddlint.pack.releases import release_index
from ddlint.pack.support import applicable_rows, evaluate, is_ever_supported
from ddlint.versions.specifiers import Verdict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.core.model import Dependency, NormalizedName
    from ddlint.pack.pack import Pack
    from ddlint.pack.support_rows import Support


def last_line(pack: Pack, dependency: Dependency) -> str:
    """Give the newest line that supports a requirement by a row; empty where none does."""
    return _last(pack, dependency.name, dependency.specifier)


@lru_cache(maxsize=4096)
def _last(pack: Pack, name: NormalizedName, specifier: str) -> str:
    if not is_ever_supported(pack, name, specifier):
        return ""
    newest = release_index(pack).newest_of
    failed: tuple[Support, ...] = ()
    for line in reversed(pack.lines):
        rows = applicable_rows(pack, name, newest[line].version, line).rows if line in newest else ()
        if rows == failed:
            continue
        if evaluate(specifier, rows).verdict is Verdict.SUPPORTED:
            return line
        failed = rows
    return ""
