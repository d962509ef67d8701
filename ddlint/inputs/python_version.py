"""`.python-version` of pyenv and uv: its first line names the Python; others are only made available beside it."""

from __future__ import annotations

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Manifest, Platform, PythonRequirement
from ddlint.core.source import Source, Span
from ddlint.inputs.common.manifest import gather
from ddlint.inputs.common.python_implementation import free_threaded, implementation
from ddlint.inputs.common.requires_python import exact_python
from ddlint.inputs.syntax.lines import hash_comments

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re


NAME = ".python-version"

_FIRST = regex(r"(?m)^[ \t]*+(?P<words>[^\s#][^\r\n#]*+)")
_CPYTHON = regex(r"(?:c?python[-@]?)?(?P<version>[0-9]+\.[0-9]+(?:\.[0-9]+)?)(?=\s|$|-(?:linux|macos|windows))")


def parse(source: Source) -> Manifest:
    """Read one CPython, or another implementation; the name of an environment says nothing that is known here."""
    line = _FIRST.search(source.text)
    match = _CPYTHON.match(line["words"]) if line else None
    comments = hash_comments(source.text)
    if line is None or match is None or not exact_python(match["version"]):
        return gather(source, NAME, _other(line) if line else (), comments)
    start = line.start("words") + match.start("version")
    at = Span(start, start + len(match["version"]))
    python = PythonRequirement(exact_python(match["version"]), at, match[0].strip(), is_exact=True)
    return gather(source, NAME, (python,), comments)


def _other(line: re.Match[str]) -> tuple[Platform | PythonRequirement, ...]:
    word, start = line["words"].split(maxsplit=1)[0], line.start("words")
    if found := free_threaded(line.string, start, Span):
        return found
    other = implementation(word, Span(start, start + len(word)))
    return (other,) if other else ()
