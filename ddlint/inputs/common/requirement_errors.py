"""Report what is wrong with a text that is no requirement, where, and what to write instead.

Nothing here decides whether a text is a requirement; it only explains why `packaging` said no.
"""

from __future__ import annotations

import re
import unicodedata

from ddlint.core.lazy_regex import regex
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.redact import written
from ddlint.core.text import lookalike

_HEAD = r"^\s*+[A-Za-z0-9][A-Za-z0-9._-]*\s*+(?:\[[^\[\]]*\]\s*+)?\(?\s*+"
_CLAUSES = rf"{_HEAD}(?>(?:(?:===?|~=|!=|[<>]=?)\s*+[A-Za-z0-9.!+*_-]++\s*+,\s*+)*)"
_VERSION = r"[A-Za-z0-9.!+*_-]++"


_SAMPLE = 2000
"""How much of a text the patterns look at: they take quadratic time at worst."""


class _Fault(NamedTuple):
    """A known mistake: the group `at` of the pattern is its place; the other groups may be in the reason."""

    pattern: re.Pattern[str]
    reason: str


def _fault(pattern: str, reason: str) -> _Fault:
    return _Fault(regex(pattern), reason)


_PASTED = (
    _fault(r"^(?P<at>(?:<{7}|={7}|>{7}|\|{7})(?:\s.*)?)$", "a merge conflict was left here; resolve it"),
    _fault(r"^.*?(?P<at>\\)\s*+$", "a backslash joins lines only where nothing follows it, not even a blank"),
    _fault(r"^\s*+(?P<at>```.*|~~~.*)$", "it is a fence of Markdown; remove the line"),
    _fault(
        r"^\s*+(?P<at>(?:\$\s*+)?(?:python[0-9.]*+\s++-m\s++|uv\s++|sudo\s++)?pip[0-9.]*+\s++install\b)",
        "it is a command; write only what follows `{at}`",
    ),
    _fault(r"""^\s*+(?P<at>["'].*)$""", "a requirement has no quotes and no comma after it; remove them"),
)
_FAULTS = (
    _fault(
        rf"{_HEAD}(?P<at>=)\s*+(?P<version>[^\s=]++)=[^\s=]++\s*$",
        "`name=version=build` is conda's spelling; write `=={version}`",
    ),
    _fault(rf"{_CLAUSES}(?P<at>=)(?![=<>~])\s*+(?P<version>{_VERSION})", "`=` is no operator; write `=={version}`"),
    _fault(rf"{_CLAUSES}(?P<at>=>)\s*+(?P<version>{_VERSION})", "`=>` is no operator; write `>={version}`"),
    _fault(rf"{_CLAUSES}(?P<at>=<)\s*+(?P<version>{_VERSION})", "`=<` is no operator; write `<={version}`"),
    _fault(rf"{_CLAUSES}(?P<at><>)\s*+(?P<version>{_VERSION})", "`<>` is no operator; write `!={version}`"),
    _fault(rf"{_CLAUSES}(?P<at>[=<>!~]\s++=)", "an operator holds no blank; write it in one piece"),
    _fault(
        rf"{_CLAUSES}(?P<at>\^)\s*+(?P<version>{_VERSION})",
        "`^` is Poetry's operator and unknown to PEP 440; write `>={version}` and an upper bound",
    ),
    _fault(rf"{_CLAUSES}(?P<at>~>?)(?![=>])\s*+(?P<version>{_VERSION})", "`{at}` is no operator; write `~={version}`"),
    _fault(rf"{_CLAUSES}(?P<at>!)(?!=)", "`!` is no operator; write `!=` or `==`"),
    _fault(rf"{_CLAUSES}(?P<at>(?:===?|~=|!=|[<>]=?))\s*+(?=$|[,;)#])", "no version follows `{at}`; write one"),
    _fault(rf"{_CLAUSES}==\s*+(?P<at>\*)\s*(?=$|[,;)])", "`*` is no version; leave out `==*` to allow every version"),
    _fault(
        rf"{_CLAUSES}(?:===?|~=|!=|[<>]=?)\s*+(?P<at>latest|newest|stable)\b",
        "`{at}` is no version; leave it out to take the newest",
    ),
    _fault(
        rf"{_CLAUSES}~=\s*+(?P<at>(?P<version>[0-9]++))(?![0-9.A-Za-z])",
        "`~=` needs at least two numbers; write `~={version}.0`",
    ),
    _fault(
        rf"{_CLAUSES}~=\s*+(?P<version>[0-9]++(?>(?:\.[0-9]++)*))(?P<at>\.\*)",
        "`.*` goes with `==` and `!=` only; write `=={version}.*`",
    ),
    _fault(
        rf"{_CLAUSES}(?P<operator>[<>]=?)\s*+(?P<version>[0-9]++(?>(?:\.[0-9]++)*))(?P<at>\.\*)",
        "`.*` goes with `==` and `!=` only; write `{operator}{version}`",
    ),
    _fault(
        rf"{_CLAUSES}(?:~=|[<>]=?)\s*+[0-9][^\s+,;#]*+(?P<at>\+[A-Za-z0-9._-]++)",
        "a local version such as `{at}` goes with `==` and `!=` only; leave it out",
    ),
    _fault(
        rf"{_CLAUSES}[!=]=\s*+[0-9][^\s*,;#]*?(?P<at>\.\*)\s*+(?=$|[,;)#])",
        "`.*` follows plain numbers only, as in `==1.2.*`; leave it out",
    ),
    _fault(r"^[^#]*?[^\s#](?P<at>#)", "a comment needs a blank before its `#`; add one"),
    _fault(r"^[^\t]*+(?P<at>\t\s*+)--?[A-Za-z]", "an option needs a plain blank before it, not a tab"),
    _fault(
        rf"{_HEAD}(?:(?:===?|~=|!=|[<>]=?)\s*+{_VERSION}\s*+,?\s*+)*?(?:===?|~=|!=|[<>]=?)\s*+{_VERSION}"
        r"(?P<at>\s++)(?=[=<>!~])",
        "a comma is missing between two bounds; add it",
    ),
    _fault(
        rf"{_CLAUSES}(?:==|~=|!=|[<>]=?)\s*+(?P<at>(?!v?[0-9]++(?>(?:[.!][0-9]++)*)(?:$|[,;)\s])){_VERSION})",
        "`{at}` is no version of PEP 440; write one such as `1.2.3`",
    ),
    _fault(
        rf"{_HEAD}(?>(?:(?:===?|~=|!=|[<>]=?)\s*+{_VERSION}\s*+,?\s*+)+)(?P<at>[^\s,;)][^;]*+)",
        "`{at}` follows the last bound; write one requirement to a line, with commas between bounds",
    ),
    _fault(r"^[^;]*+;.*?(?:==|!=|[<>]=?)\s*+(?P<at>[0-9][0-9.]*+)", "a value in a marker has quotes; write `'{at}'`"),
    _fault(r"^[^\[]*+(?P<at>\[)[^\]]*+$", "the `[` is never closed; add `]`"),
    _fault(r"^[^(;]*+(?P<at>\()[^)]*+$", "the `(` is never closed; add `)`"),
    _fault(r"^[^;]*+(?P<at>;)\s*+$", "no marker follows the `;`; remove it or write one"),
    _fault(
        r"^[^;]*+;.*?(?<![=<>!~\s])\s*+(?P<at>=)(?!=)",
        "`=` does not compare in a marker; write `==`",
    ),
    _fault(
        rf"{_HEAD}(?P<at>[A-Za-z0-9].*)$",
        "there are two words side by side; write one requirement to a line, or an operator between name and version",
    ),
    _fault(r"^\s*+(?P<at>[A-Za-z0-9._-]*?[._-]++)\s*+(?:$|[=<>!~;\[])", "a name ends in a letter or a digit"),
    _fault(r"^\s*+(?P<at>[^A-Za-z0-9\s]\S*+)", "a name starts with a letter or a digit"),
)


def _stranger(text: str) -> tuple[int, int, str] | None:
    """Name the first character that no requirement can hold: an invisible one, or one that only looks right."""
    match = re.search(r"[^\x20-\x7e\t\r\n]", text)
    if match is None:
        return None
    character = match[0]
    name = f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()
    meant = lookalike(character)
    if character.isspace() or unicodedata.category(character) in ("Zs", "Zl", "Zp"):
        return match.start(), match.end(), f"it holds {name}; write a plain blank"
    if meant:
        return match.start(), match.end(), f"it holds {name}, which only looks like `{meant}`; write `{meant}`"
    return match.start(), match.end(), f"it holds {name}; remove it"


def find_fault(text: str) -> tuple[int, int, str]:
    """Return the place in `text` of what keeps it from being a requirement, and the reason with what to do."""
    if not text.strip():
        return 0, len(text), "it is empty; remove it"
    sample = text[:_SAMPLE]
    return _known_fault(_PASTED, sample) or _stranger(text) or _known_fault(_FAULTS, sample) or _told_by_packaging(text)


def _known_fault(faults: tuple[_Fault, ...], text: str) -> tuple[int, int, str] | None:
    for fault in faults:
        if match := fault.pattern.match(text):
            groups = {key: written(value or "", 60) for key, value in match.groupdict().items()}
            return *match.span("at"), fault.reason.format_map(groups)
    return None


def _told_by_packaging(text: str) -> tuple[int, int, str]:
    """Fall back to the words of `packaging`."""
    from packaging.requirements import InvalidRequirement, Requirement

    start, end, reason = 0, len(text), "PEP 508 does not know this form; write `name` and bounds such as `>=1.2`"
    try:
        Requirement(text)
    except InvalidRequirement as error:
        span = getattr(error.__cause__, "span", None)
        if span is not None:
            start, end = min(span[0], len(text)), min(span[1], len(text))
            words = written(str(error).split("\n", maxsplit=1)[0], 200)
            reason = f"{words[:1].lower()}{words[1:].rstrip('.')}"
    return start, end, reason
