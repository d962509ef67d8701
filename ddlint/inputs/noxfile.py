"""`noxfile.py`, by its syntax tree only: what its sessions install, on which Pythons. It is never run.

What depends on a branch or a loop says nothing; a function that a session hands itself to is read with it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import islice, product

from ddlint.core.model import (
    Command,
    Dependency,
    EnvironmentSpec,
    EnvironmentVariable,
    Manifest,
    Problem,
    ProjectInstall,
    PythonRequirement,
)
from ddlint.core.redact import written
from ddlint.core.source import Source, Span
from ddlint.inputs.common.env_vars import is_name
from ddlint.inputs.common.install_commands import read_words
from ddlint.inputs.common.manifest import Item, gather
from ddlint.inputs.common.requires_python import exact_python
from ddlint.inputs.common.shell import Word
from ddlint.inputs.syntax.lines import python_comments
from ddlint.inputs.syntax.python_literals import (
    Names,
    items_of,
    keywords_of,
    module_names,
    parse_python,
    span_of,
    string_locator,
    text_of,
    texts_of,
)

NAME = "noxfile.py"

_INSTALLS = frozenset({"install"})
_RUNS = frozenset({"run", "run_always", "run_install"})
_MOST_SESSIONS = 300
_MOST_VALUES = 30
"""Of the parameters of one session."""
_MOST_CALLS = 500
"""In one session."""
_MOST_DEEP = 3

_Function = ast.FunctionDef | ast.AsyncFunctionDef


def parse(source: Source) -> Manifest:
    """Read the sessions of one file."""
    tree = parse_python(source)
    comments = python_comments(source.text)
    if isinstance(tree, Problem):
        return gather(source, NAME, [tree], comments)
    reader = _Reader(source, tree)
    specs = tuple(islice(reader.sessions(), _MOST_SESSIONS))
    items: list[Item] = [
        item._replace(scope=f"env:{spec.name}") if not item.scope else item
        for spec in specs
        for item in spec.dependencies
    ]
    return gather(source, NAME, items, comments)._replace(environments=specs)


class _Session:
    """What the calls of one session say."""

    def __init__(self) -> None:
        self.dependencies: dict[Dependency, None] = {}
        self.installs: dict[ProjectInstall, None] = {}
        self.settings: dict[str, EnvironmentVariable] = {}
        self.commands: list[Command] = []
        self.rest = _MOST_CALLS


class _Reader:
    """Reads the functions of one file."""

    def __init__(self, source: Source, tree: ast.Module) -> None:
        self._source = source
        self._names = module_names(tree)
        self._functions: dict[str, _Function] = {
            each.name: each for each in tree.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
        }

    def sessions(self) -> Iterator[EnvironmentSpec]:
        """Yield an environment for each session and each choice of its parameters."""
        for function in self._functions.values():
            decorator = next((each for each in function.decorator_list if _called(each) == "session"), None)
            if decorator is None or not function.args.args:
                continue
            keywords = decorator.keywords if isinstance(decorator, ast.Call) else []
            options = dict(keywords_of(keywords, self._names))
            name = (text_of(options["name"], self._names) if "name" in options else None) or function.name
            pythons = tuple(self._pythons(options.get("python")))
            for label, names in self._choices(function):
                yield self._spec(function, f"{name}{label}", pythons, names)

    def _choices(self, function: _Function) -> Iterator[tuple[str, Names]]:
        """Yield the name and the values of each choice of parameters; without parameters, the names of the file."""
        lists = []
        for decorator in function.decorator_list:
            if isinstance(decorator, ast.Call) and _called(decorator) == "parametrize" and len(decorator.args) > 1:
                name = text_of(decorator.args[0], self._names) or ""
                values = list(islice(texts_of(decorator.args[1], self._names), _MOST_VALUES))
                if name.isidentifier() and values:
                    lists.append([(name, value) for value in values])
        for chosen in islice(product(*lists), _MOST_VALUES):
            names = Names()
            names.values, names.keyed = dict(self._names.values), self._names.keyed
            names.values.update({name: [ast.Constant(value=text.value)] for name, text in chosen})
            label = ", ".join(f"{name}={text.value}" for name, text in chosen)
            yield f"({label})" if label else "", names

    def _pythons(self, node: ast.expr | None) -> Iterator[PythonRequirement]:
        for text in texts_of(node, self._names) if node is not None else ():
            if specifier := exact_python(text.value.removeprefix("python")):
                at = string_locator(self._source, text.node, text.value)(0, len(text.value))
                yield PythonRequirement(specifier, at, written(text.value), is_exact=True)

    def _spec(
        self, function: _Function, name: str, pythons: tuple[PythonRequirement, ...], names: Names
    ) -> EnvironmentSpec:
        session = _Session()
        self._read(function, function.args.args[0].arg, names, session, 0)
        return EnvironmentSpec(
            "nox",
            name,
            self._name_at(function),
            dependencies=tuple(session.dependencies),
            installs=tuple(session.installs),
            pythons=pythons,
            settings=tuple(session.settings.values()),
            commands=tuple(session.commands),
        )

    def _name_at(self, function: _Function) -> Span:
        start = self._source.line_starts[function.lineno - 1]
        at = self._source.text.find(function.name, start)
        line = self._source.line_span(function.lineno)
        return line if at < 0 else line._replace(start=at, end=at + len(function.name))

    def _read(self, function: _Function, session: str, names: Names, found: _Session, depth: int) -> None:
        waiting: list[ast.stmt] = list(reversed(function.body))
        while waiting:
            statement = waiting.pop()
            match statement:
                case ast.With(body=body):
                    waiting += reversed(body)
                case ast.Expr(value=ast.Call() as call) | ast.Assign(value=ast.Call() as call):
                    self._call(call, session, names, found, depth)
                case ast.Assign(
                    targets=[ast.Subscript(value=ast.Attribute(value=ast.Name(id=owner), attr="env"), slice=key)],
                    value=value,
                ) if owner == session:
                    self._set(text_of(key, names), value, names, found)
                case _:
                    pass

    def _call(self, call: ast.Call, session: str, names: Names, found: _Session, depth: int) -> None:
        found.rest -= 1
        if found.rest < 0:
            return
        match call.func:
            case ast.Attribute(value=ast.Name(id=owner), attr=method) if owner == session:
                for key, value in keywords_of(call.keywords, names):
                    for name, inner in items_of(value, names) if key == "env" else ():
                        self._set(name, inner, names, found)
                words = list(self._words(call, names))
                if method in _INSTALLS:
                    self._install(
                        [Word("pip", 0, 0, is_exact=False), Word("install", 0, 0, is_exact=False), *words], found
                    )
                elif method in _RUNS and words:
                    self._install(words, found)
                    found.commands.append(Command(" ".join(word.value for word in words), span_of(self._source, call)))
            case ast.Name(id=name) if depth < _MOST_DEEP and (function := self._functions.get(name)):
                index = next((n for n, each in enumerate(call.args) if _is_named(each, session)), None)
                if index is not None and index < len(function.args.args):
                    self._read(function, function.args.args[index].arg, names, found, depth + 1)
            case _:
                pass

    def _words(self, call: ast.Call, names: Names) -> Iterator[Word]:
        """Yield the arguments of a call as words, with their offsets in the source."""
        for argument in call.args:
            texts = (
                texts_of(argument.value, names)
                if isinstance(argument, ast.Starred)
                else texts_of(ast.List(elts=[argument]), names)
            )
            for text in texts:
                is_constant = isinstance(text.node, ast.Constant)
                at = string_locator(self._source, text.node, text.value)(0, len(text.value))
                is_exact = is_constant and at.end - at.start == len(text.value)
                yield Word(text.value, at.start, at.end, is_exact=is_exact)

    def _install(self, words: list[Word], found: _Session) -> None:
        def locate(start: int, end: int) -> Span:
            return self._source.line_span(1)._replace(start=start, end=end)

        for each in read_words(words, locate):
            if isinstance(each, ProjectInstall):
                found.installs[each] = None
            else:
                found.dependencies[each] = None

    def _set(self, name: str | None, value: ast.expr, names: Names, found: _Session) -> None:
        if name and is_name(name):
            text = text_of(value, names)
            known = None if text is None or "${" in text else text
            found.settings[name] = EnvironmentVariable(name, known, span_of(self._source, value))


def _called(node: ast.expr) -> str:
    """Return the last part of a decorator: `session` of `@nox.session(python="3.12")`."""
    function = node.func if isinstance(node, ast.Call) else node
    match function:
        case ast.Name(id=name) | ast.Attribute(value=ast.Name(id="nox" | "nox_poetry"), attr=name):
            return name
        case _:
            return ""


def _is_named(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name
