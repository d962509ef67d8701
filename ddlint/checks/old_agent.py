"""Report an image of the Agent that is older than the resolved series needs.

## What it does

Compares the tag of an Agent image in a compose file, a Dockerfile, a Kubernetes or ECS manifest with the oldest Agent
that the series of the resolved release supports. A tag that moves (`latest`, `7`) is old only where all it can mean is.

## Why it matters

An old Agent refuses or drops what a newer tracer sends it, and the traces are missing without an error in the service.

## Example

    ddtrace==4.16.0
    image: datadog/agent:7.20.0    # ddtrace 4.16.0 needs 7.28

## What to do

Move the Agent to the version that is named, or a later one.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.checks import check_of
from ddlint.checks.common.context import CheckContext, context_of
from ddlint.checks.common.messages import subject, tracer_places
from ddlint.checks.common.settings import affected_releases, settings
from ddlint.checks.common.tracer import level_status
from ddlint.core.lazy_regex import regex
from ddlint.core.model import Image, Place, Project, Resolution
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.report import Finding
from ddlint.core.text import cropped, fitted
from ddlint.pack.pack import Pack
from ddlint.pack.protection_rows import AgentImage
from ddlint.pack.setting_rows import AgentMinimum
from ddlint.pack.support_rows import SupportLevel
from ddlint.versions.specifiers import is_at_least

CHECK = check_of(__name__)

_TAG = regex(r"v?(?P<numbers>[0-9]{1,5}(?:\.[0-9]{1,5}){0,2})(?=$|-)")


class _Agent(NamedTuple):
    path: str
    image: Image
    row: AgentImage


class _Need(NamedTuple):
    agent: str
    feature: str
    """What needs it, in words; empty for the series itself."""
    row: SupportLevel | AgentMinimum


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a finding for each Agent that is too old, also of an image that is mirrored in another registry."""
    context = context_of(project, pack)
    rows = {row.image: row for row in pack.rows(AgentImage)}
    for manifest in project.manifests:
        for image in manifest.images:
            row = next((row for name, row in rows.items() if f"/{image.name}".endswith(f"/{name}")), None)
            if row is not None:
                yield from _judged(context, _Agent(manifest.path, image, row))


def _judged(context: CheckContext, agent: _Agent) -> Iterator[Finding]:
    features = tuple(row for row in context.pack.rows(AgentMinimum) if _is_on(context, row))

    def needs(resolution: Resolution) -> _Need | None:
        """Return the newest Agent that a release needs, for all that is switched on."""
        found = level_status(context.pack, resolution.series, context.project.as_of)
        needs = [_Need(row.agent, row.feature, row) for row in features if is_at_least(resolution.release, row.version)]
        if found is not None and found.level.minimum_agent:
            needs.append(_Need(found.level.minimum_agent, "", found.level))
        return max(needs, key=lambda need: _numbers(need.agent), default=None)

    def needs_newer(resolution: Resolution) -> bool:
        found = needs(resolution)
        return found is not None and _is_older(agent.image.tag, found.agent)

    group = affected_releases(context, agent.path, needs_newer)
    needed = needs(group.first) if group else None
    if group is None or needed is None:
        return
    releases = tuple(dict.fromkeys(each.release for each in group.resolutions))
    verb = "needs" if len(releases) == 1 else "need"
    image = f"`{cropped(f'{agent.image.name}:{agent.image.tag}', 46)}`"
    head = f"{image} is older than {agent.row.subject} {needed.agent}, which {subject(context, releases)} {verb}"
    message, notes = fitted(head, "", f" for {needed.feature}" if needed.feature else "")
    yield Finding(
        CHECK.code,
        CHECK.level,
        agent.row.subject,
        message,
        Place(agent.path, agent.image.at, "too old"),
        needed.row.row,
        tracer_places(context, group.resolutions),
        (needed.row.evidence,),
        notes,
        help=f"move to {agent.row.subject} {needed.agent} or later",
        key=agent.image.name,
    )


def _is_on(context: CheckContext, row: AgentMinimum) -> bool:
    """Return whether a setting of the project switches a feature on."""
    values = dict(row.variables)
    return any(made.value in values.get(made.name, ()) for made in settings(context))


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".") if part.isdecimal()]


def _is_older(tag: str, minimum: str) -> bool:
    """Return whether every version of a tag is older: `7.27` is older than 7.28, `7` and `latest` are not."""
    match = _TAG.match(tag)
    if match is None:
        return False
    found = [int(part) for part in match["numbers"].split(".")]
    wanted = _numbers(minimum)
    return found < wanted[: len(found)]
