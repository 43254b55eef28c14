"""The months that can be delivered, as Dagster partitions named `YYYY-MM`.
Which of them have been delivered is known to pipelines.extracts.landing."""

from __future__ import annotations

import dagster as dg

from pipelines.extracts.landing import FIRST_MONTH

# The month now running may be delivered early; which month that is, is said in Beijing.
MONTHS = dg.MonthlyPartitionsDefinition(start_date=FIRST_MONTH, fmt="%Y-%m", end_offset=1, timezone="Asia/Shanghai")
ALL_AT_ONCE = dg.BackfillPolicy.single_run()
