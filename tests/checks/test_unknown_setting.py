"""DD603: slips are reported at the setting, and names of other programs are not."""

from __future__ import annotations

import pytest

from ddlint.checks.common.variables import variables_of
from tests.checks.built import findings, hint, pack, requirements, said, where

CODE = "DD603"


@pytest.mark.parametrize(
    ("tracer", "name", "is_caught"),
    [
        ("ddtrace==4.16.0", "DD_LOG_INJECTION", True),
        ("ddtrace==4.99.0", "DD_LOG_INJECTION", True),
        ("ddtrace==4.16.0", "DD_LOGS_INJECTION", False),
        ("ddtrace==4.16.0", "DD_TRACE_SAMPLING_RATE", False),
        ("ddtrace==2.21.12", "DD_TRACE_SAMPLING_RATE", True),
        ("ddtrace==2.21.12", "DD_AGENTLESS_ENABLE", False),
        ("ddtrace==4.16.0", "DD_APM_ENABLE", False),
        ("ddtrace==4.16.0", "DD_TRACING_ENABLED", False),
        ("ddtrace==4.16.0", "DD_TEAM", False),
        ("ddtrace==4.16.0", "log_injection", False),
        ("ddtrace @ git+https://example.invalid/ddtrace", "DD_LOG_INJECTION", False),
        ("flask", "DD_LOG_INJECTION", False),
    ],
)
def test_catches_slips(tracer: str, name: str, *, is_caught: bool) -> None:
    expected = [f".env:1:{len(name) + 2} warning {name}"] if is_caught else []

    assert said(CODE, requirements(tracer), hint(".env", f"{name}=true")) == expected


def test_says_what_is_read_and_relates_the_release() -> None:
    manifests = (requirements("ddtrace==4.16.0"), hint(".env", "DD_PROFILE_ENABLED=true"))

    [finding] = findings(CODE, *manifests)

    assert finding.message == "no release of ddtrace reads `DD_PROFILE_ENABLED`"
    assert finding.at.message == "ddtrace 4.16.0 reads `DD_PROFILING_ENABLED`"
    assert finding.help == "rename it to `DD_PROFILING_ENABLED`"
    assert finding.row == "ddtrace/DD_PROFILING_ENABLED"
    assert [where(place, *manifests) for place in finding.related] == ["requirements.txt:1:1"]


def test_no_name_of_another_program_is_reported() -> None:
    known = variables_of(pack())

    assert [name for name in known.others if not known.is_of_others(name)] == []
    assert said(CODE, requirements("ddtrace==4.16.0"), hint(".env", *(f"{name}=1" for name in known.others))) == []
