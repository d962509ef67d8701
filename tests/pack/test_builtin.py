"""Laws of the built-in pack: nothing is lost, every row is judged, has evidence, and stands once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ddlint.pack.load import builtin, compile_pack, load
from ddlint.pack.pack import Pack

RULES = Path(__file__).parents[2] / "rules"
PACK = builtin()
SUPPORT = [support for name in PACK.distributions for support in PACK.support(name)]


def test_compiled_form_equals_the_yaml() -> None:
    compiled = json.loads(json.dumps(compile_pack(RULES / "ddtrace")))

    assert Pack.from_compiled(compiled) == load(RULES / "ddtrace")


def test_compiled_form_is_small() -> None:
    assert len(json.dumps(compile_pack(RULES / "ddtrace"), separators=(",", ":"))) < 400_000


def test_counts() -> None:
    seeds = {
        (support.evidence.title, support.evidence.section)
        for support in SUPPORT
        if support.evidence and support.basis.value == "published"
    }

    assert len(PACK.releases) == 637
    assert sum(support.basis.value != "published" for support in SUPPORT) == 757
    assert len(seeds) == 121


def test_every_row_has_evidence() -> None:
    for row in [*SUPPORT, *PACK.levels, *PACK.level_history, *PACK.removals()]:
        assert row.evidence
        assert row.evidence.title
        assert row.evidence.as_of


def test_order_of_lines_and_releases() -> None:
    assert PACK.lines[0] == "0.5"
    assert PACK.lines[-1] == "4.16"
    assert PACK.position("0.10") > PACK.position("0.9")
    assert [release.version for release in PACK.releases[-2:]] == ["4.15.7", "4.16.0"]


@pytest.mark.parametrize(
    "release, line",
    [("4.16.0", "4.16"), ("v4.0", "4.0"), ("4", "4.0"), ("4.17.0rc1", "4.17"), ("2026.1.3", "2026.1"), ("main", "")],
)
def test_line_of_a_release(release: str, line: str) -> None:
    assert PACK.line(release) == line


def test_knows_distributions_only() -> None:
    assert PACK.knows("ddtrace")
    assert PACK.knows("flask")
    assert not PACK.knows("stdlib:asyncio")
    assert not PACK.knows("left-pad")
