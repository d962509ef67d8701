"""The files of integrations: their `declared` and `defaults` rows follow new series of the subject, in place.

Only the text of these rows changes, line by line, so that everything written by hand stays as it is. What needs a
decision of a person becomes a note.
"""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from tools.refresher.examples import examples
from tools.refresher.files import load
from tools.refresher.runs import Run, expand, read

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROW = re.compile(r"(?P<indent> +)- (?P<row>\{.*\})(?P<comment>\s+#.*)?\s*")


class SeriesFacts(NamedTuple):
    """What the newest source distribution of a series says of one integration."""

    series: str
    revision: str
    path: str
    specifiers: tuple[tuple[str, str], ...]
    """(module, specifier)."""
    default: str
    """Empty where the integration is in no table."""


class Subject(NamedTuple):
    """What is particular to the subject."""

    switch: str
    """The variable of an integration; `{}` stands for its name in capitals."""
    path: str
    """The file that the source `sdist` of the pack means; `{}` stands for the integration."""


def update(text: str, facts: SeriesFacts, order: Sequence[str], subject: Subject) -> tuple[str, list[str]]:
    """Return the text of an integration's file with the rows of one more series, and notes for a person."""
    entry = load(text)
    lines = text.split("\n")
    notes: list[str] = []
    if facts.default and "parent" not in entry:
        row = f'default: "{facts.default}", source: monkey'
        _extend(lines, _Wanted(("defaults",), facts, {"default": facts.default}, row), order, notes)
    for module, spec in facts.specifiers:
        names = distributions(entry, module)
        if not names:
            names = [normalized(module)]
            notes.append(f"`{names[0]}` is new in {facts.series}; look at the name, which is a guess from `{module}`")
        for name in names:
            told = f'spec: {json.dumps(spec)}{_default(facts)}, source: sdist, revision: "{facts.revision}"'
            if facts.path != subject.path.format(entry["integration"]):
                told += f", section: {facts.path}"
            row = told + examples(spec, name)
            wanted = {"spec": spec, **({"default": facts.default} if facts.default else {})}
            _extend(lines, _Wanted(("distributions", name, "declared"), facts, wanted, row), order, notes)
    return "\n".join(lines), [f"{entry['integration']}: {note}" for note in notes]


def create(integration: str, facts: SeriesFacts, order: Sequence[str], subject: Subject) -> str:
    """Return the file of an integration that the pack does not know yet."""
    head = [f"integration: {integration}"]
    if facts.default:
        head += [f"switch: {subject.switch.format(integration.upper())}", "defaults:"]
    names = [normalized(module) for module, _ in facts.specifiers]
    tail = ["distributions:", *(line for name in names for line in (f"  {_quoted(name)}:", "    declared:"))]
    return update("\n".join([*head, *tail]) + "\n", facts, order, subject)[0]


def distributions(entry: dict[str, Any], module: str) -> list[str]:
    """Return the distributions of an integration that the subject declares as `module`.

    A name alone is a guess: it counts where no distribution has the module written down, or was declared before.
    """
    named: list[str] = []
    certain: list[str] = []
    for name, told in entry["distributions"].items():
        is_explicit = bool(told) and "module" in told
        names = {told["module"]} if is_explicit else {name, name.partition(":")[2]}
        if module in names or normalized(module) in names:
            named.append(name)
            if is_explicit or (told and "declared" in told):
                certain.append(name)
    return certain or named


def normalized(module: str) -> str:
    """Return the name of the distribution that a module most likely comes from."""
    name = re.sub(r"[-_.]+", "-", module).lower()
    return f"stdlib:{module}" if module in sys.stdlib_module_names else name


class _Wanted(NamedTuple):
    path: tuple[str, ...]
    facts: SeriesFacts
    fields: dict[str, str]
    row: str


def _extend(lines: list[str], wanted: _Wanted, order: Sequence[str], notes: list[str]) -> None:
    """Let the row that ends before the series reach it, or add a row; a row that reaches it already stays."""
    start, rows = _block(lines, wanted.path)
    if len(rows) != len(_told(lines, wanted.path)):
        notes.append(f"the rows of {'/'.join(wanted.path)} are not one on a line; add {wanted.facts.series} by hand")
        return
    series = wanted.facts.series
    before = order[order.index(series) - 1] if order.index(series) else ""
    place = start
    for number in rows:
        row = load(_ROW.fullmatch(lines[number])["row"])  # type: ignore[index]  # _block gives matching lines
        run = _run(row["series"], order)
        is_same = all(row.get(name, "") == value for name, value in wanted.fields.items())
        if series in expand(run, order):
            if not is_same:
                notes.append(f"{series} says {wanted.fields}, the row of {row['series']} says otherwise")
            return
        if run.last == before and is_same:
            lines[number] = _reaching(lines[number], Run(run.first, series), wanted.facts.revision)
            return
        place = number if _is_before(run.first, series) else place
    indent = "  " * len(wanted.path)
    lines.insert(place + 1, f'{indent}- {{series: "{series}", {wanted.row}}}')


def _is_before(series: str, other: str) -> bool:
    from packaging.version import Version

    return Version(series) < Version(other)


def _run(text: str, order: Sequence[str]) -> Run:
    """Read a range of series; `4.0+` reaches the newest one."""
    return Run(text[:-1], order[-1]) if text.endswith("+") else read(text)


def _told(lines: list[str], path: tuple[str, ...]) -> list[Any]:
    """Return the rows at `path` as YAML reads them."""
    found: Any = load("\n".join(lines))
    for step in path:
        found = (found or {}).get(step)
    return found or []


def _reaching(text: str, run: Run, revision: str) -> str:
    text = re.sub(r'series: "[^"]*"', f'series: "{run.text}"', text, count=1)
    text = re.sub(r"source: patch-module\b", "source: sdist", text, count=1)
    return re.sub(r'revision: "[^"]*"', f'revision: "{revision}"', text, count=1)


def _block(lines: list[str], path: tuple[str, ...]) -> tuple[int, list[int]]:
    """Return the line of the header at `path`, which is written where it is missing, and the lines of its rows."""
    start, end = -1, len(lines)
    for depth, step in enumerate(path):
        found = _header(lines, step, "  " * depth, start + 1, end)
        if found < 0:
            at = _place(lines, start, "  " * depth)
            lines.insert(at, f"{'  ' * depth}{_quoted(step)}:")
            found, end = at, end + 1
        start, end = found, _end(lines, found, "  " * depth, end)
    return start, [number for number in range(start + 1, end) if _ROW.fullmatch(lines[number])]


def _quoted(step: str) -> str:
    return f'"{step}"' if ":" in step else step


def _header(lines: list[str], step: str, indent: str, start: int, end: int) -> int:
    text = f"{indent}{_quoted(step)}:"
    return next((number for number in range(start, end) if lines[number] == text), -1)


def _end(lines: list[str], header: int, indent: str, end: int) -> int:
    """Return the line after the block of a header; a comment or an empty line ends no block."""
    for number in range(header + 1, end):
        text = lines[number].strip()
        if text and not text.startswith("#") and not lines[number].startswith(indent + "  "):
            return number
    return end


def _place(lines: list[str], parent: int, indent: str) -> int:
    """Return where a missing header goes: first in its parent, after plain keys such as `module`."""
    number = parent + 1
    while number < len(lines) and re.fullmatch(rf"{indent}\w+: .+", lines[number]):
        number += 1
    return number


def _default(facts: SeriesFacts) -> str:
    return f', default: "{facts.default}"' if facts.default else ""
