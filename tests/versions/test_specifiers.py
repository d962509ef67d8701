"""The verdict on a requirement, by table and against brute force."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from ddlint.versions.specifiers import Verdict, allows, newest_allowed, pin, verdict

C, U, A, P, OPEN, S, X = (
    Verdict.CONTRADICTION,
    Verdict.UNSUPPORTED,
    Verdict.ABOVE,
    Verdict.PARTLY,
    Verdict.UNBOUNDED,
    Verdict.SUPPORTED,
    Verdict.UNKNOWN,
)

TABLE = [
    # contradictions
    (">=2,<1", [">=1"], C),
    ("==1.0,!=1.0", [">=1"], C),
    ("==4.2,>=5", [">=1"], C),
    ("===4.2,>=5", [">=1"], C),
    (">=2,<1 || >=3,<2", [">=1"], C),
    # pins
    ("==2.2", [">=2.2,<5.2"], S),
    ("==2.1.9", [">=2.2,<5.2"], U),
    ("==5.2", [">=2.2,<5.2"], U),
    ("==5.2a1", ["<5.2"], U),
    ("==5.0rc1", [">=4,<6"], S),
    ("==5.0rc1", ["<5.2"], S),
    ("==5.0.dev3", [">=4,<6"], S),
    ("===4.2", [">=4"], S),
    ("===4.2", [">=5"], U),
    ("===4.2-weird", [">=5"], X),
    ("===foo", [">=5"], X),
    ("==4.2+local", [">=2.2,<5.2"], S),
    ("==4.2+local", ["<=4.2"], S),
    ("==v4.2", [">=4"], S),
    ("==01.02", [">=1.2"], S),
    ("==3.10", [">=3.2"], S),
    ("==2.08", [">=2.8"], S),
    ("==1!2.0", [">=2,<5"], U),
    ("==4.2.0", ["==4.2"], S),
    ("==3.5", [">=2.2,<3", ">=4,<5"], U),
    ("==4.5", [">=2.2,<3", ">=4,<5"], S),
    ("==4.5", [">=2.2,<3 || >=4,<5"], S),
    ("==1.0", [""], S),
    ("==1.0 || ==2.0", [">=2"], P),
    # wildcards and wholly outside or inside
    ("==4.2.*", [">=2.2,<5.2"], S),
    ("==2.2.*", [">=2.2"], S),
    ("==1.11.*", [">=2.2,<5.2"], U),
    ("==2.*", [">=2.2"], P),
    ("<2", [">=2.2"], U),
    ("<2.2", [">=2.2"], U),
    (">=3,<4", [">=2.2,<3 || >=4,<5"], U),
    (">=5.2", ["<5.2"], U),
    ("~=2.2", [">=2.2"], S),
    ("~=1.11", [">=2.2"], U),
    ("==1!2.*", [">=2"], S),
    ("~=1!0.5", [">=2"], S),
    (">=2.3,<3", [">=2.2,<5.2"], S),
    (">=2.2rc1", [">=2.2"], S),
    # the upper end is outside: an installer takes it
    ("<6", [">=2.2,<5.2"], A),
    (">=1.8,<6", [">=2.2,<5.2"], A),
    ("<=5.2", ["<5.2"], A),
    ("<=5.2,!=5.2", ["<5.1"], A),
    ("<5,!=4.*", [">=2,<3"], A),
    ("==1!0.*", ["<1!0.5"], A),
    ("==5.*", ["<5.2"], A),
    ("~=5.1", ["<5.2"], A),
    ("~=5.1.3", ["<5.2"], S),
    (">=3,<4 || >=5,<6", [">=3,<4"], A),
    ("==1.0 || ==2.0", ["<2"], A),
    (">=3 || <2", ["<2"], A),
    # an explicit lower bound reaches outside, or there is a gap
    (">=1.0,!=1.0", [">=1.1"], P),
    (">=1.0,!=1.0,!=1.0.1", [">=1.1"], P),
    (">1.0,!=1.0.1", [">=1.1"], P),
    (">=3,<=5.2,!=5.2", [">=4,<5.2"], P),
    ("<5,!=4.*", [">=3,<3.5", ">=3.6"], OPEN),
    (">=1.8", [">=2.2"], P),
    (">=1.8,<3", [">=2.2,<5.2"], P),
    (">1.8", [">=1.9"], P),
    ("~=1.11", [">=1.12"], P),
    (">=1,<2 || >=3,<4", [">=3"], P),
    (">=3", [">=2,<2.9 || >=4"], P),
    (">=1,<3", [">=1,<2.2", ">=2.3,<4"], P),
    # leaks only where no bound is written
    ("", [">=2.2"], OPEN),
    ("!=3.0", [">=2.2"], OPEN),
    (">=2.3", [">=2.2,<5.2"], OPEN),
    (">=2.2", [">=2.2,<5.2"], OPEN),
    (">2.2", [">2.2,<5.2"], OPEN),
    ("<3", [">=2.2"], OPEN),
    ("<5.2", [">=2.2,<5.2"], OPEN),
    ("<=5.1", [">=2.2,<5.2"], OPEN),
    (">=0", [">=2.2"], OPEN),
    (">=2.3 || >=3", [">=2.2,<5"], OPEN),
    # supported
    ("", [""], S),
    (">=2.2", [""], S),
    (">=2.2", [">=2.2"], S),
    (">=2.2.0", [">=2.2"], S),
    ("!=3.0,>=3", [">=2"], S),
    # no specifier at all
    ("latest", [">=2"], X),
    ("=>1", [">=2"], X),
    ("==" + "9" * 5000, [">=2"], X),
    (">=2", ["nonsense"], X),
]


@pytest.mark.parametrize(("requirement", "supported", "expected"), TABLE)
def test_verdict_of_a_requirement(requirement: str, supported: list[str], expected: Verdict) -> None:
    assert expected is verdict(requirement, tuple(supported))


@pytest.mark.parametrize(
    ("specifier", "expected"),
    [
        ("==1.2", "1.2"),
        ("===1.2", "1.2"),
        ("==1.2,!=1.3", "1.2"),
        ("== 1.2+cu118", "1.2+cu118"),
        ("==1.2.*", ""),
        (">=1.2", ""),
        ("", ""),
        ("===foo", ""),
        ("==1.0 || ==2.0", ""),
    ],
)
def test_pin_is_the_one_version_named(specifier: str, expected: str) -> None:
    assert expected == pin(specifier)


@pytest.mark.parametrize(
    ("specifier", "expected"),
    [
        ("", "999999.999999"),
        (">=3", "999999.999999"),
        ("!=2", "999999.999999"),
        ("==1.2", "1.2"),
        ("==1.2,>=1", "1.2"),
        ("==1.*", "1.999999.999999"),
        ("~=1.4", "1.999999.999999"),
        ("~=1.4.2", "1.4.999999.999999"),
        ("==1!2.*", "1!2.999999.999999"),
        ("<=3", "3"),
        ("<5", "4.999999.999999"),
        (">=3,<5.0", "4.999999.999999"),
        ("~=1.4,<1.4.9", "1.4.8.999999.999999"),
        ("<1 || >=2,<3", "2.999999.999999"),
        (">=2,<1 || <1", "0.999999.999999"),
        (">=2,<1", None),
        ("===odd", None),
        ("nonsense;", None),
    ],
)
def test_the_newest_version_a_specifier_allows(specifier: str, expected: str | None) -> None:
    found = newest_allowed(specifier)

    assert expected == (None if found is None else str(found))


def test_admits_takes_pre_releases_and_local_labels() -> None:
    assert allows(">=4,<6", "5.0rc1")
    assert allows("==4.2", "4.2+corp")
    assert not allows(">=4", "3.9")
    assert not allows(">=4", "unknown")


_NUMBERS = st.integers(0, 3)
_VERSIONS = st.builds(lambda a, b: f"{a}.{b}", _NUMBERS, _NUMBERS) | _NUMBERS.map(str)
_CLAUSES = (
    st.builds(lambda operator, text: operator + text, st.sampled_from([">=", "<=", ">", "<", "==", "!="]), _VERSIONS)
    | _VERSIONS.map(lambda text: f"=={text}.*")
    | st.builds(lambda a, b: f"~={a}.{b}", _NUMBERS, _NUMBERS)
)
_SPECIFIERS = st.lists(_CLAUSES, max_size=2).map(",".join)
_GRID = [
    Version(text)
    for a in range(6)
    for b in range(6)
    for text in (f"{a}", f"{a}.{b}", f"{a}.{b}.1", f"{a}.{b}.9", f"{a}.999999", f"{a}.{b}.999999", f"{a}.{b}.post1")
]


def _grid(specifier: str) -> set[Version]:
    return {each for each in _GRID if SpecifierSet(specifier).contains(each, prereleases=False)}


def _is_open(specifier: str) -> bool:
    """Whether no clause bounds the newest version."""
    return all(each.operator in {">", ">=", "!="} for each in SpecifierSet(specifier))


@pytest.mark.long
@settings(max_examples=400, deadline=None)
@example(">=0,!=0.0", [">0"])  # all that is outside is `0.post1`
@given(_SPECIFIERS, st.lists(_SPECIFIERS, min_size=1, max_size=2))
def test_verdict_agrees_with_brute_force_over_a_grid_of_final_releases(requirement: str, supported: list[str]) -> None:
    wanted = _grid(requirement)
    covered = set().union(*(_grid(each) for each in supported))

    found = verdict(requirement, tuple(supported))

    if not wanted:
        expected = {Verdict.CONTRADICTION, Verdict.UNSUPPORTED, Verdict.SUPPORTED}
    elif not wanted & covered:
        expected = {Verdict.UNSUPPORTED}
    elif wanted <= covered:
        expected = {Verdict.SUPPORTED}
    elif max(wanted) in covered or _is_open(requirement):
        expected = {Verdict.PARTLY, Verdict.UNBOUNDED}
    else:
        expected = {Verdict.ABOVE}
    assert found in expected, (requirement, supported, found)


@settings(max_examples=200, deadline=None)
@given(_SPECIFIERS, _SPECIFIERS)
def test_a_written_bound_on_each_side_never_counts_as_unbounded(requirement: str, supported: str) -> None:
    found = verdict(f"{requirement},>=0.1,<3" if requirement else ">=0.1,<3", (supported,))

    assert found is not Verdict.UNBOUNDED


@settings(max_examples=200, deadline=None)
@given(_VERSIONS, _SPECIFIERS)
def test_a_pin_is_supported_exactly_when_the_set_contains_it(text: str, supported: str) -> None:
    expected = Verdict.SUPPORTED if Version(text) in SpecifierSet(supported) else Verdict.UNSUPPORTED

    assert expected is verdict(f"=={text}", (supported,))
