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
from ddlint.inputs.syntax.toml_lock_lines import LINE, UnknownShapeError, statement_of, statements, value_of
from ddlint.inputs.syntax.toml_lock_packages import KEYS, PACKAGE, STATEMENT, TABLES, elements_of, is_plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

PLACED = frozenset({"name", "version", "requires-python", "python-versions"})
"""The keys whose place anybody asks for."""
_LONG = 100
"""Characters of a value that may hold many."""
_MOST_PARTS = 50
_COST_OF_A_HEADER = 5
_COST_OF_A_TABLE = 3
_COST_OF_A_PACKAGE = 10
"""A part of a header, an inline table and a package take as much memory as so many values more."""

_MOST_VALUES = 100_000
_CHARACTERS_OF_A_VALUE = 32
"""A lock has fewer values for its size: each takes memory, and the more of them there are, the larger it has to be."""


class Shape(NamedTuple):
    """Which parts of a lock are of interest."""

    array: str
    """The name of the array of packages: `package` or `packages`."""
    package: frozenset[str]
    """The keys of a package, its tables among them."""
    top: frozenset[str]
    """The keys and tables beside the packages."""
    is_of_uv: bool = False
    """Whether `toml_lock_packages` knows how the tool writes a package."""


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


class RawLock(NamedTuple):
    """A lock in which packages are matches of `PACKAGE`, where that has found them."""

    top: Table
    packages: list[Table | re.Match[str]]
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
        self.packages: list[Table | re.Match[str]] = []
        self.whole: re.Match[str] | None = None
        """The last package, while nothing is known of it but that `PACKAGE` has found it."""
        self.keys: dict[str, bool] = {}
        """Of the table at hand."""
        self.beside = _Names(self.keys)
        self.inside: _Names | None = None
        """Of the last package, once a header is in it."""
        self.last = self.top
        """The last package, once there is one."""
        self.aim = self.top
        """Where the values of the table at hand go."""
        self.prefix = ""
        self.wanted: Container[str] = shape.top
        """The keys of it that are of interest."""

    def build(self) -> RawLock:
        if self.shape.is_of_uv and is_plain(self.text):
            self.take_packages()
        else:
            for statement in statements(self.text):
                self.take(*statement)
        return RawLock(Table(flat(self.top.values), self.top.places), self.packages)

    def take(self, kind: str, name: str, start: int, end: int) -> None:
        """Enter a statement."""
        if kind == "value":
            self.key(name, start, end)
        elif name == self.shape.array:
            self.package(is_array=kind == "tables")
        else:
            self.header(tuple(name.split(".")), is_array=kind == "tables")

    def take_packages(self) -> None:
        """Enter all statements, those of most packages at once."""
        text, position = self.text, 0
        while position < len(text):
            if line := PACKAGE.match(text, position):
                self.whole_package(line)
            else:
                line = STATEMENT.match(text, position) or TABLES.match(text, position) or LINE.match(text, position)
                if line is None:
                    raise UnknownShapeError
                if line.lastgroup != "blank":
                    self.settle()
                    self.take(*statement_of(line))
            position = line.end()

    def whole_package(self, found: re.Match[str]) -> None:
        """Enter a package of which no key is there twice."""
        if not self.packages:
            self.beside.array((self.shape.array,))
        written = found.groups()
        _, _, source, forks, edges, *_ = written
        self.count(_COST_OF_A_PACKAGE + len(written) - written.count(None) + sum(map(_cost, (source, forks, edges))))
        self.packages.append(found)
        self.whole = found

    def settle(self) -> None:
        """Read the last package, to which the statement belongs that follows it."""
        if self.whole is not None:
            self.keys = {key: False for key, text in zip(KEYS, self.whole.groups(), strict=True) if text is not None}
            self.aim_at(package_of(self.whole))
            self.packages[-1] = self.last
            self.whole = None

    def key(self, name: str, start: int, end: int) -> None:
        """Enter a key of the table at hand, which may have it once, and its value if that is of interest."""
        if name in self.keys:
            raise UnknownShapeError
        self.keys[name] = False
        self.count(1)
        if name in self.wanted:
            written = self.text[start:end]
            self.count(_cost(written))
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
        self.keys = {}
        self.aim_at(Table({}, {}))
        self.packages.append(self.last)

    def aim_at(self, package: Table) -> None:
        self.inside = None
        self.last = self.aim = package
        self.wanted, self.prefix = self.shape.package, ""

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
            self.aim, self.wanted = Table(_below(self.last.values, path), {}), _ALL


def _below(values: dict[str, object], path: tuple[str, ...]) -> dict[str, object]:
    """Return the table at `path`, made where it is not there yet."""
    for part in path:
        inner: dict[str, object] = {}
        found = values.setdefault(part, inner)
        values = found if isinstance(found, dict) else inner
    return values


def _cost(written: str | None) -> int:
    """Return how much memory a value takes beside its own."""
    if written is None or len(written) <= _LONG:
        return 0
    return written.count(",") + _COST_OF_A_TABLE * written.count("{")


def package_of(found: re.Match[str]) -> Table:
    """Return the package that `PACKAGE` has found."""
    name, version, source, forks, edges, *_ = found.groups()
    table = Table({"name": name[1:-1]}, {"name": Span(found.start(1) + 1, found.end(1) - 1)})
    if version is not None:
        table.values["version"] = version[1:-1]
        table.places["version"] = Span(found.start(2) + 1, found.end(2) - 1)
    key, place = source[2:-2].split(" = ", 1)
    table.values["source"] = {key: place[1:-1]}
    for key, array in (("resolution-markers", forks), ("dependencies", edges)):
        if array is not None:
            table.values[key] = elements_of(array)
    return table


def most_values(text: str) -> int:
    """Return how many values a lock of that size may have."""
    return _MOST_VALUES + len(text) // _CHARACTERS_OF_A_VALUE


def scan_lock(text: str, shape: Shape, most: int = maxsize) -> Lock | None:
    """Read a lock; nothing where it has a shape that is not known here, over `most` values, or a comment for ddlint."""
    raw = scan_packages(text, shape, most)
    if raw is None:
        return None
    return Lock(raw.top, [each if isinstance(each, Table) else package_of(each) for each in raw.packages])


def scan_packages(text: str, shape: Shape, most: int = maxsize) -> RawLock | None:
    """Do the same, and leave packages as they were found."""
    if has_directive(text):
        return None
    try:
        return _Builder(text, shape, most).build()
    except UnknownShapeError:
        return None
