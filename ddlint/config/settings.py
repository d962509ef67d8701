"""What `[tool.ddlint]` and the command line say, as one immutable thing. Reading the files is `config_file.py`."""

from __future__ import annotations

from collections.abc import Iterable

from ddlint.core.model import NormalizedName, Place, Severity
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.paths import matches


class Selection(NamedTuple):
    """Which codes one config, or the command line, turns on and off; each is a prefix such as `DD3`."""

    select: tuple[str, ...] | None = None
    """What replaces the selection so far; `None` leaves it."""
    ignore: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    extend_ignore: tuple[str, ...] = ()

    def decide(self, code: str, before: bool) -> bool:
        """Whether `code` is on after this, if it was on `before`; the longer prefix wins, then to ignore wins."""
        chosen = _longest(code, (*(self.select or ()), *self.extend_select))
        ignored = _longest(code, (*(self.ignore or ()), *self.extend_ignore))
        if chosen > ignored:
            return True
        return not ignored and self.select is None and before


class Pattern(NamedTuple):
    """A pattern of paths, and the directory it is relative to."""

    directory: str
    glob: str

    def matches(self, path: str) -> bool:
        """Whether it matches an absolute path."""
        return matches((self.glob,), path, self.directory)


class Suppression(NamedTuple):
    """An entry of `[[tool.ddlint.suppress]]`; an empty field matches everything."""

    rule: str
    """A code, the start of one (`DD3`), or a row (`ddtrace/flask`)."""
    at: Place
    package: NormalizedName = NormalizedName("")
    path: Pattern | None = None
    reason: str = ""
    expires: str = ""
    """The last day it holds, ISO 8601."""


class ConfigValue(NamedTuple):
    """A name or an absolute path of which only later is known whether there is such a thing."""

    text: str
    at: str = ""
    """`file:line:column`; empty where the command line says it."""


class Config(NamedTuple):
    """How the projects below one directory are judged. Empty values leave the default."""

    directory: str = ""
    """The directory of the file it comes from; empty where there is none."""
    selections: tuple[Selection, ...] = ()
    """In order: of the config that is extended, of the config, of the command line."""
    exclude: tuple[Pattern, ...] | None = None
    respect_gitignore: bool | None = None
    """Whether what git ignores is left out, as it is without a word."""
    per_file_ignores: tuple[tuple[Pattern, tuple[str, ...]], ...] | None = None
    severity: tuple[tuple[str, Severity], ...] | None = None
    """Codes, or prefixes of them, with the level they get."""
    groups: tuple[str, ...] | None = None
    """The groups and extras that count beside what is always installed; `None` counts all."""
    fail_on: Severity | None = None
    min_severity: Severity | None = None
    rules: tuple[ConfigValue, ...] | None = None
    """Directories of packs."""
    tracer: str = ""
    """The requirement that is used where none is declared."""
    tracer_option: str = ""
    """The requirement of `--tracer`, which replaces what is declared."""
    python_version: str = ""
    platforms: tuple[str, ...] | None = None
    capabilities: tuple[ConfigValue, ...] | None = None
    baseline: ConfigValue = ConfigValue("")
    pedantic: bool | None = None
    require_tracer: bool | None = None
    """Whether a run that judges nothing fails."""
    suppressions: tuple[Suppression, ...] = ()


def is_enabled(config: Config, code: str, path: str) -> bool:
    """Whether findings of `code` in the file at `path` are wanted."""
    is_on = True
    for selection in config.selections:
        is_on = selection.decide(code, is_on)
    if not is_on:
        return False
    ignored = (codes for pattern, codes in config.per_file_ignores or () if pattern.matches(path))
    return not any(_longest(code, codes) for codes in ignored)


def severity_of(config: Config, code: str, given: Severity) -> Severity:
    """Return the level of a finding of `code`: what the config says, by the longest prefix, else what is `given`."""
    length, severity = max(
        ((len(prefix), level) for prefix, level in config.severity or () if code.startswith(prefix)),
        key=lambda found: found[0],
        default=(0, given),
    )
    return severity if length else given


def is_excluded(config: Config, path: str) -> bool:
    """Whether a pattern of `exclude` matches `path`."""
    return any(pattern.matches(path) for pattern in config.exclude or ())


def least_severity(config: Config) -> Severity:
    """Return the mildest level that is printed. What fails the run is never hidden."""
    chosen = config.min_severity or (Severity.NOTICE if config.pedantic else Severity.WARNING)
    if config.fail_on and config.min_severity is None and config.fail_on.rank > chosen.rank:
        return config.fail_on
    return chosen


def extended(base: Config, config: Config) -> Config:
    """Return `config` on top of `base`: what it leaves unsaid is as in `base`; suppressions and selections add up."""
    unsaid = Config._field_defaults
    changes = {name: value for name, value in config._asdict().items() if value != unsaid[name]}
    changes["selections"] = (*base.selections, *config.selections)
    changes["suppressions"] = (*base.suppressions, *config.suppressions)
    return base._replace(**changes)


def shown_suppression(suppression: Suppression) -> str:
    """Return a suppression in one line, for messages."""
    parts = [f"rule `{suppression.rule}`"]
    if suppression.package:
        parts.append(f"package `{suppression.package}`")
    if suppression.path:
        parts.append(f"path `{suppression.path.glob}`")
    return ", ".join(parts)


def _longest(code: str, prefixes: Iterable[str]) -> int:
    return max((len(prefix) for prefix in prefixes if code.startswith(prefix)), default=0)
