"""The Python interface: `ddlint.lint` returns a report, `ddlint.render` writes one in any format."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

from ddlint.core.errors import DdlintError
from ddlint.core.report import Report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike


def lint(  # noqa: PLR0913 - a call names what it needs
    paths: Iterable[str | PathLike[str]] = (".",),
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    min_severity: str = "notice",
    tracer: str = "",
    python_version: str = "",
    platforms: Iterable[str] = (),
    config: str | PathLike[str] = "",
    is_isolated: bool = False,
    rules: Iterable[str | PathLike[str]] = (),
    as_of: str = "",
) -> Report:
    """Lint files and folders and return the report, as the command `ddlint check` does with the same options.

    Nothing is printed or written, and secrets are masked. A wrong value and a broken config raise `DdlintError`.
    """
    from ddlint.cli.build_request import completed, parsed, request_of
    from ddlint.cli.stderr import Progress
    from ddlint.linter.run import check, report

    given = (
        *(("--select", ",".join(codes)) if (codes := list(select)) else ()),
        *(("--ignore", ",".join(codes)) if (codes := list(ignore)) else ()),
        *(("--tracer", tracer) if tracer else ()),
        *(("--python-version", python_version) if python_version else ()),
        *(word for platform in platforms for word in ("--platform", platform)),
        *(("--config", str(config)) if config else ()),
        *(("--isolated",) if is_isolated else ()),
        *(word for folder in rules for word in ("--rules", str(folder))),
        *(("--as-of", as_of) if as_of else ()),
    )
    words = [*given, "--min-severity", min_severity, "--jobs", "1", "--", *map(str, paths)]
    outcome = check(request_of(parsed("check", words), Progress(is_wanted=False), has_table=True))
    return completed(report(outcome), outcome, {"json"})


def render(report: Report, output_format: str = "json") -> str:
    """Return a report in one of the formats of `--output-format`."""
    from ddlint.core.text import guard
    from ddlint.outputs import NAMES, output_of

    if output_format not in NAMES:
        raise DdlintError(f"`{output_format}` is no format", hint=f"known are {', '.join(NAMES)}")
    output = output_of(output_format)
    text: str = import_module(output.module).render(report)
    return text if output.writes_commands else guard(text, is_styled=report.is_coloured)
