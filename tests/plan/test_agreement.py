"""A plan says of a release what linting with it says: the same release asked for with `--tracer`."""

from collections.abc import Iterator
from importlib import import_module

import pytest

from ddlint.checks import CHECKS
from ddlint.core.model import Severity
from ddlint.core.report import Finding
from ddlint.plan.columns import cells
from ddlint.plan.model import Kind, Status
from ddlint.project.resolve import resolve, variants
from tests.plan.made import JUDGING, ROOT, of, pack, plan_of, read, resolved
from tests.plan.test_changes import DOCKERFILE, SHOP

PROJECTS = [
    {"pyproject.toml": SHOP, "Dockerfile": DOCKERFILE},
    of("tracelib==1.0.0", "webby==1.0", "oldy>=1", "sqly==1.3", "helper==3"),
    of("tracelib", "webby>=1.5,<1.9", "webby-unknown==2", "sqly", "clashy>=8"),
    {**of("tracelib>=2", "webby==2.6", "lonely"), "runtime.txt": "python-3.13.1\n"},
]
CODES = {
    Status.UNSUPPORTED: "DD301",
    Status.PARTLY: "DD302",
    Status.UNTESTED: "DD303",
    Status.REMOVED: "DD304",
    Status.NOT_INSTRUMENTED: "DD305",
}
LIBRARY = frozenset(CODES.values())
ORDER = [CODES[status] for status in Status if status in CODES]
"""The worst first: a cell tells that one."""
SPEAKS_OF_THE_SERIES = {"DD101", "DD102", "DD105"}


def lint(files: dict[str, str], release: str) -> Iterator[Finding]:
    project = resolved(files, JUDGING._replace(tracer=f"=={release}"))
    for check in CHECKS:
        if check.code not in SPEAKS_OF_THE_SERIES and check.code != "DD009":
            yield from import_module(f"ddlint.checks.{check.module}").run(project, pack())


@pytest.mark.parametrize("files", PROJECTS)
def test_a_cell_is_what_the_checks_say(files: dict[str, str]) -> None:
    plan = plan_of(files)
    for series in plan.all_series:
        found = dict(
            sorted(
                ((each.subject, each.code) for each in lint(files, series.release) if each.code in LIBRARY),
                key=lambda each: ORDER.index(each[1]),
                reverse=True,
            )
        )
        told = {
            row.name: code
            for row in plan.rows
            if row.kind is Kind.LIBRARY and (code := CODES.get(dict(cells(plan, row))[series.name].status))
        }

        assert told == found, series.name


@pytest.mark.parametrize("files", PROJECTS)
def test_a_series_fits_where_linting_finds_nothing_that_fails(files: dict[str, str]) -> None:
    """But for ranges that only partly reach outside, and what is to be changed beside libraries."""
    aside = {"DD302", "DD601", "DD602", "DD106"}
    plan = plan_of(files)
    for series in plan.all_series:
        found = [each for each in lint(files, series.release) if each.severity is not Severity.NOTICE]

        assert series.fits == (not [each for each in found if each.code not in aside]), series.name


@pytest.mark.parametrize("files", PROJECTS)
@pytest.mark.parametrize("to", ["1.0", "2.0", "2.1", "3.0"])
def test_what_is_to_be_done_is_what_the_checks_find(files: dict[str, str], to: str) -> None:
    plan = plan_of(files, to=to)
    found = {(each.code, each.subject) for each in lint(files, plan.target) if each.severity is not Severity.NOTICE}
    told = {(each.code, each.subject) for each in plan.required if each.code and each.code not in SPEAKS_OF_THE_SERIES}

    assert told == {(code, subject) for code, subject in found if code[:3] != "DD0"}


@pytest.mark.parametrize("files", PROJECTS)
def test_a_variant_is_the_project_resolved_anew(files: dict[str, str]) -> None:
    as_if = variants(resolve(ROOT, read(files), pack(), JUDGING), pack(), JUDGING)
    for release in ("1.0.1", "2.0.0", "3.0.0"):
        assert as_if(release)._replace(manifests=()) == resolved(
            files, JUDGING._replace(tracer=f"=={release}")
        )._replace(manifests=())
