"""What was seen beside what is declared, documented and tested, and beside what ddlint says of it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from packaging.utils import canonicalize_name

from tools.observer.outcome import Observed, Outcome, Trial

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tools.observer.records import Records

_BASES = ("declared", "documented", "tested")


def report(records: Records, said: Callable[[Trial], str], ranges: Callable[[Trial], dict[str, str]]) -> Iterator[str]:
    """Yield the counts by outcome, then a table of the pairs of which something says the opposite of what was seen."""
    every = list(records.every())
    counts = Counter(each.outcome for each in every)
    integrations = len({each.trial.integration for each in every})
    yield f"{len(every)} pairs of {integrations} integrations"
    yield from (f"{counts[outcome]:>6} {outcome.value}" for outcome in Outcome if counts[outcome])
    yield ""
    yield "| library | with | seen | declared | documented | tested | ddlint |"
    yield "|---|---|---|---|---|---|---|"
    for each in every:
        if each.outcome.is_good is None or each.trial.mode == "safe" or each.outcome is Outcome.UNTOUCHED:
            continue
        row = _row(each, said, ranges)
        if row:
            yield f"| {' | '.join(row)} |"


def _row(
    observed: Observed, said: Callable[[Trial], str], ranges: Callable[[Trial], dict[str, str]]
) -> tuple[str, ...]:
    """Return the cells of a pair; nothing where all agree."""
    trial, stated, answer = observed.trial, ranges(observed.trial), said(observed.trial)
    is_good = observed.outcome.is_good
    verdicts = {text.endswith("(in)") for basis, text in stated.items() if basis != "tested"}
    does_differ = bool(verdicts - {is_good}) or (answer != "nothing") is is_good
    if not does_differ:
        return ()
    seen = f"{observed.outcome.value}{': ' if observed.problem else ''}{observed.problem}".replace("|", "/")
    pair = (f"{trial.distribution} {trial.version}", f"{trial.release} on {trial.python}", seen)
    return (*pair, *(stated.get(basis, "") for basis in _BASES), answer)


def said_by_ddlint(trial: Trial) -> str:
    """Return what ddlint reports of the library of a pair: codes and levels."""
    import ddlint

    name = canonicalize_name(trial.distribution)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "requirements.txt"
        path.write_text(f"ddtrace=={trial.release}\n{name}=={trial.version}\n", encoding="utf-8")
        found = ddlint.lint([path], select=["DD3", "DD5"], python_version=trial.python, is_isolated=True)
    told = {f"{each.code} {each.severity.value}" for each in found.findings if name in each.message}
    return ", ".join(sorted(told)) or "nothing"


def stated_ranges(trial: Trial) -> dict[str, str]:
    """Return what each basis states of the library of a pair, and whether the version is in it."""
    from ddlint.pack.loader import builtin
    from ddlint.pack.pack import series_of
    from ddlint.versions.specifiers import allows

    pack, series = builtin(), series_of(trial.release)
    found = {}
    for row in pack.support(canonicalize_name(trial.distribution)):
        if row.integration == trial.integration and pack.holds(series, row.first, row.last):
            is_in = not row.specifier or allows(row.specifier, trial.version)
            found[row.basis.value] = f"{row.specifier or 'any'} ({'in' if is_in else 'out'})"
    return found
