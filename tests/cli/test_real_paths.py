"""Links in paths are resolved as the system does, also where they are looked for once in each folder."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from ddlint.cli import host

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows makes no links for everybody")


@pytest.mark.parametrize(
    "path",
    [
        "", "/", "//", "a", "a/b", "a/b/file", "a/none", "a/none/deeper", "link", "link/file", "link/none", "file", "file/x",
        "to-file", "to-file/x", "circle", "circle/x", "broken", "broken/x", "up", "up/a/b", "far", "far/file", "a/b/../b/file",
        "a/./b", "a//b", "link/../a", "a/", "a\0b", "a\0b/c", "x" * 300, "\udcff", "/".join(["d"] * 150),
    ],
)  # fmt: skip
def test_a_path_is_the_one_that_the_system_resolves(tmp_path: Path, path: str) -> None:
    (tmp_path / "top/a/b").mkdir(parents=True)
    for name in ("file", "a/b/file"):
        (tmp_path / "top" / name).write_text("")
    links = {"link": "a/b", "to-file": "file", "circle": "circle", "broken": "nowhere", "up": "..", "far": "link/../b"}
    for name, target in links.items():
        (tmp_path / "top" / name).symlink_to(target)
    (tmp_path / "other").symlink_to("top")

    for top in ("top", "other", "up/top"):
        whole = f"{tmp_path}/{top}/{path}"
        try:
            expected = os.path.realpath(whole)
        except ValueError:
            expected = whole
        assert host.real_path(whole) == expected


@pytest.mark.parametrize("path", ["/", "/etc", "//", "//etc", "//etc/x", "/..", "/a/.."])
def test_a_path_near_the_top_is_the_one_that_the_system_resolves(path: str) -> None:
    assert host.real_path(path) == os.path.realpath(path)
