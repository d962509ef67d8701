"""The shapes of all that a pack may say, by topic: one top-level key of its YAML files each."""

from __future__ import annotations

from ddlint.pack.shapes import EVIDENCE, EXAMPLES, Field, Flag, Many, Record, Shape, Table, Text, required_field
from ddlint.pack.topics import TOPICS as ROW_TOPICS

_TEXT, _SPEC, _SERIES = Text(), Text("specifier"), Text("series range")
_VERSION, _DATE, _DISTRIBUTION = Text("version"), Text("date"), Text("distribution")
_DEFAULT = Text(choices=("yes", "no", "conditional"))
BASES = ("declared", "observed", "published", "documented", "tested")
"""The bases of statements about versions, in the order of the compiled form."""
RUN = Record(
    (
        required_field("series", _SERIES, "The series of the subject it holds for."),
        required_field("spec", _SPEC, "The supported versions."),
        Field("pinned", Flag(), "True where the tested maximum is a pin of the test matrix."),
        Field("default", _DEFAULT, "Instrumented without a setting, as this source says."),
        Field("verbatim", Flag(), "True where the source itself writes `<=X.Y`."),
        EXAMPLES,
        *EVIDENCE,
    ),
)
OBSERVED = Record(
    (
        required_field("series", _SERIES, "The series of the subject it holds for."),
        required_field("spec", _SPEC, "The versions it holds for."),
        required_field(
            "effect",
            Text(choices=("works", "patched", "refused", "breaks")),
            "What happens: spans were seen, it is patched although unsupported, it is not instrumented, it raises.",
        ),
        Field("problem", _TEXT, "What was seen, as the end of a sentence; needed unless it works."),
        Field("invisible", Flag(), "True where the subject cannot read these versions and so never refuses them."),
        required_field(
            "seen",
            Many(
                Record(
                    (
                        required_field("release", _VERSION, "The release of the subject that ran."),
                        required_field("python", Text("python"), "The Python it ran on."),
                        required_field("version", _VERSION, "The version of the distribution."),
                    )
                )
            ),
            "The pairs that were run.",
        ),
        EXAMPLES,
        *EVIDENCE,
    ),
    "What was seen when the subject met a distribution.",
)
_VERSIONS, _PROBLEMS = Many(_VERSION), Table(_VERSION, _TEXT)
SIGHTING = Record(
    (
        required_field("release", Text("release"), "The release of the subject that ran."),
        Field("traced", _VERSIONS, "The versions of which spans came."),
        Field("patched", _VERSIONS, "The versions of which functions were replaced, while no span could come."),
        Field("refused", _PROBLEMS, "The versions that were not instrumented, each with what was seen."),
        Field("breaks", _PROBLEMS, "The versions with which the application or the patch raised, each with what."),
        Field("skipped", _VERSIONS, "The versions that it skipped when a setting made it check versions."),
        *EVIDENCE,
    ),
    "What one release did with versions of a distribution. Written by tools/observe.py.",
)
_DISTRIBUTION_ROWS = Record(
    (
        Field("module", _TEXT, "The name under which the subject declares it, if not that of the distribution."),
        Field("declared", Many(RUN), "What the subject itself checks when it runs; it rules."),
        Field("observed", Many(OBSERVED), "What was seen when it ran; `works` rules where nothing is declared."),
        Field("observed_on", Table(Text("python"), Many(SIGHTING)), "Each version that was run, by Python."),
        Field("published", Many(RUN), "What a published page says, in its era."),
        Field("documented", Many(RUN), "What the documentation of the subject says."),
        Field("tested", Many(RUN), "The lowest and highest version it was tested with; never an error."),
        Field("tested_on", Table(Text("python"), Many(RUN)), "The same by Python; a Python without was not tested."),
    ),
)
INTEGRATION = Record(
    (
        required_field("integration", _TEXT, "The name of the integration."),
        Field("switch", Text("variable"), "The environment variable that turns it on or off."),
        Field("parent", _TEXT, "The integration that switches it on with itself; its defaults hold here too."),
        Field(
            "defaults",
            Many(
                Record(
                    (
                        required_field("series", _SERIES, "The series of the subject it holds for."),
                        required_field("default", _DEFAULT, "Whether it is on without a setting."),
                        Field(
                            "switch", Text("switch"), "The variable that decides, where it is another one, or `none`."
                        ),
                        Field("command", _TEXT, "The command that switches it on."),
                        *EVIDENCE,
                    )
                )
            ),
            "Whether the integration is on without a setting.",
        ),
        required_field(
            "distributions",
            Table(_DISTRIBUTION, _DISTRIBUTION_ROWS),
            "The distributions it instruments, by normalised name; `stdlib:x` and `spec:x` are facts for readers only.",
        ),
    ),
    "One integration: a file of its own.",
)

_SOURCE = Record(
    (
        required_field("title", _TEXT, "What to call it in a finding; `{revision}` is replaced by the row's."),
        Field("section", _TEXT, "The section of every row without one; `{integration}` is replaced by the row's."),
        Field("url", Text("url"), "Its address; `{revision}` and `{section}` are replaced by the row's."),
        Field("revision", _TEXT, "Its revision, where it is one document."),
        Field("as_of", _DATE, "The day it speaks for, where that is known and not the day it was read."),
        required_field("retrieved", _DATE, "The day it was read."),
    ),
)
_RELEASE_GROUP = Record(
    (
        required_field("series", Text("series"), "The series they belong to."),
        Field("requires_python", Text("specifier"), "`Requires-Python` of all of them, verbatim."),
        required_field("released", Table(_VERSION, _DATE), "Version and day of each."),
        Field("yanked", Many(_VERSION), "Those that were withdrawn."),
    ),
)

TOPICS: dict[str, Shape] = {
    "pack": Text("key"),
    "subject": Text("distribution"),
    "version": Text("calendar"),
    "pythons": Many(Text("python")),
    "sources": Table(Text("key"), _SOURCE),
    "releases": Record((*EVIDENCE, required_field("groups", Many(_RELEASE_GROUP), "The releases, by series."))),
    **{key: topic.form for key, topic in ROW_TOPICS.items()},
    "tags": Table(Text("series"), _TEXT),
}
"""Top-level keys of every file of a pack but those of an integration."""
ONCE = frozenset(
    {"pack", "subject", "version", "pythons", "sources", "releases", "wheels", "requirements", "tags", "variables"}
)
"""Topics that one file holds; the others may be spread over several."""
REQUIRED = ("pack", "subject", "version", "pythons", "sources", "releases")
PACK_FILE = Record(
    tuple(Field(name, shape, f"The {name.replace('_', ' ')} of the pack.") for name, shape in TOPICS.items())
)
