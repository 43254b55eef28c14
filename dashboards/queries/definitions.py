"""The catalogue as published: indicators with all their versions, measures, windows and scopes.
Values of indicators do not belong here."""

from __future__ import annotations

import duckdb
import pandas as pd

Cursor = duckdb.DuckDBPyConnection


def indicators(cursor: Cursor) -> pd.DataFrame:
    """Every version of every indicator."""
    return cursor.execute("select * from core.dim_indicators order by sort_order, definition_version desc").df()


def measures(cursor: Cursor) -> pd.DataFrame:
    """Every measure with its unit, window rule and where its records are."""
    return cursor.execute("select * from core.dim_measures order by sort_order, measure_code").df()


def windows(cursor: Cursor) -> pd.DataFrame:
    """Windows in their order."""
    return cursor.execute("select * from core.dim_windows order by sort_order").df()


def case_scopes(cursor: Cursor) -> pd.DataFrame:
    """Case scopes with the case types they take in, as one text; empty for what is not counted by case."""
    return cursor.execute(
        """
        select s.case_scope, s.name_zh, s.name_en,
               coalesce(string_agg(m.case_type, '、' order by t.sort_order), '') as members
        from core.dim_case_scopes as s
        left join core.dim_case_scope_members as m on m.case_scope = s.case_scope
        left join core.dim_case_types as t on t.case_type = m.case_type
        group by s.case_scope, s.name_zh, s.name_en, s.sort_order
        order by s.sort_order
        """
    ).df()


def weights(cursor: Cursor, month: str, window: str) -> pd.DataFrame:
    """indicator_code, weight: the composite's weights in that month."""
    return cursor.execute(
        """
        select indicator_code, max(weight) as weight
        from performance.fct_court_scores
        where period_month = cast($month as date) and window_code = $window
        group by indicator_code order by indicator_code
        """,
        {"month": f"{month}-01", "window": window},
    ).df()
