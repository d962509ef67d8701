"""What rules/README.md teaches works: its row, under another name, is a good one and is judged."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

from ddlint.pack.build.schema import TOPICS
from ddlint.pack.build.validate import mistakes
from ddlint.pack.loader import load
from tests.cases.runner import lint
from tests.pack.yaml_of import RULES

if TYPE_CHECKING:
    from pathlib import Path

README = (RULES.parent / "README.md").read_text(encoding="utf-8")


def test_a_new_integration_by_its_words(tmp_path: Path) -> None:
    block = re.search(r"```yaml\n(.*?)```", README, re.DOTALL)
    assert block
    pack, project = tmp_path / "rules", tmp_path / "project"
    shutil.copytree(RULES, pack)
    project.mkdir()
    (pack / "integrations" / "acmelib.yaml").write_text(block[1].replace("flask", "acmelib"), encoding="utf-8")

    assert mistakes(pack) == ()
    assert load(pack).knows("acmelib")
    for version, is_told in (("1.1.4", False), ("1.1.3", True)):
        (project / "requirements.txt").write_text(f"ddtrace==4.16.0\nacmelib=={version}\n", encoding="utf-8")
        assert (" DD301 " in lint(project, "--isolated", pack)) is is_told


def test_it_teaches_in_ten_lines() -> None:
    assert re.findall(r"(?m)^(\d+)\. ", README) == [str(number) for number in range(1, 11)]


def test_every_topic_is_named() -> None:
    assert [topic for topic in TOPICS if f"`{topic}`" not in README] == []
