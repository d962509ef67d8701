"""What other distributions require of the subject, read from the metadata of their wheels."""

from __future__ import annotations

import io
import zipfile

import pytest

from tools.refresher.dependents import Demand, Version, demands, read_versions, refreshed, render
from tools.refresher.index import File

SHARED = frozenset({"wrapt", "six"})


def metadata(*requires: str) -> str:
    return "\n".join(["Metadata-Version: 2.1", *(f"Requires-Dist: {text}" for text in requires)]) + "\n\nText.\n"


@pytest.mark.parametrize(
    ("requires", "expected"),
    [
        ((), ()),
        (("wrapt>=1",), ()),
        (("acme-sdk",), (("", "*", ()),)),
        (("acme_sdk (==0.28.0)", "wrapt (==1.11.1)"), (("", "==0.28.0", (("wrapt", "==1.11.1"),)),)),
        (("acme-sdk<5,!=4.6.*,>=4.1", "requests<3"), (("", ">=4.1,<5,!=4.6.*", ()),)),
        (('acme-sdk>=1; extra == "dev"', "six"), ()),
        (("acme-sdk>=1", 'six<2; python_version < "3"'), (("", ">=1", ()),)),
        (
            (
                'acme-sdk<4; python_version >= "3.8" and python_version < "3.10"',
                "acme-sdk>=4; python_version >= '3.10'",
            ),
            ((">=3.8,<3.10", "<4", ()), (">=3.10", ">=4", ())),
        ),
    ],
)
def test_the_demands_of_metadata(requires: tuple[str, ...], expected: tuple[tuple[object, ...], ...]) -> None:
    assert demands(metadata(*requires), "acme-sdk", SHARED) == expected


def version(text: str, subject: str) -> Version:
    return Version(text, "2026-01-05", (Demand("", subject, ()),) if subject else ())


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        ((("1.0", ">=1"),), [("==1.0", ">=1")]),
        ((("1.0", ">=1"), ("1.1", ">=1"), ("1.2", ">=2")), [(">=1.0,<1.2", ">=1"), ("==1.2", ">=2")]),
        ((("1.0", ">=1"), ("1.1", ""), ("1.2", ">=1"), ("1.3", ">=1")), [("==1.0", ">=1"), (">=1.2,<=1.3", ">=1")]),
        ((("1.0", ""),), []),
    ],
)
def test_versions_that_require_the_same_are_one_row(
    versions: tuple[tuple[str, str], ...], expected: list[tuple[str, str]]
) -> None:
    rows = list(render("acme-lambda", [version(*each) for each in versions]))

    assert [tuple(row.split('"')[number] for number in (1, 3)) for row in rows] == expected


class Wheels:
    """An index with wheels of one distribution."""

    FILES = (
        File("acme_lambda-1.0-py2-none-any.whl", "a", uploaded="2026-01-01", has_metadata=True),
        File("acme_lambda-1.0-py3-none-any.whl", "b", uploaded="2026-01-02", has_metadata=True),
        File("acme_lambda-1.1-py2.py3-none-any.whl", "c", uploaded="2026-02-01"),
        File("acme_lambda-1.2-py3-none-any.whl", "d", is_yanked=True),
        File("acme_lambda-1.3rc1-py3-none-any.whl", "e", has_metadata=True),
        File("acme_lambda-1.4.tar.gz", "f"),
    )

    def files(self, name: str) -> list[File]:
        assert name == "acme-lambda"
        return list(self.FILES)

    def fetch(self, file: File) -> bytes:
        assert file.url == "c"
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as archive:
            archive.writestr("acme_lambda-1.1.dist-info/METADATA", metadata("acme-sdk>=2"))
        return content.getvalue()

    def metadata(self, wheel: File) -> str:
        return metadata({"a": "acme-sdk<1", "b": "acme-sdk>=1", "e": "acme-sdk>=3"}[wheel.url])


def test_every_final_version_with_a_wheel_is_read() -> None:
    found = read_versions("acme-lambda", "acme-sdk", SHARED, Wheels())

    assert [(each.text, each.uploaded, each.demands[0].subject) for each in found] == [
        ("1.0", "2026-01-02", ">=1"),
        ("1.1", "2026-02-01", ">=2"),
    ]


def test_the_file_that_is_written() -> None:
    text = refreshed(["acme-lambda"], "acme-sdk", SHARED, Wheels())

    assert text.startswith("# Written by tools/refresh.py")
    assert text.endswith(
        '  - {distribution: acme-lambda, versions: "==1.1", subject: ">=2", source: dependent-wheel, revision: "1.1", '
        'as_of: "2026-02-01", examples: {ok: ["2"], bad: ["1"]}}\n'
    )
