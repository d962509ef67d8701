"""Fixes of a specifier: raise its lower bound, replace a pin, narrow a range of Pythons, correct a typo.

What a tool wrote (a lock, a compiled file) stays, and so does what carries hashes or only says where a project runs.
The text is rewritten as its tool writes it (pip, Poetry, conda), and only where the result is read back as meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ddlint.checks.common.context import CheckContext
from ddlint.core.lazy_regex import regex
from ddlint.core.model import Dependency, Located, Manifest, Place, Problem
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.report import Edit, Fix
from ddlint.core.source import Span
from ddlint.core.text import OPERATORS, lookalike
from ddlint.inputs import EDITED
from ddlint.project.installs import is_generated, is_lock
from ddlint.versions.ranges import Version
from ddlint.versions.specifiers import Verdict, allowed_minors, alternatives, clauses, pin, range_of, verdict

_CONTINUED = regex(r"(?:\\\r?\n|[^\r\n])*")
_HASHES = "the hashes beside it are those of this version; change it where the file is made from, or with its hashes"
_GENERATED = "a tool wrote this file; change what it is made from"
_IN_FILE_NAME = "the version is part of the name of a file; take another file"


class FixRefusal(NamedTuple):
    """Why a requirement stays as it is although another text for it is known."""

    reason: str


def manifest_of(context: CheckContext, path: str) -> Manifest | None:
    """Return the manifest of a file of the project."""
    return next((each for each in context.project.manifests if each.path == path), None)


def handwritten(context: CheckContext, path: str) -> Manifest | None:
    """Return the manifest of a file that is written by hand."""
    manifest = manifest_of(context, path)
    is_written = manifest is not None and manifest.input in EDITED and not is_lock(path)
    return manifest if is_written and path not in context.compiled else None


def raise_fix(
    context: CheckContext, located: Located, supported: tuple[str, ...], *, is_met: bool, is_capped: bool = True
) -> Fix | FixRefusal | None:
    """Return the fix that makes a requirement ask for what is supported; safe where the project's lock meets it.

    An upper bound that the subject itself asks for need not be repeated: then it is not `is_capped`.
    """
    manifest, dependency = handwritten(context, located.path), located.dependency
    if manifest is None:
        return None
    written = manifest.source.slice(dependency.specifier_at)
    text = raise_specifier(written, dependency.specifier, supported, is_capped=is_capped)
    return _changed(manifest, dependency, text, is_safe=is_met and not pin(dependency.specifier))


def repin_fix(context: CheckContext, located: Located, release: str) -> Fix | FixRefusal | None:
    """Return the fix that makes a pin name another release."""
    manifest, dependency = handwritten(context, located.path), located.dependency
    if manifest is None:
        return None
    text = repin(manifest.source.slice(dependency.specifier_at), dependency.specifier, release)
    return _changed(manifest, dependency, text, is_safe=False)


def narrow_fix(context: CheckContext, place: Place, lacking: tuple[str, ...]) -> Fix | None:
    """Return the fix that leaves out of a Python requirement, at its ends, the minors that have no release."""
    manifest = handwritten(context, place.path)
    stated = next((each for each in manifest.pythons if each.at == place.at), None) if manifest else None
    if manifest is None or stated is None or stated.is_exact:
        return None
    written = manifest.source.slice(place.at)
    text = narrow(written, stated.specifier, context.pack.pythons, lacking)
    edit = Edit(place.path, place.at, text)
    return (
        Fix(f"change `{on_one_line(written)}` to `{on_one_line(text)}`", is_safe=False, edits=(edit,)) if text else None
    )


def lower_bound(supported: str) -> str:
    """Return the one lower bound of what is supported, `>=2.2`; empty where there is none or several."""
    floor = lowest(supported)
    return f">={floor}" if floor else ""


def on_one_line(text: str) -> str:
    """Return a text of a file for a title: on one line, without what joins lines."""
    return " ".join(text.replace("\\\n", " ").replace("\\\r\n", " ").split())


def _changed(manifest: Manifest, dependency: Dependency, text: str, *, is_safe: bool) -> Fix | FixRefusal | None:
    written = manifest.source.slice(dependency.specifier_at)
    if not text or text == written:
        return None
    if reason := refusal(manifest, dependency):
        return FixRefusal(reason)
    edit = Edit(manifest.path, dependency.specifier_at, text)
    return Fix(f"change `{on_one_line(written)}` to `{on_one_line(text)}`", is_safe, (edit,))


def refusal(manifest: Manifest, dependency: Dependency) -> str:
    """Return why the version of a requirement is not edited; empty where it may be."""
    if _is_in_a_file_name(manifest, dependency):
        return _IN_FILE_NAME
    text = manifest.source.text
    rest = _CONTINUED.match(text, dependency.at.end) if "--hash" in text else None
    if rest and "--hash" in rest[0]:
        return _HASHES
    return _GENERATED if is_generated(manifest.source) else ""


def _is_in_a_file_name(manifest: Manifest, dependency: Dependency) -> bool:
    """Return whether the version is part of the name of a wheel: no other specifier follows a hyphen."""
    start = dependency.specifier_at.start
    return manifest.source.slice(Span(start - 1, start)) == "-"


def as_notes(fix: Fix | FixRefusal | None) -> tuple[str, ...]:
    """Return the reason why there is no fix, if there is one."""
    return (f"`--fix` leaves it alone: {fix.reason}",) if isinstance(fix, FixRefusal) else ()


def as_fix(fix: Fix | FixRefusal | None) -> Fix | None:
    """Return a fix, if it is one."""
    return fix if isinstance(fix, Fix) else None


_BEFORE = regex(r"[A-Za-z0-9._-]+[ \t]*(?:\[[^\[\]\"']*\][ \t]*)?$")
_AFTER = regex(r"[ \t]*[A-Za-z0-9.!+*_-]+[ \t]*(?:[,;#\"'\r\n]|$)")


def typo_fix(manifest: Manifest, problem: Problem) -> Fix | None:
    """Return the fix that writes what is meant; it is unsafe where more than one thing may be."""
    text, at = manifest.source.text, problem.at
    written = manifest.source.slice(at)
    if manifest.input not in EDITED:
        return None
    if meant := OPERATORS.get(written) or (lookalike(written) if len(written) == 1 else ""):
        return _fix(manifest, problem, meant, is_safe=True)
    is_pin = written == "=" and _AFTER.match(text, at.end) and _BEFORE.search(text[max(0, at.start - 200) : at.start])
    return _fix(manifest, problem, "==", is_safe=False) if is_pin else None


def _fix(manifest: Manifest, problem: Problem, text: str, *, is_safe: bool) -> Fix:
    written = manifest.source.slice(problem.at)
    return Fix(f"change `{written}` to `{text}`", is_safe, (Edit(manifest.path, problem.at, text),))


_VERSION = r"v?[0-9][^\s,;()|]*"
_LOWER = regex(rf"(?P<sign>>=|>|~=|~|\^)(?P<gap>\s*)(?P<version>{_VERSION})")
_UPPER = regex(rf"(?P<sign><)(?!=)(?P<gap>\s*)(?P<version>{_VERSION})")
_PIN = regex(rf"(?P<sign>={{0,3}})(?P<gap>\s*)(?P<version>{_VERSION})")
_CAP = regex(r"(?P<sign><=?)(?P<gap>\s*)(?P<version>[0-9]+\.[0-9]+)(?![0-9.])")
_MAJOR = regex(r"(?P<sign><)(?P<gap>\s*)(?P<version>[0-9]+(?:\.0){0,2})(?![0-9.])")
_REACHING_UP = regex(r"(?P<sign>~=|\^)(?P<gap>\s*)(?P<version>[0-9][0-9.]*)")
_FLOOR = regex(r"(?P<sign>>=|>|~=|~|\^)(?P<gap>\s*)(?P<version>[0-9][0-9.]*)")
_FUZZY = regex(r"(?<![=<>!~])=(?!=)[ \t]*([0-9]+(?:\.[0-9]+)*)(?:\.?\*)?(?=[ \t]*(?:,|$))")
_LONGEST = 1000
"""Real files have no longer specifier."""
_HELD = frozenset({Verdict.SUPPORTED, Verdict.UNBOUNDED})
_REACHING = frozenset({Verdict.SUPPORTED, Verdict.ABOVE, Verdict.PARTLY, Verdict.UNBOUNDED})


def raise_specifier(written: str, specifier: str, supported: tuple[str, ...], *, is_capped: bool = True) -> str:
    """Return a specifier that asks only for what each of `supported` has; empty where none is near at hand.

    What was admitted and is supported stays admitted: only the lower end moves. Where nothing was, both ends move, and
    what replaces a pin ends where the support does, if it is to be `is_capped`.
    """
    read, supported = _reader(written, specifier), tuple(map(_bounds, supported))
    floors = sorted((floor for each in supported if (floor := lowest(each))), key=Version, reverse=True)
    if read is None or not floors or "|" in written or not _reaches_below(specifier, floors[0]):
        return ""
    kept = range_of(f"{specifier},>={floors[0]}")
    for text in _raised(written, specifier, floors[0], _ceiling(supported) if is_capped else ""):
        meaning = read(text)
        if text == written or not meaning or any(verdict(meaning, (each,)) not in _HELD for each in supported):
            continue
        found = range_of(meaning)
        if kept is not None and found is not None and (kept - found).is_empty:
            return text
    return ""


def _bounds(supported: str) -> str:
    """Return what is supported with both ends of `~=2.2.1` written out, `>=2.2.1,<2.3`."""
    texts = []
    for each in clauses(supported) or ():
        if each.operator != "~=":
            texts.append(str(each))
            continue
        kept = Version(each.version).release[:-1]
        texts.append(f">={each.version},<{'.'.join(map(str, (*kept[:-1], kept[-1] + 1)))}")
    return ",".join(texts) if "~=" in supported else supported


def repin(written: str, specifier: str, release: str) -> str:
    """Return a pin of another version, with its operator and its blanks; empty where `written` is no lone pin."""
    match = _one(_PIN, written)
    if not pin(specifier) or match is None or _reader(written, specifier) is None:
        return ""
    return _with(written, match, match["sign"], release)


def narrow(written: str, specifier: str, known: tuple[str, ...], lacking: tuple[str, ...]) -> str:
    """Return a range of Pythons without those that lack, if they lie at its ends; empty where that cannot be."""
    read, minors = _reader(written, specifier), allowed_minors(specifier, known)
    left = tuple(minor for minor in minors if minor not in lacking)
    if read is None or not left or "|" in written:
        return ""
    first, last = minors.index(left[0]), minors.index(left[-1]) + 1
    text = written
    if last < len(minors):
        text = _capped(text, minors[last])
    if first:
        match = _one(_FLOOR, text)
        text = _with(text, match, _at_least(match), left[0]) if match else ""
    meaning = read(text) if text else None
    return text if meaning and allowed_minors(meaning, known) == left else ""


def _capped(text: str, end: str) -> str:
    """Return a range of Pythons that ends before a minor: its upper bound is moved, or one is added."""
    if match := _one(_CAP, text) or _one(_MAJOR, text):
        return _with(text, match, "<", end)
    open_above = _one(_REACHING_UP, text)
    begun = _with(text, open_above, ">=", open_above["version"]) if open_above else text
    return f"{begun.rstrip(' ,')},{' ' if ', ' in text else ''}<{end}"


def lowest(supported: str) -> str:
    """Return the version of the one lower bound of what is supported, `2.2`; empty where there is none or several."""
    bounds = [each.version for each in clauses(supported) or () if each.operator == ">="]
    return bounds[0] if len(bounds) == 1 else ""


def _reaches_below(specifier: str, floor: str) -> bool:
    """Return whether a version below a bound is admitted; a pre-release of the bound itself comes before it."""
    if pinned := pin(specifier):
        return Version(pinned) < Version(floor)
    return verdict(specifier, (f"<{floor}",)) in _REACHING


def _reader(written: str, specifier: str) -> Callable[[str], str] | None:
    """Return the function that reads texts as `written` was read; nothing where that is not known."""
    for read in (_plain, _poetry, _conda):
        meaning = read(written)
        if meaning and _clauses(meaning) == _clauses(specifier):
            return read
    return None


def _clauses(specifier: str) -> list[frozenset[str]]:
    return [frozenset(str(each) for each in clauses(part) or ()) for part in alternatives(specifier)]


def _plain(text: str) -> str:
    """Read PEP 440, with or without parentheses, over as many lines as there are."""
    joined = "".join(text.replace("\\\r\n", " ").replace("\\\n", " ").split())
    joined = joined[1:-1] if joined[:1] == "(" and joined[-1:] == ")" else joined
    return joined if clauses(joined) else ""


def _poetry(text: str) -> str:
    from ddlint.versions.poetry_constraint import translate

    meaning = translate(text)
    return meaning if isinstance(meaning, str) else ""


def _conda(text: str) -> str:
    """Read what conda writes with one `=`: `=1.2` is `==1.2.*`."""
    return _plain(_FUZZY.sub(r"==\1.*", text))


def _ceiling(supported: tuple[str, ...]) -> str:
    """Return the lowest upper bound with a comma before it, `,<8.0`; empty where there is none."""
    bounds = [each for text in supported for each in clauses(text) or () if each.operator in {"<", "<="}]
    lowest = min(bounds, key=lambda each: Version(each.version), default=None)
    return f",{lowest}" if lowest is not None else ""


def _raised(written: str, specifier: str, floor: str, ceiling: str) -> Iterator[str]:
    """Return the texts to try, those that change least first."""
    if pin(specifier) or specifier.endswith(".*"):
        is_within = verdict(specifier, (f">={floor}",)) is Verdict.PARTLY
        if is_within:
            yield _with_more(written, floor)
        elif exact := _one(_PIN, written):
            yield _with(written, exact, ">=", f"{floor}{ceiling}")
        return
    lower = _one(_LOWER, written)
    if lower and "~" in lower["sign"]:
        yield from _compatible(written, lower, floor)
    elif lower:
        text = _with(written, lower, _at_least(lower), floor)
        yield text
        if lower["sign"] == "^":
            yield _with_more(written, floor)
        elif cap := _one(_UPPER, text):
            yield _with(text, cap, "<", _above(floor, cap["version"]))


def _compatible(written: str, lower: re.Match[str], floor: str) -> Iterator[str]:
    """Return the texts for `~=` and `~`, where the count of numbers says how far up they reach."""
    count = lower["version"].count(".") + 1
    parts = floor.split(".")
    short = ".".join([*parts, *["0"] * count][:count])
    if len(parts) <= count:
        yield _with(written, lower, lower["sign"], short)
        return
    if verdict(lower[0], (f">={floor}",)) is Verdict.PARTLY or lower["sign"] == "~":
        yield _with(written, lower, lower["sign"], floor)
    yield _with_more(_with(written, lower, lower["sign"], short), floor)


def _at_least(match: re.Match[str]) -> str:
    return ">=" if ">" in match["sign"] else match["sign"]


def _one(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = list(pattern.finditer(text)) if len(text) <= _LONGEST else []
    return found[0] if len(found) == 1 else None


def _with(text: str, match: re.Match[str], sign: str, number: str) -> str:
    return f"{text[: match.start()]}{sign}{match['gap']}{number}{text[match.end() :]}"


def _with_more(text: str, floor: str) -> str:
    end = len(text.rstrip(" \t)"))
    return f"{text[:end]},>={floor}{text[end:]}"


def _above(floor: str, cap: str) -> str:
    """Return the next upper bound above a version, cut where the old one was: `3.0` over 2.2 for `2.0`."""
    parts = [int(part) for part in re.findall(r"[0-9]+", cap)]
    index = max((number for number, part in enumerate(parts) if part), default=0)
    numbers = [*(int(part) for part in re.findall(r"[0-9]+", floor)), *[0] * len(parts)]
    bumped = [*numbers[:index], numbers[index] + 1, *[0] * (len(parts) - index - 1)]
    return ".".join(str(number) for number in bumped)
