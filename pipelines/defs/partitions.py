"""The months that can be delivered, as Dagster partitions named `YYYY-MM`.
Which of them have been delivered is known to pipelines.extracts.landing."""

from __future__ import annotations

import dagster as dg

# Court systems hold cases filed from 2000 on; the month now running may be delivered early.
MONTHS = dg.MonthlyPartitionsDefinition(start_date="2000-01", fmt="%Y-%m", end_offset=1)
ALL_AT_ONCE = dg.BackfillPolicy.single_run()
