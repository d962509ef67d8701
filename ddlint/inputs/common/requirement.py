"""Read one requirement (PEP 508), or the URL or path in place of it, with the places of name, specifier and marker.

A plain one is read by one strict expression, without importing `packaging`; that library decides all others.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Dependency, NormalizedName, Origin, Problem, normalize
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.redact import written, written_bare
from ddlint.core.source import Span

_VARIABLE = (
    r"(?:python_(?:full_)?version|os_name|sys_platform|platform_(?:release|system|version|machine"
    r"|python_implementation)|implementation_(?:name|version)|extra)"
)
_OPERATOR = r"(?:[ \t]*+(?:[=!]=|[<>]=?|~=)[ \t]*+|[ \t]++(?:not[ \t]++)?in[ \t]++)"
_TOKEN = regex(
    rf"[ \t]*+(?:(?P<atom>{_VARIABLE}{_OPERATOR}(?:\"[^\"\r\n]*+\"|'[^'\r\n]*+'))"
    r"|(?P<join>(?:and|or)\b)|(?P<open>\()|(?P<close>\)))[ \t]*+"
)
_DEEPEST_MARKER = 20
_LONGEST_MARKER = 20_000


def is_plain_marker(text: str) -> bool:
    """Return whether `text` compares variables with strings, joined by `and` and `or`, in balanced parentheses."""
    depth, position, is_operand_due = 0, 0, True
    while match := _TOKEN.match(text, position):
        kind = match.lastgroup
        if is_operand_due != (kind in ("atom", "open")):
            return False
        is_operand_due = kind in ("join", "open")
        depth += (kind == "open") - (kind == "close")
        if not 0 <= depth <= _DEEPEST_MARKER:
            return False
        position = match.end()
    return position == len(text) and depth == 0 and not is_operand_due


def is_marker(text: str) -> bool:
    """Return whether `text` is a marker of PEP 508; one that is absurdly long or deep is none."""
    if is_plain_marker(text):
        return True
    if len(text) > _LONGEST_MARKER or text.count("(") > _DEEPEST_MARKER:
        return False
    from packaging.markers import InvalidMarker, Marker

    try:
        Marker(text)
    except InvalidMarker:
        return False
    return True


_MARKER_CLAUSE = regex(r"(?P<operator>~=|[=!<>]=|[<>])(?P<version>.+)")
_GENERIC = regex(r"(?P<operator>!=|===?|=)?\s*(?P<value>[^\s\"'\\=!<>|,;][^\s\"'\\|,;]*)")


def _python_clause(clause: str) -> str:
    """Compare the minor alone only where that says the same as the whole version."""
    match = _MARKER_CLAUSE.fullmatch(clause)
    if match is None:  # cannot be: the clause is our own translation
        return ""
    operator, version = match["operator"], match["version"]
    is_wild = version.endswith(".*")
    release = version.removesuffix(".*")
    is_short = release.count(".") <= 1 and release.replace(".", "").isdigit()
    has_minor = release.count(".") == 1
    if is_short and (operator in (">=", "<") or (operator in ("==", "!=") and has_minor)):
        return f'python_version {operator} "{release}"'
    if is_wild or operator == "~=" or not is_short or "." in release:
        return f'python_full_version {operator} "{version}"'
    return f'python_full_version {operator} "{version}.0"'


def any_of(alternatives: list[str]) -> str:
    """Join alternatives; those of several clauses get parentheses."""
    found = list(dict.fromkeys(alternatives))
    if len(found) < 2:
        return "".join(found)
    return " or ".join(f"({part})" if " and " in part else part for part in found)


def all_of(markers: list[str]) -> str:
    """Return the marker that holds where all of `markers` do; an empty one always does."""
    found = [marker for marker in dict.fromkeys(markers) if marker]
    if len(found) < 2:
        return "".join(found)
    return " and ".join(f"({part})" if " or " in part else part for part in found)


def python_marker(specifier: str) -> str:
    """Return the marker for PEP 440 alternatives that are joined by ` || `."""
    if not specifier:
        return ""
    return any_of([" and ".join(map(_python_clause, part.split(","))) for part in specifier.split(" || ")])


def platform_marker(text: str) -> str | None:
    """Return the marker for a Poetry `platform`, such as `!=win32` or `linux || darwin`; `None` where it is none."""
    alternatives: list[str] = []
    for part in re.split(r"\|\|?", text):
        clauses = [_GENERIC.fullmatch(clause.strip()) for clause in part.split(",")]
        if not all(clauses):
            return None
        found = [(match["operator"] or "==", match["value"]) for match in clauses if match]
        if any(value == "*" for _, value in found):
            return ""
        clauses_text = [f'sys_platform {"!=" if operator == "!=" else "=="} "{value}"' for operator, value in found]
        alternatives.append(" and ".join(clauses_text))
    return any_of(alternatives)


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
    return ("$" in text or "{" in text or "%" in text) and _TEMPLATE.search(text) is not None


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


def _without_place(text: str, parts: _Parts, shown: str) -> Dependency:
    """Return a requirement whose spans are offsets in its own text, and that is shown as `shown`."""
    (name, behind), (start, end), (first, last) = parts.name, parts.specifier, parts.marker
    specifier, marker = text[start:end], text[first:last]
    at = Span(*_trim(text, 0, len(text)))
    return Dependency(
        normalize(text[name:behind]),
        "".join(specifier.split()),
        at,
        Span(start if specifier else end, end),
        shown,
        marker=marker,
        extras=_names(parts.extras) if parts.extras else (),
        name_at=Span(name, behind),
        marker_at=Span(first, last) if marker else Span(at.end, at.end),
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
    if parts is None:
        return None
    is_bare = parts.end == len(text) < HUGE and not (parts.extras or " " in text or "\t" in text)
    return _without_place(text, parts, written_bare(text) if is_bare else written(text))


def moved(plain: Dependency, shift: int, origin: Origin, scope: str = "") -> Dependency:
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
            scope,
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
        made = _without_place(self.text, parts, written(self.text))._replace(
            origin=self.origin, scope=self.scope, is_known=is_known
        )
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
    if len(text) < HUGE and (plain := plain_requirement(text)):
        return _located(plain._replace(origin=origin, scope=scope), locate)
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


_SCHEME = regex(r"(?i)(?:https?|ftp|file|(?:git|hg|svn|bzr)\+[a-z+]+|git|ssh|svn):")
_SHORT_SSH = regex(r"[\w.-]+@[\w.-]+:(?!//)")
_DRIVE = regex(r"[A-Za-z]:[\\/]")
_ARCHIVES = (
    *(".zip", ".whl", ".tar", ".tgz", ".tbz", ".txz", ".tlz"),
    *(".tar.gz", ".tar.bz2", ".tar.xz", ".tar.lz", ".tar.lzma"),
)
_WHEEL = regex(r"(?P<name>[A-Za-z0-9_.]+)-(?P<version>[^-/\\]+)(?:-[0-9][^-/\\]*)?-[^-/\\]+-[^-/\\]+-[^-/\\]+\.whl$")
_EXTRAS = regex(r"\[(?P<extras>[A-Za-z0-9._, -]*)\]$")
_EGG = regex(r"(?:#|&)egg=(?P<egg>[^&\s]*)")
_PROJECT = regex(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_EGG_NAME = regex(rf"({_PROJECT.pattern})(?:\[[^\[\]]*\])?")
_HEAD_END = regex(r"[\s@;<>=!~\[]")
_LONGEST_LOCATION = 2000
_MOST_BRACKETS = 4


class _Found(NamedTuple):
    name: str = ""
    name_at: tuple[int, int] = (0, 0)
    extras: tuple[str, ...] = ()
    specifier: str = ""
    specifier_at: tuple[int, int] = (0, 0)


def is_location(text: str) -> bool:
    """Return whether pip would take `text` for a URL or a path, not for the name of a distribution."""
    if text.startswith((".", "/", "~/")):
        return True
    if ":" in text and (_SCHEME.match(text) or _DRIVE.match(text) or _SHORT_SSH.match(text)):
        return True
    if "/" in text or "\\" in text:
        head = _HEAD_END.split(text, maxsplit=1)[0]
        if "/" in head or "\\" in head:
            return True
    return "@" not in text and _is_archive(text.partition(";")[0].rstrip())


def _is_archive(text: str) -> bool:
    if text.endswith("]"):  # of extras
        text, _, extras = text[:-1].rpartition("[")
        return "]" not in extras and text.lower().endswith(_ARCHIVES)
    return text.lower().endswith(_ARCHIVES)


def _wheel(body: str) -> _Found | None:
    """Read name and version out of the file name of a wheel."""
    path = body.split("#", maxsplit=1)[0].split("?", maxsplit=1)[0]
    extras = _EXTRAS.search(path)
    path = path[: extras.start()] if extras else path
    start = max(path.rfind("/"), path.rfind("\\")) + 1
    match = _WHEEL.match(path, start)
    if match is None:
        return None
    from packaging.version import InvalidVersion, Version

    version = match["version"].replace("%2B", "+").replace("%2b", "+").replace("_", "-")
    try:
        Version(version)
    except InvalidVersion:
        return None
    names = tuple(extras["extras"].split(",")) if extras else ()
    return _Found(match["name"], match.span("name"), names, f"=={version}", match.span("version"))


def _parsed(body: str) -> _Found | None:
    """Let requirements-parser read the name out of a URL, a VCS reference or a path; `None` if it refuses."""
    if len(body) > _LONGEST_LOCATION or body.count("[") > _MOST_BRACKETS:
        return _Found()
    egg = _EGG.search(body)
    if egg is None:
        extras = None if _SCHEME.match(body) else _EXTRAS.search(body)
        return _Found(extras=tuple(extras["extras"].split(",")) if extras else ())
    if not _EGG_NAME.fullmatch(egg["egg"]):
        return None
    from requirements.requirement import Requirement

    try:
        requirement = Requirement.parse(body)
    except (ValueError, AssertionError):
        return _Found()
    name = (requirement.name or "").split("[")[0]
    return _Found(name, (egg.start("egg"), egg.start("egg") + len(name)), tuple(requirement.extras))


def _marker_start(text: str) -> int:
    """Return the offset of the `;` of the marker, which a URL needs blanks for and a path does not; else the end."""
    match = re.search(r"\s;|;\s" if _SCHEME.match(text) else ";", text)
    return match.start() + (match[0][0] != ";") if match else len(text)


def read_location(
    text: str, locate: Callable[[int, int], Span], *, origin: Origin = Origin.DECLARED, scope: str = ""
) -> Dependency | Problem:
    """Read a URL, a VCS reference, a path or a wheel file; its name is empty where the text does not tell it."""
    if _SHORT_SSH.match(text) and not _SCHEME.match(text):
        end = text.index(":")
        host, path = text[:end], text[end + 1 :]
        message = (
            f"`{written(text, 80)}` has no scheme, so pip refuses it; write `git+ssh://{host}/{written(path, 80)}`"
        )
        return Problem("DD003", message, locate(0, end + 1))
    semicolon = _marker_start(text)
    body = text[:semicolon].rstrip()
    marker = text[semicolon + 1 :].strip()
    marker_start = len(text) - len(marker)
    found = _Found() if is_template(body) else _wheel(body) or _parsed(body)
    if found is None:
        start = body.rfind("egg=")
        message = f"`{written(body[start:], 80)}` names no distribution; write `egg=name`, and its version elsewhere"
        return Problem("DD003", message, locate(start, len(body)))
    if marker and not is_marker(marker):
        message = f"`{written(marker, 80)}` is not a marker; write one such as `python_version < '3.12'`"
        return Problem("DD003", message, locate(marker_start, len(text)))
    names = tuple(dict.fromkeys(normalize(extra.strip()) for extra in found.extras if extra.strip()))
    return Dependency(
        name=normalize(found.name) if found.name else NormalizedName(""),
        specifier=found.specifier,
        at=locate(0, len(text)),
        specifier_at=locate(*found.specifier_at) if found.specifier else locate(len(body), len(body)),
        written=written(text),
        origin=origin,
        scope=scope,
        marker=marker,
        extras=names,
        is_known=bool(found.specifier),
        name_at=locate(*found.name_at),
        marker_at=locate(marker_start, len(text)),
        local="" if found.specifier else local_of(body),
    )
