"""Decide what is a secret, and mask it: the only module that does, for every output, command and stream.

Text is masked before it is cut, so that no cut hides the name or the delimiter that gives a secret away. Masking too
much is accepted, except in requirements: the names of many distributions end in `auth`, `jwt` or `session`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from ddlint.core.lazy_regex import regex
from ddlint.core.text import escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.core.model import EnvironmentVariable
    from ddlint.core.report import Finding, Report
    from ddlint.core.source import Source, Span

MASK = "***"
_LIMIT = 500
_LONGEST = 20_000
"""Longer texts are cut before they are masked, without the word that the cut goes through."""

_HINTS = (
    *("pass", "pwd", "secret", "token", "key", "auth", "sig", "cred", "bearer", "basic", "jwt", "salt", "session"),
    *("cookie", "private", "otp", "sas", "pat", "pw", "-u", "user"),
)
"""One of these is in every text in which a name gives a secret away: most texts need no more than to look for them."""
_WORD = (
    r"(?:(?i:(?:pass(?:word|wd|phrase|code)|pwd|passwd|secret|token|key|auth(?:orization)?|signature|credential|bearer"
    r"|jwt|salt|session|cookie)s?|(?<!by)(?<!com)(?<!tres)pass|(?<![a-z])(?:sig|private|otp|sas|pat|pw|creds?))"
    r"(?![A-Za-z])"
    r"|(?i:pass(?:word|wd|phrase|code)?|pwd|secret|token|key|auth|signature|credential|jwt|salt|session)s?"
    r"(?<=[a-z])(?=[A-Z]))"
)
"""The word in a name that makes its value a secret: at the end of a part of the name (`DB_PWD_FILE`, `apiKeyId`)."""
_NAME = regex(_WORD)
_PASSWORD = regex(r"(?i)pass|pwd|pw$|secret|credential|private")
_ASSIGNED = regex(
    _WORD + r"[\w.-]{0,64}+[\"'\]]{0,2}+"
    r"(?:[ \t]*+(?::=|=>|(?<![<>=!~])=(?!=)|:(?![:/]))(?P<blank>[ \t]*+)"
    r"|[\s,]{1,64}+[\"']?value[\"']?[ \t]*+[:=](?P<beside>[ \t]*+))"
)
"""A name and what sets it: `NAME=`, `name: `, `"name": `, `name := `, `{"name": "NAME", "value": `."""
_REVERSED = regex(
    r"[\"']value[\"'][ \t]*+:[ \t]*+[\"'](?P<secret>[^\"'\n]++)[\"'][\s,]{1,64}+[\"']name[\"'][ \t]*+:[ \t]*+"
    r"[\"'][\w.-]{0,64}?" + _WORD
)
_FLAG = regex(r"(?<![\w-])--[\w-]{0,64}?" + _WORD + r"[\w-]{0,64}+(?:=|[ \t]++|[\"'],[ \t]*+(?=[\"']))")
_INSTRUCTION = regex(
    r"(?:(?im:^[ \t]*+(?:onbuild[ \t]++)?(?:env|arg|export|set|setx|setenv))|(?<![\w-])(?:ENV|ARG|export))"
    r"[ \t]++[\w.-]{0,64}?" + _WORD + r"[\w.-]*+[ \t]++"
)
_SCHEME = regex(r"(?i:\b(?:bearer|basic))[ \t]++(?=[^\s\"']*[0-9=+/])(?P<secret>[A-Za-z0-9._~+/=-]{6,})")
_NETRC = regex(r"(?i:\b(?:machine|login)\b[^\n]{0,200}?\bpassword)[ \t]++(?P<secret>\S++)")
_USER_OPTION = regex(r"(?<!\S)(?:-u|--user)[ \t=]*+[\"']?[^\s:\"']{1,64}+:(?P<secret>[^\s\"']++)")
_VALUED = (
    (_FLAG, False, ("--",)),
    (_INSTRUCTION, True, ("env", "arg", "export", "set")),
)
_WHOLE = (
    (_REVERSED, ("value",)),
    (_SCHEME, ("bearer", "basic")),
    (_NETRC, ("machine", "login")),
    (_USER_OPTION, ("-u", "--user")),
)
"""With what is in every text that they match, so that few of them are compiled in a run."""
_BLANK = regex(r"\s|$")
_AUTHORITY = regex(r"[^\s/?#]*+")
_USER_COLON = regex(r"[^\s/?#:@]*+:(?![0-9]*+(?:[/?#\s]|$))")
"""A user and a colon that is not that of a port: the password may hold a slash."""

_QUOTED = regex(r"\"(?>(?>(?:[^\"\\\n]++|\\.){1,500})*)|'[^'\n]*+|`[^`\n]*+")
_SHELL_WORD = regex(r"(?:\\.|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*+'|[^\s\\])+")
_REST = regex(r"(?:(?![ \t]#|,[ \t]|\}(?:[\s,}\]]|$))[^\n])*")
_LINE_START = regex(r"\n[ \t\"'-]*$|(?:(?<!\S)-|(?<![\w-])(?:export|set))[ \t]++[\"']?$")
_CLOSERS = ",;)}]\"'`"
_REQUIRED = regex(
    r"(?:[A-Za-z][\w.-]*+(?:\[[\w, .-]*+\])?[ ]?)?"
    r"[<>=!~^]{1,3}[ ]?[\w.*+!-]++(?:[ ]?,[ ]?[<>=!~^]{1,3}[ ]?[\w.*+!-]++)*"
    r"|[0-9]++(?:\.[\w*]++)+(?:=\w++)?|\*"
)
"""What follows the name of a distribution: a specifier, a version of two parts, a requirement."""

_LONG = regex(r"[A-Za-z0-9+/_-]{20}")
_LONG_IN_LOWER_CASE = regex(r"[a-z0-9]{20}|-[0-9a-f]{12}|(?:gh[a-z]|pat|live|test|npm|hf)_|glpat-|xox")
"""What a text without capitals has in it, if it has any of those below."""
_RANDOM = regex(
    r"(?<![A-Za-z0-9])(?=[A-Za-z]*+[0-9])(?=[0-9]*+[A-Za-z])[A-Za-z0-9]{20,}+"
    r"|(?<![\w-])(?=[\w-]*?[a-z])(?=[\w-]*?[A-Z])(?=[\w-]*?[0-9][\w-]*?[0-9])[\w-]{24,}+"
    r"|(?<![\w./:@+-])(?=[\w/]*?[a-z])(?=[\w/]*?[A-Z])[A-Za-z0-9+/]{24,}+={1,2}(?![=\w])"
    r"|(?<![\w./:@+-])(?=[\w/+]*?[a-z])(?=[\w/+]*?[A-Z])(?=[\w/+]*?[0-9])[A-Za-z0-9+/]{40}(?![\w+/.-])"
    r"|(?<![\w-])[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?![\w-])",
    re.ASCII,
)
"""What nobody chose by hand: a run of letters and digits, base64 in both alphabets, a UUID."""
_ISSUED = regex(
    r"(?<![A-Za-z0-9])(?:gh[a-z]_|github_pat_|glpat-|xox[a-z]-|[rs]k_(?:live|test)_|A(?:KIA|SIA)|AIza|pypi-Ag|npm_|hf_"
    r"|dckr_pat_|eyJ)[\w.=+/-]{12,}+"
)
"""Tokens that are known by how they begin."""
_DIGEST = regex(
    r"(?i:sha[0-9]*|md5|hash|digest|integrity|checksum|rev(?:ision)?|commit|reference)"
    r"[\"']?[ \t]{0,8}[:=@-]?[ \t]{0,8}[\"']?(?i:sha[0-9]+[:=-])?$|@$"
)
"""What precedes the digest of a file or a revision, which is no secret."""


def is_secret_name(name: str) -> bool:
    """Whether the value of a setting or a parameter of this name is a secret."""
    lowered = name.lower()
    return any(hint in lowered for hint in _HINTS) and _NAME.search(name) is not None


def secret_spans(text: str) -> list[tuple[int, int]]:
    """Return where the secrets in `text` are, in order and apart from one another."""
    found = sorted(span for span in _secrets(text) if span[0] < span[1])
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def mask(text: str) -> str:
    """Return `text` with `***` for every secret."""
    return _replaced(text, lambda _: MASK)


def mask_data(data: object) -> object:
    """Return JSON data without a secret in any of its texts."""
    match data:
        case str():
            return mask(data)
        case dict():
            return {key: mask_data(value) for key, value in data.items()}
        case list() | tuple():
            return [mask_data(value) for value in data]
        case _:
            return data


def mask_in_place(text: str) -> str:
    """Return `text` with as many `*` as a secret has characters, so that columns stay where they are."""
    return _replaced(text, lambda length: "*" * length)


def holds_secret(text: str) -> bool:
    """Whether there is a secret in `text`."""
    return bool(secret_spans(text))


def written(text: str, limit: int = _LIMIT) -> str:
    r"""Return text of a user's file as a message shows it: masked, on one line, at most `limit` characters.

    Blanks in a row become one, as continued lines have many.
    """
    shown = text
    if len(shown) > _LONGEST:
        shown = re.sub(r"\S*$", "", shown[:_LONGEST])
    shown = mask(shown).strip()
    if not shown.isprintable():
        shown = re.sub(r"[ \t\r\n]+", " ", shown)
    if "  " in shown:
        shown = re.sub(" {2,}", " ", shown)
    shown = escape(shown)
    if not shown.isprintable():  # blanks of other scripts are what a message may be about
        shown = "".join(each if each.isprintable() else each.encode("unicode_escape").decode("ascii") for each in shown)
    return shown if len(shown) <= limit and len(text) <= _LONGEST else shown[: limit - 1] + "…"


def written_bare(text: str) -> str:
    """Return `written` of a name with clauses of versions and nothing else: no name gives a secret away there."""
    return written(text) if _may_be_random(text) else text


def written_rest(text: str, start: int, limit: int) -> str:
    """Return the rest of a line of `text` as `written` shows it, masked as what it is on its whole line."""
    first = max(text.rfind("\n", 0, start) + 1, start - _LONGEST)
    end = text.find("\n", start, start + _LONGEST)
    line = mask_in_place(text[first : end if end >= 0 else start + _LONGEST])
    return written(re.sub(r"\*{3,}", MASK, line[start - first :]), limit)


def shown_value(setting: EnvironmentVariable) -> str | None:
    """Return the value of a setting as it may be shown; None when it is set from elsewhere."""
    if setting.value is None:
        return None
    return MASK if setting.value and is_secret_name(setting.name) else written(setting.value)


def masked_report(report: Report) -> Report:
    """Return a report without secrets in its texts; a fix that writes one is left out."""
    findings = tuple(map(_masked_finding, report.findings))
    suppressed = tuple(
        each._replace(finding=_masked_finding(each.finding), reason=mask(each.reason)) for each in report.suppressed
    )
    table = tuple(each._replace(found=mask(each.found), aside=mask(each.aside)) for each in report.support_table)
    return report._replace(findings=findings, suppressed=suppressed, support_table=table)


def _masked_finding(finding: Finding) -> Finding:
    fix = finding.fix
    if fix:
        is_secret = any(holds_secret(edit.text) for edit in fix.edits)
        fix = None if is_secret else fix._replace(title=mask(fix.title))
    return finding._replace(
        message=mask(finding.message),
        help=mask(finding.help),
        notes=tuple(map(mask, finding.notes)),
        at=finding.at._replace(message=mask(finding.at.message)),
        related=tuple(place._replace(message=mask(place.message)) for place in finding.related),
        fix=fix,
    )


def mask_quoted(text: str, source: Source, at: Span) -> str:
    """Return `text`, which quotes what is at a place, without secrets: also those of the lines around that place.

    What is quoted may be a secret only by what precedes it on its line.
    """
    text = mask(text)
    for secret in _secrets_at(source, at):
        text = text.replace(secret, MASK)
    return text


_TELLING = 5
"""So many characters of a secret tell something; fewer are found in any text."""
_AROUND = 2_000
"""So many characters of long lines, before and behind a place, are looked at."""


def _secrets_at(source: Source, at: Span) -> tuple[str, ...]:
    text, (start, end) = source.text, at
    first = max(text.rfind("\n", 0, start) + 1, (start - _AROUND) // _AROUND * _AROUND)
    last = text.find("\n", end, end + _AROUND)
    end = min(last if last >= 0 else -(-(end + _AROUND) // _AROUND) * _AROUND, first + 10 * _AROUND)
    return _secrets_of_lines(text[first:end])


@lru_cache(maxsize=4)
def _secrets_of_lines(text: str) -> tuple[str, ...]:
    """Return the secrets in lines as a message quotes them: whole, or a word that says something."""
    found: dict[str, None] = {}
    for start, end in secret_spans(text):
        if end - start >= _TELLING:
            words = re.split(r"[\s,;\"']+", text[start:end])
            found |= dict.fromkeys([text[start:end], *(word for word in words if len(word) >= _TELLING)])
    return tuple(found)


def _replaced(text: str, made: Callable[[int], str]) -> str:
    parts, last = [], 0
    for start, end in secret_spans(text):
        parts += [text[last:start], made(end - start)]
        last = end
    return "".join([*parts, text[last:]]) if parts else text


def _secrets(text: str) -> Iterator[tuple[int, int]]:
    if "://" in text:
        yield from _user_infos(text)
    lowered = text.lower().replace("patch", "").replace("--upgrade", "")  # of many messages: no `pat`, and no `-u`
    for hint in _HINTS:
        if hint in lowered:
            yield from _named(text)
            break
    if _may_be_random(text):
        for match in _RANDOM.finditer(text):
            if not _DIGEST.search(text[max(0, match.start() - 40) : match.start()]):
                yield match.span()
        for match in _ISSUED.finditer(text):
            yield match.span()


def _may_be_random(text: str) -> bool:
    """Whether a text has a run as long as what nobody chose by hand."""
    is_long = len(text) >= 16 and _LONG.search(text) is not None
    return is_long and (text != text.lower() or _LONG_IN_LOWER_CASE.search(text) is not None)


def _user_infos(text: str) -> Iterator[tuple[int, int]]:
    """Yield what precedes the `@` of URLs, except the user of a repository that everybody has (`git@`)."""
    start = end = sign = 0
    while (start := text.find("://", start) + 3) > 2:
        if start > end:
            blank = _BLANK.search(text, start)
            end = blank.start() if blank else len(text)
        if start > sign:
            sign = text.find("@", start, end)
        if sign < 0:
            start = end
            sign = 0
            continue
        match = _AUTHORITY.match(text, start)
        authority = match[0] if match else ""
        if "@" in authority:
            stop = start + authority.rindex("@")
            if text[start:stop] not in ("git", "hg", "svn"):
                yield start, stop
        elif _USER_COLON.match(text, start):
            yield start, sign


def _named(text: str) -> Iterator[tuple[int, int]]:
    """Yield the values of what is named like a secret."""
    end = 0 if "=" in text or ":" in text else len(text) + 1
    while end <= len(text) and (match := _ASSIGNED.search(text, end)):
        name = _name_before(text, match.start()) + text[match.start() : match.end()].rstrip(" \t=:")
        is_rest = bool(match["blank"]) or match["beside"] is not None or _begins_line(text, match.start())
        start, end = _value(text, match.end(), is_rest=is_rest)
        if _is_requirement(name, text[start:end]):
            end = start
        else:
            yield start, end
    lowered = text.lower()
    for expression, is_rest, marks in _VALUED:
        end = 0 if any(mark in lowered for mark in marks) else len(text) + 1
        while end <= len(text) and (match := expression.search(text, end)):
            start, end = _value(text, match.end(), is_rest=is_rest)
            yield start, end
    for expression, words in _WHOLE:
        if any(word in lowered for word in words):
            for match in expression.finditer(text):
                yield match.span("secret")


def _name_before(text: str, end: int) -> str:
    """Return the part of a name before the word that makes it one of a secret."""
    start = end
    while start > max(0, end - 64) and (text[start - 1].isalnum() or text[start - 1] in "_.-"):
        start -= 1
    return text[start:end]


def _begins_line(text: str, at: int) -> bool:
    """Whether nothing precedes a name on its line, except what lists of settings and shells put there."""
    at -= len(_name_before(text, at))
    before = text[at - 40 : at] if at > 40 else f"\n{text[:at]}"
    return _LINE_START.search(before) is not None


def _value(text: str, start: int, *, is_rest: bool) -> tuple[int, int]:
    """Return the span of the value that begins at `start`: between its quotes, or a word, or the rest of the line."""
    if match := _QUOTED.match(text, start):
        return start + 1, match.end()
    match = (_REST if is_rest else _SHELL_WORD).match(text, start)
    if match is None:
        return start, start
    end = match.end()
    while end > start and text[end - 1] in " \t":  # before a comment
        end -= 1
    while end > start and text[end - 1] in _CLOSERS:
        end -= 1
    return start, end


def _is_requirement(name: str, value: str) -> bool:
    """Whether a name that ends like a secret's is that of a distribution or an extra, by what follows it."""
    if value[:1] in ("[", "{"):
        return any(character.islower() for character in name)
    is_name = any(character.islower() for character in name) and not _PASSWORD.search(name)
    return is_name and len(value) < 200 and _REQUIRED.fullmatch(value.strip(" \t\r\"'`")) is not None
