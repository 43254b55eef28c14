"""The circle of an objection on the pages: filed by the court, decided by the bureau, corrected, restated, closed.
Which step may follow which is tested with proceedings."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.access import audit
from dashboards.proceedings import objections
from tests.dashboards.circle.conftest import press
from tests.dashboards.shown import frame_with, headline, html

OpenAs = Callable[..., AppTest]
NUMBER = {"court": "T21", "scope": "own", "indicator": "QX01", "window": "month", "month": "2019-12"}


@pytest.fixture
def cases(truth: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Key and number of three cases of the court."""
    return truth.execute(
        "select max(case_id), case_number from core.fct_enforcement_cases where court_code = 'T21'"
        " group by case_number having count(*) = 1 order by 1 limit 3"
    ).fetchall()


def fill(app: AppTest, numbers: Sequence[str], wrong: str = "结案日期录错，被执行人张三", lost: str = "") -> AppTest:
    app.text_area(key="objection_cases").set_value("\n".join(numbers))
    app.text_area(key="objection_missing").set_value(lost)
    app.text_area(key="objection_wrong").set_value(wrong)
    app.text_area(key="objection_evidence").set_value("执行裁定书，电话13912345678")
    return press(app, "提出")


def do(open_as: OpenAs, label: str, reason: str = "") -> AppTest:
    app = open_as("bureau", "objections")
    if reason:
        next(area for area in app.text_area if str(area.key).startswith("reason_")).set_value(reason)
    return press(app, label)


@pytest.mark.parametrize("kept", ["file", "server"])
def test_an_objection_goes_round(
    open_as: OpenAs, publish_correction: Callable[..., None], cases: list[tuple[str, str]]
) -> None:
    folded = [cases[0][1].replace("（", "(").replace("）", ")"), cases[1][1].removesuffix("号")]
    fill(open_as("court", "about", **NUMBER), folded)
    (one,) = objections.objections("QH")
    assert one.cases == (cases[0][1], cases[1][1]) and one.keys == {number: key for key, number in cases[:2]}
    assert "张三" not in one.wrong and "13912345678" not in one.evidence

    assert "待受理1件" in headline(open_as("bureau", "objections"))
    assert "核查中" in html(open_as("bureau", "about", **NUMBER)) or one.state == "filed"
    do(open_as, "受理")
    do(open_as, "成立")
    waiting = open_as("court", "objections")
    assert "还没有收到改动所列案件的文件" in html(waiting)
    assert frame_with(waiting, "state")["state"].tolist() == ["成立，待更正"]

    publish_correction("T21", [cases[0][0], cases[1][0]], "20290105-0800-more")
    fixed = open_as("court", "objections")
    assert frame_with(fixed, "state")["state"].tolist() == ["已更正，待办结"]
    assert "2019-12/cases/fixed.csv 更正了所列全部2件，没有改动其他记录" in html(fixed)
    assert frame_with(fixed, "corrected")["corrected"].tolist() == ["是", "是"]
    do(open_as, "办结")
    (one,) = objections.objections("QH")
    assert one.state == "closed" and one.acts[-1].content["corrected_by"] == ["dfixed"]
    assert "已办结1件" in headline(open_as("auditor", "objections"))
    deeds = [line.what for line in audit.deeds(audit.months()[0], deed="objection")[0]]
    assert [what.split()[0] for what in reversed(deeds)] == ["file", "take", "accept", "close"]


def test_a_correction_that_changes_more_than_was_named_says_so(
    open_as: OpenAs, publish_correction: Callable[..., None], cases: list[tuple[str, str]]
) -> None:
    fill(open_as("court", "about", **NUMBER), [cases[0][1]])
    do(open_as, "受理")
    do(open_as, "成立")
    publish_correction("T21", [cases[0][0], cases[2][0]], "20290105-0800-more")
    assert "更正了所列1件中的1件，另外改动1条其他记录" in html(open_as("bureau", "objections"))


def test_a_court_sees_its_own_and_the_counts_are_for_all(open_as: OpenAs, cases: list[tuple[str, str]]) -> None:
    fill(open_as("court", "about", **NUMBER), [cases[0][1]])
    other = open_as("other", "objections")
    assert "全省核查申请1件" in headline(other)
    assert cases[0][1] not in html(other) and "结案日期录错" not in html(other) and not other.dataframe
    assert not [area for area in open_as("other", "about", **NUMBER).text_area if area.key == "objection_cases"]
    assert not [area for area in open_as("bureau", "about", **NUMBER).text_area if area.key == "objection_cases"]


def test_what_cannot_be_read_as_a_case_number_is_not_filed(open_as: OpenAs) -> None:
    app = fill(open_as("court", "about", **NUMBER), ["张三的案件"])
    assert "看不懂的案号" in app.warning[0].value
    assert objections.objections("QH") == []


@pytest.mark.parametrize("lang, word", [("zh", "核查中"), ("en", "under objection")])
def test_the_number_bears_its_mark_for_whoever_may_know(
    open_as: OpenAs, cases: list[tuple[str, str]], lang: str, word: str
) -> None:
    fill(open_as("court", "about", **NUMBER), [cases[0][1]])
    for who in ("court", "bureau", "leader"):
        assert word in html(open_as(who, "about", lang=lang, **NUMBER)).lower(), who
    assert word not in html(open_as("other", "about", lang=lang, **NUMBER)).lower()
