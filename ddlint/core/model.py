"""What is read, as types: what inputs find in a file, and what a project is. What a run reports is in `core/report`.

All are immutable and hold no behaviour. They are named tuples, not dataclasses, because importing `dataclasses`
costs more than reading a requirements file does; `_replace` makes a changed copy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, KeysView, Sequence
from collections.abc import Set as AbstractSet
from enum import Enum

from ddlint.core.namedtuple import NamedTuple
from ddlint.core.source import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NewType

    from ddlint.core.source import Source

    NormalizedName = NewType("NormalizedName", str)
else:
    NormalizedName = str


def normalize(name: str) -> NormalizedName:
    """Normalize the name of a distribution (or an extra, or a group) as PEP 503 says."""
    normalized = name.lower().replace("_", "-").replace(".", "-")
    while "--" in normalized:
        normalized = normalized.replace("--", "-")
    return NormalizedName(normalized)


class Severity(Enum):
    """How much a finding matters. Compare with `rank`: a lower rank is worse."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"

    @property
    def rank(self) -> int:
        """0 for an error, 1 for a warning, 2 for a notice."""
        return _RANKS[self.value]


_RANKS = {each.value: number for number, each in enumerate(Severity)}


class Origin(Enum):
    """Where a dependency comes from: written by hand or by a tool."""

    DECLARED = "declared"
    LOCKED = "locked"
    CONSTRAINT = "constraint"
    OVERRIDE = "override"


class Certainty(Enum):
    """How sure it is that a Python is used (DESIGN: exact, bounded, open)."""

    EXACT = "exact"
    BOUNDED = "bounded"
    OPEN = "open"


WORKSPACE = "*"
"""Of a requirement, in place of a directory: the member of the workspace that has its name."""


class Dependency(NamedTuple):
    """One requirement as it is written, or one entry of a lock, in one source."""

    name: NormalizedName
    specifier: str
    """PEP 440 text; alternatives are joined by ` || `; empty allows every version."""
    at: Span
    """The whole requirement: the text between the quotes in TOML and JSON, the version value in a lock."""
    specifier_at: Span
    """The specifier alone; empty (start == end, where one would be written) when there is none."""
    written: str
    """The requirement as the file has it, on one line, without runs of blanks, secrets and control characters."""
    origin: Origin = Origin.DECLARED
    scope: str = ""
    """`""` for what is always installed, else `extra:NAME`, `group:NAME`, `build`, `env:NAME`."""
    marker: str = ""
    """The PEP 508 marker; empty always applies."""
    extras: tuple[str, ...] = ()
    """Normalized names of the extras asked for."""
    is_known: bool = True
    """False where its version is unknown: a URL, a VCS reference, a path, a variable, a template."""
    requires: tuple[NormalizedName, ...] = ()
    """Of a lock entry: the names it depends on."""
    name_at: Span = Span(0, 0)
    marker_at: Span = Span(0, 0)
    also_for: tuple[str, ...] = ()
    """Of a lock entry: the further scopes that it is there for."""
    brought_by: str = ""
    """The distribution whose metadata requires it where no file does, or the row of what injects it: `written` and `at`
    are of that."""
    local: str = ""
    """The directory of the project that it names, as written; `WORKSPACE` for the member of that name."""
    injector: str = ""
    """`injected` or `layer` where no installer brings it but what a deployment states; see `Workload`."""

    @property
    def scopes(self) -> frozenset[str]:
        """Every scope that it is there for."""
        return frozenset((self.scope, *self.also_for))


class LockEntries(Sequence[Dependency]):
    """The entries of a lock in the order of the file, each made when it is asked for: most runs ask for few of them."""

    __slots__ = ("_made", "_make", "_names", "_numbers", "_requires", "_scopes")

    def __init__(
        self,
        names: Sequence[NormalizedName],
        make: Callable[[int], Dependency],
        requires: Callable[[int], tuple[NormalizedName, ...]],
        scopes: Callable[[int], frozenset[str]] | None = None,
    ) -> None:
        self._names = names
        self._scopes = scopes or (lambda number: self[number].scopes)
        self._make = make
        self._requires = requires
        self._made: dict[int, Dependency] = {}
        self._numbers: dict[NormalizedName, list[int]] = {}
        for number, name in enumerate(names):
            self._numbers.setdefault(name, []).append(number)

    def __len__(self) -> int:
        """Count the entries."""
        return len(self._names)

    def __getitem__(self, number: int | slice) -> Any:
        """Return an entry, or a tuple of some."""
        if isinstance(number, slice):
            return tuple(map(self.__getitem__, range(len(self))[number]))
        number = range(len(self))[number]
        if number not in self._made:
            self._made[number] = self._make(number)
        return self._made[number]

    def __iter__(self) -> Iterator[Dependency]:
        """Go through all of them."""
        return map(self.__getitem__, range(len(self)))

    def __eq__(self, other: object) -> bool:
        """Compare them with those of another lock, or with a tuple."""
        return isinstance(other, LockEntries | tuple) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        """Hash all of them."""
        return hash(tuple(self))

    def __reduce__(self) -> tuple[type, tuple[tuple[Dependency, ...]]]:
        """Hand all of them over to another process."""
        return tuple, (tuple(self),)

    def __repr__(self) -> str:
        """Show all of them."""
        return repr(tuple(self))

    @property
    def names(self) -> KeysView[NormalizedName]:
        """Return the names of the entries, each once."""
        return self._numbers.keys()

    def named(self, names: AbstractSet[NormalizedName]) -> list[Dependency]:
        """Return the entries of some names."""
        return [self[number] for number in sorted(each for name in names for each in self._numbers.get(name, ()))]

    @property
    def scopes(self) -> frozenset[str]:
        """Return every scope that an entry is there for."""
        return frozenset().union(*map(self._scopes, range(len(self))))

    def in_scopes(self, chosen: AbstractSet[str]) -> LockEntries:
        """Return the entries that are there for some scopes."""
        return self._kept([number for number in range(len(self)) if not chosen.isdisjoint(self._scopes(number))])

    def first(self, count: int) -> LockEntries:
        """Return so many of them, the first ones."""
        return self._kept(range(len(self))[:count])

    def _kept(self, kept: Sequence[int]) -> LockEntries:
        return LockEntries(
            [self._names[number] for number in kept],
            lambda number: self[kept[number]],
            lambda number: self._requires(kept[number]),
            lambda number: self._scopes(kept[number]),
        )

    def edges(self) -> Iterator[tuple[NormalizedName, tuple[NormalizedName, ...]]]:
        """Yield the name of each entry with the names that it depends on."""
        return zip(self._names, map(self._requires, range(len(self))), strict=True)


class PythonRequirement(NamedTuple):
    """A statement of which Pythons a project runs on."""

    specifier: str
    """PEP 440 text; alternatives are joined by ` || `. An exact Python `3.12` is `==3.12.*`."""
    at: Span
    written: str
    is_exact: bool = False
    """True where one Python is named (an image tag, a version file), False for a range."""


class EnvironmentVariable(NamedTuple):
    """A setting that a runtime hint makes. `value` is `None` where it is set from elsewhere."""

    name: str
    value: str | None
    at: Span


FREE_THREADED = "free-threaded"
"""CPython without the global lock, as a platform: it needs wheels of its own, on every system."""


class Platform(NamedTuple):
    """A platform a runtime hint names, as the packs name it: `manylinux-x86_64`, `musllinux-aarch64`, `win-amd64` ...

    An implementation of Python other than CPython is one too, by its name: `pypy`; and so is `FREE_THREADED`.
    `version` is the OS or libc version where it is known (`14` of `macos-14`), else empty.
    """

    token: str
    at: Span
    version: str = ""
    pythons: tuple[str, ...] = ()
    """The specifiers of the Pythons that run on it; empty where the hint does not pair them."""


class Image(NamedTuple):
    """A container image reference, for the rows that judge one (the Agent)."""

    name: str
    tag: str
    at: Span


class Include(NamedTuple):
    """A file that this one pulls in. The engine follows it, inside the scanned root, once."""

    target: str
    at: Span
    is_constraint: bool = False


class ScopeInclude(NamedTuple):
    """A group or an extra that pulls in another one of its file (PEP 735; an extra that asks for its own project)."""

    scope: str
    """`group:NAME` or `extra:NAME`."""
    target: str
    """Likewise."""
    at: Span


class Problem(NamedTuple):
    """What an input could not read: becomes a finding of that code (DD001-DD004) at its place."""

    code: str
    message: str
    at: Span
    help: str = ""
    severity: Severity = Severity.ERROR
    related: tuple[Place, ...] = ()


class ProjectInstall(NamedTuple):
    """What an environment installs besides single requirements: requirement files, a project, a lock."""

    target: str
    """The file or directory as it is written, relative to the environment's context; `.` for the project there."""
    at: Span
    tool: str = "pip"
    """The installer: `pip`, `uv`, `poetry`, `pdm`, `pipenv`, `conda`, `tox`, `hatch`; `uv` is `uv sync` and the like,
    `uv pip` is `pip`."""
    is_file: bool = True
    """Whether `target` is a requirement file (`-r`, `-c`), and not a directory that is installed as a project."""
    is_constraint: bool = False
    uses_lock: bool = False
    """Whether the tool installs what the lock of the project says (`uv sync`, `poetry install`, `pipenv sync`)."""
    scopes: tuple[str, ...] = ()
    """The extras and groups that are installed too: `extra:NAME`, `group:NAME`; `*` for all."""


class Command(NamedTuple):
    """A command that an environment runs: `CMD`, `ENTRYPOINT`, `command:`, `commands =`."""

    text: str
    """Its words, joined by one blank."""
    at: Span


class EnvironmentSpec(NamedTuple):
    """One environment that a file describes: a stage of an image, a service, a tox environment, a job.

    What it inherits (a stage from its base stage) is already part of it. Paths are as they are written.
    """

    kind: str
    """`image`, `service`, `tox`, `nox`, `hatch`, `job`, `hook` or `injected`."""
    name: str
    """The stage (its name, or its number), the service, the factors, the job; unique in its file."""
    at: Span
    """Where it begins: the `FROM` line, the key of the service, the section."""
    is_final: bool = True
    """Of a stage: whether it is the last one, which is built unless a target is named."""
    dependencies: tuple[Dependency, ...] = ()
    """Requirements that its install lines name."""
    installs: tuple[ProjectInstall, ...] = ()
    pythons: tuple[PythonRequirement, ...] = ()
    platforms: tuple[Platform, ...] = ()
    settings: tuple[EnvironmentVariable, ...] = ()
    commands: tuple[Command, ...] = ()
    copies: tuple[tuple[str, str], ...] = ()
    """Of a stage: (source in the context, target in the image) of each `COPY` and `ADD` that names no other stage."""
    stages: tuple[str, ...] = ()
    """Of a stage: the names of the stages that it copies files from (`COPY --from=builder`), as `name` has them."""
    image: str = ""
    """Of a service: the image that it runs, as written, where it builds none."""
    context: str = ""
    """Of a service: the directory that its image is built from, relative to the file; empty where it builds none."""
    dockerfile: str = ""
    """Of a service: the Dockerfile relative to `context`; empty for `Dockerfile`."""
    target: str = ""
    """Of a service: the stage that is built; empty for the last one."""
    env_files: tuple[str, ...] = ()
    """Of a service: files of settings, relative to the file."""
    is_foreign: bool = False
    """Whether it is known to run a program in another language, so that nothing it sets concerns a Python."""


class InjectionHint(NamedTuple):
    """A statement of a deployment that may bring the subject in without a requirement; packs know which of them do."""

    kind: str
    """`annotation` (or label), `key`, `layer`, `plugin`, `image`, `variable`, or `excluded`, not deployed."""
    name: str
    """The key of an annotation, the path of a key with dots, the name of a layer, a plugin, an image or a variable."""
    value: str
    """As written: a tag, a number, `true`; empty where none is stated."""
    at: Span
    written: str


class Workload(NamedTuple):
    """What a file deploys together: the containers of a pod, a function, or all that the file describes."""

    noun: str
    """`workload` or `function`; empty for the file as a whole."""
    name: str
    at: Span
    hints: tuple[InjectionHint, ...] = ()
    pythons: tuple[PythonRequirement, ...] = ()
    platforms: tuple[Platform, ...] = ()
    settings: tuple[EnvironmentVariable, ...] = ()
    code: str = ""
    """Of a function: the directory of its code relative to the file; empty where the file does not say."""


class ProjectInstaller(NamedTuple):
    """The tool that locks or installs a project, as its manifest shows."""

    tool: str
    """`uv`, `poetry` or `pdm`."""
    because: str
    """What shows it: `[tool.poetry]`."""
    python: PythonRequirement | None = None
    """The Pythons that it locks for, whatever one of them runs the project."""


class Manifest(NamedTuple):
    """What one input found in one source, in order of appearance."""

    source: Source
    input: str
    """The name of the input that read it, such as `uv.lock`."""
    dependencies: Sequence[Dependency] = ()
    """A tuple, or `LockEntries`."""
    pythons: tuple[PythonRequirement, ...] = ()
    settings: tuple[EnvironmentVariable, ...] = ()
    platforms: tuple[Platform, ...] = ()
    images: tuple[Image, ...] = ()
    includes: tuple[Include, ...] = ()
    problems: tuple[Problem, ...] = ()
    scope_includes: tuple[ScopeInclude, ...] = ()
    comments: tuple[Span, ...] = ()
    """The spans of comments that hold `ddlint:`, from their `#`."""
    members: tuple[str, ...] = ()
    """Of a workspace: glob patterns of the member directories, relative to this file; `!` before what is left out."""
    environments: tuple[EnvironmentSpec, ...] = ()
    """What the file says of single environments; the fields above are the union of them."""
    compiled_from: tuple[str, ...] = ()
    """Of a requirement file that a tool compiled: the sources that its header names, as written there."""
    compiled_for: PythonRequirement | None = None
    """Of the same: the Python that its header names."""
    workloads: tuple[Workload, ...] = ()
    """What the file deploys, with what may bring the subject in without a requirement."""
    installer: ProjectInstaller | None = None
    """The installer that the tables of a project name; `None` where any may be used."""
    distribution: str = ""
    """The normalized name of the project that the file describes, where it is a member of a workspace or may be."""

    @property
    def path(self) -> str:
        """The absolute path of the source, with `/`."""
        return self.source.path

    @property
    def written(self) -> Sequence[Dependency]:
        """What the file asks for: nothing of a lock whose entries are made when they are asked for."""
        return self.dependencies if isinstance(self.dependencies, tuple) else ()

    def named(self, names: AbstractSet[NormalizedName]) -> list[Dependency]:
        """Return the requirements and entries of some names; of a lock no other entry is made."""
        entries = self.dependencies
        if not isinstance(entries, tuple) and isinstance(entries, LockEntries):  # the latter alone takes longer
            return entries.named(names)
        return [each for each in entries if each.name in names]


class Place(NamedTuple):
    """A span in a file, with what is to be said of it there."""

    path: str
    at: Span
    message: str = ""


class Located(NamedTuple):
    """A dependency with the path of its file."""

    path: str
    dependency: Dependency


class Python(NamedTuple):
    """One minor of Python that the project declares: `3.12`."""

    minor: str
    certainty: Certainty
    places: tuple[Place, ...] = ()


class Resolution(NamedTuple):
    """The release of the subject an installer would take on one Python."""

    python: str
    """The minor; empty where the project declares no Python anywhere."""
    release: str
    """The version; empty where none can be installed on that Python."""
    origin: str
    """`locked`, `declared`, `dependent`, `injected`, `layer`, `config` or `option`."""
    certainty: Certainty = Certainty.BOUNDED
    by: tuple[Located, ...] = ()
    """The requirements and lock entries that decided it, the deciding one first."""
    series: str = ""
    """The series it is judged as; empty where there is no release."""
    is_newer: bool = False
    """True where the pack does not know the release yet, and it is judged as the newest series there is."""
    alone: str = ""
    """The newer release that this Python would get by itself, where the installer locks an older one for all."""


class Tracer(NamedTuple):
    """The subject as one set of files that are installed together declares it."""

    files: frozenset[str]
    """Paths of the files it holds for."""
    resolutions: tuple[Resolution, ...]
    declared: tuple[Located, ...] = ()
    """Every requirement and lock entry of the subject in those files."""
    is_known: bool = True
    """False where its version is unknown (a URL, a variable): nothing that depends on it is reported."""
    stand_in: str = ""
    """The release that libraries are judged with where none can be installed on any Python that is declared."""
    installer: str = ""
    """The tool that takes the releases: `pip`, `uv`, `poetry`, `pdm`; empty where a lock or the caller names them."""


class Judging(NamedTuple):
    """What the command line and the config say of how a project is judged."""

    as_of: str
    """The day to judge on, ISO 8601."""
    is_pedantic: bool = False
    tracer: str = ""
    """The requirement of `--tracer`, which replaces what is declared; a bare version means `==`."""
    default_tracer: str = ""
    """The requirement of `tracer` in the config, which is used where nothing is declared."""
    python_version: str = ""
    """The minor of `--python-version`, which replaces what is declared."""
    platforms: tuple[str, ...] = ()
    """Tokens; they replace those of runtime hints."""
    capabilities: frozenset[str] = frozenset()
    """Protection capabilities that the config switches on."""


class Project(NamedTuple):
    """The manifests that are installed together, and what they mean."""

    path: str
    """The absolute path of its directory."""
    manifests: tuple[Manifest, ...] = ()
    pythons: tuple[Python, ...] = ()
    tracers: tuple[Tracer, ...] = ()
    """One for each set of files that declares the subject; empty where the project is not traced."""
    platforms: tuple[tuple[str, Platform], ...] = ()
    """(path, platform); the path is empty for one that the config names."""
    capabilities: frozenset[str] = frozenset()
    as_of: str = ""
    """The day it is judged on, ISO 8601."""
    is_pedantic: bool = False
    kind: str = ""
    """Of the environment: `image`, `service`, `locked project` …; empty for a project as a whole."""
    name: str = ""
    """Of the environment, unique in its project: `Dockerfile`, `compose.yaml (service web)`."""
    constraints: frozenset[str] = frozenset()
    """Paths of the files that only narrow what the others ask for."""
    reasons: tuple[str, ...] = ()
    """Why each file belongs to the environment."""
    is_secondary: bool = False
    """Whether it only builds documentation, lints or releases: what is found there is a notice."""
    loose: frozenset[str] = frozenset()
    """Paths of hints that perhaps do not reach it: what is found there is a notice."""

    @property
    def is_judged(self) -> bool:
        """Whether a release of the subject is known, so that there is something to judge."""
        return any(tracer.stand_in or any(each.release for each in tracer.resolutions) for tracer in self.tracers)

    batches: tuple[frozenset[str], ...] = ()
    """The paths that each command installs, where several do one after the other: the last of them rules."""
    injected: tuple[Located, ...] = ()
    """What else brings the subject in, where a requirement does: it is there twice."""
