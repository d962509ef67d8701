"""Text edits: which of them are compatible, the edited text, and where offsets move. No file is written here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.core.report import Edit, Finding

_TOML = (".toml", "/Pipfile")


def is_at_odds(one: Edit, other: Edit) -> bool:
    """Whether two edits cannot both be made: they touch the same text and do not say the same."""
    if one == other or one.path != other.path:
        return False
    is_insertion = one.at.start == one.at.end or other.at.start == other.at.end
    if is_insertion:
        return one.at.start <= other.at.end and other.at.start <= one.at.end
    return one.at.start < other.at.end and other.at.start < one.at.end


def compatible(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings whose fixes can be applied together: of two that conflict the first."""
    made: list[Edit] = []
    taken = []
    for finding in findings:
        edits = finding.fix.edits if finding.fix else ()
        others = [*made, *edits]
        if edits and not any(is_at_odds(edit, other) for edit in edits for other in others):
            made += edits
            taken.append(finding)
    return tuple(taken)


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with edits applied, none of which conflict; outside their spans nothing changes."""
    parts, position = [], 0
    for edit in sorted(set(edits), key=lambda each: each.at):
        parts += [text[position : edit.at.start], edit.text]
        position = edit.at.end
    return "".join([*parts, text[position:]])


def offset_mapper(edits: Iterable[Edit]) -> Callable[[int], int]:
    """Return the function that maps an offset of the old text to the new one."""
    ordered = sorted(set(edits), key=lambda each: each.at)

    def offset(old: int) -> int:
        grown = 0
        for edit in ordered:
            if edit.at.end <= old:
                grown += len(edit.text) - (edit.at.end - edit.at.start)
            elif edit.at.start < old:
                return edit.at.start + grown
        return old + grown

    return offset


def syntax_error_after(path: str, before: str, after: str) -> str:
    """Return what is wrong with an edited TOML file: only strings may differ, and lists may have lost some."""
    if not path.endswith(_TOML):
        return ""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        old, new = tomlkit.parse(before).unwrap(), tomlkit.parse(after).unwrap()
    except (TOMLKitError, RecursionError):
        return "it could not be read again as TOML"
    return "" if all(_differences(old, new)) else "it would change more of the TOML than this text"


def _differences(old: object, new: object) -> Iterator[bool]:
    """Yield for every value that differs whether it is a string that changed, or a list that lost strings."""
    if isinstance(old, dict) and isinstance(new, dict) and list(old) == list(new):
        for key in old:
            yield from _differences(old[key], new[key])
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for one, other in zip(old, new, strict=True):
            yield from _differences(one, other)
    elif isinstance(old, list) and isinstance(new, list):
        rest = iter(old)
        yield all(isinstance(each, str) for each in old) and all(each in rest for each in new)
    elif repr(old) != repr(new):
        yield isinstance(old, str) and isinstance(new, str)
