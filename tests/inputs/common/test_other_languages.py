"""Which containers run another language."""

from __future__ import annotations

import pytest

from ddlint.inputs.common.other_languages import is_other_language


@pytest.mark.parametrize(
    ("image", "command", "variables", "expected"),
    [
        ("registry.example/shop-java:1", "", [], True),
        ("node:20", "", [], True),
        ("registry.example/api", "java -jar api.jar", [], True),
        ("", "/usr/bin/npm start", [], True),
        ("", "", ["JAVA_TOOL_OPTIONS"], True),
        ("", "", ["NODE_OPTIONS", "DD_SERVICE"], True),
        ("registry.example/shop-java:1", "python worker.py", [], False),
        ("registry.example/python-node:1", "", [], False),
        ("", "", ["JAVA_OPTS", "PYTHONPATH"], False),
        ("", "", ["JAVA_HOME", "NODE_ENV"], False),
        ("registry.example/api:1", "", ["DD_SERVICE"], False),
        ("registry.example/javascript-free:1", "", [], False),
        ("", "gopher", [], False),
        ("", "", [], False),
    ],
)
def test_a_container(image: str, command: str, variables: list[str], expected: bool) -> None:
    assert is_other_language(image, command, variables) is expected
