"""Suspended cases under both lenses, by check, against the source system, by duty of re-checking, and by cohort.
`courts` are the members whose records a scope adds up; months are YYYY-MM, windows begin and end with them."""

from __future__ import annotations

import duckdb
import pandas as pd

Cursor = duckdb.DuckDBPyConnection
Courts = tuple[str, ...]


def flows(cursor: Cursor, court: str, scope: str, case_scope: str, window: str, month: str) -> pd.DataFrame:
    """stage_code, lens, flow_effect, case_count in their order: one row per stage of the window."""
    return cursor.execute(
        """
        select stage_code, lens, flow_effect, case_count
        from rankings.rpt_case_flows
        where court_code = $court and scope_code = $scope and case_scope = $case_scope
          and window_code = $window and period_month = cast($month as date)
        order by sort_order
        """,
        {"court": court, "scope": scope, "case_scope": case_scope, "window": window, "month": f"{month}-01"},
    ).df()


def compliance(cursor: Cursor, courts: Courts, first: str, last: str) -> pd.DataFrame:
    """One row per check in its order: names, condition, coverage, passed, failed and not-checkable counts."""
    return cursor.execute(
        """
        with counted as (
            select check_id, sum(passed_count) as passed_count, sum(failed_count) as failed_count,
                   sum(not_checkable_count) as not_checkable_count
            from rankings.rpt_suspension_compliance
            where court_code in (select unnest($courts))
              and period_month between cast($first as date) and cast($last as date)
            group by check_id
        )
        select
            d.check_id, d.name_zh, d.name_en, d.legal_basis, d.coverage, d.condition_zh, d.condition_en,
            d.carried_zh, d.carried_en, coalesce(c.passed_count, 0)::bigint as passed_count,
            coalesce(c.failed_count, 0)::bigint as failed_count,
            coalesce(c.not_checkable_count, 0)::bigint as not_checkable_count
        from core.dim_suspension_checks as d
        left join counted as c on c.check_id = d.check_id
        order by d.sort_order
        """,
        {"courts": list(courts), "first": f"{first}-01", "last": f"{last}-01"},
    ).df()


def check_names(cursor: Cursor) -> pd.DataFrame:
    """check_id, name_zh, name_en in their order."""
    return cursor.execute("select check_id, name_zh, name_en from core.dim_suspension_checks order by sort_order").df()


def verdicts(cursor: Cursor, courts: Courts, first: str, last: str) -> pd.DataFrame:
    """One row: suspensions of the window, by verdict, by the source's own verdict, and by how the two compare."""
    return cursor.execute(
        """
        select
            coalesce(sum(suspended_count), 0)::bigint as suspended_count,
            coalesce(sum(compliant_count), 0)::bigint as compliant_count,
            coalesce(sum(not_compliant_count), 0)::bigint as not_compliant_count,
            coalesce(sum(not_checkable_count), 0)::bigint as not_checkable_count,
            coalesce(sum(source_compliant_count), 0)::bigint as source_compliant_count,
            coalesce(sum(source_stated_count), 0)::bigint as source_stated_count,
            coalesce(sum(agree_count), 0)::bigint as agree,
            coalesce(sum(source_compliant_only_count), 0)::bigint as source_compliant_only,
            coalesce(sum(computed_compliant_only_count), 0)::bigint as computed_compliant_only,
            coalesce(sum(source_silent_count), 0)::bigint as source_silent,
            coalesce(sum(not_compared_count), 0)::bigint as not_compared
        from rankings.rpt_suspension_verdicts
        where court_code in (select unnest($courts))
          and period_month between cast($first as date) and cast($last as date)
        """,
        {"courts": list(courts), "first": f"{first}-01", "last": f"{last}-01"},
    ).df()


def failing(cursor: Cursor, courts: Courts, first: str, last: str, check: str, size: int, page: int) -> pd.DataFrame:
    """One page of the cases that fail the check ('' for any), newest suspensions first."""
    return cursor.execute(
        """
        select
            f.case_number, f.court_code, f.suspended_date, f.check_id, d.name_zh, d.name_en,
            f.reason_zh, f.reason_en, f.is_compliant_source = 1 as source_compliant, count(*) over () as total_count
        from rankings.rpt_suspension_failures as f
        inner join core.dim_suspension_checks as d on d.check_id = f.check_id
        where ($check = '' or f.check_id = $check) and f.court_code in (select unnest($courts))
          and f.period_month between cast($first as date) and cast($last as date)
        order by f.period_month desc, f.court_code, f.case_id, f.check_id limit $size offset $start
        """,
        {
            "courts": list(courts),
            "first": f"{first}-01",
            "last": f"{last}-01",
            "check": check,
            "size": size,
            "start": size * (page - 1),
        },
    ).df()


def differences(cursor: Cursor, courts: Courts, first: str, last: str, size: int, page: int) -> pd.DataFrame:
    """One page of the cases on which the checks and the source system disagree, a row per failing check."""
    return cursor.execute(
        """
        select
            case_number, court_code, strftime(suspended_month, '%Y-%m') as suspended_month, difference_code,
            nullif(check_id, 'none') as check_id, detail_zh, detail_en, count(*) over () as total_count
        from rankings.rpt_suspension_differences as r
        where r.court_code in (select unnest($courts))
          and r.suspended_month between cast($first as date) and cast($last as date)
        order by r.suspended_month desc, r.court_code, r.case_id, r.check_id limit $size offset $start
        """,
        {
            "courts": list(courts),
            "first": f"{first}-01",
            "last": f"{last}-01",
            "size": size,
            "start": size * (page - 1),
        },
    ).df()


def recheck_months(cursor: Cursor, courts: Courts, first: str, last: str) -> pd.DataFrame:
    """One row per month in which duties fell due: on time, late, missed. Duties not yet due are left out."""
    return cursor.execute(
        """
        select
            strftime(period_month, '%Y-%m') as month, sum(due_count)::bigint as due_count,
            sum(on_time_count)::bigint as on_time_count, sum(late_count)::bigint as late_count,
            sum(missed_count)::bigint as missed_count
        from rankings.rpt_recheck_duties
        where court_code in (select unnest($courts))
          and period_month between cast($first as date) and cast($last as date)
        group by period_month order by period_month
        """,
        {"courts": list(courts), "first": f"{first}-01", "last": f"{last}-01"},
    ).df()


def missed_rechecks(cursor: Cursor, courts: Courts, first: str, last: str, size: int, page: int) -> pd.DataFrame:
    """One page of the duties that fell due in the window and were never done, longest overdue first."""
    return cursor.execute(
        """
        select case_number, court_code, suspended_date, duty_number, due_date, count(*) over () as total_count
        from rankings.rpt_missed_rechecks
        where court_code in (select unnest($courts))
          and period_month between cast($first as date) and cast($last as date)
        order by due_date, court_code, case_id, duty_number limit $size offset $start
        """,
        {
            "courts": list(courts),
            "first": f"{first}-01",
            "last": f"{last}-01",
            "size": size,
            "start": size * (page - 1),
        },
    ).df()


def cohorts(cursor: Cursor, court: str, scope: str, month: str, most: int) -> pd.DataFrame:
    """cohort_month × months_since, as known by the month: the newest `most` cohorts of first-enforcement cases."""
    return cursor.execute(
        """
        select
            strftime(cohort_month, '%Y-%m') as cohort_month, months_since, suspended_count, resumed_count,
            satisfied_count, resumed_ratio, satisfied_ratio
        from rankings.rpt_resumption_cohorts
        where court_code = $court and scope_code = $scope and period_month <= cast($month as date)
          and cohort_month > cast($month as date) - to_months($most)
        order by cohort_month, months_since
        """,
        {"court": court, "scope": scope, "month": f"{month}-01", "most": most},
    ).df()


def resumptions(cursor: Cursor, court: str, scope: str, window: str, month: str) -> pd.DataFrame:
    """One row: resumed cases filed in the window, those linked to their first-enforcement case, days between."""
    return cursor.execute(
        """
        select
            coalesce(sum(resumption_count), 0)::bigint as resumption_count,
            coalesce(sum(linked_count), 0)::bigint as linked_count, max(median_days) as median_days
        from rankings.rpt_resumption_delays
        where court_code = $court and scope_code = $scope and window_code = $window
          and period_month = cast($month as date)
        """,
        {"court": court, "scope": scope, "window": window, "month": f"{month}-01"},
    ).df()


def unlinked(cursor: Cursor, courts: Courts, first: str, last: str, size: int, page: int) -> pd.DataFrame:
    """One page of resumed cases whose first-enforcement case was not found, with the reason."""
    return cursor.execute(
        """
        select
            case_number, court_code, strftime(period_month, '%Y-%m') as month, original_case_number, link_status,
            detail_zh, detail_en, count(*) over () as total_count
        from rankings.rpt_unlinked_resumptions
        where court_code in (select unnest($courts))
          and period_month between cast($first as date) and cast($last as date)
        order by period_month desc, court_code, case_id limit $size offset $start
        """,
        {
            "courts": list(courts),
            "first": f"{first}-01",
            "last": f"{last}-01",
            "size": size,
            "start": size * (page - 1),
        },
    ).df()
