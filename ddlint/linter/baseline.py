"""Baselines: the known findings of a repository, by content and never by line."""

from __future__ import annotations

from collections.abc import Iterable

from ddlint.core.errors import DdlintError
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.paths import relative
from ddlint.core.report import Finding, Suppressed
from ddlint.core.source import Undecodable, Unread, decode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.core.source import FileSystem

_VERSION = 1
_HINT = "write it again with `--write-baseline`"


class Key(NamedTuple):
    """What makes two findings the same although their lines moved."""

    code: str
    subject: str
    path: str
    """Relative to the folder of the baseline."""
    specifier: str


class Baseline(NamedTuple):
    """How many findings of each key are known."""

    path: str
    counts: tuple[tuple[Key, int], ...] = ()


def load_baseline(path: str, shown: str, files: FileSystem, place: str = "") -> Baseline:
    """Read the baseline at `path`, shown as `shown`, which a config names at `place`; a mistake is a `DdlintError`."""
    data = files.read(path)
    if isinstance(data, Unread):
        message, hint = f"the baseline `{shown}` cannot be read: {data.reason}", "write it: `--write-baseline`"
        raise DdlintError(message, place=place, hint=hint)
    source = decode(path, data)
    if isinstance(source, Undecodable):
        raise DdlintError(source.reason, place=f"{shown}:1:1", hint=_HINT)
    return parse_baseline(path, source.text, shown)


def parse_baseline(path: str, text: str, shown: str) -> Baseline:
    """Read the text of a baseline; one of another form is a `DdlintError`."""
    import json

    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        place = f"{shown}:{error.lineno}:{error.colno}"
        raise DdlintError(f"the baseline is not JSON: {error.msg.lower()}", place=place, hint=_HINT) from error
    except RecursionError as error:
        raise DdlintError("the baseline is nested too deeply", place=f"{shown}:1:1", hint=_HINT) from error
    except ValueError as error:  # a number of more digits than Python reads
        raise DdlintError("the baseline has a number that is too long", place=f"{shown}:1:1", hint=_HINT) from error
    entries = data.get("findings") if isinstance(data, dict) and data.get("version") == _VERSION else None
    counts = [_entry(entry) for entry in entries] if isinstance(entries, list) else [None]
    if None in counts:
        raise DdlintError(f"this is no baseline of version {_VERSION}", place=f"{shown}:1:1", hint=_HINT)
    return Baseline(path, tuple(count for count in counts if count))


def _entry(entry: object) -> tuple[Key, int] | None:
    if not isinstance(entry, dict):
        return None
    fields = [entry.get(name) for name in Key._fields]
    count = entry.get("count", 1)
    if not isinstance(count, int) or not all(isinstance(field, str) for field in fields):
        return None
    return Key(*map(str, fields)), count


def apply_baseline(
    baseline: Baseline, findings: Iterable[Finding]
) -> tuple[tuple[Finding, ...], tuple[Suppressed, ...], dict[Key, int]]:
    """Return the findings that are new, those that were known, and how many of each key did not come back."""
    left: dict[Key, int] = {}
    for key, count in baseline.counts:
        left[key] = left.get(key, 0) + count
    new, known = [], []
    reason = f"in {baseline.path.rpartition('/')[2]}"
    for finding in findings:
        key = _key(finding, baseline.path)
        if left.get(key, 0) > 0:
            left[key] -= 1
            known.append(Suppressed(finding, "baseline", reason))
        else:
            new.append(finding)
    return tuple(new), tuple(known), left


def dump_baseline(path: str, findings: Iterable[Finding]) -> str:
    """Return the text of a baseline at `path` that knows `findings`."""
    from ddlint.outputs.common.json_record import dumps

    counts: dict[Key, int] = {}
    for finding in findings:
        key = _key(finding, path)
        counts[key] = counts.get(key, 0) + 1
    entries = [{**key._asdict(), "count": count} for key, count in sorted(counts.items())]
    return dumps({"version": _VERSION, "findings": entries}, indent=1)


def _key(finding: Finding, path: str) -> Key:
    return Key(finding.code, finding.subject, relative(finding.at.path, path.rpartition("/")[0] or "/"), finding.key)
