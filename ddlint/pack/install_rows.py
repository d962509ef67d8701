"""Rows about installing: wheels, runtimes, requirements, dependents, bad pairs.

`Pack.rows(Wheel)` gives all rows of a type, `Pack.about(BadPair, name)` those about one distribution. They are apart
from `rows` because only the checks that judge them need to import them.
"""

from __future__ import annotations

from ddlint.core.model import NormalizedName
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.report import Evidence


class RangeOnPython(NamedTuple):
    """What a run of series was tested with on one Python. No row for a Python of those series: not tested there."""

    row: str
    distribution: NormalizedName
    integration: str
    python: str
    first: str
    """The first series, inclusive."""
    last: str
    specifier: str
    """`>=min,<=max`."""
    evidence: Evidence


class Metadata(NamedTuple):
    """A run of releases that declare the same Pythons in their metadata."""

    row: str
    first: str
    """The first release, inclusive."""
    last: str
    requires_python: str
    """Verbatim; empty declares nothing."""
    evidence: Evidence


class Wheel(NamedTuple):
    """A run of releases that have a wheel for one Python on one platform; where no run is, pip builds the source."""

    row: str
    python: str
    platform: str
    """`manylinux-x86_64`, `musllinux-aarch64`, `macos-arm64`, `win-amd64` ..."""
    first: str
    """The first release, inclusive."""
    last: str
    floor: str
    """The oldest system the wheel allows, as its tag says: `manylinux_2_17`, `macosx_14_0`."""
    evidence: Evidence


class PreRelease(NamedTuple):
    """A pre-release that installs on a Python on which the final releases of its series do not."""

    row: str
    version: str
    requires_python: str
    evidence: Evidence


class SourceBuild(NamedTuple):
    """Whether a run of releases compiles extensions when it is built from source."""

    row: str
    first: str
    """The first release, inclusive."""
    last: str
    has_extensions: bool
    """False where a build from source needs no compiler and fails nowhere."""
    evidence: Evidence


class Runtime(NamedTuple):
    """A row of a table of supported runtimes."""

    row: str
    releases: str
    """The releases it holds for, PEP 440."""
    system: str
    machines: str
    """The CPUs in the words of the document."""
    implementation: str
    """`CPython`."""
    platforms: tuple[str, ...]
    """What `system` and `machines` mean as platforms."""
    pythons: tuple[str, ...]
    """The known minors that the document allows."""
    written: str
    """The Pythons in the words of the document."""
    is_ruling: bool
    """False for an older document, kept as evidence."""
    evidence: Evidence


class Injection(NamedTuple):
    """What single-step injection of a run of series accepts: it accepts other Pythons than an installer does."""

    row: str
    first: str
    last: str
    pythons: str
    """PEP 440."""
    is_safe: bool
    """True where injection skips an integration whose library is outside the declared range."""
    evidence: Evidence


class VersionCheck(NamedTuple):
    """A setting that makes the subject skip libraries outside the versions that it declares."""

    row: str
    variable: str
    first: str
    """The first series that reads it, inclusive."""
    last: str
    values: tuple[str, ...]
    """The values that switch it on, in lower case."""
    evidence: Evidence


class Requirement(NamedTuple):
    """What a run of releases of the subject requires of another distribution."""

    row: str
    distribution: NormalizedName
    extra: str
    """The extra of the subject that asks for it; empty for every installation."""
    first: str
    """The first release, inclusive."""
    last: str
    specifier: str
    """Empty allows every version."""
    marker: str
    evidence: Evidence


class Extra(NamedTuple):
    """An extra of the subject, in one run of releases that have it."""

    row: str
    name: str
    first: str
    last: str
    """The last release that has it."""
    dead_from: str
    """The first release where it is of no use, while it still exists; empty where there is none."""
    successor: str
    note: str
    evidence: Evidence


class Dependent(NamedTuple):
    """What another distribution demands of the subject."""

    row: str
    distribution: NormalizedName
    versions: str
    """The versions of it that demand so."""
    python: str
    """The Pythons on which, PEP 440; empty for all."""
    specifier: str
    """The releases of the subject it allows."""
    requires: tuple[tuple[str, str], ...]
    """What it demands of distributions that the subject requires too: (name, specifier)."""
    evidence: Evidence


class Injector(NamedTuple):
    """What brings the subject into a deployment without a requirement."""

    row: str
    kind: str
    """As `InjectionHint.kind`."""
    name: str
    """What it is called: of a layer the part before the number of the Python, of a key the end of its path."""
    reads: str
    """What its value is: `tag`, `image`, `libraries` (`java:1,python:3`), `layer` (a number), `newest` (none)."""
    language: str
    """Of `libraries`: the language that is meant."""
    unless: tuple[str, ...]
    """Annotations and keys beside it that switch it off when they are `false`."""
    is_for_all: bool
    """True where it is for every workload of a cluster or a machine, so that nothing tells which of them are here."""
    installed: str
    """What happens where the subject is installed too, as the end of a sentence."""
    note: str
    evidence: Evidence


class LayerRelease(NamedTuple):
    """The release of the subject that a run of versions of a layer was built with."""

    row: str
    name: str
    """Of the distribution that the layer is built from."""
    first: str
    """The first version of the layer, inclusive."""
    last: str
    python: str
    """The Pythons on which, PEP 440; empty for all."""
    release: str
    evidence: Evidence


class BadPair(NamedTuple):
    """Versions of a distribution that are known to break with releases of the subject."""

    row: str
    distribution: NormalizedName
    versions: str
    """The versions that break, PEP 440; empty for every version."""
    releases: tuple[tuple[str, str], ...]
    """Runs of releases of the subject, first and last inclusive."""
    unconfirmed: str
    """The first release that came after it was run, where the runs end in what was the newest; empty where none did."""
    python: str
    """The Pythons on which, PEP 440; empty for all."""
    requires_python: str
    """`Requires-Python` of those versions: on any other Python an installer takes older ones."""
    severity: str
    """`error`, `warning` or `notice`."""
    is_absence: bool
    """True where the pair is broken when the distribution is *not* installed: only a lock can tell."""
    is_open: bool
    """True where the subject itself does not keep an installer from taking those versions."""
    problem: str
    """What happens, as the end of a sentence."""
    help: str
    evidence: Evidence
    others: tuple[Evidence, ...] = ()
