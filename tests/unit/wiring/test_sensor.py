"""A month starts when its delivery is complete and quiet, once for one set of files.
What a started month does is held by the integration tests."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest

from pipelines.defs import sensors
from pipelines.defs.partitions import MONTHS
from pipelines.defs.sensors import MonthLanded, is_ready, months_in_landing, months_to_take_in
from pipelines.extracts.loading import receive_month
from pipelines.layout import Layout

NOW = datetime(2019, 4, 5, 12, tzinfo=UTC)
DUE = date(2019, 4, 20)
FEBRUARY = MonthLanded("2019-02", frozenset({"cases", "funds"}), NOW - timedelta(days=30), "f")


def march(kinds: set[str], minutes_ago: int, now: datetime = NOW) -> MonthLanded:
    return MonthLanded("2019-03", frozenset(kinds), now - timedelta(minutes=minutes_ago), "m")


def test_complete_and_quiet_is_ready() -> None:
    assert is_ready(march({"cases", "funds", "nodes"}, minutes_ago=20), [FEBRUARY], NOW, DUE)


def test_a_file_that_has_just_come_may_not_be_the_last() -> None:
    assert not is_ready(march({"cases", "funds"}, minutes_ago=2), [FEBRUARY], NOW, DUE)


def test_a_kind_that_came_last_month_is_waited_for_until_the_due_day_is_over_in_beijing() -> None:
    last = datetime(2019, 4, 20, 15, 59, tzinfo=UTC)
    over = last + timedelta(minutes=1)
    assert not is_ready(march({"cases"}, minutes_ago=20, now=last), [FEBRUARY], last, DUE)
    assert is_ready(march({"cases"}, minutes_ago=20, now=over), [FEBRUARY], over, DUE)


def landed(where: Layout, name: str = "a.csv", month: str = "2019-03", kind: str = "funds") -> Path:
    file = where.landing / month / kind / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("案款标识,法院代码,到账日期,到账金额\nF1,T14,2019-03-05,5\n")
    return file


def asked(where: Layout, minutes: int = 20) -> list[str]:
    return [month.month for month in months_to_take_in(where, datetime.now(UTC) + timedelta(minutes=minutes))]


def test_a_tree_that_was_taken_in_by_hand_is_not_asked_for_and_whatever_changes_in_it_is(tmp_path: Path) -> None:
    where = Layout(data=tmp_path, key_file=tmp_path / "key")
    file = landed(where)
    landed(where, month="2019-04")
    assert asked(where) == ["2019-03", "2019-04"]
    receive_month(where, "funds", "2019-03")
    assert asked(where) == ["2019-04"]
    receive_month(where, "funds", "2019-04")
    assert asked(where) == []
    os.utime(file, (1, 1))
    assert asked(where) == ["2019-03"]
    receive_month(where, "funds", "2019-03")
    landed(where, "b.csv")
    assert asked(where) == ["2019-03"]
    receive_month(where, "funds", "2019-03")
    landed(where, kind="auctions")
    assert asked(where) == ["2019-03"]


def test_a_file_taken_out_of_a_month_is_news_and_a_folder_that_was_archived_is_none(tmp_path: Path) -> None:
    where = Layout(data=tmp_path, key_file=tmp_path / "key")
    first, second = landed(where), landed(where, "b.csv")
    landed(where, kind="auctions")
    for kind in ("funds", "auctions"):
        receive_month(where, kind, "2019-03")
    first.unlink()
    assert asked(where) == ["2019-03"]
    second.unlink()
    second.parent.rmdir()
    assert asked(where) == []


@pytest.mark.parametrize("own", [0.0, 4e9])
def test_a_file_with_an_old_time_or_one_ahead_has_come_just_now(tmp_path: Path, own: float) -> None:
    where = Layout(data=tmp_path, key_file=tmp_path / "key")
    os.utime(landed(where), (own, own))
    assert asked(where, minutes=1) == []
    assert asked(where, minutes=16) == ["2019-03"]


def test_a_new_file_makes_a_month_a_new_delivery_and_the_same_files_do_not(tmp_path: Path) -> None:
    where = Layout(data=tmp_path, key_file=tmp_path / "key")
    file = where.landing / "2019-03" / "cases" / "a.csv"
    file.parent.mkdir(parents=True)
    file.write_text("x")
    os.utime(file, (NOW.timestamp(), NOW.timestamp()))
    first, again = months_in_landing(where), months_in_landing(where)
    (file.parent / "b.csv").write_text("y")
    assert first == again
    assert [month.kinds for month in first] == [frozenset({"cases"})]
    assert months_in_landing(where)[0].digest != first[0].digest


@pytest.mark.parametrize("month", ["2007-01", "2016-03", "2019-12"])
def test_every_month_that_may_be_delivered_is_a_partition(month: str) -> None:
    assert MONTHS.has_partition_key(month)


def test_a_folder_that_is_no_month_is_told_and_passed_over_and_the_months_beside_it_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = Layout(data=tmp_path, key_file=tmp_path / "key")
    for month in ("2099-03", "2019-3", "notes"):
        landed(where, month=month)
    monkeypatch.setattr(sensors, "layout", lambda: where)
    with dg.build_sensor_context() as context:
        (said,) = sensors.delivery_complete(context)
    assert isinstance(said, dg.SkipReason)
    assert all(f"“{name}”" in str(said.skip_message) for name in ("2099-03", "2019-3", "notes"))
    for stray in landed(where, month="2019-03").parents[1].rglob("*"):
        os.utime(stray)
    assert asked(where) == ["2019-03"]


def test_the_first_tick_on_a_tree_that_was_taken_in_asks_for_no_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = Layout(data=tmp_path, key_file=tmp_path / "key")
    landed(where)
    monkeypatch.setattr(sensors, "layout", lambda: where)
    monkeypatch.setattr(sensors, "QUIET", timedelta(seconds=-1))
    with dg.build_sensor_context() as context:
        (request,) = sensors.delivery_complete(context)
        assert isinstance(request, dg.RunRequest) and request.partition_key == "2019-03"
        receive_month(where, "funds", "2019-03")
        (said,) = sensors.delivery_complete(context)
    assert isinstance(said, dg.SkipReason)
