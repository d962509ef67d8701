"""How the runner of GitHub Actions reads a line of a log, written from its grammar (OUTPUTS: workflow commands)."""

import re
from typing import NamedTuple

COMMANDS = frozenset(
    [
        "add-mask",
        "add-matcher",
        "add-path",
        "debug",
        "echo",
        "endgroup",
        "error",
        "group",
        "internal-set-repo-path",
        "notice",
        "remove-matcher",
        "save-state",
        "set-env",
        "set-output",
        "stop-commands",
        "warning",
    ]
)


class Command(NamedTuple):
    name: str
    properties: dict[str, str]
    message: str


def lines(log: str) -> list[str]:
    """Split a log as the runner does."""
    return re.split("\r\n|\n|\r", log)


def read(line: str) -> Command | None:
    """Read a line as a command of today's form; `None` where it is plain text."""
    line = line.lstrip()
    end = line.find("::", 2)
    if not line.startswith("::") or end < 0:
        return None
    name, _, rest = line[2:end].partition(" ")
    if name.lower() not in COMMANDS:
        return None
    properties = {}
    for pair in rest.strip().split(","):
        key, equals, value = pair.lstrip("=").partition("=")
        if key and equals and value.lstrip("="):
            properties[key] = _unescape(value.lstrip("="), "%0D", "%0A", "%3A", "%2C", "%25")
    return Command(name.lower(), properties, _unescape(line[end + 2 :], "%0D", "%0A", "%25"))


def is_legacy_command(line: str) -> bool:
    """Tell whether a line holds a command of the old form, which counts anywhere in it."""
    return re.search(r"##(vso)?\[", line, re.IGNORECASE) is not None


def _unescape(text: str, *codes: str) -> str:
    for code in codes:
        text = text.replace(code, chr(int(code[1:], 16)))
    return text
