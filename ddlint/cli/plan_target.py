"""Which release a call of `plan` asks for: `--to 4.16.0`, `--to 4.16` (a line) or `--to 4` (a major line)."""

from __future__ import annotations

from ddlint.core.errors import DdlintError
from ddlint.core.lazy_regex import regex
from ddlint.pack.releases import release_index
from ddlint.plan.release_lines import releases

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.pack.pack import Pack

_PART = regex(r"v?\d+(\.\d+)?(\.[*x])?")


def target_of(pack: Pack, text: str) -> str:
    """Give the release that `text` names, the newest one of a line; without a text, the newest there is.

    A `DdlintError` where the pack knows no such release.
    """
    newest = [release.version for release in releases(pack)]
    wanted = text.strip()
    if not wanted:
        return newest[-1]
    if _PART.fullmatch(wanted):
        line = wanted.removeprefix("v").removesuffix(".*").removesuffix(".x")
        found = [each for each in newest if f"{pack.line(each)}.".startswith(f"{line}.")]
        if found:
            return found[-1]
    release = release_index(pack).find(wanted)
    if release is None:
        raise DdlintError(
            f"`--to {wanted}`: the rules of {pack.version} know no such release of {pack.subject}",
            hint=f"the newest one is {newest[-1]}, the oldest line {pack.lines[0]}",
        )
    return release.version
