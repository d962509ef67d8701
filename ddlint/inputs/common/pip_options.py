"""Read the options of a line of a requirements file as pip's own option parser does, with their places."""

from __future__ import annotations

from ddlint.core.namedtuple import NamedTuple
from ddlint.inputs.syntax.shell_words import Unclosed, Word, split_words

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
