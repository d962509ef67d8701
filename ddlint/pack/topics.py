"""Every topic of a pack, declared once: the type of its rows, their fields, their name, and how a row is described.

A topic is a top-level key of the YAML files. From its record come the strict check of form, the JSON Schema, the
compiled row, the checks of meaning and the sentences of `ddlint rule`. To add a field, add it to the class of the row
and to `fields`; to add a topic, add a class and a record, here or in the module of its theme. Integrations have files
of their own: see `build/schema.py`.
"""

from __future__ import annotations

from typing import Any

from ddlint.pack import describe, install_rows, support_rows
from ddlint.pack.install_topics import INSTALL_TOPICS
from ddlint.pack.protection_topics import PROTECTION_TOPICS
from ddlint.pack.setting_topics import SETTING_TOPICS
from ddlint.pack.shapes import EXAMPLES, Field, Many, Text, required_field
from ddlint.pack.topic import DATE, DISTRIBUTION, RELEASE, SPEC, TEXT, VERSION, Says, Topic, history, slug

_LEVELS = Topic(
    "levels",
    support_rows.SupportLevel,
    (
        required_field("releases", SPEC, "The releases it holds for.", into="specifier"),
        required_field(
            "level", Text(choices=("general-availability", "maintenance", "end-of-life")), "The support level."
        ),
        Field("until", DATE, "The last day of the level, where one is stated."),
        Field("minimum_agent", VERSION, "The oldest Agent it works with."),
        EXAMPLES,
    ),
    lambda _: "series",
    "support levels",
    describe.level,
    edge="releases",
    unique=("releases",),
)
_REMOVALS = Topic(
    "removals",
    support_rows.Removal,
    (
        required_field("name", TEXT, "What is gone, in words."),
        required_field(
            "kind",
            Text(
                choices=(
                    "integration",
                    "rename",
                    "version",
                    "extra",
                    "api",
                    "plugin",
                    "runtime",
                    "platform",
                    "yanked",
                )
            ),
            "What it is: an `integration` that is gone is a finding, a `rename` ends rows silently.",
        ),
        Field("distributions", Many(DISTRIBUTION), "The distributions it concerns."),
        Field("integration", TEXT, "The integration it concerns."),
        Field("extra", Text("name"), "The extra of the subject that is gone, or of no use any more."),
        Field("version", RELEASE, "The first release without it; leave out while it is only deprecated."),
        Field("deprecated_in", RELEASE, "The release that deprecated it."),
        Field("successor", TEXT, "What to use instead."),
        Field("severity", Text(choices=("warning", "notice")), "A `notice` where nobody misses it; else a warning."),
        EXAMPLES,
    ),
    lambda row: row["distribution"] or slug(row["name"]),
    "ends",
    describe.removal,
    edge="version",
    derive=lambda row, _: {"distribution": row["distribution"]},
)

_ALL = (
    _LEVELS,
    history(_LEVELS),
    _REMOVALS,
    *INSTALL_TOPICS,
    *SETTING_TOPICS,
    *PROTECTION_TOPICS,
)
TOPICS: dict[str, Topic] = {topic.key: topic for topic in _ALL}
"""The topics of a pack that are rows, by their key."""

STATEMENTS: dict[type, tuple[str, Says]] = {
    support_rows.Support: ("versions of {distribution}, {basis} (integration {integration})", describe.support),
    support_rows.Observation: ("versions of {distribution} that were run", describe.observation),
    support_rows.Sighting: (
        "versions of {distribution}, each of them run (integration {integration})",
        describe.sighting,
    ),
    install_rows.RangeOnPython: ("versions of {distribution}, tested by Python", describe.range_on_python),
    install_rows.Metadata: ("releases and the Pythons they declare", describe.metadata),
    install_rows.Extra: ("the extra {name}", describe.extra),
    **{topic.row: (topic.heading, topic.says) for topic in _ALL},
}
"""How a row of each type is described: a heading with its fields filled in, and a line."""


def sentence(row: Any) -> tuple[str, str]:
    """Return the heading and the line of a row."""
    heading, says = STATEMENTS[type(row)]
    return heading.format_map({name: getattr(value, "value", value) for name, value in row._asdict().items()}), says(
        row
    )
