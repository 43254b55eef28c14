{#- A listing stands in a column at the end of every month from the first on, until the month of the second. -#}
{%- set stands = {
    'listed_stock_count': ('published_month', 'delisted_month'),
    'undated_stock_count': ('undated_month', 'delisted_month'),
    'expired_stock_count': ('expired_month', 'delisted_month'),
    'overdue_count': ('overdue_1_month', 'delisted_month'),
    'overdue_8_count': ('overdue_8_month', 'delisted_month'),
    'overdue_31_count': ('overdue_31_month', 'delisted_month'),
    'expiring_first_count': ('expiring_1_month', 'term_end_month'),
    'expiring_second_count': ('expiring_2_month', 'expiring_1_month'),
    'expiring_third_count': ('expiring_3_month', 'expiring_2_month'),
    'unrestricted_count': ('published_month', 'restricted_month'),
    'released_count': ('dated_released_month', 'delisted_month'),
} -%}
{%- set flows = ['listed_count', 'corrected_count', 'delisted_count', 'due_count', 'on_time_count'] -%}
{%- set keys = ['court_code', 'party_kind', 'ground'] -%}

with listings as (
    select * from {{ ref('fct_defaulter_listings') }}
),

restrictions as (
    select * from {{ ref('fct_restrictions') }}
),

months as (
    select * from {{ ref('dim_months') }}
),

span as (
    {{ span_of_months() }}
),

covered as (
    select
        listings.listing_id,
        min(restrictions.issued_month) as restricted_month,
        case
            when count(*) = count(restrictions.lifted_date)
                then max(cast({{ dbt.date_trunc('month', 'restrictions.lifted_date') }} as date))
        end as released_month
    from listings
    inner join restrictions
        on
            listings.court_code = restrictions.court_code
            and listings.case_number = restrictions.case_number
            and coalesce(listings.person_key, -1)
            = coalesce(restrictions.person_key, listings.person_key, -1)
    group by listings.listing_id
),

named as (
    select
        listings.listing_id,
        listings.court_code,
        listings.published_month,
        listings.term_end_date,
        listings.owed_due_date,
        listings.owed_due_month,
        listings.is_owed_delisting,
        listings.is_on_time_owed,
        coalesce(listings.party_kind, '未注明') as party_kind,
        coalesce(listings.ground, '未注明') as ground,
        case when listings.corrected_flag then 1 else 0 end as is_corrected,
        listings.delisted_month as left_month,
        coalesce(listings.delisted_month, span.never_month) as delisted_month,
        coalesce(covered.restricted_month, span.never_month) as restricted_month,
        case
            when
                listings.term_end_date is null
                and listings.deletion_trigger_date is null
                and listings.delisted_date is null
                then 1
            else 0
        end as is_undated,
        coalesce(covered.released_month, span.never_month) as released_month,
        cast({{ dbt.date_trunc('month', 'listings.term_end_date') }} as date) as term_end_month
    from listings
    cross join span
    left join covered
        on listings.listing_id = covered.listing_id
),

standing as (
    select
        *,
        case when is_undated = 1 then published_month end as undated_month,
        case when is_undated = 0 then released_month end as dated_released_month,
        cast({{ dbt.date_trunc('month', dbt.dateadd('day', 1, 'term_end_date')) }} as date) as expired_month,
        {% for days in (1, 8, 31) %}
            cast({{ dbt.date_trunc('month', dbt.dateadd('day', days, 'owed_due_date')) }} as date)
                as overdue_{{ days }}_month,
        {% endfor %}
        {% for months in (1, 2, 3) %}
            cast({{ dbt.dateadd('month', -months, 'term_end_month') }} as date) as expiring_{{ months }}_month
            {%- if not loop.last %},{% endif %}
        {% endfor %}
    from named
),

changes as (
    {% for name, (from_month, until_month) in stands.items() %}
        {{ stood('standing', keys, name, ['published_month', from_month], ['delisted_month', until_month]) }}
        union all
    {% endfor %}
    {{ happened('named', keys, 'listed_count', 'published_month') }}
    union all
    {{ happened('named', keys, 'corrected_count', 'published_month', 'is_corrected') }}
    union all
    {{ happened('named', keys, 'delisted_count', 'left_month') }}
    union all
    {{ happened('named', keys, 'due_count', 'owed_due_month', 'is_owed_delisting') }}
    union all
    {{ happened('named', keys, 'on_time_count', 'owed_due_month', 'is_on_time_owed') }}
),

dated as (
    {{ changed_by_month(keys, flows, stands) }}
),

stocks as (
    {{ standing_by_month(keys, flows, stands) }}
),

final as (
    select
        court_code,
        period_month,
        party_kind,
        ground,
        {% for name in flows + ['listed_stock_count', 'undated_stock_count', 'expired_stock_count'] %}
            cast({{ name }} as bigint) as {{ name }},
        {% endfor %}
        cast(overdue_count - overdue_8_count as bigint) as overdue_to_7_count,
        cast(overdue_8_count - overdue_31_count as bigint) as overdue_to_30_count,
        cast(overdue_31_count as bigint) as overdue_over_30_count,
        cast(expiring_first_count as bigint) as expiring_first_count,
        cast(expiring_second_count as bigint) as expiring_second_count,
        cast(expiring_third_count as bigint) as expiring_third_count,
        cast(unrestricted_count + released_count as bigint) as unrestricted_count
    from stocks
    where listed_count > 0 or delisted_count > 0 or due_count > 0 or listed_stock_count > 0
)

select * from final
