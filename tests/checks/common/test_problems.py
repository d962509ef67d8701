"""What inputs say is wrong is parted into a message and the advice behind it."""

from __future__ import annotations

import pytest

from ddlint.checks.common.problems import message_and_advice


@pytest.mark.parametrize(
    "text, message, advice",
    [
        ("it is empty; remove it", "it is empty", "remove it"),
        ("`a=1` is wrong; write `a==1`", "`a=1` is wrong", "write `a==1`"),
        ("`~=` needs two; write `a` and `b`", "`~=` needs two", "write `a` and `b`"),
        ("`a; write b` is wrong", "`a; write b` is wrong", ""),
        ("`a; b` is wrong; its marker holds nowhere", "`a; b` is wrong; its marker holds nowhere", ""),
        ("it is wrong", "it is wrong", ""),
        ("", "", ""),
    ],
)
def test_advice_is_what_follows_the_last_semicolon(text: str, message: str, advice: str) -> None:
    assert message_and_advice(text) == (message, advice)
