"""Make an input out of others: of lines, tokens, brackets and bytes, as people, tools and attackers break files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

LARGEST = 60_000
_TOKEN = re.compile(rb"[A-Za-z0-9_.-]+|[ \t]+|\r?\n|[\x80-\xff]+|.", re.DOTALL)

WORDS: tuple[bytes, ...] = tuple(
    word.encode("utf-8", "surrogatepass")
    for word in (
        *(
            "==",
            ">=",
            "<=",
            "!=",
            "~=",
            "===",
            "<",
            ">",
            "^",
            "~",
            "*",
            "==*",
            "||",
            ",",
            ";",
            ":",
            "=",
            "@",
            "#",
            "\\",
        ),
        *(
            "[",
            "]",
            "{",
            "}",
            "(",
            ")",
            "[[",
            "]]",
            "{{",
            "}}",
            "{%",
            "${",
            "${{",
            "$",
            "'",
            '"',
            '"""',
            "'''",
            "`",
            "|",
        ),
        *("\n", "\r", "\r\n", "\t", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\ufeff", "\x00", "\x1b[31m"),
        *(
            "\u200b",
            "\u00a0",
            "\u202e",
            "\uff1d",
            "\u2013",
            "\u201c",
            "\U0001f600",
            "\u0130",
            "\u00df",
            "\u0301",
            "\ud800",
        ),
        *(
            "1",
            "1.0",
            "3.10",
            "==3.8.*",
            ">=2,<1",
            "1!2.0",
            "1.0+x.1",
            "v1.0",
            "01",
            "1_0",
            "\u0661",
            "1.0.dev1",
            "9" * 30,
        ),
        *(
            "python",
            "ddtrace",
            "flask",
            "python_version",
            "extra",
            "and",
            "or",
            "not in",
            "-r x.txt",
            "-c c.txt",
            "-e .",
        ),
        *(
            "git+https://u:p@h.example/x@y#egg=z",
            "https://u:p@h.example/a;b.zip",
            "./x-1.0-py3-none-any.whl",
            "C:\\x",
            "../..",
        ),
        *(
            "<<",
            "<<: *a",
            "&a ",
            "*a",
            "!Ref ",
            "---\n",
            "...",
            "? ",
            "- ",
            ": ",
            "|\n  x",
            ">-\n",
            "%TAG ! x\n",
            "<<EOF\n",
        ),
        *(
            "# ddlint: ignore[DD301] x",
            "# ddlint: file-ignore[DD3] y",
            "# ddlint:",
            "\\u0041",
            "\\x41",
            "\\U0010ffff",
            "\\ud83d",
        ),
        *(
            "name",
            "version",
            "[[package]]\n",
            "[package]\n",
            "[project]\n",
            "dependencies",
            'a = ["x"]\n',
            "include-group",
            "null",
        ),
        *(
            "true",
            "nan",
            "1979-05-27",
            "-0",
            "1e999",
            "0x1F",
            "FROM ",
            "RUN pip install ",
            "ENV ",
            "ARG ",
            "<<<<<<< HEAD\n",
            "::error",
        ),
    )
)


def _line(random: Random, data: bytes) -> tuple[int, int]:
    """Choose a line, with its end."""
    at = random.randrange(len(data) + 1)
    start = data.rfind(b"\n", 0, at) + 1
    end = data.find(b"\n", at)
    return start, len(data) if end < 0 else end + 1


def _cut_line(random: Random, data: bytes, _other: bytes) -> bytes:
    start, end = _line(random, data)
    return data[:start] + data[end:]


def _repeat_line(random: Random, data: bytes, _other: bytes) -> bytes:
    start, end = _line(random, data)
    return data[:end] + data[start:end] * random.choice((1, 1, 2, 30)) + data[end:]


def _move_line(random: Random, data: bytes, other: bytes) -> bytes:
    start, end = _line(random, data)
    line, rest = data[start:end], _cut_line(random, data, other)
    at, _ = _line(random, rest)
    return rest[:at] + line + rest[at:]


def _foreign_line(random: Random, data: bytes, other: bytes) -> bytes:
    start, end = _line(random, other)
    at, _ = _line(random, data)
    return data[:at] + other[start:end] + data[at:]


def _indent(random: Random, data: bytes, _other: bytes) -> bytes:
    start, end = _line(random, data)
    line = data[start:end]
    blanks = random.choice((b" ", b"  ", b"\t", b"        "))
    return data[:start] + (line.lstrip(b" \t") if random.random() < 0.4 else blanks + line) + data[end:]


def _spliced(random: Random, data: bytes, other: bytes) -> bytes:
    return data[: random.randrange(len(data) + 1)] + other[random.randrange(len(other) + 1) :]


def _truncated(random: Random, data: bytes, _other: bytes) -> bytes:
    return data[: random.randrange(len(data) + 1)]


def _tokens(random: Random, data: bytes, _other: bytes) -> bytes:
    """Swap, drop, double or replace a few tokens."""
    tokens = _TOKEN.findall(data)
    for _ in range(random.choice((1, 1, 2, 5))):
        if not tokens:
            break
        at, to = random.randrange(len(tokens)), random.randrange(len(tokens))
        match random.randrange(4):
            case 0:
                tokens[at], tokens[to] = tokens[to], tokens[at]
            case 1:
                del tokens[at]
            case 2:
                tokens.insert(to, tokens[at])
            case _:
                tokens[at] = random.choice(WORDS)
    return b"".join(tokens)


def _word(random: Random, data: bytes, _other: bytes) -> bytes:
    at = random.randrange(len(data) + 1)
    return data[:at] + random.choice(WORDS) * random.choice((1, 1, 1, 2, 40)) + data[at:]


def _nested(random: Random, data: bytes, _other: bytes) -> bytes:
    """Put brackets around a piece, many times."""
    start, end = sorted((random.randrange(len(data) + 1), random.randrange(len(data) + 1)))
    opened, closed = random.choice(
        ((b"[", b"]"), (b"{", b"}"), (b"(", b")"), (b'{"a":', b"}"), (b"{a=", b"}"), (b"- ", b""))
    )
    count = random.choice((1, 2, 20, 300))
    return data[:start] + opened * count + data[start:end] + closed * count + data[end:]


def _bytes(random: Random, data: bytes, _other: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 3))):
        if changed:
            changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def _line_ends(random: Random, data: bytes, _other: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n").replace(
        b"\n", random.choice((b"\r\n", b"\r", b"\n\n", b"\x0c\n", b"\\\n", b" \\\n"))
    )


def _encoded(random: Random, data: bytes, _other: bytes) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(random.choice(("utf-16", "utf-8-sig", "utf-32", "latin-1", "utf-16-le")), "replace")


_ALL: tuple[Callable[[Random, bytes, bytes], bytes], ...] = (
    *(
        _tokens,
        _tokens,
        _tokens,
        _word,
        _word,
        _word,
        _cut_line,
        _repeat_line,
        _move_line,
        _foreign_line,
        _foreign_line,
    ),
    *(_indent, _spliced, _truncated, _nested, _bytes, _line_ends, _tokens),
)


def mutated(random: Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """Change `data` in one or a few ways; `others` are what lines are taken from."""
    for _ in range(random.choice((1, 1, 2, 3, 6))):
        data = random.choice(_ALL)(random, data, random.choice(others))
    if random.random() < 0.02:
        data = _encoded(random, data, data)
    return data[:LARGEST]
