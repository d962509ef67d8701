"""Readers that know nothing of ddlint see the same: tree-sitter in TOML, libraries and plain lines in locks.

That requirement files are read as pip reads them is held in `test_requirement_laws.py`.
"""

from __future__ import annotations

import re
import tomllib
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings

from ddlint.core.source import Source
from ddlint.inputs import INPUTS, pattern_of
from ddlint.inputs.syntax.node import Document
from ddlint.inputs.syntax.toml import read_toml
from tests.inputs.oracles import by_tree_sitter, locks_by_others
from tests.inputs.oracles.lock_texts import locks
from tests.inputs.oracles.toml_texts import documents
from tests.inputs.syntax.test_toml import ENTRIES

if TYPE_CHECKING:
    from ddlint.core.model import Manifest


def _parse(file: str, text: str) -> Manifest:
    name = next(one.module for one in INPUTS if re.search(pattern_of(one), f"/p/{file}"))
    manifest: Manifest = import_module(f"ddlint.inputs.{name}").parse(Source(f"/p/{file}", text))
    return manifest


@pytest.mark.parametrize("text", ENTRIES.values(), ids=ENTRIES)
def test_keys_and_values_stand_where_tree_sitter_sees_them(text: str) -> None:
    document = read_toml(Source("/p/x.toml", text))

    assert isinstance(document, Document)
    assert by_tree_sitter.by_tree_sitter(text) == by_tree_sitter.by_ddlint(document)


@given(documents())
@settings(deadline=None, max_examples=250)
def test_law_keys_and_values_stand_where_tree_sitter_sees_them(text: str) -> None:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        assume(False)
    assume(by_tree_sitter.reads(text))
    document = read_toml(Source("/p/x.toml", text))

    assert isinstance(document, Document)
    assert by_tree_sitter.by_tree_sitter(text) == by_tree_sitter.by_ddlint(document)


@given(locks())
@settings(deadline=None, max_examples=250)
def test_law_a_lock_is_read_as_its_library_and_its_lines_have_it(lock: tuple[str, str]) -> None:
    file, text = lock
    found = locks_by_others.by_ddlint(_parse(file, text))
    lines = locks_by_others.by_lines_of_json if file == "Pipfile.lock" else locks_by_others.by_lines

    assert sorted(locks_by_others.by_library(file, text)) == sorted(each[:2] for each in found)
    assert sorted(lines(text)) == sorted(found)
