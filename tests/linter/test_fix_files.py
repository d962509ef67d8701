"""Fixes of whole files: what differs is the marked text and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.linter.fix_files import FILES, Marked

if TYPE_CHECKING:
    from tests.folder import Folder


FIXING = ("--fix", "--unsafe-fixes", "--ignore", "DD101,DD502")


def words(marked: Marked) -> tuple[str, ...]:
    """Options that fix notices too; not where comments suppress some, which would then be used."""
    return FIXING if "ddlint:" in marked.marked else (*FIXING, "--min-severity", "notice")


@pytest.mark.parametrize("marked", FILES.values(), ids=FILES)
def test_only_the_marked_text_changes(folder: Folder, marked: Marked) -> None:
    put(folder, marked)
    ran = folder.check(*words(marked))

    assert (folder.path / marked.name).read_bytes() == marked.after, ran.err
    assert "not fixed" not in ran.err


@pytest.mark.parametrize("marked", FILES.values(), ids=FILES)
def test_the_second_run_finds_nothing(folder: Folder, marked: Marked) -> None:
    put(folder, marked)
    folder.check(*words(marked))
    again = folder.check(*FIXING)

    assert again.lines == []
    assert again.code == 0
    assert (folder.path / marked.name).read_bytes() == marked.after


def put(folder: Folder, marked: Marked) -> None:
    for name, text in marked.others:
        folder.put(name, text)
    folder.put(marked.name, marked.before)
