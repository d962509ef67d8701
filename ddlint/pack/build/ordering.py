"""The order of series and releases of a pack, and ranges of them. Versions are compared by `packaging`."""

from __future__ import annotations

from collections.abc import Iterable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.pack.build.collect import Place


def ascending(versions: Iterable[str]) -> list[str]:
    """Sort versions or series."""
    from packaging.version import Version

    return sorted(versions, key=Version)


def minors(text: str, known: list[str], place: Place) -> list[str]:
    """Return the known Pythons of `2.7, 3.5-3.11` or `3.9+`; one that is not known is a mistake."""
    order = Order(known, "Python")
    admitted: list[str] = []
    for part in text.split(", "):
        first, last = order.bounds(part, place, "pythons")
        start, end = order.number(first), order.number(last)
        if start is not None and end is not None:
            admitted += order.known[max(start, 0) : end + 1]
    return admitted


class Order:
    """The known series (or releases) in order."""

    def __init__(self, known: Iterable[str], word: str) -> None:
        self.known = ascending(known)
        self._number = {version: number for number, version in enumerate(self.known)}
        self._word = word

    def number(self, version: str) -> int | None:
        """Return the position of a version; -1 before all that are known, `None` for one that does not exist."""
        from packaging.version import Version

        if version not in self._number and self.known and Version(version) < Version(self.known[0]):
            return -1
        return self._number.get(version)

    def bounds(self, text: str, place: Place, step: str) -> tuple[str, str]:
        """Read `A-B`, `A` or `A+`; what is no range of known versions is a mistake at `step` of `place`."""
        first, _, last = text.partition("-")
        if text.endswith("+"):
            first, last = text[:-1], self.known[-1] if self.known else text[:-1]
        last = last or first
        numbers = [self.number(version) for version in (first, last)]
        for version, number in zip((first, last), numbers, strict=True):
            if number is None and self.known:
                place.complain(f"the pack knows no {self._word} `{version}`", step)
                return first, last
        if (numbers[0] or 0) > (numbers[1] or 0):
            place.complain(f"the range `{text}` ends before it starts", step)
        return first, last


def complain_of_overlaps(runs: list[tuple[str, str, Place]], order: Order, step: str) -> None:
    """Report every run that overlaps the one before it, or is out of order."""
    reached: int | None = None
    for first, last, place in runs:
        start, end = order.number(first), order.number(last)
        if start is None or end is None:
            continue
        if reached is not None and start <= reached:
            place.complain(f"`{first}-{last}` overlaps the run before it, or is out of order", step)
        reached = end if reached is None else max(end, reached)
