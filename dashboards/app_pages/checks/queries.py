"""Checks that show when a figure may have been shaped: their catalogue, their results, the cases behind a flag.
A flag is a reason to look; what follows from it is decided by people, outside this system."""

from __future__ import annotations

import duckdb
import pandas as pd

Cursor = duckdb.DuckDBPyConnection


def catalogue(cursor: Cursor) -> pd.DataFrame:
    """Every check with its definition, those that the extracts do not carry included, in their order."""
    return cursor.execute(
        """
        select
            check_code, name_zh, name_en, practice_zh, practice_en, shows_zh, shows_en, computed_zh, computed_en,
            indicator_code, is_checkable, not_checkable_zh, not_checkable_en, window_months, min_trials,
            threshold_zh, threshold_en, innocent_zh, innocent_en
        from core.dim_gaming_checks order by sort_order, check_code
        """
    ).df()


def results(cursor: Cursor, province: str, month: str) -> pd.DataFrame:
    """One row per check and court of the month: share of hits, n, own past, peers, scores, flag."""
    return cursor.execute(
        """
        select
            r.check_code, r.court_code, r.value, r.n, r.hit_count, r.own_base, r.own_base_n, r.peer_median,
            r.peer_share, r.peer_score, r.own_score, r.flag, r.indicator_code
        from rankings.rpt_gaming_checks as r
        inner join core.dim_courts as c on c.court_code = r.court_code
        inner join core.dim_gaming_checks as g on g.check_code = r.check_code
        where c.province_code = $province and r.period_month = cast($month as date)
        order by g.sort_order, c.sort_order
        """,
        {"province": province, "month": f"{month}-01"},
    ).df()


def history(cursor: Cursor, province: str, month: str, months: int) -> pd.DataFrame:
    """Flags per month up to the chosen one: month, alert_count, watch_count, looked_count (court × check)."""
    return cursor.execute(
        """
        select
            strftime(r.period_month, '%Y-%m') as month,
            count(*) filter (where r.flag = 'alert') as alert_count,
            count(*) filter (where r.flag = 'watch') as watch_count, count(*) as looked_count
        from rankings.rpt_gaming_checks as r
        inner join core.dim_courts as c on c.court_code = r.court_code
        where c.province_code = $province and r.period_month <= cast($month as date)
          and r.period_month > cast($month as date) - to_months($months)
        group by r.period_month order by r.period_month
        """,
        {"province": province, "month": f"{month}-01", "months": months},
    ).df()


def cases(cursor: Cursor, province: str, month: str, court: str, check: str, size: int, page: int) -> pd.DataFrame:
    """One page of the records behind the month's flags, of one court and check or of all ('')."""
    return cursor.execute(
        """
        select
            r.court_code, r.check_code, r.flag, strftime(r.event_month, '%Y-%m') as event_month, r.case_number,
            r.case_id, r.detail_zh, r.detail_en, count(*) over () as total_count
        from rankings.rpt_gaming_cases as r
        inner join core.dim_courts as c on c.court_code = r.court_code
        where c.province_code = $province and r.period_month = cast($month as date)
          and ($court = '' or r.court_code = $court) and ($check = '' or r.check_code = $check)
        order by c.sort_order, r.check_code, r.event_month desc, r.case_id, r.detail_zh
        limit $size offset $start
        """,
        {
            "province": province,
            "month": f"{month}-01",
            "court": court,
            "check": check,
            "size": size,
            "start": size * (page - 1),
        },
    ).df()
