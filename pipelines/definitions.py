"""What Dagster loads: everything under defs/, and the resource that assets ask for.
Nothing is defined here."""

from __future__ import annotations

import dagster as dg

from pipelines import defs as wiring
from pipelines.defs.reporting import LogReporter

defs = dg.Definitions.merge(
    dg.load_definitions_from_package_module(wiring),
    dg.Definitions(
        resources={"reporter": LogReporter()},
        executor=dg.in_process_executor,
    ),
)
