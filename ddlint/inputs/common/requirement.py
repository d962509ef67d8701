"""Read one requirement (PEP 508) with the places of its name, specifier and marker, and the directory that one names.

A plain one is read by one strict expression, without importing `packaging`; that library decides all others.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Dependency, NormalizedName, Origin, Problem, normalize
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.redact import written
from ddlint.core.source import Span
from ddlint.inputs.common.marker_parser import is_plain_marker

_NAME = r"[A-Za-z0-9]++(?>(?:[._-]++[A-Za-z0-9]++)*)"
_RELEASE = r"[0-9]++(?>(?:\.[0-9]++)*)"
_SUFFIX = r"(?:a|b|rc|\.post|\.dev)[0-9]++"
_CLAUSE = regex(
    rf"[ \t]*+(?:[=!]=[ \t]*+{_RELEASE}(?:\.\*|{_SUFFIX})?|[<>]=?[ \t]*+{_RELEASE}(?:{_SUFFIX})?"
    rf"|~=[ \t]*+[0-9]++(?>(?:\.[0-9]++)+))[ \t]*+"
)
_EXTRA = regex(rf"[ \t]*+{_NAME}[ \t]*+")
_SHAPE = regex(
    rf"[ \t]*+(?P<name>{_NAME})[ \t]*+(?P<bracket>\[(?P<extras>[^\[\]]*)\])?[ \t]*+"
    r"(?P<specifier>[^;]*+)(?:;[ \t]*+(?P<marker>[^\r\n]*+))?"
)
"""What is where in a requirement. Its extras and clauses are looked at one by one: one expression takes longer."""
# `packaging` lets a name end in `_`, unlike PEP 508.
_HEAD = regex(
    r"[ \t]*+(?P<name>[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?)[ \t]*+(?P<bracket>\[(?P<extras>[^\[\]]*)\])?[ \t]*+"
)
_URL = regex(r"@[ \t]*+(?P<url>[^ \t]+)")
_TEMPLATE = regex(r"\{\{|\{%|\{#|\$\{|\$[A-Za-z_(]|%\(")
HUGE = 300
"""So long a requirement is looked at before it is read, and not remembered."""
_HUGE_NUMBER = regex(rf"[0-9]{{{HUGE}}}")
_LONGEST = 20_000
_DEEPEST = 30

_Offsets = tuple[int, int]


class _Parts(NamedTuple):
    """Offsets of the parts of a requirement in its text; an absent part is empty, where it would be written."""

    name: _Offsets
    extras: str
    specifier: _Offsets
    marker: _Offsets
    end: int
    """Where the requirement ends and `;` or nothing follows."""
    is_url: bool = False


def is_template(text: str) -> bool:
    """Return whether `text` holds a variable or the placeholder of a template, so that nobody can know its value."""
    return _TEMPLATE.search(text) is not None


def is_plain(text: str) -> bool:
    """Return whether `text` is a requirement that is read without `packaging`."""
    return plain_requirement(text) is not None


def _trim(text: str, start: int, end: int) -> _Offsets:
    """Move both ends of a part inwards over blanks; a part that is all blank becomes empty at its start."""
    part = text[start:end]
    return (end - len(part.lstrip()), start + len(part.rstrip())) if part.strip() else (start, start)


def _plain_parts(text: str) -> _Parts | None:
    """Find the parts of a requirement that is written plainly; `None` leaves it to `packaging`."""
    shape = _SHAPE.fullmatch(text)
    if shape is None:
        return None
    extras, clauses, marker = shape["extras"], shape["specifier"].rstrip(" \t"), shape["marker"]
    if clauses and not all(map(_CLAUSE.fullmatch, clauses.split(","))):
        return None
    if extras is not None and not all(map(_EXTRA.fullmatch, extras.split(","))):
        return None
    if marker is not None and not is_plain_marker(marker):
        return None
    start = shape.start("specifier") if clauses else shape.end("bracket" if shape["bracket"] else "name")
    specifier = (start, start + len(clauses))
    whole = len(text)
    return _Parts(
        shape.span("name"),
        extras or "",
        specifier,
        _trim(text, *shape.span("marker")) if marker else (whole, whole),
        specifier[1],
    )


def _split(text: str, head: re.Match[str], *, is_pip: bool) -> _Parts:
    """Find the parts of any requirement. Within a URL a `;` ends it for pip alone."""
    url = _URL.match(text, head.end())
    semicolon = text.find(";", url.end() if url and not is_pip else head.end())
    end = semicolon if semicolon >= 0 else len(text)
    marker = _trim(text, min(end + 1, len(text)), len(text))
    after = head.end("bracket") if head["bracket"] else head.end("name")
    specifier = (after, after)
    if url is None:
        first, last = _trim(text, head.end(), end)
        if text[first:last].startswith("("):
            first, last = _trim(text, first + 1, last - 1)
        if text[first:last].endswith(","):
            first, last = _trim(text, first, last - 1)
        specifier = (first, last) if first < last else specifier
    return _Parts(head.span("name"), head["extras"] or "", specifier, marker, end, is_url=url is not None)


def _names(extras: str) -> tuple[NormalizedName, ...]:
    return tuple(dict.fromkeys(normalize(extra.strip()) for extra in extras.split(",") if extra.strip()))


def _end(span: Span) -> Span:
    """Return the empty span at the end: where a locator knows only the whole text, an absent part must not be that."""
    return span._replace(start=span.end)


def _without_place(text: str, parts: _Parts) -> Dependency:
    """Return a requirement whose spans are offsets in its own text."""
    specifier, marker = text[slice(*parts.specifier)], text[slice(*parts.marker)]
    at, end = Span(*_trim(text, 0, len(text))), parts.specifier[1]
    return Dependency(
        name=normalize(text[slice(*parts.name)]),
        specifier="".join(specifier.split()),
        at=at,
        specifier_at=Span(*parts.specifier) if specifier else Span(end, end),
        written=written(text),
        marker=marker,
        extras=_names(parts.extras) if parts.extras else (),
        name_at=Span(*parts.name),
        marker_at=Span(*parts.marker) if marker else Span(at.end, at.end),
    )


def plain_requirement(text: str) -> Dependency | None:
    """Return a requirement that is written plainly, its spans offsets in `text`; nothing leaves it to `packaging`."""
    return _remembered(text) if len(text) < HUGE else _plain(text)


@lru_cache(maxsize=4000)
def _remembered(text: str) -> Dependency | None:
    """Return the same: a large repository repeats most of its lines."""
    return _plain(text)


def _plain(text: str) -> Dependency | None:
    parts = _plain_parts(text)
    return None if parts is None else _without_place(text, parts)


def moved(plain: Dependency, shift: int, origin: Origin) -> Dependency:
    """Return a plain requirement that begins so far into its source, on one line of it."""
    start, end = plain.at
    first, last = plain.specifier_at
    name, behind = plain.name_at
    marker, after = plain.marker_at
    make = tuple.__new__  # a large repository has a hundred thousand of them, and this is half the time
    return make(
        Dependency,
        (
            plain.name,
            plain.specifier,
            make(Span, (start + shift, end + shift)),
            make(Span, (first + shift, last + shift)),
            plain.written,
            origin,
            plain.scope,
            plain.marker,
            plain.extras,
            plain.is_known,
            plain.requires,
            make(Span, (name + shift, behind + shift)),
            make(Span, (marker + shift, after + shift)),
            *plain[_REST:],
        ),
    )


_REST = Dependency._fields.index("marker_at") + 1


def _located(made: Dependency, locate: Callable[[int, int], Span]) -> Dependency:
    at, specifier_at = locate(*made.at), locate(*made.specifier_at)
    return made._replace(
        at=at,
        specifier_at=specifier_at if made.specifier else _end(specifier_at),
        name_at=locate(*made.name_at),
        marker_at=locate(*made.marker_at) if made.marker else _end(at),
    )


class _Reader(NamedTuple):
    """A text to be read, with what is the same for every outcome."""

    text: str
    locate: Callable[[int, int], Span]
    origin: Origin
    scope: str

    def dependency(self, parts: _Parts, *, is_known: bool = True) -> Dependency:
        made = _without_place(self.text, parts)._replace(origin=self.origin, scope=self.scope, is_known=is_known)
        return _located(made, self.locate)

    def unknown(self) -> Dependency:
        """Read a text with a template: its name, where that is written out, and nothing else."""
        head = _HEAD.match(self.text)
        is_whole = head and (self.text[head.end() :][:1] in "<>=!~;@(," or self.text[head.end() - 1] in " \t")
        name = head.span("name") if head and is_whole else (0, 0)
        made = self.dependency(_Parts(name, "", (name[1],) * 2, (name[1],) * 2, name[1]), is_known=False)
        return made._replace(local=_local(self.text, len(self.text)))

    def problem(self, start: int, end: int, reason: str) -> Problem:
        message = f"`{written(self.text, 80)}` is not a requirement: {reason}"
        return Problem("DD003", message, self.locate(start, max(start, end)))


def read_requirement(  # noqa: PLR0913 - four of them have defaults
    text: str,
    locate: Callable[[int, int], Span],
    *,
    origin: Origin = Origin.DECLARED,
    scope: str = "",
    is_pip: bool = False,
    is_explained: bool = True,
) -> Dependency | Problem:
    """Read one PEP 508 requirement; `locate(start, end)` maps offsets in `text` to a span of the source.

    A template gives a dependency that is not known (its name is empty where that is templated too). `is_pip` also
    allows what pip does in its own files: an empty marker, and a `;` that touches a URL.
    """
    reader = _Reader(text, locate, origin, scope)
    if len(text) >= HUGE and (len(text) > _LONGEST or _HUGE_NUMBER.search(text)):
        return reader.problem(
            0, len(text), f"it is longer than {_LONGEST:,} characters, or has a number of {HUGE} digits"
        )
    if plain := plain_requirement(text):
        return _located(plain._replace(origin=origin, scope=scope), locate)
    if is_template(text):
        return reader.unknown()
    return _judged(reader, is_pip=is_pip, is_explained=is_explained)


def _judged(reader: _Reader, *, is_pip: bool, is_explained: bool) -> Dependency | Problem:
    """Let `packaging` decide about a requirement that is not plain."""
    from packaging.requirements import InvalidRequirement, Requirement

    text, head = reader.text, _HEAD.match(reader.text)
    if head is None:
        return _explained(reader, is_explained=is_explained)
    if text.count("(") > _DEEPEST:
        return reader.problem(0, len(text), f"it has more than {_DEEPEST} parentheses")
    for is_loose in (True, False) if is_pip else (False,):
        parts = _split(text, head, is_pip=is_loose)
        marker = text[slice(*parts.marker)]
        try:
            Requirement(f"{text[: parts.end]}{marker and ' ; '}{marker}" if is_loose else text)
        except InvalidRequirement:
            continue
        made = reader.dependency(parts, is_known=not parts.is_url)
        return made._replace(local=_local(text, parts.end)) if parts.is_url else made
    return _explained(reader, is_explained=is_explained)


def _local(text: str, end: int) -> str:
    """Return the directory of `name @ file:../lib`; empty for other places."""
    return local_of(text[:end].partition("@")[2].partition(" ;")[0])


def _explained(reader: _Reader, *, is_explained: bool) -> Problem:
    if not is_explained:
        return reader.problem(0, len(reader.text), "it does not follow PEP 508")
    from ddlint.inputs.common.requirement_errors import find_fault

    return reader.problem(*find_fault(reader.text))


_DIRECTORY = regex(
    r"(?:file:(?://)?)?(?P<path>\.{1,2}|(?:\.{0,2}|~)/[^\[\]:]*|[\w.-]+/[^\[\]:@]*)(?:\[(?P<extras>[^\[\]]*)\])?"
)
_NO_DIRECTORY = regex(r"(?i)\.(?:whl|zip|tar|tgz|gz|bz2|xz|txt|in|pip|py|cfg|toml)$|[*?]")
_ROOT = regex(r"(?:file:/{0,3})?(?:\$\{PROJECT_ROOT\}|\{root:uri\})(?=/|$)")
"""How PDM and Hatch write the directory of the file."""


def directory_of(text: str) -> tuple[str, tuple[str, ...]] | None:
    """Return the directory that `.`, `./x[extra]` or `file:x` names, and its extras; `None` where it is none."""
    match = _DIRECTORY.fullmatch(text)
    if match is None or _NO_DIRECTORY.search(match["path"]):
        return None
    extras = (normalize(name.strip()) for name in (match["extras"] or "").split(",") if name.strip())
    return match["path"], tuple(f"extra:{name}" for name in extras)


def local_of(place: str) -> str:
    """Return the directory that a path or a URL names, relative to its file; empty where it names none that can be."""
    text = _ROOT.sub(".", place.partition("#")[0].strip(), count=1)
    found = directory_of(text.replace("\\", "/"))
    return "" if found is None or found[0].startswith(("/", "~")) else found[0]
