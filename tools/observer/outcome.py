"""What a run of a pair says, decided from its control run and the run with the tracer."""

from __future__ import annotations

import re
from enum import Enum
from typing import Any, NamedTuple


class Outcome(Enum):
    """What happens when a release of the tracer meets a version of a library."""

    TRACED = "traced"
    """Spans of the integration came."""
    PATCHED = "patched"
    """Functions of the library are replaced; no span came."""
    MARKED = "marked"
    """A module of it carries the mark of the tracer, and nothing replaced was found, so nothing is known."""
    UNTOUCHED = "untouched"
    """Nothing of the library is replaced, and nothing was logged."""
    REFUSED = "refused"
    """The tracer says that it skips this version."""
    PATCH_FAILS = "patch fails"
    """The tracer logs an exception of its own patching, and the application goes on."""
    BREAKS = "breaks"
    """The application raises, and does not without the tracer."""
    MISSING = "missing"
    """The release has no such integration; this is never recorded."""
    BROKEN = "broken by itself"
    """The control run raises too, so nothing is known."""
    NOT_ENDED = "not ended"
    """A run took too long, so nothing is known."""
    NOT_INSTALLABLE = "not installable"
    """No environment has both."""

    @property
    def is_good(self) -> bool | None:
        """Whether the pair works; `None` where the run does not say."""
        if self in {Outcome.TRACED, Outcome.PATCHED}:
            return True
        return False if self in {Outcome.UNTOUCHED, Outcome.REFUSED, Outcome.PATCH_FAILS, Outcome.BREAKS} else None


class Trial(NamedTuple):
    """One pair on one Python."""

    integration: str
    distribution: str
    version: str
    release: str
    python: str
    mode: str = "default"
    """`default`; `on` with the integration switched on; `safe` with versions checked as single-step injection does."""

    @property
    def key(self) -> str:
        """The name of its record."""
        return f"{self.distribution}-{self.version}--{self.release}--py{self.python}--{self.mode}"


class Observed(NamedTuple):
    """The record of a trial."""

    trial: Trial
    outcome: Outcome
    problem: str
    """The exception and its place, the message of the log, or the reason of the installer; empty where all is well."""
    day: str
    """ISO 8601."""
    detail: dict[str, Any] | None = None
    """The report of the traced run, the error of the control run, and the day of the companions if not today."""

    def record(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        told = {"outcome": self.outcome.value, "problem": self.problem, "day": self.day, "detail": self.detail}
        return {**self.trial._asdict(), **told}

    @classmethod
    def read(cls, record: dict[str, Any]) -> Observed:
        """Return what `record` returned; what its runs mean is decided again, as that may be known better by now."""
        trial = Trial(*(record[field] for field in Trial._fields))
        outcome, problem, detail = Outcome(record["outcome"]), record["problem"], record.get("detail")
        if detail and "log" in detail and outcome not in {Outcome.NOT_INSTALLABLE, Outcome.NOT_ENDED}:
            outcome, problem = decide(trial.integration, detail["control"] and {"error": detail["control"]}, detail)
        return cls(trial, outcome, problem, record["day"], detail)


TIMEOUT = "Timeout"
"""The type of the error of a run that was ended."""
_REFUSALS = ("skipp", "not compatible", "incompatible", "unsupported version")


def decide(integration: str, control: dict[str, Any] | None, traced: dict[str, Any]) -> tuple[Outcome, str]:
    """Return the outcome and the problem from the reports of the run with the tracer and of the control run, if any."""
    told = _told(integration, traced["log"], is_fine=True)
    if told and told[0] is Outcome.REFUSED:
        return told
    for each in filter(None, (control, traced)):
        if each["error"] and each["error"]["type"] == TIMEOUT:
            return Outcome.NOT_ENDED, each["error"]["message"]
    if control and control["error"]:
        return Outcome.BROKEN, _error(control["error"])
    if traced["error"]:
        return Outcome.BREAKS, _error(traced["error"])
    is_traced = any(_is_of(integration, *span) for span in traced["spans"])
    if told := _told(integration, traced["log"], is_fine=is_traced or bool(traced["wrapped"])):
        return told
    if is_traced:
        return Outcome.TRACED, ""
    if traced["wrapped"]:
        return Outcome.PATCHED, ""
    return (Outcome.MARKED if traced["marks"] else Outcome.UNTOUCHED), ""


def _told(integration: str, log: list[list[str]], *, is_fine: bool) -> tuple[Outcome, str] | None:
    """Return what the tracer logged of an integration; of one that works, a line for debugging says nothing."""
    for level, message, cause in log:
        is_loud = level in {"ERROR", "WARNING"} or bool(cause)
        if _plain(integration) not in _plain(message) or (is_fine and not is_loud):
            continue
        if any(word in message.lower() for word in _REFUSALS):
            return Outcome.REFUSED, message
        if is_loud:
            raised = cause.partition(": ")[2]
            has_it = bool(raised) and message.endswith(raised)
            told = message.replace(raised, cause) if has_it else " ".join(filter(None, (message, cause)))
            return Outcome.PATCH_FAILS, told
    return None


def _error(error: dict[str, str]) -> str:
    where = f" ({error['where']})" if error["where"] else ""
    return f"{error['type']}: {error['message']}{where}"


def _is_of(integration: str, name: str, component: str) -> bool:
    return _plain(integration) in _plain(f"{component} {name}")


def _plain(name: str) -> str:
    return re.sub(r"[-_.]|\(server\)", "", name).strip().lower()
