"""What the benchmarks compute of what they have measured: ratios, limits, growth, and what ddlint takes of a peer."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import pytest

from benchmarks import cases, peers, run, samples, timing
from benchmarks.cases import CASES, Case, Growth, Room
from benchmarks.peers import MATCHES, Peer
from benchmarks.timing import Call, FailedError, Taken
from ddlint.cli import terminal
from tests.repository.source_tree import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.run import Measured


def case_of(**given: object) -> Case:
    return Case("large", lambda _: (), **given)  # type: ignore[arg-type]  # as the tables below have them


def measured(case: Case, ratio: float = 2.0, mebibytes: float = 20.0) -> Measured:
    return run.Measured(case, ratio, ratio, ratio * 9, mebibytes)


SMALL = {"small": measured(case_of(), ratio=2.0)}


@pytest.mark.parametrize(
    "case, ratio, mebibytes, said",
    [
        (case_of(), 99.0, 999.0, ""),
        (case_of(must=2.0), 2.0, 20.0, "ok"),
        (case_of(must=2.0), 2.01, 20.0, "over: time"),
        (case_of(must=3.0, aim=2.0), 2.0, 20.0, "ok"),
        (case_of(must=3.0, aim=2.0), 2.5, 20.0, "ok, above the aim"),
        (case_of(must=3.0, aim=2.0), 3.5, 20.0, "over: time"),
        (case_of(limit=40.0), 99.0, 40.0, "ok"),
        (case_of(limit=40.0), 99.0, 40.1, "over: memory"),
        (case_of(must=2.0, limit=40.0), 2.5, 41.0, "over: time, memory"),
        (case_of(growth=Growth("small", 10)), 22.0, 20.0, "ok"),
        (case_of(growth=Growth("small", 10)), 22.1, 20.0, "over: growth, 11.1 times for 10.0"),
        (case_of(growth=Growth("not measured", 10)), 99.0, 20.0, ""),
    ],
)
def test_a_figure_is_compared_with_its_limits(case: Case, ratio: float, mebibytes: float, said: str) -> None:
    found = measured(case, ratio, mebibytes)

    assert run.verdict(found, SMALL) == said
    assert bool(run.complaints(found, SMALL)) is said.startswith("over")


def test_a_row_has_its_figures_below_the_headings() -> None:
    shown = run.row(measured(case_of(must=3.0, aim=2.5, limit=46.0)), "ok")

    assert [shown[: run.HEADING.index(name) + len(name)].split()[-1] for name in ("ratio", "cpu", "ms", "MiB")] == [
        "2.00x",
        "2.00x",
        "18.0",
        "20.0",
    ]
    assert shown.split()[-4:] == ["3.0x", "2.5x", "46", "ok"]


def taken(*walls: float) -> tuple[Taken, ...]:
    return tuple(Taken(wall, wall) for wall in walls)


def test_a_ratio_is_the_median_of_those_of_the_turns() -> None:
    turns = [taken(1.0, 3.0, 6.0), taken(2.0, 10.0, 5.0), taken(1.0, 4.0, 40.0)]

    assert timing.ratio(turns, of=1) == 4.0
    assert timing.ratio(turns, of=1, to=2) == 0.5


PEERS = (Peer("deptry --version", 0.2), Peer("ruff --version"))


@pytest.mark.parametrize("own, is_over", [(2.0, False), (2.1, True)])
def test_what_ddlint_takes_of_a_peer(own: float, is_over: bool) -> None:
    deptry, ruff = peers.rows("--version", PEERS, [taken(1.0, own, 10.0, 0.5)])

    assert (deptry.own, deptry.other, deptry.part, deptry.is_over) == (own, 10.0, own / 10, is_over)
    assert (ruff.part, ruff.is_over) == (own / 0.5, False)
    assert [cell.strip() for cell in peers.line(deptry).split("|")[1:-1]] == [
        *("--version", f"{own:.2f}x", "deptry --version", "10.00x", f"{own / 10:.3f}", "0.20"),
        "over" if is_over else "ok",
    ]


def test_a_peer_gets_the_path_that_ddlint_gets(tmp_path: Path) -> None:
    peer, lock = Peer("uv export --project {folder} {}"), tmp_path / "uv.lock"
    call = peers.call_of(peer, str(lock), tmp_path / "bin", "/own")

    assert call.words == (str(tmp_path / "bin" / "uv"), "export", "--project", str(tmp_path), str(lock))
    assert call.environment["UV_CACHE_DIR"].startswith("/own")
    assert peers.name_of(peer) == "uv export --project"


def test_every_peer_is_pinned_and_every_case_has_one() -> None:
    pins = peers.PINS.read_text(encoding="utf-8")
    programs = {peer.words.split()[0] for match in MATCHES for peer in match.peers}

    assert programs == {
        *("cyclonedx-py", "deptry", "fawltydeps", "pip-audit", "validate-pyproject", "uv", "ruff", "python"),
    }
    assert [name for name in peers.SHOWN if f"\n{name}==" not in pins] == []
    assert peers.versions().count("==") == 0


def test_every_growth_is_from_a_case_that_is_measured_before() -> None:
    titles = [case.title for case in CASES]

    assert len(set(titles)) == len(titles)
    assert [
        case.title for number, case in enumerate(CASES) if case.growth and case.growth.title not in titles[:number]
    ] == []
    assert {f"{number} projects, -j {jobs}" for number in ("1,000", "10,000") for jobs in (1, 2)} <= set(titles)


def test_the_page_has_the_limits_of_the_cases() -> None:
    page = (ROOT / "docs" / "speed.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(.+)` \| ([\d.]+)x \| ([\d.]+)x \| ", page, re.MULTILINE)
    limits = {case.title: (case.must, case.aim) for case in CASES if case.must and case.aim}

    assert {title: (float(must), float(aim)) for title, must, aim in rows} == limits


def test_memory_may_be_four_times_the_file_and_forty_mebibytes() -> None:
    assert cases.allowed(10 * timing.MEBIBYTE) == 80.0


def test_what_says_that_this_is_a_ci_is_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*terminal._CI, "DDLINT_CACHE_DIR", "DDLINT_CONFIG", "PYTHONPATH"):
        monkeypatch.setenv(name, "x")
    found = timing.environment(DDLINT_NO_CACHE="1")

    assert timing.CI == terminal._CI
    assert {name for name in found if name in timing.CI or name.startswith("DDLINT") or name == "PYTHONPATH"} == {
        "DDLINT_NO_CACHE"
    }
    assert found["PATH"]


def fake(room: Path, code: str) -> Room:
    """Return a room where `ddlint` is a program of these lines."""
    program = room / "program.py"
    program.write_text(f"import os, sys, pathlib\n{code}", encoding="utf-8")
    start = room / "ddlint"
    start.write_text(f"#!{sys.executable} -IS\nexec(open({str(program)!r}).read())\n", encoding="utf-8")
    start.chmod(0o700)
    return Room(room, str(start))


KEEPS = "at = pathlib.Path(os.environ['DDLINT_CACHE_DIR'])\nat.mkdir(exist_ok=True)\n"
CACHED = Case("cached", lambda _: (), is_cached=True, runs=1)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not start a text file by its `#!` line")
@pytest.mark.parametrize(
    "code, said",
    [
        (f"{KEEPS}(at / 'a.results').touch()\n", ""),
        ("", "no result was kept"),
        (f"{KEEPS}(at / f'{{os.getpid()}}.results').touch()\n", "did not come from the cache"),
        ("sys.exit(2)\n", "ended with 2"),
    ],
)
def test_a_case_from_the_cache_comes_from_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, said: str
) -> None:
    monkeypatch.setattr(cases, "RESTING", 0)
    room = fake(tmp_path, code)
    if said:
        with pytest.raises(FailedError, match=said):
            run.measure(room, CACHED, 1)
    else:
        assert run.measure(room, CACHED, 1).ratio > 0


@pytest.mark.parametrize("code, is_done", [(0, True), (1, True), (2, False), (3, False)])
def test_a_program_that_fails_is_not_measured(code: int, is_done: bool) -> None:
    call = Call((sys.executable, "-IS", "-c", f"raise SystemExit({code})"), timing.environment())
    if is_done:
        assert timing.timed(call).wall > 0
    else:
        with pytest.raises(FailedError, match=f"ended with {code}"):
            timing.timed(call)


def test_a_program_that_is_missing_is_not_measured(tmp_path: Path) -> None:
    with pytest.raises(FailedError, match="does not start"):
        timing.timed(Call((str(tmp_path / "gone"),), timing.environment()))


def test_without_ddlint_beside_this_python_nothing_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)

    with pytest.raises(FailedError, match="not installed"):
        cases.command()


def test_without_the_peers_it_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def failed() -> Path:
        raise FailedError("the peers cannot be installed: no network")

    monkeypatch.setattr(peers, "prepared", failed)
    monkeypatch.setattr(run, "command", lambda: "ddlint")
    monkeypatch.setattr("sys.argv", ["run.py", "--peers"])

    assert run.main() == run.NOT_MEASURED
    assert capsys.readouterr() == ("", "NOT MEASURED: the peers cannot be installed: no network\n")


def test_an_environment_with_the_same_pins_is_used_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    started: list[tuple[str, ...]] = []

    def start(words: tuple[str, ...], **_: object) -> object:
        started.append(words)
        tmp_path.joinpath("peers").mkdir(exist_ok=True)
        return type("Done", (), {"returncode": 0})

    monkeypatch.setattr("subprocess.run", start)
    peers.prepared(tmp_path / "peers")
    made = len(started)
    peers.prepared(tmp_path / "peers")

    assert made == len(started) == 2
    (tmp_path / "peers" / "made-of.txt").write_text("other pins\n", encoding="utf-8")
    peers.prepared(tmp_path / "peers")
    assert len(started) == 4


def test_a_peer_that_fails_is_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = peers.working((Peer("gone {}"),), "file", tmp_path, str(tmp_path))

    assert found == []
    assert capsys.readouterr().err.startswith("NOT MEASURED: ")


def test_uv_gets_a_lock_and_a_manifest_that_belong_together() -> None:
    manifest, lock = samples.lock_with_manifest(20_000)

    assert 'name = "measured"' in manifest
    assert lock.count("[[package]]") == manifest.count(",\n") + 1
    assert len(lock.encode()) < 40_000


@pytest.mark.parametrize("size", [20_000, 200_000])
def test_a_sample_has_about_the_size_it_is_asked_for(size: int) -> None:
    for text in (samples.lock(size), samples.lock(size, ()), samples.pyproject(size)):
        assert 0.8 * size < len(text.encode()) <= size
