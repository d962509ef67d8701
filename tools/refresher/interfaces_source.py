"""The importable names of a source distribution, read by its syntax trees: nothing of it is run."""

from __future__ import annotations

import ast
import io
import re
import tarfile
from functools import cache
from typing import TYPE_CHECKING

from packaging.version import Version

if TYPE_CHECKING:
    from collections.abc import Iterator

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_PARAMETER = re.compile(r"(?P<path>[\w.]+)\((?P<parameter>\w+)\)")
_SERVES = "__getattr__"
"""A function of a module that serves names on request, often with a warning."""
_DEEPEST = 12
"""How many imports are followed to a definition."""


class Interfaces:
    """The modules of one release, and whether a name can be imported from them."""

    def __init__(self, content: bytes, package: str) -> None:
        self._texts: dict[str, str] = {}
        self._packages: set[str] = set()
        suffixes = (".py", ".pyx", ".pyi", ".so")
        with tarfile.open(fileobj=io.BytesIO(content)) as archive:
            for member in archive:
                _, _, path = member.name.partition("/")
                file = archive.extractfile(member) if path.startswith(f"{package}/") else None
                if file is None or not path.endswith(suffixes):
                    continue
                name = path.rpartition(".")[0].replace("/", ".")
                if name.endswith(".__init__"):
                    name = name.removesuffix(".__init__")
                    self._packages.add(name)
                if path.endswith(".py") or name not in self._texts:
                    self._texts[name] = file.read().decode("utf-8", "replace")
        self._tree = cache(self._parsed)

    @property
    def modules(self) -> tuple[str, ...]:
        """The dotted names of all modules."""
        return tuple(sorted(self._texts))

    def has(self, name: str) -> bool:
        """Return whether a name exists: `a.b`, `a.b.Class.method`, `a.b.function(parameter)`, `a.b.Class.x.setter`."""
        if found := _PARAMETER.fullmatch(name):
            return any(found["parameter"] in _parameters(node) for node in self._definitions(found["path"]))
        path, _, last = name.rpartition(".")
        if last == "setter":
            return any(_is_setter(node, path.rpartition(".")[2]) for node in self._definitions(path))
        return name in self._texts or any(True for _ in self._definitions(name))

    def announced(self, release: str) -> list[str]:
        """Return the calls that warn of a release after `release`: module, line, and what they say."""
        found = []
        for module in self.modules:
            tree = self._tree(module) if "removal_version" in self._texts[module] else None
            for node in ast.walk(tree) if tree is not None else ():
                keywords = node.keywords if isinstance(node, ast.Call) else []
                ends = [each.value.value for each in keywords if _is_removal(each)]
                if isinstance(node, ast.Call) and any(Version(str(end)) > Version(release) for end in ends):
                    texts = [each.value for each in ast.walk(node) if isinstance(each, ast.Constant)]
                    found.append(f"{module}:{node.lineno}: {' '.join(' '.join(map(str, texts)).split())}")
        return found

    def _parsed(self, module: str) -> ast.Module | None:
        try:
            return ast.parse(self._texts[module])
        except SyntaxError:
            return None

    def _definitions(self, name: str, depth: int = 0) -> Iterator[ast.AST]:
        """Yield the nodes that define a dotted name, in the module that has the longest part of it."""
        parts = name.split(".")
        for length in range(len(parts) - 1, 0, -1):
            module = ".".join(parts[:length])
            if module in self._texts:
                yield from self._in_module(module, parts[length:], depth)
                return

    def _in_module(self, module: str, parts: list[str], depth: int) -> Iterator[ast.AST]:
        tree = self._tree(module)
        if tree is None or depth > _DEEPEST:
            return
        first, *rest = parts
        for node in _statements(tree.body):
            match node:
                case ast.ClassDef(name=name) if name == first:
                    yield from self._in_class(module, node, rest, depth)
                case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) if not rest and name == first:
                    yield node
                case ast.FunctionDef(name=name) if name == _SERVES and not rest and _names(node, first):
                    yield node
                case ast.Assign(targets=targets, value=value) if any(_binds(each, first) for each in targets):
                    yield from self._of_value(module, node, value, rest, depth)
                case ast.AnnAssign(target=ast.Name(id=name)) if name == first and not rest:
                    yield node
                case ast.ImportFrom():
                    yield from self._imported(module, node, first, rest, depth)
                case ast.Import(names=names) if not rest and any((e.asname or e.name) == first for e in names):
                    yield node

    def _of_value(self, module: str, node: ast.AST, value: ast.expr, rest: list[str], depth: int) -> Iterator[ast.AST]:
        """Follow `tracer = Tracer()` to the class."""
        if not rest:
            yield node
        elif isinstance(value, ast.Call) and isinstance(value.func, ast.Name):
            yield from self._in_module(module, [value.func.id, *rest], depth + 1)

    def _imported(
        self, module: str, node: ast.ImportFrom, first: str, rest: list[str], depth: int
    ) -> Iterator[ast.AST]:
        for alias in node.names:
            if (alias.asname or alias.name) not in {first, "*"}:
                continue
            base = node.module or ""
            if node.level:
                own = module.split(".") if module in self._packages else module.split(".")[:-1]
                base = ".".join([*own[: len(own) - node.level + 1], *filter(None, [base])])
            name = first if alias.name == "*" else alias.name
            if base not in self._texts and not rest:
                yield node  # of another distribution, or compiled
            elif f"{base}.{name}" in self._texts:
                if rest:
                    yield from self._in_module(f"{base}.{name}", rest, depth + 1)
                else:
                    yield node
            elif base in self._texts:
                yield from self._in_module(base, [name, *rest], depth + 1)

    def _in_class(self, module: str, node: ast.ClassDef, parts: list[str], depth: int) -> Iterator[ast.AST]:
        if not parts:
            yield node
            return
        found = [each for each in _members(node, parts[0]) if len(parts) == 1]
        yield from found
        if not found and depth <= _DEEPEST:
            for base in node.bases:
                if isinstance(base, ast.Name):
                    yield from self._in_module(module, [base.id, *parts], depth + 1)


def _is_removal(keyword: ast.keyword) -> bool:
    return keyword.arg == "removal_version" and isinstance(keyword.value, ast.Constant)


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements of a module, those below `if` and `try` included, but not those for type checkers."""
    for node in body:
        yield node
        if isinstance(node, ast.If) and "TYPE_CHECKING" not in ast.dump(node.test):
            yield from _statements([*node.body, *node.orelse])
        elif isinstance(node, ast.Try):
            handlers = [each for handler in node.handlers for each in handler.body]
            yield from _statements([*node.body, *handlers, *node.orelse, *node.finalbody])
        elif isinstance(node, ast.With):
            yield from _statements(node.body)


def _members(node: ast.ClassDef, name: str) -> Iterator[ast.AST]:
    """Yield what defines a member of a class: methods, attributes, slots, and what methods assign to `self`."""
    for each in node.body:
        match each:
            case ast.FunctionDef(name=own) | ast.AsyncFunctionDef(name=own) if own == name:
                yield each
            case ast.Assign(targets=targets) if any(_binds(one, name) for one in targets):
                yield each
            case ast.AnnAssign(target=ast.Name(id=own)) if own == name:
                yield each
            case ast.Assign(targets=[ast.Name(id="__slots__")], value=value) if _names(value, name):
                yield each
    for each in ast.walk(node):
        match each:
            case ast.Attribute(value=ast.Name(id="self"), attr=own, ctx=ast.Store()) if own == name:
                yield each


def _binds(target: ast.expr, name: str) -> bool:
    return any(isinstance(each, ast.Name) and each.id == name for each in ast.walk(target))


def _names(node: ast.AST, name: str) -> bool:
    return any(isinstance(each, ast.Constant) and each.value == name for each in ast.walk(node))


def _parameters(node: ast.AST) -> set[str]:
    """Return the parameters of a function, or of the constructor of a class."""
    if isinstance(node, ast.ClassDef):
        return set().union(*(_parameters(each) for each in _members(node, "__init__")))
    if not isinstance(node, _FUNCTIONS):
        return set()
    arguments = node.args
    every = (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
    return {each.arg for each in every}


def _is_setter(node: ast.AST, name: str) -> bool:
    wanted = f"{name}.setter"
    return isinstance(node, _FUNCTIONS) and any(ast.unparse(each) == wanted for each in node.decorator_list)
