"""What every module of the package keeps to, so that a reader knows what to expect of the next one."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest
import yaml

from ddlint.core.model import normalize
from tests.repository.source_tree import ROOT, constants, modules, tree

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSION = re.compile(r"[<>=!~]*\d+\.\d+(\.\d+)*(\.\*)?")
NUMBERS = {
    ("outputs.common.sarif", "2.1.0"): "the version of SARIF",
    ("outputs.sarif", "2.1.0"): "the version of SARIF",
    ("outputs.junit", "1.0"): "the version of XML",
    ("inputs.common.container_image", "1.1"): "a version of musl",
    ("inputs.common.container_image", "1.2"): "a version of musl",
    ("inputs.common.system_python", "2.7"): "the last Python 2, as distributions have it",
    ("versions.specifiers", "0.1"): "older than any Python",
    ("versions.specifiers", "0.0.0.1"): "a part that no real version has",
}
"""What looks like a version and is none of the world of the rules."""
WORDS = {
    "pip": "the installer",
    "coverage": "a word",
    "requests": "a word",
    "setuptools": "the build backend whose files are read",
}
"""Distributions of a pack whose names are words of ddlint too."""


def test_a_module_says_what_it_is_for() -> None:
    silent = [module for module in modules() if not ast.get_docstring(tree(module))]

    assert silent == []


def test_no_module_imports_typing_to_know_whether_types_are_checked() -> None:
    """Write `TYPE_CHECKING = False`, which type checkers take for true: `typing` takes long to import."""
    asking = [
        module
        for module in modules()
        for node in tree(module).body
        if isinstance(node, ast.ImportFrom) and "TYPE_CHECKING" in {alias.name for alias in node.names}
    ]

    assert asking == []


def test_only_the_command_line_prints() -> None:
    printing = {
        module
        for module in modules()
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    }

    assert printing <= {"cli.startup"}


def test_nobody_catches_everything() -> None:
    broad = [
        (module, node.lineno)
        for module in modules()
        if module != "cli.startup"  # a bug must not end with the exit code of findings
        for node in ast.walk(tree(module))
        if isinstance(node, ast.ExceptHandler)
        and (
            node.type is None or "Exception" in {name.id for name in ast.walk(node.type) if isinstance(name, ast.Name)}
        )
    ]

    assert {module for module, _ in broad} <= {"cli.startup"}, "the console entry alone may"


def names_in_packs() -> set[str]:
    """The distributions that the packs of `rules/` name."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    texts = [path.read_text(encoding="utf-8") for path in ROOT.glob("rules/*/**/*.yaml")]
    return {normalize(name) for text in texts for name in _named(yaml.load(text, Loader=loader))}


def _named(value: object) -> Iterator[str]:
    """The subject, and what stands below `distribution` and `distributions`, at any depth."""
    if isinstance(value, dict):
        for key, child in value.items():
            if key in ("subject", "distribution", "distributions"):
                yield from [child] if isinstance(child, str) else [name for name in child if isinstance(name, str)]
            yield from _named(child)
    elif isinstance(value, list):
        for child in value:
            yield from _named(child)


def test_no_rule_is_known_in_python() -> None:
    """Package names and versions are facts, and facts live in `rules/`."""
    names = names_in_packs() - set(WORDS)
    known = [
        (module, line, text)
        for module in modules()
        for line, text in constants(module)
        if normalize(text) in names or (VERSION.fullmatch(text) and (module, text) not in NUMBERS)
    ]

    assert len(names) > 100
    assert known == []


@pytest.mark.parametrize("text", ["4.0", ">=4.0.1", "==3.12.*"])
def test_a_version_is_seen(text: str) -> None:
    assert VERSION.fullmatch(text)
