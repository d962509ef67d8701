"""The topics about protection: capabilities, what frameworks, drivers and sites are covered, the images of agents."""

from __future__ import annotations

from ddlint.pack import describe, protection_rows
from ddlint.pack.shapes import Field, Flag, Many, Table, Text, required_field
from ddlint.pack.topic import DISTRIBUTION, KEY, RELEASE, TEXT, VARIABLE, Row, Topic, history, named_by, slug


def _capability_mistake(row: Row) -> tuple[str, ...]:
    is_wrong = row["supported"] != "yes" and "version" in row and "also" not in row
    return ("a capability that is not supported has no `version`", "version") if is_wrong else ()


_CAPABILITIES = Topic(
    "capabilities",
    protection_rows.Capability,
    (
        required_field("capability", KEY, "The name of the capability.", into="name"),
        required_field("title", TEXT, "The capability in the words of the document."),
        required_field("supported", Text(choices=("yes", "no", "private beta")), "Whether it is supported at all."),
        Field("version", RELEASE, "The first release of the subject that has it.", into="minimum"),
        Field(
            "variables",
            Table(VARIABLE, Many(TEXT)),
            "The variables that switch it on, each with the values (in lower case) that do.",
        ),
        Field(
            "concerns",
            Many(Text(choices=("framework", "sink", "login"))),
            "What has to be covered for it to protect: the web framework, SQL drivers and HTTP clients (`sink`), the"
            " framework that users log in with (`login`).",
        ),
        Field("part_of", KEY, "The capability that has it on by default, and without which it is of no use."),
    ),
    named_by("capability"),
    "capability",
    describe.capability,
    unique=("capability",),
    derive=lambda row, _: {"is_supported": row["supported"] == "yes", "is_ruling": True},
    mistake=_capability_mistake,
)

PROTECTION_TOPICS = (
    _CAPABILITIES,
    history(_CAPABILITIES),
    Topic(
        "protection",
        protection_rows.Protection,
        (
            required_field("table", TEXT, "The table of the page, in short."),
            required_field("name", TEXT, "The row of the table."),
            Field("distributions", Many(DISTRIBUTION), "What the name means."),
            required_field("capability", TEXT, "The column of the table."),
            required_field("covered", Flag(), "What the cell says; false where the page has no cell."),
        ),
        lambda row: slug(row["table"]),
        "protection of the {table}",
        describe.protection,
        unique=("table", "name", "capability"),
    ),
    Topic(
        "frameworks",
        protection_rows.Framework,
        (
            required_field("distribution", DISTRIBUTION, "The web framework."),
            required_field(
                "covered", Flag(), "Whether the newest table lists it, or the one that it cannot be without."
            ),
            Field("built_on_by", Many(DISTRIBUTION), "Covered frameworks beside which nothing is said of it."),
            Field("since", RELEASE, "The first release that covers it, where that differs from the table."),
        ),
        named_by("distribution"),
        "protection of the web framework",
        describe.framework,
        unique=("distribution",),
        is_known=True,
    ),
    Topic(
        "framework_minimums",
        protection_rows.FrameworkMinimum,
        (
            required_field("distribution", DISTRIBUTION, "The framework."),
            required_field("title", TEXT, "The framework in the words of the page."),
            required_field("versions", TEXT, "Its versions in the words of the page."),
            required_field("capability", TEXT, "The capability in the words of the page."),
        ),
        named_by("distribution"),
        "versions that older pages asked for",
        lambda row: f"{row.title} {row.versions}: {row.capability}",
    ),
    Topic(
        "sinks",
        protection_rows.Sink,
        (
            required_field("distribution", DISTRIBUTION, "The SQL driver or HTTP client."),
            required_field("attack", Text(choices=("SQLi", "SSRF")), "What it needs protection from."),
            required_field("covered", Flag(), "Whether the newest table lists it."),
        ),
        named_by("distribution"),
        "protection of the driver or client",
        describe.sink,
        unique=("distribution", "attack"),
        is_known=True,
    ),
    Topic(
        "sites",
        protection_rows.Site,
        (
            required_field("site", TEXT, "A site without the product."),
            required_field("variable", VARIABLE, "The environment variable that names the site."),
        ),
        named_by("site"),
        "the site {site}",
        lambda row: row.note or "the product is not available there",
        unique=("site",),
    ),
    Topic(
        "agent_images",
        protection_rows.AgentImage,
        (
            required_field("subject", TEXT, "What findings call it."),
            required_field("image", TEXT, "The repository of its images."),
        ),
        named_by("subject"),
        "images of the {subject}",
        lambda row: row.image,
        unique=("image",),
    ),
)
