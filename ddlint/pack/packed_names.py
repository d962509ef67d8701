"""What few runs look at, in the compiled form of a pack: names of variables, and what was run."""

from __future__ import annotations

import zlib
from binascii import a2b_base64, b2a_base64
from collections.abc import Iterable, Iterator, Mapping

Group = tuple[str, str, tuple[str, ...]]
"""(pattern, the series that read it, the parts in place of its `*`)."""


def packed(rows: Mapping[str, object]) -> str:
    """Return rows by name as ASCII text of a fifth of their length: unpacked, each name begins a line."""
    from json import dumps

    lines = [f"\n{name}\t{dumps(value, separators=(',', ':'))}" for name, value in rows.items()]
    return b2a_base64(zlib.compress(f"{''.join(lines)}\n".encode("ascii"), 9), newline=False).decode("ascii")


def pack_names(groups: Iterable[Group]) -> str:
    """Return groups of names as ASCII text of a fifth of their length."""
    text = "\n".join("\t".join((pattern, reads, " ".join(parts))) for pattern, reads, parts in groups)
    return b2a_base64(zlib.compress(text.encode("ascii"), 9), newline=False).decode("ascii")


def unpack_names(packed: str) -> Iterator[Group]:
    """Return what `pack_names` packed."""
    for line in zlib.decompress(a2b_base64(packed)).decode("ascii").split("\n"):
        pattern, reads, parts = line.split("\t")
        yield pattern, reads, tuple(parts.split(" "))
