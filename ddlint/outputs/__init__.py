"""The list of output formats, the default first. An output is a module with `render(report: Report) -> str`.

The module has the name of the format with `_` for `-`. What it gives is empty or ends in a newline.
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
