"""Report a protection capability that is switched on for a site on which the product is not available.

## What it does

Compares the site that a runtime hint reports to (`DD_SITE` for Datadog) with the sites that the newest page excludes,
once a capability is switched on in the same environment. The site may be written with or without `app.`.

## Why it matters

The service pays for the protection with its time, and nothing it finds arrives anywhere.

## Example

    DD_SITE=ddog-gov.com     # not available on this site
    DD_APPSEC_ENABLED=true

## What to do

Switch the capability off for that site.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.checks import check_of
from ddlint.checks.common.context import context_of
from ddlint.checks.common.protection import (
    EnabledCapability,
    enabled_capabilities,
    is_product,
    quoted_setting,
    related_places,
    run_beside,
)
from ddlint.core.model import Project
from ddlint.core.report import Finding
from ddlint.pack.pack import Pack
from ddlint.pack.protection_rows import Site

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.checks.common.settings import SettingAt

CHECK = check_of(__name__)
_PREFIX = "app."


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a finding for each site without the product."""
    context = context_of(project, pack)
    asked = tuple(
        each for each in enabled_capabilities(context) if each.capability.is_supported and is_product(context, each)
    )
    for row in pack.rows(Site):
        for found in asked:
            told = tuple(each for each in run_beside(context, found, row.variable) if _is_meant(row, each))
            if told:
                yield _finding(row, found, told)
                break


def _is_meant(row: Site, made: SettingAt) -> bool:
    return made.value is not None and made.value.removeprefix(_PREFIX) == row.site.lower().removeprefix(_PREFIX)


def _finding(row: Site, found: EnabledCapability, told: tuple[SettingAt, ...]) -> Finding:
    first = told[0]
    return Finding(
        CHECK.code,
        CHECK.level,
        row.variable,
        found.says(
            f"is not available on the site of `{quoted_setting(first)}`",
            f"is not available with `{quoted_setting(first)}`",
        ),
        first.place("this site"),
        row.row,
        (*related_places(told[1:]), *related_places(found.made, "switched on here")),
        (row.evidence,),
        help=f"switch {found.capability.title} off for this site",
        key=row.site,
    )
