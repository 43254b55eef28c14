"""What the gate would say of one file's rows before they are taken in: every rule that a row can be asked by itself.
The gate's own run has its own tests."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from expectations.one_file import labelled
from expectations.suites import suite
from pipelines.commands import check, terminal
from pipelines.extracts.contracts import KINDS, contract
from pipelines.extracts.loading import lake_schema
from tests.unit.extracts.conftest import Clerk, case, clerk_at, fund

DAY = date(2019, 12, 10)
PAIRS = [
    (kind, check.fails.partition(" < ")[2], check.column)
    for kind in KINDS
    for rule in suite(kind)
    if rule.code == "dates_in_order"
    for check in rule.checks
]


def rows(kind: str, *values: dict[str, Any]) -> pl.DataFrame:
    schema = lake_schema(kind)
    empty = pl.DataFrame(schema.empty_table())
    names = {"_extract_month": date(2019, 12, 1)}
    filled = [dict.fromkeys(empty.columns) | names | {"_row_number": n} | row for n, row in enumerate(values, 2)]
    return pl.DataFrame(filled, schema=empty.schema)


def at(kind: str, column: str, day: date) -> Any:
    is_moment = contract(kind).column(column).type == "timestamp"
    return datetime.combine(day, datetime.min.time()) if is_moment else day


def test_every_kind_with_two_dates_has_an_order() -> None:
    assert len(PAIRS) == 24
    assert {kind for kind, *_ in PAIRS} == set(KINDS) - {"staffing", "returns", "linkage_activities"}


@pytest.mark.parametrize(("kind", "earlier", "later"), PAIRS)
def test_dates_in_an_impossible_order_are_told_row_by_row(kind: str, earlier: str, later: str) -> None:
    orders = [{earlier: at(kind, earlier, DAY), later: at(kind, later, DAY + timedelta(days))} for days in (-1, 0, 1)]
    found = [each for each in labelled(kind, rows(kind, *orders)) if each.rule.code == "dates_in_order"]
    assert [(each.row, each.column) for each in found] == [(2, later)]
    headers = {contract(kind).column(name).header for name in (earlier, later)}
    assert {heading for heading, _ in found[0].values} == headers
    assert any("2019-12-10" in value for _, value in found[0].values)


@pytest.mark.parametrize(("kind", "earlier", "later"), PAIRS)
def test_a_date_alone_is_in_no_order(kind: str, earlier: str, later: str) -> None:
    alone = [{name: at(kind, name, DAY)} for name in (earlier, later)]
    assert [each for each in labelled(kind, rows(kind, *alone)) if each.rule.code == "dates_in_order"] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_without_rows_has_no_labels(kind: str) -> None:
    assert labelled(kind, rows(kind)) == labelled(kind, pl.DataFrame()) == []


def test_what_a_row_says_about_itself_alone_is_told_too() -> None:
    found = labelled("funds", rows("funds", {"received_amount": 1000, "paid_amount": 5000, "received_date": DAY}))
    assert [each.rule.code for each in found if each.column == "paid_amount"] == ["paid_within_received"]
    found = labelled("funds", rows("funds", {"received_amount": 1, "received_date": date(2020, 1, 1)}))
    assert [each.rule.code for each in found if each.column == "received_date"] == ["not_in_the_future"]


def test_the_trial_says_what_the_gate_would(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "console", terminal.Terminal(highlight=False, soft_wrap=True, width=240))
    clerk: Clerk = clerk_at(tmp_path)
    path = clerk.deliver([fund(1), fund(2, 发放日期="2019-11-20"), fund(3)])
    assert check.run(clerk.layout, file=path) == check.TAKEN
    said = capsys.readouterr().out
    assert said.count("接收，会被标注") == 1
    assert "? 3 · 发放日期 2019-11-20 · 到账日期 2019-12-03" in said
    assert "Dates are in order" in said and "日期先后须合理" in said


def test_the_trial_names_nobody_in_what_the_gate_would_say(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "console", terminal.Terminal(highlight=False, soft_wrap=True, width=240))
    clerk: Clerk = clerk_at(tmp_path)
    path = clerk.deliver(
        [case(1, 案号="虚拟甲990001198001010019", 立案日期="2019-12-05", 结案日期="2019-12-01", 结案方式="终本")],
        kind="cases",
    )
    check.run(clerk.layout, file=path)
    said = capsys.readouterr().out
    assert "会被标注" in said
    assert not any(name in said for name in ("虚拟甲", "19800101", "张三", "630105198001011234"))
