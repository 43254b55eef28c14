{{ config(group = 'records') }}
-- A limit of time in a unit that can be counted, or expressly none; a threshold in the unit it is compared in.
{%- set named = named_limits() %}
with cases as (
    select distinct
        received_date,
        filed_date,
        closed_date
    from {{ ref('int_cases_deduplicated') }}
),

dates as (
    select received_date as data_date from cases
    union
    select filed_date as data_date from cases
    union
    select closed_date as data_date from cases
    union
    select received_date as data_date from {{ ref('int_funds_deduplicated') }}
    union
    select deletion_trigger_date as data_date from {{ ref('int_listings_deduplicated') }}
    union
    select extract_month as data_date from {{ ref('stg_ledger__delivery_courts') }}
    where is_in_force
),

named as (
    {% for code, unit in named %}
        select
            '{{ code }}' as limit_code,
            '{{ unit }}' as unit
        union all
    {% endfor %}
    select distinct
        node_code as limit_code,
        '' as unit
    from {{ ref('case_term_rules') }}
)

select
    named.limit_code,
    dates.data_date,
    count(limits.limit_code) as found_count
from named
inner join dates
    on dates.data_date is not null
left join {{ ref('int_limits_known') }} as limits
    on
        named.limit_code = limits.limit_code
        and coalesce(limits.valid_from, dates.data_date) <= dates.data_date
        and dates.data_date <= coalesce(limits.valid_to, dates.data_date)
        and (
            (named.unit = limits.limit_unit and limits.limit_value is not null)
            or (named.unit = '' and (limits.limit_count is not null or limits.limit_unit = 'none'))
        )
group by named.limit_code, dates.data_date
having count(limits.limit_code) <> 1
