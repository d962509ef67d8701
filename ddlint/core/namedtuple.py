"""A named tuple that is written and type-checked as `typing.NamedTuple` is, and cheaper to define.

`typing.NamedTuple`, and `collections.namedtuple` beneath it, compile source text for every class. Here
`collections.namedtuple` makes one class for each number of fields, and the classes with as many fields take over its
constructor and its fields under names of their own. docs/speed.md has the figure with and without.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any
    from typing import NamedTuple as NamedTuple  # noqa: PLC0414 - how a module says that others may import a name
else:
    from collections import namedtuple
    from functools import cache
    from types import FunctionType

    @cache
    def _template(count: int) -> type:
        """Return a named tuple with so many fields."""
        return namedtuple("Template", [f"field{number}" for number in range(count)])

    def _constructor(fields: tuple[str, ...], defaults: tuple[Any, ...]) -> FunctionType:
        new = _template(len(fields)).__new__
        return FunctionType(new.__code__.replace(co_varnames=("cls", *fields)), new.__globals__, "__new__", defaults)

    class _Definer(type):
        """Makes a named tuple of the annotations of a class statement."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            if bases == (tuple,):
                return super().__new__(cls, name, bases, body)
            fields = tuple(body.get("__annotations__", ()))
            defaults = {field: body[field] for field in fields if field in body}
            template = vars(_template(len(fields)))
            for number, field in enumerate(fields):
                body[field] = template[f"field{number}"]
            body |= {"_fields": fields, "_field_defaults": defaults, "__match_args__": fields, "__slots__": ()}
            body["__new__"] = _constructor(fields, tuple(defaults.values()))
            return type(name, (tuple,), _METHODS | body)

    class NamedTuple(tuple, metaclass=_Definer):
        """The base to name in a class statement."""

        __slots__ = ()

        @classmethod
        def _make(cls, values: Any) -> Any:
            """Return one with the values in their order."""
            made = tuple.__new__(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"{cls.__name__} has {len(cls._fields)} fields, not {len(made)}")
            return made

        def _replace(self, /, **changes: Any) -> Any:
            """Return a copy with other values in some of the fields."""
            values, fields = list(self), self._fields
            for field, value in changes.items():
                if field not in fields:
                    raise TypeError(f"{type(self).__name__} has no field `{field}`")
                values[fields.index(field)] = value
            return tuple.__new__(type(self), values)

        def _asdict(self) -> dict[str, Any]:
            """Return the values by their fields."""
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self) -> str:
            """Show the fields as the constructor takes them."""
            shown = ", ".join(f"{field}={value!r}" for field, value in zip(self._fields, self, strict=True))
            return f"{type(self).__name__}({shown})"

        def __getnewargs__(self) -> tuple[Any, ...]:
            """Return what `copy` and `pickle` hand to the constructor."""
            return tuple(self)

    _METHODS = {name: vars(NamedTuple)[name] for name in ("_make", "_replace", "_asdict", "__repr__", "__getnewargs__")}
