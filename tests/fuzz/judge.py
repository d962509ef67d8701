"""What must hold whatever a file holds: it is read without an exception, in time, and every place says what it means."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet

from ddlint.core.model import normalize
from ddlint.core.source import Source, Undecodable, decode
from ddlint.inputs import BY_MODULE, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.core.model import Dependency, Manifest
    from ddlint.core.source import Span
    from tests.fuzz.subjects import Subject

SECONDS_PER_MEGABYTE = 2.0
GRACE = 0.2
"""For what a small file takes on a slow day: imports, the garbage collector, a busy machine."""
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_LOCKS = tuple(one.module for one in BY_MODULE.values() if one.kind is Kind.LOCK and one.module != "pipfile_lock")

_CONDA = ("environment_yml", "pixi_toml")
"""Their specifications are conda's, some of which are PEP 508 with another meaning."""


class SlowError(AssertionError):
    """Reading took too long."""


def allowed(size: int) -> float:
    return max(GRACE, SECONDS_PER_MEGABYTE * size / 1_000_000)


def judge(subject: Subject, data: bytes) -> Manifest | None:
    """Read bytes as a file of that input, and raise an `AssertionError` where a law is broken."""
    source = decode(f"/project/{subject.path}", data, has_cookie=BY_MODULE[subject.name].has_cookie)
    if isinstance(source, Undecodable):
        assert source.reason
        return None
    manifest = _in_time(subject, source, len(data))
    judge_manifest(subject.name, manifest)
    return manifest


def _in_time(subject: Subject, source: Source, size: int) -> Manifest:
    """Read it; what takes too long gets two more chances, as another process may have been in the way."""
    for chance in range(3):
        start = time.process_time()
        manifest: Manifest = subject.module.parse(source)
        taken = time.process_time() - start
        if taken <= allowed(size):
            return manifest
        assert chance < 2 or _late(taken, size)
    raise AssertionError


def _late(taken: float, size: int) -> bool:
    raise SlowError(f"{taken:.2f} s for {size} bytes")


def _spans(manifest: Manifest) -> Iterator[Span]:
    for found in manifest.dependencies:
        yield from (found.at, found.name_at, found.specifier_at, found.marker_at)
    for group in (manifest.pythons, manifest.settings, manifest.platforms, manifest.images, manifest.includes):
        yield from (item.at for item in group)
    yield from (problem.at for problem in manifest.problems)
    yield from manifest.comments


def judge_manifest(name: str, manifest: Manifest) -> None:
    source = manifest.source
    for span in _spans(manifest):
        assert 0 <= span.start <= span.end <= len(source.text), span
    for found in manifest.dependencies:
        _judge_dependency(name, source, found)
    for python in manifest.pythons:
        assert python.written.isprintable()
        written, meant = _specifier(source.slice(python.at)), _specifier(python.specifier)
        assert written is None or meant is None or not str(written) or written == meant, python
    for comment in manifest.comments:
        text = source.slice(comment)
        assert text.startswith(("#", ";")), text
        assert "ddlint" in text.lower(), "also what is nearly a comment for ddlint is kept"
        assert "\n" not in text or name == "requirements_txt", "only pip continues a comment"
    for problem in manifest.problems:
        assert problem.message.isprintable(), problem.message
        assert re.fullmatch(r"DD00[1-4]", problem.code)
        assert len(problem.message) < 1500, problem.message
        assert problem.help.isprintable()
    for image in manifest.images:
        assert image.name


def _judge_dependency(name: str, source: Source, found: Dependency) -> None:
    assert found.written.isprintable(), found.written
    assert len(found.written) <= 500
    named = source.slice(found.name_at)
    if found.name and _NAME.fullmatch(named) and found.name_at != found.at:
        assert normalize(named) == found.name, (named, found)
    if name in _LOCKS and found.specifier:
        at = source.slice(found.specifier_at)
        assert "\\" in at or found.specifier == f"=={at}" or at not in found.specifier, (at, found)
        return
    written, meant = _specifier(source.slice(found.specifier_at)), _specifier(found.specifier)
    assert written is None or meant is None or written == meant or not found.is_known, (
        source.slice(found.specifier_at),
        found,
    )
    inside = found.at.start <= found.name_at.start < found.name_at.end <= found.at.end
    if inside and found.is_known and found.name_at != found.at and name not in _CONDA:
        _judge_whole(source.slice(found.at), found)


def _judge_whole(text: str, found: Dependency) -> None:
    """Where the text of a requirement is one as it stands, it is the one that was read; a wheel's name is no name."""
    if text.endswith(".whl"):
        return
    try:
        read = Requirement(text)
    except (InvalidRequirement, RecursionError):
        return
    assert normalize(read.name) == found.name, (text, found)
    assert {normalize(extra) for extra in read.extras} == set(found.extras), (text, found)
    meant = _specifier(found.specifier)
    assert meant is None or read.specifier == meant, (text, found)


def _specifier(text: str) -> SpecifierSet | None:
    try:
        return SpecifierSet(text)
    except InvalidSpecifier:
        return None
