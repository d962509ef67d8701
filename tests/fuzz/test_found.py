"""What broke ddlint once does so no more. The files are made by hand of what the long run found; their names say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fuzz.judge import judge
from tests.fuzz.subjects import FOUND, subject
from tests.fuzz.whole import judge_whole

if TYPE_CHECKING:
    from pathlib import Path

FILES = sorted(path.relative_to(FOUND).as_posix() for path in FOUND.glob("*/*.seed"))


@pytest.mark.parametrize("name", FILES)
def test_it_holds_now(name: str, tmp_path: Path) -> None:
    data = (FOUND / name).read_bytes()
    of = subject(name.partition("/")[0])

    judge(of, data)
    judge_whole(tmp_path, of, data)
