"""What a run did not check is said: first where it judged nothing, and in numbers where something was left out."""

from __future__ import annotations

import re
import shlex
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.repository.source_tree import ROOT

if TYPE_CHECKING:
    from tests.folder import Folder

TRACED = "ddtrace==3.19.9\ndjango==1.11.29\n"
NOTHING = "nothing was checked: no ddtrace was found in 2 projects"
HUMAN = ("full", "concise", "grouped")
ANNOTATIONS = {"github": "::{} title=ddlint::" + NOTHING, "azure": "##vso[task.logissue type={};]" + NOTHING}


@pytest.fixture
def untraced(folder: Folder) -> Folder:
    folder.put("a/requirements.txt", "flask==2.0\n")
    folder.put("b/requirements.txt", "flask==2.0\n")
    return folder


@pytest.mark.parametrize("style", HUMAN)
def test_a_run_that_judged_nothing_says_so_first(untraced: Folder, style: str) -> None:
    assert untraced.run("--format", style).out.startswith(f"warning: {NOTHING}\n")


def test_the_job_summary_says_it_too(untraced: Folder) -> None:
    assert NOTHING in untraced.run("--format", "markdown").out


@pytest.mark.parametrize("style", ANNOTATIONS)
def test_it_is_an_annotation(untraced: Folder, style: str) -> None:
    assert untraced.run("--format", style).out.startswith(ANNOTATIONS[style].format("warning") + "\n")
    required = untraced.run("--format", style, "--require-tracer")
    assert required.out.startswith(ANNOTATIONS[style].format("error") + "\n")


@pytest.mark.parametrize("style", [*HUMAN, *ANNOTATIONS])
def test_a_run_that_judged_something_does_not(untraced: Folder, style: str) -> None:
    untraced.put("b/requirements.txt", TRACED)

    assert "nothing was checked" not in untraced.run("--format", style).out


def test_a_folder_without_files_is_no_success_either(folder: Folder) -> None:
    assert folder.run().out.startswith("warning: nothing was checked: no dependency file was found\n")


@pytest.mark.parametrize(
    "words, config, text, code",
    [
        ((), "", "flask\n", 0),
        (("--require-tracer",), "", "flask\n", 1),
        (("--require-tracer", "--exit-zero"), "", "flask\n", 0),
        (("--require-tracer",), "", "ddtrace==4.16.0\n", 0),
        ((), "require-tracer = true\n", "flask\n", 1),
        ((), "require-tracer = true\n", "ddtrace==4.16.0\n", 0),
        (("--require-tracer",), 'exclude = ["**"]\n', TRACED, 1),
        (("--require-tracer",), "", "", 1),
    ],
)
def test_a_tracer_may_be_required(folder: Folder, words: tuple[str, ...], config: str, text: str, code: int) -> None:
    folder.put("ddlint.toml", config)
    folder.put("requirements.txt" if text else "other", text)

    ran = folder.check(*words)

    assert ran.code == code, ran.out
    assert ("error: nothing was checked" in ran.out) == (code == 1 or "--exit-zero" in words)


def test_what_is_excluded_is_counted(folder: Folder) -> None:
    folder.put("requirements.txt", TRACED)
    folder.put("old/requirements.txt", TRACED)
    folder.put("new/requirements.txt", TRACED)
    folder.put("new/ddlint.toml", 'exclude = ["**"]\n')
    folder.put("ddlint.toml", 'exclude = ["old"]\nignore = ["DD301"]\n[severity]\nDD101 = "notice"\n')

    out = folder.run().out

    assert (
        "Left out by the configuration: 2 paths excluded, 1 finding turned off, 1 finding given a lower level." in out
    )


@pytest.mark.parametrize("style", HUMAN)
def test_a_folder_that_is_taken_for_a_virtual_environment_is_counted(folder: Folder, style: str) -> None:
    """An empty file is enough to hide a folder, so it is said."""
    folder.put("requirements.txt", TRACED)
    folder.put("app/pyvenv.cfg")
    folder.put("app/requirements.txt", TRACED)

    out = folder.run("--format", style).out

    assert "Left out as a virtual environment: 1 folder with a `pyvenv.cfg`." in out
    assert "app/requirements.txt" not in out


@pytest.mark.parametrize("style", HUMAN)
@pytest.mark.parametrize(
    "names, sentence",
    [
        (["local/requirements.txt"], "Left out as git ignores it: 1 file."),
        (["local/requirements.txt", ".env", "notes.md"], "Left out as git ignores them: 2 files."),
        (["build/requirements.txt"], ""),
    ],
)
def test_files_that_git_ignores_are_counted(folder: Folder, style: str, names: list[str], sentence: str) -> None:
    """Those that would be read; of a folder that is ignored as a whole, nothing is listed."""
    folder.put(".gitignore", "/local/*\n.env\n/build/\n*.md\n")
    for name in ("requirements.txt", *names):
        folder.put(name, TRACED)

    out = folder.run("--format", style).out

    assert sentence in out
    assert ("git ignores" in out) == bool(sentence)
    assert "git ignores" not in folder.run("--format", style, "--no-respect-gitignore").out


def test_where_git_ignores_all_that_is_why_nothing_is_found(folder: Folder) -> None:
    folder.put(".gitignore", "*\n")
    folder.put("requirements.txt", TRACED)

    assert "nothing was checked: git ignores 1 file" in folder.check().out


def test_nothing_is_found_is_not_said_of_such_a_folder(folder: Folder) -> None:
    folder.put("app/pyvenv.cfg")
    folder.put("app/requirements.txt", TRACED)

    ran = folder.check("--require-tracer")

    assert ran.code == 1
    assert "nothing was checked: a `pyvenv.cfg` marks 1 folder as a virtual environment" in ran.out
    assert "no dependency file was found" not in ran.err + ran.out


@pytest.mark.parametrize("style", HUMAN)
@pytest.mark.parametrize("text", [TRACED, "ddtrace==4.16.0\n"])
def test_rules_that_are_not_built_in_are_named(folder: Folder, style: str, text: str) -> None:
    shutil.copytree(ROOT / "examples/own-pack/rules", folder.path / "own")
    folder.put("requirements.txt", text)

    built_in = folder.run("--format", style).out
    own = folder.run("--format", style, "--rules", "own").out

    assert "not built in" not in built_in
    assert re.search(r"Rules that are not built in: acme \d{4}\.", own), own


def test_a_pack_that_replaces_the_built_in_rules_is_named(folder: Folder) -> None:
    shutil.copytree(ROOT / "examples/own-pack/rules", folder.path / "own")
    manifest = folder.path / "own/pack.yaml"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("pack: acme", "pack: ddtrace"), encoding="utf-8")
    folder.put("requirements.txt", TRACED)

    assert "Rules that are not built in: ddtrace " in folder.run("--rules", "own").out


def test_nothing_is_found_is_not_said_of_what_is_excluded(folder: Folder) -> None:
    folder.put("requirements.txt", TRACED)
    folder.put("ddlint.toml", 'exclude = ["**"]\n')

    ran = folder.run()

    assert "`exclude` leaves out 1 path" in ran.err
    assert "no dependency file was found" not in ran.err + ran.out


SILENCING = {
    "a comment": ({"requirements.txt": TRACED.replace("29\n", "29  # ddlint: ignore[DD301] x\n")}),
    "a comment on the file": ({"requirements.txt": f"# ddlint: file-ignore[DD3] x\n{TRACED}"}),
    "the config": ({"requirements.txt": TRACED, "ddlint.toml": '[[suppress]]\nrule = "DD301"\n'}),
    "a baseline": ({"requirements.txt": TRACED, "ddlint.toml": 'baseline = "known.json"\n'}),
}


@pytest.mark.parametrize("files", SILENCING.values(), ids=SILENCING)
def test_suppressions_of_the_checkout_can_be_ignored(folder: Folder, files: dict[str, str]) -> None:
    folder.put("requirements.txt", TRACED)
    folder.check("--write-baseline", "known.json")
    for name, text in files.items():
        folder.put(name, text)

    assert not any("DD301" in line for line in folder.check().lines)
    lines = folder.check("--ignore-suppressions").lines
    assert any("DD301" in line for line in lines)
    assert not any("DD009" in line for line in lines)


def test_a_baseline_of_the_command_line_holds_all_the_same(folder: Folder) -> None:
    folder.put("requirements.txt", TRACED)
    folder.check("--write-baseline", "known.json")

    assert folder.check("--ignore-suppressions", "--baseline", "known.json").lines == []


HOSTILE = {
    "ddlint.toml": 'exclude = ["**"]\nselect = ["DD9"]\nbaseline = "known.json"\n[severity]\nDD = "notice"\n',
    "known.json": '{"version": 1, "findings": []}',
    "requirements.txt": f"# ddlint: file-ignore[DD3, DD1] ours\n{TRACED}",
    ".ddlint.toml": 'exclude = ["**"]\n',
    ".gitignore": "*\n",
    ".git/HEAD": "",
    "pyproject.toml": '[project]\nname = "a"\nversion = "1"\n[tool.ddlint]\nexclude = ["**"]\n',
}


def test_the_recipe_for_what_is_not_trusted_holds(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The call in the page, on a checkout that silences everything it can."""
    page = (ROOT / "docs/untrusted.md").read_text(encoding="utf-8")
    config = re.search(r"```toml\n(.*?)```", page, re.DOTALL)
    call = re.search(r"```sh\n(ddlint .*?)```", page, re.DOTALL)
    assert config
    assert call
    for name, text in HOSTILE.items():
        folder.put(f"checkout/{name}", text)
    folder.put("trusted/ddlint.toml", config[1])
    monkeypatch.chdir(folder.path / "checkout")

    silenced = folder.run("--as-of", "2026-11-21")
    _, *words = shlex.split(call[1].replace("\\\n", " "))
    linted = folder.run(*words, "--as-of", "2026-11-21")

    assert (silenced.code, "DD301" in silenced.out) == (0, False)
    assert (linted.code, "DD301" in linted.out) == (1, True)
