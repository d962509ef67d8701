"""Read a lock that a tool wrote, in one pass of one expression, without a TOML library.

It knows the shapes that tools write and nothing else. Whatever it does not know, or what would not be TOML (a key that
is there twice), makes it refuse the whole file, and a slower reader takes over.
"""

from __future__ import annotations

from sys import maxsize

from ddlint.inputs._lock_lines import Statement, UnknownShapeError, statements, value_of
from ddlint.record import NamedTuple
from ddlint.source import Span

PLACED = frozenset({"name", "version", "requires-python", "python-versions"})
"""The keys whose place anybody asks for."""
_LONG = 100
"""Characters of a value that may hold many."""


class Shape(NamedTuple):
    """Which parts of a lock are of interest."""

    array: str
    """The name of the array of packages: `package` or `packages`."""
    package: frozenset[str]
    """The keys of a package, its tables among them."""
    top: frozenset[str]
    """The keys and tables beside the packages."""


class Table(NamedTuple):
    """The values of interest, and the places of those in `PLACED` that are strings (what stands between the quotes).

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


class _Names:
    """The keys and tables there are below one point, to see what is there twice."""

    def __init__(self) -> None:
        self.tables: dict[tuple[str, ...], set[str]] = {(): set()}
        self.declared: set[tuple[str, ...]] = set()
        self.arrays: set[tuple[str, ...]] = set()

    def open(self, path: tuple[str, ...]) -> None:
        """Enter a table with all it stands in, none of which may be a key with a value."""
        for end in range(1, len(path) + 1):
            if path[end - 1] in self.tables[path[: end - 1]]:
                raise UnknownShapeError
            self.tables.setdefault(path[:end], set())

    def declare(self, path: tuple[str, ...]) -> None:
        """Enter a header, which may stand there once."""
        self.open(path)
        if path in self.declared:
            raise UnknownShapeError
        self.declared.add(path)

    def key(self, path: tuple[str, ...], key: str) -> None:
        """Enter a key of a table, which may have it once."""
        keys = self.tables[path]
        if key in keys or (*path, key) in self.tables:
            raise UnknownShapeError
        keys.add(key)

    def array(self, path: tuple[str, ...]) -> None:
        """Enter a header of an array of tables, which may stand there often."""
        if path not in self.arrays:
            self.open(path[:-1])
            self.key(path[:-1], path[-1])
            self.arrays.add(path)


class _Builder:
    def __init__(self, text: str, shape: Shape, most: int) -> None:
        self.text = text
        self.shape = shape
        self.top = Table({}, {})
        self.packages: list[Table] = []
        self.beside = _Names()
        self.inside = _Names()
        self.names = self.beside
        self.path: tuple[str, ...] = ()
        self.aim: Table | None = self.top
        """Where the values of the table at hand go."""
        self.prefix = ""
        self.wanted: frozenset[str] | None = shape.top
        """The keys of it that are of interest; all are where there is none."""
        self.most = most

    def build(self) -> Lock:
        for statement in statements(self.text):
            self.count(statement)
            if statement.kind == "key":
                self.names.key(self.path, statement.name)
                if self.aim is not None and (self.wanted is None or statement.name in self.wanted):
                    self.value(self.aim, statement.name, statement.start, statement.end)
            else:
                self.header(tuple(statement.name.split(".")), is_array=statement.kind == "tables")
        return Lock(Table(flat(self.top.values), self.top.places), self.packages)

    def count(self, statement: Statement) -> None:
        """Count the values of a statement; a lock with too many is left to a reader that says so."""
        self.most -= statement.name.count(".") + 1
        if statement.end - statement.start > _LONG:
            self.most -= self.text.count(",", statement.start, statement.end)
            self.most -= self.text.count("{", statement.start, statement.end)
        if self.most < 0:
            raise UnknownShapeError

    def value(self, table: Table, key: str, start: int, end: int) -> None:
        written = self.text[start:end]
        table.values[key] = value_of(written)
        if key in PLACED and written[0] in "\"'":
            table.places[f"{self.prefix}{key}"] = Span(start + 1, end - 1)

    def header(self, path: tuple[str, ...], *, is_array: bool) -> None:
        if path[0] == self.shape.array:
            self.package(path[1:], is_array=is_array)
            return
        self.names, self.path, self.aim = self.beside, path, None
        if is_array:
            self.beside.array(path)
            self.names, self.path = _Names(), ()
        else:
            self.beside.declare(path)
            self.top_table(path)

    def package(self, path: tuple[str, ...], *, is_array: bool) -> None:
        if path:
            if is_array or not self.packages:
                raise UnknownShapeError
            self.inside.declare(path)
            self.names, self.path, self.aim = self.inside, path, None
            self.package_table(path)
            return
        if not is_array:
            raise UnknownShapeError
        self.beside.array((self.shape.array,))
        self.packages.append(Table({}, {}))
        self.inside = self.names = _Names()
        self.path, self.aim, self.wanted, self.prefix = (), self.packages[-1], self.shape.package, ""

    def top_table(self, path: tuple[str, ...]) -> None:
        """Aim at the table of a header beside the packages, if it is of interest."""
        if path[0] in self.shape.top and len(path) == 1:
            self.aim = Table(_below(self.top.values, path), self.top.places)
            self.wanted, self.prefix = None, f"{path[0]}."

    def package_table(self, path: tuple[str, ...]) -> None:
        """Aim at the table of a header in the last package, if it is of interest."""
        if path[0] in self.shape.package:
            self.aim, self.wanted = Table(_below(self.packages[-1].values, path), {}), None


def _below(values: dict[str, object], path: tuple[str, ...]) -> dict[str, object]:
    """Give the table at `path`, made where it is not there yet."""
    for part in path:
        inner: dict[str, object] = {}
        found = values.setdefault(part, inner)
        values = found if isinstance(found, dict) else inner
    return values


def scan_lock(text: str, shape: Shape, most: int = maxsize) -> Lock | None:
    """Read a lock; nothing where it has a shape that is not known here, over `most` values, or a comment for ddlint."""
    if "ddlint:" in text:
        return None
    try:
        return _Builder(text, shape, most).build()
    except UnknownShapeError:
        return None
