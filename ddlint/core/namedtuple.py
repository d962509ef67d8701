"""A named tuple that is cheap to define, written and type-checked as `typing.NamedTuple` is.

That one, and `collections.namedtuple` beneath it, compile source text for every class, which costs a short run more
than reading its files does; here the constructors of classes with as many fields share one code.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any
    from typing import NamedTuple as NamedTuple  # noqa: PLC0414 - how a module says that others may import a name
else:
    from collections import _tuplegetter
    from functools import cache
    from types import CodeType, FunctionType

    @cache
    def _template(count: int) -> CodeType:
        names = ", ".join(f"_{number}" for number in range(count))
        return eval(f"lambda cls, {names}: new(cls, ({names}, ))" if count else "lambda cls: new(cls, ())").__code__  # noqa: S307

    def _constructor(fields: tuple[str, ...], defaults: tuple[Any, ...]) -> FunctionType:
        code = _template(len(fields)).replace(co_varnames=("cls", *fields), co_name="__new__")
        return FunctionType(code, _NAMES, "__new__", defaults)

    _NAMES = {"new": tuple.__new__}
    _getter = cache(lambda number: _tuplegetter(number, ""))

    class _Definer(type):
        """Gives every class the methods themselves: that takes a fifth less time than inheriting them."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            if bases == (tuple,):
                return super().__new__(cls, name, bases, body)
            fields = tuple(body.get("__annotations__", ()))
            defaults = {field: body[field] for field in fields if field in body}
            for number, field in enumerate(fields):
                body[field] = _getter(number)
            body |= {"_fields": fields, "_field_defaults": defaults, "__match_args__": fields, "__slots__": ()}
            body["__new__"] = _constructor(fields, tuple(defaults.values()))
            return type(name, (tuple,), _METHODS | body)

    class NamedTuple(tuple, metaclass=_Definer):
        """The base to name in a class statement."""

        __slots__ = ()

        @classmethod
        def _make(cls, values: Any) -> Any:
            """Give one of the values in their order."""
            made = tuple.__new__(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"{cls.__name__} has {len(cls._fields)} fields, not {len(made)}")
            return made

        def _replace(self, /, **changes: Any) -> Any:
            """Give one with other values in some of the fields."""
            values, fields = list(self), self._fields
            for field, value in changes.items():
                if field not in fields:
                    raise TypeError(f"{type(self).__name__} has no field `{field}`")
                values[fields.index(field)] = value
            return tuple.__new__(type(self), values)

        def _asdict(self) -> dict[str, Any]:
            """Give the values by their fields."""
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self) -> str:
            """Show the fields as the constructor takes them."""
            shown = ", ".join(f"{field}={value!r}" for field, value in zip(self._fields, self, strict=True))
            return f"{type(self).__name__}({shown})"

        def __getnewargs__(self) -> tuple[Any, ...]:
            """Give what `copy` and `pickle` hand to the constructor."""
            return tuple(self)

    _METHODS = {name: vars(NamedTuple)[name] for name in ("_make", "_replace", "_asdict", "__repr__", "__getnewargs__")}
