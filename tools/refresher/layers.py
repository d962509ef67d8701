"""`layers.yaml`: which release of the subject each version of a layer was built with.

Version N of a layer is the version *.N of its distribution, and is built on the day of that with the newest release
of the subject that its metadata admits then, so that it stays what it is when newer releases come out.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tools.refresher.dependents import Version

FILE = "layers.yaml"
_HEAD = """\
# Written by tools/refresh.py: the release of the tracer that each version of a layer was built with. Version N is the
# version *.N of the distribution, built on its day with the newest release that its metadata admits.
layers:
"""


class Built(NamedTuple):
    """What one version of a layer has on some Pythons."""

    number: int
    python: str
    release: str
    version: str
    uploaded: str


def built(versions: Sequence[Version], released: Mapping[str, str]) -> Iterator[Built]:
    """Yield what each version of a layer was built with; one without a day, or without a release, is left out.

    `released` gives the day of every final release. Where two versions share a number, the last one is the layer.
    """
    from packaging.specifiers import SpecifierSet
    from packaging.version import Version as Parsed

    last = {Parsed(each.text).minor: each for each in versions}
    for number, each in sorted(last.items()):
        there = [version for version, day in released.items() if each.uploaded and day <= each.uploaded]
        for demand in each.demands:
            fitting = SpecifierSet("" if demand.subject == "*" else demand.subject).filter(there)
            if newest := max(fitting, key=Parsed, default=""):
                yield Built(number, demand.python, newest, each.text, each.uploaded)


def render(name: str, found: Iterable[Built]) -> Iterator[str]:
    """Yield a row for each run of versions that were built with the same release."""
    runs: dict[str, list[list[Built]]] = {}
    for each in found:
        of_python = runs.setdefault(each.python, [])
        if of_python and of_python[-1][-1].release == each.release:
            of_python[-1].append(each)
        else:
            of_python.append([each])
    quoted = json.dumps
    every = sorted(
        (run for of_python in runs.values() for run in of_python), key=lambda run: (run[0].number, run[0].python)
    )
    for run in every:
        first, last = run[0], run[-1]
        python = f", python: {quoted(first.python)}" if first.python else ""
        yield (
            f"  - {{name: {name}, first: {quoted(str(first.number))}, last: {quoted(str(last.number))}{python}"
            f", release: {quoted(first.release)}, source: layer-build, revision: {quoted(last.version)}"
            f", as_of: {quoted(last.uploaded)}}}\n"
        )


def refreshed(versions: Mapping[str, Sequence[Version]], released: Mapping[str, str]) -> str:
    """Return the text of the file for distributions and their versions."""
    return _HEAD + "".join(row for name, each in versions.items() for row in render(name, built(each, released)))
