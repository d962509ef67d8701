"""Report an image of the Agent that is older than the resolved line needs.

## What it does

Compares the tag of an Agent image in a compose file, a Dockerfile, a Kubernetes or ECS manifest with the oldest Agent
that the line of the resolved release supports. A tag that moves (`latest`, `7`) is old only where all it can mean is.

## Why it matters

An old Agent refuses or drops what a newer tracer sends it, and the traces are missing without an error in the service.

## Example

    tracelib==3.2.0
    image: registry.example/agent:7.20.0    # tracelib 3 needs 7.28

## What to do

Move the Agent to the version that is named, or a later one.
"""

from __future__ import annotations

from ddlint.checks import check_of
from ddlint.checks.common.context import context_of
from ddlint.checks.common.messages import subject, tracer_places
from ddlint.checks.common.settings import affected_releases
from ddlint.checks.common.support_levels import level_status
from ddlint.core.lazy_regex import regex
from ddlint.core.model import Place
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.report import Finding
from ddlint.pack.protection_rows import AgentImage

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.checks.common.context import CheckContext
    from ddlint.core.model import Image, Project, Resolution
    from ddlint.pack.pack import Pack
    from ddlint.pack.support_rows import SupportLevel

CHECK = check_of(__name__)

_TAG = regex(r"v?(?P<numbers>[0-9]{1,5}(?:\.[0-9]{1,5}){0,2})(?=$|-)")


class _Agent(NamedTuple):
    path: str
    image: Image
    row: AgentImage


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a finding for each Agent that is too old."""
    context = context_of(project, pack)
    rows = {row.image: row for row in pack.rows(AgentImage)}
    for manifest in project.manifests:
        for image in manifest.images:
            if row := rows.get(image.name):
                yield from _judged(context, _Agent(manifest.path, image, row))


def _judged(context: CheckContext, agent: _Agent) -> Iterator[Finding]:
    def level(resolution: Resolution) -> SupportLevel | None:
        found = level_status(context.pack, resolution.line, context.project.as_of)
        return found.level if found is not None else None

    def needs_newer(resolution: Resolution) -> bool:
        found = level(resolution)
        return found is not None and bool(found.minimum_agent) and _is_older(agent.image.tag, found.minimum_agent)

    group = affected_releases(context, agent.path, needs_newer)
    needed = level(group.first) if group else None
    if group is None or needed is None:
        return
    releases = tuple(dict.fromkeys(each.release for each in group.resolutions))
    verb = "supports" if len(releases) == 1 else "support"
    yield Finding(
        CHECK.code,
        CHECK.level,
        agent.row.subject,
        f"`{agent.image.name}:{agent.image.tag}` is older than {agent.row.subject} {needed.minimum_agent}, "
        f"the oldest that {subject(context, releases)} {verb}; move to that or a later one",
        Place(agent.path, agent.image.at, f"{needed.minimum_agent} or later is needed"),
        needed.row,
        tracer_places(context, group.resolutions),
        (needed.evidence,),
        help=f"move to {agent.row.subject} {needed.minimum_agent} or later",
        key=agent.image.name,
    )


def _is_older(tag: str, minimum: str) -> bool:
    """Return whether every version of a tag is older: `7.27` is older than 7.28, `7` and `latest` are not."""
    match = _TAG.match(tag)
    if match is None:
        return False
    found = [int(part) for part in match["numbers"].split(".")]
    wanted = [int(part) for part in minimum.split(".") if part.isdecimal()]
    return found < wanted[: len(found)]
