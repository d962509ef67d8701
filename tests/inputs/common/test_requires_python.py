"""Statements of which Pythons a project runs on, beyond what the formats show."""

from __future__ import annotations

from ddlint.core.model import Problem, PythonRequirement
from ddlint.core.source import Span
from ddlint.inputs.common.requires_python import read_python_range


def test_a_range_that_nobody_wrote_is_told() -> None:
    longest = ">=3.8," * 333
    assert isinstance(read_python_range(longest, Span), PythonRequirement)

    found = read_python_range(longest + ">=3.9", Span)

    assert isinstance(found, Problem)
    assert found.message.endswith(" is not a range of Pythons: it is longer than 2000 characters")
    assert found.at == Span(0, 2003)
