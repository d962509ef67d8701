"""The JSON of a plan is a contract: a schema describes it, and a program applies its edits."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddlint import plan
from ddlint.cli.plan import target_of
from ddlint.core.report import apply_edits
from ddlint.core.source import Source, decode
from ddlint.plan.build import build_plan
from ddlint.plan.formats.json import render
from ddlint.plan.model import Document
from ddlint.plan.text_edits import combined
from ddlint.project.resolve import resolve, variants
from tests.plan.made import DAY, JUDGING, ROOT, document, of, pack, parsed, plan_of
from tests.plan.sample import ALONE, DOCUMENT, EMPTY
from tests.plan.test_changes import DOCKERFILE, SHOP


def validate(data: Any, shape: Any) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="the oracle of schemas is in requirements-ci.txt")
    jsonschema.Draft202012Validator.check_schema(shape)
    jsonschema.validate(data, shape, jsonschema.Draft202012Validator)


@cache
def schema() -> Any:
    return json.loads((Path(plan.__file__).parent / "plan.schema.json").read_text(encoding="utf-8"))


def documents() -> list[Document]:
    shop = plan_of({"pyproject.toml": SHOP, "Dockerfile": DOCKERFILE})
    return [DOCUMENT, ALONE, EMPTY, document(shop), document(plan_of(of("tracelib @ https://files.example/t.whl")))]


@pytest.mark.parametrize("number", range(5))
def test_every_plan_fits_the_schema(number: int) -> None:
    validate(json.loads(render(documents()[number])), schema())


def test_every_key_is_in_the_schema() -> None:
    """A key that is added is described."""

    def closed(node: Any) -> Any:
        if isinstance(node, dict):
            made = {key: closed(value) for key, value in node.items()}
            return made if "properties" not in node or "by_status" in node["properties"] else {**made, **_CLOSED}
        return [closed(each) for each in node] if isinstance(node, list) else node

    whole = closed(schema())
    whole["$defs"]["count"].pop("additionalProperties")
    for each in documents():
        validate(json.loads(render(each)), whole)


_CLOSED = {"additionalProperties": False}


def applied(files: dict[str, bytes], text: str) -> dict[str, bytes]:
    """Apply the edits of a JSON plan, as docs/plan.md shows how."""
    edits = {
        (edit["path"], edit["start"]["offset"], edit["end"]["offset"], edit["text"], edit["encoding"])
        for plan_ in json.loads(text)["plans"]
        for change in plan_["changes"]
        if change["required"]
        for edit in change["edits"]
    }
    for path, start, end, new, encoding in sorted(edits, key=lambda each: each[1], reverse=True):
        files[path] = files[path][:start] + new.encode(encoding) + files[path][end:]
    return files


_NAMES = st.sampled_from(["tracelib", "webby", "helper", "clashy", "oldy", "sqly", "unknown"])
_SPECIFIERS = st.sampled_from(
    ["", "==1.0", "==2.0.0", ">=1.5,<1.9", "~=1.0", " >= 1, < 2", "==1.0 ; python_version > '3'"]
)
_REQUIREMENTS = st.lists(st.tuples(_NAMES, st.sampled_from(["", "[speed]"]), _SPECIFIERS).map("".join), max_size=6)
_LINE_ENDS = st.sampled_from(["\n", "\r\n"])
_BOMS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])
_COMMENTS = st.sampled_from(["", "# ünï 😀", "# 日本語"])


@given(
    _REQUIREMENTS, _LINE_ENDS, _BOMS, _COMMENTS, st.sampled_from(["requirements.txt", "pyproject.toml", "setup.cfg"])
)
@settings(deadline=None, max_examples=150)
def test_a_program_that_applies_the_edits_makes_the_same_bytes(
    requirements: list[str], end: str, encoding: str, comment: str, name: str
) -> None:
    lines = ["tracelib==2.0.0", *requirements]
    match name:
        case "pyproject.toml":
            listed = [f'  "{each}", {comment}' for each in lines]
            text = end.join(
                ["[project]", 'name = "shop"', 'requires-python = ">=3.8"', "dependencies = [", *listed, "]", ""]
            )
        case "setup.cfg":
            text = end.join(["[options]", "install_requires =", *(f"  {each}" for each in lines), ""])
        case _:
            text = end.join([comment, *lines, ""])
    data = text.encode(encoding)
    source = decode(f"{ROOT}/{name}", data)
    assert isinstance(source, Source)
    manifests = (parsed(source),)
    project = resolve(ROOT, manifests, pack(), JUDGING)
    made = build_plan(project, pack(), target_of(pack(), ""), variants(project, pack(), JUDGING))
    texts, at_odds = combined([made])
    written = apply_edits(source.text, texts.get(source.path, ()))
    blocked = {name: data} if made.blockers else applied({name: data}, render(Document("0", DAY, ROOT, (made,))))

    assert at_odds == ()
    assert blocked == {name: source.bom + written.encode(source.encoding)}


def test_what_an_edit_replaces_is_what_stands_there() -> None:
    text = "# ü\r\ntracelib==2.0.0\r\nwebby == 1.0\r\n"
    made = json.loads(render(document(plan_of({"requirements.txt": text}))))
    edits = [edit for change in made["plans"][0]["changes"] for edit in change["edits"]]

    assert [text.encode()[each["start"]["offset"] : each["end"]["offset"]].decode() for each in edits] == [
        each["was"] for each in edits
    ]
    for each in edits:
        line = text.split("\r\n")[each["start"]["line"] - 1]
        assert line[each["start"]["column"] - 1 : each["end"]["column"] - 1] == each["was"]
