"""The rows of a pack as types. Facts only: what follows from them is `support.py` and the checks."""

from __future__ import annotations

from enum import Enum

from ddlint.core.model import NormalizedName
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.report import Evidence


class Basis(Enum):
    """What a statement of support rests on, the deciding one first (DESIGN §4.3)."""

    DECLARED = "declared"
    """The specifier that the subject itself checks when it runs."""
    OBSERVED = "observed"
    """What was seen to work when it ran."""
    PUBLISHED = "published"
    """A published compatibility page, in its own era."""
    DOCUMENTED = "documented"
    """The table in the subject's own documentation."""
    TESTED = "tested"
    """The versions the subject was tested with: never an error."""


class Effect(Enum):
    """What happens when a release meets a version of a library (DESIGN §2.5)."""

    WORKS = "works"
    """The library is instrumented, and its spans were seen."""
    PATCHED = "patched"
    """The library is instrumented although it is outside what is supported; it may well work."""
    REFUSED = "refused"
    """The release does not instrument the library: there are no spans."""
    BREAKS = "breaks"
    """The application raises, or the patch fails."""


class Release(NamedTuple):
    """A final release of the subject."""

    version: str
    released: str
    """ISO 8601 date."""
    requires_python: str
    """Verbatim; empty declares nothing."""
    is_yanked: bool = False


class Level(Enum):
    """The support level of a series."""

    GENERAL_AVAILABILITY = "general-availability"
    MAINTENANCE = "maintenance"
    END_OF_LIFE = "end-of-life"


class SupportLevel(NamedTuple):
    """The support level of the series that `specifier` holds, as one document states it."""

    row: str
    specifier: str
    """`>=3.0,<4`."""
    level: Level
    until: str
    """Last day of the level, ISO 8601; empty where no end is stated."""
    minimum_agent: str
    evidence: Evidence


class Support(NamedTuple):
    """Which versions of a distribution an integration supports, in a run of series, on one basis."""

    row: str
    """`ddtrace/flask`."""
    integration: str
    distribution: NormalizedName
    basis: Basis
    first: str
    """The first series, `3.10`, inclusive."""
    last: str
    """The last series the source states it for, inclusive."""
    specifier: str
    """PEP 440; empty means any version. For `TESTED`: `>=min,<=max`."""
    is_pinned: bool = False
    """The tested maximum is a pin of the test matrix, not the newest release."""
    default: str = ""
    """Instrumented by default, as that source says: `yes`, `no`, `conditional` or empty."""
    evidence: Evidence | None = None


class Observation(NamedTuple):
    """What was seen when releases of a run of series met versions of a distribution."""

    row: str
    distribution: NormalizedName
    integration: str
    first: str
    """The first series, inclusive."""
    last: str
    specifier: str
    """The versions it holds for, PEP 440; empty for every version."""
    effect: str
    """A value of `Effect`."""
    problem: str
    """What was seen, as the end of a sentence; empty where everything works."""
    is_invisible: bool
    """True where the release cannot read these versions, so that its own check never refuses them."""
    seen: tuple[tuple[str, str, str], ...]
    """The pairs that were run: (release of the subject, minor of Python, version of the distribution)."""
    evidence: Evidence


class Sighting(NamedTuple):
    """What was seen when one release met versions of a distribution on one Python, each of them run."""

    row: str
    distribution: NormalizedName
    integration: str
    python: str
    """The minor it ran on."""
    release: str
    """The release of the subject."""
    traced: tuple[str, ...]
    """The versions of which spans came."""
    patched: tuple[str, ...]
    """The versions of which functions were replaced, where no span could come without a server."""
    failed: tuple[tuple[str, str, str], ...]
    """The others: (version, `refused` or `breaks`, what was seen)."""
    skipped: tuple[str, ...]
    """The versions that the release skips when it compares versions with what it declares."""
    evidence: Evidence


class Default(NamedTuple):
    """Whether an integration is switched on without a setting, in a run of series."""

    integration: str
    first: str
    last: str
    is_on: str
    """`yes`, `no` or `conditional`."""
    switch: str
    """The environment variable that decides; empty where none does."""
    command: str = ""
    """The command that switches it on: a `conditional` one where applications are started so, else it stays off."""
    evidence: Evidence | None = None


class OnlySwitch(NamedTuple):
    """A setting that lists integrations, in series where these have no switches of their own."""

    row: str
    variable: str
    first: str
    """The first series, inclusive."""
    last: str
    evidence: Evidence


class Removal(NamedTuple):
    """The end of something: an integration that is gone, or a distribution's row that moved to another name."""

    row: str
    kind: str
    """`integration` (it is no longer instrumented), `rename` (judged under another name, silently), `version` (a floor
    was raised, or with `version` of the whole distribution its row ends silently), `extra`, `api`, `plugin`, `runtime`,
    `platform`, `yanked`."""
    distribution: NormalizedName
    """Empty where it is about none."""
    integration: str
    version: str
    """The first release without it; empty while it is only deprecated."""
    deprecated_in: str
    successor: str
    note: str
    name: str
    """What is gone, in words: `extra profile`."""
    extra: str
    """The extra of the subject that is gone, or that nothing uses any more."""
    severity: str
    """`warning`, or `notice` where nobody misses what is gone."""
    evidence: Evidence
    others: tuple[Evidence, ...] = ()
    """Other documents about it."""


class Source(NamedTuple):
    """A document that rows name as evidence."""

    key: str
    title: str
    url: str
    revision: str
    retrieved: str
