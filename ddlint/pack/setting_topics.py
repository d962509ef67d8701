"""The topics about what applications set and call: environment variables, interfaces, the Agent."""

from __future__ import annotations

from ddlint.pack import describe, interface_rows, protection_rows, setting_rows
from ddlint.pack.shapes import EXAMPLES, Field, Flag, Many, Record, Table, Text, required_field
from ddlint.pack.topic import (
    DISTRIBUTION,
    HEAD,
    KEY,
    RELEASE,
    SERIES,
    TEXT,
    VARIABLE,
    VERSION,
    Topic,
    named_by,
    one_of,
    slug,
)

SETTING_TOPICS = (
    Topic(
        "removed_settings",
        protection_rows.RemovedSetting,
        (
            required_field("variable", VARIABLE, "The environment variable; with a trailing `*`, all that start so."),
            Field("names", Many(VARIABLE), "Of a trailing `*`: those it is known for; others may be of other tools."),
            Field("prefix", VARIABLE, "Of a trailing `*`: what the successor of each starts with instead."),
            Field("value", TEXT, "Only with this value, alone or among others between commas."),
            Field("part", TEXT, "Only with a value that holds this text."),
            required_field("version", RELEASE, "The first release that ignores it."),
            Field("successor", TEXT, "What to use instead."),
            Field("changed", Flag(), "True where it is still read but means something else."),
            Field("unused", Many(VARIABLE), "Those that later releases still look at, without any effect."),
            EXAMPLES,
        ),
        named_by("variable"),
        "a setting that ended",
        describe.removed_setting,
        edge="version",
        unique=("variable", "value", "part"),
    ),
    Topic(
        "settings",
        protection_rows.Setting,
        (
            required_field("variable", VARIABLE, "The environment variable."),
            Field("says", TEXT, "What it switches, where its name does not say."),
            required_field("kind", Text(choices=("boolean", "string")), "The type of its value."),
            Field("default", TEXT, "Its default; leave out where it is unset."),
            Field(
                "overrules",
                Flag(),
                "True where its value, `integration:bool,...`, overrules the switches of integrations.",
                into="is_overruling",
            ),
        ),
        named_by("variable"),
        "the setting {variable}",
        describe.setting,
        unique=("variable",),
    ),
    Topic(
        "variables",
        setting_rows.Variable,
        (),
        named_by("variable"),
        "the variable {variable} in the code",
        lambda row: f"read by {row.reads}",
        shape=Record(
            (
                *HEAD,
                required_field(
                    "families",
                    Table(Text("family"), Table(Text("reads"), Many(Text("part")))),
                    "Variables that differ in one part, by family, and by the series that read them.",
                ),
                required_field(
                    "names", Table(VARIABLE, Text("reads")), "The other variables, with the series that read each."
                ),
            )
        ),
    ),
    Topic(
        "other_variables",
        setting_rows.OtherVariables,
        (
            required_field("program", TEXT, "The program that reads them, in words."),
            Field("prefixes", Many(VARIABLE), "What all of its variables that start so are known by."),
            Field("names", Many(VARIABLE), "Variables that resemble one of the subject, by name."),
        ),
        lambda row: f"variables-of-{slug(row['program'])}",
        "variables of {program}",
        describe.other_variables,
        unique=("program",),
    ),
    Topic(
        "deprecated_settings",
        setting_rows.DeprecatedSetting,
        (
            required_field("variable", VARIABLE, "The environment variable."),
            Field("value", TEXT, "Only with this value, in lower case."),
            required_field("series", SERIES, "The series whose code announces its end."),
            required_field("removed_in", RELEASE, "The release that is announced to ignore it."),
            Field("successor", TEXT, "What to set instead."),
        ),
        named_by("variable"),
        "a setting that is announced to end",
        describe.deprecated_setting,
        unique=("variable", "value", "removed_in"),
    ),
    Topic(
        "interfaces",
        interface_rows.Interface,
        (
            required_field(
                "names", Many(TEXT), "As code imports them; a parameter in parentheses behind its function."
            ),
            Field("distribution", DISTRIBUTION, "The library without which no code uses them."),
            Field("version", RELEASE, "The first release without them; leave out while they are only deprecated."),
            Field("deprecated_in", RELEASE, "The first release that warns of them."),
            Field("removed_in", RELEASE, "The release that is announced to remove them."),
            Field("successor", TEXT, "What to use instead."),
            EXAMPLES,
        ),
        lambda row: slug(row["names"][0]),
        "interfaces that ended",
        describe.interface,
        edge="version",
        unique=("names",),
        mistake=lambda row: (
            () if "version" in row or "deprecated_in" in row else ("a `version` or `deprecated_in` is needed", "names")
        ),
    ),
    Topic(
        "fatal_values",
        setting_rows.FatalValues,
        (
            required_field("series", SERIES, "The series that were run, and those between them."),
            required_field("names", Many(VARIABLE), "The variables that end the application if they are no number."),
        ),
        lambda _: "fatal-values",
        "variables that end the application if they are no number",
        lambda row: f"{describe.run(row.first, row.last)}: {', '.join(row.names)}",
    ),
    Topic(
        "agent_minimums",
        setting_rows.AgentMinimum,
        (
            required_field("feature", TEXT, "What needs a newer Agent than the series does, in words."),
            required_field(
                "variables",
                Table(VARIABLE, Many(TEXT)),
                "The variables that switch it on, each with the values (in lower case) that do.",
            ),
            required_field("version", RELEASE, "The first release of the subject that needs it."),
            required_field("agent", VERSION, "The oldest Agent it works with."),
        ),
        lambda row: f"agent-{slug(row['feature'])}",
        "the Agent for {feature}",
        describe.agent_minimum,
        unique=("feature",),
    ),
    Topic(
        "required_settings",
        protection_rows.RequiredSetting,
        (
            required_field("variable", VARIABLE, "The environment variable."),
            required_field("value", TEXT, "What it must be."),
            Field("distribution", DISTRIBUTION, "The library that needs it."),
            Field("capabilities", Many(KEY), "The capabilities that need it."),
            Field("default_from", RELEASE, "The first release in which it has that value by default."),
            Field("since", RELEASE, "The first release that reads it."),
            Field(
                "instead",
                Table(VARIABLE, TEXT),
                "Other variables that may decide it, with what their value then holds.",
            ),
        ),
        named_by("variable"),
        "values of {variable} that are needed",
        describe.required_setting,
        mistake=one_of(
            "distribution", "capabilities", "a required setting is for either a `distribution` or `capabilities`"
        ),
    ),
)
