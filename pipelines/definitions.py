"""What Dagster loads: everything under defs/, and the two resources that assets ask for.
Nothing is defined here."""

from __future__ import annotations

import dagster as dg

from pipelines import defs as wiring
from pipelines.defs.reporting import LogReporter
from pipelines.defs.transformation.models import dbt_command

defs = dg.Definitions.merge(
    dg.load_definitions_from_package_module(wiring),
    dg.Definitions(
        resources={"dbt": dbt_command(), "reporter": LogReporter()},
        executor=dg.in_process_executor,
    ),
)
