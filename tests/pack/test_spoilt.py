"""Packs spoilt at random: each is refused with a place, or it lints; nothing else ever comes of one."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from ddlint.core.errors import DdlintError
from ddlint.pack.build.validate import mistakes
from tests.cases.runner import lint
from tests.pack.test_mistakes import FILES, write

TOKEN = re.compile(r'"[^"\n]*"|[A-Za-z_][\w.-]*|\[[^\]\n]*\]|\{[^}\n]*\}')
WORDS = [
    *('"*"', '""', "null", "[]", "{}", "true", "1.0", "x", "- ", "*a", "é", '"\\0"'),
    *('"1.0.0"', '"1.0"', '"1.0+"', '"0.1-9.9"', '"1!1"', '"99999999999999999999.1"', '"2026-01-01"', '"3.11"'),
    *('">=1"', '">1.0"', '"==1.*"', '"===x"', '"stdlib:x"'),
]
REQUIREMENTS = "acme-sdk==1.0.1\nwrapt==1.0\nleft-pad==2\nbottle\nflask==0.5\nacme-lambda==3\n"


@st.composite
def spoilt(draw: st.DrawFn) -> dict[str, str]:
    """Give the files of a pack with up to three words changed, and perhaps a line gone."""
    files = dict(FILES)
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from(sorted(files)))
        found = list(TOKEN.finditer(files[name]))
        if found:
            token = found[draw(st.integers(0, len(found) - 1))]
            word = draw(st.sampled_from(WORDS))
            files[name] = files[name][: token.start()] + word + files[name][token.end() :]
    if draw(st.booleans()):
        name = draw(st.sampled_from(sorted(files)))
        lines = files[name].split("\n")
        del lines[draw(st.integers(0, len(lines) - 1))]
        files[name] = "\n".join(lines)
    return files


@given(spoilt())
@settings(deadline=None, max_examples=80)
def test_a_spoilt_pack_is_refused_at_a_place_or_lints(files: dict[str, str]) -> None:
    with TemporaryDirectory() as name:
        folder = write(Path(name) / "pack", files)
        service = Path(name) / "service"
        service.mkdir()
        (service / "requirements.txt").write_text(REQUIREMENTS, encoding="utf-8")
        found = {mistake.place for mistake in mistakes(folder)}
        place = refused_at(folder, service)

    assert not place or place in found
    assert not place or re.search(r"\.yaml:\d+:\d+$", place)


def refused_at(folder: Path, service: Path) -> str:
    """Lint with a pack and give where it was refused; empty where it was not."""
    try:
        lint(service, "--isolated", folder)
    except DdlintError as refused:
        return refused.place
    return ""
