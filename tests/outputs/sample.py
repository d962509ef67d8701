"""One rich report, built by hand: every kind of text, place and count that an output has to render."""

from ddlint.core.model import Manifest, Place, Project, Resolution, Severity, Tracer, normalize
from ddlint.core.report import Edit, Evidence, Finding, Fix, Report, RuleText, SupportTableRow, Suppressed
from ddlint.core.source import Source, Span

ROOT = "/home/ana/shop"
FORGED = f"{ROOT}/::error file=a,b%3A::boo\n.txt"

_TEXTS = {
    f"{ROOT}/requirements.txt": "# base\nweblib==1.11.29  # pinned for the old admin\n\ttracer>=4 ; python_version >= '3.10'\n",
    f"{ROOT}/api/pyproject.toml": '[project]\r\nname = "größe"\r\nrequires-python = ">=3.8"\r\ndependencies = [\r\n  "weblib>=1.8",\r\n]\r\n',
    f"{ROOT}/uv.lock": 'version = 1\n# 漢字かな "é" \U0001f600 {name = "sqllib", version = "2.0"}\n',
    f"{ROOT}/Dockerfile": f"FROM python:3.8\nENV TRACER_API_KEY=hunter2 TRACER_OLD_SWITCH=1 {'A=b ' * 60}OLD=1\n",
    f"{ROOT}/multi.txt": "weblib \\\n    ==1.0 \\\n    --hash=sha256:abc\n",
    FORGED: "sqllib==1.0 # ##[error]boo \x1b[31m \u202e %0A ::error::boo\n",
}


def _at(path: str, text: str, message: str = "") -> Place:
    start = _TEXTS[path].index(text)
    return Place(path, Span(start, start + len(text)), message)


_TRACER = _at(f"{ROOT}/requirements.txt", "tracer>=4", "4.2.0 is what an installer takes on Python 3.10")
_PAGE = Evidence(
    "Compatibility Requirements",
    "Integrations",
    "2026-11-21",
    "https://docs.example/compatibility",
    "documented for 4.0\N{EN DASH}4.2",
)

FINDINGS = (
    Finding(
        "DD301",
        Severity.ERROR,
        "sqllib",
        "`sqllib==1.0` is outside the supported range >=2.2",
        _at(FORGED, "sqllib==1.0", "pinned, 100% `wrong`: a, b"),
        row="tracer/sqllib",
        key="==1.0",
    ),
    Finding(
        "DD602",
        Severity.NOTICE,
        "python",
        "a file that could not be read",
        Place(f"{ROOT}/absent.bin", Span(0, 0), "not text"),
    ),
    Finding(
        "DD601",
        Severity.WARNING,
        "OLD",
        "`OLD` is ignored since 4.0",
        _at(f"{ROOT}/Dockerfile", "OLD=1\n"),
    ),
    Finding(
        "DD302",
        Severity.WARNING,
        "weblib",
        "`weblib>=1.8` admits 1.8 to 2.1; tracer 4.2 supports >=2.2",
        _at(f"{ROOT}/api/pyproject.toml", "weblib>=1.8", "admits 1.8"),
        row="tracer/weblib",
        related=(_TRACER,),
        evidence=(_PAGE,),
        notes=("Python 3.8 to 3.12",),
        help="raise the lower bound to >=2.2",
        fix=Fix(
            "raise the lower bound to `>=2.2`",
            is_safe=True,
            edits=(Edit(f"{ROOT}/api/pyproject.toml", _at(f"{ROOT}/api/pyproject.toml", ">=1.8").at, ">=2.2"),),
        ),
        key=">=1.8",
    ),
    Finding(
        "DD301",
        Severity.ERROR,
        "weblib",
        "`weblib==1.0` is outside the supported range >=2.2",
        _at(f"{ROOT}/multi.txt", "weblib \\\n    ==1.0 \\\n    --hash=sha256:abc", "pinned"),
        row="tracer/weblib",
        key="==1.0",
    ),
    Finding(
        "DD301",
        Severity.ERROR,
        "weblib",
        "`weblib==1.11.29` is outside the supported range >=2.2",
        _at(f"{ROOT}/requirements.txt", "weblib==1.11.29", "pinned to 1.11.29"),
        row="tracer/weblib",
        related=(_TRACER, _at(f"{ROOT}/api/pyproject.toml", 'requires-python = ">=3.8"', "größe")),
        evidence=(_PAGE, Evidence("Release notes")),
        help="pin `weblib>=2.2`, or remove the pin",
        fix=Fix(
            "pin `weblib==2.2`",
            is_safe=False,
            edits=(
                Edit(f"{ROOT}/requirements.txt", _at(f"{ROOT}/requirements.txt", "==1.11.29").at, "==2.2"),
                Edit(f"{ROOT}/api/pyproject.toml", _at(f"{ROOT}/api/pyproject.toml", ">=1.8").at, ">=2.2"),
            ),
        ),
        key="==1.11.29",
    ),
    Finding(
        "DD303",
        Severity.NOTICE,
        "sqllib",
        "`sqllib 2.0` is newer than 1.9, the newest tested",
        _at(f"{ROOT}/uv.lock", "2.0", "locked"),
        key="==2.0",
    ),
)

_TRACERS = (
    Tracer(
        frozenset(_TEXTS),
        (
            Resolution("3.8", "", "declared"),
            Resolution("3.10", "4.2.0", "declared"),
            Resolution("3.10", "4.2.0", "declared"),
        ),
    ),
)
SOURCES = {path: Source(path, text) for path, text in _TEXTS.items()}

REPORT = Report(
    version="0.1.0",
    packs=(("tracer", "2026.11.21"),),
    as_of="2026-11-21",
    projects=(
        Project(ROOT, tuple(Manifest(source, "requirements.txt") for source in SOURCES.values()), tracers=_TRACERS),
        Project(f"{ROOT}/tools", (Manifest(Source(f"{ROOT}/tools/reqs|`x`.txt", ""), "requirements.txt"),)),
    ),
    findings=FINDINGS,
    suppressed=(
        Suppressed(
            FINDINGS[5]._replace(code="DD304"), "inline", "planned for June | see <b>@ana</b>", "requirements.txt:2"
        ),
        Suppressed(FINDINGS[6]._replace(code="DD501"), "baseline", ""),
    ),
    hidden={"notice": 2},
    sources=SOURCES,
    names={
        "DD301": "unsupported-dependency",
        "DD302": "partly-supported-dependency",
        "DD303": "untested-dependency",
        "DD601": "removed-setting",
        "DD602": "old-agent",
    },
    cwd=ROOT,
    root=ROOT,
    files=7,
    untraced=1,
    rules={
        "DD301": RuleText(
            "A dependency is outside the supported range",
            "The tracer skips what it does not support, and says nothing.",
            "# unsupported-dependency\n\nThe whole page.",
            Severity.ERROR,
            "https://docs.example/DD301",
        ),
    },
    support_table=(
        SupportTableRow(ROOT, normalize("sqllib"), "==1.0", ">=2.2", "4.2.0", Severity.ERROR),
        SupportTableRow(ROOT, normalize("safe-lib"), ">=1,<2 | x", "", "4.2.0"),
    ),
)
CLEAN = REPORT._replace(findings=(), suppressed=(), hidden={}, untraced=0)
