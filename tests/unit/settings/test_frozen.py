"""A changed criterion that reaches into a frozen year is refused with the day from which it may begin.
How months that are closed are kept is tested beside; the rule of the days, with the objections to criteria."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipelines.layout import Layout
from pipelines.settings import effective, frozen
from pipelines.settings.effective import SAMPLES, load
from pipelines.settings.faults import Fault

WEIGHTS = "指标代码,权重,起始,截止,是否已定,追溯原因\n"
PUBLISHED = WEIGHTS + "QX02,2,2020-01-01,,true,\n"
CHOICES = "指标代码,采用的指标代码,起始,问题,英文问题,决定依据\n"
THRESHOLDS = "阈值代码,名称,英文名称,数值,单位,来源,起始,截止\n"
MEMBERS = "体系代码,项次,指标代码,一票否决\n"
SETS = "体系代码,名称,英文名称,起始,来源,排序\n"


@pytest.fixture
def where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Layout:
    """A tree published in 2020 with a weight of its own; criteria freeze on 2 December; no month of it is closed."""
    layout = Layout(data=tmp_path, key_file=tmp_path / "key")
    shutil.copytree(SAMPLES / "qinghai" / "settings", layout.settings)
    (layout.settings / "installation.toml").write_text('criteria_freeze = "12-02"\n', encoding="utf-8")
    write(layout, "indicator_weights", PUBLISHED)
    snapshot = layout.published / "2020-01-0123456789"
    shutil.copytree(layout.settings, snapshot / "settings")
    database = snapshot / "enforcement.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            "create schema performance; create table performance.fct_month_closings as"
            " select date '2019-01-01' as period_month, true as is_closed"
        )
    said = {"database": {"bytes": database.stat().st_size}, "finished_at": "2020-02-10T08:00:00"}
    (snapshot / "manifest.json").write_text(json.dumps(said), encoding="utf-8")
    layout.pointer.write_text(snapshot.name + "\n", encoding="utf-8")
    on(monkeypatch, date(2020, 6, 1))
    return layout


def on(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    """The day of the change."""
    ask = _asked
    monkeypatch.setattr(frozen, "faults", lambda layout, sheets, tables, _today: ask(layout, sheets, tables, day))


_asked: Callable[..., list[Fault]] = frozen.faults


def write(where: Layout, table: str, text: str) -> None:
    (where.settings / f"{table}.csv").write_text(text, encoding="utf-8")


def told(where: Layout) -> list[tuple[str, int, str]]:
    return [(each.file, each.row, each.code) for each in load(where).faults]


def test_what_was_published_is_no_change(where: Layout) -> None:
    assert told(where) == []


@pytest.mark.parametrize("day, begins", [
    (date(2020, 12, 2), "2021-01-01"), (date(2020, 12, 3), "2022-01-01"), (date(2021, 1, 5), "2022-01-01"),
])  # fmt: skip
def test_a_change_takes_effect_in_the_next_year_that_is_not_frozen_and_no_day_earlier(
    where: Layout, monkeypatch: pytest.MonkeyPatch, day: date, begins: str
) -> None:
    on(monkeypatch, day)
    before = f"{int(begins[:4]) - 1}-12-31"
    write(where, "indicator_weights", f"{WEIGHTS}QX02,2,2020-01-01,{before},true,\nQX02,3,{begins},,true,\n")
    assert told(where) == []
    write(where, "indicator_weights", f"{WEIGHTS}QX02,2,2020-01-01,,true,\nQX04,3,{before},,true,\n")
    (refused,) = load(where).faults
    assert (refused.file, refused.row, refused.column, refused.value) == (
        "indicator_weights.csv", 3, "valid_from", before
    )  # fmt: skip
    for text in (refused.zh, refused.en, refused.remedy_zh, refused.remedy_en):
        assert begins in text


@pytest.mark.parametrize("text, row", [
    (WEIGHTS + "QX02,3,2020-01-01,,true,\n", 2),
    (WEIGHTS + "QX02,2,2020-01-01,2020-06-30,true,\n", 2),
    (WEIGHTS + "QX02,2,2020-01-01,,true,\nQX04,2,2020-03-01,,true,省院通知\n", 3),
    (WEIGHTS, 0),
])  # fmt: skip
def test_a_change_within_the_frozen_year_is_refused_with_a_reason_or_without(
    where: Layout, text: str, row: int
) -> None:
    write(where, "indicator_weights", text)
    assert told(where) == [("indicator_weights.csv", row, "frozen")]


@pytest.mark.parametrize("table, text", [
    ("definition_choices", CHOICES + "QX01,QX01_ALT,{day},问,Question,省院 | the court\n"),
    ("thresholds", THRESHOLDS + "SX03,久拖未结,Pending for long,10,month,省院 | the court,{day},\n"),
    ("indicator_sets", SETS + "MINE,本省,Ours,{day},省院 | the court,99\n"),
])  # fmt: skip
def test_every_table_of_criteria_is_held(where: Layout, table: str, text: str) -> None:
    codes = load(where).tables["indicators"]
    other = next(row["indicator_code"] for row in codes if row["indicator_code"].startswith("QX01") and
                 row["indicator_code"] != "QX01")  # fmt: skip
    for day, expected in (("2020-03-01", [(f"{table}.csv", 2, "frozen")]), ("2021-01-01", [])):
        write(where, table, text.replace("QX01_ALT", other).format(day=day))
        assert told(where) == expected


def test_a_member_of_a_set_counts_from_when_its_set_does(where: Layout) -> None:
    write(where, "indicator_set_members", MEMBERS + "CORE3P1,9,QX02,false\n")
    assert told(where) == [("indicator_set_members.csv", 2, "frozen")]
    write(where, "indicator_sets", SETS + "MINE,本省,Ours,2021-01-01,省院 | the court,99\n")
    write(where, "indicator_set_members", MEMBERS + "MINE,1,QX02,false\n")
    assert told(where) == []


def test_a_file_that_is_taken_away_is_a_change(where: Layout) -> None:
    (where.settings / "indicator_weights.csv").unlink()
    assert told(where) == [("indicator_weights.csv", 0, "frozen")]


def test_without_a_day_nothing_freezes_and_what_is_no_day_is_told(where: Layout) -> None:
    write(where, "indicator_weights", WEIGHTS + "QX02,3,2020-01-01,,true,\n")
    file = where.settings / "installation.toml"
    for each in (file, where.published / "2020-01-0123456789" / "settings" / "installation.toml"):
        each.write_text("", encoding="utf-8")
    assert told(where) == []
    for said in ('"02-30"', '"02-29"', '"12-2"', "30", '"2020-12-02"'):
        file.write_text(f"criteria_freeze = {said}\n", encoding="utf-8")
        assert told(where) == [("installation.toml", 0, "type")], said


@pytest.mark.parametrize("day, said, year", [
    (date(2020, 12, 3), "12-15", 2021), (date(2020, 12, 31), "12-31", 2021), (date(2020, 12, 3), "", 2021),
    (date(2020, 6, 1), "", 2020), (date(2021, 1, 1), "", 2021),
])  # fmt: skip
def test_once_it_has_passed_the_freeze_day_is_neither_later_nor_gone(
    where: Layout, monkeypatch: pytest.MonkeyPatch, day: date, said: str, year: int
) -> None:
    on(monkeypatch, day)
    file = where.settings / "installation.toml"
    file.write_text(f'name_zh = "某院"\ncriteria_freeze = "{said}"\n' if said else "", encoding="utf-8")
    write(where, "indicator_weights", f"{WEIGHTS}QX02,3,2020-01-01,,true,\n")
    refused, frozen_row = load(where).faults
    assert (refused.file, refused.row, refused.column, refused.value) == (
        "installation.toml", 2 if said else 0, "criteria_freeze", said
    )  # fmt: skip
    for text in (refused.zh, refused.en):
        assert f"{year - 1}-12-02" in text and str(year) in text
    assert all('"12-02"' in text and f"{year}-01-01" in text for text in (refused.remedy_zh, refused.remedy_en))
    assert frozen_row.code == "frozen"  # judged by the day that was published
    file.unlink()
    assert ("installation.toml", 0, "freeze_moved") in told(where)


@pytest.mark.parametrize("day, said", [
    (date(2020, 12, 2), "12-31"), (date(2020, 6, 1), "12-15"), (date(2021, 1, 1), "12-31"),
    (date(2020, 12, 3), "06-01"), (date(2020, 12, 3), "12-02"),
])  # fmt: skip
def test_before_it_has_passed_the_day_may_move_and_earlier_at_any_time(
    where: Layout, monkeypatch: pytest.MonkeyPatch, day: date, said: str
) -> None:
    on(monkeypatch, day)
    (where.settings / "installation.toml").write_text(f'criteria_freeze = "{said}"\n', encoding="utf-8")
    assert told(where) == []


def test_today_is_asked_in_beijing(where: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[date] = []
    monkeypatch.setattr(frozen, "faults", lambda _layout, _sheets, _tables, today: asked.append(today) or [])
    load(where)
    assert len(asked) == 1 and effective.BEIJING.key == "Asia/Shanghai"
