"""The lists of pages say how old each kind of fact is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ddlint.pack.ages import days_of
from tools.site import facts, integration_pages, series_pages, setting_pages


@pytest.mark.parametrize("index", [integration_pages._index, series_pages._index, setting_pages._index])
def test_an_index_says_when_each_kind_of_fact_was_read(index: Callable[[], str]) -> None:
    text = index()
    section = text[text.index("## Read on") :]

    assert len(days_of(facts.PACK)) > 15
    assert all(f"| {kind} | {day} |" in section for kind, day in days_of(facts.PACK))
