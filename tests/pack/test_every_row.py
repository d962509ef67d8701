"""Every row of the built-in pack, at its edge, under a release of its own era: the pack is its own table of tests.

Pinned at the minimum a library gives nothing; one version below, DD301 at its line; what was merely tested, DD303.
"""

from __future__ import annotations

from collections import Counter
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

import pytest
from packaging.version import Version

from ddlint.core.model import Judging, Severity
from ddlint.core.source import Source
from ddlint.inputs import requirements_txt
from ddlint.pack.releases import release_index
from ddlint.pack.support import (
    SupportStatus,
    applicable_rows,
    compare,
    consequence_of,
    default_of,
    is_integration_off,
    was_seen_to_work,
)
from ddlint.pack.support_rows import Basis, Observation
from ddlint.project.resolve import resolve
from ddlint.versions.specifiers import Verdict, allows, clauses, verdict
from tests.cases.runner import builtin_pack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.pack.support_rows import Support

PACK = builtin_pack()
CHECKS = [
    import_module(f"ddlint.checks.{module}")
    for module in (
        "unsupported_dependency",
        "partly_supported_dependency",
        "untested_dependency",
        "removed_integration",
    )
]
PATH = "/p/requirements.txt"


class Told(NamedTuple):
    """What is told of a library, and where."""

    code: str
    severity: Severity
    line: int
    column: int


def below(text: str) -> str:
    """Give a version just below one: `1.9.999` for `1.10`."""
    version = Version(text)
    if version.post is not None:
        return version.base_version
    release = list(version.release)
    while release[-1] == 0:
        release.pop()
    return ".".join(map(str, [*release[:-1], release[-1] - 1, 999]))


def above(text: str) -> str:
    """Give a version just above one."""
    return f"{Version(text).base_version}.1"


def all_series_of(row: Support) -> Iterator[str]:
    """Give the lines that a row is stated for and that have a release."""
    for line in PACK.all_series[PACK.position(row.first) : PACK.position(row.last) + 1]:
        if line in release_index(PACK).newest_of:
            yield line


def lint(line: str, requirement: str) -> list[Told]:
    """Lint one pin under the newest release of a line."""
    source = Source(
        PATH, f"# made from the pack\nddtrace=={release_index(PACK).newest_of[line].version}\n\n{requirement}\n"
    )
    project = resolve("/p", (requirements_txt.parse(source),), PACK, Judging("2026-11-21"))
    found = [finding for check in CHECKS for finding in check.run(project, PACK)]
    return [Told(each.code, each.severity, *source.position(each.at.at.start)) for each in found]


def edge(row: Support, operator: str) -> str:
    """Give the version of the clause with an operator; empty where there is none."""
    return next((clause.version for clause in clauses(row.specifier) or () if clause.operator == operator), "")


def expected(line: str, code: str, row: Support, pin: str = "") -> Told:
    """Give what is to be told at the pin: by what was seen, one level lower where the integration is off by default."""
    off = is_integration_off(default_of(PACK, row.integration, line), {})
    seen = [
        each.effect
        for each in PACK.about(Observation, row.distribution)
        if each.integration == row.integration
        and PACK.holds(line, each.first, each.last)
        and allows(each.specifier, pin.removeprefix("=="))
    ]
    if not seen and code == "DD301":
        seen = [effect_of_runs(line, row, pin)]
    levels = (
        [Severity.WARNING, Severity.NOTICE]
        if not {"breaks", "refused"} & set(seen)
        else [Severity.ERROR, Severity.WARNING]
    )
    level = levels[off] if "works" not in seen else Severity.NOTICE
    return Told(code, level if code == "DD301" else Severity.NOTICE, 4, 1)


def effect_of_runs(line: str, row: Support, pin: str) -> str:
    """Give what follows from the versions that were run; what nobody saw is patched."""
    rows = applicable_rows(PACK, row.distribution, f"{release_index(PACK).newest_of[line].version}", line).rows
    return consequence_of(PACK, rows, line, pin).effect.value


def ruled(row: Support) -> str:
    """Give the first line where a row rules, or where its like does; empty where another row always does."""
    for line in all_series_of(row):
        rows = applicable_rows(PACK, row.distribution, f"{release_index(PACK).newest_of[line].version}", line).rows
        if any(
            (each.integration, each.basis, each.specifier) == (row.integration, row.basis, row.specifier)
            for each in rows
        ):
            return line
    return ""


def rows_of(*bases: Basis) -> list[Support]:
    """Give the rows of some bases that are about a distribution of an index."""
    return [row for name in PACK.distributions if ":" not in name for row in PACK.support(name) if row.basis in bases]


def _nameless(basis: Basis) -> list[Support]:
    return [row for name in PACK.distributions if ":" in name for row in PACK.support(name) if row.basis is basis]


def everything_but_tested(told: list[Told]) -> list[Told]:
    """Leave aside the notice that a supported version is older than what was tested."""
    return [each for each in told if each.code != "DD303"]


@pytest.mark.parametrize("basis", [Basis.DECLARED, Basis.PUBLISHED, Basis.DOCUMENTED], ids=lambda basis: basis.value)
def test_a_row_at_its_edge(basis: Basis, capsys: pytest.CaptureFixture[str]) -> None:
    counts: Counter[str] = Counter()
    wrong = []
    counts["of the standard library or a specification"] = len(_nameless(basis))
    for row in rows_of(basis):
        line, minimum = ruled(row), edge(row, ">=")
        if not line:
            counts["overruled on every line"] += 1
            assert all(_another_rules(row, each) for each in all_series_of(row))
            continue
        told = everything_but_tested(lint(line, f"{row.distribution}=={minimum or '0.1'}"))
        if told and not _fails_another(row, line, f"=={minimum}"):
            wrong.append((row, line, "at the minimum", told))
        if not minimum:
            counts["any version"] += 1
            continue
        counts["at its edge"] += 1
        pin = f"=={below(minimum)}"
        code = "DD301" if _fails_all(row, line, pin) else "DD302"
        counts[code] += 1
        if [expected(line, code, row, pin)] != lint(line, f"{row.distribution}{pin}"):
            wrong.append((row, line, "below the minimum", lint(line, f"{row.distribution}{pin}")))
    with capsys.disabled():
        print(f"\n{basis.value} rows: {dict(counts)}")  # noqa: T201 - how much was covered is to be seen

    assert wrong == []
    assert counts["at its edge"] > 50


def _another_rules(row: Support, line: str) -> bool:
    rows = applicable_rows(PACK, row.distribution, f"{release_index(PACK).newest_of[line].version}", line).rows
    return bool(rows) or any(each.kind == "rename" for each in PACK.removals(row.distribution))


def _fails_all(row: Support, line: str, pin: str) -> bool:
    rows = applicable_rows(PACK, row.distribution, f"{release_index(PACK).newest_of[line].version}", line).rows
    return compare(pin, rows).status is SupportStatus.UNSUPPORTED


def _fails_another(row: Support, line: str, pin: str) -> bool:
    """Tell whether another integration of the same distribution asks for more."""
    rows = applicable_rows(PACK, row.distribution, f"{release_index(PACK).newest_of[line].version}", line).rows
    return any(
        verdict(pin, (each.specifier,)) is Verdict.UNSUPPORTED for each in rows if each.integration != row.integration
    )


def _says_nothing(tested: tuple[Support, ...], pin: str) -> bool:
    """Whether a version is newer than all that was tested because the matrix pins it, or is of what brings the tracer."""
    newest = max((edge(each, "<=") or edge(each, "==") for each in tested), key=Version)
    is_newer = verdict(pin, (f"<={newest}",)) is Verdict.UNSUPPORTED
    return (is_newer and any(each.is_pinned for each in tested)) or tested[0].distribution in PACK.dependents


def test_a_tested_row_at_its_edges(capsys: pytest.CaptureFixture[str]) -> None:
    counts: Counter[str] = Counter()
    wrong = []
    for row in rows_of(Basis.TESTED):
        line = next(all_series_of(row))
        rules = applicable_rows(PACK, row.distribution, f"{release_index(PACK).newest_of[line].version}", line)
        counts["ruled by tests alone" if not rules.rows else "beside a ruling row"] += 1
        for version in (below(edge(row, ">=")), above(edge(row, "<="))):
            pin = f"=={version}"
            tested = tuple(each.specifier for each in rules.tested)
            if row not in rules.tested or verdict(pin, tested) is not Verdict.UNSUPPORTED:
                counts["overruled"] += 1
                continue
            supported = compare(pin, rules.rows).status if rules.rows else SupportStatus.SUPPORTED
            code = {SupportStatus.UNSUPPORTED: "DD301", SupportStatus.PARTLY: "DD302"}.get(supported, "DD303")
            if code == "DD303" and (
                _says_nothing(rules.tested, pin) or was_seen_to_work(PACK, row.distribution, pin, line)
            ):
                code = "nothing"
            counts[code] += 1
            found = [each.code for each in lint(line, f"{row.distribution}{pin}")]
            if [code] != (found or ["nothing"]):
                wrong.append((row, line, version, code, lint(line, f"{row.distribution}{pin}")))
        ends = [
            (version, lint(line, f"{row.distribution}=={version}")) for version in (edge(row, ">="), edge(row, "<="))
        ]
        wrong += [(row, line, end, "", told) for end, told in ends if any(each.code == "DD303" for each in told)]
    with capsys.disabled():
        print(f"\ntested rows: {dict(counts)}")  # noqa: T201 - as above

    assert wrong == []
    assert counts["DD303"] > 300
