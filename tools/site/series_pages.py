"""Write the page of every release series: Pythons, wheels, level and dates, and what changed against the one before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ddlint.checks.common.tracer import level_status
from ddlint.pack import describe
from ddlint.pack.explain import anchor
from ddlint.pack.install_rows import Requirement, Runtime
from ddlint.pack.interface_rows import Interface
from ddlint.pack.pack import series_of
from ddlint.pack.protection_rows import RemovedSetting
from ddlint.pack.support_rows import Level, Release, Removal
from ddlint.pack.topics import slug
from ddlint.versions.specifiers import allows
from tools.site import facts
from tools.site.documents import put
from tools.site.facts import AS_OF, NEWEST, PACK, SUBJECT
from tools.site.markdown import code, page, plain, table
from tools.site.setting_pages import link

LEVELS = {
    Level.GENERAL_AVAILABILITY: "general availability",
    Level.MAINTENANCE: "maintenance",
    Level.END_OF_LIFE: "end of life",
}


def write() -> None:
    """Write the page of every series, and the list of them."""
    put("series/index.md", _index())
    for number, series in enumerate(PACK.all_series):
        put(f"series/{series}.md", _page(series, PACK.all_series[number - 1] if number else ""))


def level(series: str) -> str:
    """Return the support level of a series on the day of the rules."""
    found = level_status(PACK, series, AS_OF)
    if found is None:
        return ""
    until = f", until {found.level.until}" if found.level.until else ""
    return f"{LEVELS[found.level.level]}{until}{', which has ended' if until and found.has_ended else ''}"


def releases(series: str) -> list[Release]:
    """Return the releases of a series, the newest first."""
    return [each for each in reversed(PACK.releases) if series_of(each.version) == series]


def _index() -> str:
    rows = []
    for series in reversed(PACK.all_series):
        made = releases(series)
        rows.append(
            (
                f"[{series}]({series}.md)",
                made[0].version if made else "",
                made[-1].released if made else "",
                ", ".join(facts.pythons(series)),
                level(series),
            )
        )
    return page(
        f"Release series of {SUBJECT}",
        f"Every release series of {SUBJECT}: its Pythons, its support level, and when it came out.",
        f"# Release series of {SUBJECT}\n",
        f"{SUBJECT} {NEWEST} is the newest of {len(PACK.all_series)} series with {len(PACK.releases)} releases.\n",
        table(("series", "newest release", "first release", "Pythons", "support level"), rows),
        facts.read_on(),
    )


def _page(series: str, before: str) -> str:
    made = releases(series)
    newest = made[0].version if made else ""
    return page(
        f"{SUBJECT} {series}",
        f"{SUBJECT} {series}: Pythons, wheels by platform, support level, and changes against the series before.",
        f"# {SUBJECT} {series}\n",
        f"{_summary(series, made)}\n",
        "## Pythons and wheels { #wheels }\n",
        _wheels(newest, series),
        _runtimes(newest),
        *(_changes(series, before) if before else ()),
        "## Integrations { #integrations }\n",
        _integrations(series),
        "## Releases { #releases }\n",
        _releases(made),
    )


def _summary(series: str, made: list[Release]) -> str:
    if not made:
        return f"The index has no release of {SUBJECT} {series} any more."
    pythons = facts.pythons(series)
    on = f"installs on Python {', '.join(pythons)}" if pythons else "has wheels for no known Python"
    return (
        f"{SUBJECT} {made[0].version}, the newest release of the series, {on}. Its support level is "
        f"{level(series) or 'not stated'}. {_dates(made)}"
    )


def _dates(made: list[Release]) -> str:
    first, newest = made[-1].released, made[0].released
    return (
        f"It was released on {first}."
        if len(made) == 1
        else f"The series began on {first}, its newest release is of {newest}."
    )


def _wheels(release: str, series: str) -> str:
    """Return the wheels of a release: for each Python and platform the oldest system, or nothing."""
    platforms = [
        each for each in facts.platforms() if any(facts.wheel(release, python, each) for python in PACK.pythons)
    ]
    pythons = [
        each
        for each in PACK.pythons
        if each in facts.pythons(series) or any(facts.wheel(release, each, platform) for platform in platforms)
    ]
    if not platforms:
        return f"{SUBJECT} {release} has no wheels: pip builds it from source.\n"
    rows = [
        (f"Python {each}", *(code(facts.wheel(release, each, one)) or "source" for one in platforms))
        for each in pythons
    ]
    return (
        f"The oldest system that the wheels of {SUBJECT} {release} allow; *source* is built, with a compiler.\n\n"
        + table(("Python", *platforms), rows)
    )


def _runtimes(release: str) -> str:
    """Return the rows of the table of supported runtimes."""
    rows = [each for each in PACK.rows(Runtime) if release and each.is_ruling and allows(each.releases, release)]
    if not rows:
        return ""
    lines = [
        (each.system or "any", each.machines, each.implementation, each.written, plain(each.evidence.title))
        for each in rows
    ]
    return "Documented runtimes:\n\n" + table(("system", "CPUs", "implementation", "Pythons", "document"), lines)


def _changes(series: str, before: str) -> Iterator[str]:
    """Yield what changed against the series before."""
    yield f"## Changes against {before} {{ #changes }}\n"
    parts = [
        ("Pythons", _pythons(series, before)),
        ("Libraries", _libraries(series, before)),
        ("Removed and renamed", _ends(series)),
        ("Requirements", _requirements(series, before)),
        ("Settings", _settings(series, before)),
    ]
    if not any(lines for _, lines in parts):
        yield "Nothing that the rules know of.\n"
    for title, lines in parts:
        if lines:
            yield f"### {title}\n"
            yield "".join(f"- {line}\n" for line in lines)


def _pythons(series: str, before: str) -> list[str]:
    now, then = facts.pythons(series), facts.pythons(before)
    words = (
        ("added", [each for each in now if each not in then]),
        ("dropped", [each for each in then if each not in now]),
    )
    return [f"{word}: Python {', '.join(found)}" for word, found in words if found]


def _libraries(series: str, before: str) -> list[str]:
    lines = []
    for name in PACK.distributions:
        now, then = facts.is_listed(name, series), facts.is_listed(name, before)
        new, old = facts.supported(name, series), facts.supported(name, before)
        if now and not then:
            lines.append(f"added: {_library(name, series)} {_spec(new)}")
        elif then and not now:
            lines.append(f"no longer listed: {_library(name, before)} {_spec(old)}")
        elif now and new[0] != old[0]:
            lines.append(f"changed: {_library(name, series)} from {_spec(old)} to {_spec(new)}")
    return sorted(lines)


def _spec(found: tuple[str, str]) -> str:
    versions, basis = found
    return f"{code(versions)} ({basis})" if versions and basis else basis or plain(versions)


def _library(name: str, series: str) -> str:
    integration = facts.integration_of(PACK.support(name), series)
    return f"[{plain(name)}](../integrations/{slug(integration)}.md#{anchor(name)})"


def _ends(series: str) -> list[str]:
    found: Iterable[Removal] = PACK.removals()
    ends = [f"{plain(describe.removal(row))}" for row in found if row.version and series_of(row.version) == series]
    announced = [
        f"deprecated: {plain(describe.removal(row))}"
        for row in found
        if row.deprecated_in and series_of(row.deprecated_in) == series
    ]
    code = [
        plain(describe.interface(row))
        for row in PACK.rows(Interface)
        if series in {series_of(row.version), series_of(row.deprecated_in)}
    ]
    return list(dict.fromkeys([*ends, *announced, *code]))


def _requirements(series: str, before: str) -> list[str]:
    now, then = _required(series), _required(before)
    lines = [f"added: {each}" for each in now if each not in then] + [
        f"dropped: {each}" for each in then if each not in now
    ]
    return sorted(lines)


def _required(series: str) -> list[str]:
    release = facts.newest_release(series)
    found = [row for row in PACK.rows(Requirement) if PACK.has(release, row.first, row.last)]
    return [
        code(row.distribution + row.specifier + (f"; {row.marker}" if row.marker else ""))
        + (f" with the extra {code(row.extra)}" if row.extra else "")
        for row in found
    ]


def _settings(series: str, before: str) -> list[str]:
    now, then = facts.read_by(series), facts.read_by(before)
    lines = []
    for word, found in (("newly read", now - then), ("no longer read", then - now)):
        public = sorted(name for name in found if not name.startswith("_"))
        internal = len(found) - len(public)
        if public:
            aside = f", and {internal} internal" if internal else ""
            lines.append(f"{word}: {', '.join(link(name, 'series') for name in public)}{aside}")
    ignored = [row for row in PACK.rows(RemovedSetting) if series_of(row.version) == series]
    lines += [plain(describe.removed_setting(row)) for row in ignored]
    return list(dict.fromkeys(lines))


def _integrations(series: str) -> str:
    rows = []
    for name in PACK.distributions:
        if facts.is_listed(name, series):
            versions, basis = facts.supported(name, series)
            integration = facts.integration_of(PACK.support(name), series)
            shown = code(versions) if versions not in {"", "every version"} else versions
            rows.append(
                (
                    _library(name, series),
                    shown,
                    basis,
                    code(facts.tested(name, series)),
                    facts.default_words(integration, series),
                )
            )
    return table(("library", "supported versions", "basis", "tested with", "by default"), rows) or "None is listed.\n"


def _releases(made: list[Release]) -> str:
    rows = [
        (each.version, each.released, code(each.requires_python), "yanked" if each.is_yanked else "released")
        for each in made
    ]
    return table(("release", "date", "Requires-Python", "state"), rows)
