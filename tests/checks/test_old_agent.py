"""DD602: an Agent older than the line needs, at its image."""

from __future__ import annotations

import pytest

from ddlint.pack.protection_rows import AgentImage
from tests.checks.built import findings, hint, pack, pyproject, requirements, said, where

CODE = "DD602"


@pytest.mark.parametrize(
    ("tag", "is_old"),
    [
        ("7.27.9", True),
        ("7.27", True),
        ("7.28.0", False),
        ("7.28", False),
        ("7", False),
        ("6", True),
        ("6.53.0", True),
        ("7.27.0-jmx", True),
        ("7-jmx", False),
        ("7.27.0-rc.1", True),
        ("7.100.0", False),
        ("v7.1", True),
        ("latest", False),
        ("main", False),
        ("7.x", False),
        ("", False),
        ("20260101-7", False),
    ],
)
def test_reads_a_tag_as_all_it_can_mean(tag: str, *, is_old: bool) -> None:
    expected = ["compose.yaml:1:1 warning datadog-agent"] if is_old else []

    assert said(CODE, requirements("ddtrace==4.16.0"), hint("compose.yaml", f"image datadog/agent:{tag}")) == expected


@pytest.mark.parametrize("image", [row.image for row in pack().rows(AgentImage)])
def test_catches_every_repository_of_the_agent(image: str) -> None:
    assert len(said(CODE, requirements("ddtrace==4.16.0"), hint("compose.yaml", f"image {image}:7.20.0"))) == 1


@pytest.mark.parametrize("image", ["datadog/cluster-agent:1.2.0", "example/agent:7.1.0", "python:3.9", "agent:7.1.0"])
def test_catches_not_other_images(image: str) -> None:
    assert said(CODE, requirements("ddtrace==4.16.0"), hint("compose.yaml", f"image {image}")) == []


@pytest.mark.parametrize(
    ("tracer", "is_told"),
    [
        ("ddtrace==4.16.0", True),
        ("ddtrace==3.19.9", True),
        ("ddtrace==2.0.0", True),
        ("ddtrace==1.0.0", True),
        ("ddtrace==0.61.5", False),
        ("ddtrace @ https://example.invalid/d.whl", False),
        ("flask", False),
    ],
)
def test_depends_on_the_line(tracer: str, *, is_told: bool) -> None:
    assert bool(said(CODE, requirements(tracer), hint("compose.yaml", "image datadog/agent:7.27.0"))) is is_told


def test_says_what_is_needed() -> None:
    manifests = (
        pyproject("ddtrace>=3,<4.17", python=">=3.8,<3.10"),
        hint("compose.yaml", "image datadog/agent:7.27.0"),
    )

    [finding] = findings(CODE, *manifests)

    assert finding.message == (
        "`datadog/agent:7.27.0` is older than datadog-agent 7.28, which ddtrace 3.19.9 and 4.16.0 need"
    )
    assert finding.evidence[0].section == "Supported Python versions"
    assert [where(place, *manifests) for place in finding.related] == ["pyproject.toml:6:6"]
