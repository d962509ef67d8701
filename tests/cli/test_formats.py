"""One run of the command line in every format: each carries the same findings, and nothing but the findings moves a byte."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest

from ddlint import HOME
from ddlint.outputs import NAMES
from tests.outputs.runner import read
from tests.repository.source_tree import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.folder import Folder

Found = Counter[tuple[str, int, str]]
"""Path, line and code of each finding."""
EVERY = tuple(word for name in NAMES for word in ("-o", f"{name}:{name}.out"))
WORDS = ("--as-of", "2026-11-21", "--min-severity", "notice")


@pytest.fixture
def shop(folder: Folder) -> Folder:
    """The example, and more findings of one level than GitHub annotates."""
    (folder.path / ".git").mkdir()
    shutil.copytree(ROOT / "examples/shop", folder.path / "shop")
    names = ("django", "flask", "celery", "redis", "aiohttp", "sqlalchemy", "jinja2", "requests", "httpx", "mako")
    lines = "".join(f"{name}==0.0.{number}\n" for number, name in enumerate(names * 2))
    folder.put("many é/requirements.txt", f"# {'é' * 4}\nddtrace==4.16.0\n{lines}")
    folder.put("many é/setup.cfg", "[options]\ninstall_requires =\n  flask>=\n")
    return folder


def of_json(text: str) -> Found:
    return Counter((each["path"], each["start"]["line"], each["code"]) for each in json.loads(text)["findings"])


def of_json_lines(text: str) -> Found:
    return of_json(f'{{"findings": [{",".join(text.splitlines())}]}}')


def of_sarif(text: str) -> Found:
    (run,) = json.loads(text)["runs"]
    places = [(each["locations"][0]["physicalLocation"], each["ruleId"]) for each in run["results"]]
    return Counter((unquote(at["artifactLocation"]["uri"]), at["region"]["startLine"], code) for at, code in places)


def of_gitlab(text: str) -> Found:
    issues = [(each["location"], each["check_name"]) for each in json.loads(text)]
    return Counter((at["path"], at["lines"]["begin"], code) for at, code in issues)


def of_rdjson(text: str) -> Found:
    found = [(each["location"], each["code"]["value"]) for each in json.loads(text)["diagnostics"]]
    return Counter((at["path"], at["range"]["start"]["line"], code) for at, code in found)


def of_junit(text: str) -> Found:
    bodies = (failure.text or "" for failure in ET.fromstring(text).iter("failure"))
    return of_concise("".join(f"{body}\n" for body in bodies))


def of_concise(text: str) -> Found:
    lines = re.findall(r"^(.+?):(\d+):\d+: (DD\d+) (?:\[\*\] )?(?:error|warning|notice): ", text, re.MULTILINE)
    return Counter((path, int(line), code) for path, line, code in lines)


def of_pylint(text: str) -> Found:
    lines = re.findall(r"^(.+?):(\d+): \[(DD\d+)\] ", text, re.MULTILINE)
    return Counter((path, int(line), code) for path, line, code in lines)


def of_full(text: str) -> Found:
    heads = re.findall(r"^(?:error|warning|notice)\[(DD\d+)\]: .*\n *--> (.+):(\d+):\d+$", text, re.MULTILINE)
    return Counter((path, int(line), code) for code, path, line in heads)


def of_grouped(text: str) -> Found:
    found: Found = Counter()
    path = ""
    for line in text.splitlines():
        if line.endswith(":") and not line.startswith(" "):
            path = line[:-1]
        elif row := re.match(r" +(\d+):\d+ +(?:error|warning|notice) +(DD\d+) ", line):
            found[path, int(row[1]), row[2]] += 1
    return found


def of_github(text: str) -> Found:
    commands = [command for line in text.splitlines() if (command := read(line))]
    found = of_concise("".join(f"{line}\n" for line in text.splitlines() if read(line) is None))
    for command in commands:
        code = command.properties["title"].removeprefix("ddlint (").removesuffix(")")
        found[command.properties["file"], int(command.properties["line"]), code] += 1
    return found


def of_azure(text: str) -> Found:
    parts = (dict(re.findall(r"(\w+)=([^;]*);", line.partition("]")[0])) for line in text.splitlines())
    return Counter((part["sourcepath"], int(part["linenumber"]), part["code"]) for part in parts)


def of_markdown(text: str) -> Found:
    rows = re.findall(
        r"^\| \S&nbsp;\w+ \| (DD\d+) [^|]*\| `(.+?):(\d+):\d+` \|", text.partition("<details>")[0], re.MULTILINE
    )
    return Counter((path, int(line), code) for code, path, line in rows)


READERS: dict[str, Callable[[str], Found]] = {
    "full": of_full,
    "concise": of_concise,
    "grouped": of_grouped,
    "github": of_github,
    "json": of_json,
    "json-lines": of_json_lines,
    "sarif": of_sarif,
    "gitlab": of_gitlab,
    "junit": of_junit,
    "rdjson": of_rdjson,
    "azure": of_azure,
    "pylint": of_pylint,
    "markdown": of_markdown,
}


def test_every_format_has_a_reader() -> None:
    assert list(READERS) == list(NAMES)


def test_each_format_carries_the_same_findings(shop: Folder) -> None:
    ran = shop.run(*WORDS, *EVERY)
    expected = of_json(shop.read("json.out"))

    assert ran.code == 1
    assert sum(expected.values()) > 20
    assert {
        name: found for name, reader in READERS.items() if (found := reader(shop.read(f"{name}.out"))) != expected
    } == {}


def test_each_format_obeys_the_least_severity(shop: Folder) -> None:
    shop.run(*WORDS[:2], "--min-severity", "error", *EVERY)
    levels = {each["severity"] for each in json.loads(shop.read("json.out"))["findings"]}
    expected = of_json(shop.read("json.out"))

    assert levels == {"error"}
    assert {name for name, reader in READERS.items() if reader(shop.read(f"{name}.out")) != expected} == set()


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("-j", "2"),
        ("-j", "4"),
        ("shop", "many é"),
        ("many é", "shop"),
        ("many é", "shop/worker", "shop"),
        ("./shop/..",),
        ("{here}",),
        ("{here}/shop/../many é", "./shop/."),
    ],
    ids=[
        "once more",
        "two processes",
        "four processes",
        "by name",
        "in another order",
        "named twice",
        "with dots",
        "absolute",
        "absolute with dots",
    ],
)
def test_no_byte_depends_on_how_it_was_run(shop: Folder, words: tuple[str, ...]) -> None:
    shop.run(*WORDS, *EVERY, ".")
    once = {name: shop.read(f"{name}.out") for name in NAMES}

    shop.run(*WORDS, *EVERY, *(word.format(here=shop.path) for word in words))

    assert [name for name in NAMES if shop.read(f"{name}.out") != once[name]] == []


def test_the_exit_code_is_the_same_in_every_format(shop: Folder) -> None:
    assert {shop.run(*WORDS, "--format", name).code for name in NAMES} == {1}
    assert {shop.run("--isolated", "--select", "DD107", "--format", name).code for name in NAMES} == {0}


def test_what_services_need_is_filled_in_a_real_run(shop: Folder) -> None:
    shop.run(*WORDS, *EVERY)
    (run,) = json.loads(shop.read("sarif.out"))["runs"]
    driver = run["tool"]["driver"]

    assert driver.get("informationUri", "") == HOME
    assert all(rule["help"]["markdown"].startswith(f"# {rule['id']} ") for rule in driver["rules"])
    assert all(rule.get("helpUri", "").startswith(HOME) for rule in driver["rules"])
    assert all(set(each["partialFingerprints"]) == {"primaryLocationLineHash", "ddlint/v1"} for each in run["results"])
    prints = [each["fingerprint"] for each in json.loads(shop.read("gitlab.out"))]
    assert len(set(prints)) == len(prints)
    assert all(
        each["code"].get("url", "").startswith(HOME) for each in json.loads(shop.read("rdjson.out"))["diagnostics"]
    )
    assert all(each["evidence"] for each in json.loads(shop.read("json.out"))["findings"] if each["row"])


def test_reviewdog_gets_columns_in_bytes(folder: Folder) -> None:
    folder.put("pyproject.toml", '[project]\ndependencies = ["é; python_version<\'3\'", "ddtrace==3.19.9"]\n')
    folder.run("--as-of", "2026-11-21", "-o", "rdjson:r", "-o", "json:j", "--select", "DD101")
    (reviewed,), (found,) = json.loads(folder.read("r"))["diagnostics"], json.loads(folder.read("j"))["findings"]

    assert reviewed["location"]["range"]["start"]["column"] == found["start"]["column"] + 1


def test_the_job_summary_has_the_support_table(shop: Folder) -> None:
    shop.run(*WORDS, "-o", "markdown:m")
    table = re.split(r"<summary>Support table: .*</summary>\n\n", shop.read("m"))[1].splitlines()

    assert table[0] == "| project | dependency | found | supported | release | verdict |"
    assert (
        "| `shop` | celery | `celery==4.3.0` | `>=4.4` | 4.16.0, 4.0.4 | \N{LARGE YELLOW CIRCLE}&nbsp;warning |"
        in table
    )
    assert (
        "| `shop` | aioredis | `aioredis>=2` | none since 4.0.0 | 4.16.0, 4.0.4 | \N{LARGE YELLOW CIRCLE}&nbsp;warning |"
        in table
    )
    assert (
        "| `shop/worker` | requests | `requests>=2.31` | `>=2.20` | 2.20.0 | \N{WHITE HEAVY CHECK MARK}&nbsp;supported |"
        in table
    )


def test_the_job_summary_of_a_huge_repository_stays_below_its_limit(folder: Folder) -> None:
    names = ("django", "flask", "celery", "aiohttp", "sqlalchemy", "jinja2", "requests", "httpx", "mako", "tornado")
    text = "ddtrace==4.16.0\n" + "".join(f"{name}==0.0.1\n" for name in names * 2)
    for number in range(120):
        folder.put(f"{'deep-' * 40}{number}/requirements.txt", text)

    folder.run("-o", "markdown:m", "--select", "DD301")

    assert 500_000 < len(folder.read("m").encode()) < 1_048_576
    assert "more would not fit" in folder.read("m")


def test_the_tenth_annotation_says_how_many_more_there_are(shop: Folder) -> None:
    text = shop.run(*WORDS, "--format", "github").out
    warnings = [command for line in text.splitlines() if (command := read(line)) and command.name == "warning"]
    counted = json.loads(shop.run(*WORDS, "--format", "json").out)["summary"]["warning"]

    assert len(warnings) == 10
    assert f"{counted - 10} more warnings without an annotation" in warnings[-1].message
