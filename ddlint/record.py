"""A named tuple that is cheap to define, written and type-checked as `typing.NamedTuple` is.

That one compiles the annotation of every field when its module is imported, which costs a short run more than reading
its files does; this one looks at the names of the fields alone.
"""

from __future__ import annotations

from collections import namedtuple
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple  # noqa: PLC0414 - how a module says that others may import a name
else:

    class _Definer(type):
        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            if not bases:
                return super().__new__(cls, name, bases, body)
            fields = body.get("__annotations__", ())
            made = namedtuple(name, fields, defaults=[body.pop(field) for field in fields if field in body])
            for key, value in body.items():
                setattr(made, key, value)
            return made

    class NamedTuple(metaclass=_Definer):
        """The base to name in a class statement; what comes of it is a plain named tuple."""
