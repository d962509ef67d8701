"""What is said of an extra that never was."""

from __future__ import annotations

from tests.checks.built import findings, requirements


def test_the_extras_that_are_there_are_named() -> None:
    (finding,) = findings("DD106", requirements("ddtrace[nope]==4.16.0"))

    assert finding.notes == (
        "no release of ddtrace ever had it",
        "ddtrace 4.16.0 has `openfeature`, `opentelemetry` and `opentracing`",
    )


def test_a_release_may_have_none() -> None:
    (finding,) = findings("DD106", requirements("ddtrace[nope]==0.5.3"))

    assert finding.notes[-1] == "ddtrace 0.5.3 has none"
