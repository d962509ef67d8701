"""DD604: from the series that announces the end of a variable, up to the release that ignores it."""

from __future__ import annotations

import pytest

from ddlint.pack.setting_rows import DeprecatedSetting
from tests.checks.built import findings, hint, pack, requirements, said

CODE = "DD604"


@pytest.mark.parametrize(
    ("tracer", "setting", "is_caught"),
    [
        ("ddtrace==4.16.0", "DD_LLMOBS_ML_APP=shop", True),
        ("ddtrace==4.16.0", "DD_LLMOBS_ML_APP", True),
        ("ddtrace==4.12.0", "DD_LLMOBS_ML_APP=shop", False),
        ("ddtrace==4.16.0", "DD_PYTEST_USE_NEW_PLUGIN=False", True),
        ("ddtrace==4.16.0", "DD_PYTEST_USE_NEW_PLUGIN=true", False),
        ("ddtrace==4.16.0", "DD_PYTEST_USE_NEW_PLUGIN", False),
        ("ddtrace==3.19.9", "DD_RUNTIME_METRICS_INTERVAL=5", True),
        ("ddtrace==4.0.0", "DD_RUNTIME_METRICS_INTERVAL=5", False),
        ("ddtrace==4.16.0", "DD_LLMOBS_ENABLED=true", False),
    ],
)
def test_catches_what_is_announced(tracer: str, setting: str, *, is_caught: bool) -> None:
    name, equals, _ = setting.partition("=")
    expected = [f".env:1:{len(name) + 2 if equals else 1} notice {name}"] if is_caught else []

    assert said(CODE, requirements(tracer), hint(".env", setting)) == expected


@pytest.mark.parametrize("row", pack().rows(DeprecatedSetting), ids=lambda row: row.variable)
def test_every_row_is_told_in_its_last_series(row: DeprecatedSetting) -> None:
    release = [each.version for each in pack().releases if pack().series(each.version) == row.last][-1]

    [finding] = findings(CODE, requirements(f"ddtrace=={release}"), hint(".env", f"{row.variable}={row.value or 'x'}"))

    assert finding.row == row.row
    assert f"removed in {row.removed_in}" in finding.message
    assert finding.help == (f"set `{row.successor}` instead" if row.successor else f"remove it before {row.removed_in}")
