"""Where something is, as outputs show it: path, line and column, a finding on one line, and the address of a page."""

from __future__ import annotations

from ddlint.core.model import Place, Severity
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.report import Finding, Report
from ddlint.core.source import Position, Source, Span
from ddlint.core.text import encodable, escape

_NOWHERE = Position(1, 1)


class Where(NamedTuple):
    """A place with its positions; `end` is exclusive."""

    path: str
    start: Position
    end: Position


def relative(path: str, base: str) -> str:
    """Return the absolute `path` relative to the directory `base`, both with `/`; unchanged on another drive."""
    ours, theirs = path.rstrip("/").split("/"), base.rstrip("/").split("/")
    if not path or ours[0] != theirs[0]:
        return encodable(path or ".")
    shared = 0
    while shared < min(len(ours), len(theirs)) and ours[shared] == theirs[shared]:
        shared += 1
    return encodable("/".join([".."] * (len(theirs) - shared) + ours[shared:]) or ".")


def shown(path: str, base: str) -> str:
    """Return `path` relative to `base` for people: on one line, and never at its start what a CI runner would obey."""
    text = escape(relative(path, base))
    return f"./{text}" if text.startswith(":") or text[:1].isspace() else text


def relative_place(place: str, base: str) -> str:
    """Return `path:line` with the path relative to `base`; empty when there is no place."""
    path, _, line = place.rpartition(":")
    return f"{relative(path, base)}:{line}" if path else ""


def inside(source: Source, span: Span) -> Span:
    """Return `span` cut to the text of `source`."""
    start = min(max(span.start, 0), len(source.text))
    return Span(start, min(max(span.end, start), len(source.text)))


def where(report: Report, place: Place, base: str) -> Where:
    """Return the path of `place` relative to `base`, and its positions: 1:1 in a file that could not be read."""
    path = relative(place.path, base)
    source = report.sources.get(place.path)
    if source is None:
        return Where(path, _NOWHERE, _NOWHERE)
    span = inside(source, place.at)
    return Where(path, source.position(span.start), source.position(span.end))


def on_one_line(report: Report, place: Place, base: str) -> Where:
    """Return `where`, ended with the line that `place` starts on."""
    at = where(report, place, base)
    source = report.sources.get(place.path)
    if source is None or at.start.line == at.end.line:
        return at
    return at._replace(end=source.position(max(source.line_span(at.start.line).end, inside(source, place.at).start)))


BOLD = "1"
FRAME = "94"
REMOVED, ADDED = "31", "32"
LEVELS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.NOTICE: "1;36"}


def painted(report: Report, style: str, text: str) -> str:
    """Return `text` in a style (the parameters of the terminal's SGR sequence) if the report is coloured."""
    return f"\x1b[{style}m{text}\x1b[0m" if report.is_coloured and text else text


def place(report: Report, finding: Finding, base: str) -> str:
    """Return `path:line:column` of a finding, relative to `base`."""
    start = where(report, finding.at, base).start
    return f"{shown(finding.at.path, base)}:{start.line}:{start.column}"


def line(report: Report, finding: Finding, base: str, mark: str = "") -> str:
    """Return `path:line:column: CODE severity: message`, with a mark before the severity."""
    at = painted(report, BOLD, place(report, finding, base))
    severity = painted(report, LEVELS[finding.severity], finding.severity.value)
    return f"{at}: {escape(finding.code)} {mark}{severity}: {escape(finding.message)}"


def page_of(report: Report, code: str) -> str:
    """Return the address of the page of a check; empty where ddlint has no address, or no such check."""
    name = report.names.get(code)
    return page_address(report.home, report.version, code) if report.home and name else ""


def page_address(home: str, version: str, code: str) -> str:
    """Return the address of the page of a check as of a version of ddlint; empty where `home` is."""
    return address(home, version, f"checks/{code.lower()}/")


def address(home: str, version: str, path: str) -> str:
    """Return the address of a page of the site as of a version of ddlint; empty where the site has none, or `path`."""
    site = site_address(home)
    return f"{site}/{version}/{path}" if site and path else ""


def site_address(home: str) -> str:
    """Return where GitHub publishes the site of a repository, `https://name.github.io/ddlint`; empty elsewhere."""
    host, _, path = home.partition("://")[2].partition("/")
    owner, _, name = path.partition("/")
    return f"https://{owner.lower()}.github.io/{name}" if host == "github.com" and name else ""


def line_address(files_url: str, path: str, line: int) -> str:
    """Return the address of a line of a file whose `path` is relative to the root; empty where none is known."""
    is_outside = path.startswith(("../", "/")) or (path[:1].isalpha() and path[1:3] == ":/")
    if is_outside or not files_url.startswith(("https://", "http://")):
        return ""
    from urllib.parse import quote

    base = quote(files_url.rstrip("/"), safe=":/@%~")
    return f"{base}/{quote(path, errors='replace')}#L{line}"
