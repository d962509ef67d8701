"""Where reports go: what `--output-format` and `--output-file` ask for, and what they cannot mean."""

from __future__ import annotations

from ddlint.config.validators import did_you_mean, quoted
from ddlint.core.errors import DdlintError
from ddlint.core.lazy_regex import regex
from ddlint.core.namedtuple import NamedTuple
from ddlint.outputs import OUTPUTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

_NAME = regex(r"[a-z][a-z-]+")
"""What may be meant for the name of a format; a single letter is a drive."""


class Sink(NamedTuple):
    """Where a report goes, and in which format."""

    format: str
    path: str
    """As it was given; empty for standard output."""


def sinks_of(options: argparse.Namespace, default: str, formats: Sequence[str] = OUTPUTS) -> tuple[Sink, ...]:
    """Give where reports go. A format that is asked for with none but named files beside it is printed as well."""
    sinks = [_sink(value, formats) for value in options.output_file]
    main = options.output_format or default
    if not sinks or (options.output_format and all(sink.format for sink in sinks)):
        sinks.append(Sink(main, "-"))
    _refuse_twins(sinks)
    return tuple(Sink(sink.format or main, "" if sink.path == "-" else sink.path) for sink in sinks)


def _sink(value: str, formats: Sequence[str]) -> Sink:
    name, colon, path = value.partition(":")
    if not colon or name not in formats:
        hint = did_you_mean(name, formats) if colon and _NAME.fullmatch(name) else ""
        if hint.startswith("did"):
            raise DdlintError(f"--output-file: {quoted(name)} is no format", hint=hint)
        name, path = "", value
    if not path:
        raise DdlintError(f"--output-file: {quoted(value)} names no file", hint="write `FORMAT:FILE`; `-` prints")
    return Sink(name, path)


def _refuse_twins(sinks: Sequence[Sink]) -> None:
    paths = [sink.path for sink in sinks]
    twice = [path for path in paths if paths.count(path) > 1]
    if twice:
        raise DdlintError(f"--output-file: {quoted(twice[0])} is named for two reports", hint="name a file for each")
