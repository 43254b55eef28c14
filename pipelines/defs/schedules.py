"""The calendar: each month's delivery is due by the tenth of the next, whether or not the sensor has seen it complete.
When a delivery counts as complete is in sensors.py."""

from __future__ import annotations

import dagster as dg

from pipelines.defs.jobs import take_in_and_publish

monthly = dg.build_schedule_from_partitioned_job(
    take_in_and_publish,
    name="on_the_tenth",
    day_of_month=10,
    hour_of_day=6,
    description="每月十日接收上月报送 | On the tenth, the month before",
)
