"""`.tool-versions` of asdf and mise: the first version behind `python` is the one that runs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ddlint.inputs._comments import hash_comments
from ddlint.inputs._gather import gather
from ddlint.inputs._python_range import exact_python
from ddlint.model import PythonRequirement
from ddlint.source import Span

if TYPE_CHECKING:
    from ddlint.model import Manifest
    from ddlint.source import Source

NAME = ".tool-versions"
HAS_COOKIE = False

_PYTHON = re.compile(r"(?m)^[ \t]*+python[ \t]++(?P<version>[0-9]{1,4}\.[0-9]{1,4}(?:\.[0-9]{1,4})?)(?=[ \t\r\n#]|$)")


def parse(source: Source) -> Manifest:
    """Read the line of `python`."""
    pythons = [
        PythonRequirement(exact_python(match["version"]), Span(*match.span("version")), match["version"], is_exact=True)
        for match in _PYTHON.finditer(source.text)
    ]
    return gather(source, NAME, pythons[:1], hash_comments(source.text))
