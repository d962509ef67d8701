"""The words of a plan as types. They hold no behaviour, and only grow: the JSON of a plan is made from them."""

from __future__ import annotations

from enum import Enum

from ddlint.core.model import Severity
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.report import Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.checks import Step


class Status(Enum):
    """How far one release series supports a library, a Python or a platform; the worst first."""

    UNSUPPORTED = "unsupported"
    """Every version that is asked for is outside; of a Python, no release of the line can be installed there."""
    REMOVED = "removed"
    """The line no longer instruments the library."""
    PARTLY = "partly"
    """Some versions that are asked for are outside; of a Python or a platform, it is built from source there."""
    UNTESTED = "untested"
    """Only versions outside the range that the line was tested with."""
    UNKNOWN = "unknown"
    """No version is known: a URL, a variable, a template."""
    NOT_INSTRUMENTED = "not instrumented"
    """Inside the range, but the integration is off, by default or by a setting of the project."""
    SUPPORTED = "supported"
    NO_ROW = "no row"
    """The pack states nothing for the line."""

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Status).index(self)

    @property
    def is_inside(self) -> bool:
        """Whether what is asked for is supported, though perhaps untested or off."""
        return self in {Status.SUPPORTED, Status.UNTESTED, Status.NOT_INSTRUMENTED}


class Kind(Enum):
    """What a row of the matrix is about."""

    PYTHON = "python"
    PLATFORM = "platform"
    LIBRARY = "library"


class Location(NamedTuple):
    """A place in a file, as a reader finds it: line and column from 1."""

    path: str
    """Absolute, with `/`."""
    line: int
    column: int


class Declaration(NamedTuple):
    """What a project says of a library, a Python or a platform, at one place."""

    text: str
    """As it is written; of a lock entry, the version."""
    origin: str
    """`declared`, `locked`, `constraint` or `override`; `config` where no file says it."""
    at: Location | None = None


class Cell(NamedTuple):
    """How far one series supports the subject of one row."""

    status: Status
    supported: str = ""
    """What is supported, PEP 440, alternatives joined by ` or `; empty where nothing is stated."""
    note: str = ""
    """A sentence on it; empty where the status says all."""
    basis: str = ""
    """What the statement rests on: `declared`, `published`, `documented`, `tested`."""
    row: str = ""
    """The row of the pack, `tracelib/flask`."""
    evidence: tuple[Evidence, ...] = ()
    is_notice: bool = False
    """True where linting gives no more than a notice, so that it does not keep the line from fitting."""


class Run(NamedTuple):
    """Consecutive lines with the same cell."""

    first: str
    last: str
    """Inclusive."""
    cell: Cell


class Row(NamedTuple):
    """A library, a Python or a platform over all lines."""

    kind: Kind
    name: str
    found: tuple[Declaration, ...]
    runs: tuple[Run, ...]
    """Ascending, without a gap from the oldest line to the newest."""
    is_declared: bool = True
    """False for a library that only a lock brings in."""


class Count(NamedTuple):
    """How many of how many."""

    supported: int
    total: int


class Line(NamedTuple):
    """A release series with its newest release that was not yanked, compared with the project."""

    line: str
    release: str
    released: str
    """ISO 8601; empty where the day is not known."""
    level: str
    """`general-availability`, `maintenance`, `end-of-life`, or empty where no document says it."""
    until: str
    """The last day of that level, ISO 8601; empty where none is stated."""
    pythons: Count
    """Without those that on every series only a missing bound allows."""
    platforms: Count
    libraries: tuple[tuple[Status, int], ...]
    """How many libraries of each status, all statuses, in their order."""
    blockers: tuple[str, ...]
    """Why it does not fit as is, in words."""

    @property
    def fits(self) -> bool:
        """Whether nothing of the project blocks it."""
        return not self.blockers

    @property
    def supported(self) -> Count:
        """How many libraries it supports, among them those that are untested or off."""
        return Count(
            sum(number for status, number in self.libraries if status.is_inside),
            sum(number for _, number in self.libraries),
        )


class CurrentRelease(NamedTuple):
    """A release of the subject that an installer takes on some Pythons."""

    release: str
    """Empty where none can be installed."""
    line: str
    origin: str
    """`locked`, `declared`, `config` or `option`."""
    pythons: tuple[str, ...]
    """Empty where the project declares none."""
    by: tuple[Declaration, ...] = ()
    """The requirement or lock entry that decides it."""


class Rewrite(NamedTuple):
    """A location, its text, and the text to write there instead."""

    at: Location | None
    """`None` where it is in no file of the project."""
    was: str = ""
    write: str = ""
    """Empty where nothing is to be written by hand, or that is not known."""


class Change(NamedTuple):
    """One thing to do, or to know, on the way to a release."""

    step: Step
    code: str
    """The check that reports it; empty for the requirement of the subject itself."""
    severity: Severity | None
    """As linting would put it; `None` for the requirement of the subject itself."""
    subject: str
    message: str
    """Why, in one sentence."""
    help: str
    """What to do."""
    edits: tuple[Rewrite, ...] = ()
    """Where it is to be made, one for each place."""
    also: tuple[Declaration, ...] = ()
    """Other places that it concerns."""
    notes: tuple[str, ...] = ()
    row: str = ""
    evidence: tuple[Evidence, ...] = ()
    is_new: bool = True
    """False where it is so today already."""
    successor: str = ""
    """What follows an integration that is lost: a requirement, or words; empty where nothing does."""


class Plan(NamedTuple):
    """One project compared with every series of one subject, and the changes that lead to one release."""

    project: str
    """The absolute path of its directory."""
    pack: str
    pack_version: str
    subject: str
    current: tuple[CurrentRelease, ...]
    rows: tuple[Row, ...]
    """Pythons, platforms, then libraries by name."""
    lines: tuple[Line, ...]
    """Ascending."""
    newest_fit: str
    """The newest line that fits as is; empty where none does."""
    closest: str
    """Where none fits: the line with the fewest blockers, the newest of those."""
    target: str
    """The release that `changes` lead to."""
    changes: tuple[Change, ...] = ()
    """In the order in which they are made; what only is to be known comes last."""
    solved: tuple[Change, ...] = ()
    """What is wrong today and no longer is with the target."""


class Document(NamedTuple):
    """All that a call of `plan` has to say; the formats only render it."""

    version: str
    """Of ddlint."""
    as_of: str
    cwd: str
    """Absolute, with `/`; paths are shown relative to it."""
    plans: tuple[Plan, ...]
    untraced: tuple[str, ...] = ()
    """Directories of projects that declare no subject."""
    is_coloured: bool = False
