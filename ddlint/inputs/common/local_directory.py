"""Read the directory of a project that a requirement or an install line names: `.`, `./lib[web]`, `file:../lib`."""

from __future__ import annotations

from ddlint.core.lazy_regex import regex
from ddlint.core.model import normalize

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
