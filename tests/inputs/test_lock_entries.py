"""An entry of a lock is the same whether it is made on demand or with all others, and only those asked for are made."""

from __future__ import annotations

import pickle
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddlint.core.model import Dependency, LockEntries, Manifest
from ddlint.core.source import Source
from ddlint.inputs import uv_lock
from ddlint.inputs.common import manifest as manifest_module
from ddlint.inputs.common.toml_lock import locked
from tests.inputs.locks import ALL
from tests.inputs.oracles.lock_texts import locks

if TYPE_CHECKING:
    from types import ModuleType

    from ddlint.inputs.syntax.toml_lock_scan import Table

READERS = {"uv": "uv_lock", "poetry": "poetry_lock", "pdm": "pdm_lock", "pylock": "pylock"}
KINDS = list(ALL)


def reader(kind: str) -> ModuleType:
    return import_module(f"ddlint.inputs.{READERS[kind.partition(' ')[0].partition('.')[0]]}")


def entries_of(manifest: Manifest) -> LockEntries:
    assert isinstance(manifest.dependencies, LockEntries)
    return manifest.dependencies


def check_on_demand(kind: str, text: str, data: st.DataObject) -> None:
    """Compare what is made of some names, in any order, with what is made of all of them from the first to the last."""
    read = reader(kind).parse
    source = Source(f"/p/{kind}.lock", text)
    every, asked = tuple(read(source).dependencies), entries_of(read(source))
    order = data.draw(st.permutations(range(len(every))))
    some = data.draw(st.sets(st.sampled_from(sorted({each.name for each in every}) or [""])))

    assert asked.named(some) == [each for each in every if each.name in some]
    assert [asked[number] for number in order] == [every[number] for number in order]
    assert list(asked.edges()) == [(each.name, each.requires) for each in every]
    assert list(asked.names) == list(dict.fromkeys(each.name for each in every))
    scopes = data.draw(st.sets(st.sampled_from(["", "group:dev", "extra:fast", "group:docs", "build"])))
    chosen, left = entries_of(read(source)).in_scopes(scopes), [each for each in every if each.scopes & scopes]
    assert (list(chosen.edges()), list(chosen)) == ([(each.name, each.requires) for each in left], left)
    assert chosen.named(some) == [each for each in left if each.name in some]
    assert entries_of(read(source)).scopes == {scope for each in every for scope in each.scopes}
    assert [each.at for each in every] == sorted(each.at for each in every)


@given(lock=locks(), data=st.data())
def test_entries_of_any_lock_are_the_same_on_demand(lock: tuple[str, str], data: st.DataObject) -> None:
    kind, text = lock
    if kind != "Pipfile.lock":
        check_on_demand(kind, text, data)


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_entries_with_scopes_forks_and_places_are_the_same_on_demand(kind: str, data: st.DataObject) -> None:
    check_on_demand(kind, ALL[kind], data)


@pytest.mark.parametrize("kind", KINDS)
def test_entries_are_a_sequence_equal_to_a_tuple(kind: str) -> None:
    manifest = reader(kind).parse(Source("/p/x.lock", ALL[kind]))
    entries = entries_of(manifest)
    every = tuple(entries)

    assert entries == every == pickle.loads(pickle.dumps(entries))
    assert (len(entries), hash(entries), repr(entries)) == (len(every), hash(every), repr(every))
    assert (entries[0], entries[-1], entries[1:]) == (every[0], every[-1], every[1:])
    assert entries != every[1:]
    assert manifest.written == ()
    with pytest.raises(IndexError):
        entries[len(every)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_lock_with_more_than_is_read_says_so(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest_module, "_MOST_ITEMS", 2)
    manifest = reader(kind).parse(Source("/p/x.lock", ALL[kind]))

    monkeypatch.undo()
    every = reader(kind).parse(Source("/p/x.lock", ALL[kind])).dependencies
    assert 0 < len(manifest.dependencies) <= 2
    assert tuple(manifest.dependencies) == tuple(every)[: len(manifest.dependencies)]
    assert "reading stops here" in manifest.problems[-1].message
    assert manifest.problems[-1].at == every[len(manifest.dependencies)].at


def test_no_entry_is_made_that_nobody_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def counted(package: Table) -> Dependency:
        made.append(str(package.values["name"]))
        return original(package)

    original = locked
    monkeypatch.setattr(uv_lock, "locked", counted)
    manifest = uv_lock.parse(Source("/p/uv.lock", ALL["uv"]))

    assert (len(manifest.dependencies) > 2, bool(manifest.dependencies), made) == (True, True, [])
    assert {each.name for each in manifest.named({manifest.dependencies[0].name})} == set(made[:1])
    assert len(set(made)) == 1
