"""Read a requirement that names a place instead of a version: a URL, a VCS reference, a path, a wheel file."""

from __future__ import annotations

import re
from collections.abc import Callable

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Dependency, NormalizedName, Origin, Problem, normalize
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.redact import written
from ddlint.core.source import Span
from ddlint.inputs.common.marker_parser import is_marker
from ddlint.inputs.common.requirement import is_template, local_of

_URL = regex(r"(?i)(?:https?|ftp|file|(?:git|hg|svn|bzr)\+[a-z+]+|git|ssh|svn):")
_SHORT_SSH = regex(r"[\w.-]+@[\w.-]+:(?!//)")
_DRIVE = regex(r"[A-Za-z]:[\\/]")
_ARCHIVES = (
    *(".zip", ".whl", ".tar", ".tgz", ".tbz", ".txz", ".tlz"),
    *(".tar.gz", ".tar.bz2", ".tar.xz", ".tar.lz", ".tar.lzma"),
)
_WHEEL = regex(r"(?P<name>[A-Za-z0-9_.]+)-(?P<version>[^-/\\]+)(?:-[0-9][^-/\\]*)?-[^-/\\]+-[^-/\\]+-[^-/\\]+\.whl$")
_EXTRAS = regex(r"\[(?P<extras>[A-Za-z0-9._, -]*)\]$")
_EGG = regex(r"(?:#|&)egg=(?P<egg>[^&\s]*)")
_NAME = regex(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_EGG_NAME = regex(rf"({_NAME.pattern})(?:\[[^\[\]]*\])?")
_HEAD_END = regex(r"[\s@;<>=!~\[]")
_LONGEST = 2000
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
    if ":" in text and (_URL.match(text) or _DRIVE.match(text) or _SHORT_SSH.match(text)):
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
    if len(body) > _LONGEST or body.count("[") > _MOST_BRACKETS:
        return _Found()
    egg = _EGG.search(body)
    if egg is None:
        extras = None if _URL.match(body) else _EXTRAS.search(body)
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
    match = re.search(r"\s;|;\s" if _URL.match(text) else ";", text)
    return match.start() + (match[0][0] != ";") if match else len(text)


def read_location(
    text: str, locate: Callable[[int, int], Span], *, origin: Origin = Origin.DECLARED, scope: str = ""
) -> Dependency | Problem:
    """Read a URL, a VCS reference, a path or a wheel file; its name is empty where the text does not tell it."""
    if _SHORT_SSH.match(text) and not _URL.match(text):
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
