"""What `[tool.ddlint]` and the command line say, as one immutable thing, and the validators of its values."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from ddlint.checks import CHECKS
from ddlint.core.lazy_regex import regex
from ddlint.core.model import NormalizedName, Place, Severity
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.paths import matches
from ddlint.core.redact import written
from ddlint.core.text import edit_distance


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


MINOR = regex(r"[0-9]+\.[0-9]+")
PLATFORM = regex(r"(?:manylinux|musllinux|macos|win)-[a-z0-9_]+|pypy|graalpy|free-threaded")
PLATFORM_WORDS = "platform such as `manylinux-x86_64`, `macos-arm64` or `win-amd64`"
ROW = regex(r"[a-z0-9_.-]+/[^\s/]+")
_NAMED = regex(r"[A-Za-z][\w.-]*\s*(?P<specifier>[<>=!~].+)")
_LIKE_A_CODE = regex(r"DD[0-9].*")
_DAY = regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


_MOST_LISTED = 24


def closest_word(word: str, words: Collection[str]) -> str:
    """Return the word that was probably meant: one edit away for every four letters, or its start; else nothing."""
    starting = [each for each in words if len(word.strip("-")) > 2 and each.startswith(word)]
    if len(starting) == 1:
        return starting[0]
    most = max(1, len(word.strip("-")) // 4)
    near = ((edit_distance(word, each), each) for each in sorted(words) if abs(len(each) - len(word)) <= most)
    return min((each for each in near if each[0] <= most), default=(0, ""))[1]


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """Return a hint that names the word meant, if one is near; else all there are, unless they are many."""
    known = sorted(words)
    if found := closest_word(word, known):
        return f"did you mean `{found}`?"
    return f"known are {', '.join(f'`{each}`' for each in known)}" if len(known) <= _MOST_LISTED else ""


def quoted(text: str) -> str:
    """Return text of a user between backticks: masked, on one line, at most 100 characters of it."""
    return f"`{written(text, 100)}`"


def is_code(text: str, codes: frozenset[str]) -> bool:
    """Whether `text` is a code or the start of one."""
    return len(text) > 1 and any(code.startswith(text) for code in codes)


def code_of(text: str, codes: frozenset[str]) -> str:
    """Return the code that a text names: a code, the start of one, or the name of a check; empty for none of these."""
    if is_code(text, codes):
        return text
    return next((check.code for check in CHECKS if check.name == text and check.code in codes), "")


def code_hint(text: str, codes: frozenset[str]) -> str:
    """Return which code or check may be meant: one in capitals, those of its family, or a name that is near."""
    upper = text.upper()
    if upper != text and is_code(upper, codes):
        return f"did you mean `{upper}`?"
    if _LIKE_A_CODE.fullmatch(upper):
        family = [code for code in sorted(codes) if code.startswith(upper[:3])]
        families = sorted({f"{code[:3]}xx" for code in codes})
        return f"known are {', '.join(f'`{each}`' for each in family or families)}"
    near = closest_word(text.lower(), {check.name for check in CHECKS})
    return f"did you mean `{near}`?" if near else ""


def is_minor(text: str) -> bool:
    """Whether `text` names a minor of Python, such as `3.12`."""
    return bool(MINOR.fullmatch(text))


def is_platform(text: str) -> bool:
    """Whether `text` is a platform as the packs name them."""
    return bool(PLATFORM.fullmatch(text))


def is_day(text: str) -> bool:
    """Whether `text` is a date of the calendar, ISO 8601."""
    from datetime import date

    try:
        return bool(_DAY.fullmatch(text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def is_specifier(text: str) -> bool:
    """Whether `text` is a specifier of PEP 440, or a bare version."""
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    try:
        SpecifierSet(text if re.match(r"\s*[<>=!~]", text) else f"=={text}")
    except InvalidSpecifier:
        return False
    return bool(text.strip())


def package_name_hint(text: str) -> str:
    """Return a hint where a name precedes a specifier: only the specifier is wanted."""
    named = _NAMED.fullmatch(text)
    return f"write {quoted(named['specifier'])}" if named and is_specifier(named["specifier"]) else ""
