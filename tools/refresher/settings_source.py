"""The environment variables that a source distribution reads, found in its syntax trees. Nothing of it is run.

A name counts as read where the code passes it to a function, looks it up, compares it or lists it: everything but
documentation. That finds too much rather than too little, so a name that is missing here is read by nothing.
"""

from __future__ import annotations

import ast
import io
import re
import tarfile
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

REGISTRY = "_supported_configurations.py"
_NAME = re.compile(r"_{0,2}(?:DD|DATADOG|OTEL)_[A-Z0-9_]*[A-Z0-9]")
_QUOTED = re.compile(rf"[\"'](?P<name>{_NAME.pattern})[\"']")
_PATTERN = re.compile(r"_?(?:DD|DATADOG)_(?:[A-Z0-9_]*)\*(?:[A-Z0-9_]*)")
_CODE = r"[^/]+/(?:{}/(?!vendor/(?!dogstatsd/))|lib-injection/|src/).*\.(?:py|pyx|pxd|c|cc|cpp|h|hpp|rs)"
"""The files of a source distribution whose code belongs to the package `{}`."""
_LIST = re.compile(r"[A-Z_]*(?:PATCH_MODULES|INTEGRATION_CONFIGS)")
_ALIASED = re.compile(r"En|[A-Za-z_]*(?:Env|Config)")
SWITCH = frozenset({"true", "1"})
"""What `asbool` takes for true."""
FLAG = frozenset({"1", "true", "yes", "on"})
"""What a declared boolean of `envier` takes for true."""
_KINDS = {"asbool": "asbool", "int": "int", "float": "float", "str": "text", "bool": "flag"}


class Deprecation(NamedTuple):
    """A call that announces the end of a variable."""

    removed_in: str
    text: str


class Settings(NamedTuple):
    """The variables of one release."""

    names: dict[str, frozenset[str]]
    """Name to the ways its value is read: `asbool`, `flag`, `int`, `float`, `text`; empty where that is not seen."""
    listed: frozenset[str]
    """The names of the registry, aliases included; empty for a release without one."""
    aliases: dict[str, str]
    """Older name to the name it is read for."""
    deprecated: frozenset[str]
    """The names that the registry calls deprecated."""
    announced: dict[str, Deprecation]
    """Name to the call that announces its end."""
    patterns: frozenset[str]
    """Patterns whose parts nothing in the code supplies: `_DD_*_LOG_WRITER_TIMEOUT`."""


def read_settings(content: bytes, module: str = "ddtrace") -> Settings:
    """Read a source distribution of a package."""
    code = re.compile(_CODE.format(re.escape(module)))
    trees: dict[str, ast.Module] = {}
    names: dict[str, set[str]] = {}
    registry: ast.Module | None = None
    with tarfile.open(fileobj=io.BytesIO(content)) as sdist:
        for member in sdist:
            file = sdist.extractfile(member) if member.isfile() and code.fullmatch(member.name) else None
            if not file:
                continue
            text = file.read()
            try:
                tree = ast.parse(text) if member.name.endswith(".py") else None
            except (SyntaxError, ValueError):  # code of Python 2
                tree = None
            if tree is None:
                for match in _QUOTED.finditer(text.decode("utf-8", "replace")):
                    names.setdefault(match["name"], set())
            elif member.name.endswith(REGISTRY):
                registry = tree
            else:
                trees[member.name] = tree
    reader = _Reader(trees)
    reader.read(names)
    listed, aliases, deprecated = _registry(registry)
    aliases = {**reader.aliases, **aliases}
    for name in aliases:
        names.setdefault(name, set()).update(names.get(aliases[name], ()))
    return Settings(
        {name: frozenset(kinds) for name, kinds in sorted(names.items()) if _NAME.fullmatch(name)},
        listed,
        aliases,
        deprecated,
        reader.announced,
        frozenset(reader.open),
    )


def _registry(tree: ast.Module | None) -> tuple[frozenset[str], dict[str, str], frozenset[str]]:
    tables: dict[str, ast.expr] = {}
    for node in tree.body if tree else ():
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            tables[node.target.id] = node.value
    listed = frozenset(_texts(tables.get("SUPPORTED_CONFIGURATIONS")))
    deprecated = frozenset(_texts(tables.get("DEPRECATED_CONFIGURATIONS")))
    aliases: dict[str, str] = {}
    table = tables.get("CONFIGURATION_ALIASES")
    if isinstance(table, ast.Dict):
        for key, value in zip(table.keys, table.values, strict=True):
            aliases.update(dict.fromkeys(_texts(value), next(_texts(key), "")))
    return listed | aliases.keys(), aliases, deprecated


def _texts(node: ast.AST | None) -> Iterator[str]:
    for inner in ast.walk(node) if node else ():
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            yield inner.value


class _Reader:
    """What all files of a release say together: a name is often a constant of another file."""

    def __init__(self, trees: Mapping[str, ast.Module]) -> None:
        self.trees = trees
        self.constants: dict[str, set[str]] = {}
        self.integrations: set[str] = set()
        self.open: set[str] = set()
        self.wrapped: set[int] = set()
        self.aliases: dict[str, str] = {}
        self.announced: dict[str, Deprecation] = {}
        for tree in trees.values():
            self._collect(tree)

    def _collect(self, tree: ast.Module) -> None:
        """Find the constants that may hold a name, and the names of integrations."""
        for node in ast.walk(tree):
            if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                value = node.value
                for target in targets:
                    name = target.id if isinstance(target, ast.Name) else getattr(target, "attr", "")
                    if texts := self._pattern(value):
                        self.constants.setdefault(name, set()).update(texts)
                    elif name and _LIST.fullmatch(name):
                        self.integrations.update(_keys(value))
            elif isinstance(node, ast.Call) and _called(node) in {"_add", "IntegrationConfig"}:
                self.integrations.update(
                    arg.value for arg in node.args[:2] if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
                )

    def read(self, names: dict[str, set[str]]) -> None:
        """Add every name that is read, and how."""
        for tree in self.trees.values():
            documentation = set(_documentation(tree))
            for node in ast.walk(tree):
                if id(node) not in documentation:
                    self._node(node, names)
            for each in tree.body:
                if isinstance(each, ast.ClassDef):
                    self._declared(each, "", names)
            self._included(tree, names)

    def _node(self, node: ast.AST, names: dict[str, set[str]]) -> None:
        if isinstance(node, ast.Call):
            self._call(node, names)
        elif isinstance(node, ast.Compare):
            self._compare(node, names)
        elif isinstance(node, (ast.BinOp, ast.JoinedStr)):
            for name in self._names(node):
                names.setdefault(name, set())
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and _NAME.fullmatch(node.value):
            names.setdefault(node.value, set())

    def _call(self, node: ast.Call, names: dict[str, set[str]]) -> None:
        called = _called(node)
        if called == "deprecate":
            self._announce(node)
        if called == "get_env" and node.args:
            for name in self._joined(node.args):
                names.setdefault(name, set())
        elif called in {"asbool", "int", "float"} and node.args:
            self.wrapped.update(id(each) for each in ast.walk(node.args[0]))
            for name in self._asked(node.args[0]):
                names.setdefault(name, set()).add(_KINDS[called])
        elif called in {"_get_config", "get_config", "_ConfigItem"}:
            self._configured(node, names)
        elif called == "format" and isinstance(node.func, ast.Attribute):
            for name in self._names(node):
                names.setdefault(name, set())

    def _configured(self, node: ast.Call, names: dict[str, set[str]]) -> None:
        """Read `_get_config(names, default, modifier, otel_env)` and `_ConfigItem(default=, envs=, modifier=)`."""
        is_wrapped = id(node) in self.wrapped
        keywords = {keyword.arg: keyword.value for keyword in node.keywords}
        asked = keywords.get("envs") or keywords.get("name") or (node.args[0] if node.args else None)
        modifier = keywords.get("modifier") or (node.args[2] if len(node.args) > 2 else None)
        kind = _KINDS.get(modifier.id, "other") if isinstance(modifier, ast.Name) else "other" if modifier else "text"
        listed = asked.elts if isinstance(asked, (ast.List, ast.Tuple)) else [asked] if asked else []
        found = [sorted(self._names(each)) for each in listed]
        for each in found:
            for name in each:
                names.setdefault(name, set()).update(() if is_wrapped and not modifier else (kind,))
        for first, *others in [found] if found else []:
            for other in others:
                self.aliases.update({alias: first[0] for alias in other if len(first) == 1})

    def _compare(self, node: ast.Compare, names: dict[str, set[str]]) -> None:
        """Read `os.getenv(NAME, "").lower() in ("true", "1")`."""
        accepted = {text.lower() for each in node.comparators for text in _texts(each)}
        if not isinstance(node.ops[0], ast.In) or not accepted:
            return
        kind = "asbool" if accepted <= SWITCH else "flag" if accepted <= FLAG else "other"
        for name in self._asked(node.left):
            names.setdefault(name, set()).add(kind)

    def _asked(self, node: ast.expr) -> Iterator[str]:
        """Give the names that an expression looks up directly: `environ.get(NAME)`, `environ[NAME]`, `get_env(...)`."""
        while (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"lower", "strip"}
        ):
            node = node.func.value
        if isinstance(node, ast.BoolOp):
            for value in node.values:
                yield from self._asked(value)
        elif isinstance(node, ast.Call) and _called(node) == "get_env":
            yield from self._joined(node.args)
        elif (
            isinstance(node, ast.Call)
            and _called(node) in {"get", "getenv", "pop", "_get_config", "get_config"}
            and node.args
        ):
            yield from self._names(node.args[0])
            for argument in node.args[1:2]:
                yield from self._asked(argument)
            for keyword in node.keywords:
                yield from self._asked(keyword.value)
        elif isinstance(node, ast.Subscript):
            yield from self._names(node.slice)

    def _joined(self, arguments: Iterable[ast.expr]) -> Iterator[str]:
        """Give the names of `get_env("django", "cache_service_name")`, the older prefix included."""
        parts = [self._pieces(each) for each in arguments if not isinstance(each, ast.Starred)]
        for prefix in ("DD_", "DATADOG_"):
            for pieces in _product(parts):
                yield from self._filled(prefix + "_".join(pieces).upper())

    def _pieces(self, node: ast.expr) -> list[str]:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return [node.value]
        return ["*"]

    def _names(self, node: ast.AST) -> set[str]:
        """Give the names that an expression can stand for."""
        if isinstance(node, (ast.Name, ast.Attribute)):
            texts = self.constants.get(node.id if isinstance(node, ast.Name) else node.attr, set())
        else:
            texts = self._pattern(node)
        return {name for text in texts for name in self._filled(text)}

    def _pattern(self, node: ast.AST) -> set[str]:
        """Give a text, with `*` for each part of it that is computed; nothing for another expression."""
        if isinstance(node, ast.Constant):
            return {node.value} if isinstance(node.value, str) else set()
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
            return {text.replace("%s", "*") for text in self._shallow(node.left)}
        if isinstance(node, ast.JoinedStr):
            return {"".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values)}
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
            return {re.sub(r"\{[^}]*\}", "*", text) for text in self._shallow(node.func.value)}
        return set()

    def _shallow(self, node: ast.expr) -> set[str]:
        return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()

    def _filled(self, text: str) -> Iterator[str]:
        """Give the names of a pattern, for every integration; a name without one stays as it is."""
        if _NAME.fullmatch(text):
            yield text
        elif _PATTERN.fullmatch(text) and text.strip("*_") not in {"DD", "DATADOG"}:
            if text.count("*") != 1 or text.endswith("*"):
                self.open.add(text)
                return
            for integration in self.integrations:
                yield text.replace("*", re.sub(r"[-.]", "_", integration).upper())

    def _announce(self, node: ast.Call) -> None:
        """Keep the variables of a call that names the release without them."""
        keywords = {keyword.arg: keyword.value for keyword in node.keywords}
        removed = keywords.get("removal_version")
        about = node.args[0] if node.args else keywords.get("prefix")
        if isinstance(removed, ast.Constant) and about is not None:
            texts = [*_texts(about), *(text for each in ast.walk(about) for text in self._names(each))]
            for name in dict.fromkeys(_NAME.findall(" ".join(texts))):
                self.announced.setdefault(name, Deprecation(str(removed.value), " ".join(_texts(node))))

    def _declared(self, node: ast.ClassDef, prefix: str, names: dict[str, set[str]]) -> None:
        """Read a class of `envier`: `enabled = DDConfig.v(bool, "enabled", ...)` under its `__prefix__`."""
        own = "".join(_assigned(node, "__prefix__"))
        prefix = "_".join(part for part in (prefix, _normalized(own)) if part)
        for each in node.body:
            if isinstance(each, ast.ClassDef):
                self._declared(each, prefix, names)
            if not isinstance(each, (ast.Assign, ast.AnnAssign)):
                continue
            for call in ast.walk(each):
                if isinstance(call, ast.Call) and _called(call) in {"v", "var"} and _is_declaration(call):
                    self._variable(call, prefix, names)

    def _variable(self, call: ast.Call, prefix: str, names: dict[str, set[str]]) -> None:
        keywords = {keyword.arg: keyword.value for keyword in call.keywords}
        private = keywords.get("private")
        lead = "_" if isinstance(private, ast.Constant) and private.value else ""
        is_parsed = "parser" in keywords or len(call.args) > 2
        type_ = call.args[0]
        if (
            isinstance(type_, ast.Subscript)
            and getattr(type_.value, "attr", getattr(type_.value, "id", "")) == "Optional"
        ):
            type_ = type_.slice
        kind = "other" if is_parsed else _KINDS.get(getattr(type_, "id", ""), "other")
        parser = keywords.get("parser")
        if isinstance(parser, ast.Name) and parser.id == "asbool":
            kind = "asbool"
        spelled = self._spelled(call.args[1])
        full = [lead + "_".join(part for part in (prefix, _normalized(text)) if part) for text in spelled]
        for name in full:
            if _NAME.fullmatch(name):
                names.setdefault(name, set()).add(kind)
        for old, removed in _older(keywords.get("deprecations")):
            alias = lead + "_".join(part for part in (prefix, _normalized(old)) if part)
            names.setdefault(alias, set()).add(kind)
            self.aliases.setdefault(alias, full[0])
            if removed:
                self.announced[alias] = Deprecation(removed, f"{alias} -> {full[0]}")

    def _spelled(self, node: ast.expr) -> list[str]:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return [node.value]
        key = node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")
        return sorted(self.constants.get(key, set()))

    def _included(self, tree: ast.Module, names: dict[str, set[str]]) -> None:
        """Read `Outer.include(Inner, namespace="inner")`: the names of the inner class get the prefix of the outer."""
        classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _called(node) == "include" and isinstance(node.func, ast.Attribute):
                outer = node.func.value.id if isinstance(node.func.value, ast.Name) else ""
                inner = node.args[0].id if node.args and isinstance(node.args[0], ast.Name) else ""
                if outer in classes and inner in classes:
                    prefix = _normalized("".join(_assigned(classes[outer], "__prefix__")))
                    self._declared(classes[inner], prefix, names)


def _documentation(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield id(node.value)


def _keys(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Dict):
        for key in node.keys:
            yield from _texts(key)
    elif isinstance(node, (ast.Call, ast.Set, ast.List, ast.Tuple)):
        yield from _texts(node)


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _is_declaration(call: ast.Call) -> bool:
    owner = call.func.value if isinstance(call.func, ast.Attribute) else None
    return isinstance(owner, ast.Name) and bool(_ALIASED.fullmatch(owner.id)) and len(call.args) > 1


def _assigned(node: ast.ClassDef, name: str) -> Iterator[str]:
    for each in node.body:
        if isinstance(each, ast.Assign) and any(getattr(target, "id", "") == name for target in each.targets):
            yield from _texts(each.value)


def _normalized(text: str) -> str:
    return text.upper().replace(".", "_").rstrip("_")


def _older(node: ast.expr | None) -> Iterator[tuple[str, str]]:
    """Give (name, release without it) of `deprecations=[("name", "3.0", "4.0")]`."""
    for each in node.elts if isinstance(node, ast.List) else ():
        if isinstance(each, ast.Tuple) and isinstance(each.elts[0], ast.Constant):
            last = each.elts[-1]
            removed = str(last.value) if isinstance(last, ast.Constant) and last.value else ""
            yield str(each.elts[0].value), removed


def _product(parts: list[list[str]]) -> Iterator[tuple[str, ...]]:
    from itertools import product

    yield from product(*parts)
