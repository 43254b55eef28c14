"""Narrowing the list of a number's records: what is kept, page by page and in the workbook, against the snapshot.
Which records count at all is tested with the evidence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import duckdb
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.month import Month
from dashboards.queries import evidence, narrowing, uncounted
from dashboards.queries.evidence import Part
from dashboards.queries.narrowing import OPEN, Narrowing
from dashboards.shell import elements
from tests.dashboards.shown import frame_with, html

OpenPage = Callable[..., AppTest]
FIRST, LAST, END = Month.parse("2019-01"), Month.parse("2019-12"), date(2019, 12, 31)
PENDING = Part("pending_cases", "all_enforcement", "T13", "own", FIRST, LAST)
ACCEPTED = Part("accepted_cases", "all_enforcement", "T13", "own", FIRST, LAST)
FUNDS = Part("due_funds_amount", "not_case_based", "T13", "own", FIRST, LAST)
ALL_ROWS = 100_000
ASKED = {"court": "T13", "scope": "own", "indicator": "QX04", "window": "ytd", "side": "denominator"}


def kept(truth: duckdb.DuckDBPyConnection, part: Part, narrowed: Narrowing) -> pd.DataFrame:
    return evidence.records(truth, part, ALL_ROWS, 1, narrowed)


def days(row: pd.Series) -> int:
    """From filing to closing, or to the end of the year where it is open then: counted a second way."""
    closed = END if pd.isna(row["closed_date"]) else min(pd.Timestamp(row["closed_date"]).date(), END)
    return (closed - pd.Timestamp(row["filed_date"]).date()).days


@pytest.mark.parametrize(
    "narrowed",
    [
        Narrowing(closing="终结执行"),
        Narrowing(closing=OPEN),
        Narrowing(least_days=60),
        Narrowing(most_days=59),
        Narrowing(least_amount=10_000.0, most_amount=50_000.0),
        Narrowing("执行完毕", 30, 90, 1_000.0, 100_000.0),
        Narrowing(least_days=90, most_days=30),
    ],
)
def test_what_is_kept_is_what_one_would_keep_by_hand(truth: duckdb.DuckDBPyConnection, narrowed: Narrowing) -> None:
    everything = kept(truth, ACCEPTED, Narrowing())
    assert everything["age_days"].tolist() == [days(row) for _, row in everything.iterrows()]

    def is_kept(row: pd.Series) -> bool:
        mode = OPEN if pd.isna(row["closing_mode"]) else row["closing_mode"]
        ends = ((days(row), narrowed.least_days, narrowed.most_days),)
        ends += ((float(row["claim_amount"]), narrowed.least_amount, narrowed.most_amount),)
        within = all(
            (least is None or value >= least) and (most is None or value <= most) for value, least, most in ends
        )
        return within and narrowed.closing in ("", mode)

    expected = everything[[is_kept(row) for _, row in everything.iterrows()]]["case_number"].tolist()
    found = kept(truth, ACCEPTED, narrowed)
    assert found["case_number"].tolist() == expected
    assert set(found["total_count"]) <= {len(expected)}
    assert len(expected) < len(everything) and (len(expected) > 0 or narrowed.least_days == 90)


def test_closing_modes_part_the_list_and_nothing_falls_between(truth: duckdb.DuckDBPyConnection) -> None:
    modes = [*evidence.closing_modes(truth)["closing_mode"], OPEN]
    parts = [len(kept(truth, ACCEPTED, Narrowing(closing=mode))) for mode in modes]
    assert sum(parts) == len(kept(truth, ACCEPTED, Narrowing())) and min(parts) > 0


def test_pages_go_through_all_that_is_kept_each_record_once(truth: duckdb.DuckDBPyConnection) -> None:
    narrowed = Narrowing(closing="终结本次执行程序", least_days=30)
    whole = kept(truth, ACCEPTED, narrowed)["case_number"].tolist()
    pages = [
        evidence.records(truth, ACCEPTED, 7, page, narrowed)["case_number"] for page in range(1, len(whole) // 7 + 2)
    ]
    assert pd.concat(pages).tolist() == whole and len(pages) > 3


def test_records_that_are_no_cases_are_narrowed_by_their_case_and_their_own_amount(
    truth: duckdb.DuckDBPyConnection,
) -> None:
    found = kept(truth, FUNDS, Narrowing(closing="执行完毕", least_amount=20_000.0))
    expected = truth.execute(
        """select f.fund_id, c.case_number from core.fct_funds as f
           inner join core.fct_enforcement_cases as c using (case_id)
           where f.court_code = 'T13' and f.due_month between date '2019-01-01' and date '2019-12-01'
             and c.closing_mode = '执行完毕' and f.received_amount >= 20000 order by f.fund_id"""
    ).fetchall()
    assert list(zip(found["fund_id"], found["related_case_number"], strict=True)) == expected
    assert expected


def test_what_is_not_counted_is_narrowed_alike(truth: duckdb.DuckDBPyConnection) -> None:
    counted = Part("actual_closed_cases", "first_enforcement", "T13", "own", FIRST, LAST)
    whole = Part("closed_cases", "first_enforcement", "T13", "own", FIRST, LAST)
    everything = uncounted.records(truth, counted, whole, ALL_ROWS, 1)
    found = uncounted.records(truth, counted, whole, ALL_ROWS, 1, Narrowing(least_days=60))
    assert found["case_number"].tolist() == everything[everything["age_days"] >= 60]["case_number"].tolist()
    assert 0 < len(found) < len(everything)


def test_every_list_of_the_catalogue_can_be_narrowed_by_all_that_it_offers(truth: duckdb.DuckDBPyConnection) -> None:
    """A column that a table does not have would be told as a failed question."""
    narrowed = Narrowing("执行完毕", 0, 10**6, 0.0, 1e15)
    measures = truth.execute("select measure_code from core.dim_measures").fetchall()
    for (measure,) in measures:
        part = Part(measure, "all_enforcement", "T00", "province", FIRST, LAST)
        assert len(kept(truth, part, narrowed)) <= len(kept(truth, part, Narrowing())), measure
    assert len(measures) > 20


@pytest.mark.parametrize("lang, said", [("zh", "筛选后{kept}条，共{whole}条"), ("en", "{kept} rows of {whole} kept")])
def test_the_page_says_how_many_rows_and_the_workbook_holds_the_same(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, truth: duckdb.DuckDBPyConnection, lang: str, said: str
) -> None:
    books: dict[str, pd.DataFrame] = {}
    monkeypatch.setattr(elements, "download_made", lambda _view, made, name, *_: books.update({name: made()}))
    app = open_page("about", lang=lang, closing="终结本次执行程序", days_from="40", yuan_to="90000", **ASKED)
    whole = int(evidence.totals(truth, _side(truth)).iloc[0]["record_count"])
    expected = kept(truth, _side(truth), Narrowing("终结本次执行程序", 40, None, None, 90_000.0))
    assert said.format(kept=len(expected), whole=whole) in html(app)
    assert 50 < len(expected) < whole
    assert books["records_QX04_denominator_T13"].iloc[:, 0].tolist() == expected["case_number"].tolist()
    assert frame_with(app, "counted")["case_number"].tolist() == expected["case_number"].tolist()[:50]


def _side(truth: duckdb.DuckDBPyConnection) -> Part:
    measure, scope = truth.execute(
        "select denominator_measure, denominator_scope from core.dim_indicators"
        " where indicator_code = 'QX04' and superseded_from is null"
    ).fetchall()[0]
    return Part(evidence.parts(truth, measure)["measure_code"].iloc[0], scope, "T13", "own", FIRST, LAST)


def test_nothing_kept_is_said_and_other_words_in_the_address_are_no_narrowing(open_page: OpenPage) -> None:
    assert "没有符合筛选条件的记录" in html(open_page("about", days_from="99999", **ASKED))
    app = open_page("about", closing="' or 1=1", days_from="x", yuan_from="-1", yuan_to="1e9", **ASKED)
    assert "，未筛选" in html(app)


def test_moments_are_days_of_beijing() -> None:
    by = narrowing.by({"case_id", "case_number", "sent_at", "feedback_at"})
    ((count,),) = duckdb.execute(
        f"select {by.selected().split(' as age_days')[0].lstrip(', ')} from"
        " (select timestamp '2019-03-01 16:30:00' as sent_at, timestamp '2019-03-02 15:00:00' as feedback_at) as r",
        {"last": date(2019, 12, 1)},
    ).fetchall()
    assert count == 0
