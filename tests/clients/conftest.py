"""A copy of what is tracked, for tests that build it and then take it away."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.repository.source_tree import ROOT
from tests.repository.test_files import files

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The files of this checkout, in a repository of their own with one commit."""
    folder = tmp_path / "checkout"
    for path in files():
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    commit(folder, "the checkout")
    return folder


def commit(folder: Path, message: str) -> None:
    """Commit everything in `folder`, as nobody in particular."""
    who = ["-c", "user.name=nobody", "-c", "user.email=nobody@host.example", "-c", "commit.gpgsign=false"]
    for words in (
        ["init", "--quiet"],
        ["add", "--all"],
        [*who, "commit", "--quiet", "--no-verify", "--message", message],
    ):
        subprocess.run(["git", *words], cwd=folder, check=True)
