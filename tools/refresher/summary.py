"""What a refresh changed, for the reader of its pull request: by integration instead of by line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tools.refresher.files import load

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_FOLDER = "integrations/"


def summary(before: Mapping[str, str], after: Mapping[str, str], new: Sequence[str], notes: Sequence[str]) -> str:
    """Return Markdown: the releases, what is different in which integration, the other files, and what is to decide."""
    lines = [f"New releases: {', '.join(new) or 'none'}", ""]
    told, same = [], []
    for name in sorted(after):
        if name.startswith(_FOLDER) and before.get(name) != after[name]:
            entry = load(after[name])
            found = list(_differences(load(before[name]) if name in before else {}, entry))
            told += [f"- **{entry['integration']}**: {each}" for each in found]
            same += [] if found else [entry["integration"]]
    gone = [f"- `{name}` is gone" for name in before if name not in after]
    lines += ["## Integrations", "", *(told or ["Nothing but the new releases."]), *gone, ""]
    if same:
        lines += [f"{len(same)} others declare for them what they declared before.", ""]
    files = [name for name in sorted(after) if not name.startswith(_FOLDER) and before.get(name) != after[name]]
    if files:
        lines += ["## Other files", "", *(f"- `{name}`" for name in files), ""]
    lines += ["## To decide", "", *([f"- [ ] {note}" for note in notes] or ["Nothing."])]
    return "\n".join(lines) + "\n"


def _differences(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    """Yield what an integration says now and did not before, beside that a row goes on."""
    if not old:
        names = ", ".join(f"`{name}`" for name in new["distributions"])
        yield f"new, of {names}; look at the names and at its switch"
        return
    if (was := _last(old.get("defaults", ()), "default")) != (now := _last(new.get("defaults", ()), "default")):
        yield f"on by default: {was or 'unknown'} before, {now} now"
    for name, bases in new["distributions"].items():
        past = (old["distributions"].get(name) or {}).get("declared", ())
        was, now = _last(past, "spec"), _last((bases or {}).get("declared", ()), "spec")
        if was != now:
            yield f"`{name}` {was or 'was not declared'} before, {now} now"


def _last(rows: Sequence[dict[str, Any]], key: str) -> str:
    """Return what the row of the newest series says."""
    from packaging.version import Version

    ends = [(str(row["series"]).rstrip("+").rpartition("-")[2], row[key]) for row in rows]
    return max(ends, key=lambda each: Version(each[0]), default=("", ""))[1]
