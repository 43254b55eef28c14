"""What was delivered, what was refused and why, what the gate found, and what does not reconcile.
These tables describe the data; figures about courts' work do not belong here."""

from __future__ import annotations

import duckdb
import pandas as pd

Cursor = duckdb.DuckDBPyConnection


def sums(cursor: Cursor, month: str) -> pd.DataFrame:
    """One row of counts for a month: files by status, rows, accepted, rejected, held."""
    return cursor.execute(
        """
        select count(*) as file_count,
               coalesce(sum(case when status = 'accepted' then 1 else 0 end), 0) as accepted_file_count,
               coalesce(sum(case when status = 'refused' then 1 else 0 end), 0) as refused_file_count,
               coalesce(sum(case when status = 'duplicate' then 1 else 0 end), 0) as duplicate_file_count,
               coalesce(sum(row_count), 0) as row_count, coalesce(sum(accepted_count), 0) as accepted_count,
               coalesce(sum(rejected_count), 0) as rejected_count, coalesce(sum(held_count), 0) as held_count
        from rankings.rpt_deliveries where extract_month = cast($month as date)
        """,
        {"month": f"{month}-01"},
    ).df()


def months_with_refusals(cursor: Cursor) -> pd.DataFrame:
    """One row per month that has a refused file or a refused row, newest first."""
    return cursor.execute(
        """
        select strftime(extract_month, '%Y-%m') as month,
               sum(case when status = 'refused' then 1 else 0 end) as refused_file_count,
               sum(rejected_count) as rejected_count, sum(held_count) as held_count, sum(row_count) as row_count
        from rankings.rpt_deliveries
        group by extract_month
        having sum(rejected_count + held_count) > 0 or sum(case when status = 'refused' then 1 else 0 end) > 0
        order by extract_month desc
        """
    ).df()


def deliveries(cursor: Cursor, month: str) -> pd.DataFrame:
    """One row per file of the month, refused files first."""
    return cursor.execute(
        """
        select kind, file_name, format, encoding, status, received_at, row_count, accepted_count, rejected_count,
               held_count, row_count = accepted_count + rejected_count + held_count as adds_up,
               message_zh, message_en, remedy_zh, remedy_en, extra_column_count
        from rankings.rpt_deliveries where extract_month = cast($month as date)
        order by case status when 'refused' then 0 when 'duplicate' then 1 else 2 end, kind, file_name
        """,
        {"month": f"{month}-01"},
    ).df()


def rejected_rows(cursor: Cursor, month: str, court: str, size: int, page: int) -> pd.DataFrame:
    """One page of rejected or held rows, of one court or of all (court '')."""
    return cursor.execute(
        """
        select r.court_code, r.kind, d.file_name, r.row_number, r.disposition, r.header, r.value, r.reason_zh,
               r.reason_en, r.remedy_zh, r.remedy_en, count(*) over () as total_count
        from rankings.rpt_rejected_rows as r
        left join rankings.rpt_deliveries as d on d.delivery_id = r.delivery_id
        where r.extract_month = cast($month as date) and ($court = '' or r.court_code = $court)
        order by r.court_code nulls first, r.kind, d.file_name, r.row_number
        limit $size offset $start
        """,
        {"month": f"{month}-01", "court": court, "size": size, "start": size * (page - 1)},
    ).df()


def gate_results(cursor: Cursor, month: str) -> pd.DataFrame:
    """One row per rule and kind, failed rules first."""
    return cursor.execute(
        """
        select kind, rule_code, rule_zh, rule_en, severity, checked_count, failed_count,
               failed_count / nullif(checked_count, 0) as failed_ratio, threshold, passed
        from rankings.rpt_gate_results where extract_month = cast($month as date)
        order by passed, failed_count desc, kind, rule_code
        """,
        {"month": f"{month}-01"},
    ).df()


def gate_failing_rows(cursor: Cursor, month: str, court: str, size: int, page: int) -> pd.DataFrame:
    """One page of rows that failed a rule."""
    return cursor.execute(
        """
        select court_code, kind, rule_code, severity, row_number, record_key, column_name, value,
               count(*) over () as total_count
        from rankings.rpt_gate_failing_rows
        where extract_month = cast($month as date) and ($court = '' or court_code = $court)
        order by court_code, kind, rule_code, row_number limit $size offset $start
        """,
        {"month": f"{month}-01", "court": court, "size": size, "start": size * (page - 1)},
    ).df()


def redeliveries(cursor: Cursor, court: str, size: int, page: int) -> pd.DataFrame:
    """What redelivered months changed, newest month first."""
    return cursor.execute(
        """
        select strftime(extract_month, '%Y-%m') as month, court_code, kind, change, record_key, changed_columns,
               count(*) over () as total_count
        from rankings.rpt_redelivery_changes where ($court = '' or court_code = $court)
        order by extract_month desc, court_code, kind, change, record_key limit $size offset $start
        """,
        {"court": court, "size": size, "start": size * (page - 1)},
    ).df()


def flow_exceptions(cursor: Cursor, month: str, court: str, size: int, page: int) -> pd.DataFrame:
    """Cases that break the identities of case flow, up to the chosen month, newest first."""
    return cursor.execute(
        """
        select strftime(period_month, '%Y-%m') as month, court_code, case_number, exception_code, detail_zh,
               detail_en, count(*) over () as total_count
        from rankings.rpt_case_flow_exceptions
        where period_month <= cast($month as date) and ($court = '' or court_code = $court)
        order by period_month desc, court_code, case_number limit $size offset $start
        """,
        {"month": f"{month}-01", "court": court, "size": size, "start": size * (page - 1)},
    ).df()


def reported_figures(cursor: Cursor, month: str, court: str) -> pd.DataFrame:
    """Reported returns of the month against recomputed figures, those that differ first."""
    return cursor.execute(
        """
        select r.court_code, r.item_code, m.name_zh, m.name_en, r.reported_value, r.recomputed_value, r.difference,
               r.is_within, r.reason_zh, r.reason_en
        from rankings.rpt_reported_figures as r
        left join core.dim_measures as m on m.measure_code = r.item_code
        where r.period_month = cast($month as date) and ($court = '' or r.court_code = $court)
        order by r.is_within, abs(r.difference) desc nulls last, r.court_code, r.item_code
        """,
        {"month": f"{month}-01", "court": court},
    ).df()


def delivery_grid(cursor: Cursor, court_month: str) -> pd.DataFrame:
    """Court × kind with status and rows of the month."""
    return cursor.execute(
        """
        select court_code, kind, status, row_count, rejected_count + held_count as refused_count, last_received_at
        from rankings.rpt_delivery_quality where extract_month = cast($month as date)
        """,
        {"month": f"{court_month}-01"},
    ).df()
