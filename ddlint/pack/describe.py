"""A row of a pack in one line for a reader, by its type; `topics` has the headings."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.pack import install_rows as facts
    from ddlint.pack import interface_rows as interfaces
    from ddlint.pack import protection_rows as aap
    from ddlint.pack import setting_rows as settings
    from ddlint.pack import support_rows as rows


def run(first: str, last: str) -> str:
    """Describe a run of series or releases."""
    return first if first == last else f"{first} to {last}"


def _spec(specifier: str) -> str:
    return specifier or "every version"


def _and(*parts: str) -> str:
    """Join the parts that say something."""
    return ", ".join(part for part in parts if part)


def _if(value: object, words: str) -> str:
    """Describe a value that is there."""
    return words.format(value) if value else ""


_DEFAULTS = {"yes": "on by default", "no": "off by default", "conditional": "on by default under a condition"}


def support(row: rows.Support) -> str:
    """Describe supported versions."""
    pinned = "the test matrix pins the newest" if row.is_pinned else ""
    aside = _and(_DEFAULTS.get(row.default, ""), pinned)
    return f"{run(row.first, row.last):<14}{_spec(row.specifier)}{_if(aside, '  ({})')}"


def range_on_python(row: facts.RangeOnPython) -> str:
    """Describe what was tested on one Python."""
    return f"Python {row.python:<6}{run(row.first, row.last):<14}{row.specifier}"


def observation(row: rows.Observation) -> str:
    """Describe what was seen."""
    seen = _and(*(f"{version} on {release} with Python {python}" for release, python, version in row.seen))
    invisible = "its version cannot be read" if row.is_invisible else ""
    told = _and(row.effect, row.problem, invisible)
    return f"{run(row.first, row.last):<14}{_spec(row.specifier)}: {told}  (seen: {seen})"


def sighting(row: rows.Sighting) -> str:
    """Describe what one release did with each version that was run."""
    failed = _and(*(f"{version} {effect}: {problem}" for version, effect, problem in row.failed))
    told = (
        _if(_and(*row.traced), "traced {}"),
        _if(_and(*row.patched), "patched {}"),
        _if(_and(*row.skipped), "skipped where versions are checked {}"),
        failed,
    )
    return f"{row.release} on Python {row.python}: {'; '.join(filter(None, told))}"


def removal(row: rows.Removal) -> str:
    """Describe what ended."""
    when = f"gone in {row.version}" if row.version else "still there"
    told = _and(when, _if(row.deprecated_in, "deprecated in {}"), _if(row.successor, "successor: {}"), row.note)
    return f"{row.name} ({row.kind}): {told}"


def interface(row: interfaces.Interface) -> str:
    """Describe what code can no longer import or call, or soon cannot."""
    when = f"gone in {row.version}" if row.version else _if(row.removed_in, "to be removed in {}")
    about = _and(when, _if(row.deprecated_in, "deprecated in {}"), _if(row.successor, "successor: {}"), row.note)
    return f"{', '.join(row.names)}: {about}"


def level(row: rows.SupportLevel) -> str:
    """Describe a support level."""
    level = row.level.value + _if(row.until, " until {}")
    return f"{_spec(row.specifier):<12}{_and(level, _if(row.minimum_agent, 'Agent {} or newer'))}"


def metadata(row: facts.Metadata) -> str:
    """Describe a Requires-Python."""
    return f"{run(row.first, row.last):<20}{row.requires_python or 'every Python'}"


def wheel(row: facts.Wheel) -> str:
    """Describe a wheel."""
    return f"Python {row.python:<6}{row.platform:<20}{run(row.first, row.last):<20}{row.floor}"


def runtime(row: facts.Runtime) -> str:
    """Describe a supported runtime."""
    system = " ".join(word for word in (row.implementation, row.system) if word)
    aside = "" if row.is_ruling else "  (an older document)"
    return f"{_spec(row.releases)}: {_and(f'Python {row.written}', system, row.machines)}{aside}"


def injection(row: facts.Injection) -> str:
    """Describe what injection accepts."""
    safe = "it skips libraries outside the declared range" if row.is_safe else ""
    return f"{run(row.first, row.last):<14}{_and(f'Python {row.pythons}', safe)}"


def pre_release(row: facts.PreRelease) -> str:
    """Describe which Pythons a pre-release needs."""
    return f"{row.version:<20}needs Python {row.requires_python}"


def source_build(row: facts.SourceBuild) -> str:
    """Describe a build from source."""
    words = "compiles extensions" if row.has_extensions else "compiles nothing"
    return f"{run(row.first, row.last):<20}a build from source {words}"


def requirement(row: facts.Requirement) -> str:
    """Describe a requirement of the subject."""
    when = _and(_if(row.marker, "where {}"), _if(row.extra, "with the extra {}"))
    return f"{run(row.first, row.last):<20}{_spec(row.specifier)}{_if(when, '  ({})')}"


def extra(row: facts.Extra) -> str:
    """Describe an extra."""
    dead = _if(row.dead_from, "of no use from {} on")
    return _and(run(row.first, row.last), dead, _if(row.successor, "successor: {}"), row.note)


def dependent(row: facts.Dependent) -> str:
    """Describe a requirement on the subject."""
    others = [f"{name} {specifier}" for name, specifier in row.requires]
    python = _if(row.python, " on Python {}")
    return f"{_spec(row.versions)}{python} demands {_and(row.specifier or 'every release', *others)}"


def injector(row: facts.Injector) -> str:
    """Describe what brings the subject in."""
    off = _if(" or ".join(row.unless), "unless {} is false")
    return f"{row.kind} {row.name}: {_and(_READS[row.reads], off, f'where it is installed too, {row.installed}')}"


_READS = {
    "tag": "the tag of an image",
    "image": "an image with its tag",
    "libraries": "languages with their versions",
    "layer": "the version of a layer",
    "newest": "the newest release",
}


def layer(row: facts.LayerRelease) -> str:
    """Describe what a layer was built with."""
    return f"{run(row.first, row.last):<14}{row.release}{_if(row.python, '  (Python {})')}"


def bad_pair(row: facts.BadPair) -> str:
    """Describe versions that break."""
    what = "not installed" if row.is_absence else _spec(row.versions)
    releases = _and(*(run(first, last) for first, last in row.releases))
    later = _if(row.unconfirmed, " (not run from {} on)")
    where = f"{releases}{later}{_if(row.python, ' on Python {}')}"
    return f"{what}, with {where}: {row.problem} ({row.severity}); {row.help}"


def removed_setting(row: aap.RemovedSetting) -> str:
    """Describe a removed setting."""
    value = _if(row.value, "={}") + _if(row.part, "=...{}...")
    what = "means something else" if row.is_changed else "is ignored"
    told = f"`{row.variable}{value}` {what} from {row.version} on"
    return _and(told, _if(_and(*row.names), "of these: {}"), _if(row.successor, "successor: {}"), row.note)


def setting(row: aap.Setting) -> str:
    """Describe a setting."""
    overrules = "overrules the switches of integrations" if row.is_overruling else ""
    return _and(f"a {row.kind}, {row.default or 'unset'} by default", row.says, overrules)


def other_variables(row: settings.OtherVariables) -> str:
    """Describe the variables of another program."""
    return _and(*(f"{prefix}..." for prefix in row.prefixes), *row.names)


def deprecated_setting(row: settings.DeprecatedSetting) -> str:
    """Describe an announced end."""
    told = f"`{row.variable}{_if(row.value, '={}')}` ends in {row.removed_in}, as {run(row.first, row.last)} announces"
    return _and(told, _if(row.successor, "successor: {}"), row.note)


def agent_minimum(row: settings.AgentMinimum) -> str:
    """Describe what a feature needs of the Agent."""
    switches = _and(*(f"{name}={'|'.join(values)}" for name, values in row.variables))
    return f"Agent {row.agent} or newer from {row.version} on, where {switches}"


def required_setting(row: aap.RequiredSetting) -> str:
    """Describe a required value."""
    since, default = _if(row.since, "read from {} on"), _if(row.default_from, "so by default from {} on")
    instead = _and(*(f"{name} with `{text}` in it" for name, text in row.instead))
    who = row.distribution or ", ".join(row.capabilities)
    return _and(f"`{row.value}` is needed by {who}", since, default, _if(instead, "or {}"))


def capability(row: aap.Capability) -> str:
    """Describe a capability."""
    when = f"from {row.minimum} on" if row.minimum else "supported" if row.is_supported else "not supported"
    switches = _and(*(f"{name}={'|'.join(values)}" for name, values in row.variables))
    part = _if(row.part_of, "part of {}")
    aside = "" if row.is_ruling else "  (another document)"
    return f"{row.title}: {_and(when, part, _if(switches, 'switched on by {}'))}{aside}"


def protection(row: aap.Protection) -> str:
    """Describe a cell of a table."""
    return _and(f"{row.name}, {row.capability}: {_covered(row.is_covered)}", row.note)


def _covered(is_covered: bool) -> str:
    return "covered" if is_covered else "not covered"


def framework(row: aap.Framework) -> str:
    """Describe the protection of a framework."""
    beside = _if(_and(*row.built_on_by), "unless beside {}")
    return _and(_covered(row.is_covered), _if(row.since, "from {} on"), beside)


def sink(row: aap.Sink) -> str:
    """Describe the protection of a driver or client."""
    return f"{row.attack}: {_covered(row.is_covered)}"


def only_switch(row: rows.OnlySwitch) -> str:
    """Describe a setting that lists integrations."""
    return f"{run(row.first, row.last):<14}{row.variable} is the only switch"


def version_check(row: facts.VersionCheck) -> str:
    """Describe a setting that makes the subject check versions."""
    return f"{run(row.first, row.last):<14}{row.variable}={'|'.join(row.values)}"


def command(row: aap.Command) -> str:
    """Describe a command."""
    told = _and(f"comes with {row.distribution}", _if(row.module, "python -m {}"))
    return f"{run(row.first, row.last):<14}{told}"
