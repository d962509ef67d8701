"""The shapes of the topics beside integrations: runtimes, wheels, requirements, bad pairs, settings, protection."""

from __future__ import annotations

from ddlint.pack.build.shapes import EVIDENCE, EXAMPLES, Field, Flag, Many, Record, Shape, Table, Text, required_field, rows

_TEXT, _SPEC, _LINES, _RELEASES = Text(), Text("specifier"), Text("lines"), Text("releases")
_VERSION, _DISTRIBUTION, _VARIABLE, _MINORS = Text("version"), Text("distribution"), Text("variable"), Text("pythons")
_HEAD = tuple(field for field in EVIDENCE if field.name != "note")


_RUNTIME = (
    required_field("system", Text("any"), "The operating system, in the words of the document."),
    required_field("machines", Text("any"), "The CPUs, in the words of the document."),
    required_field("implementation", Text("any"), "The implementation of Python."),
    required_field("pythons", _MINORS, "The Pythons it admits."),
    required_field("releases", _SPEC, "The releases of the subject it holds for."),
    Field("platforms", Many(Text("platform")), "What the system and the CPUs mean as platforms."),
    Field("written", _TEXT, "The Pythons and releases in the words of the document, where they are others."),
    EXAMPLES,
)
_CAPABILITY = (
    required_field("capability", Text("key"), "The name of the capability."),
    required_field("title", _TEXT, "The capability in the words of the document."),
    required_field("supported", Text(choices=("yes", "no", "private beta")), "Whether it is supported at all."),
    Field("version", _VERSION, "The first release of the subject that has it."),
    Field(
        "variables",
        Table(_VARIABLE, Many(_TEXT)),
        "The variables that switch it on, each with the values (in lower case) that do.",
    ),
    Field(
        "concerns",
        Many(Text(choices=("framework", "sink"))),
        "What has to be covered for it to protect: the web framework, SQL drivers and HTTP clients (`sink`).",
    ),
    Field("part_of", Text("key"), "The capability that has it on by default, and without which it is of no use."),
)
_SETTING_OF = (
    required_field("variable", _VARIABLE, "The environment variable."),
    required_field("value", _TEXT, "What it must be."),
    Field("distribution", _DISTRIBUTION, "The library that needs it."),
    Field("capabilities", Many(Text("key")), "The capabilities that need it."),
    Field("default_from", _VERSION, "The first release in which it has that value by default."),
    Field("since", _VERSION, "The first release that reads it."),
    Field("instead", Table(_VARIABLE, _TEXT), "Other variables that may decide it, with what their value then holds."),
)
_BAD_PAIR = (
    required_field("distribution", _DISTRIBUTION, "The distribution whose versions break."),
    Field("versions", _SPEC, "The versions that break; leave out for an absence."),
    required_field("releases", Many(_RELEASES), "The releases of the subject they break with."),
    Field("python", _SPEC, "Only on these Pythons."),
    required_field("severity", Text(choices=("error", "warning")), "How bad it is."),
    Field("absent", Flag(), "True where it breaks when the distribution is not installed at all."),
    Field("open", Flag(), "True where the requirements of the subject do not keep an installer from these versions."),
    required_field("problem", _TEXT, "What happens, as the end of a sentence."),
    required_field("help", _TEXT, "What to do."),
    EXAMPLES,
)

FACTS: dict[str, Shape] = {
    "wheels": Record(
        (
            *_HEAD,
            required_field(
                "pythons",
                Table(
                    Text("python"),
                    Table(
                        Text("platform"),
                        Many(
                            Record(
                                (
                                    required_field("releases", _RELEASES, "The releases that have the wheel."),
                                    required_field("floor", _TEXT, "The oldest system its tag admits."),
                                )
                            )
                        ),
                    ),
                ),
                "The wheels, by Python and platform.",
            ),
        )
    ),
    "runtimes": rows(*_RUNTIME),
    "runtime_history": rows(*_RUNTIME),
    "injection": rows(
        required_field("lines", _LINES, "The lines of the subject."),
        required_field("pythons", _SPEC, "The Pythons that injection accepts."),
        required_field("safe", Flag(), "Whether injection skips libraries outside the declared range."),
        EXAMPLES,
    ),
    "requirements": Record(
        (
            *_HEAD,
            required_field(
                "distributions",
                Table(
                    _DISTRIBUTION,
                    Many(
                        Record(
                            (
                                required_field("releases", _RELEASES, "The releases that require it."),
                                required_field("spec", _SPEC, "The versions they accept."),
                                Field("marker", Text("marker"), "Where, as PEP 508."),
                                Field("extra", Text("name"), "Only with this extra of the subject."),
                                EXAMPLES,
                                *(field._replace(is_required=False) for field in EVIDENCE),
                            )
                        )
                    ),
                ),
                "What the subject requires, by distribution.",
            ),
        )
    ),
    "source_builds": rows(
        required_field("releases", _RELEASES, "The releases it holds for."),
        required_field("extensions", Flag(), "Whether a build from source compiles extensions."),
    ),
    "version_checks": rows(
        required_field("lines", _LINES, "The lines of the subject that read the variable."),
        required_field("variable", _VARIABLE, "The variable that makes it skip what is outside the declared range."),
        required_field("values", Many(_TEXT), "The values (in lower case) that switch it on."),
    ),
    "commands": rows(
        required_field("command", _TEXT, "The command, as it is typed."),
        required_field("lines", _LINES, "The lines of the subject that have it."),
        Field("module", _TEXT, "What `python -m` runs for it."),
        Field("distribution", _DISTRIBUTION, "The distribution that brings it, if not the subject."),
    ),
    "dependents": rows(
        required_field("distribution", _DISTRIBUTION, "The distribution that demands something of the subject."),
        required_field("versions", _SPEC, "Its versions that do."),
        Field("python", _SPEC, "Only on these Pythons."),
        required_field("subject", _SPEC, "The releases of the subject it admits."),
        Field("requires", Table(_DISTRIBUTION, _SPEC), "What it demands of others that the subject requires too."),
        EXAMPLES,
    ),
    "bad_pairs": rows(*_BAD_PAIR),
    "removed_settings": rows(
        required_field("variable", _VARIABLE, "The environment variable; with a trailing `*`, all that start so."),
        Field("names", Many(_VARIABLE), "Of a trailing `*`: those it is told of; others may be of other tools."),
        Field("prefix", _VARIABLE, "Of a trailing `*`: what the successor of each starts with instead."),
        Field("value", _TEXT, "Only with this value, alone or among others between commas."),
        Field("part", _TEXT, "Only with a value that holds this text."),
        required_field("version", _VERSION, "The first release that ignores it."),
        Field("successor", _TEXT, "What to use instead."),
        Field("changed", Flag(), "True where it is still read but means something else."),
        EXAMPLES,
    ),
    "settings": rows(
        required_field("variable", _VARIABLE, "The environment variable."),
        Field("says", _TEXT, "What it switches, where its name does not say."),
        required_field("kind", Text(choices=("boolean", "string")), "The type of its value."),
        Field("default", _TEXT, "Its default; leave out where it is unset."),
        Field(
            "overrules", Flag(), "True where its value, `integration:bool,...`, overrules the switches of integrations."
        ),
    ),
    "required_settings": rows(*_SETTING_OF),
    "capabilities": rows(*_CAPABILITY),
    "capability_history": rows(*_CAPABILITY),
    "protection": rows(
        required_field("table", _TEXT, "The table of the page, in short."),
        required_field("name", _TEXT, "The row of the table."),
        Field("distributions", Many(_DISTRIBUTION), "What the name means."),
        required_field("capability", _TEXT, "The column of the table."),
        required_field("covered", Flag(), "What the cell says; false where the page has no cell."),
    ),
    "frameworks": rows(
        required_field("distribution", _DISTRIBUTION, "The web framework."),
        required_field("covered", Flag(), "Whether the newest table lists it, or the one that it cannot be without."),
        Field("built_on_by", Many(_DISTRIBUTION), "Covered frameworks beside which nothing is said of it."),
        Field("since", _VERSION, "The first release that covers it, where it is told apart from the table."),
    ),
    "framework_minimums": rows(
        required_field("distribution", _DISTRIBUTION, "The framework."),
        required_field("title", _TEXT, "The framework in the words of the page."),
        required_field("versions", _TEXT, "Its versions in the words of the page."),
        required_field("capability", _TEXT, "The capability in the words of the page."),
    ),
    "sinks": rows(
        required_field("distribution", _DISTRIBUTION, "The SQL driver or HTTP client."),
        required_field("attack", Text(choices=("SQLi", "SSRF")), "What it needs protection from."),
        required_field("covered", Flag(), "Whether the newest table lists it."),
    ),
    "sites": rows(
        required_field("site", _TEXT, "A site without the product."),
        required_field("variable", _VARIABLE, "The environment variable that names the site."),
    ),
    "agent_images": rows(
        required_field("subject", _TEXT, "What findings call it."),
        required_field("image", _TEXT, "The repository of its images."),
    ),
    "tags": Table(Text("line"), _TEXT),
}
"""Topics a pack may have; each is optional."""
