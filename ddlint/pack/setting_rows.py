"""Rows about the variables that releases read. See `Pack.rows` for how to get them."""

from __future__ import annotations

from ddlint.core.namedtuple import NamedTuple
from ddlint.core.report import Evidence


class Variable(NamedTuple):
    """An environment variable that the code of some series of the subject reads."""

    row: str
    variable: str
    reads: str
    """The series that read it, with the type of its value where the code shows one: `0.56-1.20 boolean, 2.0+`."""
    evidence: Evidence


class OtherVariables(NamedTuple):
    """Environment variables of another program, which the subject does not read."""

    row: str
    program: str
    """In words: `the Datadog Agent`."""
    prefixes: tuple[str, ...]
    """What all of its variables that start so are known by."""
    names: tuple[str, ...]
    evidence: Evidence


class DeprecatedSetting(NamedTuple):
    """An environment variable whose end the code announces."""

    row: str
    variable: str
    value: str
    """Only with this value; empty for any."""
    first: str
    """The first series that announces it, inclusive."""
    last: str
    removed_in: str
    """The release that is announced to ignore it."""
    successor: str
    note: str
    """What changes then, where there is no successor; else empty."""
    evidence: Evidence


class FatalValues(NamedTuple):
    """Numbers that the subject reads when it starts, and without which the application ends: seen when it ran."""

    row: str
    first: str
    """The first series, inclusive."""
    last: str
    names: tuple[str, ...]
    evidence: Evidence


class AgentMinimum(NamedTuple):
    """The oldest Agent that a feature works with."""

    row: str
    feature: str
    variables: tuple[tuple[str, tuple[str, ...]], ...]
    """(variable, values): the feature is on when a variable has one of the values, in lower case."""
    version: str
    """The first release of the subject that needs it."""
    agent: str
    evidence: Evidence
