"""Unified diffs that `patch` and `git apply` take, without the lines that hold a secret."""

from __future__ import annotations

from difflib import SequenceMatcher

from ddlint.core.redact import holds_secret, mask_in_place

_CONTEXT = 3
_NO_LINE_END = "\\ No newline at end of file\n"


def unified_hunks(old: list[str], new: list[str]) -> tuple[list[str], int]:
    """Return the hunks of a unified diff without the lines that hold a secret, and how many are left out for one."""
    hunks: list[str] = []
    withheld = shift = 0
    for group in SequenceMatcher(None, old, new).get_grouped_opcodes(_CONTEXT):
        changed = [code for code in group if code[0] != "equal"]
        (_, first, _, new_first, _), (_, _, last, _, new_last) = changed[0], changed[-1]
        secret = {number for number in range(group[0][1], group[-1][2]) if _is_secret(old, number)}
        start = max([group[0][1], *(number + 1 for number in secret if number < first)])
        stop = min([group[-1][2], *(number for number in secret if number >= last)])
        is_anchored = stop > last or last == len(old)  # `git apply` takes a hunk without context below for the end
        is_open = not secret & {*range(first, last)} and not holds_secret("".join(new[new_first:new_last]))
        if not (is_anchored and is_open):
            withheld += 1
            shift += (last - first) - (new_last - new_first)
            continue
        lines = [f" {line}" for line in old[start:first]]
        for tag, old_start, old_stop, new_start, new_stop in group[
            group.index(changed[0]) : group.index(changed[-1]) + 1
        ]:
            lines += [f"{' ' if tag == 'equal' else '-'}{line}" for line in old[old_start:old_stop]]
            lines += [f"+{line}" for line in new[new_start:new_stop] if tag != "equal"]
        lines += [f" {line}" for line in old[last:stop]]
        length = (first - start) + (new_last - new_first) + (stop - last)
        head = f"@@ -{_range(start, stop - start)} +{_range(new_first - (first - start) + shift, length)} @@\n"
        hunks.append(head + "".join(line if line.endswith("\n") else f"{line}\n{_NO_LINE_END}" for line in lines))
    return hunks, withheld


def _is_secret(lines: list[str], number: int) -> bool:
    """Whether a line holds a secret, as what it is on its page: a line before may name what it sets."""
    text = "".join(lines[max(number - 2, 0) : number + 1])
    return not mask_in_place(text).endswith(lines[number])


def _range(start: int, length: int) -> str:
    """Return a range of lines as unified diffs write it."""
    if length == 1:
        return f"{start + 1}"
    return f"{start + 1 if length else start},{length}"


def split_lines(text: str) -> list[str]:
    """Split at LF alone, as `patch` does: the CR of a line end is a part of its line."""
    lines = [f"{line}\n" for line in text.split("\n")]
    return [*lines[:-1], lines[-1][:-1]] if lines[-1] != "\n" else lines[:-1]
