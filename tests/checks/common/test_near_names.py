"""Which name is meant: slips are near, other words are not."""

from __future__ import annotations

import pytest

from ddlint.checks.common.near_names import NearNames

KNOWN = NearNames(
    [
        "DD_APPSEC_ENABLED",
        "DD_LOGS_INJECTION",
        "DD_PROFILING_ENABLED",
        "DD_PROFILING_HEAP_ENABLED",
        "DD_SERVICE",
        "DD_TAGS",
        "DD_TRACE_128_BIT_TRACEID_LOGGING_ENABLED",
        "DD_TRACE_AGENT_HOSTNAME",
        "DD_TRACE_AGENT_PORT",
        "DD_TRACE_SAMPLING_RULES",
        "DD_TRACE_SQS_ENABLED",
        "OTEL_SERVICE_NAME",
    ]
)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("DD_LOG_INJECTION", "DD_LOGS_INJECTION"),
        ("DD_LOGS_INJECTOIN", "DD_LOGS_INJECTION"),
        ("DD_LOGSINJECTION", "DD_LOGS_INJECTION"),
        ("DD_INJECTION_LOGS", "DD_LOGS_INJECTION"),
        ("DD_LOGS_INJECTION_ENABLED", "DD_LOGS_INJECTION"),
        ("DD_TRACE_LOGS_INJECTION", "DD_LOGS_INJECTION"),
        ("DD_PROFILE_ENABLED", "DD_PROFILING_ENABLED"),
        ("DD_PROFILER_ENABLED", "DD_PROFILING_ENABLED"),
        ("DD_PROFILING_HEAP", "DD_PROFILING_HEAP_ENABLED"),
        ("DD_APPSEC_ENABLE", "DD_APPSEC_ENABLED"),
        ("DD_TRACE_SAMPLING_RULE", "DD_TRACE_SAMPLING_RULES"),
        ("DD_TRACE_SAMPLE_RULES", "DD_TRACE_SAMPLING_RULES"),
        ("DD_TRACE_AGENT_HOST", "DD_TRACE_AGENT_HOSTNAME"),
        ("DD_SERVCE", "DD_SERVICE"),
        ("DD_SERVICES", "DD_SERVICE"),
        # not near
        ("DD_LOGS_ENABLED", ""),
        ("DD_TRACE_AGENT_PART", ""),
        ("DD_TRACE_SNS_ENABLED", ""),
        ("DD_TRACE_64_BIT_TRACEID_LOGGING_ENABLED", ""),
        ("DD_TRACE_SAMPLING_RULES_FILE", ""),
        ("DD_TAG", ""),
        ("DD_SERVICE_2", ""),
        ("DD_APPSEC", ""),
        ("DD_TEAM", ""),
        ("DD_", ""),
        ("DD__", ""),
        ("OTEL_SERVICE_NAMES", ""),
        ("DATADOG_SERVCE", ""),
        ("_DD_SERVCE", ""),
    ],
)
def test_nearest(name: str, meant: str) -> None:
    assert KNOWN.nearest(name) == meant


def test_the_nearest_of_several() -> None:
    known = NearNames(["DD_TRACE_SAMPLES_RATE", "DD_TRACE_SAMPLING_RATE"])

    assert known.nearest("DD_TRACE_SAMPLE_RATE") == "DD_TRACE_SAMPLES_RATE"
