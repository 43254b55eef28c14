"""`About this number`: what it says of a number against independent counts, and its SQL run as it is shown.
How the page opens on every snapshot is tested with the other pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.app_pages.about import published_history
from dashboards.month import Month
from dashboards.queries import evidence, numbers, windows
from tests.dashboards.shown import html

OpenPage = Callable[..., AppTest]
WINDOWS = ("month", "ytd", "rolling_12m", "stat_year")
SCOPES = (("T13", "own"), ("T10", "jurisdiction"), ("T00", "province"))


def number(cursor: duckdb.DuckDBPyConnection, court: str, scope: str, indicator: str, window: str) -> numbers.Number:
    bounds = windows.bounds(cursor, "QH", Month.parse("2019-12"), window).iloc[0]
    return numbers.Number(court, scope, indicator, window, bounds["first_month"], Month.parse("2019-12"))


@pytest.mark.parametrize("court, scope", SCOPES)
@pytest.mark.parametrize("window", WINDOWS)
def test_the_derivation_gives_every_published_number_again(
    truth: duckdb.DuckDBPyConnection, court: str, scope: str, window: str
) -> None:
    codes = truth.execute("select distinct indicator_code from performance.fct_court_indicators").fetchall()
    compared = 0
    for (code,) in codes:
        asked = number(truth, court, scope, code, window)
        for row in numbers.versions(truth, asked).to_dict("records"):
            found = numbers.derived(truth, asked, str(row["definition_version"])).iloc[0]
            assert found["value"] == pytest.approx(row["value"], rel=1e-12, nan_ok=True), code
            assert float(found["numerator"]) == pytest.approx(float(row["numerator"])), code
            compared += 1
    assert compared >= 10


def test_the_sql_that_is_shown_is_the_sql_that_is_run(truth: duckdb.DuckDBPyConnection) -> None:
    asked = number(truth, "T10", "jurisdiction", "QX02", "ytd")
    shown = numbers.derivation(asked, "1")
    assert "$" not in shown
    bound = numbers.derived(truth, asked, "1").iloc[0]
    assert truth.execute(shown).fetchone() == tuple(bound)


def test_a_value_with_a_quote_in_it_stays_a_value() -> None:
    hostile = numbers.Number(
        "T13'; drop table x; --", "own", "QX02", "ytd", Month.parse("2019-01"), Month.parse("2019-12")
    )
    assert "'T13''; drop table x; --'" in numbers.derivation(hostile, "1")


@pytest.mark.parametrize("court, scope", SCOPES)
@pytest.mark.parametrize("window", WINDOWS)
def test_the_records_of_every_indicator_add_up_to_its_numerator_and_denominator(
    truth: duckdb.DuckDBPyConnection, court: str, scope: str, window: str
) -> None:
    codes = truth.execute("select distinct indicator_code from performance.fct_court_indicators").fetchall()
    compared = 0
    for (code,) in codes:
        asked = number(truth, court, scope, code, window)
        for row in numbers.versions(truth, asked).to_dict("records"):
            for side in ("numerator", "denominator"):
                if isinstance(row[f"{side}_measure"], str):
                    assert _listed(truth, asked, row, side) == pytest.approx(float(row[side])), (code, side)
                    compared += 1
    assert compared >= 18


def _listed(cursor: duckdb.DuckDBPyConnection, asked: numbers.Number, row: dict[str, object], side: str) -> float:
    total = 0.0
    for measure in evidence.parts(cursor, str(row[f"{side}_measure"]))["measure_code"]:
        part = evidence.Part(measure, str(row[f"{side}_scope"]), asked.court, asked.scope, asked.first, asked.month)
        total += float(evidence.totals(cursor, part).iloc[0]["total"])
    return total


def test_the_page_says_the_number_its_n_and_that_its_sql_agrees(
    open_page: OpenPage, truth: duckdb.DuckDBPyConnection
) -> None:
    closed, suspended = truth.execute(
        """
        select count(*), sum(is_suspension) from core.fct_enforcement_cases
        where court_code = 'T13' and case_type = '执' and closed_month between date '2019-01-01' and date '2019-12-01'
        """
    ).fetchone()
    opened = truth.execute(
        """
        select count(*) from core.fct_enforcement_cases
        where court_code = 'T13' and case_type = '执' and coalesce(closed_month, date '9999-01-01') >= date '2019-01-01'
        """
    ).fetchone()[0]
    app = open_page("about", court="T13", scope="own", indicator="QX04", window="ytd", lang="en")
    text = html(app)
    assert not app.exception
    assert f"{100 * suspended / opened:.2f}%" in text
    assert f"n = {closed:,}" in text or f"n = {opened:,}" in text
    assert "This page has run the SQL below" in text and "the same as published" in text
    assert "equal to the number shown" in text
    assert any("core.dim_measure_parts" in block.value for block in app.code)


def test_the_months_of_a_stock_count_once(open_page: OpenPage) -> None:
    app = open_page("about", court="T13", scope="own", indicator="QX05", window="ytd")
    months = next(e.value for e in app.dataframe if "numerator.pending_cases" in e.value.columns)
    assert months["month"].tolist() == [f"2019-{month:02d}" for month in range(12, 0, -1)]
    assert months["numerator.pending_cases"].notna().tolist() == [True] + [False] * 11
    assert months["denominator.opening_cases"].notna().tolist() == [False] * 11 + [True]
    assert months["denominator.new_cases"].notna().all()


def test_a_measure_made_of_parts_offers_the_list_of_each_part(open_page: OpenPage) -> None:
    asked = {"court": "T13", "scope": "own", "indicator": "SX29", "window": "ytd", "side": "denominator", "lang": "en"}
    app = open_page("about", **asked)
    assert app.segmented_control(key="pick_part").options == ["Closed cases", "Opening stock"]
    assert "equal to the number shown" in html(app)


def test_a_number_changed_after_closing_says_what_it_was_and_why(open_page: OpenPage) -> None:
    asked = {"court": "T13", "scope": "own", "indicator": "QX04", "window": "ytd", "month": "2019-06", "lang": "en"}
    text = html(open_page("about", **asked))
    assert "Changed after closing: 10.00% became 12.00%. Cause: redelivery (file 2019-06/cases/T13-2.csv" in text


def test_a_difference_of_two_indicators_leads_to_both(open_page: OpenPage) -> None:
    app = open_page("about", court="T13", scope="own", indicator="SX35", window="ytd", lang="en")
    assert not app.exception
    links = " ".join(element.value for element in app.markdown)
    assert "indicator=QX04" in links and "indicator=QX05" in links
    assert "the same as published" in html(app)


def test_without_a_court_the_page_is_about_the_province(open_page: OpenPage) -> None:
    app = open_page("about", indicator="QX02", lang="en")
    assert app.selectbox(key="pick_court").value == "T00"
    assert "Province" in html(app) or "province" in html(app)


def test_no_rank_is_shown_in_interval_mode(open_page: OpenPage) -> None:
    asked = {"court": "T13", "scope": "own", "indicator": "QX02", "window": "ytd", "lang": "en"}
    assert re.search(r"<span>Rank</span>", html(open_page("about", mode="rank", **asked)))
    assert not re.search(r"<span>Rank</span>", html(open_page("about", mode="interval", **asked)))


def test_the_ledger_tells_what_was_said_before(tmp_path: Path) -> None:
    entry = tmp_path / "_values" / "000001-2019-12-aaaa"
    entry.mkdir(parents=True)
    said = {
        "sequence_number": [1], "snapshot_id": ["2019-12-aaaa"], "court_code": ["T13"], "scope_code": ["own"],
        "window_code": ["ytd"], "period_month": [date(2019, 12, 1)], "indicator_code": ["QX02"],
        "definition_version": ["1"], "numerator": [3.0], "denominator": [4.0], "value": [0.75], "status": ["met"],
        "rank": [1], "is_present": [True],
    }  # fmt: skip
    pq.write_table(pa.table(said), entry / "values.parquet")
    published = {"sequence_number": [1], "published_at": [datetime.fromisoformat("2020-01-05T08:00:00")]}
    pq.write_table(pa.table(published), entry / "publications.parquet")
    key = {"court": "T13", "scope": "own", "window": "ytd", "month": "2019-12-01", "indicator": "QX02"}
    assert published_history.history(tmp_path, key)["value"].tolist() == [0.75]
    assert published_history.history(tmp_path, key | {"court": "T14"}).empty
    assert published_history.history(tmp_path / "none", key).empty
