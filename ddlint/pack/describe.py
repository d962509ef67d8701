"""What a row of a pack says, as a heading and one line for a reader; `row` gathers the rows, `rule` prints them."""

from __future__ import annotations

from enum import Enum

from ddlint.pack import install_rows as facts
from ddlint.pack import protection_rows as protection
from ddlint.pack import support_rows as rows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def describe(row: Any) -> tuple[str, str]:
    """Give the heading and the line of a row."""
    heading, line = SENTENCES[type(row)]
    fields = {name: value.value if isinstance(value, Enum) else value for name, value in row._asdict().items()}
    return heading.format(**fields), line(row)


def run(first: str, last: str) -> str:
    """Say a run of lines or releases."""
    return first if first == last else f"{first} to {last}"


def _spec(specifier: str) -> str:
    return specifier or "every version"


def _and(*parts: str) -> str:
    """Join the parts that say something."""
    return ", ".join(part for part in parts if part)


def _if(value: object, words: str) -> str:
    """Say something of a value that is there."""
    return words.format(value) if value else ""


_DEFAULTS = {"yes": "on by default", "no": "off by default", "conditional": "on by default under a condition"}


def _support(row: rows.Support) -> str:
    pinned = "the test matrix pins the newest" if row.is_pinned else ""
    aside = _and(_DEFAULTS.get(row.default, ""), pinned)
    return f"{run(row.first, row.last):<14}{_spec(row.specifier)}{_if(aside, '  ({})')}"


def _on_python(row: facts.RangeOnPython) -> str:
    return f"Python {row.python:<6}{run(row.first, row.last):<14}{row.specifier}"


def _observation(row: rows.Observation) -> str:
    seen = _and(*(f"{version} on {release} with Python {python}" for release, python, version in row.seen))
    invisible = "its version cannot be read" if row.is_invisible else ""
    told = _and(row.effect, row.problem, invisible)
    return f"{run(row.first, row.last):<14}{_spec(row.specifier)}: {told}  (seen: {seen})"


def _removal(row: rows.Removal) -> str:
    when = f"gone in {row.version}" if row.version else "still there"
    told = _and(when, _if(row.deprecated_in, "deprecated in {}"), _if(row.successor, "successor: {}"), row.note)
    return f"{row.name} ({row.kind}): {told}"


def _level(row: rows.SupportLevel) -> str:
    level = row.level.value + _if(row.until, " until {}")
    return f"{_spec(row.specifier):<12}{_and(level, _if(row.minimum_agent, 'Agent {} or newer'))}"


def _metadata(row: facts.Metadata) -> str:
    return f"{run(row.first, row.last):<20}{row.requires_python or 'every Python'}"


def _wheel(row: facts.Wheel) -> str:
    return f"Python {row.python:<6}{row.platform:<20}{run(row.first, row.last):<20}{row.floor}"


def _runtime(row: facts.Runtime) -> str:
    system = " ".join(word for word in (row.implementation, row.system) if word)
    aside = "" if row.is_ruling else "  (an older document)"
    return f"{_spec(row.releases)}: {_and(f'Python {row.written}', system, row.machines)}{aside}"


def _injection(row: facts.Injection) -> str:
    safe = "it skips libraries outside the declared range" if row.is_safe else ""
    return f"{run(row.first, row.last):<14}{_and(f'Python {row.pythons}', safe)}"


def _source_build(row: facts.SourceBuild) -> str:
    words = "compiles extensions" if row.has_extensions else "compiles nothing"
    return f"{run(row.first, row.last):<20}a build from source {words}"


def _requirement(row: facts.Requirement) -> str:
    when = _and(_if(row.marker, "where {}"), _if(row.extra, "with the extra {}"))
    return f"{run(row.first, row.last):<20}{_spec(row.specifier)}{_if(when, '  ({})')}"


def _extra(row: facts.Extra) -> str:
    dead = _if(row.dead_from, "of no use from {} on")
    return _and(run(row.first, row.last), dead, _if(row.successor, "successor: {}"), row.note)


def _dependent(row: facts.Dependent) -> str:
    others = [f"{name} {specifier}" for name, specifier in row.requires]
    python = _if(row.python, " on Python {}")
    return f"{_spec(row.versions)}{python} demands {_and(row.specifier or 'every release', *others)}"


def _bad_pair(row: facts.BadPair) -> str:
    what = "not installed" if row.is_absence else _spec(row.versions)
    releases = _and(*(run(first, last) for first, last in row.releases))
    return f"{what}, with {releases}{_if(row.python, ' on Python {}')}: {row.problem} ({row.severity}); {row.help}"


def _removed_setting(row: protection.RemovedSetting) -> str:
    value = _if(row.value, "={}") + _if(row.part, "=...{}...")
    what = "means something else" if row.is_changed else "is ignored"
    told = f"`{row.variable}{value}` {what} from {row.version} on"
    return _and(told, _if(_and(*row.names), "of these: {}"), _if(row.successor, "successor: {}"), row.note)


def _setting(row: protection.Setting) -> str:
    overrules = "overrules the switches of integrations" if row.is_overruling else ""
    return _and(f"a {row.kind}, {row.default or 'unset'} by default", row.says, overrules)


def _required_setting(row: protection.RequiredSetting) -> str:
    since, default = _if(row.since, "read from {} on"), _if(row.default_from, "so by default from {} on")
    instead = _and(*(f"{name} with `{text}` in it" for name, text in row.instead))
    who = row.distribution or ", ".join(row.capabilities)
    return _and(f"`{row.value}` is needed by {who}", since, default, _if(instead, "or {}"))


def _capability(row: protection.Capability) -> str:
    when = f"from {row.minimum} on" if row.minimum else "supported" if row.is_supported else "not supported"
    switches = _and(*(f"{name}={'|'.join(values)}" for name, values in row.variables))
    part = _if(row.part_of, "part of {}")
    aside = "" if row.is_ruling else "  (another document)"
    return f"{row.title}: {_and(when, part, _if(switches, 'switched on by {}'))}{aside}"


def _protection(row: protection.Protection) -> str:
    return _and(f"{row.name}, {row.capability}: {_covered(row.is_covered)}", row.note)


def _covered(is_covered: bool) -> str:
    return "covered" if is_covered else "not covered"


def _framework(row: protection.Framework) -> str:
    beside = _if(_and(*row.built_on_by), "unless beside {}")
    return _and(_covered(row.is_covered), _if(row.since, "from {} on"), beside)


SENTENCES: dict[type, tuple[str, Callable[[Any], str]]] = {
    rows.Support: ("versions of {distribution}, {basis} (integration {integration})", _support),
    facts.RangeOnPython: ("versions of {distribution}, tested by Python", _on_python),
    rows.Observation: ("versions of {distribution} that were run", _observation),
    rows.Removal: ("ends", _removal),
    rows.SupportLevel: ("support levels", _level),
    facts.Metadata: ("releases and the Pythons they declare", _metadata),
    facts.Wheel: ("wheels", _wheel),
    facts.SourceBuild: ("builds from source", _source_build),
    facts.Runtime: ("runtimes", _runtime),
    facts.Injection: ("single-step injection", _injection),
    facts.Requirement: ("versions of {distribution} that are required", _requirement),
    facts.Extra: ("the extra {name}", _extra),
    facts.Dependent: ("what {distribution} demands", _dependent),
    facts.BadPair: ("versions of {distribution} known to break", _bad_pair),
    protection.RemovedSetting: ("a setting that ended", _removed_setting),
    protection.Setting: ("the setting {variable}", _setting),
    protection.VersionCheck: (
        "a setting that makes it skip unsupported versions",
        lambda row: f"{run(row.first, row.last):<14}{row.variable}={'|'.join(row.values)}",
    ),
    protection.Command: (
        "the command {command}",
        lambda row: (
            f"{run(row.first, row.last):<14}{_and(f'comes with {row.distribution}', _if(row.module, 'python -m {}'))}"
        ),
    ),
    protection.RequiredSetting: ("values of {variable} that are needed", _required_setting),
    protection.Capability: ("capability", _capability),
    protection.Protection: ("protection of the {table}", _protection),
    protection.Framework: ("protection of the web framework", _framework),
    protection.Sink: ("protection of the driver or client", lambda row: f"{row.attack}: {_covered(row.is_covered)}"),
    protection.FrameworkMinimum: (
        "versions that older pages asked for",
        lambda row: f"{row.title} {row.versions}: {row.capability}",
    ),
    protection.Site: ("the site {site}", lambda row: row.note or "the product is not available there"),
    protection.AgentImage: ("images of the {subject}", lambda row: row.image),
}
"""What is said of a row of each type: a heading with its fields filled in, and a line."""
