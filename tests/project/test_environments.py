"""Which environments a project has; whole projects are in `tests/cases/environments`."""

from __future__ import annotations

import pytest

from ddlint.core.model import ScopeInclude
from ddlint.core.source import Span
from ddlint.project.environments import in_scopes, is_secondary_name
from tests.project.fake import manifest, requirement

SCOPED = manifest(
    "pyproject.toml",
    requirement("main"),
    requirement("tool", scope="build"),
    requirement("tests", scope="group:tests"),
    requirement("docs", scope="group:docs"),
    requirement("trace", scope="extra:trace"),
)._replace(scope_includes=(ScopeInclude("group:dev", "group:tests", Span(0, 0)),))


@pytest.mark.parametrize(
    ("scopes", "expected"),
    [
        ((), ["main", "tool"]),
        (("group:tests",), ["main", "tool", "tests"]),
        (("group:dev",), ["main", "tool", "tests"]),
        (("group:*",), ["main", "tool", "tests", "docs"]),
        (("group:*", "!group:docs"), ["main", "tool", "tests"]),
        (("extra:*",), ["main", "tool", "trace"]),
        (("extra:trace", "group:docs"), ["main", "tool", "docs", "trace"]),
        (("*",), ["main", "tool", "tests", "docs", "trace"]),
        (("group:unknown",), ["main", "tool"]),
    ],
)
def test_what_an_install_line_chooses(scopes: tuple[str, ...], expected: list[str]) -> None:
    assert [each.name for each in in_scopes(SCOPED, scopes).dependencies] == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("docs/requirements.txt", True),
        ("requirements-docs.txt", True),
        ("requirements/lint.txt", True),
        ("requirements_mypy.txt", True),
        ("mypy", True),
        ("tests", False),
        ("requirements.txt", False),
        ("services/docs-api/requirements.txt", False),
        ("typing-service/requirements.txt", False),
        ("requirements/production.txt", False),
    ],
)
def test_what_only_builds_documentation_lints_or_releases(name: str, expected: bool) -> None:
    assert is_secondary_name(name) is expected
