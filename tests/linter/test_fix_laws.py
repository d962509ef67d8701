"""Laws of fixes over files that are made up: what is fixed stays fixed, and only versions change."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from ddlint.cli import host
from ddlint.cli.build_request import config_of, parsed
from ddlint.core.model import Severity
from ddlint.core.source import FileSystem
from ddlint.linter.fixer import Fixed, FixOptions, fix
from ddlint.linter.lint_project import Request
from ddlint.linter.run import check
from tests.cases.runner import builtin_pack

if TYPE_CHECKING:
    from collections.abc import Callable

NAMES = ("flask", "Django", "requests", "celery", "redis", "jinja2", "unknown-thing", "httpx")
BLANK = st.sampled_from(["", "", " ", "  ", "\t", " \\\n  "])
VERSION = st.builds("{}.{}".format, st.integers(0, 6), st.integers(0, 30))
CLAUSE = st.builds("{}{}{}".format, st.sampled_from(["==", ">=", "<", "~=", "!=", ">", "=>", "="]), BLANK, VERSION)
END = st.sampled_from(
    ["", "  # ==1.0", " ; python_version >= '3.9'", " # ddlint: ignore[DD301] why", " \\\n  --hash=sha256:aa"]
)
LINE = st.builds(
    lambda name, blank, clauses, end: f"{name}{blank}{','.join(clauses)}{end}",
    st.sampled_from(NAMES),
    BLANK,
    st.lists(CLAUSE, max_size=2),
    END,
)
FILE = st.builds(
    lambda lines, newline, last: newline.join(["ddtrace==4.16.0", *lines]).replace("\n", newline) + last,
    st.lists(st.one_of(LINE, st.sampled_from(["", "# é flask==0.12", "--no-binary :all:"])), max_size=8),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "\n", "\r\n"]),
)
VERSIONED = re.compile(r"[=<>!~]+[ \t]*(?:\\\r?\n[ \t]*)?[0-9.]+|,|[ \t]*# ddlint: ignore\[DD301\] why")


def fixed(folder: Path, text: str, unwritable_reason: Callable[[str], str] = lambda _: "") -> tuple[str, Fixed]:
    """Write a file, make every fix, and give its new text."""
    path = folder / "requirements.txt"
    path.write_bytes(text.encode())
    here = folder.as_posix()
    config = config_of(parsed("check", []), here, host.absolute)._replace(min_severity=Severity.NOTICE)
    files = FileSystem(host.read_file, host.real_path)
    request = Request((here,), here, "2026-11-21", files, lambda _: (builtin_pack(),), config)
    made = fix(request, check(request), FixOptions(is_unsafe=True, unwritable_reason=unwritable_reason))
    return next((change.data.decode() for change in made.changes), text), made


@given(FILE)
@settings(deadline=None, max_examples=25)
def test_only_versions_and_idle_comments_change_and_only_once(text: str) -> None:
    with TemporaryDirectory() as folder:
        once, _ = fixed(Path(folder), text)
        twice, made = fixed(Path(folder), once)

    assert VERSIONED.sub("", once) == VERSIONED.sub("", text)
    assert twice == once
    assert made.made == ()


@given(FILE)
@settings(deadline=None, max_examples=20)
def test_no_finding_is_new_but_on_lines_that_could_not_be_read(text: str) -> None:
    with TemporaryDirectory() as folder:
        _, untouched = fixed(Path(folder), text, unwritable_reason=lambda _: "not today")
        _, made = fixed(Path(folder), text)
    before, after = found(untouched), found(made)

    if not any(code == "DD003" for code, _ in before):
        assert after <= before


def found(made: Fixed) -> Counter[tuple[str, str]]:
    return Counter((each.code, each.subject) for each in made.outcome.filtered.unsuppressed)
