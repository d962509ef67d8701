"""Which release `--to` names."""

import pytest

from ddlint.cli.plan import target_of
from ddlint.core.errors import DdlintError
from tests.plan.made import pack


@pytest.mark.parametrize(
    "text, expected",
    [
        ("", "3.0.0"),
        ("2", "2.1.0"),
        ("2.0", "2.0.0"),
        ("v2.0", "2.0.0"),
        ("2.0.x", "2.0.0"),
        ("2.*", "2.1.0"),
        ("1.0.0", "1.0.0"),
        ("2.0.1", "2.0.1"),
        (" 3 ", "3.0.0"),
    ],
)
def test_a_release_a_line_a_major_line(text: str, expected: str) -> None:
    assert target_of(pack(), text) == expected


@pytest.mark.parametrize("text", ["9", "2.7", "2.0.9", "newest", ">=2", "3.0.0.0.0.1", "1e9"])
def test_what_the_rules_do_not_know(text: str) -> None:
    with pytest.raises(DdlintError) as caught:
        target_of(pack(), text)

    assert str(caught.value).splitlines()[0] == (
        f"`--to {text}`: the rules of 2026.11.02 know no such release of tracelib"
    )
    assert "the newest one is 3.0.0, the oldest series 1.0" in str(caught.value)
