"""Findings of one cause in several files of a project are one."""

from __future__ import annotations

import pytest

from ddlint.core.model import Place, Severity
from ddlint.core.report import Finding
from ddlint.core.source import Span
from ddlint.linter.findings import by_cause


def found(path: str, code: str = "DD301") -> Finding:
    return Finding(code, Severity.WARNING, "flask", "it is too old", Place(path, Span(0, 5)))


@pytest.mark.parametrize(
    "paths, projects, expected",
    [
        (("/r/a/x.txt", "/r/a/y.txt"), ("/r/a",), ["/r/a/x.txt"]),
        (("/r/a/x.txt", "/r/b/x.txt"), ("/r/a", "/r/b"), ["/r/a/x.txt", "/r/b/x.txt"]),
        (("/r/a/b/c/x.txt", "/r/a/x.txt"), ("/r/a",), ["/r/a/x.txt"]),
        (("/r/a/b/x.txt", "/r/a/x.txt"), ("/r/a", "/r/a/b"), ["/r/a/b/x.txt", "/r/a/x.txt"]),
        (("/r/ab/x.txt", "/r/a/x.txt"), ("/r/a", "/r"), ["/r/a/x.txt", "/r/ab/x.txt"]),
        (("/x.txt", "/r/x.txt"), ("/",), ["/x.txt"]),
        (("/x.txt", "/r/x.txt"), ("/r",), ["/r/x.txt", "/x.txt"]),
        (("/x.txt", "/y.txt"), (), ["/x.txt"]),
        (("C:/r/x.txt", "C:/r/a/x.txt"), ("C:/r",), ["C:/r/x.txt"]),
    ],
)
def test_files_of_the_nearest_project_are_taken_together(
    paths: tuple[str, ...], projects: tuple[str, ...], expected: list[str]
) -> None:
    assert [each.at.path for each in by_cause(map(found, paths), projects)] == expected


def test_what_is_not_caused_by_a_requirement_stays() -> None:
    assert len(by_cause((found("/r/x.txt", "DD601"), found("/r/y.txt", "DD601")), ("/r",))) == 2
