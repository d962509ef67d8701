"""Paths as text: absolute, with `/`, never asked of a file system. Also the patterns that configs write."""

from __future__ import annotations

import posixpath
import re
from functools import cache

from ddlint.core.lazy_regex import regex

_DRIVE = regex(r"[A-Za-z]:(?=/|$)")
_SERVER = regex(r"//(?!/)")
_URL = regex(r"(?i)[a-z][a-z0-9+.-]+:")
_PLACEHOLDER = regex(r"\$\{|\{\{|\{%")
_TOKEN = regex(
    r"(?P<folders>(?:^|(?<=/))\*\*/)|(?P<rest>(?:^|(?<=/))\*\*$)|(?P<star>\*+)|(?P<one>\?)"
    r"|(?P<set>\[!?\]?[^\]/]{0,100}\])|(?P<text>.)",
    re.DOTALL,
)


def parent(path: str) -> str:
    """Return the directory that holds `path`; the top is its own parent."""
    end = path.rfind("/")
    return path[:end] if end > 0 and path[end - 1] != "/" else posixpath.dirname(path) or path


def name_of(path: str) -> str:
    """Return the last part of a path."""
    return path.rpartition("/")[2]


def is_absolute(path: str) -> bool:
    """Whether `path` starts at the top of a file system."""
    return path.startswith("/") or bool(_DRIVE.match(path))


def normalised(path: str) -> str:
    """Resolve `.` and `..` in the text of an absolute path; above the top is the top.

    Two slashes at the start stay: they name a server, `//server/share`.
    """
    if path.startswith("/") and "//" not in path and "/." not in path and not path.endswith("/"):
        return path  # as it is most often
    drive = path[:2] if _DRIVE.match(path) else ""
    top = "//" if _SERVER.match(path) else "/"
    return drive + top + posixpath.normpath("/" + path[len(drive) :]).lstrip("/")


def joined(directory: str, path: str) -> str:
    """Return `path` as seen from `directory`, normalised; only on a server can two slashes name one."""
    if not is_absolute(path):
        return normalised(f"{directory.rstrip('/')}/{path}")
    is_server = _SERVER.match(path) and _SERVER.match(directory)
    return normalised(path if is_server or not path.startswith("/") else f"/{path.lstrip('/')}")


def drive_in_capitals(path: str) -> str:
    """Return a path with the letter of its drive in capitals: Windows takes both, and paths are compared as texts."""
    return path[:1].upper() + path[1:] if path[1:2] == ":" else path


def is_inside(path: str, directory: str) -> bool:
    """Whether `path` is `directory` or lies below it."""
    return path == directory or path.startswith(directory.rstrip("/") + "/")


def relative(path: str, start: str) -> str:
    """Return `path` relative to the directory `start`; `.` is `start` itself; another drive stays absolute."""
    if is_inside(path, start):
        return path[len(start.rstrip("/")) + 1 :] or "."
    above = common((path, start))
    if not is_inside(path, above) or not is_inside(start, above):
        return path
    steps = ["..", *[".."] * relative(start, above).count("/")]
    return "/".join(steps if path == above else [*steps, relative(path, above)])


def common(paths: tuple[str, ...]) -> str:
    """Return the deepest directory that holds all of `paths`, which are directories."""
    result = paths[0]
    while not all(is_inside(path, result) for path in paths) and parent(result) != result:
        result = parent(result)
    return result


def is_url(target: str) -> bool:
    """Whether an include names something to be fetched (a drive letter is no scheme)."""
    return bool(_URL.match(target))


def is_template(target: str) -> bool:
    """Whether an include names a variable or a template, which nobody can follow."""
    return bool(_PLACEHOLDER.search(target))


def resolve_include(path: str, target: str) -> str:
    """Return the path that `target`, written in the file `path`, names."""
    return joined(parent(path), target)


def _translated(match: re.Match[str]) -> str:
    text = match[0]
    match match.lastgroup:
        case "rest":
            return ".*"
        case "one":
            return "[^/]"
        case "set":
            body = text[2:-1] if text.startswith("[!") else text[1:-1]
            body = re.sub(r"[\\\[\]^&~|]", r"\\\g<0>", body)
            return f"[^/{body}]" if text.startswith("[!") else f"[{body}]"
        case _:
            return re.escape(text)


@cache
def glob(pattern: str, *, holds_below: bool = True) -> re.Pattern[str]:
    """Compile a pattern of a config, to be matched against a whole path relative to the config.

    `*` and `?` stay within a name, `**` does not; a pattern without `/` holds at any depth; what holds for a folder
    holds for all below it, unless `holds_below` is false. `re.error` where a set is wrong (`[z-a]`).
    """
    anchored = pattern.removeprefix("./").rstrip("/")
    parts: list[list[str]] = [[""]] if "/" in anchored else [[""], [""]]
    for token in _TOKEN.finditer(anchored.lstrip("/")):
        if token.lastgroup == "folders":
            parts.append([""])
        elif token.lastgroup == "star":
            parts[-1].append("")
        else:
            parts[-1][-1] += _translated(token)
    return re.compile(f"{_joined(parts)}{'(?:/.*)?' if holds_below else ''}", re.DOTALL)


def _joined(parts: list[list[str]]) -> str:
    """Join the parts between `**/`, each split at its `*`.

    The first place that fits is as good as any for all but the last, so none is tried again: `(?>...)` says that.
    """
    *inner, (*fixed, last) = parts
    text = "".join(f"(?>(?:.*?/)??{_stars(each)})" for each in inner[1:])
    end = _stars(fixed) + (f"[^/]*{last}" if fixed else last)
    return f"{_stars(inner[0])}{text}(?:.*/)?{end}" if inner else end


def _stars(fixed: list[str]) -> str:
    return "".join([*fixed[:1], *(f"(?>[^/]*?{each})" for each in fixed[1:])])


def matches(patterns: tuple[str, ...], path: str, start: str) -> bool:
    """Whether `path` is met by one of `patterns`, which are relative to the directory `start`."""
    if not patterns:
        return False
    shown = relative(path, start)
    return any(glob(pattern).fullmatch(shown) for pattern in patterns)
