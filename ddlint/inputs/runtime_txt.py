"""`runtime.txt` of Heroku and its likes: `python-3.12.1`."""

from __future__ import annotations

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Manifest, PythonRequirement
from ddlint.core.source import Source, Span
from ddlint.inputs.common.manifest import gather
from ddlint.inputs.common.requires_python import exact_python

NAME = "runtime.txt"

_RUNTIME = regex(r"\s*+(?:python-)?(?P<version>[0-9]{1,4}\.[0-9]{1,4}(?:\.[0-9]{1,4})?)\s*+")


def parse(source: Source) -> Manifest:
    """Read the one Python; a file that names anything else is left alone."""
    match = _RUNTIME.fullmatch(source.text)
    if match is None:
        return gather(source, NAME, ())
    at = Span(*match.span("version"))
    return gather(
        source, NAME, (PythonRequirement(exact_python(match["version"]), at, match[0].strip(), is_exact=True),)
    )
