-- Each statement is asked by the function of its name in the module beside this file.

-- name: knows
select count(*) as column_count from system.main.duckdb_columns()
where schema_name = 'core' and table_name = 'dim_indicator_columns';

-- name: spans
with missing as (
    select *
    from core.fct_missing_columns
    where list_contains($courts, court_code) and extract_month between $first and $last
),

needed as (
    select
        n.kind,
        n.column_name,
        i.indicator_code,
        min(i.short_name_zh) as short_name_zh,
        min(i.short_name_en) as short_name_en,
        min(i.sort_order) as sort_order
    from core.dim_indicator_columns as n
    inner join core.dim_indicators as i
        on n.indicator_code = i.indicator_code and n.definition_version = i.definition_version
    where i.variant_of is null and ($indicator = '' or i.indicator_code = $indicator)
    group by n.kind, n.column_name, i.indicator_code
),

named as (
    select
        kind,
        column_name,
        string_agg(short_name_zh, '、' order by sort_order, indicator_code) as indicators_zh,
        string_agg(short_name_en, ', ' order by sort_order, indicator_code) as indicators_en
    from needed
    group by kind, column_name
),

checked as (
    select
        n.kind,
        n.column_name,
        string_agg(g.name_zh, '、' order by g.sort_order, g.check_code) as checks_zh,
        string_agg(g.name_en, ', ' order by g.sort_order, g.check_code) as checks_en
    from core.dim_check_columns as n
    inner join core.dim_gaming_checks as g on n.check_code = g.check_code
    where $indicator = ''
    group by n.kind, n.column_name
)

select
    m.court_code,
    m.kind,
    m.column_name,
    m.header_zh,
    m.header_en,
    m.reason_code,
    min(m.extract_month) as first_month,
    max(m.extract_month) as last_month,
    count(*) as month_count,
    sum(m.row_count) as row_count,
    n.indicators_zh,
    n.indicators_en,
    g.checks_zh,
    g.checks_en
from missing as m
inner join core.dim_courts as c on m.court_code = c.court_code
left join named as n on m.kind = n.kind and m.column_name = n.column_name
left join checked as g on m.kind = g.kind and m.column_name = g.column_name
where n.kind is not null or g.kind is not null
group by
    m.court_code, c.sort_order, m.kind, m.column_name, m.header_zh, m.header_en, m.reason_code,
    n.indicators_zh, n.indicators_en, g.checks_zh, g.checks_en
order by c.sort_order, m.court_code, m.kind, m.column_name, first_month;
