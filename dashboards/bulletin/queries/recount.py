"""The second count: indicators of every court and roll-up, added up again from the courts' own monthly measures.
It leaves the published indicators and ranks aside; what is printed belongs to the bulletin's own queries."""

from __future__ import annotations

import duckdb
import pandas as pd

Cursor = duckdb.DuckDBPyConnection


def indicators(cursor: Cursor, month: str, window: str, first_month: str) -> pd.DataFrame:
    """court_code × scope_code × indicator_code: numerator and denominator from own monthly measures.

    `first_month` to `month` is the window. Accepted cases are opening plus newly filed; the roll-ups follow
    the tree of courts, a court without a parent standing for its province.
    """
    return cursor.execute(
        """
        with members as (
            select court_code, 'own' as scope_code, court_code as member_code from core.dim_courts
            union all
            select p.court_code, 'jurisdiction', c.court_code
            from core.dim_courts as p
            inner join core.dim_courts as c on c.court_code = p.court_code or c.parent_court_code = p.court_code
            where p.level = 'intermediate'
            union all
            select p.court_code, 'province', c.court_code
            from core.dim_courts as p
            inner join core.dim_courts as c on c.province_code = p.province_code
            where p.parent_court_code is null and p.level <> 'basic'
        ),
        monthly as (
            select f.court_code, f.case_scope, f.measure_code,
                   sum(case m.window_rule
                           when 'first' then case when f.period_month = cast($first as date) then f.measure_value end
                           when 'last' then case when f.period_month = cast($last as date) then f.measure_value end
                           when 'sum' then f.measure_value
                       end) as amount
            from performance.fct_court_measures as f
            inner join core.dim_measures as m on m.measure_code = f.measure_code
            where f.scope_code = 'own' and f.period_month between cast($first as date) and cast($last as date)
            group by f.court_code, f.case_scope, f.measure_code
        ),
        counted as (
            select court_code, case_scope, measure_code, amount from monthly where measure_code <> 'accepted_cases'
            union all
            select court_code, case_scope, 'accepted_cases', sum(amount) from monthly
            where measure_code in ('opening_cases', 'new_cases') group by court_code, case_scope
        ),
        rolled as (
            select s.court_code, s.scope_code, x.case_scope, x.measure_code, sum(x.amount) as amount
            from members as s inner join counted as x on x.court_code = s.member_code
            group by s.court_code, s.scope_code, x.case_scope, x.measure_code
        )
        select n.court_code, n.scope_code, i.indicator_code, i.definition_version, n.amount as numerator,
               d.amount as denominator
        from core.dim_indicators as i
        inner join rolled as n on n.measure_code = i.numerator_measure and n.case_scope = i.case_scope
        inner join rolled as d
            on d.measure_code = i.denominator_measure and d.case_scope = i.case_scope
           and d.court_code = n.court_code and d.scope_code = n.scope_code
        where i.valid_from <= cast($last as date)
          and (i.valid_to is null or i.valid_to >= cast($last as date))
          and (i.superseded_from is null or i.superseded_from > cast($last as date))
        """,
        {"first": f"{first_month}-01", "last": f"{month}-01"},
    ).df()


def measures(cursor: Cursor, province: str, month: str, first_month: str) -> pd.DataFrame:
    """case_scope × measure_code of all courts of a province, added up from the cases and not from measures."""
    return cursor.execute(
        """
        with cases as (
            select e.*, s.case_scope
            from core.fct_enforcement_cases as e
            inner join core.dim_courts as c on c.court_code = e.court_code
            inner join core.dim_case_scope_members as s on s.case_type = e.case_type
            where c.province_code = $province
        )
        select case_scope,
               sum(case when filed_month < cast($first as date)
                         and (closed_month is null or closed_month >= cast($first as date)) then 1 else 0 end)
                   as opening_cases,
               sum(case when filed_month between cast($first as date) and cast($last as date) then 1 else 0 end)
                   as new_cases,
               sum(case when closed_month between cast($first as date) and cast($last as date) then 1 else 0 end)
                   as closed_cases,
               sum(case when filed_month <= cast($last as date)
                         and (closed_month is null or closed_month > cast($last as date)) then 1 else 0 end)
                   as pending_cases
        from cases group by case_scope
        """,
        {"province": province, "first": f"{first_month}-01", "last": f"{month}-01"},
    ).df()


def ranked(cursor: Cursor, province: str, month: str, window: str) -> pd.DataFrame:
    """peer_group × court × indicator that may be ranked, with the weight it has in the composite."""
    return cursor.execute(
        """
        select s.peer_group, s.court_code, s.indicator_code, s.weight
        from performance.fct_court_scores as s
        inner join core.dim_courts as c on c.court_code = s.court_code
        where c.province_code = $province and s.window_code = $window and s.period_month = cast($month as date)
          and s.rank is not null
        """,
        {"province": province, "window": window, "month": f"{month}-01"},
    ).df()


def counts(cursor: Cursor, province: str, month: str) -> dict[str, int]:
    """Counts about courts, deliveries and open items, each by a statement of its own."""
    named = {"province": province, "month": f"{month}-01"}
    found: dict[str, int] = {}
    for row in cursor.execute(
        "select level, count(*) from core.dim_courts where province_code = $province group by level",
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


def _row(cursor: Cursor, statement: str, named: dict[str, str]) -> dict[str, int]:
    answer = cursor.execute(statement, named)
    names = [column[0] for column in answer.description]
    return {name: int(amount) for name, amount in zip(names, answer.fetchone() or (), strict=True)}
