"""What a run reports, as types: findings with their evidence and fixes, suppressed findings, the report itself.

All are immutable and hold no behaviour, as those of `core/model`, what is read of a project. Below them is how the
edits of fixes go together, and what a text is with them. No file is written here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from ddlint.core.model import Severity
from ddlint.core.namedtuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.core.model import NormalizedName, Place, Project
    from ddlint.core.source import Source, Span


class Evidence(NamedTuple):
    """The document that a row rests on."""

    title: str
    section: str = ""
    as_of: str = ""
    """The day of the document, ISO 8601."""
    url: str = ""
    says: str = ""
    """For which series it supports what is named, as `documented for` and the series; empty where that is not known."""


class Edit(NamedTuple):
    """Replace the text at a span of a file."""

    path: str
    at: Span
    text: str


class Fix(NamedTuple):
    """Edits that make a finding go away."""

    title: str
    is_safe: bool
    edits: tuple[Edit, ...]
    is_move: bool = False
    """Whether it moves the subject to another release: notices that come with that, and what locks still hold, are
    no reason against it."""


class Finding(NamedTuple):
    """One thing said to the user, at one place."""

    code: str
    severity: Severity
    subject: str
    """A normalised distribution name, `python`, the name of a variable, or for DD00x the file's name."""
    message: str
    """One sentence, lower case start, no full stop; one line; free of control characters."""
    at: Place
    """`at.message` is the label under the caret."""
    row: str = ""
    """`ddtrace/flask`; empty where no row is behind it."""
    related: tuple[Place, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    notes: tuple[str, ...] = ()
    """Facts worth a line each in the full format."""
    help: str = ""
    fix: Fix | None = None
    key: str = ""
    """The normalised specifier, for baselines and fingerprints: never a line number."""


class Suppressed(NamedTuple):
    """A finding that was silenced, by whom and why."""

    finding: Finding
    by: str
    """`inline`, `config` or `baseline`."""
    reason: str
    place: str = ""


class RuleText(NamedTuple):
    """What is to be known of a check, for formats that carry its documentation (`sarif`, `rdjson`)."""

    short: str
    """One line: what it says."""
    full: str = ""
    """A paragraph: what it does and why it matters."""
    help: str = ""
    """The whole page as markdown, from the docstring of the check."""
    severity: Severity = Severity.WARNING
    """The level it has unless a finding says otherwise."""
    url: str = ""
    """Where that page can be read; empty where it is not published."""


class SupportTableRow(NamedTuple):
    """The verdict on one dependency of one project: a row of the support table in the job summary."""

    project: str
    """The absolute path of the project."""
    name: NormalizedName
    found: str
    """The requirement as it is written, or the version that is locked."""
    supported: str
    """The versions that are supported, as a specifier; empty where every version is."""
    tracer: str
    """The release it is judged with; several are joined by `, `."""
    severity: Severity | None = None
    """Of the worst finding on it; `None` where it is supported."""
    aside: str = ""
    """What is to be said in place of the versions where none can be named."""


class Report(NamedTuple):
    """All that a run has to say; outputs only render it."""

    version: str
    """Of ddlint."""
    packs: tuple[tuple[str, str], ...]
    """(name, data version) of each."""
    as_of: str
    projects: tuple[Project, ...]
    findings: tuple[Finding, ...]
    """Those to be shown, sorted by path, line, column and code."""
    suppressed: tuple[Suppressed, ...]
    hidden: Mapping[str, int]
    """How many findings of each severity `--min-severity` left out."""
    sources: Mapping[str, Source]
    """The source of every path that a place names."""
    names: Mapping[str, str]
    """The name of every code: `DD301` -> `unsupported-dependency`."""
    cwd: str
    """Absolute, with `/`; paths are shown relative to it."""
    root: str
    """Absolute, with `/`; `github`, `sarif` and `gitlab` show paths relative to it."""
    files: int = 0
    """How many files were read."""
    untraced: int = 0
    """How many projects declare no tracer and so were not judged."""
    fail_on: Severity = Severity.WARNING
    is_failed: bool = False
    """Whether a finding has the level from which a run fails, or nothing was judged although that is required."""
    is_coloured: bool = False
    """Whether formats for people use terminal colours."""
    rules: Mapping[str, RuleText] = MappingProxyType({})
    """The documentation of every code, by code. The engine fills it from the docstrings of the checks."""
    support_table: tuple[SupportTableRow, ...] = ()
    """The support table: every dependency that a pack knows, by project and name. The engine fills it."""
    home: str = ""
    """Where ddlint itself is documented, a URL; empty where it is not published."""
    files_url: str = ""
    """Where the files below `root` can be read, a URL that `/PATH#LLINE` follows; empty where that is not known."""
    is_quiet: bool = False
    """Whether formats for people print the findings and nothing else."""
    subjects: tuple[str, ...] = ()
    """The distribution that each pack is about."""
    own_packs: tuple[tuple[str, str], ...] = ()
    """(name, data version) of each of `packs` that is not built in."""
    left_out: tuple[tuple[str, int], ...] = ()
    """How many paths were `excluded`, and findings `ignored` or `lowered`, by configs; how many folders were passed
    over as virtual `environments`, and how many files are `gitignored`."""
    why_empty: str = ""
    """Why there is no project; empty where there are some."""
    is_tracer_required: bool = False
    """Whether a run that judges nothing is an error."""
    width: int = 0
    """How many columns the terminal has; 0 where the text is not for a terminal, so that nothing is wrapped."""


_TOML = (".toml", "/Pipfile")


def is_at_odds(one: Edit, other: Edit) -> bool:
    """Whether two edits cannot both be made: they touch the same text and do not say the same."""
    if one == other or one.path != other.path:
        return False
    is_insertion = one.at.start == one.at.end or other.at.start == other.at.end
    if is_insertion:
        return one.at.start <= other.at.end and other.at.start <= one.at.end
    return one.at.start < other.at.end and other.at.start < one.at.end


def compatible(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings whose fixes can be applied together: of two that conflict the first."""
    made: list[Edit] = []
    taken = []
    for finding in findings:
        edits = finding.fix.edits if finding.fix else ()
        others = [*made, *edits]
        if edits and not any(is_at_odds(edit, other) for edit in edits for other in others):
            made += edits
            taken.append(finding)
    return tuple(taken)


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with edits applied, none of which conflict; outside their spans nothing changes."""
    parts, position = [], 0
    for edit in sorted(set(edits), key=lambda each: each.at):
        parts += [text[position : edit.at.start], edit.text]
        position = edit.at.end
    return "".join([*parts, text[position:]])


def offset_mapper(edits: Iterable[Edit]) -> Callable[[int], int]:
    """Return the function that maps an offset of the old text to the new one."""
    ordered = sorted(set(edits), key=lambda each: each.at)

    def offset(old: int) -> int:
        grown = 0
        for edit in ordered:
            if edit.at.end <= old:
                grown += len(edit.text) - (edit.at.end - edit.at.start)
            elif edit.at.start < old:
                return edit.at.start + grown
        return old + grown

    return offset


def syntax_error_after(path: str, before: str, after: str) -> str:
    """Return what is wrong with an edited TOML file: only strings may differ, and lists may have lost some."""
    if not path.endswith(_TOML):
        return ""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        old, new = tomlkit.parse(before).unwrap(), tomlkit.parse(after).unwrap()
    except (TOMLKitError, RecursionError):
        return "it could not be read again as TOML"
    return "" if all(_differences(old, new)) else "it would change more of the TOML than this text"


def _differences(old: object, new: object) -> Iterator[bool]:
    """Yield for every value that differs whether it is a string that changed, or a list that lost strings."""
    if isinstance(old, dict) and isinstance(new, dict) and list(old) == list(new):
        for key in old:
            yield from _differences(old[key], new[key])
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for one, other in zip(old, new, strict=True):
            yield from _differences(one, other)
    elif isinstance(old, list) and isinstance(new, list):
        rest = iter(old)
        yield all(isinstance(each, str) for each in old) and all(each in rest for each in new)
    elif repr(old) != repr(new):
        yield isinstance(old, str) and isinstance(new, str)
