"""The names of variables in the compiled form of a pack: few runs look at them, and every run reads the file."""

from __future__ import annotations

import zlib
from binascii import a2b_base64, b2a_base64
from collections.abc import Iterable, Iterator

Group = tuple[str, str, tuple[str, ...]]
"""(pattern, the lines that read it, the parts in place of its `*`)."""


def packed(rows: object) -> str:
    """Return what JSON can hold as ASCII text of a fifth of its length."""
    from json import dumps

    text = dumps(rows, separators=(",", ":"))
    return b2a_base64(zlib.compress(text.encode("ascii"), 9), newline=False).decode("ascii")


def pack_names(groups: Iterable[Group]) -> str:
    """Return groups of names as ASCII text of a fifth of their length."""
    text = "\n".join("\t".join((pattern, reads, " ".join(parts))) for pattern, reads, parts in groups)
    return b2a_base64(zlib.compress(text.encode("ascii"), 9), newline=False).decode("ascii")


def unpack_names(packed: str) -> Iterator[Group]:
    """Return what `pack_names` packed."""
    for line in zlib.decompress(a2b_base64(packed)).decode("ascii").split("\n"):
        pattern, reads, parts = line.split("\t")
        yield pattern, reads, tuple(parts.split(" "))
