"""Requirement and constraint files of pip, in every spelling pip reads, with the place of every part.

Nothing is expanded, fetched or opened: `-r` and `-c` become includes, and a variable makes a requirement unknown.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ddlint.inputs._lines import Line, logical_lines
from ddlint.inputs._location import is_location, read_location
from ddlint.inputs._pip_options import Option, read_options
from ddlint.inputs._requirement import is_plain, is_template, read_requirement
from ddlint.inputs._words import Unclosed
from ddlint.inputs._written import written
from ddlint.model import Dependency, Include, Manifest, Origin, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.source import Source, Span

NAME = "requirements.txt"
HAS_COOKIE = True

_HASHES = re.compile(r"(?:--hash=[a-z0-9]++:[0-9a-f]++[ \t]*+)*+")
_DIRECT_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*+[ \t]*+(?:\[[^\[\]]*+\])?[ \t]*+@[ \t]")
_MOST_DEPENDENCIES = 25_000
_MOST_SLOW = 5_000
_MOST_PROBLEMS = 100

_Found = Dependency | Include | Problem


def _unclosed(line: Line, quote: Unclosed) -> Problem:
    message = f"`{written(line.text[quote.start :], 80)}` has a quote that nothing closes; close it or remove it"
    return Problem("DD003", message, line.locate(quote.start, len(line.text)))


def _unknown_options(line: Line, options: list[Option]) -> Iterator[Problem]:
    for option in options:
        if not option.is_known:
            name = written(line.text[option.start : option.end].partition("=")[0], 80)
            message = f"`{name}` is not an option of pip's requirement files; remove it or correct its spelling"
            yield Problem("DD003", message, line.locate(option.start, option.end), severity=Severity.NOTICE)


def _options_start(text: str) -> int:
    """Give the offset of the first option: a word behind a plain blank (or the line) that starts with `-`.

    pip does not look at quotes here; a marker's value may hold ` -` all the same, so quotes behind `;` are respected.
    """
    if text.startswith("-"):
        return 0
    semicolon = text.find(";")
    found = text.find(" -")
    while 0 <= semicolon < found and (_is_odd(text, "'", semicolon, found) or _is_odd(text, '"', semicolon, found)):
        found = text.find(" -", found + 1)
    return found + 1 if found >= 0 else len(text)


def _is_odd(text: str, quote: str, start: int, end: int) -> bool:
    return text.count(quote, start, end) % 2 == 1


def _editable(line: Line, option: Option, origin: Origin) -> Dependency | Problem:
    value = option.value or ""
    as_written = line.text[option.value_start : option.value_end]
    is_exact = as_written.strip("\"'") == value
    shift = option.value_start + (is_exact and as_written != value)

    def locate(start: int, end: int) -> Span:
        return line.locate(start + shift, end + shift) if is_exact else line.locate(shift, option.value_end)

    if _DIRECT_REFERENCE.match(value):
        return read_requirement(value, locate, origin=origin, is_pip=True)
    return read_location(value, locate, origin=origin)


def _option_line(line: Line, origin: Origin) -> Iterator[_Found]:
    """Read a line that starts with an option: pip heeds one `-e`, else one `-r`, else one `-c`."""
    options = read_options(line.text)
    if isinstance(options, Unclosed):
        yield _unclosed(line, options)
        return
    yield from _unknown_options(line, options)
    by_name = {option.name: option for option in reversed(options)}
    option = by_name.get("--editable") or by_name.get("--requirement") or by_name.get("--constraint")
    if option is None:
        return
    value = option.value or ""
    if not value.strip():
        message = f"`{written(line.text, 80)}` names nothing; write a file or a path after it"
        yield Problem("DD004", message, line.locate(option.start, option.end))
    elif option.name == "--editable":
        yield _editable(line, option, origin)
    elif not is_template(value):
        target = written(value) if "://" in value else value
        is_constraint = option.name == "--constraint"
        yield Include(target, line.locate(option.value_start, option.value_end), is_constraint=is_constraint)


def _requirement_line(line: Line, end: int, origin: Origin) -> Iterator[_Found]:
    """Read a requirement, and the options from `end` on that belong to it."""
    text = line.text
    body = text[:end].rstrip()
    if is_location(body):
        yield read_location(body, line.locate, origin=origin)
    else:
        found = read_requirement(body, line.locate, origin=origin, is_pip=True)
        # A line such as `{% if x %}` says nothing at all; a nameless dependency is kept for URLs and paths only.
        if isinstance(found, Problem) or found.name:
            yield found
    if end < len(text) and not _HASHES.fullmatch(text, end):
        options = read_options(text, end)
        yield from [_unclosed(line, options)] if isinstance(options, Unclosed) else _unknown_options(line, options)


def _limit(dependencies: int, problems: int, slow: int) -> str:
    """Say which limit is met, or nothing. No file that a person or a tool wrote comes near them."""
    if dependencies >= _MOST_DEPENDENCIES:
        return f"{_MOST_DEPENDENCIES:,} requirements stand above"
    if slow >= _MOST_SLOW:
        return f"{_MOST_SLOW:,} requirements above are slow to read"
    return f"{_MOST_PROBLEMS} lines above could not be read" if problems >= _MOST_PROBLEMS else ""


def parse(source: Source) -> Manifest:
    """Read a requirements file; one whose name has `constraints` in it only narrows what others declare."""
    is_constraint = "constraints" in source.path.rpartition("/")[2].lower()
    origin = Origin.CONSTRAINT if is_constraint else Origin.DECLARED
    dependencies: list[Dependency] = []
    includes: list[Include] = []
    problems: list[Problem] = []
    comments: list[Span] = []
    slow = 0
    for line in logical_lines(source.text):
        if line.comment is not None and "ddlint:" in source.slice(line.comment):
            comments.append(line.comment)
        if not line.text:
            continue
        if limit := _limit(len(dependencies), len(problems), slow):
            message = f"reading stops here, as {limit}; split the file if it is meant"
            problems.append(Problem("DD003", message, line.locate(0, len(line.text))))
            break
        end = _options_start(line.text)
        slow += end > 0 and not is_plain(line.text[:end].rstrip())
        for found in _requirement_line(line, end, origin) if end else _option_line(line, origin):
            if isinstance(found, Dependency):
                dependencies.append(found)
            elif isinstance(found, Include):
                includes.append(found)
            else:
                problems.append(found)
    return Manifest(
        source=source,
        input=NAME,
        dependencies=tuple(dependencies),
        includes=tuple(includes),
        problems=tuple(problems),
        comments=tuple(comments),
    )
