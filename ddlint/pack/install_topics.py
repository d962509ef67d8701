"""The topics about what is installed: wheels, requirements, runtimes, injection, commands, dependents, bad pairs."""

from __future__ import annotations

from ddlint.pack import describe, install_rows, protection_rows, support_rows
from ddlint.pack.shapes import EVIDENCE, EXAMPLES, Field, Flag, Many, Record, Table, Text, required_field
from ddlint.pack.topic import (
    COUNT,
    DISTRIBUTION,
    HEAD,
    RELEASE,
    RELEASES,
    SERIES,
    SPEC,
    TEXT,
    VARIABLE,
    Topic,
    history,
    named_by,
    one_of,
    slug,
)

_WHEELS = Topic(
    "wheels",
    install_rows.Wheel,
    (
        required_field("python", Text("python"), "The Python."),
        required_field("platform", Text("platform"), "The platform."),
        required_field("releases", RELEASES, "The releases that have the wheel."),
        required_field("floor", TEXT, "The oldest system its tag allows."),
    ),
    lambda _: "wheels",
    "wheels",
    describe.wheel,
)
_REQUIREMENTS = Topic(
    "requirements",
    install_rows.Requirement,
    (
        required_field("distribution", DISTRIBUTION, "The distribution."),
        required_field("releases", RELEASES, "The releases that require it."),
        required_field("spec", SPEC, "The versions they accept.", into="specifier"),
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
        required_field("releases", SPEC, "The releases of the subject it holds for."),
        Field("platforms", Many(Text("platform")), "What the system and the CPUs mean as platforms."),
        Field("written", TEXT, "The Pythons and releases in the words of the document, where they are others."),
        EXAMPLES,
    ),
    lambda row: "runtime-" + (slug(f"{row['system']} {row['implementation']}") or "any"),
    "runtimes",
    describe.runtime,
    edge="releases",
    derive=lambda row, _: {"written": row.get("written", row["pythons"]), "is_ruling": True},
)

INSTALL_TOPICS = (
    _WHEELS._replace(
        shape=Record(
            (
                *HEAD,
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
                *HEAD,
                required_field(
                    "distributions",
                    Table(
                        DISTRIBUTION,
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
    history(_RUNTIMES),
    Topic(
        "injection",
        install_rows.Injection,
        (
            required_field("series", SERIES, "The series of the subject."),
            required_field("pythons", SPEC, "The Pythons that injection accepts."),
            required_field("safe", Flag(), "Whether injection skips libraries outside the declared range."),
            EXAMPLES,
        ),
        lambda _: "injection",
        "single-step injection",
        describe.injection,
        edge="pythons",
    ),
    Topic(
        "pre_releases",
        install_rows.PreRelease,
        (
            required_field("version", Text("pre-release"), "The pre-release."),
            required_field("requires_python", SPEC, "The Pythons that its metadata declares."),
        ),
        lambda _: "pre-releases",
        "pre-releases for other Pythons than the final releases",
        describe.pre_release,
        unique=("version",),
    ),
    Topic(
        "source_builds",
        install_rows.SourceBuild,
        (
            required_field("releases", RELEASES, "The releases it holds for."),
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
            required_field("series", SERIES, "The series in which integrations have no switch of their own."),
            required_field("variable", VARIABLE, "The variable whose value, `integration:bool,...`, switches them."),
        ),
        named_by("variable"),
        "a setting that lists integrations",
        describe.only_switch,
    ),
    Topic(
        "version_checks",
        install_rows.VersionCheck,
        (
            required_field("series", SERIES, "The series of the subject that read the variable."),
            required_field("variable", VARIABLE, "The variable that makes it skip what is outside the declared range."),
            required_field("values", Many(TEXT), "The values (in lower case) that switch it on."),
        ),
        named_by("variable"),
        "a setting that makes it skip unsupported versions",
        describe.version_check,
    ),
    Topic(
        "commands",
        protection_rows.Command,
        (
            required_field("command", TEXT, "The command, as it is typed."),
            required_field("series", SERIES, "The series of the subject that have it."),
            Field("module", TEXT, "What `python -m` runs for it."),
            Field("distribution", DISTRIBUTION, "The distribution that brings it, if not the subject."),
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
            required_field("distribution", DISTRIBUTION, "The distribution that demands something of the subject."),
            required_field("versions", SPEC, "Its versions that do."),
            Field("python", SPEC, "Only on these Pythons."),
            required_field("subject", SPEC, "The releases of the subject it allows.", into="specifier"),
            Field("requires", Table(DISTRIBUTION, SPEC), "What it demands of others that the subject requires too."),
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
            required_field("name", TEXT, "What it is called."),
            required_field(
                "reads", Text(choices=("tag", "image", "libraries", "layer", "newest")), "What its value is."
            ),
            Field("language", TEXT, "Of `libraries`: the language that is meant."),
            Field("unless", Many(TEXT), "What is beside it and switches it off when it is `false`."),
            Field("for_all", Flag(), "Whether it is for every workload of a cluster or a machine."),
            required_field("installed", TEXT, "What happens where the subject is installed too."),
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
            required_field("name", DISTRIBUTION, "The distribution that the layer is built from."),
            required_field("first", COUNT, "The first version of the layer."),
            required_field("last", COUNT, "The last version of the layer."),
            Field("python", SPEC, "Only on these Pythons."),
            required_field("release", RELEASE, "The release of the subject that it was built with."),
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
            required_field("distribution", DISTRIBUTION, "The distribution whose versions break."),
            Field("versions", SPEC, "The versions that break; leave out for an absence."),
            required_field("releases", Many(RELEASES), "The releases of the subject they break with."),
            Field("python", SPEC, "Only on these Pythons."),
            Field("requires_python", SPEC, "`Requires-Python` of those versions; others cannot be installed."),
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
            required_field("problem", TEXT, "What happens, as the end of a sentence."),
            required_field("help", TEXT, "What to do."),
            EXAMPLES,
        ),
        named_by("distribution"),
        "versions of {distribution} known to break",
        describe.bad_pair,
        edge="versions",
        is_known=True,
        mistake=one_of("versions", "absent", "a bad pair has either `versions` or `absent: true`"),
    ),
)
