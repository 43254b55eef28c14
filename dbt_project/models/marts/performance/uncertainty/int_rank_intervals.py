"""Rank intervals, sets of ranks and tie bands of every league; the arithmetic is in pipelines.fairness."""

from pipelines.fairness.tables import rank_interval_table


def model(dbt, session):
    return rank_interval_table(dbt.ref("int_ranking_inputs").df())
