"""Requirement and constraint files of pip, in every spelling pip reads, with the location of every part.

Nothing is expanded, fetched or opened: `-r` and `-c` become includes, and a variable makes a requirement unknown.
Comments of compiled files (`# via flask`) say which requirement brought another one in.
"""

from __future__ import annotations

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Dependency, Include, Manifest, NormalizedName, Origin, Problem, normalize
from ddlint.core.paths import name_of
from ddlint.inputs.common.pip_line import options_start, read_pip_line
from ddlint.inputs.common.requirement import is_plain
from ddlint.inputs.syntax.logical_lines import logical_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.core.source import Source, Span
    from ddlint.inputs.common.compiled_header import Compiled

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


NAME = "requirements.txt"

_HEAD = 2000
_MOST_DEPENDENCIES = 15_000
_MOST_SLOW = 5_000
_MOST_PROBLEMS = 100


def _limit(dependencies: int, problems: int, slow: int) -> str:
    """Say which limit is met, or nothing. No file that a person or a tool wrote comes near them."""
    if dependencies >= _MOST_DEPENDENCIES:
        return f"{_MOST_DEPENDENCIES:,} requirements stand above"
    if slow >= _MOST_SLOW:
        return f"{_MOST_SLOW:,} requirements above are slow to read"
    return f"{_MOST_PROBLEMS} lines above could not be read" if problems >= _MOST_PROBLEMS else ""


def parse(source: Source) -> Manifest:
    """Read a requirements file; one whose name has `constraints` in it only narrows what others declare."""
    is_constraint = "constraints" in name_of(source.path).lower()
    origin = Origin.CONSTRAINT if is_constraint else Origin.DECLARED
    dependencies: list[Dependency] = []
    includes: list[Include] = []
    problems: list[Problem] = []
    comments: list[Span] = []
    slow = 0
    via = Via(source.text)
    for line in logical_lines(source.text):
        comment = source.slice(line.comment) if line.comment else ""
        if line.comment and "ddlint:" in comment:
            comments.append(line.comment)
        if not line.text:
            via.comment(comment)
            continue
        if limit := _limit(len(dependencies), len(problems), slow):
            message = f"reading stops here, as {limit}; split the file if it is meant"
            problems.append(Problem("DD003", message, line.locate(0, len(line.text))))
            break
        slow += not is_plain(line.text[: options_start(line.text)].rstrip())
        for found in read_pip_line(line.text, line.locate, origin=origin):
            if isinstance(found, Dependency):
                dependencies.append(found)
                via.requirement(found.name)
            elif isinstance(found, Include):
                includes.append(found)
            else:
                problems.append(found)
        via.comment(comment)
    compiled = _compiled(source.text)
    return Manifest(
        source=source,
        input=NAME,
        dependencies=tuple(via.applied(dependencies)),
        includes=tuple(includes),
        problems=tuple(problems),
        comments=tuple(comments),
        compiled_from=(compiled.sources if compiled else ()) or via.sources(),
        compiled_for=compiled.python if compiled else "",
    )


def _compiled(text: str) -> Compiled | None:
    """Read the header of a compiled file; most files have none."""
    if "generated by" not in text[:_HEAD]:
        return None
    from ddlint.inputs.common.compiled_header import read_header

    return read_header(text)
