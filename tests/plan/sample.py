"""A plan built by hand, with every kind of thing that a format has to show, and text that wants to be markup."""

from ddlint.checks import Step
from ddlint.core.model import Severity
from ddlint.core.report import Edit, Evidence
from ddlint.core.source import Source, Span
from ddlint.plan.model import (
    Blocker,
    BotRule,
    Cell,
    Change,
    Command,
    Count,
    CurrentRelease,
    Declaration,
    Document,
    Hop,
    Hunk,
    Kind,
    Location,
    Plan,
    Point,
    Removed,
    Rewrite,
    Row,
    Run,
    Series,
    Status,
    TextEdit,
)

ROOT = "/home/ana/shop"
FORGED = "</script><img src=x onerror=alert(1)>\"'&|`*_[x](y)\u202e\x1b[31m"
_GUIDE = Evidence("tracelib guide", "Support", "2026-06-01", "https://docs.example/tracelib?a=1&b=2")
_HOSTILE = Evidence(f"page {FORGED}", FORGED, "2026-06-01", "javascript:alert(1)")
_HERE = Location(f"{ROOT}/pyproject.toml", 5, 6)


def _line(name: str, level: str, supported: int, blockers: tuple[str, ...] = ()) -> Series:
    counts = tuple((status, supported if status is Status.SUPPORTED else 0) for status in Status)
    until = "2026-12-31" if level == "maintenance" else ""
    return Series(name, f"{name}.4", "2026-06-01", level, until, Count(1, 2), Count(0, 0), counts, blockers)


_LINES = (
    _line("1.0", "end-of-life", 1),
    _line("1.1", "end-of-life", 1),
    _line("2.0", "maintenance", 3),
    _line("3.0", "general-availability", 2, ("webby unsupported", f"{FORGED} no longer instrumented")),
)
_ROWS = (
    Row(
        Kind.PYTHON,
        "3.9",
        (Declaration(">=3.9", "declared", _HERE),),
        (
            Run("1.0", "1.1", Cell(Status.PARTLY, ">=3.7", "no wheel, so it is built from source")),
            Run("2.0", "2.0", Cell(Status.SUPPORTED, ">=3.8", evidence=(_GUIDE,))),
            Run("3.0", "3.0", Cell(Status.UNSUPPORTED, ">=3.10", "its metadata leaves this Python out")),
        ),
    ),
    Row(Kind.PLATFORM, "manylinux-x86_64", (), (Run("1.0", "3.0", Cell(Status.SUPPORTED)),)),
    Row(
        Kind.LIBRARY,
        "webby",
        (
            Declaration("webby>=1.5", "declared", _HERE),
            Declaration("1.9", "locked", Location(f"{ROOT}/uv.lock", 9, 12)),
        ),
        (
            Run("1.0", "1.0", Cell(Status.NO_ROW)),
            Run("1.1", "1.1", Cell(Status.SUPPORTED, ">=1", "", "documented", "tracelib/webby", (_GUIDE,))),
            Run("2.0", "2.0", Cell(Status.UNTESTED, ">=1,<1.5", "`1.9` is outside", "tested", "tracelib/webby")),
            Run(
                "3.0",
                "3.0",
                Cell(Status.UNSUPPORTED, ">=2", "`1.9` is outside", "declared", "tracelib/webby", (_GUIDE,)),
            ),
        ),
    ),
    Row(
        Kind.LIBRARY,
        FORGED,
        (Declaration(FORGED, "locked", Location(f"{ROOT}/{FORGED}.txt", 1, 1)),),
        (
            Run("1.0", "2.0", Cell(Status.NOT_INSTRUMENTED, "any version", "off by default")),
            Run("3.0", "3.0", Cell(Status.REMOVED, note=FORGED, evidence=(_HOSTILE,))),
        ),
        is_declared=False,
    ),
)
_TEXT = 'name = "shop"\n\n\ndependencies = [\n    "webby>=1.5",\n]\n'
_EDIT = Edit(f"{ROOT}/pyproject.toml", Span(_TEXT.index(">="), _TEXT.index('",')), ">=2")
_TEXT_EDIT = TextEdit(f"{ROOT}/pyproject.toml", Point(5, 11, 46), Point(5, 16, 51), ">=1.5", ">=2", "utf-8", _EDIT)
_CHANGES = (
    Change(
        Step.LIBRARY,
        "DD301",
        Severity.ERROR,
        "webby",
        "`webby 1.9` is outside the range `>=2` that tracelib 3.0.4 supports",
        "change `webby` to a version in `>=2`",
        (Rewrite(_HERE, "webby>=1.5", "webby>=2"), Rewrite(None), Rewrite(Location(f"{ROOT}/uv.lock", 9, 12), "1.9")),
        row="tracelib/webby",
        notes=("tracelib 2.0 is the last series that supports it",),
        evidence=(_GUIDE,),
        is_new=False,
        text_edits=(_TEXT_EDIT,),
        hunks=(Hunk(f"{ROOT}/pyproject.toml", 5, ('    "webby>=1.5",',), ('    "webby>=2",',)),),
    ),
    Change(
        Step.INTEGRATION,
        "DD304",
        Severity.WARNING,
        FORGED,
        FORGED,
        FORGED,
        (Rewrite(Location(f"{ROOT}/{FORGED}.txt", 1, 1), FORGED, FORGED),),
        (Declaration(FORGED, "place"),),
        (FORGED,),
        FORGED,
        (_HOSTILE,),
        successor=FORGED,
        hunks=(Hunk(f"{ROOT}/{FORGED}.txt", 1, (FORGED,), (FORGED, "```")),),
        is_blocker=True,
    ),
    Change(Step.SUBJECT, "", None, "tracelib", "what is written keeps tracelib 3.0.4 out", "ask for tracelib 3.0.4"),
    Change(Step.LIBRARY, "DD303", Severity.NOTICE, "webby", "only worth knowing", ""),
)
PLAN = Plan(
    f"{ROOT}/api",
    "tracelib",
    "2026.11.02",
    "tracelib",
    (
        CurrentRelease("2.0.4", "2.0", "locked", ("3.9",)),
        CurrentRelease("", "", "declared", ("3.8",)),
        CurrentRelease("", "", "unknown", ()),
    ),
    _ROWS,
    _LINES,
    "2.0",
    "3.0.4",
    _CHANGES,
    (Change(Step.LIBRARY, "DD301", Severity.WARNING, "other", "`other 2.0.4` is old", "never shown"),),
    commands=(
        Command("uv lock --upgrade-package webby", ROOT, f"{ROOT}/uv.lock"),
        Command(FORGED, f"{ROOT}/{FORGED}", f"{ROOT}/{FORGED}/x.lock"),
    ),
    removed=(
        Removed("API", FORGED, "3.0.0", FORGED, FORGED, False, (_HOSTILE,)),
        Removed("setting", "TRACELIB_OLD", "2.0.0", "TRACELIB_NEW", "", True, (_GUIDE,)),
        Removed("integration", "oldy", "3.0.0", "", "", False),
    ),
    announced=(Removed("setting", "TRACELIB_NEW", "", "", "goes too", True, (_GUIDE,)),),
    bot_rules=(
        BotRule("webby", ">=1,<2", ("tracelib 2.0.4 supports >=1,<2",), (f"{ROOT}/pyproject.toml",), (_GUIDE,)),
    ),
)
UNFIT = PLAN._replace(
    project=f"{ROOT}/{FORGED}",
    newest_fit="",
    current=(),
    rows=(),
    changes=(),
    solved=(),
    blockers=(Blocker("webby", "webby 1.9 is refused by 3.x", "2.0"), Blocker(FORGED, FORGED, "")),
)
BY_STEPS = PLAN._replace(
    hops=(
        Hop("2.0.4", "2.1.0", _CHANGES[2:3], PLAN.removed[1:]),
        Hop("2.1.0", "3.0.4", _CHANGES[:2], PLAN.removed[:1]),
    ),
    project=f"{ROOT}/steps",
)
DOCUMENT = Document(
    "0.0.0",
    "2026-11-21",
    ROOT,
    (PLAN, UNFIT, BY_STEPS),
    (f"{ROOT}/{FORGED}", f"{ROOT}/docs"),
    home="https://github.com/acme/ddlint",
    sources=(Source(f"{ROOT}/pyproject.toml", _TEXT),),
)
ALONE = DOCUMENT._replace(plans=(PLAN,), untraced=())
EMPTY = DOCUMENT._replace(plans=(), untraced=())
