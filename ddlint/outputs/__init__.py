"""The list of output formats, the default first. An output is a module with `render(report: Report) -> str`.

The module has the name of the format with `_` for `-`. What it returns is empty or ends in a newline.
"""

from __future__ import annotations

from ddlint.core.namedtuple import NamedTuple


class Output(NamedTuple):
    """What is to be known of a format before its module is loaded."""

    name: str
    reads_rules: bool = False
    """It carries the documentation of the checks: `Report.rules` takes time, and is filled for such formats alone."""
    reads_table: bool = False
    """It shows the support table: likewise `Report.standings`."""
    writes_commands: bool = False
    """Its lines are commands of a CI, which it guards itself."""

    @property
    def module(self) -> str:
        """The module that renders it."""
        return f"ddlint.outputs.{self.name.replace('-', '_')}"


OUTPUTS: tuple[Output, ...] = (
    Output("full"),
    Output("concise"),
    Output("grouped"),
    Output("github", writes_commands=True),
    Output("json", reads_rules=True),
    Output("json-lines", reads_rules=True),
    Output("sarif", reads_rules=True),
    Output("gitlab"),
    Output("junit"),
    Output("rdjson", reads_rules=True),
    Output("azure", writes_commands=True),
    Output("pylint"),
    Output("markdown", reads_table=True),
)
NAMES = tuple(output.name for output in OUTPUTS)


def output_of(name: str) -> Output:
    """Return the output of a name."""
    return OUTPUTS[NAMES.index(name)]
