"""Report a setting that a later release is announced to ignore.

## What it does

Reports a variable that the resolved release still reads while its own code announces the release that will not, with
its successor.

## Why it matters

The release only logs a deprecation warning, which production services rarely show, and the next major release ignores
the variable without one.

## Example

    ddtrace==4.16.0
    DD_LLMOBS_ML_APP=shop    # ignored from ddtrace 5.0.0 on

## What to do

Set the successor now, where there is one; else plan for the change that is named.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.checks import check_of
from ddlint.checks.common.context import context_of
from ddlint.checks.common.messages import subject, tracer_places
from ddlint.checks.common.settings import affected_releases, settings
from ddlint.core.model import Project, Resolution
from ddlint.core.report import Finding
from ddlint.core.text import fitted
from ddlint.pack.pack import Pack
from ddlint.pack.setting_rows import DeprecatedSetting
from ddlint.versions.specifiers import is_at_least

CHECK = check_of(__name__)


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a finding for each setting whose end is announced."""
    context = context_of(project, pack)
    rows = pack.rows(DeprecatedSetting)
    for made in settings(context):
        for row in rows:
            if row.variable != made.name or (row.value and row.value != made.value):
                continue

            def announces(resolution: Resolution, row: DeprecatedSetting = row) -> bool:
                is_read = pack.holds(resolution.series, row.first, row.last)
                return is_read and not is_at_least(resolution.release, row.removed_in)

            if group := affected_releases(context, made.path, announces):
                releases = dict.fromkeys(each.release for each in group.resolutions)
                written = f"{row.variable}={row.value}" if row.value else row.variable
                head = f"`{written}` is deprecated in {subject(context, releases)} and removed in {row.removed_in}"
                message, notes = fitted(head, "", f": {row.note}" if row.note else "")
                yield Finding(
                    CHECK.code,
                    CHECK.level,
                    made.name,
                    message,
                    made.place("deprecated"),
                    row.row,
                    tracer_places(context, group.resolutions),
                    (row.evidence,),
                    notes,
                    help=f"set `{row.successor}` instead" if row.successor else f"remove it before {row.removed_in}",
                    key=made.name,
                )
