"""The calendar: a month is taken in once its deliveries have fallen due, whether the sensor saw it complete or not.
When a delivery counts as complete is in sensors.py."""

from __future__ import annotations

from datetime import timedelta

import dagster as dg

from pipelines.defs.due import beijing_day, due_date
from pipelines.defs.jobs import take_in_and_publish
from pipelines.layout import layout
from pipelines.settings.effective import seeds
from pipelines.settings.installation import service


@dg.schedule(
    job=take_in_and_publish,
    cron_schedule="0 6 * * *",
    execution_timezone="Asia/Shanghai",
    default_status=dg.DefaultScheduleStatus.RUNNING
    if service(layout(), "takes_in_by_itself")
    else dg.DefaultScheduleStatus.STOPPED,
    description="报送截止日的次日接收上月报送 | On the day after the due day, the month before",
)
def when_due(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Asked every morning; answers on the first day that is late for the month before."""
    today = beijing_day(context.scheduled_execution_time)
    month = f"{today.replace(day=1) - timedelta(days=1):%Y-%m}"
    due = due_date(seeds(layout()), month)
    if today != due + timedelta(days=1):
        return dg.SkipReason(f"{month}: {due} 截止 | due on {due}")
    return dg.RunRequest(partition_key=month)
