{#- More often than a court's records may pass on from one court to the next, to which int_courts_succeeded is held. -#}
{%- set passings = 4 -%}

with courts as (
    select * from {{ ref('dim_courts') }}
),

deliveries as (
    select * from {{ ref('fct_delivered_kinds') }}
),

months as (
    select * from {{ ref('dim_months') }}
),

province_spans as (
    select
        courts.province_code,
        min(deliveries.extract_month) as first_month,
        max(deliveries.extract_month) as last_month
    from deliveries
    inner join courts
        on deliveries.court_code = courts.court_code
    group by courts.province_code
),

spine as (
    select
        courts.court_code,
        courts.province_code,
        months.period_month,
        months.month_number,
        province_spans.first_month,
        courts.court_code as holder_code
    from courts
    inner join province_spans
        on courts.province_code = province_spans.province_code
    inner join months
        on
            province_spans.first_month <= months.period_month
            and province_spans.last_month >= months.period_month
),

{% for passing in range(passings) %}
    {%- set before = 'passed_' ~ passing if passing else 'spine' %}
    passed_{{ passing + 1 }} as (
        select
            {{ before }}.court_code,
            {{ before }}.province_code,
            {{ before }}.period_month,
            {{ before }}.month_number,
            {{ before }}.first_month,
            case
                when {{ before }}.period_month > holders.in_service_to and holders.successor_code is not null
                    then holders.successor_code
                when {{ before }}.period_month < holders.in_service_from and holders.predecessor_code is not null
                    then holders.predecessor_code
                else {{ before }}.holder_code
            end as holder_code
        from {{ before }}
        left join courts as holders
            on {{ before }}.holder_code = holders.court_code
    ),
{% endfor %}

counted as (
    select
        passed.court_code,
        passed.province_code,
        passed.period_month,
        passed.month_number,
        passed.first_month,
        case
            when
                passed.period_month >= holders.in_service_from
                and passed.period_month <= coalesce(holders.in_service_to, passed.period_month)
                then passed.holder_code
        end as counting_court_code
    from passed_{{ passings }} as passed
    left join courts as holders
        on passed.holder_code = holders.court_code
),

final as (
    select
        court_code,
        province_code,
        period_month,
        month_number,
        first_month,
        coalesce(court_code = counting_court_code, false) as is_in_service,
        counting_court_code
    from counted
)

select * from final
