"""DD605: values that a release reads as something else, by the type its code gives to the variable."""

from __future__ import annotations

import pytest

from tests.checks.built import findings, hint, requirements, said

CODE = "DD605"


@pytest.mark.parametrize(
    ("tracer", "setting", "severity"),
    [
        # a switch that `asbool` reads
        ("4.16.0", "DD_LLMOBS_ENABLED=yes", "warning"),
        ("4.16.0", "DD_LLMOBS_ENABLED=on", "warning"),
        ("4.16.0", "DD_LLMOBS_ENABLED=Enabled", "warning"),
        ("4.16.0", "DD_LLMOBS_ENABLED=TRUE", ""),
        ("4.16.0", "DD_LLMOBS_ENABLED=1", ""),
        ("4.16.0", "DD_LLMOBS_ENABLED=no", ""),
        ("4.16.0", "DD_LLMOBS_ENABLED=", ""),
        ("4.16.0", "DD_LLMOBS_ENABLED", ""),
        ("4.16.0", "DD_TRACE_ENABLED=yes", "warning"),
        # a declared one takes more
        ("4.16.0", "DD_APPSEC_ENABLED=yes", ""),
        ("4.16.0", "DD_APPSEC_ENABLED=on", ""),
        ("4.16.0", "DD_APPSEC_ENABLED=enabled", "warning"),
        ("1.20.19", "DD_APPSEC_ENABLED=yes", "warning"),
        # numbers
        ("4.16.0", "DD_TRACE_RATE_LIMIT=100", ""),
        ("4.16.0", "DD_TRACE_RATE_LIMIT=abc", "error"),
        ("4.16.0", "DD_TRACE_RATE_LIMIT=1.5", "error"),
        ("4.16.0", "DD_TRACE_RATE_LIMIT=", "error"),
        ("2.21.12", "DD_TRACE_RATE_LIMIT=abc", "warning"),
        ("4.16.0", "DD_LLMOBS_SAMPLE_RATE=0.5", ""),
        ("4.16.0", "DD_LLMOBS_SAMPLE_RATE=50%", "error"),
        ("4.16.0", "DD_PROFILING_UPLOAD_INTERVAL=1m", "warning"),
        # nothing is known of these types, or of the variable in this series
        ("4.16.0", "DD_LOGS_INJECTION=structured", ""),
        ("4.16.0", "DD_SERVICE=yes", ""),
        ("3.0.0", "DD_AGENTLESS_ENABLED=enabled", ""),
    ],
)
def test_catches_what_the_type_does_not_take(tracer: str, setting: str, severity: str) -> None:
    name, equals, _ = setting.partition("=")
    column = len(name) + 2 if equals else 1
    expected = [f".env:1:{column} {severity} {name}"] if severity else []

    assert said(CODE, requirements(f"ddtrace=={tracer}"), hint(".env", setting)) == expected


def test_says_what_becomes_of_the_value() -> None:
    tracer = requirements("ddtrace==4.16.0")

    [switch] = findings(CODE, tracer, hint(".env", "DD_LLMOBS_ENABLED=yes"))
    [number] = findings(CODE, tracer, hint(".env", "DD_TRACE_RATE_LIMIT=abc"))

    assert switch.message == "`DD_LLMOBS_ENABLED=yes` has no effect: ddtrace 4.16.0 reads it as false"
    assert switch.help == "set it to `true` or `1`"
    assert number.message == "`DD_TRACE_RATE_LIMIT=abc` stops the application: ddtrace 4.16.0 reads integers only"
    assert number.help == "set it to an integer"


def test_shows_no_secret() -> None:
    value = "a1b2c3d4e5f6a7b8c9d0e1f2a3b4"

    [finding] = findings(CODE, requirements("ddtrace==4.16.0"), hint(".env", f"DD_TRACE_RATE_LIMIT={value}"))

    assert value not in finding.message
