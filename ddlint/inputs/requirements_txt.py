"""Requirement and constraint files of pip, in every spelling pip reads, with the place of every part.

Nothing is expanded, fetched or opened: `-r` and `-c` become includes, and a variable makes a requirement unknown.
"""

from __future__ import annotations

from ddlint.core.model import Dependency, Include, Manifest, Origin, Problem
from ddlint.core.paths import name_of
from ddlint.inputs.common.pip_line import options_start, read_pip_line
from ddlint.inputs.common.requirement import is_plain
from ddlint.inputs.common.via import Via
from ddlint.inputs.syntax.logical_lines import logical_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.core.source import Source, Span

NAME = "requirements.txt"

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
    return Manifest(
        source=source,
        input=NAME,
        dependencies=tuple(via.applied(dependencies)),
        includes=tuple(includes),
        problems=tuple(problems),
        comments=tuple(comments),
    )
