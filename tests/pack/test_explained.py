"""What `ddlint rule` says of a row: which statement rules by line, every statement with the numbers of its documents."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from ddlint.cli.rule import explain_row
from ddlint.core.errors import DdlintError
from ddlint.pack.explain import KINDS, all_rows, rules_by_series, statements
from ddlint.pack.loader import load
from ddlint.pack.support_rows import Removal, Support, SupportLevel
from ddlint.pack.topics import STATEMENTS, sentence
from tests.cases.runner import builtin_pack

OWN = load(Path(__file__).parents[2] / "examples" / "own-pack" / "rules")

HUEY = """\
# acme/huey

## what rules, by line

- 1.8           >=2.0 (documented)
- 2.0 to 2.1    no longer instrumented, since 2.0.0

## versions of huey, documented (integration queue)

- 1.8           >=2.0  [1]

## ends

- huey (integration): gone in 2.0.0, deprecated in 1.8.0, successor: celery  [2]

## evidence

[1] Acme platform handbook, telemetry SDK, Support matrix, 2026-11-02, https://handbook.example/telemetry
[2] acme-telemetry 2.0.0 changelog, Changed, 2025-09-01
"""


def test_a_row_is_explained_by_line_with_its_evidence() -> None:
    assert explain_row("acme/huey", (builtin_pack(), OWN), is_json=False) == HUEY


def test_a_row_as_json() -> None:
    told = json.loads(explain_row("acme/gevent", (OWN,), is_json=True))

    assert (told["version"], told["row"]) == (1, "acme/gevent")
    assert told["statements"] == [
        {
            "topic": "versions of gevent known to break",
            "fields": {
                "distribution": "gevent",
                "versions": "<23.9",
                "releases": "2.0.0 2.0.1",
                "severity": "error",
                "problem": "the exporter's thread never starts",
                "help": "use gevent 23.9 or later, or acme-telemetry 2.1",
            },
            "evidence": [
                {
                    "title": "acme-telemetry 2.1.0 changelog",
                    "section": "Changed",
                    "as_of": "2026-08-24",
                    "url": "",
                }
            ],
        }
    ]


def test_what_is_off_by_default_is_said() -> None:
    assert rules_by_series("celery", OWN) == ("2.0 to 2.1    >=5.2,<6 (declared, off by default)",)


@pytest.mark.parametrize("name", ["gevent", "nothing", "protobuf"])
def test_nothing_rules_where_no_integration_is(name: str) -> None:
    assert rules_by_series(name, OWN) == ()


def test_every_row_of_the_built_in_pack_has_a_sentence_and_evidence() -> None:
    counts: Counter[str] = Counter()
    for row in all_rows(builtin_pack()):
        heading, words = sentence(row)
        counts[type(row).__name__] += 1

        assert heading
        assert not {"{", "}"} & set(heading)
        assert words.strip()
        assert "\n" not in words
        assert "()" not in words

    assert set(STATEMENTS) == {*KINDS, Support, Removal, SupportLevel}
    assert len(counts) == len(STATEMENTS)


def test_every_statement_of_a_row_rests_on_a_document() -> None:
    for name in ("ddtrace/flask", "ddtrace/wrapt", "ddtrace/series", "ddtrace/http-monitoring"):
        found = statements(name, builtin_pack())

        assert found
        assert all(each.evidence for each in found)


@pytest.mark.parametrize(
    "name, hint",
    [
        ("acme/hueyy", "did you mean `acme/huey`?"),
        ("DD7", "known are `DD0xx`, `DD1xx`, `DD2xx`, `DD3xx`, `DD4xx`, `DD5xx`, `DD6xx`"),
        ("zzz", "every finding names its row"),
    ],
)
def test_no_such_row(name: str, hint: str) -> None:
    with pytest.raises(DdlintError, match="is no code of ddlint, and no row of a pack") as caught:
        explain_row(name, (OWN,), is_json=False)

    assert caught.value.hint == hint
