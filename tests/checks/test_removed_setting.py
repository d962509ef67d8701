"""DD601: what a release ignores is told at the setting, and nothing else is."""

from __future__ import annotations

import pytest

from ddlint.core.model import Severity
from ddlint.pack.protection_rows import RemovedSetting
from tests.checks.built import JUDGING, findings, hint, pack, pyproject, requirements, said, where

CODE = "DD601"


@pytest.mark.parametrize(
    ("tracer", "setting", "severity"),
    [
        ("ddtrace==1.0.0", "DATADOG_SERVICE_NAME=shop", "warning"),
        ("ddtrace==0.61.5", "DATADOG_SERVICE_NAME=shop", ""),
        ("ddtrace==1.0.0rc1", "DATADOG_SERVICE_NAME=shop", "warning"),
        ("ddtrace==1.0.0", "DATADOG_TRACE_ENABLED=true", "warning"),
        ("ddtrace==4.16.0", "DATADOG_API_KEY=secret", ""),
        ("ddtrace==4.16.0", "DATADOG_SITE=datadoghq.eu", ""),
        ("ddtrace==4.16.0", "DATADOG_TRACE_AGENT_HOSTNAME=agent", "warning"),
        ("ddtrace==1.1.2", "DATADOG_TRACE_AGENT_HOSTNAME=agent", ""),
        ("ddtrace==2.0.0", "DD_GEVENT_PATCH_ALL=true", "warning"),
        ("ddtrace==1.20.19", "DD_GEVENT_PATCH_ALL=true", ""),
        ("ddtrace==2.0.0", "DD_GEVENT_PATCH_ALL", "warning"),
        ("ddtrace==3.0.0", "DD_TRACE_API_VERSION=v0.3", "warning"),
        ("ddtrace==3.0.0", "DD_TRACE_API_VERSION=v0.5", ""),
        ("ddtrace==3.0.0", "DD_TRACE_API_VERSION", ""),
        ("ddtrace==2.21.12", "DD_TRACE_API_VERSION=v0.3", ""),
        ("ddtrace==3.0.0", "DD_TRACE_METHODS=app.shop[buy]", "warning"),
        ("ddtrace==3.0.0", "DD_TRACE_METHODS=app.shop:buy", ""),
        ("ddtrace==2.0.0", "DD_TRACE_PROPAGATION_STYLE=B3", "notice"),
        ("ddtrace==4.16.0", "DD_TRACE_PROPAGATION_STYLE=datadog", ""),
        ("ddtrace==4.16.0", "DD_TRACE_PROPAGATION_STYLE=b3 single header", "warning"),
        ("ddtrace==4.16.0", "DD_TRACE_PROPAGATION_STYLE=datadog, B3 single header", "warning"),
        ("ddtrace==2.21.12", "DD_TRACE_PROPAGATION_STYLE=datadog,b3 single header", ""),
        ("ddtrace==2.0.0", "DD_TRACE_PROPAGATION_STYLE=datadog,b3", "notice"),
        ("ddtrace==2.0.0", "DD_TRACE_PROPAGATION_STYLE=datadog,b3multi", ""),
        ("ddtrace==1.20.19", "DD_TRACE_PROPAGATION_STYLE=b3", ""),
        ("ddtrace==4.0.0", "DD_PROFILING_STACK_V2_ENABLED=1", "warning"),
        ("ddtrace==3.19.9", "DD_PROFILING_STACK_V2_ENABLED=1", ""),
        ("ddtrace==4.99.0", "DD_PROFILING_STACK_V2_ENABLED=1", "warning"),
        ("ddtrace==4.16.0", "DD_TRACE_ENABLED=true", ""),
        ("ddtrace==4.16.0", "DD_REMOTECONFIG_POLL_SECONDS=5", ""),
        ("ddtrace==4.16.0", "DEFAULT_RUNTIME_METRICS_INTERVAL=5", ""),
        ("ddtrace==4.16.0", "DD_RUNTIME_METRICS_INTERVAL=5", "warning"),
        ("ddtrace==3.19.9", "DD_RUNTIME_METRICS_INTERVAL=5", ""),
        ("ddtrace==2.0.0", "DD_TRACE_OBFUSCATION_QUERY_STRING_PATTERN=x", "warning"),
        ("ddtrace==4.16.0", "DD_OPENAI_SPAN_CHAR_LIMIT=5", "warning"),
        ("ddtrace==4.0.4", "DD_OPENAI_SPAN_CHAR_LIMIT=5", ""),
        ("ddtrace==4.16.0", "DD_AGENTLESS_ENABLED=true", ""),
        ("ddtrace==3.0.0", "DD_AGENTLESS_ENABLED=true", ""),
        ("ddtrace==4.16.0", "OTEL_SERVICE_NAME=shop", ""),
        ("ddtrace @ git+https://example.invalid/ddtrace", "DD_GEVENT_PATCH_ALL=true", ""),
    ],
)
def test_catches_what_the_release_ignores(tracer: str, setting: str, severity: str) -> None:
    name, equals, _ = setting.partition("=")
    expected = [f".env:1:{len(name) + 2 if equals else 1} {severity} {name}"] if severity else []

    assert said(CODE, requirements(tracer), hint(".env", setting)) == expected


@pytest.mark.parametrize("row", [row for row in pack().rows(RemovedSetting) if row.value != "b3 single header"])
def test_every_row_is_told_from_its_release_on(row: RemovedSetting) -> None:
    name = row.names[0] if row.names else row.variable
    value = row.value or f"a{row.part}b"
    releases = [release.version for release in pack().releases if not release.is_yanked]
    before = releases[releases.index(row.version) - 1]

    told = findings(CODE, requirements(f"ddtrace=={row.version}"), hint(".env", f"{name}={value}"))
    untold = findings(CODE, requirements(f"ddtrace=={before}"), hint(".env", f"{name}={value}"))

    assert [finding.row for finding in told] == [row.row]
    assert row.evidence in told[0].evidence
    assert untold == []


def test_says_what_to_set_for_each_of_a_prefix() -> None:
    [finding] = findings(CODE, requirements("ddtrace==4.16.0"), hint(".env", "DATADOG_ENV=prod"))

    assert finding.message == "`DATADOG_ENV` is ignored by ddtrace 4.16.0: removed in 1.0.0"


def test_says_what_to_set_and_relates_the_tracer() -> None:
    manifests = (requirements("flask", "ddtrace==4.16.0"), hint(".env", "A=1", "DD_SERVICE_NAME=shop"))

    [finding] = findings(CODE, *manifests)

    assert finding.message == "`DD_SERVICE_NAME` is ignored by ddtrace 4.16.0: removed in 1.0.0"
    assert finding.help == "set `DD_SERVICE` instead"
    assert [where(place, *manifests) for place in finding.related] == ["requirements.txt:2:1"]
    assert finding.severity is Severity.WARNING


def test_names_the_pythons_whose_release_ignores_it() -> None:
    """On Python 3.8 the 3.x that still reads the variable is installed."""
    manifest = pyproject("ddtrace>=3.19,<4.17", python=">=3.8,<3.11")

    [finding] = findings(CODE, manifest, hint(".env", "DD_RUNTIME_METRICS_INTERVAL=1"))

    assert finding.message.endswith("is ignored by ddtrace 4.16.0 on Python 3.9 and 3.10: removed in 4.0.0")


def test_a_file_that_names_its_python_is_judged_on_that_one() -> None:
    manifest = pyproject("ddtrace>=3.19,<4.17", python=">=3.8,<3.11")
    setting = "DD_EXCEPTION_DEBUGGING_ENABLED=1"

    assert said(CODE, manifest, hint("Dockerfile", "python 3.8", setting)) == []
    assert len(said(CODE, manifest, hint("Dockerfile", "python 3.9", setting))) == 1


def test_a_tracer_from_outside_is_judged_too() -> None:
    settings = JUDGING._replace(default_tracer="==4.16.0")

    assert said(CODE, requirements("flask"), hint(".env", "DD_SERVICE_NAME=x"), settings=settings) == [
        ".env:1:17 warning DD_SERVICE_NAME"
    ]
    assert said(CODE, requirements("flask"), hint(".env", "DD_SERVICE_NAME=x")) == []
