"""What a source distribution declares of its integrations: the specifiers it checks, and what is on by default."""

from __future__ import annotations

import ast
import io
import re
import tarfile
from typing import NamedTuple

_PATCH = re.compile(r"[^/]+/(?P<path>[^/]+/contrib/internal/(?P<integration>[^/]+)/[^/]+\.py)")
_MONKEY = re.compile(r"[^/]+/[^/]+/_monkey\.py")
_FUNCTION = "_supported_versions"
_TABLE = "PATCH_MODULES"


class Declared(NamedTuple):
    """What one integration declares."""

    integration: str
    path: str
    """The file that declares it, inside the source distribution."""
    specifiers: tuple[tuple[str, str], ...]
    """(module, specifier) in the order of the source."""


class Source(NamedTuple):
    """What a source distribution says."""

    declared: tuple[Declared, ...]
    defaults: tuple[tuple[str, str], ...]
    """(integration, `yes`, `no` or `conditional`)."""
    problems: tuple[tuple[str, str], ...] = ()
    """(path, why it could not be read in full)."""


def read_sdist(content: bytes) -> Source:
    """Read the two places of a source distribution, without running it."""
    declared: list[Declared] = []
    problems: list[tuple[str, str]] = []
    defaults: tuple[tuple[str, str], ...] = ()
    with tarfile.open(fileobj=io.BytesIO(content)) as sdist:
        for member in sorted(sdist.getmembers(), key=lambda member: member.name):
            patch, is_monkey = _PATCH.fullmatch(member.name), bool(_MONKEY.fullmatch(member.name))
            file = sdist.extractfile(member) if (patch or is_monkey) and member.isfile() else None
            if not file:
                continue
            path = member.name.partition("/")[2]
            try:
                tree = ast.parse(file.read())
            except (SyntaxError, ValueError):
                problems.append((path, "cannot be parsed"))
                continue
            if is_monkey:
                defaults = _defaults(tree)
            elif patch and (table := _table(tree)):
                declared.append(Declared(patch["integration"], path, tuple(_texts(table))))
                if len(declared[-1].specifiers) < len(table.keys):
                    problems.append((path, f"computes a specifier of `{_FUNCTION}`"))
            elif patch and any(isinstance(node, ast.FunctionDef) and node.name == _FUNCTION for node in tree.body):
                problems.append((path, f"has a `{_FUNCTION}` that returns no literal"))
    return Source(tuple(declared), defaults, tuple(problems))


def _table(tree: ast.Module) -> ast.Dict | None:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == _FUNCTION:
            for inner in ast.walk(node):
                if isinstance(inner, ast.Return) and isinstance(inner.value, ast.Dict):
                    return inner.value
    return None


def _texts(table: ast.Dict) -> list[tuple[str, str]]:
    """Return the entries of a literal mapping of texts; an entry that is computed is left out."""
    return [
        (str(key.value), str(value.value))
        for key, value in zip(table.keys, table.values, strict=True)
        if isinstance(key, ast.Constant) and isinstance(value, ast.Constant)
    ]


def _defaults(tree: ast.Module) -> tuple[tuple[str, str], ...]:
    for node in tree.body:
        value = node.value if isinstance(node, (ast.Assign, ast.AnnAssign)) else None
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        names = [target.id for target in targets if isinstance(target, ast.Name)]
        if _TABLE in names and isinstance(value, ast.Dict):
            return tuple(
                (str(key.value), _default(item))
                for key, item in zip(value.keys, value.values, strict=True)
                if isinstance(key, ast.Constant)
            )
    return ()


def _default(value: ast.expr) -> str:
    if isinstance(value, ast.Constant) and isinstance(value.value, bool):
        return "yes" if value.value else "no"
    return "conditional"
