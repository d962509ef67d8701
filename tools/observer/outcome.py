"""What a run of a pair says, decided from its control run and the run with the tracer."""

from __future__ import annotations

from enum import Enum
from typing import Any, NamedTuple


class Outcome(Enum):
    """What happens when a release of the tracer meets a version of a library."""

    TRACED = "traced"
    """Spans of the integration came."""
    PATCHED = "patched"
    """The library carries marks of the tracer, or functions of it are replaced; no span came."""
    UNTOUCHED = "untouched"
    """Nothing of the library is replaced, and nothing was logged."""
    REFUSED = "refused"
    """The tracer says that it skips this version."""
    PATCH_FAILS = "patch fails"
    """The tracer logs an exception of its own patching, and the application goes on."""
    BREAKS = "breaks"
    """The application raises, and does not without the tracer."""
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
        return None if self in {Outcome.BROKEN, Outcome.NOT_ENDED, Outcome.NOT_INSTALLABLE} else False


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

    def record(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {**self.trial._asdict(), "outcome": self.outcome.value, "problem": self.problem, "day": self.day}

    @classmethod
    def read(cls, record: dict[str, Any]) -> Observed:
        """Return what `record` returned."""
        trial = Trial(*(record[field] for field in Trial._fields))
        return cls(trial, Outcome(record["outcome"]), record["problem"], record["day"])


TIMEOUT = "Timeout"
"""The type of the error of a run that was ended."""
_REFUSALS = ("skipp", "not compatible", "incompatible", "unsupported version")


def decide(integration: str, control: dict[str, Any], traced: dict[str, Any]) -> tuple[Outcome, str]:
    """Return the outcome and the problem from the reports of the two runs."""
    if any(each["error"] and each["error"]["type"] == TIMEOUT for each in (control, traced)):
        return Outcome.NOT_ENDED, (control["error"] or traced["error"])["message"]
    if control["error"]:
        return Outcome.BROKEN, _error(control["error"])
    if traced["error"]:
        return Outcome.BREAKS, _error(traced["error"])
    refusal = next((each for each in traced["log"] if any(word in each[1].lower() for word in _REFUSALS)), None)
    if refusal:
        return Outcome.REFUSED, refusal[1]
    failure = next((each for each in traced["log"] if each[0] in {"ERROR", "WARNING"} or each[2]), None)
    if failure:
        return Outcome.PATCH_FAILS, " ".join(filter(None, failure[1:]))
    if any(_is_of(integration, *span) for span in traced["spans"]):
        return Outcome.TRACED, ""
    is_patched = traced["marks"] or set(traced["wrapped"]) - set(control["wrapped"])
    return (Outcome.PATCHED if is_patched else Outcome.UNTOUCHED), ""


def _error(error: dict[str, str]) -> str:
    where = f" ({error['where']})" if error["where"] else ""
    return f"{error['type']}: {error['message']}{where}"


def _is_of(integration: str, name: str, component: str) -> bool:
    plain = integration.replace("_", "").replace("-", "").lower()
    return plain in (component + " " + name).replace("_", "").replace("-", "").lower()
