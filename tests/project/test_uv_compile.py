"""The release of the subject on each Python is the one that uv, or the lock itself, has.

A small grid; `python -m tests.project.generated_environments --number 300 --seed 1` compares 300 environments.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.project.generated_environments import (
    KINDS,
    SUBJECT,
    Environment,
    NotReachedError,
    Uv,
    by_ddlint,
    differences,
    generated,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
def test_thirty_environments(tmp_path: Path) -> None:
    try:
        uv = Uv(tmp_path / "cache")
    except NotReachedError as error:
        pytest.skip(str(error))

    assert list(differences(30, 2, uv, tmp_path)) == []


def test_the_same_seed_gives_the_same_environments() -> None:
    assert list(generated(30, 5)) == list(generated(30, 5))
    assert list(generated(30, 5)) != list(generated(30, 6))
    assert len({each.kind for each in generated(len(KINDS), 1)}) == len(set(KINDS))


def test_a_difference_is_seen(tmp_path: Path) -> None:
    """The environment that is compared is one that ddlint has: a misspelt name would agree with nothing for ever."""
    for environment in generated(len(KINDS), 1):
        directory = tmp_path / str(environment.number)
        for name, text in environment.files.items():
            (directory / name).parent.mkdir(parents=True, exist_ok=True)
            (directory / name).write_text(text, encoding="utf-8")
        assert set(by_ddlint(environment, directory)) == set(environment.pythons)


@pytest.mark.parametrize(
    ("lines", "release"),
    [
        ((f"{SUBJECT}==3.9.4; implementation_name == 'pypy'", f"{SUBJECT}>=2,<4"), "3.19.9"),
        ((f"{SUBJECT}==3.9.4; sys_platform == 'win32'", f"{SUBJECT}==3.16.2; sys_platform != 'win32'"), "3.16.2"),
        ((f"{SUBJECT}==3.9.4; sys_platform == 'linux'", f"{SUBJECT}>=2,<4"), "3.9.4"),
        ((f"{SUBJECT}==3.9.4; implementation_name == 'pypy'",), ""),
    ],
    ids=["of another implementation", "of another system", "of this one", "for nothing here"],
)
def test_the_release_is_that_of_the_machine_uv_is_asked_for(
    lines: tuple[str, ...], release: str, tmp_path: Path
) -> None:
    text = "\n".join(lines)
    (tmp_path / "requirements.txt").write_text(text, encoding="utf-8")
    asked = Environment(0, "requirements", {"requirements.txt": text}, "requirements.txt", ("3.11",))
    assert by_ddlint(asked, tmp_path) == {"3.11": release}
