"""Read one logical line of pip's requirement syntax: a requirement with its options, or `-e`, `-r`, `-c` alone."""

from __future__ import annotations

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Dependency, Include, Origin, Problem, Severity
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.redact import written
from ddlint.inputs.common.direct_reference import is_location, read_location
from ddlint.inputs.common.pip_options import Option, read_options
from ddlint.inputs.common.requirement import is_template, read_requirement
from ddlint.inputs.syntax.shell_words import Unclosed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ddlint.core.source import Span

_HASHES = regex(r"(?:--hash=[a-z0-9]++:[0-9a-f]++[ \t]*+)*+")
_DIRECT_REFERENCE = regex(r"[A-Za-z0-9][A-Za-z0-9._-]*+[ \t]*+(?:\[[^\[\]]*+\])?[ \t]*+@[ \t]")

Found = Dependency | Include | Problem


class _Line(NamedTuple):
    """A line, the way from its offsets to the source, and what is the same for all that it holds."""

    text: str
    locate: Callable[[int, int], Span]
    origin: Origin
    scope: str

    def requirement(self, body: str) -> Dependency | Problem:
        if is_location(body):
            return read_location(body, self.locate, origin=self.origin, scope=self.scope)
        return read_requirement(body, self.locate, origin=self.origin, scope=self.scope, is_pip=True)

    def editable(self, option: Option) -> Dependency | Problem:
        value = option.value or ""
        as_written = self.text[option.value_start : option.value_end]
        is_exact = as_written.strip("\"'") == value
        shift = option.value_start + (is_exact and as_written != value)

        def locate(start: int, end: int) -> Span:
            return (
                self.locate(start + shift, end + shift)
                if is_exact
                else self.locate(option.value_start, option.value_end)
            )

        if _DIRECT_REFERENCE.match(value):
            return read_requirement(value, locate, origin=self.origin, scope=self.scope, is_pip=True)
        return read_location(value, locate, origin=self.origin, scope=self.scope)

    def options(self, start: int) -> tuple[list[Option], list[Problem]]:
        """Read the options from `start` on, and say which of them, the first, pip does not know."""
        found = read_options(self.text, start)
        if isinstance(found, Unclosed):
            rest = written(self.text[found.start :], 80)
            message = f"`{rest}` has a quote that nothing closes; close it or remove it"
            return [], [Problem("DD003", message, self.locate(found.start, len(self.text)))]
        return found, [self._unknown(option) for option in found if not option.is_known][:1]

    def _unknown(self, option: Option) -> Problem:
        name = written(self.text[option.start : option.end].partition("=")[0], 80)
        message = f"`{name}` is not an option of pip's requirement files; remove it or correct its spelling"
        return Problem("DD003", message, self.locate(option.start, option.end), severity=Severity.NOTICE)


def options_start(text: str) -> int:
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


def _option_line(line: _Line) -> Iterator[Found]:
    """Read a line that starts with an option: pip heeds one `-e`, else one `-r`, else one `-c`."""
    options, problems = line.options(0)
    yield from problems
    by_name = {option.name: option for option in reversed(options)}
    option = by_name.get("--editable") or by_name.get("--requirement") or by_name.get("--constraint")
    if option is None:
        return
    value = option.value or ""
    if not value.strip():
        message = f"`{written(line.text, 80)}` names nothing; write a file or a path after it"
        yield Problem("DD004", message, line.locate(option.start, option.end))
    elif option.name == "--editable":
        yield line.editable(option)
    elif not is_template(value):
        target = written(value) if "://" in value else value
        is_constraint = option.name == "--constraint"
        yield Include(target, line.locate(option.value_start, option.value_end), is_constraint=is_constraint)


def read_pip_line(
    text: str, locate: Callable[[int, int], Span], *, origin: Origin = Origin.DECLARED, scope: str = ""
) -> Iterator[Found]:
    """Read a line that has no comment and no blanks around it any more."""
    line = _Line(text, locate, origin, scope)
    start = options_start(text) if "-" in text else len(text)
    if start == 0:
        yield from _option_line(line)
        return
    found = line.requirement(text[:start].rstrip())
    # A line such as `{% if x %}` says nothing at all; a nameless dependency is kept for URLs and paths only.
    if isinstance(found, Problem) or found.name or is_location(text):
        yield found
    if start < len(text) and not _HASHES.fullmatch(text, start):
        yield from line.options(start)[1]
