"""Defaulters: listings, delistings, terms, restrictions, and persons against listings.
Sums by court and month come from the snapshot; nobody's name or key is among them."""

from __future__ import annotations

import duckdb
import pandas as pd

Cursor = duckdb.DuckDBPyConnection


def listings(cursor: Cursor, by: str, courts: tuple[str, ...], first: str, last: str) -> pd.DataFrame:
    """One row per `part`: listed, corrected, delisted and due in the months; standing at the end of the last one.

    `by`: ground, party_kind, or anything else for courts. overdue_count adds the bands of overdue delistings.
    """
    return cursor.execute(
        """
        with named as (
            select *, case $by when 'ground' then ground when 'party_kind' then party_kind else court_code end as part,
                   case when period_month = cast($last as date) then 1 else 0 end as is_last
            from rankings.rpt_listing_stocks
            where list_contains($courts, court_code)
              and period_month between cast($first as date) and cast($last as date)
        )
        select part, sum(listed_count)::bigint as listed_count, sum(corrected_count)::bigint as corrected_count,
               sum(delisted_count)::bigint as delisted_count, sum(due_count)::bigint as due_count,
               sum(on_time_count)::bigint as on_time_count,
               sum(on_time_count) / nullif(sum(due_count), 0)::double as on_time_ratio,
               sum(is_last * listed_stock_count)::bigint as listed_stock_count,
               sum(is_last * undated_stock_count)::bigint as undated_stock_count,
               sum(is_last * expired_stock_count)::bigint as expired_stock_count,
               sum(is_last * overdue_to_7_count)::bigint as overdue_to_7_count,
               sum(is_last * overdue_to_30_count)::bigint as overdue_to_30_count,
               sum(is_last * overdue_over_30_count)::bigint as overdue_over_30_count,
               sum(is_last * (overdue_to_7_count + overdue_to_30_count + overdue_over_30_count))::bigint
                   as overdue_count,
               sum(is_last * expiring_first_count)::bigint as expiring_first_count,
               sum(is_last * expiring_second_count)::bigint as expiring_second_count,
               sum(is_last * expiring_third_count)::bigint as expiring_third_count,
               sum(is_last * unrestricted_count)::bigint as unrestricted_count
        from named
        group by part
        order by overdue_count desc, expired_stock_count desc, part
        """,
        {"by": by, "courts": list(courts), "first": f"{first}-01", "last": f"{last}-01"},
    ).df()


def months(cursor: Cursor, courts: tuple[str, ...], first: str, last: str) -> pd.DataFrame:
    """period_month, listed and delisted: listings of the courts month by month."""
    return cursor.execute(
        """
        select period_month, sum(listed_count)::bigint as listed, sum(delisted_count)::bigint as delisted
        from rankings.rpt_listing_stocks
        where list_contains($courts, court_code)
          and period_month between cast($first as date) and cast($last as date)
        group by period_month
        order by period_month
        """,
        {"courts": list(courts), "first": f"{first}-01", "last": f"{last}-01"},
    ).df()


def restrictions(cursor: Cursor, courts: tuple[str, ...], first: str, last: str) -> pd.DataFrame:
    """court_code; restrictions issued and lifted in the months, in force at the end of the last one."""
    return cursor.execute(
        """
        select court_code, sum(issued_count)::bigint as issued_count, sum(lifted_count)::bigint as lifted_count,
               sum(case when period_month = cast($last as date) then restricted_stock_count else 0 end)::bigint
                   as restricted_stock_count
        from rankings.rpt_restriction_stocks
        where list_contains($courts, court_code)
          and period_month between cast($first as date) and cast($last as date)
        group by court_code
        """,
        {"courts": list(courts), "first": f"{first}-01", "last": f"{last}-01"},
    ).df()


def persons(cursor: Cursor, court: str, scope: str, month: str, window: str) -> pd.DataFrame:
    """At most one row: persons listed in the window, each counted once within court and scope."""
    return cursor.execute(
        """
        select person_count
        from rankings.rpt_listed_persons
        where court_code = $court and scope_code = $scope and window_code = $window
          and period_month = cast($month as date)
        """,
        {"court": court, "scope": scope, "window": window, "month": f"{month}-01"},
    ).df()
