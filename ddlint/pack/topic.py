"""What a topic of a pack is: a top-level key of its YAML files, and all that follows from it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ddlint.core.namedtuple import NamedTuple
from ddlint.pack.shapes import EVIDENCE, Field, Shape, Text, rows

TEXT, SPEC, SERIES, RELEASES = Text(), Text("specifier"), Text("series range"), Text("releases")
VERSION, RELEASE, DISTRIBUTION, VARIABLE = Text("version"), Text("release"), Text("distribution"), Text("variable")
COUNT = Text("count")
DATE, KEY = Text("date"), Text("key")
HEAD = tuple(field for field in EVIDENCE if field.name != "note")

Row = dict[str, Any]
"""A mapping of a pack file."""
Says = Callable[[Any], str]


class Topic(NamedTuple):
    """What one top-level key of a pack states."""

    key: str
    row: type[Any]
    """The type of its rows."""
    fields: tuple[Field, ...]
    """The keys of a row, beside those of evidence."""
    name: Callable[[Row], str]
    """How a row is called behind the name of the pack: `flask` of `ddtrace/flask`."""
    heading: str
    """What `ddlint rule` writes above its rows; `{field}` is replaced by a field of the row."""
    says: Says
    """Describe a row in one line."""
    edge: str = ""
    """The key at whose edge its examples are."""
    unique: tuple[str, ...] = ()
    """The keys that no two rows share."""
    is_known: bool = False
    """True where a row makes its distribution one that the pack knows."""
    shape: Shape | None = None
    """Its shape, where it is not a list of rows."""
    derive: Callable[[Row, str], Row] | None = None
    """Return fields that follow from a row and the name of the subject."""
    mistake: Callable[[Row], tuple[str, ...]] | None = None
    """Return what is wrong between the keys of a row: the message and the key it is about; nothing if all is well."""

    @property
    def form(self) -> Shape:
        """The shape of its value in YAML."""
        return self.shape or rows(*self.fields)


def named_by(key: str) -> Callable[[Row], str]:
    """Return the naming of rows by one of their values."""
    return lambda row: str(row[key])


def slug(words: str) -> str:
    """Return words as part of a row's name: lower case, joined by `-`."""
    return re.sub(r"[^a-z0-9.]+", "-", words.lower()).strip("-")


def one_of(first: str, second: str, message: str) -> Callable[[Row], tuple[str, ...]]:
    """Return the check that exactly one of two keys is there; a flag that is false is not."""
    return lambda row: (message,) if bool(row.get(first)) is bool(row.get(second)) else ()


def history(topic: Topic) -> Topic:
    """Return the topic of what documents said over time: evidence only."""
    return topic._replace(
        key={"capabilities": "capability_history"}.get(topic.key, f"{topic.key.removesuffix('s')}_history"),
        unique=(),
        derive=lambda row, subject: {**(topic.derive(row, subject) if topic.derive else {}), "is_ruling": False},
    )
