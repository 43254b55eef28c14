"""What a page can choose from: months, windows, peer groups, courts, indicators, provinces.
The figures themselves belong to the modules named after the pages."""

from __future__ import annotations

import duckdb
import pandas as pd

Cursor = duckdb.DuckDBPyConnection


def months(cursor: Cursor) -> pd.DataFrame:
    """One row per month of the snapshot, newest first."""
    return cursor.execute(
        "select strftime(period_month, '%Y-%m') as month from core.dim_months order by period_month desc"
    ).df()


def windows(cursor: Cursor) -> pd.DataFrame:
    """window_code, name_zh, name_en in their order."""
    return cursor.execute("select window_code, name_zh, name_en from core.dim_windows order by sort_order").df()


def peer_groups(cursor: Cursor) -> pd.DataFrame:
    """Peer groups that have at least one court in this snapshot."""
    return cursor.execute(
        """
        select g.peer_group, g.scope_code, g.level, g.name_zh, g.name_en, count(c.court_code) as court_count
        from core.dim_peer_groups as g
        inner join core.dim_courts as c on c.level = g.level
        group by g.peer_group, g.scope_code, g.level, g.name_zh, g.name_en, g.sort_order
        order by g.sort_order
        """
    ).df()


def courts(cursor: Cursor) -> pd.DataFrame:
    """Every court with its names, level, parent and prefecture, in the official order."""
    return cursor.execute(
        """
        select court_code, name_zh, name_en, short_name_zh, short_name_en, level, parent_court_code,
               prefecture_code, prefecture_name_zh, prefecture_name_en, peer_group, province_code, division_code,
               is_delivering
        from core.dim_courts order by sort_order, court_code
        """
    ).df()


def indicators(cursor: Cursor) -> pd.DataFrame:
    """The newest version of every indicator, in the catalogue's order."""
    return cursor.execute(
        """
        with versions as (
            select *, row_number() over (partition by indicator_code order by definition_version desc) as newest
            from core.dim_indicators
        )
        select * from versions where newest = 1 order by sort_order, indicator_code
        """
    ).df()


def leading(cursor: Cursor, month: str) -> list[str]:
    """What overview and bulletin are about: what decides the composite, and what the recommended set only watches."""
    rows = cursor.execute(
        """
        select w.indicator_code
        from core.dim_indicator_weights as w
        where w.weight > 0 and w.valid_from <= cast($month as date)
          and coalesce(w.valid_to >= cast($month as date), true)
        union
        select s.indicator_code
        from core.dim_indicator_sets as s
        inner join core.dim_indicators as i on i.indicator_code = s.indicator_code
        where s.set_code = 'PROJ26' and i.direction = 'monitor'
        """,
        {"month": f"{month}-01"},
    ).fetchall()
    return [code for (code,) in rows]


def last_deliveries(cursor: Cursor) -> pd.DataFrame:
    """The last month each court delivered anything, for courts that are late."""
    return cursor.execute(
        """
        select court_code, strftime(max(extract_month), '%Y-%m') as last_month
        from rankings.rpt_delivery_quality where is_delivered group by court_code
        """
    ).df()


def interval_statuses(cursor: Cursor) -> pd.DataFrame:
    """interval_status, name_zh, name_en, note_zh, note_en: the words of interval mode in their order."""
    return cursor.execute("select * from core.dim_interval_statuses order by sort_order").df()
