"""Twice as much of anything takes twice the work, not four times: what a checkout holds many of is counted, not timed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.work import is_linear, work_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.folder import Folder

OLD = "ddtrace==4.16.0\ndjango==1.11.29\n"


def files_in_one_folder(folder: Folder, count: int) -> None:
    for number in range(count):
        folder.put(f"requirements-{number}.txt", OLD)


def files_in_folders(folder: Folder, count: int) -> None:
    for number in range(count):
        folder.put(f"p{number}/requirements.txt", OLD)


def included_files(folder: Folder, count: int) -> None:
    folder.put("requirements.txt", OLD + "".join(f"-r {number}.inc\n" for number in range(count)))
    for number in range(count):
        folder.put(f"{number}.inc", "flask==0.5\n")


def comments_before_one_line(folder: Folder, count: int) -> None:
    folder.put("requirements.txt", "ddtrace==4.16.0\n" + "# ddlint: ignore[DD301] x\n" * count + "django==1.11.29\n")


def comments_at_lines(folder: Folder, count: int) -> None:
    folder.put("requirements.txt", "ddtrace==4.16.0\n" + "django==1.11.29  # ddlint: ignore[DD301] x\n" * count)


def comments_of_files(folder: Folder, count: int) -> None:
    folder.put(
        "requirements.txt",
        "ddtrace==4.16.0\n" + "# ddlint: file-ignore[DD302] x\n" * count + "django==1.11.29\n" * count,
    )


def comments_on_one_line(folder: Folder, count: int) -> None:
    folder.put("requirements.txt", "ddtrace==4.16.0\ndjango==1.11.29" + " # ddlint: ignore[DD301] x" * count)


def comments_within_continued_lines(folder: Folder, count: int) -> None:
    folder.put(
        "Dockerfile",
        "FROM python:3.12\nRUN pip install ddtrace==4.16.0 \\\n"
        + " flask==0.5 \\\n# ddlint: ignore[DD301] x\n" * count,
    )


def codes_of_a_comment(folder: Folder, count: int) -> None:
    folder.put("requirements.txt", f"{OLD.strip()}  # ddlint: ignore[{'DD302, ' * count}] x\n")


def patterns_of_exclude(folder: Folder, count: int) -> None:
    folder.put("ddlint.toml", f"exclude = {[f'a{number}/**' for number in range(count)]}\n")
    for number in range(20):
        folder.put(f"p{number}/requirements.txt", OLD)


def patterns_of_gitignore(folder: Folder, count: int) -> None:
    folder.put(".git/HEAD")
    folder.put(".gitignore", "".join(f"a{number}/b*\n" for number in range(count)))
    for number in range(20):
        folder.put(f"p{number}/requirements.txt", OLD)


def entries_of_a_baseline(folder: Folder, count: int) -> None:
    folder.put("requirements.txt", "ddtrace==4.16.0\n" + "".join(f"django==1.11.{number}\n" for number in range(count)))
    folder.run("check", "--write-baseline", "base.json", "--isolated", "--as-of", "2026-11-21")
    folder.put("ddlint.toml", 'baseline = "base.json"\n')


def suppressions_of_a_config(folder: Folder, count: int) -> None:
    folder.put("requirements.txt", OLD)
    entry = "[[suppress]]\nrule = 'DD302'\nreason = 'x'\n"
    folder.put("ddlint.toml", entry * count)


SHAPES = (
    files_in_one_folder,
    files_in_folders,
    included_files,
    comments_before_one_line,
    comments_at_lines,
    comments_of_files,
    comments_on_one_line,
    comments_within_continued_lines,
    codes_of_a_comment,
    patterns_of_exclude,
    patterns_of_gitignore,
    entries_of_a_baseline,
    suppressions_of_a_config,
)


@pytest.mark.long
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_work_grows_with_what_there_is(
    folder: Folder, shape: Callable[[Folder, int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    top = folder.path

    def work(count: int) -> int:
        folder.path = top / f"of-{count}"
        folder.path.mkdir(exist_ok=True)
        monkeypatch.chdir(folder.path)
        shape(folder, count)
        return work_of(lambda: folder.check("-j", "1", "--min-severity", "notice"))

    work(2)  # what is imported and compiled once

    assert is_linear(work, 60)
