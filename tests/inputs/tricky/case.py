"""A tricky input and all that is to be found in it, a line for each thing, with both ends of its place.

A dependency is `1:1-1:14 name specifier@1:5-1:14 [extras] ; marker@1:16-1:30 @scope`, and what it is when it is not
simply declared: `locked`, `constraint`, `override`, `unknown`. A problem is `1:5-1:6 DD003 words`, where the words
stand somewhere in its message or its help. Bytes are decoded as in a run, so a file that is no text is a `DD001`.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from ddlint.core.model import Origin
from ddlint.core.source import Undecodable, decode
from ddlint.inputs import BY_MODULE, INPUTS, pattern_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.core.model import Dependency, Manifest
    from ddlint.core.source import Source, Span


class Case(NamedTuple):
    """One input of an entry."""

    entry: int
    text: str | bytes
    expected: tuple[str, ...] = ()
    file: str = "requirements.txt"


def found(case: Case) -> list[str]:
    """Give what is found."""
    path = f"/project/{case.file}"
    name = next(one.module for one in INPUTS if re.search(pattern_of(one), path))
    module = import_module(f"ddlint.inputs.{name}")
    data = case.text if isinstance(case.text, bytes) else case.text.encode()
    source = decode(path, data, has_cookie=BY_MODULE[name].has_cookie)
    if isinstance(source, Undecodable):
        return [f"DD001 {source.reason}"]
    return list(_told(module.parse(source)))


def is_as_expected(expected: str, told: str) -> bool:
    """Compare a line; of a problem the place and the code must be equal, and the words be told."""
    head, code, words = (
        re.split(r"(DD00\d ?)", expected, maxsplit=1) if " DD00" in f" {expected}" else (expected, "", "")
    )
    return told.startswith(f"{head}{code}") and words in told if code else expected == told


def place(source: Source, span: Span) -> str:
    """Write a span as `line:column-line:column`."""
    start, end = source.position(span.start), source.position(span.end)
    return f"{start.line}:{start.column}-{end.line}:{end.column}"


def _told(manifest: Manifest) -> Iterator[str]:
    source = manifest.source
    for dependency in manifest.dependencies:
        yield " ".join(_parts(source, dependency))
    for python in manifest.pythons:
        yield f"{place(source, python.at)} python {python.specifier}{' exact' * python.is_exact}"
    for platform in manifest.platforms:
        yield f"{place(source, platform.at)} on {platform.token} {platform.version}".rstrip()
    for image in manifest.images:
        yield f"{place(source, image.at)} image {image.name}:{image.tag}"
    for include in manifest.includes:
        yield f"{place(source, include.at)} {'=>' if include.is_constraint else '->'} {include.target}"
    for comment in manifest.comments:
        yield f"{place(source, comment)} comment"
    for problem in manifest.problems:
        yield f"{place(source, problem.at)} {problem.code} {problem.message}; {problem.help}"


def _parts(source: Source, found: Dependency) -> Iterator[str]:
    yield place(source, found.at)
    yield found.name or "?"
    if found.origin is Origin.LOCKED:
        yield found.specifier
    elif found.specifier:
        yield f"{found.specifier}@{place(source, found.specifier_at)}"
    if found.extras:
        yield f"[{','.join(found.extras)}]"
    if found.marker:
        at = f"@{place(source, found.marker_at)}" if found.marker_at.start < found.marker_at.end else ""
        yield f"; {found.marker}{at}"
    if found.scope:
        yield f"@{found.scope}"
    if found.origin is not Origin.DECLARED:
        yield found.origin.value
    if not found.is_known:
        yield "unknown"
