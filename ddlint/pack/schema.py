"""The shapes of all that a pack may say, by topic: one top-level key of its YAML files each."""

from __future__ import annotations

from ddlint.pack._shapes import Field, Flag, Many, Record, Shape, Table, Text

_TEXT, _SPEC, _LINES, _RELEASES = Text(), Text("specifier"), Text("lines"), Text("releases")
_VERSION, _DATE, _DISTRIBUTION = Text("version"), Text("date"), Text("distribution")
_DEFAULT = Text(choices=("yes", "no", "conditional"))


_CITE = (
    Field("source", Text("key"), "The key in `sources` of the document that says so.", is_required=True),
    Field("section", _TEXT, "Where in the document, when its source does not say."),
    Field("revision", _TEXT, "The revision of the document, for a source whose title names one."),
    Field("as_of", _DATE, "The day the document speaks for, when it is neither that of a release nor of the source."),
    Field("note", _TEXT, "A sentence for the reader."),
)
_EVIDENCE = (
    *_CITE,
    Field("also", Many(Record(_CITE)), "Other documents about it; what the row says rules."),
)


_EXAMPLES = Record(
    (
        Field("ok", Many(_VERSION), "Versions inside, at the very edge."),
        Field("bad", Many(_VERSION), "Versions outside, at the very edge."),
    ),
)
_RUN = Record(
    (
        Field("lines", _LINES, "The lines of the subject it holds for.", is_required=True),
        Field("spec", _SPEC, "The supported versions.", is_required=True),
        Field("pinned", Flag(), "True where the tested maximum is a pin of the test matrix."),
        Field("default", _DEFAULT, "Instrumented without a setting, as this source says."),
        Field("verbatim", Flag(), "True where the source itself writes `<=X.Y`."),
        Field("examples", _EXAMPLES, "Versions that the tests judge."),
        *_EVIDENCE,
    ),
)
_DISTRIBUTION_ROWS = Record(
    (
        Field("declared", Many(_RUN), "What the subject itself checks when it runs; it rules."),
        Field("published", Many(_RUN), "What a published page says, in its era."),
        Field("documented", Many(_RUN), "What the documentation of the subject says."),
        Field("tested", Many(_RUN), "The lowest and highest version it was tested with; never an error."),
    ),
)
INTEGRATION = Record(
    (
        Field("integration", _TEXT, "The name of the integration.", is_required=True),
        Field("switch", Text("variable"), "The environment variable that turns it on or off."),
        Field(
            "defaults",
            Many(
                Record(
                    (
                        Field("lines", _LINES, "The lines of the subject it holds for.", is_required=True),
                        Field("default", _DEFAULT, "Whether it is on without a setting.", is_required=True),
                        *_EVIDENCE,
                    )
                )
            ),
            "Whether the integration is on without a setting.",
        ),
        Field(
            "distributions",
            Table(_DISTRIBUTION, _DISTRIBUTION_ROWS),
            "The distributions it instruments, by normalised name; `stdlib:x` and `spec:x` are facts for readers only.",
            is_required=True,
        ),
    ),
    "One integration: a file of its own.",
)

_SOURCE = Record(
    (
        Field("title", _TEXT, "What to call it in a finding; `{revision}` stands for the row's.", is_required=True),
        Field("section", _TEXT, "The section of every row without one; `{integration}` stands for the row's."),
        Field("url", Text("url"), "Its address; `{revision}` and `{section}` stand for the row's."),
        Field("revision", _TEXT, "Its revision, where it is one document."),
        Field("as_of", _DATE, "The day it speaks for, where that is known and not the day it was read."),
        Field("retrieved", _DATE, "The day it was read.", is_required=True),
    ),
)
_LEVEL = (
    Field("releases", _SPEC, "The releases it holds for.", is_required=True),
    Field(
        "level",
        Text(choices=("general-availability", "maintenance", "end-of-life")),
        "The support level.",
        is_required=True,
    ),
    Field("until", _DATE, "The last day of the level, where one is stated."),
    Field("minimum_agent", _VERSION, "The oldest Agent it works with."),
    *_EVIDENCE,
)
_RELEASE_GROUP = Record(
    (
        Field("line", Text("lines"), "The line they belong to.", is_required=True),
        Field("requires_python", Text("specifier"), "`Requires-Python` of all of them, verbatim."),
        Field("released", Table(_VERSION, _DATE), "Version and day of each.", is_required=True),
        Field("yanked", Many(_VERSION), "Those that were withdrawn."),
    ),
)
_REMOVAL = Record(
    (
        Field("name", _TEXT, "What is gone, in words.", is_required=True),
        Field(
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
            "What kind of thing: an `integration` that is gone is a finding, a `rename` ends rows silently.",
            is_required=True,
        ),
        Field("distributions", Many(_DISTRIBUTION), "The distributions it concerns."),
        Field("integration", _TEXT, "The integration it concerns."),
        Field("extra", Text("name"), "The extra of the subject that is gone, or of no use any more."),
        Field("version", _VERSION, "The first release without it; leave out while it is only deprecated."),
        Field("deprecated_in", _VERSION, "The release that deprecated it."),
        Field("successor", _TEXT, "What to use instead."),
        *_EVIDENCE,
    ),
)

TOPICS: dict[str, Shape] = {
    "pack": Text("key"),
    "subject": Text("distribution"),
    "version": Text(),
    "pythons": Many(Text("python")),
    "sources": Table(Text("key"), _SOURCE),
    "levels": Many(Record(_LEVEL)),
    "level_history": Many(Record(_LEVEL)),
    "releases": Record((*_EVIDENCE, Field("groups", Many(_RELEASE_GROUP), "The releases, by line.", is_required=True))),
    "removals": Many(_REMOVAL),
}
"""Top-level keys of every file of a pack but those of an integration."""
ONCE = frozenset({"pack", "subject", "version", "pythons", "sources", "releases"})
"""Topics that one file holds; the others may be spread over several."""
REQUIRED = ("pack", "subject", "version", "pythons", "sources", "releases")
PACK_FILE = Record(tuple(Field(name, shape, f"The {name} of the pack.") for name, shape in TOPICS.items()))
