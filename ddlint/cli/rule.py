"""What `ddlint rule` explains: a check, from its documentation, or a row of a pack, with its ranges and evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ddlint import HOME, __version__
from ddlint.checks import CHECKS
from ddlint.checks.common.docs import text
from ddlint.config.settings import closest_word, code_hint, is_code, quoted
from ddlint.core.errors import DdlintError
from ddlint.core.redact import mask, mask_data
from ddlint.core.report import Evidence
from ddlint.outputs.common.json_record import dumps
from ddlint.outputs.common.locations import address
from ddlint.pack.explain import page_of, rows, rules_by_series, statements

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.pack.explain import Statement
    from ddlint.pack.pack import Pack

VERSION = 1


def overview() -> str:
    """List every check on a line."""
    width = max(len(check.name) for check in CHECKS)
    return "".join(
        f"{check.code}  {check.name:<{width}}  {check.level.value:<8}{text(check).short}\n" for check in CHECKS
    )


def meant(name: str) -> tuple[str, ...]:
    """Return the codes of the checks that are named: by a code, its beginning, or the name of a check."""
    codes = tuple(check.code for check in CHECKS)
    if is_code(name.upper(), frozenset(codes)):
        return tuple(code for code in codes if code.startswith(name.upper()))
    return tuple(check.code for check in CHECKS if check.name == name.lower())


def explain_checks(codes: Iterable[str], *, is_json: bool) -> str:
    """Return the pages of checks."""
    wanted = frozenset(codes)
    found = [(check.code, check.name, text(check)) for check in CHECKS if check.code in wanted]
    if is_json:
        rules = [
            {"code": code, "name": name, "severity": page.severity.value, "short": page.short, "page": page.help}
            | {"url": page.url}
            for code, name, page in found
        ]
        return _json({"rules": rules})
    return "\n".join(
        "\n".join((page.help, f"Level: {page.severity.value}", *([f"Page: {page.url}"] if page.url else []), ""))
        for _, _, page in found
    )


def explain_row(row: str, packs: tuple[Pack, ...], *, is_json: bool) -> str:
    """Return all that packs state in a row; one that no pack has is a `DdlintError`."""
    found = [each for pack in packs for each in statements(row, pack)]
    if not found:
        raise DdlintError(f"{quoted(row)} is no code of ddlint, and no row of a pack", hint=_hint(row, packs))
    url = next(filter(None, (address(HOME, __version__, page_of(row, pack)) for pack in packs)), "")
    if is_json:
        stated = [
            {"topic": each.topic, "fields": dict(each.fields), "evidence": [_fields(one) for one in each.evidence]}
            for each in found
        ]
        return _json({"row": row, "url": url, "statements": stated})
    name = row.rpartition("/")[2]
    by_line = [line for pack in packs if row.startswith(f"{pack.name}/") for line in rules_by_series(name, pack)]
    return mask("\n".join((f"# {row}", *_summary(by_line), *_chapters(found), *_page(url))) + "\n")


def _page(url: str) -> Iterator[str]:
    """Return the address of a page as the last line."""
    if url:
        yield f"\nPage: {url}"


def _hint(name: str, packs: tuple[Pack, ...]) -> str:
    """Return which code, check or row may be meant; a row also by its name without the pack."""
    every = sorted({row for pack in packs for row in rows(pack)}, reverse=True)
    meanings = {row.rpartition("/")[2]: row for row in every} | {row: row for row in every}
    meanings |= {check.name: check.name for check in CHECKS}
    found = closest_word(name.upper(), [check.code for check in CHECKS]) or meanings.get(
        closest_word(name.lower(), meanings), ""
    )
    if found:
        return f"did you mean `{found}`?"
    return code_hint(name, frozenset(check.code for check in CHECKS)) or "every finding names its row"


def _json(data: dict[str, object]) -> str:
    return dumps({"version": VERSION, **{key: mask_data(value) for key, value in data.items()}})


def _summary(by_line: list[str]) -> Iterator[str]:
    """Return what rules, by line of the subject, before the statements that it follows from."""
    if by_line:
        yield "\n## what rules, by line\n"
        yield from (f"- {line}" for line in by_line)


def _chapters(found: list[Statement]) -> Iterator[str]:
    """Return the statements below their topics, with the numbers of their documents, and the documents at the end."""
    numbers: dict[Evidence, int] = {}
    for topic in dict.fromkeys(each.topic for each in found):
        yield f"\n## {topic}\n"
        yield from dict.fromkeys(
            f"- {each.words}  {_cited(each.evidence, numbers)}" for each in found if each.topic == topic
        )
    yield "\n## evidence\n"
    yield from (f"[{number}] {_document(evidence)}" for evidence, number in numbers.items())


def _cited(evidence: Iterable[Evidence], numbers: dict[Evidence, int]) -> str:
    return "".join(f"[{numbers.setdefault(each, len(numbers) + 1)}]" for each in evidence)


def _fields(evidence: Evidence) -> dict[str, object]:
    """Return a document as data; of which series it speaks is in the fields of its statement."""
    return {key: value for key, value in evidence._asdict().items() if key != "says"}


def _document(evidence: Evidence) -> str:
    section = "" if evidence.section in evidence.title else evidence.section
    parts = (evidence.title, section, evidence.as_of, evidence.url)
    return ", ".join(part for part in parts if part)
