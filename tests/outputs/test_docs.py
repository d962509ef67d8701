"""The examples of docs/formats.md are what the formats print."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from ddlint.core.model import Manifest, Place, Project, Resolution, Severity, Tracer, normalize
from ddlint.core.report import Evidence, Finding, Report, SupportTableRow
from ddlint.core.source import Source, Span
from ddlint.outputs import NAMES

_PAGE = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
_PATH = "/home/ana/shop/requirements.txt"
_SOURCE = Source(_PATH, "# web\nDjango==1.11.29  # pinned for the old admin\nddtrace==4.13.0\n")
_DJANGO, _TRACER = Span(6, 21), Span(50, 65)
_REPORT = Report(
    version="0.1.0",
    packs=(("ddtrace", "2026.11.21"),),
    as_of="2026-11-21",
    projects=(
        Project(
            "/home/ana/shop",
            (Manifest(_SOURCE, "requirements.txt"),),
            tracers=(Tracer(frozenset({_PATH}), (Resolution("3.12", "4.13.0", "declared"),)),),
        ),
    ),
    findings=(
        Finding(
            "DD301",
            Severity.ERROR,
            "django",
            "`Django==1.11.29` is below the minimum 2.2 supported by ddtrace 4.13.0",
            Place(_PATH, _DJANGO, "supported: >=2.2"),
            row="ddtrace/django",
            related=(Place(_PATH, _TRACER, "gives ddtrace 4.13.0"),),
            evidence=(
                Evidence(
                    "docs of 4.13.0",
                    "Integrations",
                    "2026-11-21",
                    "https://docs.example/page",
                    "documented for 2.2\N{EN DASH}4.13",
                ),
            ),
            help="raise it to >=2.2",
            key="==1.11.29",
        ),
    ),
    suppressed=(),
    hidden={"notice": 2},
    is_failed=True,
    sources={_PATH: _SOURCE},
    names={"DD301": "unsupported-dependency"},
    cwd="/home/ana/shop",
    root="/home/ana/shop",
    files=1,
    support_table=(
        SupportTableRow("/home/ana/shop", normalize("Django"), "==1.11.29", ">=2.2", "4.13.0", Severity.ERROR),
    ),
)


def test_the_page_has_a_section_for_every_format_in_order() -> None:
    assert [f"`{name}`" for name in NAMES] == re.findall("^## (`.+`)$", _PAGE, re.MULTILINE)


@pytest.mark.parametrize("name", NAMES)
def test_the_example_is_what_is_printed(name: str) -> None:
    section = _PAGE.split(f"\n## `{name}`\n")[1].split("\n## `")[0]
    (example,) = re.findall("^````?[a-z]*\n(.*?)^````?$", section, re.MULTILINE | re.DOTALL)
    printed: str = import_module(f"ddlint.outputs.{name.replace('-', '_')}").render(_REPORT)

    pieces = [piece.strip() for piece in example.split("…")]
    assert [piece for piece in pieces if piece not in printed] == []
