"""The documentation is in step with the code."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module

import pytest

from ddlint import HOME
from ddlint.checks import CHECKS
from ddlint.checks.common.docs import texts
from ddlint.cli import COMMANDS
from ddlint.cli.argparser import parser
from ddlint.config.keys import KEYS
from ddlint.inputs import INPUTS
from ddlint.outputs.common.locations import page_address
from tests.repository.source_tree import ROOT
from tools.generate import addressed
from tools.site.documents import documents, linked

PAGES = sorted(path.relative_to(ROOT).as_posix() for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def anchors(name: str) -> set[str]:
    """The anchors of a page, as GitHub makes them from its headings."""
    headings = re.findall(r"^#+ (.*)$", read(name), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_generated_files_are_in_step() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "generate.py", "--check"], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_every_check_is_in_the_table_of_its_page() -> None:
    head = read("docs/checks.md").partition("\n## ")[0]

    assert [
        check.code for check in CHECKS if f"| [{check.code}](#{check.code.lower()}-{check.name}) |" not in head
    ] == []


def test_every_input_is_on_its_page() -> None:
    page = read("docs/inputs.md").lower()

    assert [one.name for one in INPUTS if one.name.lower() not in page] == []


def test_the_readme_begins_with_what_it_is_a_picture_and_how_to_install() -> None:
    first, picture, why, install, *_ = re.split(r"\n\n", read("README.md").partition("\n\n")[2])

    assert first.replace("\n", " ").count(". ") == 0
    assert picture.startswith("![")
    assert "(docs/terminal.svg)" in picture
    assert "DD_TRACE_SAFE_INSTRUMENTATION_ENABLED" in why
    assert install == "## Install"
    assert len(re.findall(r"^- \*\*", read("README.md"), re.MULTILINE)) == 5


def test_the_picture_shows_what_is_printed() -> None:
    lines = re.sub(r"<[^>]*>", "", read("docs/terminal.svg"))

    assert "error[DD201]: " in lines
    assert "warning[DD301]: `celery==4.3.0` is below the minimum" in lines


@pytest.mark.parametrize(
    "limit, row",
    [
        ("inputs.common.manifest._MOST_ITEMS", "| the requirements and settings in a file | {:,} |"),
        ("inputs.common.requirement._LONGEST", "| a requirement | {:,} characters |"),
        ("inputs.syntax.toml._MOST_VALUES", "| a TOML file | {:,} values |"),
        ("inputs.syntax.toml_lock_scan._MOST_VALUES", "| a TOML lock | {:,} values, and one more for every "),
        (
            "inputs.syntax.toml_lock_scan._CHARACTERS_OF_A_VALUE",
            "values, and one more for every {} characters | `DD002` |\n| a JSON file",
        ),
        ("inputs.syntax.json._MOST_VALUES", "| a JSON file | {:,} values, and one more for every "),
        (
            "inputs.syntax.json._CHARACTERS_OF_A_VALUE",
            "values, and one more for every {} characters | `DD002` |\n| a YAML file",
        ),
        ("inputs.syntax.yaml._MOST_NODES", "| a YAML file | {:,} values, "),
        ("inputs.syntax.yaml._DEEPEST", " values, {} levels deep |"),
        ("inputs.syntax.python_literals._LARGEST", "| `setup.py` and scripts | {:,} characters |"),
        ("inputs.dockerfile._LONGEST", "| an instruction of a Dockerfile | {:,} characters |"),
        ("project.workspace._MOST_INCLUDES", "| includes | {} in a file, "),
        ("project.workspace._MOST_FILES", " in a file, {:,} files of a project |"),
    ],
)
def test_every_limit_is_documented(limit: str, row: str) -> None:
    module, name = limit.rsplit(".", 1)

    assert row.format(getattr(import_module(f"ddlint.{module}"), name)) in read("docs/judging.md")


def test_every_setting_is_documented() -> None:
    assert [key for key in KEYS if f"`{key}`" not in read("docs/configuration.md")] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_documented(command: str) -> None:
    options = [word for action in parser(command)._actions for word in action.option_strings if word.startswith("--")]
    text = read("docs/configuration.md")

    assert [word for word in options if f"`{word}" not in text and f"{word}`" not in text] == []


def test_the_page_of_a_check_is_where_its_url_leads() -> None:
    urls = {check.code: page_address("https://github.com/Acme/ddlint", "1.0", check.code) for check in CHECKS}

    assert urls == {code: f"https://acme.github.io/ddlint/1.0/checks/{code.lower()}/" for code in urls}


@pytest.mark.parametrize("name", documents())
def test_every_link_of_a_page_is_valid_in_the_site(name: str) -> None:
    assert linked(read(name), name)


PLACEHOLDERS = {
    "README.md": {"https://github.com/OWNER/ddlint", "OWNER/ddlint"},
    "docs/ci.md": {"https://github.com/OWNER/ddlint", "OWNER/ddlint"},
    "docs/editors.md": {"https://github.com/OWNER/ddlint"},
    "docs/github-action.md": {"https://github.com/OWNER/ddlint", "OWNER/ddlint"},
    "docs/pre-commit.md": {"https://github.com/OWNER/ddlint"},
    "docs/quick-start.md": {"https://github.com/OWNER/ddlint"},
    "site/pages/index.md": {"https://github.com/OWNER/ddlint"},
}
"""What a user has to replace as long as ddlint has no address; `tools/generate.py` does it when `HOME` is set."""


def named_in(text: str) -> set[str]:
    return set(re.findall(r"(?:https://github\.com/)?\bOWNER/ddlint", text))


def test_placeholders_of_the_address_are_where_they_are_expected() -> None:
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    names = [
        name for name in tracked.stdout.split("\0") if name.endswith((".md", ".py", ".toml", ".yml", ".yaml", ".json"))
    ]
    found = {name: named_in(read(name)) for name in names if not name.startswith(("tests/", "tools/"))}

    assert {name: words for name, words in found.items() if words} == ({} if HOME else PLACEHOLDERS)


def test_without_an_address_nothing_has_a_link_to_a_page() -> None:
    assert bool(HOME) is all(text.url.startswith("https://") for text in texts().values())
    assert {text.url for text in texts().values()} == {""} or HOME


def test_the_address_replaces_the_placeholders() -> None:
    page = "repo: https://github.com/OWNER/ddlint\nuses: OWNER/ddlint@v1\n"

    assert addressed(page, "https://github.com/acme/ddlint") == page.replace("OWNER", "acme")
    assert addressed(page, "") == page


def lint(*words: str) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-m", "ddlint", "--isolated", "--as-of", "2026-11-21", *words]
    return subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_example_has_findings_of_every_kind() -> None:
    done = lint("examples/shop", "--output-format", "concise")

    assert done.returncode == 1
    assert {"DD101", "DD201", "DD301", "DD304"} <= set(re.findall(r"DD\d{3}", done.stdout))


def test_the_example_that_was_mended_is_clean() -> None:
    done = lint("examples/shop-mended")

    assert (done.returncode, done.stdout.partition("\n")[0][:11]) == (0, "No findings"), done.stdout


def test_the_commands_of_the_readme_are_single_lines() -> None:
    """The two of the set-up; `.ci/run` takes the second one from here."""
    first, second = re.findall(r"^```sh\n(.*?)^```$", read("README.md"), re.DOTALL | re.MULTILINE)[:2]

    assert first.strip().endswith(".venv/bin/ddlint examples/shop")
    assert second.strip().endswith("/bin/pytest -n auto")
    assert (first + second).count("\n") == 2


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    broken = []
    for link in LINK.findall(read(page)):
        if link.startswith(("http://", "https://")):
            continue
        path, _, anchor = link.partition("#")
        target = (ROOT / page).parent / path if path else ROOT / page
        is_there = target.exists()
        if not is_there or (anchor and anchor not in anchors(target.resolve().relative_to(ROOT).as_posix())):
            broken.append(link)

    assert broken == []
