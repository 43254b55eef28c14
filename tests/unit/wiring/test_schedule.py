"""On the day after the due day the month before is taken in, whatever has been seen of it.
How a month is taken in is held by the integration tests."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest

from pipelines.defs.due import due_date
from pipelines.defs.schedules import when_due
from pipelines.layout import layout

HEADINGS = "threshold_code,limit_value,limit_unit,valid_from,valid_to\n"


def answer(moment: datetime) -> dg.RunRequest | dg.SkipReason:
    found = when_due(dg.build_schedule_context(scheduled_execution_time=moment))
    assert isinstance(found, dg.RunRequest | dg.SkipReason)
    return found


@pytest.mark.parametrize(
    ("year", "next_one", "month"), [(2020, 1, "2019-12"), (2019, 4, "2019-03"), (2024, 3, "2024-02")]
)
def test_each_month_is_taken_in_once_on_the_morning_after_its_due_day(year: int, next_one: int, month: str) -> None:
    first = datetime(year, next_one, 1, 22, tzinfo=UTC)  # six in the morning of the second, in Beijing
    mornings = [first + timedelta(days=days) for days in range(28)]
    asked = [(morning, found) for morning in mornings if isinstance(found := answer(morning), dg.RunRequest)]
    ((morning, request),) = asked
    assert request.partition_key == month
    assert (morning + timedelta(hours=8)).date() == due_date(layout().catalogue, month) + timedelta(days=1)


def test_the_morning_is_beijings() -> None:
    assert when_due.execution_timezone == "Asia/Shanghai"


def test_the_due_day_is_the_one_after_which_the_mart_calls_a_delivery_late() -> None:
    assert (layout().catalogue / "thresholds.csv").read_text().count("\nLATE_DELIVERY,") == 1
    row = next(line for line in (layout().catalogue / "thresholds.csv").read_text().splitlines() if "LATE_DEL" in line)
    granted = int(row.split(",")[3])
    assert due_date(layout().catalogue, "2019-02") == date(2019, 2, 28) + timedelta(days=granted)
    assert due_date(layout().catalogue, "2019-12") == date(2019, 12, 31) + timedelta(days=granted)


def test_a_due_day_that_changes_holds_from_its_date(tmp_path: Path) -> None:
    rows = "LATE_DELIVERY,20,day,,2019-06-29\nLATE_DELIVERY,10,day,2019-06-30,\n"
    (tmp_path / "thresholds.csv").write_text(HEADINGS + rows)
    assert [f"{due_date(tmp_path, month)}" for month in ("2019-05", "2019-06")] == ["2019-06-20", "2019-07-10"]


@pytest.mark.parametrize("rows", ["", "LATE_DELIVERY,5,workday,,\n", "LATE_DELIVERY,5,day,,\nLATE_DELIVERY,6,day,,\n"])
def test_a_due_day_that_nobody_can_reckon_is_refused(tmp_path: Path, rows: str) -> None:
    (tmp_path / "thresholds.csv").write_text(HEADINGS + rows)
    with pytest.raises(ValueError, match="LATE_DELIVERY"):
        due_date(tmp_path, "2019-05")
