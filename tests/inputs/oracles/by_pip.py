"""What pip's own parser reads in a requirements file, line by line, as far as it can be compared."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple
from unittest import mock

import pytest
from packaging.markers import InvalidMarker, Marker
from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import SpecifierSet

from ddlint.core.model import normalize

if TYPE_CHECKING:
    from pathlib import Path

    from ddlint.core.model import Manifest

pytest.importorskip("pip", minversion="26.3", reason="pip is the oracle here, as requirements-dev.txt pins it")
constructors = pytest.importorskip("pip._internal.req.constructors")
exceptions = pytest.importorskip("pip._internal.exceptions")
packaging_of_pip = pytest.importorskip("pip._vendor.packaging.requirements")
req_file = pytest.importorskip("pip._internal.req.req_file")
session = pytest.importorskip("pip._internal.network.session")
_REFUSALS = (exceptions.InstallationError, packaging_of_pip.InvalidRequirement, InvalidRequirement)
_INSTALLED = {
    "get_requirement": Requirement,
    "Requirement": Requirement,
    "InvalidRequirement": InvalidRequirement,
    "Marker": Marker,
    "InvalidMarker": InvalidMarker,
}
"""pip carries a copy of `packaging` of its own age; here it uses the one that is installed, as ddlint does."""


class Read(NamedTuple):
    """A requirement as both readers must see it."""

    line: int
    name: str
    specifier: str
    marker: str


class Reading(NamedTuple):
    """What a reader finds in one file."""

    requirements: tuple[Read, ...]
    includes: tuple[tuple[int, str, bool], ...]
    """(line, target, whether it is a constraint)."""
    refused: tuple[int, ...]
    """Lines that pip does not take for a requirement when it comes to install it."""


def _read(line: int, name: str, specifier: object, marker: object) -> Read:
    return Read(line, normalize(name), str(SpecifierSet(str(specifier))), str(Marker(str(marker))) if marker else "")


@mock.patch.dict(vars(constructors), _INSTALLED)
def by_pip(path: Path) -> Reading:
    """Let pip read one file, without the files it includes."""
    parser = req_file.RequirementsFileParser(session.PipSession(), req_file.get_line_parser(None))
    requirements, includes, refused = [], [], []
    for line in parser._parse_file(str(path), constraint=False):
        if line.requirement is None:
            included, narrowing = line.opts.requirements, line.opts.constraints
            if included or narrowing:
                includes.append((line.lineno, (included or narrowing)[0], not included))
            continue
        try:
            # An option behind a requirement is none of a line of its own: `flask -e ./x` is flask.
            is_editable = line.is_editable and not line.args
            parts = (
                constructors.parse_req_from_editable(line.requirement)
                if is_editable
                else constructors.parse_req_from_line(line.requirement, f"line {line.lineno}")
            )
        except _REFUSALS:
            refused.append(line.lineno)
            continue
        found = parts.requirement
        requirements.append(
            _read(line.lineno, found.name if found else "", found.specifier if found else "", parts.markers)
        )
    return Reading(tuple(requirements), tuple(includes), tuple(refused))


def by_ddlint(manifest: Manifest) -> Reading:
    """Give the reading of ddlint in the same terms: a line is the first of those that are joined, as pip counts them."""
    source = manifest.source
    starts: list[int] = [number for number, _ in req_file.preprocess(source.text)]

    def line(offset: int) -> int:
        return starts[bisect_right(starts, len(f"{source.text[:offset]}.".splitlines())) - 1]

    requirements = [
        _read(line(each.at.start), each.name, each.specifier, each.marker) for each in manifest.dependencies
    ]
    includes = [(line(each.at.start), each.target, each.is_constraint) for each in manifest.includes]
    refused = {line(each.at.start) for each in manifest.problems if each.code == "DD003"}
    return Reading(tuple(requirements), tuple(includes), tuple(sorted(refused)))


def differences(theirs: Reading, ours: Reading) -> list[object]:
    """Give what the two see differently.

    pip looks whether a folder is there and refuses a path that leads nowhere: ddlint does not look, and names nothing.
    """
    refused = set(theirs.refused)
    kept = {each for each in ours.requirements if each.line not in refused}
    nameless = {each.line for each in ours.requirements if not each.name}
    return [
        *sorted(set(theirs.requirements) ^ kept),
        *sorted(set(theirs.includes) ^ set(ours.includes)),
        *sorted(refused - set(ours.refused) - nameless),
    ]
