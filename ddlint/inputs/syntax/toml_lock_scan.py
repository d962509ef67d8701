"""Read a lock that a tool wrote, in one pass of one expression, without a TOML library.

It knows the shapes that tools write and nothing else. Whatever it does not know, or what would not be TOML (a key that
is there twice), makes it refuse the whole file, and a slower reader takes over.
"""

from __future__ import annotations

from collections.abc import Container
from sys import maxsize

from ddlint.core.namedtuple import NamedTuple
from ddlint.core.source import Span
from ddlint.inputs.syntax.lines import has_directive
from ddlint.inputs.syntax.toml_lock_lines import UnknownShapeError, statements, value_of

PLACED = frozenset({"name", "version", "requires-python", "python-versions"})
"""The keys whose place anybody asks for."""
_LONG = 100
"""Characters of a value that may hold many."""
_MOST_PARTS = 50
_COST_OF_A_HEADER = 5
_COST_OF_A_TABLE = 3
_COST_OF_A_PACKAGE = 10
"""A part of a header, an inline table and a package take as much memory as so many values more."""


class Shape(NamedTuple):
    """Which parts of a lock are of interest."""

    array: str
    """The name of the array of packages: `package` or `packages`."""
    package: frozenset[str]
    """The keys of a package, its tables among them."""
    top: frozenset[str]
    """The keys and tables beside the packages."""


class Table(NamedTuple):
    """The values of interest, and the places of those in `PLACED` that are strings (what is between the quotes).

    The place of a string in a table beside the packages is under `table.key`.
    """

    values: dict[str, object]
    places: dict[str, Span]


class Lock(NamedTuple):
    """A lock as its reader wants it."""

    top: Table
    packages: list[Table]
    comments: tuple[Span, ...] = ()


def flat(top: dict[str, object]) -> dict[str, object]:
    """Leave out what is deeper than a key of a table beside the packages: nobody asks for it."""
    found: dict[str, object] = {}
    for key, table in top.items():
        value = {name: one for name, one in table.items() if not _has_tables(one)} if isinstance(table, dict) else table
        if value != {}:
            found[key] = value
    return found


def _has_tables(value: object) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(one, dict) for one in value))


class _All:
    """Holds every key."""

    def __contains__(self, key: object) -> bool:
        return True


_ALL = _All()


class _Names:
    """The keys and tables there are below one point, to see what is there twice."""

    def __init__(self, keys: dict[str, bool]) -> None:
        self.tables: dict[tuple[str, ...], dict[str, bool]] = {(): keys}
        """The keys of each table, and whether a key is a table of its own."""
        self.declared: set[tuple[str, ...]] = set()

    def open(self, path: tuple[str, ...]) -> dict[str, bool]:
        """Enter a table with the tables that hold it, none of which may be a key with a value, and give its keys."""
        for end in range(1, len(path) + 1):
            if not self.tables[path[: end - 1]].setdefault(path[end - 1], True):
                raise UnknownShapeError
            self.tables.setdefault(path[:end], {})
        return self.tables[path]

    def declare(self, path: tuple[str, ...]) -> dict[str, bool]:
        """Enter a header, which may be there once, and give the keys of its table."""
        if path in self.declared:
            raise UnknownShapeError
        self.declared.add(path)
        return self.open(path)

    def array(self, path: tuple[str, ...]) -> None:
        """Enter a header of an array of tables, which may be there often."""
        if path not in self.declared:
            keys = self.open(path[:-1])
            if path[-1] in keys:
                raise UnknownShapeError
            keys[path[-1]] = False
            self.declared.add(path)


class _Builder:
    def __init__(self, text: str, shape: Shape, most: int) -> None:
        self.text = text
        self.shape = shape
        self.most = most
        self.top = Table({}, {})
        self.packages: list[Table] = []
        self.keys: dict[str, bool] = {}
        """Of the table at hand."""
        self.beside = _Names(self.keys)
        self.inside: _Names | None = None
        """Of the last package, once a header is in it."""
        self.aim = self.top
        """Where the values of the table at hand go."""
        self.prefix = ""
        self.wanted: Container[str] = shape.top
        """The keys of it that are of interest."""

    def build(self) -> Lock:
        for kind, name, start, end in statements(self.text):
            if kind == "value":
                self.key(name, start, end)
            elif name == self.shape.array:
                self.package(is_array=kind == "tables")
            else:
                self.header(tuple(name.split(".")), is_array=kind == "tables")
        return Lock(Table(flat(self.top.values), self.top.places), self.packages)

    def key(self, name: str, start: int, end: int) -> None:
        """Enter a key of the table at hand, which may have it once, and its value if that is of interest."""
        if name in self.keys:
            raise UnknownShapeError
        self.keys[name] = False
        self.count(1)
        if name in self.wanted:
            written = self.text[start:end]
            if len(written) > _LONG:
                self.count(written.count(",") + _COST_OF_A_TABLE * written.count("{"))
            self.aim.values[name] = value_of(written)
            if name in PLACED and written[0] in "\"'":
                self.aim.places[f"{self.prefix}{name}"] = Span(start + 1, end - 1)

    def count(self, values: int) -> None:
        """Count what is kept; a lock with too much of it is left to a reader that says so."""
        self.most -= values
        if self.most < 0:
            raise UnknownShapeError

    def package(self, *, is_array: bool) -> None:
        if not is_array:
            raise UnknownShapeError
        self.count(_COST_OF_A_PACKAGE)
        self.beside.array((self.shape.array,))
        self.keys, self.inside = {}, None
        self.aim, self.wanted, self.prefix = Table({}, {}), self.shape.package, ""
        self.packages.append(self.aim)

    def header(self, path: tuple[str, ...], *, is_array: bool) -> None:
        if len(path) > _MOST_PARTS:  # each is a path of its own to those below: together they are quadratic
            raise UnknownShapeError
        self.count(_COST_OF_A_HEADER * len(path))
        self.wanted = ()
        if path[0] == self.shape.array:
            self.package_table(path[1:], is_array=is_array)
        elif is_array:
            self.beside.array(path)
            self.keys = {}
        else:
            self.keys = self.beside.declare(path)
            self.top_table(path)

    def top_table(self, path: tuple[str, ...]) -> None:
        """Aim at the table of a header beside the packages, if it is of interest."""
        if path[0] in self.shape.top and len(path) == 1:
            self.aim = Table(_below(self.top.values, path), self.top.places)
            self.wanted, self.prefix = _ALL, f"{path[0]}."

    def package_table(self, path: tuple[str, ...], *, is_array: bool) -> None:
        """Aim at the table of a header in the last package, if it is of interest."""
        if is_array or not self.packages:
            raise UnknownShapeError
        self.inside = self.inside or _Names(self.keys)
        self.keys = self.inside.declare(path)
        if path[0] in self.shape.package:
            self.aim, self.wanted = Table(_below(self.packages[-1].values, path), {}), _ALL


def _below(values: dict[str, object], path: tuple[str, ...]) -> dict[str, object]:
    """Return the table at `path`, made where it is not there yet."""
    for part in path:
        inner: dict[str, object] = {}
        found = values.setdefault(part, inner)
        values = found if isinstance(found, dict) else inner
    return values


def scan_lock(text: str, shape: Shape, most: int = maxsize) -> Lock | None:
    """Read a lock; nothing where it has a shape that is not known here, over `most` values, or a comment for ddlint."""
    if has_directive(text):
        return None
    try:
        return _Builder(text, shape, most).build()
    except UnknownShapeError:
        return None
