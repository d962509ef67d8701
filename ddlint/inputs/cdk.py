"""Stacks of the AWS CDK in Python and TypeScript, read as text: the layers that functions get, and their runtime."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from ddlint.core.lazy_regex import regex
from ddlint.core.model import InjectionHint, Manifest, PythonRequirement, Workload
from ddlint.core.source import Source, Span
from ddlint.inputs.common.injection_hints import MOST_HINTS, MOST_MATCHES, layer_versions_in, layers_in
from ddlint.inputs.common.manifest import gather
from ddlint.inputs.common.requires_python import exact_python

NAME = "cdk"

_IS_STACK = regex(r"(?i):layer:|layer_?version")
_RUNTIME = regex(r"Runtime\.(?P<runtime>PYTHON_(?P<major>3)_(?P<minor>[0-9]{1,2}))\b")
_COMMENT = regex(r"[ \t]*(?:#|//|\*|/\*)")


def parse(source: Source) -> Manifest:
    """Read a stack; a file that names no version of a layer has nothing to say."""
    if not _IS_STACK.search(source.text):
        return gather(source, NAME, ())
    hints = tuple(islice(_hints(source.text), MOST_HINTS))
    if not hints:
        return gather(source, NAME, ())
    workload = Workload("", "", hints[0].at, hints, pythons=tuple(islice(_pythons(source.text), MOST_HINTS)))
    return gather(source, NAME, ())._replace(workloads=(workload,))


def _hints(text: str) -> Iterator[InjectionHint]:
    for hint in islice(chain(layers_in(text, Span), layer_versions_in(text, Span)), MOST_MATCHES):
        if not is_comment(text, hint.at.start):
            yield hint


def is_comment(text: str, offset: int) -> bool:
    """Return whether the line of an offset is a comment from its beginning on."""
    return _COMMENT.match(text, text.rfind("\n", 0, offset) + 1) is not None


def _pythons(text: str) -> Iterator[PythonRequirement]:
    for match in islice(_RUNTIME.finditer(text), MOST_MATCHES):
        if not is_comment(text, match.start()):
            version = f"{match['major']}.{match['minor']}"
            yield PythonRequirement(
                exact_python(version), Span(*match.span("runtime")), match["runtime"], is_exact=True
            )
