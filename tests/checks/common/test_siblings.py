"""What a finding carries beside its message, which the case folders do not show: help, notes, rows; and its grammar."""

from __future__ import annotations

import pytest

from ddlint.core.model import normalize
from tests.checks.built import findings, hint, lock, pyproject, requirements


@pytest.mark.parametrize(
    ("library", "expected"),
    [
        ("celery==4.3.0", ("last supported by ddtrace 2.1",)),
        ("celery==2.0", ()),
    ],
)
def test_the_last_line_that_supports_a_library_is_told(library: str, expected: tuple[str, ...]) -> None:
    (found,) = findings("DD301", requirements("ddtrace==4.16.0", library))

    assert found.notes == ()
    assert found.at.message == "; ".join((*expected, "ddtrace patches it anyway"))


@pytest.mark.parametrize(
    ("release", "row"),
    [("1.9.1", "ddtrace/pypi-release-1.9.1"), ("3.12.3", "ddtrace/pypi-releases-3.12.1-3.12.4")],
)
def test_a_yanked_release_rests_on_the_latest_row_before_it(release: str, row: str) -> None:
    (found,) = findings("DD104", requirements(f"ddtrace=={release}"))

    assert found.row == row


@pytest.mark.parametrize(
    ("python", "expected"),
    [
        (">=3.9,<3.10", "is ignored by ddtrace 3.0.0 on Python 3.9"),
        (">=3.7,<3.9", "is ignored by ddtrace 2.9.7 and 3.0.0 on Python 3.7 and 3.8"),
    ],
)
def test_one_release_ignores_a_setting_and_several_ignore_it(python: str, expected: str) -> None:
    asked = ("ddtrace==3.0.0 ; python_version >= '3.8'", "ddtrace==2.9.7 ; python_version < '3.8'")
    (found,) = findings("DD601", pyproject(*asked, python=python), hint(".env", "DD_GEVENT_PATCH_ALL=true"))

    assert expected in found.message


@pytest.mark.parametrize(
    ("release", "expected"),
    [("0.1.0", "such as 0.5.3"), ("2.14.3", "such as 2.14.2 or 2.14.4")],
)
def test_one_release_is_nearest_and_two_are(release: str, expected: str) -> None:
    (found,) = findings("DD103", requirements(f"ddtrace=={release}"))

    assert found.help == f"ask for one that exists, {expected}"


def test_the_switch_of_an_integration_is_named() -> None:
    (found,) = findings("DD305", requirements("ddtrace==4.16.0", "sqlalchemy"))

    assert found.help == "set `DD_TRACE_SQLALCHEMY_ENABLED` to true where the service runs"


@pytest.mark.parametrize(("release", "count"), [("4.3.2", 1), ("1.10.0", 0)])
def test_a_framework_is_not_said_to_be_covered_later_where_nothing_is_covered_yet(release: str, count: int) -> None:
    found = findings(
        "DD403", requirements(f"ddtrace=={release}", "tornado==6.4.1"), hint(".env", "DD_APPSEC_ENABLED=true")
    )

    assert len(found) == count


def test_each_entry_of_a_library_that_only_a_lock_names_is_told() -> None:
    entries = lock("aioredis==1.3.1", "aioredis==2.0.1")

    assert [found.key for found in findings("DD304", pyproject("ddtrace==4.0.0"), entries)] == ["==1.3.1", "==2.0.1"]
    assert [found.key for found in findings("DD304", pyproject("ddtrace==4.0.0", "aioredis"), entries)] == [""]


@pytest.mark.parametrize(
    ("python", "expected"),
    [
        (">=3.9,<3.10", "supported by ddtrace 3.12.9 on Python 3.9"),
        (">=3.8,<3.10", "supported by ddtrace 3.12.8 and 3.12.9"),
    ],
)
def test_a_range_is_supported_by_one_release_or_several(python: str, expected: str) -> None:
    asked = ("ddtrace==3.12.9 ; python_version >= '3.9'", "ddtrace==3.12.8 ; python_version < '3.9'", "celery==4.3.0")
    (found,) = findings("DD301", pyproject(*asked, python=python))

    assert expected in "; ".join((found.message, *found.notes))


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        (("flower",), ["brought in from here: flower -> celery", "gives ddtrace 4.16.0"]),
        (("flower", "celery"), ["declared here", "gives ddtrace 4.16.0"]),
    ],
)
def test_the_way_to_a_lock_entry_is_told_only_where_nobody_declared_it(
    declared: tuple[str, ...], expected: list[str]
) -> None:
    flower, *others = (entries := lock("flower==1.0", "celery==4.3.0")).dependencies
    entries = entries._replace(dependencies=(flower._replace(requires=(normalize("celery"),)), *others))
    (found,) = findings("DD301", pyproject("ddtrace==4.16.0", *declared), entries)

    assert [place.message for place in found.related] == expected
