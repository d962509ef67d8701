import pytest

from tests.outputs.runner import Command, is_legacy_command, read


@pytest.mark.parametrize(
    "line, expected",
    [
        ("::error::boo", Command("error", {}, "boo")),
        ("  ::Error file=a.txt,line=1 ::a::b", Command("error", {"file": "a.txt", "line": "1"}, "a::b")),
        ("::notice title=a%3Ab%2Cc%25,,col=::100%25%0A%3A", Command("notice", {"title": "a:b,c%"}, "100%\n%3A")),
        ("::error file==x::boo", Command("error", {"file": "x"}, "boo")),
        ("::stop-commands::x", Command("stop-commands", {}, "x")),
    ],
)
def test_reads(line: str, expected: Command) -> None:
    assert expected == read(line)


@pytest.mark.parametrize("line", ["error::boo", "a ::error::boo", "::boo::x", "::error", "::: a::b", ""])
def test_reads_no_command(line: str) -> None:
    assert read(line) is None


@pytest.mark.parametrize(
    "line, expected", [("a ##[error]b", True), ("##VSO[x]", True), ("##\\[error]", False), ("#[a", False)]
)
def test_reads_the_old_form(line: str, expected: bool) -> None:
    assert expected == is_legacy_command(line)
