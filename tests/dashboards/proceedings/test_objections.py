"""Objections: who may file and decide, which state follows which, which delivery answers one and what else it changed.
How they are written is tested with the store, how they look with the pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import duckdb
import pytest

from dashboards.month import Month
from dashboards.proceedings import corrections, objections
from dashboards.proceedings.numbers import Number
from dashboards.proceedings.objections import Filing, Objection
from dashboards.proceedings.store import NotPossibleError, Writer

NUMBER = Number("T13", "own", "QX04", "month", Month.parse("2019-06"), "1")
FILING = Filing(
    NUMBER,
    cases=["（2019）青0102执1号", "（2019）青0102执2号"],
    missing=["（2019）青0102执9号"],
    keys={"（2019）青0102执1号": "C1", "（2019）青0102执2号": "C2"},
    wrong="结案日期录错",
    evidence="执行裁定书",
    value=0.5,
)
WORLD = """
create schema rankings; create schema core;
create table rankings.rpt_deliveries as select * from (values
    ('early', '2019-06/cases/old.csv', timestamp '2000-01-01'),
    ('right', '2019-06/cases/T13.csv', timestamp '2999-01-01'),
    ('other', '2019-06/cases/T14.csv', timestamp '2999-01-02')) as d(delivery_id, file_name, received_at);
create table rankings.rpt_redelivery_changes as select * from (values
    ('T13', 'cases', 'C1', 'changed', 'closed_date', 'early'),
    ('T13', 'cases', 'C1', 'changed', 'closed_date', 'right'),
    ('T13', 'cases', 'C2', 'removed', null, 'right'), ('T13', 'cases', 'C9', 'added', null, 'right'),
    ('T13', 'cases', 'C5', 'changed', 'claim_amount', 'right'), ('T14', 'cases', 'C7', 'changed', 'cause', 'other')
    ) as c(court_code, kind, record_key, change, changed_columns, new_delivery_id);
create table rankings.rpt_restated_records as
    select *, new_delivery_id as delivery_id from rankings.rpt_redelivery_changes where new_delivery_id = 'right';
create table core.fct_enforcement_cases as select * from (values
    ('C1', '（2019）青0102执1号'), ('C5', '（2019）青0102执5号'),
    ('C9', '（2019）青0102执9号')) as e(case_id, case_number);
"""


def filed(court: Writer) -> Objection:
    objections.file(court, ("T13",), FILING)
    return found()


def found() -> Objection:
    return objections.objections("QH")[-1]


def test_an_objection_goes_its_way_and_keeps_its_history(court: Writer, bureau: Writer) -> None:
    objection = filed(court)
    assert (objection.state, objection.about, objection.value) == ("filed", NUMBER, 0.5)
    objections.step(bureau, objection, "take")
    objections.step(bureau, found(), "accept")
    objections.step(bureau, found(), "close", corrected=("right",))
    assert found().state == "closed"
    assert [(act.deed, act.reader) for act in found().acts] == [
        ("file", "wang"), ("take", "bureau"), ("accept", "bureau"), ("close", "bureau")
    ]  # fmt: skip
    assert found().acts[-1].content["corrected_by"] == ["right"]


@pytest.mark.parametrize("deed", ["accept", "refuse", "close"])
def test_no_state_is_passed_over(court: Writer, bureau: Writer, deed: str) -> None:
    objection = filed(court)
    with pytest.raises(NotPossibleError, match="too_late"):
        objections.step(bureau, objection, deed, reason="理由", corrected=("right",))
    assert found().state == "filed"


def test_what_two_readers_decide_at_once_is_decided_once(court: Writer, bureau: Writer) -> None:
    objection = filed(court)
    objections.step(bureau, objection, "take")
    seen_by_both = found()
    objections.step(bureau, seen_by_both, "refuse", reason="按口径应计入")
    with pytest.raises(NotPossibleError, match="too_late"):
        objections.step(bureau, seen_by_both, "accept")
    assert (found().state, found().reason) == ("refused", "按口径应计入")


def test_a_refusal_says_why_and_so_does_closing_what_no_delivery_corrected(court: Writer, bureau: Writer) -> None:
    objections.step(bureau, filed(court), "take")
    with pytest.raises(NotPossibleError, match="no_reason"):
        objections.step(bureau, found(), "refuse", reason="  ")
    objections.step(bureau, found(), "accept")
    with pytest.raises(NotPossibleError, match="no_reason"):
        objections.step(bureau, found(), "close")


def test_a_court_objects_to_its_own_numbers_and_decides_none(court: Writer, bureau: Writer) -> None:
    foreign = replace(FILING, about=replace(NUMBER, court="T14"))
    for writer, filing in ((court, foreign), (bureau, FILING)):
        with pytest.raises(NotPossibleError, match="not_allowed"):
            objections.file(writer, ("T13",), filing)
    objection = filed(court)
    with pytest.raises(NotPossibleError, match="not_allowed"):
        objections.step(court, objection, "take")


@pytest.mark.parametrize(
    "change, reason",
    [({"wrong": " \n"}, "nothing_said"), ({"cases": [], "missing": []}, "no_cases"),
     ({"missing": [str(n) for n in range(201)]}, "too_many"), ({"evidence": "长" * 2001}, "too_long")],
)  # fmt: skip
def test_too_little_and_too_much_is_refused(court: Writer, change: dict, reason: str) -> None:
    with pytest.raises(NotPossibleError, match=reason):
        objections.file(court, ("T13",), replace(FILING, **change))
    assert objections.objections("QH") == []


def test_a_court_sees_its_own_and_the_mark_goes_when_it_is_over(court: Writer, bureau: Writer) -> None:
    objection = filed(court)
    everything = objections.objections("QH")
    assert objections.seen_by(everything, ("T14", "T15")) == []
    assert objections.seen_by(everything, ("T13",)) == [objection]
    assert objections.marked(everything) == {("T13", "own", "QX04", Month.parse("2019-06")): 1}
    objections.step(bureau, objection, "take")
    objections.step(bureau, found(), "refuse", reason="理由")
    assert objections.marked(objections.objections("QH")) == {}


def correction(objection: Objection) -> corrections.Correction:
    with duckdb.connect() as connection:
        connection.execute(WORLD)
        since = objection.filed_at.replace(tzinfo=None).isoformat(sep=" ")
        keys = tuple(objection.keys.values())
        return corrections.correction(objection, corrections.changed_since(connection, since, objection.named, keys))


def test_the_correcting_delivery_is_recognised_with_exactly_the_cases_it_changed(court: Writer, bureau: Writer) -> None:
    objection = filed(court)
    found_by = correction(objection)
    assert found_by.files == ("2019-06/cases/T13.csv",)  # not the one from before, not another court's
    assert set(found_by.corrected) == set(objection.named) and found_by.is_whole
    changed = found_by.changes.set_index("record_key")
    assert set(changed.index) == {"C1", "C2", "C9", "C5"} and len(found_by.changes) == 4
    assert changed.index[changed["is_named"]].tolist() == ["C1", "C2", "C9"] and found_by.others == 1
    assert corrections.state(objection, found_by) == "filed"  # what is not accepted waits for no correction
    objections.step(bureau, objection, "take")
    objections.step(bureau, found(), "accept")
    assert corrections.state(found(), found_by) == "corrected"


def test_a_case_that_no_delivery_touched_keeps_it_waiting(court: Writer) -> None:
    objection = replace(filed(court), missing=("（2019）青0102执10号",))
    found_by = correction(objection)
    assert found_by.waiting == ("（2019）青0102执10号",) and not found_by.is_whole


def test_the_clock_of_a_state_ends_on_its_last_day_in_beijing(court: Writer) -> None:
    objection = replace(filed(court), since=datetime(2020, 1, 10, 17, 0, tzinfo=UTC))  # the 11th in Beijing
    last = corrections.due(objection, "filed", {"O01": 5})
    assert last == date(2020, 1, 16)
    assert not corrections.is_overdue(last, datetime(2020, 1, 16, 15, 59, tzinfo=UTC))
    assert corrections.is_overdue(last, datetime(2020, 1, 16, 16, 0, tzinfo=UTC))
    assert corrections.due(objection, "closed", {"O01": 5}) is None
    assert corrections.due(objection, "filed", {}) is None
