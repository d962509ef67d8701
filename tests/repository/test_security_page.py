"""SECURITY.md is a table of promises, and each names tests that exist."""

from __future__ import annotations

import ast
import re

import pytest

from tests.repository.source_tree import ROOT

ROWS = re.findall(r"^\| ([A-Z`].*?) \| (.*) \|$", (ROOT / "SECURITY.md").read_text(encoding="utf-8"), re.MULTILINE)
NAMED = [(promise, test) for promise, cell in ROWS for test in re.findall(r"`([^`]+)`", cell)]


def test_every_promise_names_a_test() -> None:
    assert len(ROWS) > 5
    assert {promise for promise, _ in ROWS} == {promise for promise, _ in NAMED}


@pytest.mark.parametrize("promise, test", NAMED)
def test_a_named_test_exists_and_runs(promise: str, test: str) -> None:
    path, _, name = test.partition("::")
    functions = {
        node.name: node
        for node in ast.parse((ROOT / path).read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }

    assert name in functions, promise
    assert [ast.unparse(each) for each in functions[name].decorator_list if "xfail" in ast.unparse(each)] == []
