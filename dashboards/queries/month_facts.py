"""What a month leaves to be explained: flags of gaming checks, and items that stand open at its end.
The bulletin names them and the meeting goes through them."""

from __future__ import annotations

import duckdb
import pandas as pd

Cursor = duckdb.DuckDBPyConnection


def flags(cursor: Cursor, province: str, month: str) -> pd.DataFrame:
    """Gaming checks with a flag, alerts first: check, court, hits of n, share, peers' median, the check's words."""
    return cursor.execute(
        """
        select g.check_code, g.court_code, g.flag, g.value, g.n, g.hit_count, g.peer_median, d.name_zh, d.name_en,
               d.innocent_zh, d.innocent_en
        from rankings.rpt_gaming_checks as g
        inner join core.dim_gaming_checks as d on d.check_code = g.check_code
        inner join core.dim_courts as c on c.court_code = g.court_code
        where c.province_code = $province and g.period_month = cast($month as date) and g.flag in ('watch', 'alert')
        order by g.flag, c.sort_order, d.sort_order
        """,
        {"province": province, "month": f"{month}-01"},
    ).df()


def open_items(cursor: Cursor, province: str, month: str) -> pd.DataFrame:
    """court_code, problem_class, due_date, is_overdue, is_due_next: items that stood open at the month's end."""
    return cursor.execute(
        """
        select i.court_code, i.problem_class, i.found_date, i.due_date,
               i.due_date <= last_day(cast($month as date)) as is_overdue,
               i.due_date > last_day(cast($month as date))
                   and i.due_date <= last_day(cast(cast($month as date) + interval 1 month as date)) as is_due_next
        from core.fct_rectifications as i
        inner join core.dim_courts as c on c.court_code = i.court_code
        where c.province_code = $province and i.found_date <= last_day(cast($month as date))
          and (i.written_off_date is null or i.written_off_date > last_day(cast($month as date)))
        order by i.due_date, c.sort_order, i.item_id
        """,
        {"province": province, "month": f"{month}-01"},
    ).df()
