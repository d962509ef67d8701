"""Fill in the variables of Dockerfiles (`$X`, `${X}`, `${X:-default}`) with what the file itself gives them."""

from __future__ import annotations

from ddlint.core.lazy_regex import regex
from ddlint.core.namedtuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Mapping

    from ddlint.core.source import Span

_VARIABLE = regex(
    r"\\\$|\$(?:(?P<plain>[A-Za-z_]\w*)|\{(?P<braced>[A-Za-z_]\w*)(?:(?P<operator>:?[-+?])(?P<word>[^{}]*))?\})"
)
_LONGEST = 1000


class Value(NamedTuple):
    """What a variable stands for, and where that is written."""

    text: str
    at: Span


def fill_in(text: str, variables: Mapping[str, Value]) -> str | None:
    """Give `text` with its variables filled in; `None` where one of them is set from elsewhere."""
    parts: list[str] = []
    position = 0
    for match in _VARIABLE.finditer(text):
        value = _value(match, variables)
        if value is None:
            return None
        parts += [text[position : match.start()], value]
        position = match.end()
    filled = "".join([*parts, text[position:]])
    return filled if len(filled) <= _LONGEST else None


def _value(match: re.Match[str], variables: Mapping[str, Value]) -> str | None:
    if match[0] == "\\$":
        return "$"
    known = variables.get(match["plain"] or match["braced"])
    match match["operator"]:
        case ":-" | "-":
            return known.text if known else match["word"]
        case ":+" | "+":
            return match["word"] if known else ""
        case _:
            return known.text if known else None


def named_in(text: str) -> tuple[str, ...]:
    """Give the names of the variables in a text."""
    return tuple(match["plain"] or match["braced"] or "" for match in _VARIABLE.finditer(text))
