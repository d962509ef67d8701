"""Tell the value of a Python expression where its text alone tells it: strings, lists, dictionaries, simple names.

Whatever depends on a branch, a call or a loop has no value here: better silent than wrong.
"""

from __future__ import annotations

import ast

from ddlint.core.namedtuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_DEEPEST = 20
_MOST_VISITS = 20_000


class Text(NamedTuple):
    """A string and the expression that it stands in. A part that only a run can tell is `${}`."""

    value: str
    node: ast.expr


class Names:
    """What the names of a module stand for: every expression that its top level gives to one, in order."""

    __slots__ = ("_visits", "keyed", "values")

    def __init__(self) -> None:
        self.values: dict[str, list[ast.expr]] = {}
        self.keyed: dict[str, list[tuple[ast.expr, ast.expr]]] = {}
        """What is put under a key of a dictionary: (key, value) by its name."""
        self._visits = 0

    def is_spent(self, depth: int) -> bool:
        """Count a step; true when names that stand for names take too many (they can multiply without end)."""
        self._visits += 1
        return depth > _DEEPEST or self._visits > _MOST_VISITS


def module_names(tree: ast.Module) -> Names:
    """Gather what the top level of a module assigns and appends; a name that a branch assigns again is unknown."""
    names = Names()
    for statement in tree.body:
        _gather(statement, names)
    branching = (ast.If, ast.Try, ast.For, ast.While, ast.With)
    for statement in tree.body:
        if isinstance(statement, branching):
            for node in ast.walk(statement):
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                    names.values.pop(node.id, None)
    return names


def _gather(statement: ast.stmt, names: Names) -> None:
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            names.values[name] = [value]
            names.keyed.pop(name, None)
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            names.values[name] = [value]
        case ast.AugAssign(target=ast.Name(id=name), op=ast.Add(), value=value):
            names.values.setdefault(name, []).append(value)
        case ast.Assign(targets=[ast.Subscript(value=ast.Name(id=name), slice=key)], value=value):
            names.keyed.setdefault(name, []).append((key, value))
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="append"), args=[value])):
            names.values.setdefault(name, []).append(ast.List(elts=[value]))
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="extend"), args=[value])):
            names.values.setdefault(name, []).append(value)
        case _:
            pass


def text_of(node: ast.expr, names: Names, depth: int = 0) -> str | None:  # noqa: PLR0911 - a case per kind of node
    """Give the string that an expression is, with `${}` for what only a run can tell; nothing if it may be none."""
    if names.is_spent(depth):
        return None
    match node:
        case ast.Constant(value=str(value)):
            return value
        case ast.JoinedStr(values=parts):
            return "".join(text_of(part, names, depth + 1) or "${}" for part in parts)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            first, second = text_of(left, names, depth + 1), text_of(right, names, depth + 1)
            return None if first is None or second is None else first + second
        case ast.BinOp(left=ast.Constant(value=str(value)), op=ast.Mod()):
            return value.replace("%s", "${}") if "%s" in value else None
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(value)), attr="format")):
            return value.replace("{", "${")
        case ast.Name(id=name) if len(names.values.get(name, ())) == 1:
            return text_of(names.values[name][0], names, depth + 1)
        case _:
            return None


def texts_of(node: ast.expr, names: Names, depth: int = 0) -> Iterator[Text]:  # noqa: C901 - a case per kind of node
    """Yield the strings of a list, as far as they are static; one string is a list of its lines to setuptools."""
    if names.is_spent(depth):
        return
    match node:
        case ast.List(elts=elements) | ast.Tuple(elts=elements) | ast.Set(elts=elements):
            for element in elements:
                if isinstance(element, ast.Starred):
                    yield from texts_of(element.value, names, depth + 1)
                elif (value := text_of(element, names)) is not None:
                    yield Text(value, element)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            yield from texts_of(left, names, depth + 1)
            yield from texts_of(right, names, depth + 1)
        case ast.Name(id=name):
            for one in names.values.get(name, ()):
                yield from texts_of(one, names, depth + 1)
        case ast.Constant(value=str(value)):
            yield Text(value, node)
        case ast.Call(func=ast.Name(id="list" | "tuple" | "set" | "sorted"), args=[inner]):
            yield from texts_of(inner, names, depth + 1)
        case _:
            return


def items_of(  # noqa: C901 - a case per kind of node
    node: ast.expr, names: Names, depth: int = 0
) -> Iterator[tuple[str, ast.expr]]:
    """Yield the static keys of a dictionary with their values."""
    if names.is_spent(depth):
        return
    match node:
        case ast.Dict(keys=keys, values=values):
            for key, value in zip(keys, values, strict=True):
                if key is None:
                    yield from items_of(value, names, depth + 1)
                elif (name := text_of(key, names)) is not None:
                    yield name, value
        case ast.Call(func=ast.Name(id="dict"), args=[], keywords=keywords):
            yield from keywords_of(keywords, names, depth + 1)
        case ast.Name(id=name):
            for one in names.values.get(name, ()):
                yield from items_of(one, names, depth + 1)
            for subscript, one in names.keyed.get(name, ()):
                if (text := text_of(subscript, names)) is not None:
                    yield text, one
        case _:
            return


def keywords_of(keywords: list[ast.keyword], names: Names, depth: int = 0) -> Iterator[tuple[str, ast.expr]]:
    """Yield the keyword arguments of a call, those of a static `**dictionary` too."""
    for keyword in keywords:
        if keyword.arg is None:
            yield from items_of(keyword.value, names, depth + 1)
        else:
            yield keyword.arg, keyword.value
