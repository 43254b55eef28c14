"""What is not SQL, on an engine: its frames, our arithmetic league by league, and the tables back.
The arithmetic is in pipelines.fairness; on DuckDB two dbt models call the same functions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipelines.fairness.leagues import LEAGUE
from pipelines.fairness.tables import SUMS, VALUE_KEY, rank_interval_table, value_interval_table

RANKS = "int_rank_intervals"
VALUES = "int_value_intervals"
READ = {RANKS: "int_ranking_inputs", VALUES: "int_interval_inputs"}
RANK_COLUMNS = (
    "province_code string, peer_group string, window_code string, period_month string, indicator_code string, "
    "court_code string, rank_low int, rank_high int, tie_band int, set_low int, set_high int, end_count int"
)
VALUE_COLUMNS = (
    "court_code string, scope_code string, window_code string, period_month date, indicator_code string, "
    "definition_version string, value_low double, value_high double"
)


def write(session: Any, relations: Mapping[str, str]) -> None:
    """Compute both tables from the two that dbt has built; `relations` gives schema.table by a model's name."""
    ranked = _doubles(session.table(relations[READ[RANKS]]))
    # A league's draws are seeded by its months and know no other league: each is a task of its own.
    leagues = ranked.groupBy(*LEAGUE).applyInPandas(rank_interval_table, RANK_COLUMNS)
    leagues.write.mode("overwrite").saveAsTable(relations[RANKS])
    inputs = _doubles(session.table(relations[READ[VALUES]])).select(*VALUE_KEY, "interval_method", *SUMS)
    values = inputs.groupBy("window_code", "period_month").applyInPandas(value_interval_table, VALUE_COLUMNS)
    values.write.mode("overwrite").saveAsTable(relations[VALUES])


def _doubles(frame: Any) -> Any:
    """Decimals as doubles, as DuckDB gives them to pandas."""
    from pyspark.sql.functions import col

    return frame.select(
        *(
            col(field.name).cast("double").alias(field.name)
            if field.dataType.typeName() == "decimal"
            else col(field.name)
            for field in frame.schema.fields
        )
    )
