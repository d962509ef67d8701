"""Several lines whose support has ended, from one requirement."""

from __future__ import annotations

from tests.checks.built import findings, pyproject


def test_every_line_and_every_python_is_named() -> None:
    finding, *others = findings("DD101", pyproject("ddtrace<4", python=">=3.6,<3.14"))

    assert others == []
    assert finding.message == (
        "`ddtrace<4` gives ddtrace 3.19.9 on Python 3.8 to 3.13; the 3.x series lost support on 2026-05-31"
    )
    assert finding.notes == (
        "ddtrace 1.20.19 on Python 3.6 is of the 1.x series, whose support has ended",
        "ddtrace 2.21.12 on Python 3.7 is of the 2.x series, whose support has ended",
    )
    assert len(finding.evidence) == 1


def test_several_releases_of_one_line() -> None:
    (finding,) = findings("DD101", pyproject("ddtrace<1", python=">=3.4,<3.7"))

    assert "gives ddtrace 0.35.2 and 0.61.5 on Python 3.4, 3.5 and 3.6; the 0.x series lost support" in finding.message
