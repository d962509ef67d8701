"""The list of output formats, the default first. An output is a module with `render(report: Report) -> str`.

The module has the name of the format with `_` for `-`. What it gives is empty or ends in a newline. What takes time to
make, and few formats show, is made for those that are listed below.
"""

OUTPUTS: tuple[str, ...] = (
    "full",
    "concise",
    "grouped",
    "github",
    "json",
    "json-lines",
    "sarif",
    "gitlab",
    "junit",
    "rdjson",
    "azure",
    "pylint",
    "markdown",
)

WITH_RULES = frozenset({"json", "json-lines", "rdjson", "sarif"})
"""The formats that carry the documentation of the checks: `Report.rules` is filled for them alone, as it takes time."""

WITH_TABLE = frozenset({"markdown"})
"""The formats that show the support table: likewise `Report.support_table`."""
