"""The second count: indicators of every court and roll-up, added up again from the courts' own monthly measures.
It leaves the published indicators and ranks aside; what is printed belongs to the bulletin's own queries."""

from __future__ import annotations

from typing import Any

import duckdb
import pandas as pd

from dashboards.month import Month
from dashboards.statements import statements

Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)


def indicators(cursor: Cursor, month: Month, window: str, first_month: Month) -> pd.DataFrame:
    """court_code × scope_code × indicator_code: numerator and denominator from own monthly measures.

    `first_month` to `month` is the window. Accepted cases are opening plus newly filed; the roll-ups follow
    the tree of courts, a court without a parent standing for its province.
    """
    return SQL.frame(cursor, "indicators", first=first_month, last=month)


def measures(cursor: Cursor, province: str, month: Month, first_month: Month) -> pd.DataFrame:
    """case_scope × measure_code of all courts of a province, added up from the cases and not from measures."""
    return SQL.frame(cursor, "measures", province=province, first=first_month, last=month)


def ranked(cursor: Cursor, province: str, month: Month, window: str) -> pd.DataFrame:
    """peer_group × court × indicator that may be ranked, with the weight it has in the composite."""
    return SQL.frame(cursor, "ranked", province=province, window=window, month=month)


def counts(cursor: Cursor, province: str, month: Month) -> dict[str, int]:
    """Counts about courts, deliveries and open items, each by a statement of its own."""
    named: dict[str, Any] = {"province": province, "month": month}
    found: dict[str, int] = {}
    for row in cursor.execute(
        SQL["counts"],
        {"province": province},
    ).fetchall():
        found[f"courts_{row[0]}"] = row[1]
    found |= _row(
        cursor,
        """
        select count(*) as courts_expected, count(*) - count(missing) as courts_complete,
               coalesce(sum(rejected), 0) as rows_rejected, coalesce(sum(held), 0) as rows_held,
               coalesce(sum(received), 0) as rows_received, count(late) as courts_late
        from (
            select q.court_code, max(case when not q.is_delivered then 1 end) as missing,
                   max(case when q.is_late then 1 end) as late, sum(q.rejected_count) as rejected,
                   sum(q.held_count) as held, sum(q.row_count) as received
            from rankings.rpt_delivery_quality as q
            inner join core.dim_courts as c on c.court_code = q.court_code and c.province_code = $province
            where q.extract_month = cast($month as date) and q.is_expected group by q.court_code
        )
        """,
        named,
    )
    found |= _row(
        cursor,
        """
        select count(*) as items_open,
               coalesce(sum(case when q.due_date <= last_day(cast($month as date)) then 1 else 0 end), 0)
                   as items_overdue,
               count(*) filter (where date_trunc('month', q.due_date) = cast($month as date) + interval 1 month)
                   as items_due_next,
               count(distinct q.court_code) as items_courts
        from core.fct_rectifications as q
        inner join core.dim_courts as c on c.court_code = q.court_code and c.province_code = $province
        where q.found_date <= last_day(cast($month as date))
          and coalesce(q.written_off_date, date '9999-12-31') > last_day(cast($month as date))
        """,
        named,
    )
    found |= _row(
        cursor,
        """
        select count(*) as checks_flagged from rankings.rpt_gaming_checks
        where period_month = cast($month as date) and flag <> 'none'
          and court_code in (select court_code from core.dim_courts where province_code = $province)
        """,
        named,
    )
    found |= _row(
        cursor,
        """
        select count(*) as rules_failed from rankings.rpt_gate_results
        where extract_month = cast($month as date) and failed_count > 0
        """,
        {"month": named["month"]},
    )
    return found


def _row(cursor: Cursor, statement: str, named: dict[str, Any]) -> dict[str, int]:
    answer = cursor.execute(statement, named)
    names = [column[0] for column in answer.description]
    return {name: int(amount) for name, amount in zip(names, answer.fetchone() or (), strict=True)}
