"""The words of a plan as types. They hold no behaviour, and only grow: the JSON of a plan is made from them."""

from __future__ import annotations

from enum import Enum

from ddlint.core.model import Severity
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.report import Edit, Evidence
from ddlint.core.source import Source

TYPE_CHECKING = False


class Status(Enum):
    """How far one release series supports a library, a Python or a platform; the worst first."""

    UNSUPPORTED = "unsupported"
    """Every version that is asked for is outside; of a Python, no release of the series can be installed there."""
    REMOVED = "removed"
    """The series no longer instruments the library."""
    PARTLY = "partly"
    """Some versions that are asked for are outside; of a Python or a platform, it is built from source there."""
    UNTESTED = "untested"
    """Only versions outside the range that the series was tested with."""
    UNKNOWN = "unknown"
    """No version is known: a URL, a variable, a template."""
    NOT_INSTRUMENTED = "not instrumented"
    """Inside the range, but the integration is off, by default or by a setting of the project."""
    SUPPORTED = "supported"
    NO_ROW = "no row"
    """The pack states nothing for the series."""

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
    """True where linting gives no more than a notice, so that it does not keep the series from fitting."""
    effect: str = ""
    """Of what is unsupported: `refused`, `breaks`, `patched` or `works`."""


class Run(NamedTuple):
    """Consecutive series with the same cell."""

    first: str
    last: str
    """Inclusive."""
    cell: Cell


class Row(NamedTuple):
    """A library, a Python or a platform over all series."""

    kind: Kind
    name: str
    found: tuple[Declaration, ...]
    runs: tuple[Run, ...]
    """Ascending, without a gap from the oldest series to the newest."""
    is_declared: bool = True
    """False for a library that only a lock brings in."""


class Count(NamedTuple):
    """How many of how many."""

    supported: int
    total: int


class Series(NamedTuple):
    """A release series with its newest release that was not yanked, compared with the project."""

    name: str
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
    against: tuple[str, ...]
    """Why it does not fit as is, in words."""

    @property
    def fits(self) -> bool:
        """Whether nothing of the project but the requirement of the subject has to change."""
        return not self.against

    @property
    def has_ended(self) -> bool:
        """Whether its support has ended."""
        return self.level == "end-of-life"

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
    series: str
    origin: str
    """`locked`, `declared`, `config` or `option`."""
    pythons: tuple[str, ...]
    """Empty where the project declares none."""
    by: tuple[Declaration, ...] = ()
    """The requirement or lock entry that decides it."""


class Point(NamedTuple):
    """A position in a file: line and column from 1 in code points, and the offset from 0 in bytes."""

    line: int
    column: int
    offset: int


class TextEdit(NamedTuple):
    """One text of a file to replace by another, as a program can do it."""

    path: str
    """Absolute, with `/`."""
    start: Point
    end: Point
    was: str
    """Exactly what is between the two."""
    text: str
    encoding: str
    edit: Edit
    """The same in code points of the text that was read."""


class Hunk(NamedTuple):
    """Lines of a file before and after a change, without the changes that come later."""

    path: str
    line: int
    removed: tuple[str, ...]
    added: tuple[str, ...]


class Rewrite(NamedTuple):
    """A location, its text, and the text to write there instead."""

    at: Location | None
    """`None` where it is in no file of the project."""
    was: str = ""
    write: str = ""
    """Empty where the text to write is not known, or a tool writes it."""
    edits: tuple[Edit, ...] = ()
    """What `--write` replaces; empty where it has to be made by hand."""


class Change(NamedTuple):
    """One thing to do, or to know, on the way to a release."""

    step: str
    """One of `checks.Step`."""
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
    """False where linting reports it today as well."""
    successor: str = ""
    """What follows an integration that is lost: a requirement, or words; empty where nothing does."""
    text_edits: tuple[TextEdit, ...] = ()
    """The edits of `edits`, each once."""
    hunks: tuple[Hunk, ...] = ()
    """What they do to the files."""
    is_blocker: bool = False
    """True where the release cannot be reached while it is so."""

    @property
    def is_notice(self) -> bool:
        """Whether it is only worth knowing."""
        return self.severity is Severity.NOTICE


class Blocker(NamedTuple):
    """Why a release cannot be reached."""

    subject: str
    reason: str
    """What is in the way, `openai 0.27.9 is refused by 4.x`."""
    last: str
    """The newest series that takes it; empty where none does."""


class Command(NamedTuple):
    """A command that remains when the files are edited."""

    text: str
    folder: str
    """The absolute path of the directory to run it in."""
    path: str
    """The lock or the compiled file that it makes, absolute."""


class Removed(NamedTuple):
    """What the subject removes on the way to a release, or has announced to remove after it."""

    kind: str
    """`integration`, `setting`, `API`, `extra`, `Python`, `platform`, `version`."""
    name: str
    version: str
    """The first release without it, perhaps one to come; empty where it is not known yet."""
    successor: str
    note: str
    is_used: bool
    """Whether the project is seen to use it."""
    evidence: tuple[Evidence, ...] = ()
    names: tuple[str, ...] = ()
    """Of an API, all that is removed for one reason, as code imports it; `name` is the first of them."""


class Stop(NamedTuple):
    """A release on the way that warns of what later ones remove, and today's release does not."""

    release: str
    warns_of: tuple[str, ...]
    """The names of integrations, settings and interfaces."""
    removed_in: tuple[str, ...]
    """The releases that remove them, ascending."""
    has_ended: bool
    """Whether its own support has ended: it is there to be tested with, not to be deployed."""


class Hop(NamedTuple):
    """One release on the way to the last one."""

    start: str
    target: str
    changes: tuple[Change, ...]
    """Those that the hops before it do not make."""
    removed: tuple[Removed, ...]


class BotRule(NamedTuple):
    """Which versions of a distribution a bot may propose."""

    name: str
    allowed: str
    """PEP 440."""
    reasons: tuple[str, ...]
    files: tuple[str, ...] = ()
    """The absolute paths of the files that it is for."""
    evidence: tuple[Evidence, ...] = ()


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
    all_series: tuple[Series, ...]
    """Ascending."""
    newest_fit: str
    """The newest series, still supported and not older than today's, that needs no change but of the subject itself."""
    target: str
    """The release that `changes` lead to."""
    changes: tuple[Change, ...] = ()
    """In the order in which they are made; what only is to be known comes last."""
    solved: tuple[Change, ...] = ()
    """What is wrong today and no longer is with the target."""
    name: str = ""
    """What tells it from the other plans of its directory: `requirements/web.txt`; empty where there is no other."""
    blockers: tuple[Blocker, ...] = ()
    """Why the target cannot be reached; empty where the changes lead there."""
    commands: tuple[Command, ...] = ()
    """What remains to be run when the changes are made."""
    hops: tuple[Hop, ...] = ()
    """The releases on the way, the target last; empty where it is reached in one go."""
    stops: tuple[Stop, ...] = ()
    """The releases that are worth a stop on the way; empty where there are none, or the way has hops already."""
    removed: tuple[Removed, ...] = ()
    """What is removed between today's release and the target."""
    announced: tuple[Removed, ...] = ()
    """What is deprecated at the target, and ends after it."""
    bot_rules: tuple[BotRule, ...] = ()
    """What bots may propose while the release of today is in use."""
    is_named: bool = True
    """Whether the call names the project, so that the whole plan is to be shown."""

    @property
    def required(self) -> tuple[Change, ...]:
        """The changes that lead to the target, without what is only worth knowing."""
        return tuple(change for change in self.changes if not change.is_notice)

    @property
    def notices(self) -> tuple[Change, ...]:
        """What is only worth knowing."""
        return tuple(change for change in self.changes if change.is_notice)


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
    sources: tuple[Source, ...] = ()
    """The files that the plans change, each once: of `patch` alone."""
    home: str = ""
    """The address of the repository of ddlint; empty until it is published."""
