"""Requirement and constraint files of pip, in every spelling pip reads, with the location of every part.

Nothing is expanded, fetched or opened: `-r` and `-c` become includes, and a variable makes a requirement unknown.
Comments of compiled files (`# via flask`) say which requirement brought another one in.
"""

from __future__ import annotations

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Dependency, Include, Manifest, NormalizedName, Origin, Problem, normalize
from ddlint.core.paths import name_of
from ddlint.core.source import Source, Span
from ddlint.inputs.common.pip_line import has_plain_requirement, plain_line, read_pip_line
from ddlint.inputs.common.requirement import moved
from ddlint.inputs.syntax.lines import Line, has_directive, logical_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
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
        """Return the requirements with the names that each needs."""
        needs = {name: tuple(dict.fromkeys(names)) for name, names in self._needs.items()}
        return [each._replace(requires=needs[each.name]) if each.name in needs else each for each in dependencies]


NAME = "requirements.txt"

_HEAD = 2000
_MOST_DEPENDENCIES = 15_000
_MOST_SLOW = 5_000
_MOST_PROBLEMS = 100
_INCLUDES = ("-r", "-c", "--r", "--c")


class _Reader:
    """Reads the lines of one file in their order."""

    def __init__(self, source: Source) -> None:
        is_constraint = "constraints" in name_of(source.path).lower()
        self._origin = Origin.CONSTRAINT if is_constraint else Origin.DECLARED
        self._source = source
        self._slow = 0
        self._first: Line | None = None
        """The first line that could not be read and is not reported by itself; all others are read to the end."""
        self._unreported = 0
        self.via = Via(source.text)
        self.dependencies: list[Dependency] = []
        self.includes: list[Include] = []
        self.problems: list[Problem] = []
        self.comments: list[Span] = []

    def read(self) -> None:
        """Read all lines."""
        for line in logical_lines(self._source.text, self._is_taken):
            comment = self._source.slice(line.comment) if line.comment else ""
            if line.comment and has_directive(comment):
                self.comments.append(line.comment)
            if line.text:
                if len(self.dependencies) + len(self.includes) >= _MOST_DEPENDENCIES:
                    read = f"{_MOST_DEPENDENCIES:,} requirements are above"
                    message = f"reading stops here, as {read}; split the file if it is meant"
                    self.problems.append(Problem("DD003", message, line.locate(0, len(line.text))))
                    break
                self._take(line)
            self.via.comment(comment)
        if self._first is not None:
            lines = f"this line and {self._unreported - 1:,} more" if self._unreported > 1 else "this line"
            message = f"{lines} could not be read either; only the first {_MOST_PROBLEMS} are reported one by one"
            self.problems.append(Problem("DD003", message, self._first.locate(0, len(self._first.text))))

    def _is_taken(self, line: str, start: int) -> bool:
        """Take a line that is one plain requirement, as nearly all are."""
        plain = plain_line(line)
        if plain is None or len(self.dependencies) + len(self.includes) >= _MOST_DEPENDENCIES:
            return False
        self.dependencies.append(moved(plain, start, self._origin))
        self.via.requirement(plain.name)
        return True

    def _take(self, line: Line) -> None:
        if not line.text.startswith(_INCLUDES) and not has_plain_requirement(line.text):
            self._slow += 1
            if self._slow > _MOST_SLOW:
                self._leave_out(line)
                return
        is_explained = len(self.problems) < _MOST_PROBLEMS
        for found in read_pip_line(line.text, line.locate, origin=self._origin, is_explained=is_explained):
            if isinstance(found, Dependency):
                self.dependencies.append(found)
                self.via.requirement(found.name)
            elif isinstance(found, Include):
                self.includes.append(found)
            elif is_explained:
                self.problems.append(found)
            else:
                self._leave_out(line)

    def _leave_out(self, line: Line) -> None:
        self._first = self._first or line
        self._unreported += 1


def parse(source: Source) -> Manifest:
    """Read a requirements file; one whose name has `constraints` in it only narrows what others declare."""
    reader = _Reader(source)
    reader.read()
    compiled = _compiled(source.text)
    return Manifest(
        source=source,
        input=NAME,
        dependencies=tuple(reader.via.applied(reader.dependencies)),
        includes=tuple(reader.includes),
        problems=tuple(reader.problems),
        comments=tuple(reader.comments),
        compiled_from=(compiled.sources if compiled else ()) or reader.via.sources(),
        compiled_for=compiled.python if compiled else None,
    )


def _compiled(text: str) -> Compiled | None:
    """Read the header of a compiled file; most files have none."""
    if "generated by" not in text[:_HEAD]:
        return None
    from ddlint.inputs.common.compiled_header import read_header

    return read_header(text)
