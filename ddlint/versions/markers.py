"""Where a requirement with a marker applies: the marker is evaluated over a finite grid of environments.

Only the dimensions that a marker names are varied. A marker that cannot be decided counts as true, so that nothing
is taken for dead by mistake.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import product

from ddlint.core.lazy_regex import regex
from ddlint.core.model import normalize
from ddlint.core.namedtuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from packaging.markers import Marker

    from ddlint.versions.ranges import Range

_QUOTED = regex(r"""'([^']*)'|"([^"]*)\"""")
_UNDECIDABLE = ("platform_release", "platform_version")
_SYSTEMS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "linux": (("linux", "posix", "Linux"), ("linux2", "posix", "Linux")),
    "darwin": (("darwin", "posix", "Darwin"),),
    "win32": (("win32", "nt", "Windows"),),
}
_MACHINES = ("x86_64", "aarch64", "arm64", "AMD64", "ARM64", "i686", "x86")
_MACHINES_OF = {"win-amd64": ("AMD64",), "win-arm64": ("ARM64",), "win-32": ("x86", "AMD64")}
"""The values of `platform_machine` where they are not what the token of a platform ends with."""
_IMPLEMENTATIONS = (("CPython", "cpython"), ("PyPy", "pypy"))
_PATCH = regex(r"^[0-9]+\.[0-9]+\.([0-9]{1,4})$")
_LONGEST = 2_000
_DEEPEST = 30
_MOST_NAMES = 12
_PLACE = ("python_full_version", "implementation_name", "sys_platform", "platform_machine", "platform_system")
"""What tells one machine from another on a minor of Python."""

SYSTEMS = tuple(_SYSTEMS)
"""The values of `sys_platform` that are tried when a project names no platform, on every machine."""


class _Where(NamedTuple):
    """The environments that are tried."""

    systems: tuple[str, ...]
    """`linux-x86_64` is one value of `platform_machine`; `linux` alone all that are known or that the marker names."""
    implementations: tuple[tuple[str, str], ...] = _IMPLEMENTATIONS
    extras: frozenset[str] | None = None
    """The extras there are, normalized; `None` where every one that the marker names may be."""


def systems_of(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Return the systems that platforms name, with their machine; all, on every machine, where there are none.

    `musllinux-aarch64` is `linux-aarch64`, `win-amd64` is `win32-AMD64`.
    """
    found = {name for token in tokens for name in _named_systems(token)}
    return tuple(sorted(found, key=lambda name: (SYSTEMS.index(name.partition("-")[0]), name))) or SYSTEMS


def _named_systems(token: str) -> tuple[str, ...]:
    system, machine = _system(token), token.partition("-")[2]
    if not system:
        return ()
    return tuple(f"{system}-{each}" for each in _MACHINES_OF.get(token, (machine,))) if machine else (system,)


def _system(token: str) -> str:
    head = token.partition("-")[0]
    return {"manylinux": "linux", "musllinux": "linux", "linux": "linux", "macos": "darwin", "win": "win32"}.get(
        head, ""
    )


def both(one: str, other: str) -> str:
    """Join two markers, of which an empty one is always true."""
    return f"({one}) and ({other})" if one and other else one or other


@lru_cache(maxsize=8192)
def applies(
    marker: str, minors: tuple[str, ...], systems: tuple[str, ...] = SYSTEMS, extras: frozenset[str] | None = None
) -> tuple[str, ...]:
    """Return those of `minors` on which a requirement with this marker can be installed, with any extras or none."""
    if not marker:
        return minors
    return tuple(minor for minor in minors if _holds(marker, minor, _Where(systems, extras=extras)))


@lru_cache(maxsize=2048)
def together(markers: tuple[str, ...], minor: str, systems: tuple[str, ...] = SYSTEMS) -> tuple[frozenset[str], ...]:
    """Return which of `markers` hold at once on one Python: each combination that a machine with it may meet.

    What is installed on one system, implementation or patch release decides nothing on another one.
    """
    asked = tuple(dict.fromkeys(each for each in markers if each))
    told = "\n".join(each for each in asked if not _is_undecidable(each))
    where = _Where(systems)
    found: dict[tuple[object, ...], set[str]] = {}
    for environment in _environments(told, minor, where, most=_MOST_NAMES * 4):
        key = tuple(environment[name] for name in _PLACE)
        found.setdefault(key, {""}).update(each for each in asked if _holds_in(each, environment))
    return tuple(dict.fromkeys(frozenset(each) for each in found.values()))


@lru_cache(maxsize=1024)
def applies_on(marker: str, minors: tuple[str, ...], token: str) -> bool:
    """Return whether a requirement with this marker can be installed on one platform, on any of `minors`."""
    other = tuple(each for each in _IMPLEMENTATIONS[1:] if each[1] == token)
    if not marker or not (other or _system(token)):
        return True
    where = _Where(SYSTEMS if other else _named_systems(token), other or _IMPLEMENTATIONS[:1])
    return any(_holds(marker, minor, where) for minor in minors)


@lru_cache(maxsize=2048)
def _parse(marker: str) -> Marker | None:
    from packaging.markers import InvalidMarker, Marker

    try:
        return Marker(marker)
    except InvalidMarker:
        return None


def _is_undecidable(marker: str) -> bool:
    return len(marker) > _LONGEST or marker.count("(") > _DEEPEST or any(name in marker for name in _UNDECIDABLE)


def _holds(marker: str, minor: str, where: _Where) -> bool:
    if _is_undecidable(marker):
        return True
    return any(_holds_in(marker, environment) for environment in _environments(marker, minor, where))


def _holds_in(marker: str, environment: dict[str, str | frozenset[str]]) -> bool:
    """Return whether a marker holds in one environment; one that cannot be decided does."""
    if _is_undecidable(marker):
        return True
    plain = read_plain(marker)
    if plain is not None:
        return holds(plain, environment)
    from packaging.markers import UndefinedComparison, UndefinedEnvironmentName

    parsed = _parse(marker)
    if parsed is None:
        return True
    try:
        return parsed.evaluate(environment, context="requirement")
    except (UndefinedComparison, UndefinedEnvironmentName):
        return True


def _environments(
    marker: str, minor: str, where: _Where, most: int = _MOST_NAMES
) -> Iterator[dict[str, str | frozenset[str]]]:
    quoted = tuple(dict.fromkeys(one or other for one, other in _QUOTED.findall(marker)))[:most]
    patches = _patches(quoted, minor) if "_full_version" in marker or "implementation_version" in marker else ("0",)
    implementations = where.implementations if "implementation" in marker else where.implementations[:1]
    places = _places(marker, where.systems, quoted)
    named = quoted if where.extras is None else tuple(each for each in quoted if normalize(each) in where.extras)
    extras = ((), *((each,) for each in named), named) if "extra" in marker or "groups" in marker else ((),)
    for patch, (long, short), (place, machine), chosen in product(patches, implementations, places, extras):
        full = f"{minor}.{patch}"
        yield {
            "python_version": minor,
            "python_full_version": full,
            "implementation_version": full,
            "implementation_name": short,
            "platform_python_implementation": long,
            "platform_machine": machine,
            "platform_release": "",
            "platform_version": "",
            "sys_platform": place[0],
            "os_name": place[1],
            "platform_system": place[2],
            "extra": chosen[0] if chosen else "",
            "extras": frozenset(chosen),
            "dependency_groups": frozenset(chosen),
        }


def _patches(quoted: tuple[str, ...], minor: str) -> tuple[str, ...]:
    """Return the patch releases of a minor to try: the first, a late one, and those next to one that is named."""
    named = [int(match[1]) for text in quoted for match in _PATCH.finditer(text) if text.startswith(f"{minor}.")]
    near = {patch for each in named for patch in (each - 1, each, each + 1) if patch >= 0}
    return tuple(map(str, sorted({0, 99, *near})))


def _places(
    marker: str, systems: tuple[str, ...], quoted: tuple[str, ...]
) -> tuple[tuple[tuple[str, str, str], str], ...]:
    """Return the systems that are tried, each with a machine; one alone where the marker names neither."""
    has_machine = "platform_machine" in marker
    if not has_machine and not any(name in marker for name in ("sys_platform", "os_name", "platform_system")):
        return ((_SYSTEMS[systems[0].partition("-")[0]][0], _MACHINES[0]),)
    every = (*_MACHINES, *quoted) if has_machine else _MACHINES[:1]
    return tuple(
        (place, each)
        for system, _, machine in (name.partition("-") for name in systems)
        for place in _SYSTEMS[system]
        for each in ((machine,) if machine else every)
    )


# Markers as tools write them: comparisons of a variable with a text, joined by `and` and `or`. Importing
# `packaging.markers` takes longer than judging a lock, so these are evaluated without it, with the same results.

_CLAUSE = regex(
    r"(?P<name>python(?:_full)?_version|sys_platform|os_name|platform_(?:system|machine|python_implementation)"
    r"|implementation_name) ?(?P<operator>[<>]=?|[=!~]=) ?(?P<quote>['\"])(?P<value>[A-Za-z0-9_ .*+!-]*)(?P=quote)"
)
_VERSIONS = frozenset({"python_version", "python_full_version"})
_OF_TEXTS = frozenset({"==", "!="})


class Clause(NamedTuple):
    """One comparison."""

    name: str
    operator: str
    value: str


Alternatives = tuple[tuple[Clause, ...], ...]
"""Of which one must hold with all its clauses."""


@lru_cache(maxsize=2048)
def read_plain(marker: str) -> Alternatives | None:
    """Read a marker; nothing where it is not a plain one."""
    found = []
    for alternative in marker.split(" or "):
        is_grouped = alternative.startswith("(") and alternative.endswith(")")
        texts = (alternative[1:-1] if is_grouped else alternative).split(" and ")
        clauses = tuple(clause for text in texts if (clause := _clause(text)))
        if len(clauses) < len(texts):
            return None
        found.append(clauses)
    return tuple(found)


def _clause(text: str) -> Clause | None:
    match = _CLAUSE.fullmatch(text)
    if match is None:
        return None
    clause = Clause(match["name"], match["operator"], match["value"])
    is_told = _range(clause) is not None if clause.name in _VERSIONS else clause.operator in _OF_TEXTS
    return clause if is_told else None


@lru_cache(maxsize=2048)
def _range(clause: Clause) -> Range | None:
    from ddlint.versions.specifiers import range_of

    return range_of(f"{clause.operator}{clause.value}")


def holds(alternatives: Alternatives, environment: Mapping[str, object]) -> bool:
    """Return whether a marker holds in an environment."""
    return any(all(_is_met(clause, environment) for clause in clauses) for clauses in alternatives)


def _is_met(clause: Clause, environment: Mapping[str, object]) -> bool:
    found = str(environment[clause.name])
    if clause.name in _VERSIONS:
        from ddlint.versions.specifiers import version

        wanted, here = _range(clause), version(found)
        return wanted is not None and here is not None and wanted.contains(here)
    return (found == clause.value) is (clause.operator == "==")
