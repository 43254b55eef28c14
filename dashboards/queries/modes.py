"""How figures may be shown and how settled they are: presentation modes, and whether a month is closed.
Old and new values of a restated month belong to restatements."""

from __future__ import annotations

import duckdb
import pandas as pd

Cursor = duckdb.DuckDBPyConnection


def modes(cursor: Cursor) -> pd.DataFrame:
    """Every presentation mode once, as last in force: mode_code, name_zh, name_en, notice_zh, notice_en."""
    return cursor.execute(
        """
        select mode_code, name_zh, name_en, notice_zh, notice_en
        from core.dim_presentation_modes
        qualify row_number() over (partition by mode_code order by valid_from desc) = 1
        order by valid_from, mode_code
        """
    ).df()


def mode_in_force(cursor: Cursor, month: str) -> pd.DataFrame:
    """mode_code in force on the month's first day; the empty frame when no row covers it."""
    return cursor.execute(
        """
        select mode_code
        from core.dim_presentation_modes
        where valid_from <= cast($month as date) and (valid_to is null or valid_to >= cast($month as date))
        order by valid_from desc
        limit 1
        """,
        {"month": f"{month}-01"},
    ).df()


def interval_statuses(cursor: Cursor) -> pd.DataFrame:
    """interval_status, name_zh, name_en, note_zh, note_en in their order."""
    return cursor.execute(
        "select interval_status, name_zh, name_en, note_zh, note_en from core.dim_interval_statuses order by sort_order"
    ).df()


def month_label(cursor: Cursor, province: str, month: str) -> pd.DataFrame:
    """One row: label `official`, `may_be_amended` or `restated`, the least settled of the month's values in force."""
    return cursor.execute(
        """
        with closing as (
            select coalesce(bool_or(is_closed), false) as is_closed
            from performance.fct_month_closings
            where province_code = $province and period_month = cast($month as date)
        ),
        changed as (
            select count(*) > 0 as is_restated
            from performance.fct_published_values
            where
                province_code = $province and period_month = cast($month as date) and window_code = 'month'
                and is_in_force and value_label = 'restated'
        )
        select
            case
                when changed.is_restated then 'restated'
                when closing.is_closed then 'official'
                else 'may_be_amended'
            end as label
        from closing, changed
        """,
        {"province": province, "month": f"{month}-01"},
    ).df()
