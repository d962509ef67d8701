"""`.tool-versions` of asdf and mise: the first version behind `python` is the one that runs."""

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


NAME = ".tool-versions"

_PYTHON = regex(r"(?m)^[ \t]*+python[ \t]++(?P<version>[^\s#]++)")


def parse(source: Source) -> Manifest:
    """Read the line of `python`."""
    read = (_read(match) for match in _PYTHON.finditer(source.text))
    return gather(source, NAME, next((items for items in read if items), ()), hash_comments(source.text))


def _read(match: re.Match[str]) -> tuple[PythonRequirement | Platform, ...]:
    text, at = match["version"], Span(*match.span("version"))
    if exact := exact_python(text):
        return (PythonRequirement(exact, at, text, is_exact=True),)
    if found := free_threaded(match.string, at.start, Span):
        return found
    other = implementation(text, at)
    return (other,) if other else ()
