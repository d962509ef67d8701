"""What can be imported from a source distribution, and the rows that say what no longer can."""

from __future__ import annotations

import io
import tarfile

import pytest

from tools.interfaces import verify
from tools.refresher.interfaces_source import Interfaces

CODE = {
    "__init__.py": "from ddtrace._core import Span, Tracer as Made\nfrom .more import *\ntracer = Made()\n",
    "_core.py": """
import os
class Base:
    def inherited(self): ...
class Span(Base):
    __slots__ = ["slot"]
    def __init__(self, name):
        self.assigned = name
        other.foreign = name
    @property
    def finished(self): ...
    @finished.setter
    def finished(self, value): ...
    @property
    def sampled(self): ...
class Tracer:
    def configure(self, *, writer=None): ...
def __getattr__(name):
    if name == "served": return 1
if os.name == "posix":
    conditional = 1
try:
    import fast
except ImportError:
    fallback = 1
if TYPE_CHECKING:
    only_typed = 1
""",
    "more.py": "def starred(): ...\n_A, listed = 1, 2\n",
    "sub/__init__.py": "from .. import tracer\n",
    "broken.py": "def (:\n",
}


def made(**code: str) -> Interfaces:
    """Give the interfaces of the package with some modules replaced or added."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for path, text in {**CODE, **{f"{name}.py": text for name, text in code.items()}}.items():
            member = tarfile.TarInfo(f"ddtrace-9.9.9/ddtrace/{path}")
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text.encode()))
    return Interfaces(packed.getvalue(), "ddtrace")


@pytest.mark.parametrize(
    "name, expected",
    [
        ("ddtrace", True),
        ("ddtrace.sub", True),
        ("ddtrace.nothing", False),
        ("ddtrace.Span", True),
        ("ddtrace.Made.configure", True),
        ("ddtrace.Tracer", False),
        ("ddtrace.starred", True),
        ("ddtrace.listed", True),
        ("ddtrace.tracer.configure", True),
        ("ddtrace.sub.tracer.configure(writer)", True),
        ("ddtrace.tracer.configure(sampler)", False),
        ("ddtrace.Span(name)", True),
        ("ddtrace.Span(other)", False),
        ("ddtrace.Span.inherited", True),
        ("ddtrace.Span.assigned", True),
        ("ddtrace.Span.foreign", False),
        ("ddtrace.Span.slot", True),
        ("ddtrace.Span.finished.setter", True),
        ("ddtrace.Span.sampled", True),
        ("ddtrace.Span.sampled.setter", False),
        ("ddtrace._core.served", True),
        ("ddtrace._core.conditional", True),
        ("ddtrace._core.fallback", True),
        ("ddtrace._core.only_typed", False),
        ("ddtrace.broken", True),
        ("ddtrace.broken.name", False),
    ],
)
def test_a_name_exists(name: str, expected: bool) -> None:
    assert made().has(name) is expected


ROW = {"names": ["ddtrace.more.starred"], "version": "2.0", "deprecated_in": "1.0", "successor": "ddtrace.tracer"}


@pytest.mark.parametrize(
    "row, code_of_2, expected",
    [
        (ROW, "", []),
        (ROW, "def starred(): ...", ["ddtrace.more.starred: 2.0 still has it"] * 2),
        (
            {**ROW, "names": ["ddtrace.absent"]},
            "",
            ["ddtrace.absent: 1.0 does not have it", "ddtrace.absent: 1.0 does not have it"],
        ),
        (
            {**ROW, "successor": "ddtrace.absent"},
            "",
            ["ddtrace.more.starred: its successor ddtrace.absent is not there"],
        ),
        ({**ROW, "successor": "environment variables"}, "", []),
        ({"names": ["ddtrace.more.starred"], "deprecated_in": "1.0"}, "def starred(): ...", []),
        (
            {"names": ["ddtrace.more.starred"], "deprecated_in": "1.0"},
            "",
            ["ddtrace.more.starred: 2.0 does not have it"],
        ),
    ],
)
def test_a_row_is_verified_in_the_code(row: dict[str, object], code_of_2: str, expected: list[str]) -> None:
    releases = {"1.0": made(), "2.0": made(more=code_of_2)}

    assert verify([row], list(releases), releases.__getitem__) == expected


def test_what_a_release_announces() -> None:
    calls = 'deprecate("old is gone", removal_version="3.0.0")\ndeprecate("past", removal_version="1.0.0")\n'

    assert made(warns=calls).announced("2.0.0") == ["ddtrace.warns:1: old is gone 3.0.0"]
