"""The calendar: each month's delivery is due by the tenth of the next, whether or not the sensor has seen it complete.
When a delivery counts as complete is in sensors.py."""

from datetime import timedelta

import dagster as dg

from pipelines.defs.jobs import take_in_and_publish


@dg.schedule(
    job=take_in_and_publish,
    cron_schedule="0 6 10 * *",
    description="每月十日接收上月报送 | On the tenth, the month before",
)
def on_the_tenth(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    before = context.scheduled_execution_time.replace(day=1) - timedelta(days=1)
    return dg.RunRequest(partition_key=f"{before:%Y-%m}")
