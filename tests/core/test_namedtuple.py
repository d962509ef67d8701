"""The named tuples of the house behave as those of `typing`."""

from __future__ import annotations

import copy
import pickle

import pytest

from ddlint.core.namedtuple import NamedTuple


class Point(NamedTuple):
    """A place."""

    x: int
    y: int = 2
    name: str = ""

    @property
    def total(self) -> int:
        return self.x + self.y


class Nothing(NamedTuple):
    """No fields."""


def test_it_is_a_tuple_with_names() -> None:
    point = Point(1, name="a")

    assert point == (1, 2, "a")
    assert (point.x, point.y, point.name, point.total) == (1, 2, "a", 3)
    assert repr(point) == "Point(x=1, y=2, name='a')"
    assert (Point._fields, Point._field_defaults, Point.__doc__) == (
        ("x", "y", "name"),
        {"y": 2, "name": ""},
        "A place.",
    )
    assert Nothing() == ()


def test_a_changed_copy() -> None:
    assert Point(1)._replace(y=5) == Point(1, 5)
    with pytest.raises(TypeError, match="has no field `z`"):
        Point(1)._replace(z=5)  # type: ignore[call-arg]  # what is tried


@pytest.mark.parametrize("values", [(), (1, 2, "", 4)])
def test_values_that_do_not_fit(values: tuple[object, ...]) -> None:
    with pytest.raises(TypeError):
        Point(*values)  # type: ignore[arg-type]  # what is tried
    with pytest.raises(TypeError, match="has 3 fields"):
        Point._make(values)


def test_it_is_matched_by_its_fields() -> None:
    match Point(1, 3):
        case Point(x, y):
            pass

    assert (x, y) == (1, 3)
    assert Point(1, 3)._asdict() == {"x": 1, "y": 3, "name": ""}


def test_it_goes_to_another_process_and_back() -> None:
    assert pickle.loads(pickle.dumps(Point(1))) == copy.copy(Point(1)) == Point(1)
    assert type(pickle.loads(pickle.dumps(Point(1)))) is Point


def test_it_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        Point(1).x = 2  # type: ignore[misc]  # what is tried
