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


def weights(cursor: Cursor) -> pd.DataFrame:
    """Every weight in the composite ever in force, with what it rests on."""
    return cursor.execute(
        """
        select w.indicator_code, i.name_zh, i.name_en, w.weight, w.valid_from, w.valid_to, w.source
        from core.dim_indicator_weights as w
        left join core.dim_indicators as i on i.indicator_code = w.indicator_code and i.superseded_from is null
        order by i.sort_order, w.indicator_code, w.valid_from desc
        """
    ).df()


def weights_in_force(cursor: Cursor, month: str) -> pd.DataFrame:
    """indicator_code, weight: the composite's weights in that month."""
    return cursor.execute(
        """
        select indicator_code, weight
        from core.dim_indicator_weights
        where valid_from <= cast($month as date) and coalesce(valid_to >= cast($month as date), true)
        """,
        {"month": f"{month}-01"},
    ).df()


def sets(cursor: Cursor) -> pd.DataFrame:
    """set × item: every indicator set with its items, thresholds and vetoes, in the order of its source."""
    return cursor.execute("select * from core.dim_indicator_sets order by sort_order, item_number").df()


def limits(cursor: Cursor) -> pd.DataFrame:
    """Every time limit of the law and of local norms, with its basis."""
    return cursor.execute("select * from core.dim_node_limits order by node_code, valid_from").df()


def readings(cursor: Cursor, province: str, month: str, window: str) -> pd.DataFrame:
    """Every indicator, version and alternative reading as computed for the province in that month and window."""
    return cursor.execute(
        """
        select coalesce(i.variant_of, f.indicator_code) as family, f.indicator_code, f.definition_version,
               i.name_zh, i.name_en, i.formula_zh, i.formula_en, i.unit, i.variant_of, f.is_in_force,
               f.numerator, f.denominator, f.case_count, f.value, f.status
        from performance.fct_court_indicators as f
        inner join core.dim_indicators as i
            on i.indicator_code = f.indicator_code and i.definition_version = f.definition_version
        inner join core.dim_courts as c on c.court_code = f.court_code
        where c.province_code = $province and f.scope_code = 'province' and f.window_code = $window
          and f.period_month = cast($month as date)
        order by i.variant_of is not null, i.sort_order, f.is_in_force desc, f.definition_version desc
        """,
        {"province": province, "month": f"{month}-01", "window": window},
    ).df()


def twins(cursor: Cursor) -> pd.DataFrame:
    """indicator_code, twin_code: indicators in force whose numerators are the same and whose bases differ."""
    return cursor.execute(
        """
        with current as (
            select * from core.dim_indicators
            where superseded_from is null and variant_of is null and denominator_measure is not null
        )
        select a.indicator_code, b.indicator_code as twin_code, b.name_zh, b.name_en, b.denominator_kind
        from current as a
        inner join current as b
            on b.numerator_measure = a.numerator_measure and b.numerator_scope = a.numerator_scope
           and b.indicator_code <> a.indicator_code
           and (b.denominator_measure <> a.denominator_measure or b.denominator_scope <> a.denominator_scope)
        order by a.indicator_code, b.sort_order
        """
    ).df()
