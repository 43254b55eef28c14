"""On the tenth the month before is taken in, whatever has been seen of it.
How a month is taken in is held by the integration tests."""

from __future__ import annotations

from datetime import datetime

import dagster as dg
import pytest

from pipelines.defs.schedules import on_the_tenth


@pytest.mark.parametrize(("tenth", "month"), [("2020-01-10T06:00", "2019-12"), ("2019-04-10T06:00", "2019-03")])
def test_the_tenth_takes_in_the_month_before(tenth: str, month: str) -> None:
    context = dg.build_schedule_context(scheduled_execution_time=datetime.fromisoformat(tenth))
    assert on_the_tenth(context).partition_key == month
