"""What a value of a pack may look like, as data: from it come the strict check and the JSON Schema of editors."""

from __future__ import annotations

from ddlint.core.namedtuple import NamedTuple


class Text(NamedTuple):
    """A text: of a named format, or one of `choices`."""

    format: str = ""
    choices: tuple[str, ...] = ()


class Flag(NamedTuple):
    """`true` or `false`."""


class Many(NamedTuple):
    """A list."""

    item: Shape
    is_empty_allowed: bool = False


class Table(NamedTuple):
    """A mapping whose keys are names that the pack chooses."""

    key: Text
    value: Shape


class Field(NamedTuple):
    """A key of a record."""

    name: str
    shape: Shape
    says: str
    """One sentence for the reader of the schema."""
    is_required: bool = False
    into: str = ""
    """The field of the row that it becomes, where that has another name; `safe` becomes `is_safe` by itself."""


class Record(NamedTuple):
    """A mapping whose keys are known."""

    fields: tuple[Field, ...]
    says: str = ""


Shape = Text | Flag | Many | Table | Record

_SERIES = r"[0-9]+\.[0-9]+"
_PYTHONS = r"[0-9]\.[0-9]+(-[0-9]\.[0-9]+|\+)?"
_READ = rf"{_SERIES}(-{_SERIES}|\+)?( (boolean|flag|integer|number))?"
_VERSION = r"[0-9]+(\.[0-9]+)*((a|b|rc|\.post|\.dev)[0-9]+)*"
PATTERNS = {
    "": r"[\s\S]+",
    "any": r"[\s\S]*",
    "name": r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?",
    "key": r"[a-z0-9][a-z0-9._-]*",
    "platform": r"(manylinux|musllinux|macos|win)-[a-z0-9_]+",
    "pythons": rf"{_PYTHONS}(, {_PYTHONS})*",
    "series": _SERIES,
    "distribution": r"[a-z0-9]+(-[a-z0-9]+)*|(stdlib|spec):[a-z0-9._-]+",
    "variable": r"[A-Za-z_][A-Za-z0-9_]*\*?",
    "switch": r"[A-Za-z_][A-Za-z0-9_]*",
    "version": _VERSION,
    "release": _VERSION,
    "pre-release": rf"(?<![0-9.]){_VERSION}(a|b|rc)[0-9]+",
    "python": r"[0-9]\.[0-9]+",
    "calendar": r"[0-9]{4}\.[0-9]{2}\.[0-9]{2}",
    "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "series range": rf"{_SERIES}(-{_SERIES}|\+)?",
    "releases": rf"{_VERSION}(-{_VERSION}|\+)?",
    "reads": rf"{_READ}(, {_READ})*",
    "family": r"(?<![A-Z_])[A-Z_]+\*[A-Z0-9_]*",
    "part": r"[A-Z0-9][A-Z0-9_]*",
    "specifier": r"[\s\S]*",
    "marker": r"[\s\S]+",
    "url": r"(https://[^\s]+)?",
    "count": r"[0-9]+",
}
SAYS = {
    "name": "a name of letters, digits, `-`, `_` and `.`",
    "key": "a short name in lower case",
    "distribution": "a normalised distribution name (lower case, `-`)",
    "variable": "the name of an environment variable",
    "switch": "the name of an environment variable, or `none`",
    "version": 'a version such as "4.16.0"',
    "release": 'a version such as "4.16.0"',
    "pre-release": 'a pre-release such as "4.9.0rc1"',
    "python": 'a minor of Python such as "3.12"',
    "platform": "a platform such as `manylinux-x86_64`, `musllinux-aarch64`, `macos-arm64` or `win-amd64`",
    "pythons": 'minors of Python such as "2.7, 3.5-3.11" or "3.9+"',
    "calendar": 'a day such as "2026.11.21"',
    "date": 'a date such as "2026-11-21"',
    "series range": 'a range of series, both ends included, such as "3.10-4.16", "4.16" or "4.0+"',
    "releases": 'a range of releases, both ends included, such as "3.0.0-3.15.0", "3.0.0" or "4.8.7+"',
    "reads": 'ranges of series with the type of the value, such as "0.56-1.20 boolean, 2.0+ flag"',
    "family": "the name of a variable with a `*` in it",
    "part": "a part of the name of a variable",
    "specifier": 'a PEP 440 specifier such as ">=1.0,<3", "*" for any version, or "" where nothing is stated',
    "marker": 'a PEP 508 marker such as `python_version < "3.11"`',
    "url": "an https address",
    "count": "a whole number",
}


def required_field(name: str, shape: Shape, says: str, into: str = "") -> Field:
    """Return a field that has to be there."""
    return Field(name, shape, says, is_required=True, into=into)


CITE = (
    required_field("source", Text("key"), "The key in `sources` of the document that says so."),
    Field("section", Text(), "Where in the document, when its source does not say."),
    Field("revision", Text(), "The revision of the document, for a source whose title names one."),
    Field("as_of", Text("date"), "The day the document speaks for, where neither its revision nor its source says."),
    Field("note", Text(), "A sentence for the reader."),
)
EVIDENCE = (
    *CITE,
    Field("also", Many(Record(CITE)), "Other documents about it; what the row says rules."),
)
"""The keys of every row: no evidence, no row."""


EXAMPLES = Field(
    "examples",
    Record(
        (
            Field(
                "ok",
                Many(Text("version")),
                "Versions that are fine, at the very edge: inside the range, or before the end.",
            ),
            Field(
                "bad",
                Many(Text("version")),
                "Versions that are not, at the very edge: outside the range, or from the end on.",
            ),
        )
    ),
    "Versions that the tests judge.",
)


def rows(*fields: Field) -> Many:
    """Return the shape of a list of rows with evidence."""
    return Many(Record((*fields, *EVIDENCE)))
