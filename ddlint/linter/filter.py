"""Divide the findings of all projects into those that are shown, hidden, and known from a baseline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache

from ddlint.config.settings import Config, is_enabled, least_severity, severity_of
from ddlint.core.model import Severity
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.paths import is_inside
from ddlint.core.report import Finding, Suppressed
from ddlint.core.source import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.config.settings import Suppression
    from ddlint.linter.baseline import Baseline, Key

_Key = tuple[str, str, "Span", str, str, Severity]


class RatedFinding(NamedTuple):
    """A finding, and the config of the project it was found in."""

    finding: Finding
    config: Config


class Silenced(NamedTuple):
    """The findings of one project, kept and suppressed."""

    kept: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...] = ()
    complaints: tuple[Finding, ...] = ()
    """DD009 about comments."""
    used: frozenset[Suppression] = frozenset()
    """The entries of the config that silenced something."""


class FilteredFindings(NamedTuple):
    """The findings of a run, sorted by place and code."""

    shown: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...]
    hidden: Mapping[str, int]
    """How many of each severity are below the level that is shown."""
    is_failed: bool
    unsuppressed: tuple[Finding, ...]
    """Those that no comment and no config suppressed: what a baseline is written from."""
    stale: Mapping[str, int]
    """Baseline entries that no longer match a finding."""


def apply_config(findings: Iterable[Finding], config: Config) -> Iterator[Finding]:
    """Return the findings whose codes are on, at the level the config gives them."""
    for finding in findings:
        if is_enabled(config, finding.code, finding.at.path):
            severity = severity_of(config, finding.code, finding.severity)
            yield finding if severity is finding.severity else finding._replace(severity=severity)


def changed_by_config(findings: Iterable[Finding], config: Config) -> tuple[int, int]:
    """Return how many findings a config turns off, and how many it gives a lower level."""
    if not (config.selections or config.per_file_ignores or config.severity):
        return 0, 0
    every = [(each, is_enabled(config, each.code, each.at.path)) for each in findings]
    lowered = (
        severity_of(config, each.code, each.severity).rank > each.severity.rank for each, is_on in every if is_on
    )
    return sum(not is_on for _, is_on in every), sum(lowered)


def is_asked_for(finding: Finding, named: frozenset[str] | None) -> bool:
    """Whether one of the places of a finding is in a file or folder that was named; all are where none was."""
    if named is None:
        return True
    places = (finding.at, *finding.related)
    return any(is_inside(place.path, name) for place in places for name in named)


def filter_findings(
    rated: Iterable[RatedFinding],
    suppressed: Iterable[Suppressed],
    baselines: Mapping[str, Baseline],
    real: Callable[[str], str],
    is_covered: Callable[[str, Key], bool],
) -> FilteredFindings:
    """Sort findings; one that several projects share is kept once.

    `is_covered` says whether this run would have found an entry of a baseline again.
    """
    real = cache(real)
    silenced = {_key(each.finding, real): each for each in sorted(suppressed, key=lambda each: _order(each.finding))}
    inline = {key for key, each in silenced.items() if each.by == "inline"}
    unsuppressed = [each for each in _once(rated, real) if _key(each.finding, real) not in inline]
    new, known, missed = _against(unsuppressed, baselines)
    stale = {path: sum(n for key, n in left.items() if n and is_covered(path, key)) for path, left in missed.items()}
    shown = [each for each in new if each.finding.severity.rank <= least_severity(each.config).rank]
    hidden = {severity.value: 0 for severity in Severity}
    for each in new:
        hidden[each.finding.severity.value] += each.finding.severity.rank > least_severity(each.config).rank
    return FilteredFindings(
        tuple(each.finding for each in shown),
        tuple(sorted((*silenced.values(), *known), key=lambda each: _order(each.finding))),
        hidden,
        any(_fails(each) for each in shown),
        tuple(each.finding for each in unsuppressed),
        stale,
    )


def _once(rated: Iterable[RatedFinding], real: Callable[[str], str]) -> list[RatedFinding]:
    """Keep one of the findings with the same cause at the same place: the one that names most related places."""
    best: dict[_Key, RatedFinding] = {}
    for each in sorted(rated, key=lambda each: (-len(each.finding.related), _order(each.finding))):
        best.setdefault(_key(each.finding, real), each)
    return sorted(best.values(), key=lambda each: _order(each.finding))


def _key(finding: Finding, real: Callable[[str], str]) -> _Key:
    return finding.code, real(finding.at.path), finding.at.at, finding.subject, finding.key, finding.severity


def _order(finding: Finding) -> tuple[str, Span, str, str, str]:
    return finding.at.path, finding.at.at, finding.code, finding.subject, finding.message


def _fails(rated: RatedFinding) -> bool:
    return rated.finding.severity.rank <= (rated.config.fail_on or Severity.WARNING).rank


def _against(
    rated: list[RatedFinding], baselines: Mapping[str, Baseline]
) -> tuple[list[RatedFinding], list[Suppressed], dict[str, dict[Key, int]]]:
    """Take out what the baseline of each config knows, and give what of it did not come back."""
    if not baselines:
        return sorted(rated, key=lambda each: _order(each.finding)), [], {}
    from ddlint.linter.baseline import apply_baseline

    new = [each for each in rated if each.config.baseline.text not in baselines]
    known: list[Suppressed] = []
    missed = {}
    for path, baseline in baselines.items():
        config_of = {each.finding: each.config for each in rated if each.config.baseline.text == path}
        left, found, missed[path] = apply_baseline(baseline, config_of)
        new += [RatedFinding(finding, config_of[finding]) for finding in left]
        known += found
    return sorted(new, key=lambda each: _order(each.finding)), known, missed
