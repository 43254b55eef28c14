"""Rank intervals, sets of ranks and tie bands of every league; the arithmetic is in pipelines.fairness.
What a month's equal rows came to before lies beside the warehouse; of one in memory nothing is kept."""

from pathlib import Path

from pipelines.fairness.tables import rank_interval_table

WHERE = "select path from duckdb_databases() where database_name = current_database()"


def model(dbt, session):
    ((place,),) = session.execute(WHERE).fetchall()
    kept = Path(place).parent / "leagues" if place else None
    return rank_interval_table(dbt.ref("int_ranking_inputs").df(), kept=kept)
