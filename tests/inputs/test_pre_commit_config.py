from __future__ import annotations

import pytest

from ddlint.inputs import pre_commit_config
from tests.inputs.shown import assert_lawful, read, shown

CASES = [
    ("", []),
    ("repos: []\n", []),
    ("repos: x\n", []),
    (
        "repos:\n- repo: x\n  hooks:\n  - id: mypy\n    additional_dependencies: [a==1, 'b>1', ./local]\n",
        [
            "5:31 a ==1 @env:pre-commit:mypy",
            "5:38 b >1 @env:pre-commit:mypy",
            "5:44 ? @env:pre-commit:mypy unknown",
        ],
    ),
    ("repos:\n- hooks:\n  - id: e\n    additional_dependencies:\n    - '@types/x'\n    - a=1\n    - -x\n    - é\n", []),
    ("repos:\n- hooks:\n  - id: e\n    language: node\n    additional_dependencies: [a]\n", []),
    ("repos:\n- hooks:\n  - additional_dependencies: [a]\n", ["3:31 a @env:pre-commit:?"]),
    ("repos:\n- hooks: [\n", ["2:10 DD002 ["]),
]


@pytest.mark.parametrize("text, expected", CASES)
def test_reads_what_stands_beside_a_hook(text: str, expected: list[str]) -> None:
    manifest = read(pre_commit_config, text)

    assert shown(manifest) == expected
    assert_lawful(manifest)
