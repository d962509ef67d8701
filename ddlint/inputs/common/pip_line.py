"""Read one logical line of pip's requirement syntax: a requirement with its options, or `-e`, `-r`, `-c` alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Dependency, Include, Origin, Problem, Severity
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.redact import written
from ddlint.core.source import Span
from ddlint.inputs.common.requirement import (
    HUGE,
    is_location,
    is_plain,
    is_template,
    moved,
    plain_requirement,
    read_location,
    read_requirement,
)
from ddlint.inputs.syntax.lines import Unclosed, Word, split_words

_SHORT = {
    "-i": "--index-url",
    "-c": "--constraint",
    "-r": "--requirement",
    "-e": "--editable",
    "-f": "--find-links",
    "-C": "--config-settings",
}
_FLAGS = ("--no-index", "--no-require-hashes", "--pre", "--prefer-binary", "--require-hashes")
_WITH_VALUE = (
    *("--all-releases", "--config-setting", "--config-settings", "--constraint", "--editable", "--extra-index-url"),
    *("--find-links", "--global-option", "--hash", "--index-url", "--no-binary", "--only-binary", "--only-final"),
    *("--pypi-url", "--requirement", "--trusted-host", "--use-feature"),
)


class Option(NamedTuple):
    """An option by its long name, with its value (`None` where it has none) and the offsets of either."""

    name: str
    value: str | None
    start: int
    end: int
    value_start: int
    value_end: int
    is_known: bool = True


def read_options(text: str, start: int = 0) -> list[Option] | Unclosed:
    """Read the options in `text` from `start` on; words that belong to no option are passed over, as pip does."""
    words = split_words(text, start)
    if isinstance(words, Unclosed):
        return words
    options = []
    rest = iter(words)
    for word in rest:
        if word.value == "--":
            break
        if not word.value.startswith("-") or word.value == "-":
            continue
        option = _long(word) if word.value.startswith("--") else _short(word)
        if option.value is None and option.name in _WITH_VALUE and (value := next(rest, None)):
            option = option._replace(value=value.value, end=value.end, value_start=value.start, value_end=value.end)
        options.append(option)
    return options


def _long(word: Word) -> Option:
    name, equals, value = word.value.partition("=")
    known = [one for one in (*_FLAGS, *_WITH_VALUE) if one.startswith(name)]
    full = name if name in known else known[0] if len(known) == 1 else ""
    if not full:
        return Option(name, None, word.start, word.end, word.end, word.end, is_known=False)
    # Within quotes the offset of the value is not known to the character; the whole word then stands for it.
    is_quoted = word.end - word.start != len(word.value)
    first = word.start if is_quoted else word.start + len(name) + len(equals)
    return Option(full, value if equals else None, word.start, word.end, first if equals else word.end, word.end)


def _short(word: Word) -> Option:
    name = _SHORT.get(word.value[:2], "")
    if not name:
        return Option(word.value[:2], None, word.start, word.end, word.end, word.end, is_known=False)
    value = word.value[2:]
    return Option(name, value or None, word.start, word.end, word.start + 2 if value else word.end, word.end)


_HASHES = regex(r"(?>(?:--hash=[a-z0-9]++:[0-9a-f]++[ \t]*+)*)")
_DIRECT_REFERENCE = regex(r"[A-Za-z0-9][A-Za-z0-9._-]*+[ \t]*+(?:\[[^\[\]]*+\])?[ \t]*+@[ \t]")

Found = Dependency | Include | Problem


class _Line(NamedTuple):
    """A line, the way from its offsets to the source, and what is the same for all that it holds."""

    text: str
    locate: Callable[[int, int], Span]
    origin: Origin
    scope: str
    is_explained: bool

    def requirement(self, body: str) -> Dependency | Problem:
        if is_location(body):
            return read_location(body, self.locate, origin=self.origin, scope=self.scope)
        return read_requirement(
            body, self.locate, origin=self.origin, scope=self.scope, is_pip=True, is_explained=self.is_explained
        )

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
    """Return the offset of the first option: a word behind a plain blank (or the line) that starts with `-`.

    pip does not look at quotes here; a marker's value may hold ` -` all the same, so quotes behind `;` are respected.
    """
    if text.startswith("-"):
        return 0
    semicolon = text.find(";")
    found = text.find(" -")
    while 0 <= semicolon < found and (_is_odd(text, "'", semicolon, found) or _is_odd(text, '"', semicolon, found)):
        found = text.find(" -", found + 1)
    return found + 1 if found >= 0 else len(text)


def plain_line(line: str) -> Dependency | None:
    """Return what a physical line says that is one plain requirement alone, its spans offsets in the line."""
    return _remembered(line) if len(line) < HUGE else None


@lru_cache(maxsize=4000)
def _remembered(line: str) -> Dependency | None:
    text = line.strip()
    if not text or "#" in text or "\\" in text or options_start(text) < len(text) or is_location(text):
        return None
    plain = plain_requirement(text)
    return None if plain is None else moved(plain, line.find(text), plain.origin)


def has_plain_requirement(text: str) -> bool:
    """Return whether what precedes the options of a line is read without `packaging`."""
    return is_plain(text[: options_start(text)].rstrip())


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
    text: str,
    locate: Callable[[int, int], Span],
    *,
    origin: Origin = Origin.DECLARED,
    scope: str = "",
    is_explained: bool = True,
) -> Iterator[Found]:
    """Read a line that has no comment and no blanks around it any more.

    Where it `is_explained`, a problem says what is wrong; that takes far longer than to see that something is.
    """
    line = _Line(text, locate, origin, scope, is_explained)
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
