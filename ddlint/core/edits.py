"""Edits of texts: which of them go together, what comes out, and where places move to. No file is touched here."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

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
    """Give the findings whose fixes can be made at once: of two at odds the first; a fix goes whole or not."""
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
    """Give a text with edits made, none of which are at odds; what is outside their spans stays to the character."""
    parts, position = [], 0
    for edit in sorted(set(edits), key=lambda each: each.at):
        parts += [text[position : edit.at.start], edit.text]
        position = edit.at.end
    return "".join([*parts, text[position:]])


def offset_mapper(edits: Iterable[Edit]) -> Callable[[int], int]:
    """Give the function that tells where an offset of the old text stands in the new one."""
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
    """Say what is wrong with an edited text that has to stay TOML: texts may differ, and a list may have lost some."""
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
    """Tell of every value that differs whether it is a text that became another, or a list that lost texts."""
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
