"""The linkage page against queries of its own: shares with intervals, bands, whom to ask, matters, rounds, words.
How requests become bands is tested with the dbt models."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.app_pages.linkage import queries
from dashboards.month import Month
from dashboards.texts import phrases
from tests.dashboards.shown import html

OpenPage = Callable[..., AppTest]
CONTRACTS = Path(__file__).parents[3] / "pipelines" / "extracts" / "contracts"
BASIC = 8  # basic courts of the small world


def wilson(x: int, n: int) -> tuple[float, float]:
    z, p = 1.959964, x / n
    middle, spread = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return (middle - spread) / (1 + z * z / n), (middle + spread) / (1 + z * z / n)


def test_answers_are_summed_over_the_window_and_the_unanswered_taken_at_its_end(
    truth: duckdb.DuckDBPyConnection,
) -> None:
    found = queries.responses(
        truth, "unit_type", ("T13", "T14"), Month.parse("2019-01"), Month.parse("2019-12")
    ).set_index("part")
    police = found.loc["公安"]
    assert (police["sent_count"], police["due_count"], police["on_time_count"]) == (2 * 12 * 6, 2 * 12 * 5, 2 * 12 * 2)
    assert (police["open_count"], police["overdue_count"], police["not_yet_due_count"]) == (2 * 4, 2 * 3, 2 * 1)
    assert police["on_time_ratio"] == pytest.approx(48 / 120)
    assert (police["on_time_low"], police["on_time_high"]) == pytest.approx(wilson(48, 120))
    assert math.isnan(found.loc["银行", "on_time_ratio"])


def test_only_units_whose_whole_interval_lies_below_all_are_to_be_asked(open_page: OpenPage) -> None:
    said = re.findall(r"<dt>(.*?)</dt>", html(open_page("linkage", list="asks", lang="en")))
    assert said == ["Police · Locate person"]
    table = next(e.value for e in open_page("linkage", list="asks").dataframe if "verdict" in e.value.columns)
    words = table.set_index("label")["verdict"]
    assert words["公安 · 查人"].endswith("明显低于合计")
    assert words["税务 · 查询"].endswith("明显高于合计")


def test_a_small_sample_is_not_judged(open_page: OpenPage) -> None:
    app = open_page("linkage", court="T13", window="month", lang="en")
    table = next(e.value for e in app.dataframe if "verdict" in e.value.columns).set_index("label")
    assert table.loc["Police", "verdict"].endswith("not judged")
    assert table.loc["Bank", "verdict"] == "—"


@pytest.mark.parametrize("by, parts", [("unit_type", 4), ("channel", 3), ("matter", 3)])
def test_every_grouping_adds_up_to_the_same_total(open_page: OpenPage, by: str, parts: int) -> None:
    app = open_page("linkage", by=by)
    table = next(e.value for e in app.dataframe if "verdict" in e.value.columns)
    assert len(table) == parts
    assert table["due_count"].sum() == 12 * BASIC * 10
    assert table["overdue_count"].sum() == BASIC * 3


def test_entrusted_matters_say_that_refusals_are_not_delivered(open_page: OpenPage) -> None:
    app = open_page("linkage", list="entrustments", lang="en")
    facts = dict(re.findall(r'<div class="g-fact"><span>(.*?)</span><b>(.*?)</b>', html(app)))
    assert facts["Due"] == str(12 * BASIC * 3)
    assert facts["Returned or refused"] == "—"


def test_rounds_of_auctions_are_those_held_in_the_window(truth: duckdb.DuckDBPyConnection) -> None:
    found = queries.rounds(truth, ("T13",), Month.parse("2019-01"), Month.parse("2019-12")).set_index("round")
    assert found["held_count"].tolist() == [48, 24, 12]
    assert found.loc["一拍", "deal_amount"] / found.loc["一拍", "starting_amount"] == pytest.approx(1.2)


@pytest.mark.parametrize("tab", ["requests", "asks", "entrustments", "auctions", "activities"])
@pytest.mark.parametrize("state", ["full", "one", "empty"])
def test_every_part_of_the_page_opens(open_page: OpenPage, state: str, tab: str) -> None:
    app = open_page("linkage", state, list=tab, lang="en")
    assert [e.message for e in app.exception] == []


@pytest.mark.parametrize(
    "section, vocabulary",
    [
        ("assisting_unit", "unit_type"),
        ("channel", "channel"),
        ("matter", "matter"),
        ("activity", "activity"),
        ("auction_round", "auction_round"),
        ("ground", "ground"),
        ("party_kind", "party_kind"),
    ],
)
def test_every_code_that_courts_deliver_has_a_word(section: str, vocabulary: str) -> None:
    terms = tomllib.loads((CONTRACTS / "vocabularies.toml").read_text(encoding="utf-8"))[vocabulary]
    assert [t["value"] for t in terms if f"{section}.{t['value']}" not in phrases("en")] == []
