"""Every topic of a pack, declared once: the type of its rows, their fields, their name, and how a row is described.

A topic is a top-level key of the YAML files. From its record come the strict check of form, the JSON Schema, the
compiled row, the checks of meaning and the sentences of `ddlint rule`. To add a field, add it to the class of the row
and to `fields`; to add a topic, add a class and a record. Integrations have files of their own: see `build/schema.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ddlint.core.namedtuple import NamedTuple
from ddlint.pack import describe, install_rows, interface_rows, protection_rows, setting_rows, support_rows
from ddlint.pack.shapes import EVIDENCE, EXAMPLES, Field, Flag, Many, Record, Shape, Table, Text, required_field, rows

_TEXT, _SPEC, _SERIES, _RELEASES = Text(), Text("specifier"), Text("series range"), Text("releases")
_VERSION, _RELEASE, _DISTRIBUTION, _VARIABLE = Text("version"), Text("release"), Text("distribution"), Text("variable")
_COUNT = Text("count")
_DATE, _KEY = Text("date"), Text("key")
_HEAD = tuple(field for field in EVIDENCE if field.name != "note")

Row = dict[str, Any]
"""A mapping of a pack file."""
Says = Callable[[Any], str]


class Topic(NamedTuple):
    """What one top-level key of a pack states."""

    key: str
    row: type[Any]
    """The type of its rows."""
    fields: tuple[Field, ...]
    """The keys of a row, beside those of evidence."""
    name: Callable[[Row], str]
    """How a row is called behind the name of the pack: `flask` of `ddtrace/flask`."""
    heading: str
    """What `ddlint rule` writes above its rows; `{field}` is replaced by a field of the row."""
    says: Says
    """Describe a row in one line."""
    edge: str = ""
    """The key at whose edge its examples are."""
    unique: tuple[str, ...] = ()
    """The keys that no two rows share."""
    is_known: bool = False
    """True where a row makes its distribution one that the pack knows."""
    shape: Shape | None = None
    """Its shape, where it is not a list of rows."""
    derive: Callable[[Row, str], Row] | None = None
    """Return fields that follow from a row and the name of the subject."""
    mistake: Callable[[Row], tuple[str, ...]] | None = None
    """Return what is wrong between the keys of a row: the message and the key it is about; nothing if all is well."""

    @property
    def form(self) -> Shape:
        """The shape of its value in YAML."""
        return self.shape or rows(*self.fields)


def named_by(key: str) -> Callable[[Row], str]:
    """Return the naming of rows by one of their values."""
    return lambda row: str(row[key])


def slug(words: str) -> str:
    """Return words as part of a row's name: lower case, joined by `-`."""
    return re.sub(r"[^a-z0-9.]+", "-", words.lower()).strip("-")


def _one_of(first: str, second: str, message: str) -> Callable[[Row], tuple[str, ...]]:
    """Return the check that exactly one of two keys is there; a flag that is false is not."""
    return lambda row: (message,) if bool(row.get(first)) is bool(row.get(second)) else ()


def _capability_mistake(row: Row) -> tuple[str, ...]:
    is_wrong = row["supported"] != "yes" and "version" in row and "also" not in row
    return ("a capability that is not supported has no `version`", "version") if is_wrong else ()


_LEVELS = Topic(
    "levels",
    support_rows.SupportLevel,
    (
        required_field("releases", _SPEC, "The releases it holds for.", into="specifier"),
        required_field(
            "level", Text(choices=("general-availability", "maintenance", "end-of-life")), "The support level."
        ),
        Field("until", _DATE, "The last day of the level, where one is stated."),
        Field("minimum_agent", _VERSION, "The oldest Agent it works with."),
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
        required_field("name", _TEXT, "What is gone, in words."),
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
        Field("distributions", Many(_DISTRIBUTION), "The distributions it concerns."),
        Field("integration", _TEXT, "The integration it concerns."),
        Field("extra", Text("name"), "The extra of the subject that is gone, or of no use any more."),
        Field("version", _RELEASE, "The first release without it; leave out while it is only deprecated."),
        Field("deprecated_in", _RELEASE, "The release that deprecated it."),
        Field("successor", _TEXT, "What to use instead."),
        Field("severity", Text(choices=("warning", "notice")), "A `notice` where nobody misses it; else a warning."),
        EXAMPLES,
    ),
    lambda row: row["distribution"] or slug(row["name"]),
    "ends",
    describe.removal,
    edge="version",
    derive=lambda row, _: {"distribution": row["distribution"]},
)
_WHEELS = Topic(
    "wheels",
    install_rows.Wheel,
    (
        required_field("python", Text("python"), "The Python."),
        required_field("platform", Text("platform"), "The platform."),
        required_field("releases", _RELEASES, "The releases that have the wheel."),
        required_field("floor", _TEXT, "The oldest system its tag allows."),
    ),
    lambda _: "wheels",
    "wheels",
    describe.wheel,
)
_REQUIREMENTS = Topic(
    "requirements",
    install_rows.Requirement,
    (
        required_field("distribution", _DISTRIBUTION, "The distribution."),
        required_field("releases", _RELEASES, "The releases that require it."),
        required_field("spec", _SPEC, "The versions they accept.", into="specifier"),
        Field("marker", Text("marker"), "Where, as PEP 508."),
        Field("extra", Text("name"), "Only with this extra of the subject."),
        EXAMPLES,
    ),
    named_by("distribution"),
    "versions of {distribution} that are required",
    describe.requirement,
    is_known=True,
)
_RUNTIMES = Topic(
    "runtimes",
    install_rows.Runtime,
    (
        required_field("system", Text("any"), "The operating system, in the words of the document."),
        required_field("machines", Text("any"), "The CPUs, in the words of the document."),
        required_field("implementation", Text("any"), "The implementation of Python."),
        required_field("pythons", Text("pythons"), "The Pythons it allows."),
        required_field("releases", _SPEC, "The releases of the subject it holds for."),
        Field("platforms", Many(Text("platform")), "What the system and the CPUs mean as platforms."),
        Field("written", _TEXT, "The Pythons and releases in the words of the document, where they are others."),
        EXAMPLES,
    ),
    lambda row: "runtime-" + (slug(f"{row['system']} {row['implementation']}") or "any"),
    "runtimes",
    describe.runtime,
    edge="releases",
    derive=lambda row, _: {"written": row.get("written", row["pythons"]), "is_ruling": True},
)
_CAPABILITIES = Topic(
    "capabilities",
    protection_rows.Capability,
    (
        required_field("capability", _KEY, "The name of the capability.", into="name"),
        required_field("title", _TEXT, "The capability in the words of the document."),
        required_field("supported", Text(choices=("yes", "no", "private beta")), "Whether it is supported at all."),
        Field("version", _RELEASE, "The first release of the subject that has it.", into="minimum"),
        Field(
            "variables",
            Table(_VARIABLE, Many(_TEXT)),
            "The variables that switch it on, each with the values (in lower case) that do.",
        ),
        Field(
            "concerns",
            Many(Text(choices=("framework", "sink", "login"))),
            "What has to be covered for it to protect: the web framework, SQL drivers and HTTP clients (`sink`), the"
            " framework that users log in with (`login`).",
        ),
        Field("part_of", _KEY, "The capability that has it on by default, and without which it is of no use."),
    ),
    named_by("capability"),
    "capability",
    describe.capability,
    unique=("capability",),
    derive=lambda row, _: {"is_supported": row["supported"] == "yes", "is_ruling": True},
    mistake=_capability_mistake,
)


def _history(topic: Topic) -> Topic:
    """Return the topic of what documents said over time: evidence only."""
    return topic._replace(
        key={"capabilities": "capability_history"}.get(topic.key, f"{topic.key.removesuffix('s')}_history"),
        unique=(),
        derive=lambda row, subject: {**(topic.derive(row, subject) if topic.derive else {}), "is_ruling": False},
    )


_ALL = (
    _LEVELS,
    _history(_LEVELS),
    _REMOVALS,
    _WHEELS._replace(
        shape=Record(
            (
                *_HEAD,
                required_field(
                    "pythons",
                    Table(Text("python"), Table(Text("platform"), Many(Record(_WHEELS.fields[2:])))),
                    "The wheels, by Python and platform.",
                ),
            )
        )
    ),
    _REQUIREMENTS._replace(
        shape=Record(
            (
                *_HEAD,
                required_field(
                    "distributions",
                    Table(
                        _DISTRIBUTION,
                        Many(
                            Record(
                                (
                                    *_REQUIREMENTS.fields[1:],
                                    *(field._replace(is_required=False) for field in EVIDENCE),
                                )
                            )
                        ),
                    ),
                    "What the subject requires, by distribution.",
                ),
            )
        )
    ),
    _RUNTIMES,
    _history(_RUNTIMES),
    Topic(
        "injection",
        install_rows.Injection,
        (
            required_field("series", _SERIES, "The series of the subject."),
            required_field("pythons", _SPEC, "The Pythons that injection accepts."),
            required_field("safe", Flag(), "Whether injection skips libraries outside the declared range."),
            EXAMPLES,
        ),
        lambda _: "injection",
        "single-step injection",
        describe.injection,
        edge="pythons",
    ),
    Topic(
        "source_builds",
        install_rows.SourceBuild,
        (
            required_field("releases", _RELEASES, "The releases it holds for."),
            required_field(
                "extensions", Flag(), "Whether a build from source compiles extensions.", into="has_extensions"
            ),
        ),
        lambda _: "wheels",
        "builds from source",
        describe.source_build,
    ),
    Topic(
        "only_switches",
        support_rows.OnlySwitch,
        (
            required_field("series", _SERIES, "The series in which integrations have no switch of their own."),
            required_field("variable", _VARIABLE, "The variable whose value, `integration:bool,...`, switches them."),
        ),
        named_by("variable"),
        "a setting that lists integrations",
        describe.only_switch,
    ),
    Topic(
        "version_checks",
        protection_rows.VersionCheck,
        (
            required_field("series", _SERIES, "The series of the subject that read the variable."),
            required_field(
                "variable", _VARIABLE, "The variable that makes it skip what is outside the declared range."
            ),
            required_field("values", Many(_TEXT), "The values (in lower case) that switch it on."),
        ),
        named_by("variable"),
        "a setting that makes it skip unsupported versions",
        describe.version_check,
    ),
    Topic(
        "commands",
        protection_rows.Command,
        (
            required_field("command", _TEXT, "The command, as it is typed."),
            required_field("series", _SERIES, "The series of the subject that have it."),
            Field("module", _TEXT, "What `python -m` runs for it."),
            Field("distribution", _DISTRIBUTION, "The distribution that brings it, if not the subject."),
        ),
        named_by("command"),
        "the command {command}",
        describe.command,
        derive=lambda row, subject: {"distribution": row.get("distribution", subject)},
    ),
    Topic(
        "dependents",
        install_rows.Dependent,
        (
            required_field("distribution", _DISTRIBUTION, "The distribution that demands something of the subject."),
            required_field("versions", _SPEC, "Its versions that do."),
            Field("python", _SPEC, "Only on these Pythons."),
            required_field("subject", _SPEC, "The releases of the subject it allows.", into="specifier"),
            Field("requires", Table(_DISTRIBUTION, _SPEC), "What it demands of others that the subject requires too."),
            EXAMPLES,
        ),
        named_by("distribution"),
        "what {distribution} demands",
        describe.dependent,
        edge="subject",
        unique=("distribution", "versions", "python"),
        is_known=True,
    ),
    Topic(
        "injectors",
        install_rows.Injector,
        (
            required_field(
                "kind", Text(choices=("annotation", "key", "layer", "plugin", "image", "variable")), "What it is."
            ),
            required_field("name", _TEXT, "What it is called."),
            required_field(
                "reads", Text(choices=("tag", "image", "libraries", "layer", "newest")), "What its value is."
            ),
            Field("language", _TEXT, "Of `libraries`: the language that is meant."),
            Field("unless", Many(_TEXT), "What is beside it and switches it off when it is `false`."),
            Field("for_all", Flag(), "Whether it is for every workload of a cluster or a machine."),
            required_field("installed", _TEXT, "What happens where the subject is installed too."),
        ),
        lambda row: slug(row["name"].rpartition("/")[2]),
        "what {name} brings in",
        describe.injector,
        unique=("kind", "name"),
    ),
    Topic(
        "layers",
        install_rows.LayerRelease,
        (
            required_field("name", _DISTRIBUTION, "The distribution that the layer is built from."),
            required_field("first", _COUNT, "The first version of the layer."),
            required_field("last", _COUNT, "The last version of the layer."),
            Field("python", _SPEC, "Only on these Pythons."),
            required_field("release", _RELEASE, "The release of the subject that it was built with."),
        ),
        lambda row: f"{row['name']}-layer",
        "layers of {name}",
        describe.layer,
        unique=("name", "first", "python"),
    ),
    Topic(
        "bad_pairs",
        install_rows.BadPair,
        (
            required_field("distribution", _DISTRIBUTION, "The distribution whose versions break."),
            Field("versions", _SPEC, "The versions that break; leave out for an absence."),
            required_field("releases", Many(_RELEASES), "The releases of the subject they break with."),
            Field("python", _SPEC, "Only on these Pythons."),
            Field("requires_python", _SPEC, "`Requires-Python` of those versions; others cannot be installed."),
            required_field(
                "severity",
                Text(choices=("error", "warning", "notice")),
                "How bad it is; a `notice` if nobody reproduced it.",
            ),
            Field(
                "absent",
                Flag(),
                "True where it breaks when the distribution is not installed at all.",
                into="is_absence",
            ),
            Field(
                "open",
                Flag(),
                "True where the requirements of the subject do not keep an installer from these versions.",
            ),
            required_field("problem", _TEXT, "What happens, as the end of a sentence."),
            required_field("help", _TEXT, "What to do."),
            EXAMPLES,
        ),
        named_by("distribution"),
        "versions of {distribution} known to break",
        describe.bad_pair,
        edge="versions",
        is_known=True,
        mistake=_one_of("versions", "absent", "a bad pair has either `versions` or `absent: true`"),
    ),
    Topic(
        "removed_settings",
        protection_rows.RemovedSetting,
        (
            required_field("variable", _VARIABLE, "The environment variable; with a trailing `*`, all that start so."),
            Field("names", Many(_VARIABLE), "Of a trailing `*`: those it is known for; others may be of other tools."),
            Field("prefix", _VARIABLE, "Of a trailing `*`: what the successor of each starts with instead."),
            Field("value", _TEXT, "Only with this value, alone or among others between commas."),
            Field("part", _TEXT, "Only with a value that holds this text."),
            required_field("version", _RELEASE, "The first release that ignores it."),
            Field("successor", _TEXT, "What to use instead."),
            Field("changed", Flag(), "True where it is still read but means something else."),
            Field("unused", Many(_VARIABLE), "Those that later releases still look at, without any effect."),
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
            required_field("variable", _VARIABLE, "The environment variable."),
            Field("says", _TEXT, "What it switches, where its name does not say."),
            required_field("kind", Text(choices=("boolean", "string")), "The type of its value."),
            Field("default", _TEXT, "Its default; leave out where it is unset."),
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
                *_HEAD,
                required_field(
                    "families",
                    Table(Text("family"), Table(Text("reads"), Many(Text("part")))),
                    "Variables that differ in one part, by family, and by the series that read them.",
                ),
                required_field(
                    "names", Table(_VARIABLE, Text("reads")), "The other variables, with the series that read each."
                ),
            )
        ),
    ),
    Topic(
        "other_variables",
        setting_rows.OtherVariables,
        (
            required_field("program", _TEXT, "The program that reads them, in words."),
            Field("prefixes", Many(_VARIABLE), "What all of its variables that start so are known by."),
            Field("names", Many(_VARIABLE), "Variables that resemble one of the subject, by name."),
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
            required_field("variable", _VARIABLE, "The environment variable."),
            Field("value", _TEXT, "Only with this value, in lower case."),
            required_field("series", _SERIES, "The series whose code announces its end."),
            required_field("removed_in", _RELEASE, "The release that is announced to ignore it."),
            Field("successor", _TEXT, "What to set instead."),
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
                "names", Many(_TEXT), "As code imports them; a parameter in parentheses behind its function."
            ),
            Field("distribution", _DISTRIBUTION, "The library without which no code uses them."),
            Field("version", _RELEASE, "The first release without them; leave out while they are only deprecated."),
            Field("deprecated_in", _RELEASE, "The first release that warns of them."),
            Field("removed_in", _RELEASE, "The release that is announced to remove them."),
            Field("successor", _TEXT, "What to use instead."),
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
            required_field("series", _SERIES, "The series that were run, and those between them."),
            required_field("names", Many(_VARIABLE), "The variables that end the application if they are no number."),
        ),
        lambda _: "fatal-values",
        "variables that end the application if they are no number",
        lambda row: f"{describe.run(row.first, row.last)}: {', '.join(row.names)}",
    ),
    Topic(
        "agent_minimums",
        setting_rows.AgentMinimum,
        (
            required_field("feature", _TEXT, "What needs a newer Agent than the series does, in words."),
            required_field(
                "variables",
                Table(_VARIABLE, Many(_TEXT)),
                "The variables that switch it on, each with the values (in lower case) that do.",
            ),
            required_field("version", _RELEASE, "The first release of the subject that needs it."),
            required_field("agent", _VERSION, "The oldest Agent it works with."),
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
            required_field("variable", _VARIABLE, "The environment variable."),
            required_field("value", _TEXT, "What it must be."),
            Field("distribution", _DISTRIBUTION, "The library that needs it."),
            Field("capabilities", Many(_KEY), "The capabilities that need it."),
            Field("default_from", _RELEASE, "The first release in which it has that value by default."),
            Field("since", _RELEASE, "The first release that reads it."),
            Field(
                "instead",
                Table(_VARIABLE, _TEXT),
                "Other variables that may decide it, with what their value then holds.",
            ),
        ),
        named_by("variable"),
        "values of {variable} that are needed",
        describe.required_setting,
        mistake=_one_of(
            "distribution", "capabilities", "a required setting is for either a `distribution` or `capabilities`"
        ),
    ),
    _CAPABILITIES,
    _history(_CAPABILITIES),
    Topic(
        "protection",
        protection_rows.Protection,
        (
            required_field("table", _TEXT, "The table of the page, in short."),
            required_field("name", _TEXT, "The row of the table."),
            Field("distributions", Many(_DISTRIBUTION), "What the name means."),
            required_field("capability", _TEXT, "The column of the table."),
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
            required_field("distribution", _DISTRIBUTION, "The web framework."),
            required_field(
                "covered", Flag(), "Whether the newest table lists it, or the one that it cannot be without."
            ),
            Field("built_on_by", Many(_DISTRIBUTION), "Covered frameworks beside which nothing is said of it."),
            Field("since", _RELEASE, "The first release that covers it, where that differs from the table."),
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
            required_field("distribution", _DISTRIBUTION, "The framework."),
            required_field("title", _TEXT, "The framework in the words of the page."),
            required_field("versions", _TEXT, "Its versions in the words of the page."),
            required_field("capability", _TEXT, "The capability in the words of the page."),
        ),
        named_by("distribution"),
        "versions that older pages asked for",
        lambda row: f"{row.title} {row.versions}: {row.capability}",
    ),
    Topic(
        "sinks",
        protection_rows.Sink,
        (
            required_field("distribution", _DISTRIBUTION, "The SQL driver or HTTP client."),
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
            required_field("site", _TEXT, "A site without the product."),
            required_field("variable", _VARIABLE, "The environment variable that names the site."),
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
            required_field("subject", _TEXT, "What findings call it."),
            required_field("image", _TEXT, "The repository of its images."),
        ),
        named_by("subject"),
        "images of the {subject}",
        lambda row: row.image,
        unique=("image",),
    ),
)
TOPICS: dict[str, Topic] = {topic.key: topic for topic in _ALL}
"""The topics of a pack that are rows, by their key."""

STATEMENTS: dict[type, tuple[str, Says]] = {
    support_rows.Support: ("versions of {distribution}, {basis} (integration {integration})", describe.support),
    support_rows.Observation: ("versions of {distribution} that were run", describe.observation),
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
