"""Names of findings that outlive an edit elsewhere in the file, for services that follow a finding from run to run."""

from __future__ import annotations

import re
import struct
from hashlib import sha256

from ddlint.core.report import Finding, Report
from ddlint.core.source import Source
from ddlint.outputs.common.locations import relative

_BLOCK = 100
"""How many UTF-16 code units of a file, from the start of a line, its hash is of."""
_END = "\uffff"


def semantic(report: Report) -> list[str]:
    """Return every finding its own name, of its code, subject, path and specifier: no line and no message.

    The second of two findings that agree in all of these has `:2` behind its name.
    """
    seen: dict[str, int] = {}
    names = []
    for finding in report.findings:
        name = _digest(report, finding)
        seen[name] = seen.get(name, 0) + 1
        names.append(f"{name}:{seen[name]}")
    return names


def _digest(report: Report, finding: Finding) -> str:
    path = relative(finding.at.path, report.root)
    parts = (finding.code, finding.subject, path, finding.key)
    return sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()


def line_hashes(source: Source, lines: set[int]) -> dict[int, str]:
    """Return GitHub's `primaryLocationLineHash` of `lines`: of the next 100 characters without blanks, and a count."""
    text = re.sub("[ \t]+", "", re.sub("\r\n?", "\n", _as_read(source))) + _END
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    seen: dict[bytes, int] = {}
    hashes = {}
    for line, start in enumerate(starts[: max(lines, default=0)], 1):
        block = text[start : start + _BLOCK].encode("utf-16-le", "surrogatepass")[: 2 * _BLOCK]
        seen[block] = seen.get(block, 0) + 1
        if line in lines:
            hashes[line] = f"{_rolled(block):x}:{seen[block]}"
    return hashes


def _as_read(source: Source) -> str:
    """Return the text as a program sees it that takes every file for UTF-8 and keeps its byte order mark."""
    if source.encoding == "utf-8":
        return source.bom.decode("utf-8") + source.text
    return (source.bom + source.text.encode(source.encoding, "replace")).decode("utf-8", "replace")


def _rolled(block: bytes) -> int:
    units = struct.unpack(f"<{len(block) // 2}H", block)
    value = 0
    for unit in (*units, *(0,) * (_BLOCK - len(units))):
        value = (value * 37 + unit) % 2**64
    return value
