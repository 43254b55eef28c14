"""The page of one case: its life, the numbers that it counts in, the checks that it met, against the snapshot.
Who may see which case is tested with the circle."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlparse

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.month import Month
from dashboards.queries import case_counting, evidence
from dashboards.queries.evidence import Part
from tests.dashboards.shown import frame_with, headline, html, traces

OpenPage = Callable[..., AppTest]
ORDER = " order by court_code, filed_date, case_id"  # of the choice among cases of one number
BY_NUMBER = ("listed_defaulters", "distinct_defaulters")  # listings name their case by its number, not by its key
FIRST, LAST = Month.parse("2019-01"), Month.parse("2019-12")


def asked(truth: duckdb.DuckDBPyConnection, case_id: str) -> dict[str, str]:
    """The address of a case: the small world gives a number to several cases."""
    number = truth.execute("select case_number from core.fct_enforcement_cases where case_id = $id", {"id": case_id})
    said = {"n": str(number.fetchall()[0][0])}
    same = truth.execute(
        "select case_id from core.fct_enforcement_cases where case_number = $n" + ORDER,
        said,
    ).fetchall()
    return {"number": said["n"], "which": str([each for (each,) in same].index(case_id) + 1)}


def one(truth: duckdb.DuckDBPyConnection, condition: str) -> str:
    """The first case of T13 of a condition."""
    rows = truth.execute(
        f"select min(case_id) from core.fct_enforcement_cases where court_code = 'T13' and {condition}"
    )
    return str(rows.fetchall()[0][0])


@pytest.fixture
def case(truth: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """A case that was suspended in 2019, has funds, and is a hit of a check."""
    return (
        truth.execute(
            """select c.* from core.fct_enforcement_cases as c inner join core.fct_funds as f using (case_id)
                inner join rankings.rpt_gaming_cases as g on g.case_id = c.case_id
                where c.court_code = 'T13' and c.is_suspension = 1 and c.case_type = '执'
                  and c.closed_month >= date '2019-07-01' order by c.case_id limit 1"""
        )
        .df()
        .to_dict("records")[0]
    )


def test_a_life_is_in_order_of_time_and_drawn_station_by_station(
    open_page: OpenPage, case: dict[str, Any], truth: duckdb.DuckDBPyConnection
) -> None:
    app = open_page("case", lang="en", **asked(truth, case["case_id"]))
    frame = frame_with(app, "event")
    assert frame["event_date"].tolist() == sorted(frame["event_date"])
    found = dict(zip(frame["event"], frame["event_date"], strict=False))
    assert found["Filed"] == f"{case['filed_date']:%Y-%m-%d}" and found["Closed"] == f"{case['closed_date']:%Y-%m-%d}"
    assert {"Funds received", "Hit of a check"} <= set(found)
    (drawn,) = traces(app, "case_line")
    assert [str(day)[:10] for day in drawn["x"]] == frame["event_date"].tolist() and drawn["y"] == frame[
        "event"
    ].tolist()


@pytest.mark.parametrize("lang, closed", [("zh", "以终结本次执行程序结案"), ("en", "(Suspension)")])
def test_the_headline_says_what_became_of_it(
    open_page: OpenPage, case: dict[str, Any], truth: duckdb.DuckDBPyConnection, lang: str, closed: str
) -> None:
    at = asked(truth, case["case_id"])
    folded = at["number"].replace("（", "(").removesuffix("号")
    assert closed in headline(open_page("case", number=folded, which=at["which"], lang=lang))


@pytest.mark.parametrize("words, said", [("", "输入案号"), ("张三", "不是案号"), ("（2019）青0102执999999号", "没有")])
def test_what_is_no_case_has_no_page(open_page: OpenPage, words: str, said: str) -> None:
    app = open_page("case", **({"number": words} if words else {}))
    assert said in headline(app) and not app.dataframe


def test_the_cases_that_count_are_those_of_the_numbers_own_lists(truth: duckdb.DuckDBPyConnection) -> None:
    """Cases of a court, every indicator and side: the page of a case and the list of a number say the same."""
    rows = truth.execute(
        "select case_id from core.fct_enforcement_cases where court_code = 'T15' order by 1"
    ).fetchall()
    lists: dict[tuple[str, str], set[str]] = {}
    found: list[bool] = []
    for (case_id,) in rows[::9]:
        for row in case_counting.counting(truth, "QH", case_id, "T15", LAST, ("ytd",)).to_dict("records"):
            for side in case_counting.SIDES:
                measure, scope = row[f"{side}_measure"], row[f"{side}_scope"]
                if not isinstance(measure, str) or measure in BY_NUMBER:
                    continue
                if (measure, scope) not in lists:
                    lists[measure, scope] = _listed(truth, measure, scope)
                found.append(case_id in lists[measure, scope])
                assert (row[f"{side}_stage"] == case_counting.COUNTED) == found[-1], (row, case_id)
    assert len(found) > 500 and 0.1 < sum(found) / len(found) < 0.9


def _listed(truth: duckdb.DuckDBPyConnection, measure: str, scope: str) -> set[str]:
    """The cases of the list's records, in SQL as the list is asked."""
    cases: set[str] = set()
    for code in evidence.parts(truth, measure)["measure_code"]:
        of, part = evidence.find(truth, code), Part(code, scope, "T15", "own", FIRST, LAST)
        assert of is not None
        statement = f'select case_id from core."{of.table}" where {of.condition()}'
        cases |= {case_id for (case_id,) in truth.execute(statement, of.bound(truth, part, statement)).fetchall()}
    return cases


def test_why_it_does_not_count_is_said(open_page: OpenPage, truth: duckdb.DuckDBPyConnection) -> None:
    resumed = one(truth, "case_type = '执恢'")
    early = one(truth, "case_type = '执' and closed_month = date '2018-05-01'")
    paid = one(truth, "case_type = '执' and closed_month = date '2019-05-01' and closing_mode = '执行完毕'")

    def row(case_id: str) -> Any:
        frame = frame_with(open_page("case", window="ytd", **asked(truth, case_id)), "why")
        return frame[frame["indicator"].str.contains("终本率")].iloc[0]

    assert row(resumed)["side"] == "不计入" and "本案类型为“执恢”" in row(resumed)["why"]
    assert row(early)["side"] == "不计入" and "在所计的时点不是存量" in row(early)["why"]
    assert row(paid)["side"] == "仅分母" and "不符合" in row(paid)["why"] and "终本" in row(paid)["why"]


def test_the_checks_that_it_met_are_named(
    open_page: OpenPage, case: dict[str, Any], truth: duckdb.DuckDBPyConnection
) -> None:
    frame = frame_with(open_page("case", lang="en", **asked(truth, case["case_id"])), "detail")
    assert "GC01" in " ".join(frame["name"]) and "alert" in set(frame["result"])


def test_every_row_of_a_list_of_cases_leads_to_its_case(open_page: OpenPage, case: dict[str, Any]) -> None:
    for page, at in (("about", {"indicator": "QX24", "window": "ytd"}), ("court", {"indicator": "QX04"})):
        frame = frame_with(open_page(page, court="T13", scope="own", **at), "case_page")
        number = frame["case_number" if "case_number" in frame else "related_case_number"]
        led = [parse_qs(urlparse(address).query)["number"][0] for address in frame["case_page"]]
        assert led == number.tolist() and len(led) > 5
    assert "href" in html(open_page("search", q=case["case_number"]))


def test_a_number_that_several_cases_have_lets_one_choose(
    open_page: OpenPage, case: dict[str, Any], truth: duckdb.DuckDBPyConnection
) -> None:
    same = truth.execute(
        "select filed_date from core.fct_enforcement_cases where case_number = $n" + ORDER,
        {"n": case["case_number"]},
    ).fetchall()
    app = open_page("case", number=case["case_number"], which="2")
    assert len(app.selectbox(key="pick_which").options) == len(same) > 1
    assert f"{same[1][0]:%Y-%m-%d}立案" in headline(app)


def test_an_open_case_is_said_to_be_open(open_page: OpenPage, truth: duckdb.DuckDBPyConnection) -> None:
    assert "立案，尚未结案" in headline(open_page("case", **asked(truth, one(truth, "closed_date is null"))))
