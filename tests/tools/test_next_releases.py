"""The built-in rules meet releases that do not exist yet: what is written, what is asked, and that they stay valid."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from packaging.version import Version

from ddlint.checks import known_bad_pair
from ddlint.pack.build.validate import mistakes
from ddlint.pack.install_rows import BadPair
from ddlint.pack.loader import builtin, load
from ddlint.pack.pack import series_of
from ddlint.pack.setting_rows import Variable
from ddlint.pack.support_rows import Observation
from tests.checks.built import project, requirements
from tests.repository.source_tree import ROOT
from tests.tools import fake_index
from tests.tools.fake_index import Made
from tools import refresh as tool
from tools.refresher.files import load_file
from tools.refresher.forget import known_releases
from tools.refresher.index import File
from tools.refresher.summary import summary
from tools.refresher.tasks import announced

if TYPE_CHECKING:
    from pathlib import Path

    from ddlint.pack.pack import Pack

pytestmark = pytest.mark.slow
RULES = ROOT / "rules" / "ddtrace"
DAY = "2031-05-05"


class NextIndex:
    """An index with one release; those that the rules know already are gone from it, so that they stay as they are."""

    def __init__(self, made: Made) -> None:
        self._made = made
        self._contents = dict(fake_index.contents(made))

    def files(self, name: str) -> list[File]:
        assert name == "ddtrace"
        return [File(each, each, self._made.requires_python, False, self._made.day) for each in self._contents]

    def fetch(self, file: File) -> bytes:
        return self._contents[file.name]

    def metadata(self, wheel: File) -> str:
        raise AssertionError(wheel.name)


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the built-in rules, of which what is read of other distributions stays."""
    monkeypatch.setattr(tool, "_dependents", lambda *_: {})
    monkeypatch.setattr(fake_index, "SUBJECT", "ddtrace")
    monkeypatch.setattr(fake_index, "MODULE", "ddtrace")
    folder = tmp_path / "ddtrace"
    shutil.copytree(RULES, folder, ignore=shutil.ignore_patterns("probes"))
    return folder


def next_version(pack: Path, *, is_major: bool) -> str:
    newest = Version(known_releases(pack)[-1].version)
    return f"{newest.major + 1}.0.0" if is_major else f"{newest.major}.{newest.minor + 1}.0"


def as_before(pack: Path, version: str) -> Made:
    """Make a release that declares and reads what the newest one does."""
    newest = series_of(known_releases(pack)[-1].version)
    declared: dict[str, dict[str, str]] = {}
    defaults: dict[str, str] = {}
    for path in sorted((pack / "integrations").glob("*.yaml")):
        entry = load_file(path)
        name = entry["integration"]
        for distribution, bases in entry["distributions"].items():
            for row in (bases or {}).get("declared", ()):
                if row["series"].rpartition("-")[2] == newest:
                    module = bases.get("module", distribution.partition(":")[2] or distribution)
                    declared.setdefault(name, {})[module] = row["spec"]
        for row in entry.get("defaults", ()):
            if row["series"].rpartition("-")[2] == newest and "parent" not in entry:
                defaults[name] = {"yes": "True", "no": "False", "conditional": "f()"}[row["default"]]
    found = builtin()
    read = [each.variable for each in found.rows(Variable) if _is_read(found, each.reads, newest)]
    settings = "".join(f"get_env({name!r})\n" for name in read)
    return Made(
        version, DAY, declared, defaults, ("wrapt>=1,<3",), ">=3.10,<3.16", ("cp313",), ("linux",),
        extra_files={"ddtrace/settings.py": settings},
    )  # fmt: skip


def _is_read(pack: Pack, reads: str, series: str) -> bool:
    for each in reads.split(", "):
        first, _, last = each.partition(" ")[0].partition("-")
        if first.endswith("+") or pack.holds(series, first, last or first):
            return True
    return False


def asked(notes: tuple[str, ...]) -> list[str]:
    return [note for note in notes if "is gone from the index" not in note]


@pytest.mark.parametrize("is_major", [False, True], ids=["the next minor", "the next major"])
def test_what_goes_on_is_written_and_what_may_not_is_asked(pack: Path, is_major: bool) -> None:
    version = next_version(pack, is_major=is_major)
    index = NextIndex(as_before(pack, version))

    refreshed = tool.refresh(pack, index)
    notes = "\n".join(asked(refreshed.notes))
    found = load(pack)
    series = series_of(version)

    assert refreshed.new == (version,)
    assert mistakes(pack) == ()
    assert found.releases[-1].version == version
    flask = load_file(pack / "integrations" / "flask.yaml")["distributions"]["flask"]["declared"]
    assert flask[-1]["series"].endswith(f"-{series}")
    today = builtin()
    ends_today = {row[:4] for row in today.rows(BadPair) if row.releases[-1][1] == today.releases[-1].version}
    assert ends_today
    assert {row[:4] for row in found.rows(BadPair) if row.unconfirmed == version} == ends_today
    for _, distribution, versions, _ in ends_today:
        assert f"{distribution}: {versions} was seen to break" in notes
    last = today.all_series[-1]
    for observation in today.rows(Observation):
        is_asked = f"{observation.distribution}: {observation.specifier} was observed" in notes
        assert is_asked is (observation.last == last)
    assert f"no tested versions for {series}" in notes
    assert f"no documented versions for {series}" in notes
    assert (f"no level holds for the release `{version}`" in notes) is is_major
    assert "does not read it any more" not in notes
    newest = today.releases[-1].version
    later = (f"seen up to {newest}; later releases were not run yet",)
    assert levels(found, f"ddtrace=={newest}", "pymongo==4.18.0") == [("error", ())]
    assert levels(found, f"ddtrace=={version}", "pymongo==4.18.0") == [("warning", later)]
    before = {path: path.read_bytes() for path in pack.rglob("*.yaml")}
    assert tool.refresh(pack, index).changed == ()
    assert before == {path: path.read_bytes() for path in pack.rglob("*.yaml")}


def levels(rules: Pack, *lines: str) -> list[tuple[str, tuple[str, ...]]]:
    judged = project(requirements(*lines), rules=rules)
    return [(each.severity.value, each.notes) for each in known_bad_pair.run(judged, rules)]


def test_a_major_that_is_different(pack: Path) -> None:
    version = next_version(pack, is_major=True)
    made = as_before(pack, version)
    gone = ("boto", "molten")
    declared = {name: specs for name, specs in made.declared.items() if name not in gone}
    declared |= {"flask": {"flask": ">=3"}, "acme": {"acme": ">=1"}}
    defaults = {name: value for name, value in made.defaults.items() if name not in gone} | {"sqlalchemy": "True"}
    code = made.extra_files["ddtrace/settings.py"].replace("get_env('DD_SERVICE')\n", "")
    files = {
        "ddtrace/settings.py": code,
        "ddtrace/api.py": 'deprecate("Pin is deprecated", removal_version="6.0.0")\n',
        "ddtrace/old.py": 'deprecate("DD_ENV is deprecated", message="Use DD_STAGE.", removal_version="6.0.0")\n',
        "releasenotes/notes/a.yaml": "upgrade:\n  - |\n    boto: support is removed.\nfixes:\n  - a\n",
        "docs/versioning.rst": "5.x is in general availability\n4.x is in maintenance until 2032-01-01\n",
    }
    texts = {path.relative_to(pack).as_posix(): path.read_text(encoding="utf-8") for path in pack.rglob("*.yaml")}
    refreshed = tool.refresh(pack, NextIndex(made._replace(declared=declared, defaults=defaults, extra_files=files)))
    notes = asked(refreshed.notes)
    told = summary(texts, tool._texts(pack), refreshed.new, notes)

    assert mistakes(pack) == ()
    series = series_of(version)
    for expected in (
        f"boto: not declared in {series} any more; if it is gone, it needs a removal",
        f"molten: not declared in {series} any more; if it is gone, it needs a removal",
        f"acme: new in {series}; look at the names of its distributions",
        f"DD_SERVICE: {version} does not read it any more; if that is meant, it needs a row in `removed_settings`",
        f'{version} announces the end of something in 6.0.0: "Pin is deprecated"',
        f'{version}, release notes, upgrade: "boto: support is removed."',
        f'{version} says of support levels: "4.x is in maintenance until 2032-01-01"',
    ):
        assert expected in notes, expected
    assert any(note.startswith(f"DD_ENV: {version} announces its end in 6.0.0") for note in notes)
    for expected in (
        f"New releases: {version}",
        "- **flask**: `flask` >=1.1.4 before, >=3 now",
        "- **sqlalchemy**: on by default: no before, yes now",
        "- **acme**: new, of `acme`; look at the names and at its switch",
        "others declare for them what they declared before.",
        f"- [ ] {notes[0]}",
    ):
        assert expected in told, expected
    assert len(told.splitlines()) < 150


def test_what_is_announced_is_compared_with_the_release_before() -> None:
    made = Made(
        "1.0.0", DAY, extra_files={"acme_sdk/a.py": "deprecate('a', removal_version=V)\nx.deprecate(f'b{c}')\n"}
    )
    found = announced(fake_index.sdist(made))

    assert found.calls == {"a": "V", "f'b{c}'": ""}
    assert announced(fake_index.sdist(made._replace(extra_files={"acme_sdk/a.py": "deprecate(("}))).calls == {}
