"""Rows about running: settings, the Agent, and what the protection product covers. See `facts` for how to get them."""

from __future__ import annotations

from ddlint.core.model import NormalizedName
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.report import Evidence


class RemovedSetting(NamedTuple):
    """An environment variable that the subject ignores from a release on."""

    row: str
    variable: str
    """Its name; with a trailing `*`, every variable that starts so."""
    names: tuple[str, ...]
    """Of a trailing `*`: the names that are reported, for others may belong to other tools; empty for all."""
    value: str
    """Only with this value; empty for any."""
    part: str
    """Only with a value that holds this text; empty for any."""
    version: str
    """The first release that ignores it."""
    successor: str
    is_changed: bool
    """True where it is still read but means something else: nothing is wrong with it for sure."""
    note: str
    prefix: str
    """Of a trailing `*`: what the successor of each starts with instead; empty where the note says it in words."""
    evidence: Evidence


class Setting(NamedTuple):
    """An environment variable of the subject."""

    row: str
    variable: str
    says: str
    kind: str
    """`boolean` or `string`."""
    default: str
    """Empty where it is unset."""
    is_overruling: bool
    """True where its value, `integration:bool,...`, overrules the switches of integrations."""
    evidence: Evidence


class Command(NamedTuple):
    """A command that starts an application with the subject, and so needs it installed."""

    row: str
    command: str
    """`ddtrace-run`."""
    first: str
    """The first series that has it, inclusive."""
    last: str
    distribution: NormalizedName
    """The distribution that brings it."""
    module: str
    """What `python -m` runs for it; empty for none."""
    evidence: Evidence


class RequiredSetting(NamedTuple):
    """A setting that something needs to be protected."""

    row: str
    variable: str
    value: str
    """What it must be."""
    distribution: NormalizedName
    """The library that needs it; empty where a capability does."""
    capabilities: tuple[str, ...]
    """The capabilities that need it."""
    default_from: str
    """The first release in which it has that value by default; empty where it never has."""
    since: str
    """The first release that reads it; empty where that is not known."""
    instead: tuple[tuple[str, str], ...]
    """(variable, text): another variable that may decide it, where its value holds that text."""
    evidence: Evidence
    others: tuple[Evidence, ...] = ()


class Capability(NamedTuple):
    """A protection capability."""

    row: str
    name: str
    """`http-monitoring`."""
    title: str
    is_supported: bool
    minimum: str
    """The first release of the subject that has it; empty where it is not supported."""
    variables: tuple[tuple[str, tuple[str, ...]], ...]
    """(variable, values): it is switched on when a variable has one of the values, in lower case."""
    concerns: tuple[str, ...]
    """What has to be covered for it to protect: `framework`, `sink`."""
    part_of: str
    """The capability it is a part of: on by default where that is on, of no use where that is off; empty for none."""
    is_ruling: bool
    """False for what another document says: evidence only."""
    evidence: Evidence
    others: tuple[Evidence, ...] = ()


class Protection(NamedTuple):
    """A cell of the tables that say what is protected."""

    row: str
    table: str
    """`web framework`, `data store`, `networking`, `deployment` ..."""
    name: str
    distributions: tuple[NormalizedName, ...]
    capability: str
    """`HTTP Blocking`, `SQLi`, `SSRF`, `deployment type` ..."""
    is_covered: bool
    note: str
    evidence: Evidence


class Framework(NamedTuple):
    """A web framework of any of the tables."""

    row: str
    distribution: NormalizedName
    is_covered: bool
    """True where the newest table lists it, or the one that it cannot be without."""
    built_on_by: tuple[NormalizedName, ...]
    """Covered frameworks that are built on it or that it extends: beside one of them nothing is said of it."""
    since: str
    """The first release that covers it, where another document names a later one than the table; else empty."""
    evidence: Evidence
    others: tuple[Evidence, ...] = ()


class Sink(NamedTuple):
    """A SQL driver or an HTTP client."""

    row: str
    distribution: NormalizedName
    attack: str
    """`SQLi` or `SSRF`."""
    is_covered: bool
    """True where the newest table lists it."""
    evidence: Evidence


class FrameworkMinimum(NamedTuple):
    """The versions of a framework that an older page asked for: evidence only."""

    row: str
    distribution: NormalizedName
    title: str
    versions: str
    """In the words of the page."""
    capability: str
    evidence: Evidence


class Site(NamedTuple):
    """A Datadog site on which the protection product is not available."""

    row: str
    site: str
    """With `app.` where the page writes it so."""
    variable: str
    """The environment variable that names the site."""
    note: str
    evidence: Evidence


class AgentImage(NamedTuple):
    """A repository of Agent images; what a series needs of the Agent is in its `SupportLevel`."""

    row: str
    subject: str
    """`datadog-agent`."""
    image: str
    """The repository, without tag."""
    evidence: Evidence
