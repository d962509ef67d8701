"""ddlint: check whether Datadog's tracer `ddtrace` supports what a project declares, before anything is deployed.

`lint`, `render` and `DdlintError` are the Python interface (docs/python.md). They are imported when they are first
used: the command needs none of them.
"""

__version__ = "0.1.0"
HOME = ""
"""The address of the repository, `https://github.com/NAME/ddlint`; empty until ddlint is published.

It is the only place: `python tools/generate.py` writes it into the pages. Without it no output has a link.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.cli.api import lint, render
    from ddlint.core.errors import DdlintError

__all__ = ["HOME", "DdlintError", "__version__", "lint", "render"]
_LAZY = {"lint": "ddlint.cli.api", "render": "ddlint.cli.api", "DdlintError": "ddlint.core.errors"}


def __getattr__(name: str) -> object:
    """Import a name of the Python interface when it is first used."""
    if name not in _LAZY:
        raise AttributeError(f"module 'ddlint' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_LAZY[name]), name)
