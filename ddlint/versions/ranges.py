"""Versions and sets of them: `packaging` judges them, but for those of numbers, perhaps with a post-release.

`4.16.0`, `>=1.2.post1,<3` and `==1.*` are judged here, alike: a test compares the two for any of them. Most projects
have no others, and importing `packaging` takes longer than judging one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable

from ddlint.core.namedtuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from packaging.ranges import VersionRange
    from packaging.version import Version as PackagingVersion


_LONGEST_POST = 6


def _numbers(text: str) -> tuple[tuple[int, ...], int] | None:
    """Return the numbers of a plain version, and that of the post-release; -1 where it is none."""
    head, mark, post = text.partition(".post")
    parts = head.split(".")
    if not text.isascii() or not all(map(str.isdecimal, parts)):
        return None
    if mark and not (post.isdecimal() and len(post) <= _LONGEST_POST):
        return None
    return tuple(map(int, parts)), int(post) if mark else -1


def _trimmed(numbers: tuple[int, ...]) -> tuple[int, ...]:
    """Leave out zeros at the end: `1.0` is the same version as `1`."""
    end = len(numbers)
    while end and not numbers[end - 1]:
        end -= 1
    return numbers[:end]


class Version:
    """A version, which orders as PEP 440 says."""

    __slots__ = ("_post", "_whole", "key", "release")

    def __init__(self, text: str) -> None:
        """Read a version; text that is none raises `ValueError`."""
        plain, whole = _numbers(text), None
        if plain is None:
            from packaging.version import Version as PackagingVersion

            whole = PackagingVersion(text)
            plain = _numbers(str(whole))  # `v1.0` is plain in its normal form
        self._whole = whole if plain is None else None
        self.release, self._post = plain or (whole.release if whole else (), -1)
        self.key: _Point = _trimmed(self.release), 2 * self._post + 2
        """Tells plain versions apart: where one is among the points of a set."""

    @property
    def is_plain(self) -> bool:
        """Whether it consists of numbers, perhaps with a post-release."""
        return self._whole is None

    @property
    def whole(self) -> PackagingVersion:
        """The same of `packaging`."""
        if self._whole is not None:
            return self._whole
        from packaging.version import Version as PackagingVersion

        return PackagingVersion(str(self))

    def __str__(self) -> str:
        """Return the normal form."""
        if self._whole is not None:
            return str(self._whole)
        return f"{self.base_version}.post{self._post}" if self._post >= 0 else self.base_version

    def __repr__(self) -> str:
        """Show the text."""
        return f"Version({str(self)!r})"

    def __hash__(self) -> int:
        """Hash what is compared."""
        return hash(self.key) if self._whole is None else hash(self._whole)

    def __eq__(self, other: object) -> bool:
        """Compare two versions: `1.0` is `1`."""
        if not isinstance(other, Version):
            return NotImplemented
        if self._whole is None or other._whole is None:  # what is plain is so in every spelling
            return self._whole is other._whole and self.key == other.key
        return self._whole == other._whole

    def __lt__(self, other: Version) -> bool:
        """Compare two versions."""
        return self.key < other.key if self._whole is other._whole else self.whole < other.whole

    def __le__(self, other: Version) -> bool:
        """Compare two versions."""
        return self < other or self == other

    def __gt__(self, other: Version) -> bool:
        """Compare two versions."""
        return other < self

    def __ge__(self, other: Version) -> bool:
        """Compare two versions."""
        return not self < other

    @property
    def epoch(self) -> int:
        """The number before `!`."""
        return 0 if self._whole is None else self._whole.epoch

    @property
    def major(self) -> int:
        """The first number."""
        return self.release[0]

    @property
    def minor(self) -> int:
        """The second number."""
        return self.release[1] if len(self.release) > 1 else 0

    @property
    def local(self) -> str | None:
        """What follows `+`."""
        return None if self._whole is None else self._whole.local

    @property
    def is_prerelease(self) -> bool:
        """Whether it comes before a final release."""
        return self._whole is not None and self._whole.is_prerelease

    @property
    def public(self) -> str:
        """The text without the local label."""
        return str(self) if self._whole is None else self._whole.public

    @property
    def base_version(self) -> str:
        """The text of the epoch and the numbers."""
        return ".".join(map(str, self.release)) if self._whole is None else self._whole.base_version


class Clause(NamedTuple):
    """A clause of a specifier."""

    operator: str
    version: str

    def __str__(self) -> str:
        """Return the text."""
        return f"{self.operator}{self.version}"


_OPERATORS = ("~=", "==", "!=", "<=", ">=", "<", ">")


def clauses_of(specifier: str) -> tuple[Clause, ...]:
    """Return the clauses of PEP 440 text, as they are written; text that is none raises `ValueError`."""
    found = [_clause(text.strip()) for text in specifier.split(",") if text.strip()]
    plain = [clause for clause in found if clause is not None and _points(clause) is not None]
    if len(plain) == len(found):
        return tuple(plain)
    from packaging.specifiers import SpecifierSet

    return tuple(Clause(each.operator, each.version) for each in SpecifierSet(specifier))


def _clause(text: str) -> Clause | None:
    for operator in _OPERATORS:
        if text.startswith(operator):
            return Clause(operator, text[len(operator) :].strip())
    return None


_Point = tuple[tuple[int, ...], int]
"""A point between versions: the numbers of one, and which of its forms are below.

-1 is before all of them, 0 before the final release, 1 behind it with its local labels, 2 before its post-release 0, 3
behind that one, and so on. Between an odd point and the next one are pre-releases alone.
"""
_Points = tuple[_Point, ...]
"""Where a set begins, ends, begins again, and so on."""
_BOTTOM: _Point = ((), -1)
_BEHIND_ALL = 10**9
"""Behind every form of a release."""


def _points(clause: Clause) -> _Points | None:
    """Return the set of a plain clause; nothing of any other."""
    operator, text = clause
    is_prefix = text.endswith(".*") and operator in ("==", "!=")
    plain = _numbers(text[:-2] if is_prefix else text)
    if plain is None or operator not in _OPERATORS:
        return None
    numbers, post = plain
    if (is_prefix and post >= 0) or (operator == "~=" and len(numbers) < 2):
        return None
    key, before = _trimmed(numbers), 2 * post + 2
    if operator in (">=", ">"):
        return ((key, before if operator == ">=" else _BEHIND_ALL if post < 0 else before + 1),)
    if operator in ("<", "<="):
        return (_BOTTOM, (key, before - 1 if operator == "<" else before + 1))
    if operator == "~=":
        return ((key, before), (_after(numbers[:-1]), -1))
    inside = ((key, -1), (_after(numbers), -1)) if is_prefix else ((key, before), (key, before + 1))
    return inside if operator == "==" else _combined((_BOTTOM,), inside, _without)


def _after(prefix: tuple[int, ...]) -> tuple[int, ...]:
    return (*prefix[:-1], prefix[-1] + 1)


def _combined(one: _Points, other: _Points, keeps: Callable[[bool, bool], bool]) -> _Points:
    """Return where the combination of two sets begins and ends."""
    found: list[_Point] = []
    for point in sorted({*one, *other}):
        is_inside = keeps(_holds(one, point), _holds(other, point))
        if is_inside != bool(len(found) % 2):
            found.append(point)
    return tuple(found)


def _holds(points: _Points, point: _Point) -> bool:
    """Return whether what follows a point is in a set."""
    return bisect_right(points, point) % 2 == 1


def _and(one: bool, other: bool) -> bool:
    return one and other


def _or(one: bool, other: bool) -> bool:
    return one or other


def _without(one: bool, other: bool) -> bool:
    return one and not other


class Range:
    """A set of versions. Where it `is_final`, pre-releases alone count as nothing; only ranges alike are combined."""

    __slots__ = ("_is_final", "_make", "_points", "_whole")

    def __init__(self, points: _Points | None, make: Callable[[], VersionRange], *, is_final: bool) -> None:
        self._points = points
        self._make = make
        self._is_final = is_final
        self._whole: VersionRange | None = None

    @property
    def whole(self) -> VersionRange:
        """The same of `packaging`."""
        if self._whole is None:
            self._whole = self._make()
        return self._whole

    @property
    def is_empty(self) -> bool:
        """Whether no version is in it."""
        if self._points is None:
            return self.whole.is_empty
        pairs = zip(self._points[::2], self._points[1::2], strict=False)
        is_closed = len(self._points) % 2 == 0
        return is_closed and all(
            self._is_final and low % 2 == 1 and (key, low + 1) == (end, high) for (key, low), (end, high) in pairs
        )

    def contains(self, version: Version) -> bool:
        """Return whether a version is in it; a pre-release is one like any other."""
        if self._points is not None and version.is_plain:
            return _holds(self._points, version.key)
        return self.whole.contains(version.whole, prereleases=True)

    def __and__(self, other: Range) -> Range:
        """Return what is in both."""
        return self._with(other, _and, lambda: self.whole & other.whole)

    def __or__(self, other: Range) -> Range:
        """Return what is in any of both."""
        return self._with(other, _or, lambda: self.whole | other.whole)

    def __sub__(self, other: Range) -> Range:
        """Return what is not in the other."""
        return self._with(other, _without, lambda: self.whole - other.whole)

    def _with(self, other: Range, keeps: Callable[[bool, bool], bool], make: Callable[[], VersionRange]) -> Range:
        is_plain = self._points is not None and other._points is not None
        points = _combined(self._points or (), other._points or (), keeps) if is_plain else None
        return Range(points, make, is_final=self._is_final)


def range_of_clauses(specifier: str, clauses: tuple[Clause, ...], *, is_final: bool) -> Range:
    """Return the set of a specifier without alternatives, given its clauses."""
    points: _Points | None = (_BOTTOM,)
    for clause in clauses:
        own = _points(clause)
        points = _combined(points, own, _and) if points is not None and own is not None else None

    def make() -> VersionRange:
        from packaging.specifiers import SpecifierSet

        return SpecifierSet(specifier, prereleases=False if is_final else None).to_range()

    return Range(points, make, is_final=is_final)
