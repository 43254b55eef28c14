"""Where an indicator comes from and what rests on a table: steps, measures, deliveries, and the tables published.
All of it is the snapshot's own catalogue; the values of indicators do not belong here."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.statements import statements

Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)


def measures(cursor: Cursor, indicator: str) -> pd.DataFrame:
    """indicator × side × measure of its newest version; a measure of parts by its parts, a difference by its terms."""
    return SQL.frame(cursor, "measures", indicator=indicator)


def upstream(cursor: Cursor, tables: tuple[str, ...]) -> pd.DataFrame:
    """Every step above `tables`, back to extracts and seeds: node_name, node_layer, made_from, made_from_layer."""
    return SQL.frame(cursor, "upstream", tables=tables)


def downstream(cursor: Cursor, table: str) -> pd.DataFrame:
    """What is made from `table`, step by step: node_name, node_layer, and the fewest steps to it."""
    return SQL.frame(cursor, "downstream", table=table)


def resting(cursor: Cursor, table: str) -> pd.DataFrame:
    """Indicators in force that count records of `table`, or of a table made from it, and by which measures."""
    return SQL.frame(cursor, "resting", table=table)


def deliveries(cursor: Cursor, kinds: tuple[str, ...]) -> pd.DataFrame:
    """kind of extract: months, files accepted, rows taken in and rejected, and when the last one came."""
    return SQL.frame(cursor, "deliveries", kinds=kinds)


def kinds(cursor: Cursor) -> pd.DataFrame:
    """kind: every kind of extract that a measure counts or a court has delivered."""
    return SQL.frame(cursor, "kinds")


def nodes(cursor: Cursor) -> pd.DataFrame:
    """node_name, node_layer: every extract, seed, model and table there is a step for."""
    return SQL.frame(cursor, "nodes")


def tables(cursor: Cursor) -> pd.DataFrame:
    """Published tables with what they hold, their key, who may read them, and their rows."""
    return SQL.frame(cursor, "tables")
