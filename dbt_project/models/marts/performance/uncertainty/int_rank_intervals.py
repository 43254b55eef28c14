"""Rank intervals, sets of ranks and tie bands of every league; the arithmetic is in pipelines.fairness.leagues."""

from pipelines.fairness.leagues import rank_interval_rows


def model(dbt, session):
    ranked = dbt.ref("int_ranking_inputs").df()
    ranked["period_month"] = ranked["period_month"].dt.strftime("%Y-%m-%d")
    return rank_interval_rows(ranked)
