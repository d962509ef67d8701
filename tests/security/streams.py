"""Every call of ddlint that prints or writes something about a project, derived from the lists of commands and outputs."""

from __future__ import annotations

import io
import os
import re
import sys
from typing import TYPE_CHECKING

from ddlint.cli import COMMANDS
from ddlint.cli.argparser import parser
from ddlint.cli.main import run
from ddlint.outputs import NAMES, output_of
from tests.outputs.runner import is_legacy_command, lines, read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ddlint.outputs import Output

DAY = ("--as-of", "2026-11-21")
SHOWN = ("--isolated", "--pedantic", "--min-severity", "notice", *DAY)
PACK = "pack"
BROKEN_PACK = "broken"
"""The folders of the packs, of which `rule` and `pack` print."""
INVISIBLE = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff"
STEERING = re.compile(
    f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff{INVISIBLE}]"
)
"""What moves a cursor, changes a colour, ends a line, turns the direction of text, or cannot be seen."""


def calls() -> Iterator[tuple[str, ...]]:
    """Yield the words of every call; a command that is new fails here until somebody says how it is called."""
    yield "check", "-v", "--statistics", *SHOWN
    yield "check", "--diff", "--unsafe-fixes", *SHOWN
    yield "check", "--write-baseline", "baseline.out", *SHOWN
    yield "check", *(word for name in NAMES for word in ("--output-file", f"{name}:{name}.out")), *SHOWN
    yield "check", "no such\x1b[31m\u3000::error::file", *SHOWN
    yield "check", "--config", "no such\x1b[31m\n::error::file"
    yield "check", "--rules", PACK, *SHOWN
    for command in COMMANDS:
        for name in formats(command):
            yield from of_format(command, name)
    yield "server", "no such\x1b[31m\n::error::file"
    yield "pack", PACK
    yield "pack", BROKEN_PACK


def of_format(command: str, name: str) -> Iterator[tuple[str, ...]]:
    match command:
        case "check":
            yield command, "--output-format", name, *SHOWN
        case "inspect":
            yield command, "--output-format", name, "--isolated"
        case "plan":
            yield command, "--output-format", name, "--isolated", *DAY
        case "rule":
            for row in ("acme/web", "acme/gevent", "acme/\x1b[31mno\u202e"):
                yield command, "--output-format", name, "--rules", PACK, row
        case _:
            raise AssertionError(f"say how `{command}` is called")


def formats(command: str) -> tuple[str, ...]:
    """Return the formats of a command, from its parser."""
    actions = [each for each in parser(command)._actions if each.dest == "output_format"]
    return tuple(choice for action in actions for choice in action.choices or ())


def streams(words: tuple[str, ...], folder: Path) -> dict[str, str]:
    """Make a call in `folder` and return all that it printed or wrote, by stream or file."""
    printed = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2)]
    before = sys.stdout, sys.stderr
    cwd = os.getcwd()  # noqa: PTH109 - what `chdir` takes back
    sys.stdout, sys.stderr = printed
    os.chdir(folder)
    try:
        run(words)
    finally:
        sys.stdout, sys.stderr = before
        os.chdir(cwd)
    texts = {}
    for name, stream in zip(("stdout", "stderr"), printed, strict=True):
        stream.flush()
        texts[name] = stream.buffer.getvalue().decode("utf-8", "surrogateescape")
    for path in sorted(folder.glob("*.out")):
        texts[path.name] = path.read_bytes().decode("utf-8", "surrogateescape")
        path.unlink()
    return texts


def steering(words: tuple[str, ...], stream: str, text: str) -> list[str]:
    """Return the lines of a stream that steer a terminal, or that the runner of a CI obeys although no output wrote them."""
    output = output_of_stream(words, stream)
    own = output.name if output and output.writes_commands else ""
    found = []
    for line in lines(text):
        command = read(line)
        is_ours = bool(command) and own == "github" and is_annotation(line)
        is_issue = own == "azure" and line.startswith("##vso[task.logissue type=")
        is_forged = (command and not is_ours) or (is_legacy_command(line) and not is_ours and not is_issue)
        if is_forged or STEERING.search(line):
            found.append(line)
    return found


def is_annotation(line: str) -> bool:
    """Whether a line is an annotation of ours: what is read as a command is not looked through for the older form."""
    return re.match(r"::(?:error|warning|notice) title=ddlint(?:::| \(DD\d+\),file=)", line) is not None


def output_of_stream(words: tuple[str, ...], stream: str) -> Output | None:
    """Return the output that writes a stream; None for a command without one."""
    name = stream.removesuffix(".out")
    if name in NAMES:
        return output_of(name)
    if stream == "stdout" and words[0] == "check" and "--output-format" in words:
        return output_of(words[words.index("--output-format") + 1])
    return None
