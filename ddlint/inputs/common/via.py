"""Which requirement brought another one in, as the comments of compiled requirement files tell: `# via flask`."""

from __future__ import annotations

from ddlint.core.lazy_regex import regex
from ddlint.core.model import NormalizedName, normalize

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.core.model import Dependency

_VIA = regex(r"#\s*via(?=\s|$)")
_GOES_ON = regex(r"#\s{2,}")
_NAME = regex(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_SOURCE = regex(r"-r\s+(?P<included>\S+)(?:\s.*)?|\S+\s+\((?P<project>[^()]*(?:pyproject\.toml|setup\.(?:py|cfg)))\)")
_MOST = 100
"""Of names in one comment; nobody has more, and each takes memory."""


class Via:
    """Gathers the comments behind each requirement of a file."""

    __slots__ = ("_is_told", "_needs", "_of", "_rest", "_sources")

    def __init__(self, text: str) -> None:
        self._is_told = "# via" in text
        self._needs: dict[NormalizedName, list[NormalizedName]] = {}
        self._of: NormalizedName | None = None
        self._rest = 0
        self._sources: dict[str, None] = {}

    def requirement(self, name: NormalizedName) -> None:
        """Take a requirement: the comments that follow are about it."""
        self._of, self._rest = name, 0

    def comment(self, text: str) -> None:
        """Take a comment: `# via a, b`, or `# via` and below it lines such as `#   a`."""
        if not self._is_told or not text:
            return
        start = _VIA.match(text)
        if start:
            self._rest = _MOST
        goes_on = start or (_GOES_ON.match(text) if self._rest else None)
        if goes_on is None or self._of is None:
            self._rest = 0
            return
        for part in text[goes_on.end() :].split(",", self._rest)[: self._rest]:
            self._rest -= 1
            # `-r requirements.in` is no name, and `shop (pyproject.toml)` no requirement of the file.
            if (source := _SOURCE.fullmatch(part.strip())) and len(self._sources) < _MOST:
                self._sources[source["included"] or source["project"]] = None
            if match := _NAME.match(part.strip()):
                self._needs.setdefault(normalize(match[0]), []).append(self._of)

    def sources(self) -> tuple[str, ...]:
        """Return the files that requirements are there for: `-r requirements.in`, `shop (pyproject.toml)`."""
        return tuple(self._sources)

    def applied(self, dependencies: list[Dependency]) -> list[Dependency]:
        """Give the requirements with the names that each needs."""
        needs = {name: tuple(dict.fromkeys(names)) for name, names in self._needs.items()}
        return [each._replace(requires=needs[each.name]) if each.name in needs else each for each in dependencies]
