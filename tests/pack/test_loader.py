"""The compiled form of a pack: the same after writing and reading, and decoded part by part."""

from __future__ import annotations

from typing import Any

import pytest

from ddlint.pack.loader import parts_in, write_parts

COMPILED: dict[str, Any] = {
    "name": "a\tb\nc\u2028d é",
    "lines": ["1.0", "1.1"],
    "support": {"web": [["own/web", None]], "stdlib:asyncio": []},
    "facts": {},
    "defaults": {"web": [1]},
}


def test_what_was_written_is_read() -> None:
    assert parts_in(write_parts(COMPILED)) == COMPILED


def test_what_was_written_is_ascii_and_so_read_fast() -> None:
    assert write_parts(COMPILED).isascii()


def test_only_what_is_asked_for_is_decoded_and_once() -> None:
    read = parts_in(
        b'name\t"own"\nparts\tsupport/web\t3\tsupport/queue\t7\tlines\t7\n'
        b"support/web\t[1]\nsupport/queue\tno JSON\nlines\tno JSON\n"
    )

    assert read["name"] == "own"
    assert read["support"]["web"] is read["support"].get("web")
    assert list(read["support"]) == ["web", "queue"]
    with pytest.raises(ValueError, match="Expecting value"):
        read["support"]["queue"]


def test_a_part_that_is_not_there_is_no_part() -> None:
    with pytest.raises(KeyError):
        parts_in(b"")["name"]
