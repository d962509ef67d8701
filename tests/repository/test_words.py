"""Plain technical English in docstrings, messages and documentation: words that a reader stumbles over are not used."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

from tests.repository.source_tree import PACKAGE, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BANNED = re.compile(
    r"\b(?:whoever|in vain|thereby|in (?:its|their) stead|so far as|held against|holds? [^.]{0,40} against|lends?|lent|mend(?:s|ed|ing)?"
    r"|told|stands?|stood|nobody (?:writes|reads)|a person|cousins?|crews?|scenes?|rulings?|cellars?"
    r"|the house|the roof|the floor|milder|went before|lets? in|must go|today already|speaks of|admits?)\b",
    re.IGNORECASE,
)
OPENINGS = re.compile(r"(?:Give|Say|Tell|Hold)\b")
"""What a docstring does not begin with: it returns, yields, reports, parses."""
PACKAGES = ("core", "versions", "inputs", "outputs", "pack", "config", "project", "checks", "linter", "plan", "cli")
PAGES = tuple(path.relative_to(ROOT).as_posix() for path in sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]))


def texts(path: Path) -> Iterator[tuple[int, str, bool]]:
    """Yield the texts of a module with their lines, and whether each is a docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    first = [node.body[0] for node in ast.walk(tree) if isinstance(node, documented) and node.body]
    docstrings = {id(statement.value) for statement in first if isinstance(statement, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and (" " in node.value):
            yield node.lineno, node.value, id(node) in docstrings


def found_in(package: str) -> list[str]:
    found = []
    for path in sorted((PACKAGE / package).rglob("*.py")):
        for line, text, is_docstring in texts(path):
            words = BANNED.findall(text) + (
                OPENINGS.findall(text.lstrip()) if is_docstring and OPENINGS.match(text) else []
            )
            found += [f"{path.relative_to(ROOT).as_posix()}:{line}: {word}" for word in words]
    return found


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_has_none_of_them(package: str) -> None:
    assert found_in(package) == []


def found_on(page: str) -> list[str]:
    text = re.sub(
        r"```.*?```",
        lambda match: "\n" * match[0].count("\n"),
        (ROOT / page).read_text(encoding="utf-8"),
        flags=re.DOTALL,
    )
    return [
        f"{page}:{number}: {word}" for number, line in enumerate(text.splitlines(), 1) for word in BANNED.findall(line)
    ]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_none_of_them(page: str) -> None:
    assert found_on(page) == []


@pytest.mark.parametrize(
    "text", ["whoever reads it", "this is told in vain", "it holds them against the rules", "Hold it against X"]
)
def test_such_a_word_is_found(text: str) -> None:
    assert BANNED.search(text)


@pytest.mark.parametrize(
    "text", ["the standard library", "an outstanding case", "a toolkit", "the calendar", "recommend"]
)
def test_other_words_are_not(text: str) -> None:
    assert not BANNED.search(text)
