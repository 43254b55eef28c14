"""Where an indicator comes from and what rests on a table: steps, measures, deliveries, and the tables published.
All of it is the snapshot's own catalogue; the values of indicators do not belong here."""

from __future__ import annotations

import duckdb
import pandas as pd

Cursor = duckdb.DuckDBPyConnection


def measures(cursor: Cursor, indicator: str) -> pd.DataFrame:
    """indicator × side × measure of its newest version; a measure of parts by its parts, a difference by its terms."""
    return cursor.execute(
        """
        with terms as (
            select $indicator as indicator_code
            union
            select unnest([minuend_code, subtrahend_code]) from core.dim_derived_indicators
            where indicator_code = $indicator
        ),
        newest as (
            select i.* from core.dim_indicators as i
            where i.indicator_code in (select indicator_code from terms) and i.denominator_kind <> 'derived'
            qualify row_number() over (partition by i.indicator_code order by i.definition_version desc) = 1
        ),
        sides as (
            select indicator_code, 'numerator' as side, numerator_measure as measure_code,
                   numerator_scope as case_scope
            from newest
            union all
            select indicator_code, 'denominator', denominator_measure, denominator_scope from newest
        )
        select s.indicator_code, s.side, m.measure_code, m.name_zh, m.name_en, m.unit, m.window_rule,
               m.extract_kind, m.record_table, c.name_zh as scope_zh, c.name_en as scope_en
        from sides as s
        left join core.dim_case_scopes as c on c.case_scope = s.case_scope
        left join core.dim_measure_parts as p on p.measure_code = s.measure_code
        inner join core.dim_measures as m on m.measure_code = coalesce(p.part_measure_code, s.measure_code)
        order by s.indicator_code, s.side desc, m.sort_order, m.measure_code
        """,
        {"indicator": indicator},
    ).df()


def upstream(cursor: Cursor, tables: tuple[str, ...]) -> pd.DataFrame:
    """Every step above `tables`, back to extracts and seeds: node_name, node_layer, made_from, made_from_layer."""
    return cursor.execute(
        """
        with recursive path as (
            select * from catalogue.rpt_lineage where list_contains($tables, node_name)
            union
            select l.* from catalogue.rpt_lineage as l inner join path as p on l.node_name = p.made_from
        )
        select * from path order by node_layer, node_name, made_from_layer, made_from
        """,
        {"tables": list(tables)},
    ).df()


def downstream(cursor: Cursor, table: str) -> pd.DataFrame:
    """What is made from `table`, step by step: node_name, node_layer, and the fewest steps to it."""
    return cursor.execute(
        """
        with recursive path as (
            select node_name, node_layer, 1 as steps from catalogue.rpt_lineage where made_from = $table
            union
            select l.node_name, l.node_layer, p.steps + 1
            from catalogue.rpt_lineage as l inner join path as p on l.made_from = p.node_name
        )
        select p.node_name, p.node_layer, min(p.steps) as steps, t.description_zh, t.description_en
        from path as p
        left join catalogue.dim_tables as t on t.table_name = p.node_name
        group by p.node_name, p.node_layer, t.description_zh, t.description_en
        order by steps, p.node_layer, p.node_name
        """,
        {"table": table},
    ).df()


def resting(cursor: Cursor, table: str) -> pd.DataFrame:
    """Indicators in force that count records of `table`, or of a table made from it, and by which measures."""
    return cursor.execute(
        """
        with recursive path as (
            select $table as node_name
            union
            select l.node_name from catalogue.rpt_lineage as l inner join path as p on l.made_from = p.node_name
        ),
        counted as (
            select coalesce(p.measure_code, m.measure_code) as measure_code, m.name_zh, m.name_en, m.record_table
            from core.dim_measures as m
            left join core.dim_measure_parts as p on p.part_measure_code = m.measure_code
            where m.record_table in (select node_name from path)
        ),
        direct as (
            select i.indicator_code, c.name_zh, c.name_en, c.record_table
            from core.dim_indicators as i
            inner join counted as c on c.measure_code in (i.numerator_measure, i.denominator_measure)
            where i.superseded_from is null
        ),
        every as (
            select * from direct
            union
            select d.indicator_code, r.name_zh, r.name_en, r.record_table
            from core.dim_derived_indicators as d
            inner join direct as r on r.indicator_code in (d.minuend_code, d.subtrahend_code)
        )
        select e.indicator_code, string_agg(distinct e.name_zh, '、' order by e.name_zh) as measures_zh,
               string_agg(distinct e.name_en, ', ' order by e.name_en) as measures_en,
               string_agg(distinct e.record_table, ', ' order by e.record_table) as record_table
        from every as e
        inner join core.dim_indicators as i on i.indicator_code = e.indicator_code and i.superseded_from is null
        where i.variant_of is null
        group by e.indicator_code, i.sort_order
        order by i.sort_order, e.indicator_code
        """,
        {"table": table},
    ).df()


def deliveries(cursor: Cursor, kinds: tuple[str, ...]) -> pd.DataFrame:
    """kind of extract: months, files accepted, rows taken in and rejected, and when the last one came."""
    return cursor.execute(
        """
        select kind, strftime(min(extract_month), '%Y-%m') as first_month,
               strftime(max(extract_month), '%Y-%m') as last_month,
               count(*) filter (where accepted_count > 0) as file_count, sum(accepted_count) as accepted_count,
               sum(rejected_count) as rejected_count, max(received_at) as received_at
        from rankings.rpt_deliveries
        where list_contains($kinds, kind)
        group by kind order by kind
        """,
        {"kinds": list(kinds)},
    ).df()


def kinds(cursor: Cursor) -> pd.DataFrame:
    """kind: every kind of extract that a measure counts or a court has delivered."""
    return cursor.execute(
        """
        select extract_kind as kind from core.dim_measures where extract_kind is not null
        union
        select kind from rankings.rpt_deliveries
        order by kind
        """
    ).df()


def nodes(cursor: Cursor) -> pd.DataFrame:
    """node_name, node_layer: every extract, seed, model and table there is a step for."""
    return cursor.execute(
        """
        select node_name, node_layer from catalogue.rpt_lineage
        union
        select made_from, made_from_layer from catalogue.rpt_lineage
        order by node_layer, node_name
        """
    ).df()


def tables(cursor: Cursor) -> pd.DataFrame:
    """Published tables with what they hold, their key, who may read them, and their rows."""
    return cursor.execute("select * from catalogue.dim_tables order by schema_name, table_name").df()
